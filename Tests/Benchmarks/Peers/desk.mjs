// The same desk in Node, as deskpipe's peer in the benchmark: pg, jose.
//
// Each call is a transaction: BEGIN, the context, the call's statements, COMMIT, handed to pg together. The statements
// are those that deskpipe sends; results are shaped in SQL and copied into the answer as they are.

import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const config = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const require = createRequire(config.modules + '/')
const pg = require('pg')
const { importSPKI, jwtVerify } = require('jose')

const claimNames = ['sub', 'sid', 'iss', 'v', 'o', 'exp', 'iat']
const isUUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const sessions = new Map()
const names = new Map()

class Refused extends Error {
  constructor(code, message) {
    super(message)
    this.code = code
  }
}

// Prepared once on each connection, by name.
function query(text, values) {
  let name = names.get(text)
  if (!name) names.set(text, (name = `s${names.size}`))
  return { name, text, values, rowMode: 'array' }
}

function valuesOf(statement, ticket, fresh) {
  return statement.values.map((v) => (v === null ? null : (v.constant ?? (v.ticket ? ticket : fresh))))
}

const methods = new Map(
  Object.entries(config.methods).map(([name, [context, ...statements]]) => [
    name,
    {
      context: context.text,
      // Who calls comes from the session; what may be done, and for how long, from the method.
      limits: context.values.slice(4).map((v) => v.constant),
      statements,
      takesTicket: statements.some((s) => s.values.some((v) => v?.ticket)),
    },
  ]),
)

// The last statement's first value. pg sends one query after the other by itself.
async function transact(client, queries) {
  const results = await Promise.allSettled([client.query('begin'), ...queries.map((q) => client.query(q)), client.query('commit')])
  const failed = results.find((r) => r.status === 'rejected')
  if (failed) throw failed.reason
  return results[results.length - 2].value.rows[0]?.[0]
}

let key
async function open(client, { token }) {
  let payload
  try {
    key ??= await importSPKI(config.key, 'RS256')
    const options = { issuer: config.issuer, algorithms: ['RS256'], clockTolerance: 5 }
    payload = (await jwtVerify(token, key, options)).payload
  } catch (error) {
    throw new Refused(1001, error.message)
  }
  const claims = JSON.stringify(Object.fromEntries(claimNames.map((name) => [name, payload[name]])))
  const [context, opening] = config.opening
  const row = await transact(client, [query(context.text, valuesOf(context)), query(opening.text, [claims, 'agents'])])
  const { organization_id, agent_id, role } = typeof row === 'string' ? JSON.parse(row) : row
  const session = randomBytes(16).toString('base64url')
  sessions.set(session, { exp: payload.exp, context: [claims, organization_id, agent_id, role] })
  return JSON.stringify({ session, organization: organization_id, agent: agent_id })
}

async function run(client, method, params) {
  if (method === 'session.open') return open(client, params)
  const session = sessions.get(params.session)
  if (!session) throw new Refused(1003, 'There is no such session.')
  if (session.exp <= Date.now() / 1000) throw new Refused(1002, 'The session is over.')
  const call = methods.get(method)
  const ticket = params.id ?? params.ticket_id
  if (call.takesTicket && !isUUID.test(ticket)) throw new Refused(-32602, 'id must be a UUID')
  const fresh = randomUUID()
  const answer = await transact(client, [
    query(call.context, [...session.context, ...call.limits]),
    ...call.statements.map((s) => query(s.text, valuesOf(s, ticket, fresh))),
  ])
  if (answer == null) throw new Refused(1102, 'There is no such ticket.')
  return answer
}

// Answers of one turn of the loop go out together.
let pending = ''
function write(line) {
  if (!pending) setImmediate(() => { process.stdout.write(pending); pending = '' })
  pending += line
}

function fail(id, code, message) {
  write(`{"jsonrpc":"2.0","id":${id},"error":${JSON.stringify({ code, message })}}\n`)
}

const jobs = []
const idle = []
async function work() {
  let client
  for (;;) {
    const [id, method, params] = jobs.shift() ?? (await new Promise((resolve) => idle.push(resolve)))
    try {
      if (!client) {
        client = new pg.Client(config.node)
        await client.connect()
      }
      write(`{"jsonrpc":"2.0","id":${id},"result":${await run(client, method, params)}}\n`)
    } catch (error) {
      fail(id, error instanceof Refused ? error.code : 1500, error.message)
    }
  }
}

function receive(line) {
  let request
  try {
    request = JSON.parse(line)
  } catch {
    return fail('null', -32700, 'Not a request.')
  }
  const id = JSON.stringify(request.id)
  if (request.method === 'system.ping') return write(`{"jsonrpc":"2.0","id":${id},"result":{"pong":true}}\n`)
  if (request.method !== 'session.open' && !methods.has(request.method)) return fail(id, -32601, 'There is no such method.')
  const job = [id, request.method, request.params ?? {}]
  const worker = idle.shift()
  if (worker) worker(job)
  else jobs.push(job)
}

for (let i = 0; i < config.connections; i++) work()
let rest = ''
process.stdin.setEncoding('utf8')
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop()
  for (const line of lines) receive(line)
})
process.stdin.on('end', () => process.exit(0))
