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

def OddTicket(): dict<any>
  return Ask('tickets.create', {
    subject: "Two\nlines ✓ 車輪",
    customer: {email: 'two@example.org', name: "Two\r\nNames", fields: {plan: 'basic'}},
    message: {body: "One\r\nTwo 🚲", as: 'customer'},
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

Test('a query completes, what it leaves out as well', () => {
  assert_equal(['status:open'], getcompletion('Desk brake status:o', 'cmdline'))
  assert_equal(['-is:waiting'], getcompletion('Desk brake -is:w', 'cmdline'))
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
    return system($'{$DESKPIPE} token mint --lifetime={asked[0] == 1 ? 14 : 60}')
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

Test('a message that is cut is marked, and shown whole on demand', () => {
  var ticket = NewTicket('Long')
  Ask('messages.create', {ticket_id: ticket.id, body: repeat("a line of the log\n", 1000) .. 'the end', as: 'customer'})
  execute 'Desk number:' .. ticket.number
  execute "normal \<CR>"
  assert_equal('[cut; <CR> shows the whole message]', getline(line('$') - 1))
  normal G
  execute "normal \<CR>"
  assert_equal('the end', getline(line('$') - 1))
  assert_equal(0, search('^\[cut'))
})

Test('the cursor stays with its ticket while a list moves', () => {
  var tag = 'cursor-' .. localtime()
  var tickets = ['1', '2', '3']->mapnew((_, name) => NewTicket('Row ' .. name))
  for ticket in tickets
    Ask('tickets.update', {id: ticket.id, tags: {add: [tag]}})
  endfor
  execute 'Desk tag:' .. tag
  cursor(2, 4)
  Ask('messages.create', {ticket_id: tickets[0].id, body: 'First now', as: 'customer'})
  normal r
  assert_equal(tickets[0].id, b:desk_tickets[0].id)
  assert_equal([3, 4], [line('.'), col('.')])
  assert_match('Row 2', getline('.'))
})

Test('subjects and names of more than one line are shown on one', () => {
  var ticket = OddTicket()
  execute 'Desk number:' .. ticket.number
  assert_equal(1, line('$'))
  assert_match('Two lines ✓ 車輪 .* Two Names', getline(1))
  execute "normal \<CR>"
  assert_equal(['Two lines ✓ 車輪', 'open  normal  Two Names', ''], getline(1, 3))
  assert_equal(['One', 'Two 🚲', ''], getline(5, 7))
})

Test('a call that is waited for too long is taken back, in the database too', () => {
  var ticket = NewTicket('Late')
  Hold(ticket.id)
  g:deskpipe.timeout = 1
  var [error, _] = deskpipe.Wait('tickets.set_status', {id: ticket.id, status: 'solved'})
  unlet g:deskpipe.timeout
  assert_equal('outcome_unknown', error.data.kind)
  assert_true(Until(() => Locks(ticket.id, 'not granted') == 0))
  Release()
  assert_equal(ticket.version, Ask('tickets.get', {id: ticket.id}).version)
})

Test('an event that a listener fails at comes again, and those behind it wait', () => {
  var ticket = NewTicket('Failing')
  var bodies: list<string> = []
  var failures = [2]
  var feed = deskpipe.Follow({types: ['message.created'], ticket_id: ticket.id}, (event) => {
    if event.new_values.body == 'b' && failures[0] > 0
      failures[0] -= 1
      throw 'the disk is full'
    endif
    bodies->add(event.new_values.body)
  })
  assert_true(Until(() => !empty(feed.handle)))
  var calls = ['a', 'b', 'c']->mapnew((_, body) => {
    return {method: 'messages.create', params: {ticket_id: ticket.id, body: body, is_internal: true}}
  })
  Ask('batch.run', {calls: calls})
  assert_true(Until(() => len(bodies) == 3))
  assert_equal([['a', 'b', 'c'], 0], [bodies, failures[0]])
  assert_match('a listener failed at message.created: the disk is full', execute('messages'))
  deskpipe.Unfollow(feed)
})

Test('what is under way finishes when the process is told to end, and the next call starts another', () => {
  var ticket = NewTicket('The end')
  var heard: list<string> = []
  var feed = deskpipe.Follow({ticket_id: ticket.id}, (event) => heard->add(event.type))
  assert_true(Until(() => !empty(feed.handle)))
  var answers: list<any> = []
  for number in range(20)
    deskpipe.Call('tickets.list', {limit: 5}, (error, _) => answers->add(error == null_dict))
  endfor
  deskpipe.Stop()
  assert_true(Ask('system.ping').pong)
  assert_true(Until(() => len(answers) == 20))
  assert_equal(repeat([true], 20), answers)
  # Feeds go on with the next process.
  Elsewhere('tickets.update', {id: ticket.id, subject: 'Changed'})
  assert_true(Until(() => heard == ['ticket.changed']))
  deskpipe.Unfollow(feed)
})

Test('no session is asked for where none is needed, and a call may bring its own', () => {
  deskpipe.Stop()
  assert_true(Until(() => !deskpipe.IsRunning()))
  g:deskpipe.token = () => {
    throw 'nobody is signed in'
  }
  assert_true(Ask('system.ping').pong)
  assert_fails('call deskpipe#Wait("session.whoami", {})', 'nobody is signed in')
  g:deskpipe.token = () => trim(system($DESKPIPE .. ' token mint'))
  var session = Ask('session.whoami').session
  assert_equal('deskpipe', Ask('system.info').name)
  assert_equal('token_refused', deskpipe.Wait('session.open', {token: 'rubbish'})[0].data.kind)
  var other = Ask('session.open', {token: g:deskpipe.token()}).session
  assert_notequal(session, other)
  assert_equal(other, Ask('session.whoami', {session: other}).session)
  deskpipe.Stop()
  assert_true(Until(() => !deskpipe.IsRunning()))
  unlet g:deskpipe.token
})

Test('a lost process is started again', () => {
  Ask('system.ping')
  system('kill -9 ' .. deskpipe.Process())
  assert_true(Until(() => !deskpipe.IsRunning()))
  Ask('system.ping')
  assert_true(deskpipe.IsRunning())
})

# Has a shell's script in place of the desk.
def WithScript(script: string, Body: func)
  deskpipe.Stop()
  assert_true(Until(() => !deskpipe.IsRunning()))
  g:deskpipe.cmd = ['sh', '-c', script]
  Body()
  g:deskpipe.cmd = [$DESKPIPE, 'demo']
enddef

Test('a token that expires as soon as its session is open is renewed', () => {
  var asked = [0]
  g:deskpipe.token = () => {
    asked[0] += 1
    return system($'{$DESKPIPE} token mint --lifetime={asked[0] == 1 ? 14 : 60}')
  }
  # The session's answer arrives with the notice, in one piece.
  WithScript('first=1; "$DESKPIPE" demo | while IFS= read -r line; do if [ "$first" ]; then first= held=$line; continue; fi; '
      .. 'printf "%s\n" ${held:+"$held"} "$line"; held=; done', () => {
    Ask('session.whoami')
    assert_true(Until(() => asked[0] == 2))
    deskpipe.Stop()
    assert_true(Until(() => !deskpipe.IsRunning()))
  })
  unlet g:deskpipe.token
})

Test('what a process answered is taken, though it has ended before that was read', () => {
  var answer = 'read -r line; id=${line#*\"id\":}; answer="{\"jsonrpc\":\"2.0\",\"id\":${id%%[!0-9]*},\"result\":{\"pong\":true}}"; '
  WithScript(answer .. '(sleep 0.5; echo "$answer") & exit 0', () => {
    assert_equal([null_dict, {pong: true}], deskpipe.Wait('system.ping'))
    assert_true(Until(() => !deskpipe.IsRunning()))
  })
  # And where its output goes on without it, the wait has an end.
  WithScript('read -r line; sleep 8 & exit 0', () => {
    var started = reltime()
    assert_equal('outcome_unknown', deskpipe.Wait('system.ping')[0].data.kind)
    assert_true(reltimefloat(reltime(started)) < 6)
  })
})

Test('a program that ends at once says why', () => {
  deskpipe.Stop()
  assert_true(Until(() => !deskpipe.IsRunning()))
  g:deskpipe = {cmd: ['env', '-i', 'PATH=/usr/bin:/bin', $DESKPIPE, 'serve']}
  assert_match('^database (DATABASE_URL', deskpipe.Wait('session.whoami')[0].message)
  g:deskpipe = {cmd: [$DESKPIPE, 'demo']}
})

Test('a program that does not run is an error', () => {
  deskpipe.Stop()
  assert_true(Until(() => !deskpipe.IsRunning()))
  g:deskpipe.cmd = ['/nowhere/deskpipe']
  assert_fails('call deskpipe#Wait("system.ping", {})')
  Desk status:open
  assert_match('^deskpipe: cannot run /nowhere/deskpipe$', split(execute('messages'), "\n")[-1])
  g:deskpipe.cmd = [$DESKPIPE, 'demo']
})

deskpipe.Stop()
writefile(lines + [$'{passed} passed, {failed} failed'], '/dev/stdout', 'a')
execute failed == 0 ? 'qall!' : 'cquit'
