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

Test('a list shows all pages', () => {
  Desk status=open
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
  Desk Vim meets a bell
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
  var kinds: list<any> = []
  var id = deskpipe.Call('tickets.count', {text: 'the'}, (error, _) => kinds->add(error == null_dict ? 'answered' : error.data.kind))
  deskpipe.Cancel(id)
  assert_true(Until(() => len(answers) == 20 && len(kinds) == 1))
  assert_equal(repeat([true], 20), answers)
  assert_true(index(['cancelled', 'answered'], kinds[0]) >= 0)
})

Test('an answer of megabytes arrives whole', () => {
  var ticket = NewTicket('Big')
  var body = repeat(repeat('x', 999) .. "\n", 1000)
  var sent = Ask('messages.create', {ticket_id: ticket.id, body: body, as: 'customer'})
  assert_equal(body, Ask('messages.get', {id: sent.id}).body)
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
