--- Lists of tickets: one buffer for each query.
local buffers = require('deskpipe.buffers')
local config = require('deskpipe.config')
local desk = require('deskpipe.desk')
local format = require('deskpipe.format')

local M = {}

--- What each list buffer shows: query, tickets, next_cursor.
local states = {}

local hint = '<CR> open  ]] more  r refresh  o filter  q close'

local function title(state)
  local words = {}
  for name, value in pairs(state.query) do
    words[#words + 1] = name .. '=' .. (type(value) == 'table' and table.concat(value, ',') or value)
  end
  table.sort(words)
  return ('Tickets  %s'):format(#words > 0 and table.concat(words, ' ') or 'all')
end

local function draw(buffer)
  local state = states[buffer]
  local lines = { title(state), hint, '' }
  local window = vim.fn.win_findbuf(buffer)[1]
  local width = window and vim.api.nvim_win_get_width(window) or vim.o.columns
  for _, ticket in ipairs(state.tickets) do lines[#lines + 1] = (format.row(ticket, width):gsub('%s+$', '')) end
  if #state.tickets == 0 then lines[#lines + 1] = 'No tickets.' end
  if state.next_cursor then lines[#lines + 1] = '-- ]] shows more --' end
  buffers.write(buffer, lines)
end

local function request(state, cursor)
  local params = vim.tbl_extend('force', state.query, { limit = config.values.limit })
  params.cursor = cursor
  return params
end

--- Reads the list anew, as many pages as are shown.
function M.refresh(buffer)
  local state = states[buffer]
  if not state or state.is_reading then return end
  state.is_reading = true
  local wanted, tickets = math.max(#state.tickets, 1), {}
  local function page(cursor)
    desk.call('tickets.list', request(state, cursor), vim.schedule_wrap(function(err, result)
      if err then
        state.is_reading = false
        return desk.notify(desk.sentence(err), vim.log.levels.ERROR)
      end
      vim.list_extend(tickets, result.items)
      if result.next_cursor and #tickets < wanted then return page(result.next_cursor) end
      state.is_reading = false
      state.tickets, state.next_cursor = tickets, result.next_cursor
      if vim.api.nvim_buf_is_valid(buffer) then draw(buffer) end
    end))
  end
  page(nil)
end

--- Reads one page more.
function M.more(buffer)
  local state = states[buffer]
  if not state.next_cursor or state.is_reading then return end
  state.is_reading = true
  desk.call('tickets.list', request(state, state.next_cursor), vim.schedule_wrap(function(err, result)
    state.is_reading = false
    if err then return desk.notify(desk.sentence(err), vim.log.levels.ERROR) end
    vim.list_extend(state.tickets, result.items)
    state.next_cursor = result.next_cursor
    draw(buffer)
  end))
end

--- The ticket under the cursor of a list, or nil.
function M.ticket(buffer, line)
  local state = states[buffer]
  return state and state.tickets[(line or vim.fn.line('.')) - 3]
end

--- Every list that a window shows.
function M.shown()
  local found = {}
  for buffer in pairs(states) do
    if not vim.api.nvim_buf_is_valid(buffer) then
      states[buffer] = nil
    elseif buffers.is_shown(buffer) then
      found[#found + 1] = buffer
    end
  end
  return found
end

--- Shows the tickets that a query, the parameters of tickets.list, is about.
function M.open(query)
  local state = { query = query, tickets = {} }
  local buffer, is_new = buffers.open('desk://tickets/' .. title(state):gsub('^Tickets  ', ''), 'desk-list')
  if is_new then
    states[buffer] = state
    buffers.map(buffer, '<CR>', function()
      local ticket = M.ticket(buffer)
      if ticket then require('deskpipe.ticket').open(ticket.id) end
    end, 'Open the ticket')
    buffers.map(buffer, ']]', function() M.more(buffer) end, 'Show more tickets')
    buffers.map(buffer, 'r', function() M.refresh(buffer) end, 'Read the list anew')
    buffers.map(buffer, 'o', function() vim.api.nvim_feedkeys(':Desk ', 'n', false) end, 'Another list')
    buffers.map(buffer, 'q', '<Cmd>bdelete<CR>', 'Close')
    vim.api.nvim_win_set_option(0, 'wrap', false)
    vim.api.nvim_win_set_option(0, 'cursorline', true)
    buffers.write(buffer, { title(state), hint, '', 'Reading…' })
  end
  M.refresh(buffer)
  return buffer
end

return M
