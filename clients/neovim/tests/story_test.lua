local T = _G.desk_test
local desk = require('deskpipe.desk')

local function ask(method, params)
  local err, result = desk.wait(method, params)
  if err then error(method .. ': ' .. desk.sentence(err), 2) end
  return result
end

--- A new ticket with one message of its customer.
local function new_ticket(subject)
  return ask('tickets.create', {
    subject = subject,
    customer = { email = 'nora@example.org', name = 'Nora Lind', fields = { plan = 'basic' } },
    message = { body = 'The bell does not ring.\nNora', as = 'customer' },
  })
end

local function customer_writes(ticket, body)
  return ask('messages.create', { ticket_id = ticket.id, body = body, as = 'customer' })
end

local function open(ticket)
  vim.cmd('DeskOpen ' .. ticket.id)
  T.shows('The bell does not ring.')
end

local function write(body) vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(body, '\n')) end

local function messages(ticket) return ask('messages.list', { ticket_id = ticket.id, limit = 100 }).items end

T.test('a list shows tickets, goes on and opens one', function()
  vim.cmd('Desk')
  T.eventually('25 tickets', function() return #T.lines() == 29 end)
  T.type(']]')
  T.eventually('50 tickets', function() return #T.lines() == 54 end)
  T.equal(T.lines()[2], '<CR> open  ]] more  r refresh  o filter  q close')
  vim.api.nvim_win_set_cursor(0, { 4, 0 })
  T.type('<CR>')
  T.shows('Customer: ')
  T.equal(vim.bo.filetype, 'desk-ticket')
end)

T.test('a list is about what its filters say', function()
  vim.cmd('Desk status=open assigned_to=none')
  T.shows('Tickets  assigned_to=none status=open')
  T.eventually('rows', function() return T.lines()[4] ~= 'Reading…' end)
  for index = 4, #T.lines() do
    T.equal({ T.lines()[index]:sub(1, 4), T.lines()[index]:match(' (%S+)$') }, { 'open', '-' })
  end
end)

T.test('a ticket has its customer and fields on top and a fold for each message', function()
  local ticket = new_ticket('Bell is silent')
  for number = 1, 4 do customer_writes(ticket, 'Message ' .. number) end
  open(ticket)
  local screen = T.screen()
  for _, text in ipairs({ 'Bell is silent', 'Customer: Nora Lind <nora@example.org>', '  plan: basic', 'Assignee: -' }) do
    if not screen:find(text, 1, true) then error(text .. ' is not in\n' .. screen) end
  end
  -- The two oldest are one line each.
  local closed = {}
  for line = 1, #T.lines() do
    if vim.fn.foldclosed(line) == line then closed[#closed + 1] = vim.fn.foldclosedend(line) - line + 1 end
  end
  T.equal(closed, { 4, 3 })
end)

T.test('writing a reply sends it to the customer', function()
  local ticket = new_ticket('A reply')
  open(ticket)
  vim.cmd('DeskReply')
  T.shows('REPLY to the customer')
  write('Try turning it.\nIngrid')
  vim.cmd('write')
  local sent = messages(ticket)
  T.equal({ sent[2].body, sent[2].is_internal, sent[2].sender.type }, { 'Try turning it.\nIngrid', false, 'agent' })
  T.eventually('the draft is gone', function() return vim.fn.bufnr('desk://reply/' .. ticket.id) == -1 end)
  T.shows('Try turning it.')
end)

T.test('writing a note tells agents only, and it cannot become a reply', function()
  local ticket = new_ticket('A note')
  open(ticket)
  vim.cmd('DeskNote')
  T.shows('NOTE, only agents see this')
  write('Nora is a press contact.')
  vim.cmd('silent file desk://reply/' .. ticket.id)
  if not T.refused('write'):find('opened as a note') then error('another reason') end
  T.equal(#messages(ticket), 1)
  vim.cmd('silent file desk://note/' .. ticket.id)
  vim.cmd('wq')
  local sent = messages(ticket)
  T.equal({ #sent, sent[2].body, sent[2].is_internal }, { 2, 'Nora is a press contact.', true })
  T.shows('NOTE, only agents see this')
end)

T.test('a reply is refused when somebody wrote since, shows what, and is sent when insisted on', function()
  local ticket = new_ticket('A race')
  open(ticket)
  vim.cmd('DeskReply')
  write('Have you oiled it?')
  customer_writes(ticket, 'Never mind, I oiled it.')
  local message = T.refused('write')
  if not message:find('not sent') then error(message) end
  T.shows('Written since you read the ticket')
  T.shows('Never mind, I oiled it.')
  T.equal({ #messages(ticket), vim.bo.modified, T.lines()[1] }, { 2, true, 'Have you oiled it?' })
  vim.cmd('write!')
  T.equal(messages(ticket)[3].body, 'Have you oiled it?')
end)

T.test('an empty draft is not sent', function()
  local ticket = new_ticket('Nothing')
  open(ticket)
  vim.cmd('DeskReply')
  if not T.refused('write'):find('there is no text') then error('another reason') end
  T.equal(#messages(ticket), 1)
end)

T.test('a macro is completed and laid into a reply', function()
  local ticket = new_ticket('A macro')
  open(ticket)
  T.equal(vim.fn.getcompletion('DeskMacro Any', 'cmdline'), { 'Anything else?' })
  vim.cmd('DeskMacro Anything else?')
  T.shows('Hello Nora Lind,')
  T.equal(vim.b.desk_ticket, ticket.id)
  T.equal(#messages(ticket), 1)
end)

T.test('status, priority and assignee change in the version that is shown', function()
  local ticket = new_ticket('Changes')
  open(ticket)
  vim.cmd('DeskAssign me')
  T.shows('Assignee: Ingrid Solberg')
  vim.cmd('DeskPriority high')
  T.shows('Priority: high')
  vim.cmd('DeskStatus pending')
  T.shows('Status: pending')
  vim.cmd('DeskAssign none')
  T.shows('Assignee: -')
  T.equal(vim.fn.getcompletion('DeskStatus s', 'cmdline'), { 'solved' })
  T.notices()
  vim.cmd('DeskPriority sideways')
  T.eventually('an error', function() return T.notices():find('priority must be one of', 1, true) end)
  T.equal(ask('tickets.get', { id = ticket.id }).priority, 'high')
end)

T.test('a change by somebody else is a conflict that says what moved, and shows the new state', function()
  local ticket = new_ticket('Conflict')
  open(ticket)
  local state = require('deskpipe.ticket').current()
  ask('tickets.update', { id = ticket.id, subject = 'Changed meanwhile' })
  state.ticket.version = ticket.version
  T.notices()
  vim.cmd('DeskPriority low')
  T.shows('Changed meanwhile')
  T.shows('Priority: normal')
  local notices = T.notices()
  if not notices:find('has changed since you read it.*subject') then error(notices) end
end)

T.test('what happens elsewhere is shown by itself', function()
  local ticket = new_ticket('Live')
  open(ticket)
  customer_writes(ticket, 'One thing more')
  T.shows('One thing more')
end)

T.test('a search finds words', function()
  local ticket = new_ticket('Xylophone on the handlebar')
  vim.cmd('DeskSearch xylophone handlebar')
  T.shows('Xylophone on the handlebar')
  T.equal(require('deskpipe.list').ticket(vim.api.nvim_get_current_buf(), 4).id, ticket.id)
end)

T.test('the statusline counts', function()
  T.eventually('numbers', function() return require('deskpipe').statusline():find('^desk %d+ open, %d+ mine$') end)
end)

T.test('long messages are cut, and shown whole on demand', function()
  local ticket = new_ticket('Long')
  open(ticket)
  customer_writes(ticket, ('a line of the log\n'):rep(1000) .. 'the end')
  require('deskpipe.ticket').refresh(vim.api.nvim_get_current_buf())
  T.eventually('the cut message', function() return T.lines()[#T.lines() - 1] == '[cut; the message is longer]' end)
  vim.cmd('normal! G')
  T.type('<CR>')
  T.eventually('the whole text', function() return T.lines()[#T.lines() - 1] == 'the end' end)
end)

T.test('a lost process is started again', function()
  vim.cmd('Desk status=open')
  T.eventually('rows', function() return #T.lines() > 4 end)
  local pid = vim.fn.jobpid(vim.api.nvim_list_chans()[#vim.api.nvim_list_chans()].id)
  vim.loop.kill(pid, 'sigkill')
  T.eventually('the end of the process', function() return not desk.is_running() end)
  T.type('r')
  T.eventually('rows again', function() return desk.is_running() and #T.lines() > 4 end)
end)

T.test('an answer of megabytes arrives', function()
  local ticket = new_ticket('Big')
  local line = ('x'):rep(1000) .. '\n'
  local sent = ask('messages.create', { ticket_id = ticket.id, body = line:rep(1000), as = 'customer' })
  T.equal(#ask('messages.get', { id = sent.id }).body, 1001000)
  local document = ask('rpc.discover', {})
  T.equal(document.openrpc:sub(1, 2), '1.')
end)

T.test('the health check tells who one is', function()
  vim.cmd('checkhealth deskpipe')
  T.shows('Ingrid Solberg (admin) at Moorland Cycles')
end)
