--- A ticket as a buffer: the customer and their fields on top, then the conversation, a fold for each message.
local buffers = require('deskpipe.buffers')
local config = require('deskpipe.config')
local desk = require('deskpipe.desk')
local format = require('deskpipe.format')

local M = {}

--- What each ticket buffer shows: id, ticket, customer, messages, those that are drawn and the line each begins in, whole
--- ones by their id, and the windows that it was drawn in.
local states = {}

local function index_at(starts, line)
  for index = #starts, 1, -1 do
    if starts[index] <= line then return index end
  end
end

--- For each window of the buffer, which messages it shows unfolded, as names of a table.
local function unfolded(buffer, state)
  local found = {}
  for _, window in ipairs(vim.fn.win_findbuf(buffer)) do
    found[window] = {}
    vim.api.nvim_win_call(window, function()
      for index, message in ipairs(state.drawn) do
        if vim.fn.foldclosed(state.starts[index]) < 0 then found[window][message.id] = true end
      end
    end)
  end
  return found
end

--- Where a cursor belongs that was in a line of what was shown: with its message, as far behind its beginning.
local function follow(drawn, starts, state)
  return function(line)
    local old = index_at(starts, line)
    if not old then return nil end
    for index, message in ipairs(state.messages) do
      if message.id == drawn[old].id then
        local last = state.starts[index] + #format.message(message) - 1
        return math.min(state.starts[index] + line - starts[old], last)
      end
    end
  end
end

--- Folds a window as it was; what is new in it is open, at first only the newest.
local function fold(window, state, was_drawn, was_open)
  vim.api.nvim_win_call(window, function()
    vim.cmd('normal! zX')
    local newest = #state.messages - config.values.open_messages
    for index, message in ipairs(state.messages) do
      local is_open = was_open[message.id]
      if not state.windows[window] or not was_drawn[message.id] then is_open = index > newest end
      if is_open then vim.cmd(state.starts[index] .. 'foldopen') end
    end
  end)
  state.windows[window] = true
end

--- Shows what is known; `opened` is the id of a message that is to be unfolded.
local function draw(buffer, opened)
  local state = states[buffer]
  local drawn, starts, open = state.drawn, state.starts, unfolded(buffer, state)
  local lines = format.header(state.ticket, state.customer)
  lines[#lines + 1] = ''
  state.starts, state.drawn = {}, vim.list_extend({}, state.messages)
  for index, message in ipairs(state.messages) do
    state.starts[index] = #lines + 1
    vim.list_extend(lines, format.message(message))
  end
  buffers.write(buffer, lines, follow(drawn, starts, state))
  local was_drawn = {}
  for _, message in ipairs(drawn) do was_drawn[message.id] = true end
  for window, was_open in pairs(open) do
    if opened then was_open[opened] = true end
    fold(window, state, was_drawn, was_open)
  end
end

--- For 'foldexpr': a message begins a fold.
function M.fold(line)
  local state = states[vim.api.nvim_get_current_buf()]
  local starts = state and state.starts or {}
  if #starts == 0 or line < starts[1] then return '0' end
  for _, start in ipairs(starts) do
    if start == line then return '>1' end
  end
  return '1'
end

--- For 'foldtext': who wrote when, and how it begins.
function M.foldtext()
  local first = vim.fn.getline(vim.v.foldstart)
  local body = vim.fn.getline(vim.v.foldstart + 1)
  return ('%s  %s'):format(first, body)
end

local function finish(buffer, state, result)
  -- Something has happened meanwhile, which this may or may not show.
  if state.is_old then vim.schedule(function() M.refresh(buffer) end) end
  if not vim.api.nvim_buf_is_valid(buffer) then
    states[buffer] = nil
    return
  end
  state.ticket, state.customer, state.messages = result.ticket, result.customer, result.messages
  for index, message in ipairs(state.messages) do
    local whole = state.whole[message.id]
    if message.truncated and whole and whole.version == message.version then state.messages[index] = whole end
  end
  draw(buffer)
  if state.go_to_end then
    state.go_to_end = false
    for _, window in ipairs(vim.fn.win_findbuf(buffer)) do
      vim.api.nvim_win_set_cursor(window, { math.max(1, state.starts[#state.starts] or 1), 0 })
    end
  end
end

--- Reads the ticket, its customer and its whole conversation anew.
function M.refresh(buffer)
  local state = states[buffer]
  if not state then return end
  state.is_old = state.is_reading
  if state.is_reading then return end
  state.is_reading = true
  local stops = desk.stops
  local result = { messages = {} }
  local function ask(method, params, callback)
    desk.call(method, params, vim.schedule_wrap(function(err, answer)
      if not err and stops == desk.stops then return callback(answer) end
      state.is_reading = false
      if not err then return end
      desk.notify(desk.sentence(err), vim.log.levels.ERROR)
      if not state.ticket then buffers.write(buffer, { 'Not read: ' .. desk.sentence(err) }) end
    end))
  end
  local function messages(cursor)
    ask('messages.list', { ticket_id = state.id, limit = 100, cursor = cursor }, function(page)
      vim.list_extend(result.messages, page.items)
      if page.next_cursor then return messages(page.next_cursor) end
      state.is_reading = false
      finish(buffer, state, result)
    end)
  end
  ask('tickets.get', { id = state.id }, function(ticket)
    result.ticket = ticket
    ask('customers.get', { id = ticket.customer_id }, function(customer)
      result.customer = customer
      messages(nil)
    end)
  end)
end

--- Reads it anew only where it is another version than the one that is shown.
function M.look(buffer)
  local state = states[buffer]
  if not state or not state.ticket then return end
  desk.call('tickets.get', { id = state.id }, vim.schedule_wrap(function(err, ticket)
    if not err and states[buffer] and ticket.version ~= state.ticket.version then M.refresh(buffer) end
  end))
end

--- Whether a ticket's buffer shows one of these tickets or customers, ids as names.
function M.is_about(buffer, ids)
  local state = states[buffer]
  return state.ticket ~= nil and (ids[state.id] or ids[state.ticket.customer_id]) or false
end

--- Shows the whole text of a message that lists show cut.
function M.expand(buffer)
  local state = states[buffer]
  local index = index_at(state.starts, vim.fn.line('.'))
  if not index then return end
  local id = state.drawn[index].id
  if not state.drawn[index].truncated then return vim.cmd('normal! za') end
  desk.ask('messages.get', { id = id }, function(whole)
    if not vim.api.nvim_buf_is_valid(buffer) then return end
    state.whole[id] = whole
    for other, message in ipairs(state.messages) do
      if message.id == id then state.messages[other] = whole end
    end
    draw(buffer, id)
  end)
end

--- What the current buffer is about: the ticket's state, be it the ticket itself or an answer to it.
function M.current()
  local buffer = vim.api.nvim_get_current_buf()
  if states[buffer] then return states[buffer], buffer end
  local id = vim.b.desk_ticket
  for other, state in pairs(states) do
    if state.id == id then return state, other end
  end
end

--- The id of the last message that is shown, or nil.
function M.last_message(state) return state.messages and #state.messages > 0 and state.messages[#state.messages].id or nil end

--- Every ticket that a window shows; with an id, only that one.
function M.shown(id)
  local found = {}
  for buffer, state in pairs(states) do
    if not vim.api.nvim_buf_is_valid(buffer) then
      states[buffer] = nil
    elseif (not id or state.id == id) and buffers.is_shown(buffer) then
      found[#found + 1] = buffer
    end
  end
  return found
end

local function prepare(buffer)
  for name, value in pairs({
    foldmethod = 'expr', foldexpr = "v:lua.require'deskpipe.ticket'.fold(v:lnum)",
    foldtext = "v:lua.require'deskpipe.ticket'.foldtext()", foldlevel = 0, wrap = true, linebreak = true,
  }) do
    -- Local, so that the next file in this window has the user's own.
    vim.opt_local[name] = value
  end
  buffers.map(buffer, 'r', function() M.refresh(buffer) end, 'Read the ticket anew')
  buffers.map(buffer, '<CR>', function() M.expand(buffer) end, 'Fold, or show a cut message whole')
  buffers.map(buffer, 'a', '<Cmd>DeskReply<CR>', 'Answer')
  buffers.map(buffer, 'n', '<Cmd>DeskNote<CR>', 'Write a note')
  buffers.map(buffer, 'q', '<Cmd>bwipeout<CR>', 'Close')
end

--- Shows a ticket.
function M.open(id)
  local buffer, is_new = buffers.open('desk://ticket/' .. id, 'desk-ticket')
  if is_new then
    states[buffer] = {
      id = id, starts = {}, messages = {}, drawn = {}, whole = {}, windows = {}, go_to_end = true,
    }
    prepare(buffer)
    buffers.write(buffer, { 'Reading…' })
  end
  M.refresh(buffer)
  return buffer
end

--- Why a change was refused; of a conflict also what has moved.
function M.refusal(err)
  local moved = err.data and err.data.details and err.data.details.moved
  return desk.sentence(err) .. (type(moved) == 'table' and #moved > 0 and (': ' .. table.concat(moved, ', ')) or '')
end

--- Changes the ticket, in the version that is shown: where somebody was faster, the new state is shown instead.
function M.change(method, params, done)
  local state, buffer = M.current()
  if not state or not state.ticket then return desk.notify('there is no ticket here', vim.log.levels.WARN) end
  local members = { id = state.id, expected_version = state.ticket.version, idempotency_key = desk.key() }
  desk.call(method, vim.tbl_extend('force', members, params), vim.schedule_wrap(function(err, ticket)
    if err then desk.notify(M.refusal(err), vim.log.levels.ERROR) end
    M.refresh(buffer)
    if not err and done then done(ticket) end
  end))
end

return M
