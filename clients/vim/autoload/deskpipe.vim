vim9script
# JSON-RPC 2.0 with one deskpipe process over a channel in mode nl: one JSON value a line.
#
# g:deskpipe may hold cmd (a list, ['deskpipe'] if left out), env (a dict) and token (a function that returns a Clerk
# session token; leave it out where the process has a session of its own).

import autoload './deskpipe/methods.vim'

var job: job = null_job
var last_id = 0
var waiting: dict<func> = {}
var session = ''
var listeners: list<func> = []
# What Follow was asked for.
var feeds: list<dict<any>> = []
var is_stopping = false
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
    elseif answer.method =~ '^events\.'
      Happened(answer.method, params)
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
  if !is_stopping
    FollowAnew()
  endif
  var words = code == 0 || empty(last_words) ? 'deskpipe ended before it answered' : last_words[-1]
  for Callback in values(calls)
    Callback({message: words, data: {kind: 'outcome_unknown'}}, null)
  endfor
enddef

def Start()
  last_words = []
  is_stopping = false
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
    var params = {token: Setting('token', 0)(), notify_before: 15}
    var [error, result] = Await((Done) => Send('session.open', params, Done))
    if error != null_dict
      throw 'deskpipe: ' .. Sentence(error)
    endif
    session = result.session
  endif
enddef

# Whether the session that a call named is of no use any more: it expired unnoticed, as on a machine that slept.
def IsOver(error: dict<any>): bool
  return error != null_dict && index(['session_expired', 'session_unknown'], get(get(error, 'data', {}), 'kind', '')) >= 0
enddef

# Opens a session in place of one that is over, where no other call has done so.
def Reopen(old: string, Then: func)
  if session != old
    Then(null_dict)
    return
  endif
  Send('session.open', {token: Setting('token', '')(), notify_before: 15}, (error, result) => {
    if error == null_dict && session == old
      session = result.session
      # Subscriptions belong to a session.
      FollowAnew()
    endif
    Then(error)
  })
enddef

def Ask(method: string, params: dict<any>, Callback: func, is_second: bool)
  var used = index(methods.sessionless, method) >= 0 ? '' : session
  Send(method, empty(used) ? params : extendnew(params, {session: used}), (error, result) => {
    if is_second || empty(used) || !IsOver(error)
      Callback(error, result)
      return
    endif
    Reopen(used, (problem) => {
      if problem == null_dict
        Ask(method, params, Callback, true)
      else
        Callback(problem, null)
      endif
    })
  })
enddef

# One call; Callback(error, result), error is null_dict where all went well. Answers the call's id, for Cancel.
export def Call(method: string, params: dict<any>, Callback: func): number
  Ensure()
  Ask(method, params, Callback, false)
  return last_id
enddef

# Takes a call back; it is answered all the same, as cancelled or with what it came to.
export def Cancel(id: number)
  if job != null_job
    ch_sendraw(job, json_encode({jsonrpc: '2.0', method: '$/cancelRequest', params: {id: id}}) .. "\n")
  endif
enddef

def Await(Begin: func(func)): list<any>
  var done = {}
  Begin((error, result) => {
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
  return Await((Done) => Ask(method, params, Done, false))
enddef

# Calls Listener(event) for each event from now on, or behind params.cursor, each once and in order, also through the
# death of the process. params may have types and ticket_id. Answers what Unfollow takes; its cursor is behind the last.
export def Follow(params: dict<any>, Listener: func): dict<any>
  var feed = {params: params, Listener: Listener, handle: '', cursor: get(params, 'cursor', ''), pause: 250}
  feeds->add(feed)
  Subscribe(feed)
  return feed
enddef

export def Unfollow(feed: dict<any>)
  feeds->filter((_, other) => other isnot feed)
  if !empty(feed.handle) && job != null_job
    Call('events.unsubscribe', {subscription: feed.handle}, (_, _) => 0)
  endif
enddef

def Subscribe(feed: dict<any>)
  var start = empty(feed.cursor) ? {} : {cursor: feed.cursor}
  Call('events.subscribe', extendnew(feed.params, start), (error, answer) => {
    if error == null_dict
      feed.handle = answer.subscription
      feed.cursor = empty(feed.cursor) ? answer.cursor : feed.cursor
      feed.pause = 250
    elseif get(error.data, 'retryable', false)
      Retry(feed)
    elseif error.data.kind != 'outcome_unknown'
      echomsg 'deskpipe: ' .. Sentence(error)
    endif
  })
enddef

# Later each time, up to half a minute; where the process cannot be started, Ensure throws and that is the end.
def Retry(feed: dict<any>)
  timer_start(feed.pause, (_) => {
    if index(feeds, feed) >= 0 && empty(feed.handle)
      Subscribe(feed)
    endif
  })
  feed.pause = min([2 * feed.pause, 30000])
enddef

# Nobody tells them of events any more.
def FollowAnew()
  for feed in feeds
    if !empty(feed.handle)
      feed.handle = ''
      Retry(feed)
    endif
  endfor
enddef

def Happened(method: string, params: dict<any>)
  for feed in feeds->copy()
    if feed.handle == params.subscription
      feed.cursor = params.cursor
      for event in get(params, 'items', [])
        feed.Listener(event)
      endfor
      if method == 'events.lagging'
        feed.handle = ''
        Subscribe(feed)
      endif
    endif
  endfor
enddef

# Ends the process as the end of its input does: what is under way finishes.
export def Stop()
  is_stopping = true
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
