vim9script
# JSON-RPC 2.0 with one deskpipe process over a channel in mode nl: one JSON value a line.
#
# g:deskpipe may hold cmd (a list, ['deskpipe'] if left out), env (a dict) and token (a function that returns a Clerk
# session token; leave it out where the process has a session of its own).

var job: job = null_job
var last_id = 0
var waiting: dict<func> = {}
var session = ''
var listeners: list<func> = []
var last_words: list<string> = []

def Setting(name: string, default: any): any
  return get(get(g:, 'deskpipe', {}), name, default)
enddef

# An error as a sentence for a person.
export def Sentence(error: dict<any>): string
  var path = get(get(error, 'data', {}), 'path', '')
  return error.message .. (empty(path) ? '' : $' ({path})')
enddef

# Calls Listener(method, params) for every notification.
export def Listen(Listener: func)
  listeners->add(Listener)
enddef

def Received(_: channel, line: string)
  if empty(line)
    return
  endif
  var answer = json_decode(line)
  if has_key(answer, 'method')
    var params = get(answer, 'params', {})
    if answer.method == 'session.expiring' && get(params, 'session', '') == session
      Refresh()
    endif
    for Listener in listeners
      Listener(answer.method, params)
    endfor
  elseif has_key(waiting, string(answer.id))
    var Callback = waiting->remove(string(answer.id))
    Callback(get(answer, 'error', null_dict), get(answer, 'result', null))
  endif
enddef

def Ended(_: job, code: number)
  job = null_job
  session = ''
  var calls = waiting
  waiting = {}
  var words = code == 0 || empty(last_words) ? 'deskpipe ended before it answered' : last_words[-1]
  for Callback in values(calls)
    Callback({message: words, data: {kind: 'outcome_unknown'}}, null)
  endfor
enddef

def Start()
  last_words = []
  var command = Setting('cmd', ['deskpipe'])
  if !executable(command[0])
    throw $'deskpipe: cannot run {command[0]}'
  endif
  var options = {
    mode: 'nl', noblock: 1, out_cb: Received, exit_cb: Ended,
    err_cb: (_, line) => {
      last_words = last_words[-19 :] + [line]
    },
  }
  if !empty(Setting('env', {}))
    options.env = Setting('env', {})
  endif
  job = job_start(command, options)
enddef

def Send(method: string, params: dict<any>, Callback: func)
  last_id += 1
  waiting[string(last_id)] = Callback
  var call = {jsonrpc: '2.0', id: last_id, method: method, params: params}
  ch_sendraw(job, json_encode(call) .. "\n")
enddef

def Refresh()
  Send('session.refresh', {session: session, token: Setting('token', '')()}, (error, _) => {
    if error != null_dict
      echomsg 'deskpipe: the session was not renewed: ' .. Sentence(error)
    endif
  })
enddef

# Starts the process and opens the session where that is still to be done.
def Ensure()
  if job == null_job
    Start()
  endif
  if empty(session) && type(Setting('token', 0)) == v:t_func
    var [error, result] = Await('session.open', {token: Setting('token', 0)(), notify_before: 15})
    if error != null_dict
      throw 'deskpipe: ' .. Sentence(error)
    endif
    session = result.session
  endif
enddef

# One call; Callback(error, result), error is null_dict where all went well. Answers the call's id, for Cancel.
export def Call(method: string, params: dict<any>, Callback: func): number
  Ensure()
  Send(method, empty(session) ? params : extendnew(params, {session: session}), Callback)
  return last_id
enddef

# Takes a call back; it is answered all the same, as cancelled or with what it came to.
export def Cancel(id: number)
  if job != null_job
    ch_sendraw(job, json_encode({jsonrpc: '2.0', method: '$/cancelRequest', params: {id: id}}) .. "\n")
  endif
enddef

def Await(method: string, params: dict<any>): list<any>
  var done = {}
  Send(method, params, (error, result) => {
    done.answer = [error, result]
  })
  var started = reltime()
  while !has_key(done, 'answer')
    if reltimefloat(reltime(started)) > 30
      return [{message: 'no answer in time', data: {kind: 'outcome_unknown'}}, null]
    endif
    sleep 5m
  endwhile
  return done.answer
enddef

# The same for a caller that has to wait: answers [error, result].
export def Wait(method: string, params: dict<any> = {}): list<any>
  Ensure()
  return Await(method, empty(session) ? params : extendnew(params, {session: session}))
enddef

# Ends the process as the end of its input does: what is under way finishes.
export def Stop()
  if job != null_job
    ch_close_in(job)
  endif
enddef

export def IsRunning(): bool
  return job != null_job
enddef

# The process's id, 0 where none runs.
export def Process(): number
  return job == null_job ? 0 : job_info(job).process
enddef
