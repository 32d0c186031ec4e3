vim9script
# JSON-RPC 2.0 with one deskpipe process over a channel in mode nl: one JSON value a line.
#
# g:deskpipe may hold cmd (a list, ['deskpipe'] if left out), env (a dict), timeout (seconds for which Wait waits, 30 if
# left out) and token (a function that returns a Clerk session token; leave it out where the process has a session of its
# own).

import autoload './deskpipe/methods.vim'

# The process that calls go to: its job, its calls without an answer, what it said on stderr last. One that was told to end
# finishes what is under way beside the next one.
var desk: dict<any> = null_dict
var running = 0
var last_id = 0
var session = ''
var listeners: list<func> = []
# What Follow was asked for.
var feeds: list<dict<any>> = []

def Setting(name: string, default: any): any
  return get(get(g:, 'deskpipe', {}), name, default)
enddef

# An error as a sentence for a person.
export def Sentence(error: dict<any>): string
  var path = get(get(error, 'data', {}), 'path', '')
  return error.message .. (empty(path) ? '' : $' ({path})')
enddef

def Kind(error: dict<any>): string
  return get(get(error, 'data', {}), 'kind', '')
enddef

# Calls Listener(method, params) for every notification.
export def Listen(Listener: func)
  listeners->add(Listener)
enddef

def Received(own: dict<any>, line: string)
  if empty(line)
    return
  endif
  var answer: dict<any>
  try
    answer = json_decode(line)
  catch
    echomsg 'deskpipe: this is no answer of deskpipe''s: ' .. strcharpart(line, 0, 200)
    return
  endtry
  if has_key(answer, 'method')
    if own is desk
      Heard(answer.method, get(answer, 'params', {}))
    endif
  elseif has_key(own.waiting, string(answer.id))
    var Callback = own.waiting->remove(string(answer.id))
    Callback(get(answer, 'error', null_dict), get(answer, 'result', null))
  endif
enddef

def Heard(method: string, params: dict<any>)
  if method == 'session.expiring' && get(params, 'session', '') == session
    Refresh()
  elseif method =~ '^events\.'
    Happened(method, params)
  endif
  for Listener in listeners
    Listener(method, params)
  endfor
enddef

# Milliseconds for which the output of a process that has ended is waited for: a child of its own may keep it open.
const grace = 2000

# The end of a process and that of its output come in either order, and what it answered may be read behind the first.
def Exited(own: dict<any>, code: number)
  own.code = code
  if own.is_closed
    Ended(own)
  else
    timer_start(grace, (_) => Ended(own))
  endif
enddef

def Closed(own: dict<any>)
  own.is_closed = true
  if has_key(own, 'code')
    Ended(own)
  endif
enddef

def Ended(own: dict<any>)
  if own.is_over
    return
  endif
  own.is_over = true
  running -= 1
  if own is desk
    desk = null_dict
    session = ''
    FollowAnew()
  endif
  var words = own.code == 0 || empty(own.words) ? 'deskpipe ended before it answered' : substitute(own.words[-1], '^deskpipe: ', '', '')
  var calls = own.waiting
  own.waiting = {}
  for Callback in values(calls)
    Callback({message: words, data: {kind: 'outcome_unknown'}}, null)
  endfor
enddef

def Start()
  var command = Setting('cmd', ['deskpipe'])
  if !executable(command[0])
    throw $'deskpipe: cannot run {command[0]}'
  endif
  var own: dict<any> = {waiting: {}, words: [], is_closed: false, is_over: false}
  var options = {
    mode: 'nl', noblock: 1, out_cb: (_, line) => Received(own, line),
    exit_cb: (_, code) => Exited(own, code), close_cb: (_) => Closed(own),
    err_cb: (_, line) => {
      own.words = own.words[-19 :] + [line]
    },
  }
  if !empty(Setting('env', {}))
    options.env = Setting('env', {})
  endif
  own.job = job_start(command, options)
  if job_status(own.job) == 'fail'
    throw $'deskpipe: cannot run {command[0]}'
  endif
  running += 1
  desk = own
  # Feeds of a process that was told to end.
  for feed in feeds
    Retry(feed)
  endfor
enddef

def Write(message: dict<any>)
  try
    ch_sendraw(desk.job, json_encode(extend({jsonrpc: '2.0'}, message)) .. "\n")
  catch /E630\|E631\|E906/
    # It has just ended; who waits is told by Ended.
  endtry
enddef

def NewId(): number
  last_id += 1
  return last_id
enddef

def Send(id: number, method: string, params: dict<any>, Callback: func)
  desk.waiting[string(id)] = Callback
  Write({id: id, method: method, params: params})
enddef

# A token from the user's function, as the parameters that take it. What a program printed ends with a line feed.
def WithToken(params: dict<any>): dict<any>
  var token = Setting('token', '')()
  return extendnew(params, {token: type(token) == v:t_string ? trim(token) : token})
enddef

def Refresh()
  Send(NewId(), 'session.refresh', WithToken({session: session}), (error, _) => {
    if error != null_dict
      echomsg 'deskpipe: the session was not renewed: ' .. Sentence(error)
    endif
  })
enddef

# Whether a call names a session that it does not bring itself.
def IsForSession(method: string, params: dict<any>): bool
  return index(methods.sessionless, method) < 0 && !has_key(params, 'session') && !has_key(params, 'token')
enddef

# Starts the process and opens the session where that is still to be done.
def Ensure(needs_session: bool)
  if desk == null_dict
    Start()
  endif
  if needs_session && empty(session) && type(Setting('token', 0)) == v:t_func
    var params = WithToken({notify_before: 15})
    var error = Await((id, Done) => Send(id, 'session.open', params, (problem, result) => {
      # At once: the notice that it expires may come right behind.
      if problem == null_dict
        session = result.session
      endif
      Done(problem, result)
    }))[0]
    if error != null_dict
      throw 'deskpipe: ' .. Sentence(error)
    endif
  endif
enddef

# Whether the session that a call named is of no use any more: it expired unnoticed, as on a machine that slept.
def IsOver(error: dict<any>): bool
  return error != null_dict && index(['session_expired', 'session_unknown'], Kind(error)) >= 0
enddef

# Opens a session in place of one that is over, where no other call has done so.
def Reopen(old: string, Then: func)
  if session != old
    Then(null_dict)
    return
  endif
  var params: dict<any>
  try
    params = WithToken({notify_before: 15})
  catch
    Then({message: v:exception, data: {kind: 'unauthenticated'}})
    return
  endtry
  Send(NewId(), 'session.open', params, (error, result) => {
    if error == null_dict && session == old
      session = result.session
      # Subscriptions belong to a session.
      FollowAnew()
    endif
    Then(error)
  })
enddef

# A call that is sent again, since its session was over, keeps its id: who has it can still take the call back.
def Ask(id: number, method: string, params: dict<any>, Callback: func, is_second: bool)
  var used = IsForSession(method, params) ? session : ''
  Send(id, method, empty(used) ? params : extendnew(params, {session: used}), (error, result) => {
    if is_second || empty(used) || !IsOver(error) || desk == null_dict
      Callback(error, result)
      return
    endif
    Reopen(used, (problem) => {
      if problem == null_dict
        Ask(id, method, params, Callback, true)
      else
        Callback(problem, null)
      endif
    })
  })
enddef

# One call; Callback(error, result), error is null_dict where all went well. Answers the call's id, for Cancel.
export def Call(method: string, params: dict<any>, Callback: func): number
  Ensure(IsForSession(method, params))
  var id = NewId()
  Ask(id, method, params, Callback, false)
  return id
enddef

# Takes a call back; it is answered all the same, as cancelled or with what it came to.
export def Cancel(id: number)
  if desk != null_dict
    Write({method: '$/cancelRequest', params: {id: id}})
  endif
enddef

# Waits for the answer of the call that Begin(id, Done) makes; takes it back where it comes too late, or at CTRL-C.
def Await(Begin: func(number, func)): list<any>
  var done = {}
  var id = NewId()
  Begin(id, (error, result) => {
    done.answer = [error, result]
  })
  var started = reltime()
  var limit = Setting('timeout', 30)
  try
    while !has_key(done, 'answer') && reltimefloat(reltime(started)) < limit
      sleep 5m
    endwhile
  finally
    if !has_key(done, 'answer')
      Cancel(id)
    endif
  endtry
  return get(done, 'answer', [{message: 'no answer in time', data: {kind: 'outcome_unknown'}}, null])
enddef

# The same for a caller that has to wait: answers [error, result].
export def Wait(method: string, params: dict<any> = {}): list<any>
  Ensure(IsForSession(method, params))
  return Await((id, Done) => Ask(id, method, params, Done, false))
enddef

# Calls Listener(event) for each event from now on, or behind params.cursor, in order, also through the death of the
# process. Each comes once, but one that Listener fails at comes again, later each time, and the others wait for it. params
# may have types and ticket_id. Answers what Unfollow takes; its cursor is behind the last event that Listener has taken.
export def Follow(params: dict<any>, Listener: func): dict<any>
  var feed = {
    params: params, Listener: Listener, handle: '', cursor: get(params, 'cursor', ''), pause: 250, is_asking: false,
    is_failing: false,
  }
  feeds->add(feed)
  Subscribe(feed)
  return feed
enddef

export def Unfollow(feed: dict<any>)
  feeds->filter((_, other) => other isnot feed)
  Unsubscribe(feed)
enddef

def Unsubscribe(feed: dict<any>)
  if !empty(feed.handle) && desk != null_dict
    Call('events.unsubscribe', {subscription: feed.handle}, (_, _) => 0)
  endif
  feed.handle = ''
enddef

def IsFollowed(feed: dict<any>): bool
  return feeds->copy()->filter((_, other) => other is feed)->len() > 0
enddef

def Subscribe(feed: dict<any>)
  if feed.is_asking || !empty(feed.handle)
    return
  endif
  var start = empty(feed.cursor) ? {} : {cursor: feed.cursor}
  var is_sent = false
  feed.is_asking = true
  try
    Call('events.subscribe', extendnew(feed.params, start), (error, answer) => Subscribed(feed, error, answer))
    is_sent = true
  finally
    feed.is_asking = is_sent
  endtry
enddef

def Subscribed(feed: dict<any>, error: dict<any>, answer: any)
  feed.is_asking = false
  if error == null_dict
    feed.handle = answer.subscription
    feed.cursor = empty(feed.cursor) ? answer.cursor : feed.cursor
    feed.pause = feed.is_failing ? feed.pause : 250
    if !IsFollowed(feed)
      Unsubscribe(feed)
    endif
  # Where it never was subscribed, a process that ends before it answers will not do better by itself.
  elseif get(get(error, 'data', {}), 'retryable', false) || Kind(error) == 'outcome_unknown' && !empty(feed.cursor)
    Retry(feed)
  else
    echomsg 'deskpipe: ' .. Sentence(error)
  endif
enddef

# Later each time, up to half a minute; where the process cannot be started, or no session opened, that is the end.
def Retry(feed: dict<any>)
  timer_start(feed.pause, (_) => {
    if IsFollowed(feed) && empty(feed.handle)
      try
        Subscribe(feed)
      catch /^deskpipe:/
        echomsg v:exception
      endtry
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
    if feed.handle == params.subscription && Take(feed, get(params, 'items', []))
      feed.cursor = params.cursor
      if method == 'events.lagging'
        feed.handle = ''
        Subscribe(feed)
      endif
    endif
  endfor
enddef

# Whether a feed has taken these events, all of them. The cursor moves behind each that was.
def Take(feed: dict<any>, events: list<any>): bool
  for event in events
    try
      feed.Listener(event)
    catch
      echomsg $'deskpipe: a listener failed at {event.type}: {v:exception}'
      feed.is_failing = true
      Unsubscribe(feed)
      Retry(feed)
      return false
    endtry
    feed.is_failing = false
    feed.cursor = event.id
    # It may have had enough.
    if empty(feed.handle)
      return false
    endif
  endfor
  return true
enddef

# Ends the process as the end of its input does: what is under way finishes. The next call starts another.
export def Stop()
  if desk == null_dict
    return
  endif
  var own = desk
  desk = null_dict
  session = ''
  for feed in feeds
    feed.handle = ''
  endfor
  ch_close_in(own.job)
enddef

# Whether a process runs, be it one that is about to end.
export def IsRunning(): bool
  return running > 0
enddef

# The id of the process that calls go to, 0 where there is none.
export def Process(): number
  return desk == null_dict ? 0 : job_info(desk.job).process
enddef
