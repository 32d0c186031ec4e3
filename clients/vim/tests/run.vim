vim9script
# Runs the library in this Vim against a real deskpipe: $DESKPIPE names the binary, $DESKPIPE_HOME its private cluster.
set nocompatible encoding=utf-8 noswapfile columns=120 lines=40
&runtimepath = expand('<sfile>:p:h:h') .. ',' .. &runtimepath
runtime plugin/deskpipe.vim
import autoload 'deskpipe.vim'

g:deskpipe = {cmd: [$DESKPIPE, 'demo']}
var passed = 0
var failed = 0
var lines: list<string> = []

def Test(name: string, Body: func)
  v:errors = []
  try
    Body()
  catch
    v:errors->add(v:exception .. ' at ' .. v:throwpoint)
  endtry
  if empty(v:errors)
    passed += 1
    lines->add('ok   ' .. name)
  else
    failed += 1
    lines += ['FAIL ' .. name] + v:errors
  endif
enddef

def Ask(method: string, params: dict<any> = {}): any
  var [error, result] = deskpipe.Wait(method, params)
  if error != null_dict
    throw method .. ': ' .. deskpipe.Sentence(error)
  endif
  return result
enddef

def Until(Condition: func): bool
  var started = reltime()
  while !Condition() && reltimefloat(reltime(started)) < 20
    sleep 10m
  endwhile
  return Condition()
enddef

def NewTicket(subject: string): dict<any>
  return Ask('tickets.create', {
    subject: subject,
    customer: {email: 'nora@example.org', name: 'Nora Lind', fields: {plan: 'basic'}},
    message: {body: "Für Größe 2 — «ok»?\nNora", as: 'customer'},
  })
enddef

# Holds the lock that every write of a ticket takes, so that such a write waits.
var holder: job
var psql = glob('/usr/lib/postgresql/*/bin/psql', false, true)[-1]
var url = systemlist($DESKPIPE .. ' db start')->filter((_, line) => line =~ '^DATABASE_OWNER_URL=')[0][19 :]

def Locks(ticket: string, state: string): number
  var query = "select count(*) from pg_locks where locktype = 'advisory' and " .. state
    .. $" and (classid::bigint << 32) | objid::bigint = hashtextextended('{ticket}', 0)"
  return str2nr(system($'{psql} -XAtq {shellescape(url)} -c {shellescape(query)}'))
enddef

def Hold(ticket: string)
  holder = job_start([psql, '-XAtq', url], {mode: 'nl'})
  ch_sendraw(holder, $"select pg_advisory_lock(hashtextextended('{ticket}', 0));\n")
  assert_true(Until(() => Locks(ticket, 'granted') == 1))
enddef

def Release()
  ch_close_in(holder)
  assert_true(Until(() => job_status(holder) != 'run'))
enddef

# Somebody else's desk: another process, which this Vim knows nothing of.
def Elsewhere(method: string, params: dict<any>)
  system($'{$DESKPIPE} call --demo {method} {shellescape(json_encode(params))}')
  assert_equal(0, v:shell_error)
enddef

Test('a list shows all pages', () => {
  Desk status:open
  var total = Ask('tickets.count', {status: 'open'}).total
  assert_equal(min([50, total]), len(b:desk_tickets))
  while !empty(b:desk_next)
    normal ]]
  endwhile
  assert_equal(total, len(b:desk_tickets))
  assert_equal(total, line('$'))
  assert_match('^open ', getline(1))
})

Test('a ticket is created, answered and shown', () => {
  var ticket = NewTicket('Vim meets a bell')
  Ask('messages.create', {ticket_id: ticket.id, body: 'Try turning it.', seen_message_id: ticket.last_message.id})
  execute 'Desk "Vim meets a bell" number:' .. ticket.number
  normal gg
  execute "normal \<CR>"
  assert_equal(['Vim meets a bell', 'open  normal  Nora Lind'], getline(1, 2))
  assert_equal(['Für Größe 2 — «ok»?', 'Nora'], getline(5, 6))
  assert_match('^-- .* (agent)$', getline(8))
})

Test('a conflict and other errors say what is wrong', () => {
  var ticket = NewTicket('Conflict')
  Ask('tickets.update', {id: ticket.id, subject: 'Changed', expected_version: ticket.version})
  var [error, _] = deskpipe.Wait('tickets.update', {id: ticket.id, subject: 'Late', expected_version: ticket.version})
  assert_equal(['conflict', true], [error.data.kind, index(error.data.details.moved, 'subject') >= 0])
  [error, _] = deskpipe.Wait('tickets.update', {id: ticket.id, priority: 'sideways'})
  assert_equal('invalid_params', error.data.kind)
  assert_match('(/priority)$', deskpipe.Sentence(error))
})

Test('calls run beside each other and can be cancelled', () => {
  var answers: list<any> = []
  for number in range(20)
    deskpipe.Call('tickets.list', {limit: 5}, (error, result) => answers->add(error == null_dict))
  endfor
  assert_true(Until(() => len(answers) == 20))
  assert_equal(repeat([true], 20), answers)
  var ticket = NewTicket('Cancel')
  Hold(ticket.id)
  var kinds: list<any> = []
  var id = deskpipe.Call('tickets.set_status', {id: ticket.id, status: 'solved'}, (error, _) => {
    kinds->add(error == null_dict ? 'answered' : error.data.kind)
  })
  assert_true(Until(() => Locks(ticket.id, 'not granted') == 1))
  deskpipe.Cancel(id)
  assert_true(Until(() => len(kinds) == 1))
  assert_equal(['cancelled'], kinds)
  assert_true(Until(() => Locks(ticket.id, 'not granted') == 0))
  Release()
  assert_equal(ticket.version, Ask('tickets.get', {id: ticket.id}).version)
})

Test('events come one by one, and go on after the process was killed', () => {
  var ticket = NewTicket('Events')
  var bodies: list<string> = []
  var feed = deskpipe.Follow({types: ['message.created'], ticket_id: ticket.id}, (event) => {
    bodies->add(event.new_values.body)
  })
  assert_true(Until(() => !empty(feed.handle)))
  for body in ['1', '2', '3']
    Ask('messages.create', {ticket_id: ticket.id, body: body, is_internal: true})
  endfor
  assert_true(Until(() => len(bodies) == 3))
  system('kill -9 ' .. deskpipe.Process())
  assert_true(Until(() => !deskpipe.IsRunning()))
  Elsewhere('messages.create', {ticket_id: ticket.id, body: 'meanwhile', is_internal: true})
  assert_true(Until(() => len(bodies) == 4))
  assert_equal(['1', '2', '3', 'meanwhile'], bodies)
  deskpipe.Unfollow(feed)
  Ask('messages.create', {ticket_id: ticket.id, body: 'unheard', is_internal: true})
  var again: list<string> = []
  var other = deskpipe.Follow({cursor: feed.cursor, types: ['message.created'], ticket_id: ticket.id}, (event) => {
    again->add(event.new_values.body)
  })
  assert_true(Until(() => again == ['unheard']))
  assert_equal(4, len(bodies))
  deskpipe.Unfollow(other)
})

Test('a session is opened with tokens, renewed before they expire, and opened anew where it is gone', () => {
  deskpipe.Stop()
  assert_true(Until(() => !deskpipe.IsRunning()))
  var asked = [0]
  g:deskpipe.token = () => {
    asked[0] += 1
    # The first expires within the notice that is asked for.
    return trim(system($'{$DESKPIPE} token mint --lifetime={asked[0] == 1 ? 14 : 60}'))
  }
  var first = Ask('session.whoami').session
  assert_true(Until(() => asked[0] == 2))
  assert_equal(first, Ask('session.whoami').session)
  assert_true(Ask('system.ping').pong)
  var ticket = NewTicket('Sessions')
  var heard: list<string> = []
  var feed = deskpipe.Follow({ticket_id: ticket.id}, (event) => heard->add(event.type))
  assert_true(Until(() => !empty(feed.handle)))
  Ask('session.close')
  assert_notequal(first, Ask('session.whoami').session)
  Elsewhere('tickets.update', {id: ticket.id, subject: 'Changed'})
  assert_true(Until(() => heard == ['ticket.changed']))
  deskpipe.Unfollow(feed)
  deskpipe.Stop()
  assert_true(Until(() => !deskpipe.IsRunning()))
  unlet g:deskpipe.token
})

Test('an answer of more than five megabytes arrives whole', () => {
  var ticket = NewTicket('Big')
  # Six bytes each in JSON.
  var body = repeat("\x01", 1048576)
  var sent = Ask('messages.create', {ticket_id: ticket.id, body: body, as: 'customer'})
  assert_true(body == Ask('messages.get', {id: sent.id}).body)
})

Test('a lost process is started again', () => {
  Ask('system.ping')
  system('kill -9 ' .. deskpipe.Process())
  assert_true(Until(() => !deskpipe.IsRunning()))
  Ask('system.ping')
  assert_true(deskpipe.IsRunning())
})

Test('a program that does not run is an error', () => {
  deskpipe.Stop()
  assert_true(Until(() => !deskpipe.IsRunning()))
  g:deskpipe.cmd = ['/nowhere/deskpipe']
  assert_fails('call deskpipe#Wait("system.ping", {})')
  g:deskpipe.cmd = [$DESKPIPE, 'demo']
})

deskpipe.Stop()
writefile(lines + [$'{passed} passed, {failed} failed'], '/dev/stdout', 'a')
execute failed == 0 ? 'qall!' : 'cquit'
