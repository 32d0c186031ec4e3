--- Lists of tickets: one buffer for each query.
local buffers = require('deskpipe.buffers')
local config = require('deskpipe.config')
local desk = require('deskpipe.desk')
local format = require('deskpipe.format')

local M = {}

--- What each list buffer shows: method, query, items, next_cursor, and the ticket of each line.
local states = {}

local hint = '<CR> open  ]] more  r refresh  o filter  q close'

--- What a list is of: the pages of tickets.list in the order of activity, or of search by relevance.
local kinds = {
  ['tickets.list'] = { title = 'Tickets', name = 'desk://tickets/', ticket = function(item) return item end },
  search = { title = 'Found', name = 'desk://search/', ticket = function(item) return item.ticket end },
}

local function title(state)
  local count = state.count
  local number = count and ('  (%d%s)'):format(count.value, count.is_exact and '' or ' or more') or ''
  return ('%s  %s%s'):format(kinds[state.method].title, state.query or 'all', number)
end

--- Where a cursor belongs that was in a line of what was shown: with its ticket, in the same of its lines.
local function follow(shown, state)
  return function(line)
    local ticket = shown[line]
    if not ticket then return nil end
    local is_second = shown[line - 1] == ticket
    for number = 4, 3 + vim.tbl_count(state.lines) do
      local other = state.lines[number]
      if other.id == ticket.id then
        return is_second and state.lines[number + 1] == other and number + 1 or number
      end
    end
  end
end

local function draw(buffer)
  local state = states[buffer]
  local shown = state.lines
  local lines = { title(state), hint, '' }
  local window = vim.fn.win_findbuf(buffer)[1]
  local width = window and vim.api.nvim_win_get_width(window) or vim.o.columns
  state.lines = {}
  for _, item in ipairs(state.items) do
    local ticket = kinds[state.method].ticket(item)
    lines[#lines + 1] = (format.row(ticket, width):gsub('%s+$', ''))
    state.lines[#lines] = ticket
    if item.snippet and item.snippet.message_id then
      lines[#lines + 1] = (format.snippet(item.snippet.text, width):gsub('%s+$', ''))
      state.lines[#lines] = ticket
    end
  end
  if #state.items == 0 then lines[#lines + 1] = 'No tickets.' end
  if state.next_cursor then lines[#lines + 1] = '-- ]] shows more --' end
  buffers.write(buffer, lines, follow(shown, state))
end

--- Reads pages from a cursor until there are as many items as are wanted, then shows them behind those that stay.
local function read(buffer, items, cursor, wanted)
  local state, stops = states[buffer], desk.stops
  state.is_reading = true
  local function page(from)
    local params = { query = state.query, limit = config.values.limit, cursor = from }
    desk.call(state.method, params, vim.schedule_wrap(function(err, result)
      if not err then
        vim.list_extend(items, result.items)
        if result.next_cursor and #items < wanted and stops == desk.stops then return page(result.next_cursor) end
        state.items, state.next_cursor, state.count = items, result.next_cursor, result.count
      end
      state.is_reading = false
      if err then
        desk.complain(err, state.query)
        if #state.items == 0 then buffers.write(buffer, { title(state), hint, '', 'Not read: ' .. desk.sentence(err) }) end
      elseif vim.api.nvim_buf_is_valid(buffer) then
        draw(buffer)
      end
      if stops ~= desk.stops then return end
      -- Something has happened meanwhile, which these pages may or may not show.
      if state.is_old then
        M.refresh(buffer)
      elseif state.is_more_wanted then
        M.more(buffer)
      end
    end))
  end
  page(cursor)
end

--- Reads the list anew, as many pages as are shown.
function M.refresh(buffer)
  local state = states[buffer]
  if not state then return end
  state.is_old = state.is_reading
  if not state.is_reading then read(buffer, {}, nil, math.max(#state.items, 1)) end
end

--- Reads one page more.
function M.more(buffer)
  local state = states[buffer]
  state.is_more_wanted = state.is_reading
  if state.is_reading or not state.next_cursor then return end
  read(buffer, vim.list_extend({}, state.items), state.next_cursor, 0)
end

--- The ticket under the cursor of a list, or nil.
function M.ticket(buffer, line)
  local state = states[buffer]
  return state and state.lines[line or vim.fn.line('.')]
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

--- Shows the tickets that a query finds, all of them where there is none.
---@param method string tickets.list or search
function M.open(method, query)
  local state = { method = method, query = query, items = {}, lines = {} }
  local buffer, is_new = buffers.open(kinds[method].name .. (query or 'all'), 'desk-list')
  if not is_new then
    if not states[buffer].is_reading then M.refresh(buffer) end
    return buffer
  end
  states[buffer] = state
  buffers.map(buffer, '<CR>', function()
    local ticket = M.ticket(buffer)
    if ticket then require('deskpipe.ticket').open(ticket.id) end
  end, 'Open the ticket')
  buffers.map(buffer, ']]', function() M.more(buffer) end, 'Show more tickets')
  buffers.map(buffer, 'r', function() M.refresh(buffer) end, 'Read the list anew')
  buffers.map(buffer, 'o', function()
    vim.api.nvim_feedkeys(':Desk ' .. (query or ''), 'n', false)
  end, 'Another list')
  buffers.map(buffer, 'q', '<Cmd>bwipeout<CR>', 'Close')
  vim.opt_local.wrap, vim.opt_local.cursorline = false, true
  buffers.write(buffer, { title(state), hint, '', 'Reading…' })
  M.refresh(buffer)
  return buffer
end

return M
