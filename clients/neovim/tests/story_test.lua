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

T.test('a list is about what its query says', function()
  vim.cmd('Desk status:open -assignee:me')
  T.shows('Tickets  status:open -assignee:me')
  T.eventually('rows', function() return T.lines()[4] ~= 'Reading…' end)
  for index = 4, 13 do T.equal(T.lines()[index]:sub(1, 4), 'open') end
  if T.screen():find('Ingrid Sol', 1, true) then error(T.screen()) end
  T.equal(vim.fn.getcompletion('Desk stat', 'cmdline'), { 'status:' })
  T.equal(vim.fn.getcompletion('Desk brake -status:open,p', 'cmdline'), { '-status:open,pending' })
  T.equal(vim.fn.getcompletion('Desk tag:bat', 'cmdline'), { 'tag:battery' })
  T.equal(vim.fn.getcompletion('Desk brake priority:>=h', 'cmdline'), { 'priority:>=high' })
  T.equal(vim.fn.getcompletion('Desk created:>3', 'cmdline'), { 'created:>30d' })
end)

T.test('a ticket is opened by its number, too', function()
  local ticket = new_ticket('By number')
  for _, name in ipairs({ ticket.number, '#' .. ticket.number }) do
    vim.cmd('DeskOpen ' .. name)
    T.shows('#' .. ticket.number .. '  By number')
    T.equal(vim.fn.bufname(), 'desk://ticket/' .. ticket.id)
    vim.cmd('bwipeout')
  end
  T.notices()
  vim.cmd('DeskOpen 999999')
  T.eventually('an error', function() return #T.peek() > 0 end)
end)

T.test('a query that is wrong is told with its place', function()
  T.notices()
  vim.cmd('Desk brake statsu:open')
  T.eventually('an error', function() return #T.peek() > 0 end)
  local said = T.notices()
  if not said:find('did you mean status?\nbrake statsu:open\n      ^^^^^^^^^^^', 1, true) then error(said) end
end)

T.test('what was closed can be opened again', function()
  vim.cmd('Desk status:pending')
  T.eventually('rows', function() return #T.lines() > 4 end)
  T.type('q')
  vim.cmd('Desk status:pending')
  T.eventually('rows', function() return #T.lines() > 4 end)
  vim.api.nvim_win_set_cursor(0, { 4, 0 })
  T.type('<CR>')
  T.shows('Customer: ')
end)

T.test('what was deleted is made anew, and does not stay behind', function()
  local ticket = new_ticket('Deleted buffers')
  open(ticket)
  vim.cmd('bdelete')
  open(ticket)
  T.equal({ vim.bo.buftype, vim.bo.modifiable, vim.wo.foldmethod }, { 'nofile', false, 'expr' })
  vim.cmd('Desk status:open')
  T.eventually('rows', function() return #T.lines() > 4 end)
  vim.cmd('bdelete')
  vim.cmd('Desk status:open')
  T.eventually('rows', function() return #T.lines() > 4 end)
  T.equal({ vim.bo.buftype, vim.wo.cursorline, vim.fn.maparg('<CR>', 'n') ~= '' }, { 'nofile', true, true })
  vim.cmd('bdelete')
  T.eventually('the list is gone', function() return vim.fn.bufnr('desk://tickets/status:open') == -1 end)
end)

T.test('a draft that was deleted is a new one when it is opened again', function()
  local ticket = new_ticket('Deleted drafts')
  open(ticket)
  vim.cmd('DeskReply')
  write('Never mind')
  local old = vim.api.nvim_get_current_buf()
  vim.cmd('bdelete!')
  vim.cmd('DeskReply')
  T.equal({ vim.bo.buftype, vim.bo.filetype, #T.lines() }, { 'acwrite', 'markdown', 1 })
  T.shows('REPLY to the customer')
  T.equal(vim.api.nvim_buf_is_valid(old), false)
  write('Try again')
  vim.cmd('write')
  T.equal({ #messages(ticket), messages(ticket)[2].body }, { 2, 'Try again' })
  -- Also where nobody asks for it.
  vim.cmd('DeskNote')
  local note = vim.api.nvim_get_current_buf()
  vim.cmd('bdelete!')
  T.eventually('the note is gone', function() return not vim.api.nvim_buf_is_valid(note) end)
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

T.test('windows keep the options that the user has for other files', function()
  local function options() return { vim.wo.foldmethod, vim.wo.wrap, vim.wo.cursorline, vim.wo.linebreak, vim.wo.statusline } end
  local before = options()
  vim.cmd('Desk')
  T.eventually('rows', function() return #T.lines() > 4 end)
  T.equal({ vim.wo.wrap, vim.wo.cursorline }, { false, true })
  open(new_ticket('Options'))
  T.equal({ vim.wo.foldmethod, vim.wo.wrap }, { 'expr', true })
  vim.cmd('DeskNote')
  vim.cmd('hide enew')
  T.equal(options(), before)
  vim.cmd('wincmd p | hide enew')
  T.equal(options(), before)
  vim.cmd('buffer desk://ticket/')
  T.equal(vim.wo.foldmethod, 'expr')
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
  if not T.refused('write'):find('opened as desk://note/') then error('another reason') end
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
  -- Insisting is about what was shown.
  customer_writes(ticket, 'It squeaks again, though.')
  T.refused('write!')
  T.shows('It squeaks again, though.')
  vim.cmd('write!')
  T.equal(messages(ticket)[4].body, 'Have you oiled it?')
end)

T.test('a reply to a ticket without messages is refused when somebody wrote since', function()
  local ticket = ask('tickets.create', { subject = 'Nothing said yet', customer = { email = 'nora@example.org' } })
  vim.cmd('DeskOpen ' .. ticket.id)
  T.shows('Customer: Nora Lind')
  vim.cmd('DeskReply')
  write('What can we do for you?')
  customer_writes(ticket, 'My bell is too loud.')
  local message = T.refused('write')
  if not message:find('not sent: The ticket has changed since') then error(message) end
  T.shows('My bell is too loud.')
  T.equal({ #messages(ticket), vim.bo.modified }, { 1, true })
  -- Insisting is about what was shown.
  customer_writes(ticket, 'Much too loud.')
  T.refused('write!')
  T.shows('Much too loud.')
  vim.cmd('write!')
  T.equal(messages(ticket)[3].body, 'What can we do for you?')
end)

T.test('a reply behind a message that is on another ticket now is sent when insisted on', function()
  local ticket = new_ticket('Two matters')
  local last = customer_writes(ticket, 'And where is my lock?')
  open(ticket)
  T.shows('And where is my lock?')
  vim.cmd('DeskReply')
  write('Which lock?')
  ask('tickets.split', { id = ticket.id, message_id = last.id, subject = 'The lock' })
  if not T.refused('write'):find('There is no such message on this ticket') then error('another reason') end
  -- With the note that tells of the split.
  T.equal({ #messages(ticket), T.lines()[1] }, { 2, 'Which lock?' })
  vim.cmd('write!')
  T.equal({ #messages(ticket), messages(ticket)[3].body }, { 3, 'Which lock?' })
end)

T.test('a draft that is written to another file is not sent', function()
  local ticket = new_ticket('A copy')
  open(ticket)
  vim.cmd('DeskReply')
  write('First line\nSecond line')
  local copy = vim.fn.tempname() .. '.md'
  vim.cmd('write ' .. copy)
  T.equal(vim.fn.readfile(copy), { 'First line', 'Second line' })
  if not T.refused('write ' .. copy):find('E13:') then error('another reason') end
  write('Third line')
  vim.cmd('write! ' .. copy)
  T.equal(vim.fn.readfile(copy), { 'Third line' })
  if not T.refused('saveas! ' .. copy):find('not sent') then error('another reason') end
  T.equal({ #messages(ticket), vim.bo.modified }, { 1, true })
  vim.fn.delete(copy)
end)

T.test('a macro that is written to another file is not applied', function()
  local ticket = new_ticket('A copy of a macro')
  open(ticket)
  vim.cmd('DeskMacro Anything else?')
  T.shows('The ticket stays as it is.')
  local copy = vim.fn.tempname() .. '.md'
  vim.cmd('write ' .. copy)
  T.equal(vim.fn.readfile(copy)[1], 'Macro: Anything else?')
  if not T.refused('saveas! ' .. copy):find('not applied') then error('another reason') end
  T.equal({ #messages(ticket), ask('tickets.get', { id = ticket.id }).version }, { 1, ticket.version })
  vim.fn.delete(copy)
end)

T.test('writing all buffers sends no draft and applies no macro', function()
  local ticket = new_ticket('All')
  open(ticket)
  vim.cmd('DeskReply')
  write('Not yet')
  vim.cmd('wincmd p')
  -- A window shows it, and none does.
  if not T.refused('wall'):find('not sent: go to desk://reply/') then error('another reason') end
  vim.cmd('wincmd p | hide')
  if not T.refused('wqall'):find('not sent: go to desk://reply/') then error('another reason') end
  vim.cmd('bwipeout! desk://reply/')
  vim.cmd('DeskMacro Anything else?')
  T.shows('The ticket stays as it is.')
  vim.bo.modified = true
  vim.cmd('wincmd p')
  if not T.refused('wall'):find('not applied: go to desk://macro/') then error('another reason') end
  T.equal(#messages(ticket), 1)
end)

--- Writes the current draft and loses the answer, behind which the desk has done its work.
local function write_unanswered()
  local wait = desk.wait
  desk.wait = function(...)
    wait(...)
    return { message = 'no answer in time', data = { kind = 'outcome_unknown' } }
  end
  local ok, message = pcall(T.refused, 'write')
  desk.wait = wait
  if not ok or not message:find('no answer in time') then error(message) end
end

T.test('a reply whose answer was lost is sent once, and another text only when insisted on', function()
  local ticket = new_ticket('A lost answer')
  open(ticket)
  vim.cmd('DeskReply')
  write('First text')
  write_unanswered()
  vim.cmd('write')
  T.equal(#messages(ticket), 2)
  vim.cmd('DeskReply')
  write('Second text')
  write_unanswered()
  write('Second text, edited')
  for _ = 1, 2 do
    if not T.refused('write'):find('an earlier text of this draft may have been sent') then error('another reason') end
  end
  T.equal({ #messages(ticket), T.lines()[1] }, { 3, 'Second text, edited' })
  T.shows('Second text\n')
  vim.cmd('write!')
  T.equal(messages(ticket)[4].body, 'Second text, edited')
end)

T.test('a reply whose answer was lost keeps its key when it is refused', function()
  local ticket = new_ticket('A lost answer and a lost process')
  open(ticket)
  vim.cmd('DeskReply')
  write('Only once')
  write_unanswered()
  local config = require('deskpipe.config')
  local before = config.values
  desk.stop()
  require('deskpipe').setup({ cmd = { '/nowhere/deskpipe' } })
  local message = T.refused('write')
  config.values = before
  if not message:find('cannot run /nowhere') then error(message) end
  vim.cmd('write')
  T.equal(#messages(ticket), 2)
end)

T.test('an empty draft is not sent', function()
  local ticket = new_ticket('Nothing')
  open(ticket)
  vim.cmd('DeskReply')
  if not T.refused('write'):find('there is no text') then error('another reason') end
  T.equal(#messages(ticket), 1)
end)

--- A macro with a text and actions, made once.
local function macro()
  local title = 'Waiting for a photo'
  for _, other in ipairs(ask('macros.list', { text = title }).items) do
    if other.title == title then return other end
  end
  return ask('macros.create', {
    title = title, body = 'Hello {{customer.name}}, please send us a photo.',
    actions = { status = 'pending', assigned_to = 'me', add_tags = { 'photo-wanted' } },
  })
end

T.test('a macro is completed, shows what it would do, and does it when it is written', function()
  local title = macro().title
  local ticket = new_ticket('A macro')
  open(ticket)
  T.equal(vim.fn.getcompletion('DeskMacro Waiting', 'cmdline'), { title })
  -- Of what is typed already only the last word is replaced.
  T.equal(vim.fn.getcompletion('DeskMacro! waiting for a p', 'cmdline'), { 'photo' })
  T.equal(vim.fn.getcompletion('DeskMacro Waiting a', 'cmdline'), {})
  vim.cmd('DeskMacro waiting' .. title:sub(8))
  T.shows('Macro: ' .. title)
  for _, text in ipairs({
    ':w applies  e edits the text as a reply  q closes', 'Status: open → pending', 'Assignee: - → Ingrid Solberg',
    'Tags: - → photo-wanted', 'A REPLY to the customer:', 'Hello Nora Lind, please send us a photo.',
  }) do
    T.shows(text)
  end
  T.equal({ #messages(ticket), ask('tickets.get', { id = ticket.id }).version }, { 1, ticket.version })
  vim.cmd('write')
  T.shows('Status: pending   Priority: normal   Assignee: Ingrid Solberg')
  T.shows('Tags: photo-wanted')
  local sent = messages(ticket)
  T.equal({ #sent, sent[2].body, sent[2].is_internal }, { 2, 'Hello Nora Lind, please send us a photo.', false })
  T.eventually('the preview is gone', function() return #vim.api.nvim_list_wins() == 1 end)
end)

T.test('what a macro does to the fields of the customer is shown', function()
  local title = 'Upgrade'
  if #ask('macros.list', { text = title }).items == 0 then
    ask('macros.create', { title = title, actions = { fields = { plan = 'plus', frame_number = vim.NIL } } })
  end
  local ticket = new_ticket('Fields')
  open(ticket)
  vim.cmd('DeskMacro ' .. title)
  T.shows('Customer’s plan: plus')
  T.shows('Customer’s frame_number: removed')
  T.shows('Nothing is written.')
  vim.cmd('write')
  T.shows('  plan: plus')
  ask('customers.set_fields', { id = ticket.customer_id, fields = { plan = 'basic' } })
end)

T.test('a macro with ! is a note', function()
  local ticket = new_ticket('A macro as a note')
  open(ticket)
  vim.cmd('DeskMacro! ' .. macro().title)
  T.shows('A NOTE, only agents see this:')
  vim.cmd('write')
  T.equal(messages(ticket)[2].is_internal, true)
end)

T.test('the text of a macro that was previewed as a note is edited as a note', function()
  local ticket = new_ticket('A macro whose note is edited')
  open(ticket)
  vim.cmd('DeskMacro! ' .. macro().title)
  T.shows('e edits the text as a note')
  T.type('e')
  T.shows('NOTE')
  vim.cmd('write')
  T.equal(messages(ticket)[2].is_internal, true)
end)

T.test('a macro is not applied to a ticket that has changed since it was previewed', function()
  local ticket = new_ticket('A macro too late')
  open(ticket)
  vim.cmd('DeskMacro ' .. macro().title)
  T.shows('A REPLY to the customer:')
  customer_writes(ticket, 'Here is a photo already.')
  local message = T.refused('write')
  if not message:find('not applied: ') then error(message) end
  T.equal(#messages(ticket), 2)
  T.type('q')
  T.shows('Here is a photo already.')
end)

T.test('the text of a macro can be edited as a reply instead', function()
  local ticket = new_ticket('A macro to edit')
  open(ticket)
  vim.cmd('DeskMacro Anything else?')
  T.shows('The ticket stays as it is.')
  T.type('e')
  T.shows('REPLY to the customer')
  T.equal({ T.lines()[1], vim.b.desk_ticket, #messages(ticket) }, { 'Hello Nora Lind,', ticket.id, 1 })
end)

T.test('tags are put on and taken off, and complete', function()
  local ticket = new_ticket('Tags')
  open(ticket)
  T.equal(vim.fn.getcompletion('DeskTag bat', 'cmdline'), { 'battery' })
  vim.cmd('DeskTag battery')
  T.shows('Tags: battery')
  vim.cmd('DeskTag two words')
  T.shows('Tags: battery, two-words')
  T.equal(vim.fn.getcompletion('DeskUntag ', 'cmdline'), { 'battery', 'two-words' })
  vim.cmd('DeskUntag battery')
  T.shows('Tags: two-words')
  T.equal(vim.fn.getcompletion('Desk tag:two', 'cmdline'), { 'tag:two-words' })
end)

T.test('a ticket sleeps until a time, and is woken', function()
  local ticket = new_ticket('Sleep')
  open(ticket)
  vim.cmd('DeskSnooze 3d')
  T.shows('Snoozed until: ' .. os.date('%Y-%m-%d', os.time() + 3 * 86400))
  vim.cmd('DeskWake')
  T.eventually('it is awake', function() return not T.screen():find('Snoozed until', 1, true) end)
  T.notices()
  vim.cmd('DeskSnooze soon')
  if not T.notices():find("'soon' is no time") then error('another reason') end
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
  T.equal(vim.fn.getcompletion('DeskAssign Ingrid S', 'cmdline'), { 'Solberg' })
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

--- Somebody else's desk: another process, which this Neovim knows nothing of.
local function elsewhere(method, params)
  local line = vim.fn.system({ vim.env.DESKPIPE, 'call', '--demo', method, vim.json.encode(params) })
  if vim.v.shell_error ~= 0 then error(line, 2) end
end

T.test('what happens elsewhere is shown by itself, in the ticket and in lists', function()
  local ticket = new_ticket('Live')
  vim.cmd('Desk status:open live')
  T.shows('Live')
  vim.cmd('split')
  open(ticket)
  elsewhere('messages.create', { ticket_id = ticket.id, body = 'One thing more', as = 'customer' })
  T.shows('One thing more')
  elsewhere('tickets.update', { id = ticket.id, priority = 'urgent', tags = { add = { 'bell' } } })
  T.shows('Tags: bell')
  T.shows('open     urgent')
  elsewhere('customers.update', { id = ticket.customer_id, name = 'Nora Lind-Berg' })
  T.shows('Customer: Nora Lind-Berg')
  elsewhere('customers.update', { id = ticket.customer_id, name = 'Nora Lind' })
  T.shows('Customer: Nora Lind <')
end)

T.test('what happened while the process was dead is shown once it is back', function()
  local ticket = new_ticket('Dead')
  open(ticket)
  vim.loop.kill(T.process(), 'sigkill')
  T.eventually('the end of the process', function() return not desk.is_running() end)
  elsewhere('messages.create', { ticket_id = ticket.id, body = 'Is anybody there?', as = 'customer' })
  T.shows('Is anybody there?')
  T.equal(desk.is_running(), true)
end)

T.test('what no window shows is read anew when it is shown', function()
  local ticket = new_ticket('Hidden')
  open(ticket)
  vim.cmd('hide enew')
  customer_writes(ticket, 'Nobody sees this yet')
  vim.cmd('buffer desk://ticket/' .. ticket.id)
  T.shows('Nobody sees this yet')
end)

T.test('a search shows what was found, and follows the desk', function()
  local ticket = new_ticket('Xylophone on the handlebar')
  customer_writes(ticket, 'It is a very small xylophone with a long mallet.')
  local tag = 'music-' .. os.time()
  vim.cmd('DeskSearch mallet tag:' .. tag)
  T.shows('No tickets.')
  elsewhere('tickets.update', { id = ticket.id, tags = { add = { tag } } })
  T.shows('Xylophone on the handlebar')
  T.shows('Found  mallet tag:' .. tag .. '  (1)')
  T.shows('xylophone with a long ⟦mallet⟧')
  for _, line in ipairs({ 4, 5 }) do
    T.equal(require('deskpipe.list').ticket(vim.api.nvim_get_current_buf(), line).id, ticket.id)
  end
end)

T.test('the statusline counts', function()
  local function open_ones() return tonumber(require('deskpipe').statusline():match('^desk (%d+) open, %d+ mine$')) end
  T.eventually('numbers', function() return open_ones() == ask('tickets.count', { status = 'open' }).total end)
  local before = open_ones()
  new_ticket('One more')
  T.eventually('one more', function() return open_ones() == before + 1 end)
  -- As the help has it.
  local help = vim.fn.readfile(vim.api.nvim_get_runtime_file('doc/deskpipe.txt', false)[1])
  local lines = vim.tbl_filter(function(line) return line:find('^%s+set statusline') end, help)
  T.equal(#lines, 1)
  vim.cmd(lines[1])
  local shown = vim.api.nvim_eval_statusline(vim.o.statusline, {}).str
  vim.o.statusline = ''
  T.equal(shown, require('deskpipe').statusline())
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

T.test('what happens elsewhere changes neither folds, nor whole texts, nor where one reads', function()
  local ticket = new_ticket('Reading')
  customer_writes(ticket, 'An old one\nto be read')
  customer_writes(ticket, ('a line of the log\n'):rep(1000) .. 'the end')
  for number = 1, 3 do customer_writes(ticket, 'Message ' .. number) end
  vim.cmd('DeskOpen ' .. ticket.id)
  T.eventually('the last one', function() return vim.fn.search('^Message 3$') > 0 end)
  -- Two that were folded are opened, one of them whole, and one that was open is folded.
  local function place(text) return vim.fn.search('^' .. text .. '$', 'w') end
  vim.api.nvim_win_set_cursor(0, { place('An old one'), 0 })
  T.type('<CR>')
  place('\\[cut; the message is longer]')
  T.type('<CR>')
  T.eventually('the whole text', function() return place('the end') > 0 end)
  place('Message 2')
  T.type('<CR>')
  local function folded()
    local found = {}
    for _, text in ipairs({ 'The bell does not ring.', 'An old one', 'the end', 'Message 1', 'Message 2', 'Message 3' }) do
      found[#found + 1] = vim.fn.foldclosed(vim.fn.search('^' .. text .. '$', 'nw')) > 0
    end
    return found
  end
  T.equal(folded(), { true, false, false, false, true, false })
  vim.api.nvim_win_set_cursor(0, { place('to be read'), 3 })
  -- The header becomes longer by a line.
  elsewhere('tickets.update', { id = ticket.id, tags = { add = { 'bell' } } })
  T.eventually('a tag', function() return vim.fn.search('^Tags: bell', 'nw') > 0 end)
  elsewhere('messages.create', { ticket_id = ticket.id, body = 'Message 4', as = 'customer' })
  T.eventually('the new one', function() return vim.fn.search('^Message 4$', 'nw') > 0 end)
  T.equal(folded(), { true, false, false, false, true, false })
  T.equal({ vim.fn.getline('.'), vim.fn.col('.') }, { 'to be read', 4 })
  T.equal(vim.fn.foldclosed(vim.fn.search('^Message 4$', 'nw')), -1)
end)

T.test('what is under way finishes when the process is told to end, and the next call starts another', function()
  local answers = {}
  for number = 1, 20 do
    desk.call('tickets.list', { limit = 5 }, function(err) answers[number] = err or 'answered' end)
  end
  vim.cmd('DeskStop')
  ask('system.ping', {})
  T.eventually('answers', function() return #answers == 20 end)
  for number = 1, 20 do T.equal(answers[number], 'answered') end
  local ticket = new_ticket('After the end')
  open(ticket)
  elsewhere('messages.create', { ticket_id = ticket.id, body = 'Still heard', as = 'customer' })
  T.shows('Still heard')
end)

T.test('a lost process is started again', function()
  vim.cmd('Desk status:open')
  T.eventually('rows', function() return #T.lines() > 4 end)
  vim.loop.kill(T.process(), 'sigkill')
  T.eventually('the end of the process', function() return not desk.is_running() end)
  T.type('r')
  T.eventually('rows again', function() return desk.is_running() and #T.lines() > 4 end)
end)

T.test('an answer of more than five megabytes arrives', function()
  local ticket = new_ticket('Big')
  -- Six bytes each in JSON.
  local body = ('\1'):rep(1048576)
  local sent = ask('messages.create', { ticket_id = ticket.id, body = body, as = 'customer' })
  T.equal(ask('messages.get', { id = sent.id }).body == body, true)
end)

T.test('the health check tells who one is', function()
  vim.cmd('checkhealth deskpipe')
  T.shows('Ingrid Solberg (admin) at Moorland Cycles')
end)

T.test('a call is taken back, in the database too', function()
  local ticket = new_ticket('Cancel')
  local holder = T.hold(ticket.id)
  local answer
  local cancel = desk.call('tickets.set_status', { id = ticket.id, status = 'solved' }, function(err) answer = err or {} end)
  holder.wait(1)
  cancel()
  T.eventually('an answer', function() return answer end)
  T.equal(answer.data.kind, 'cancelled')
  holder.wait(0)
  holder.release()
  T.equal(ask('tickets.get', { id = ticket.id }).version, ticket.version)
end)

T.test('every page is listed', function()
  vim.cmd('Desk')
  T.eventually('rows', function() return #T.lines() > 4 end)
  local total = ask('tickets.count', {}).total
  local rows = 0
  while T.lines()[#T.lines()] == '-- ]] shows more --' do
    rows = #T.lines()
    T.type(']]')
    T.eventually('more rows', function() return #T.lines() > rows or T.lines()[#T.lines()] ~= '-- ]] shows more --' end)
  end
  T.equal(#T.lines() - 3, total)
end)

--- Runs a body with a desk whose sessions are opened with tokens of that function's.
local function with_token(token, body)
  local config = require('deskpipe.config')
  local before = config.values
  desk.stop()
  T.eventually('the end of the process', function() return not desk.is_running() end)
  require('deskpipe').setup({ cmd = before.cmd, refresh = 1, limit = 25, token = token })
  local ok, message = xpcall(body, debug.traceback)
  desk.stop()
  T.eventually('the end of the process', function() return not desk.is_running() end)
  config.values = before
  if not ok then error(message, 0) end
end

local function mint(callback) callback(vim.trim(vim.fn.system({ vim.env.DESKPIPE, 'token', 'mint' }))) end

T.test('the health check asks for no session where none is needed, and then with a token', function()
  with_token(mint, function()
    ask('session.whoami', {})
    for _, method in ipairs({ 'system.ping', 'system.info', 'rpc.discover' }) do ask(method, {}) end
    local err = desk.wait('session.open', { token = 'rubbish' })
    T.equal(err.data.kind, 'token_refused')
    vim.cmd('checkhealth deskpipe')
    T.shows('Ingrid Solberg (admin) at Moorland Cycles')
  end)
  with_token(function() error('nobody is signed in', 0) end, function()
    vim.cmd('checkhealth deskpipe')
    T.shows('answers')
    T.shows('no session: the function token failed: nobody is signed in')
    -- And not waiting for ever for the first one.
    vim.cmd('checkhealth deskpipe')
    T.shows('no session: the function token failed: nobody is signed in')
  end)
end)

T.test('a call that names its own session, or brings a token, keeps it', function()
  local token
  mint(function(minted) token = minted end)
  with_token(mint, function()
    local session = ask('session.whoami', {}).session
    local other = ask('session.open', { token = token }).session
    T.equal(session ~= other, true)
    T.equal(ask('session.whoami', { session = other }).session, other)
    local err = desk.wait('session.whoami', { token = 'rubbish' })
    T.equal(err.data.kind, 'token_refused')
  end)
end)

T.test('what will not go away by itself is said once, and not tried again', function()
  local asked = 0
  with_token(function(callback)
    asked = asked + 1
    callback('rubbish')
  end, function()
    T.notices()
    vim.cmd('Desk')
    T.shows('Not read: The token does not have three parts.')
    local before = asked
    vim.wait(2500, function() return false end)
    T.equal(asked, before)
    local _, count = T.notices():gsub('kept up to date', '')
    T.equal(count, 1)
  end)
end)

T.test('a program that cannot be run is said where the list would be', function()
  local config = require('deskpipe.config')
  local before = config.values
  desk.stop()
  T.eventually('the end of the process', function() return not desk.is_running() end)
  require('deskpipe').setup({ cmd = { '/nowhere/deskpipe' } })
  T.notices()
  vim.cmd('Desk')
  T.shows('Not read: cannot run /nowhere/deskpipe')
  T.eventually('a notice', function() return #T.peek() > 0 end)
  T.equal(T.notices(), 'deskpipe: cannot run /nowhere/deskpipe')
  config.values = before
end)

T.test('a program that ends at once says why', function()
  local config = require('deskpipe.config')
  local before = config.values
  desk.stop()
  T.eventually('the end of the process', function() return not desk.is_running() end)
  require('deskpipe').setup({ cmd = { 'env', '-i', 'PATH=/usr/bin:/bin', vim.env.DESKPIPE, 'serve' } })
  T.notices()
  vim.cmd('Desk')
  T.shows('Not read: database (DATABASE_URL')
  T.eventually('its end', function() return not desk.is_running() end)
  local said = T.notices()
  if not said:find('^deskpipe: database %(DATABASE_URL') then error(said) end
  config.values = before
end)

T.test('the cursor stays with its ticket while a list moves', function()
  local tag = 'cursor-' .. os.time()
  local tickets = {}
  for number = 1, 3 do
    tickets[number] = new_ticket('Row ' .. number)
    ask('tickets.update', { id = tickets[number].id, tags = { add = { tag } } })
  end
  vim.cmd('Desk tag:' .. tag)
  T.eventually('rows', function() return #T.lines() == 6 end)
  local function under() return require('deskpipe.list').ticket(vim.api.nvim_get_current_buf()).id end
  vim.api.nvim_win_set_cursor(0, { 5, 3 })
  local chosen = under()
  T.equal(chosen, tickets[2].id)
  elsewhere('messages.create', { ticket_id = tickets[1].id, body = 'First now', as = 'customer' })
  T.eventually('another order', function()
    return require('deskpipe.list').ticket(vim.api.nvim_get_current_buf(), 4).id == tickets[1].id
  end)
  T.equal({ under(), vim.api.nvim_win_get_cursor(0) }, { chosen, { 6, 3 } })
  -- Where it is gone the line stays.
  elsewhere('tickets.update', { id = chosen, tags = { remove = { tag } } })
  T.eventually('two rows', function() return #T.lines() == 5 end)
  T.equal(vim.api.nvim_win_get_cursor(0)[1], 5)
end)

T.test('subjects, names and values of more than one line are shown on one', function()
  local ticket = ask('tickets.create', {
    subject = 'Two\nlines ✓', customer = { email = 'two@example.org', name = 'Two\r\nNames', fields = { plan = 'basic' } },
    message = { body = 'One\r\nTwo — 車輪 🚲\n', as = 'customer' },
  })
  vim.cmd('DeskOpen ' .. ticket.id)
  T.shows('Two lines ✓')
  T.shows('Customer: Two Names <two@example.org>')
  T.shows('Two — 車輪 🚲')
  vim.cmd('DeskReply')
  write('Answer')
  customer_writes(ticket, 'Late')
  T.refused('write')
  T.shows('Late')
  vim.cmd('bwipeout! | only')
  vim.cmd('Desk number:' .. ticket.number)
  T.shows('Two lines ✓')
end)

T.test('a session is opened with tokens, renewed before they expire, and opened anew where it is gone', function()
  local asked = 0
  with_token(function(callback)
    asked = asked + 1
    -- The first expires within the notice that is asked for.
    local lifetime = asked == 1 and '14' or '60'
    -- As the help has it, with the line feed behind what was printed.
    callback(vim.fn.system({ vim.env.DESKPIPE, 'token', 'mint', '--lifetime=' .. lifetime }))
  end, function()
    local session = ask('session.whoami', {}).session
    T.eventually('a second token', function() return asked == 2 end)
    T.equal(ask('session.whoami', {}).session, session)
    local ticket = new_ticket('Sessions')
    open(ticket)
    ask('session.close', {})
    T.equal(ask('session.whoami', {}).session ~= session, true)
    elsewhere('messages.create', { ticket_id = ticket.id, body = 'Heard in the new session', as = 'customer' })
    T.shows('Heard in the new session')
  end)
end)
