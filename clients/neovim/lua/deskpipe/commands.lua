--- The commands, and what completes them.
local desk = require('deskpipe.desk')
local live = require('deskpipe.live')
local tickets = require('deskpipe.ticket')
local words = require('deskpipe.words')

local M = {}

local function matching(candidates, lead)
  return vim.tbl_filter(function(candidate) return vim.startswith(candidate:lower(), lead:lower()) end, candidates)
end

local function all(method, params)
  local items, cursor = {}, nil
  repeat
    local err, page = desk.wait(method, vim.tbl_extend('force', params, { limit = 100, cursor = cursor }))
    if err then return {} end
    vim.list_extend(items, page.items)
    cursor = page.next_cursor
  until not cursor
  return items
end

--- A name as a query has it: in quotation marks where it is more than one word.
local function quoted(name)
  if name:find('^[%w_-]+$') then return name end
  return '"' .. name:gsub('[\\"]', '\\%0') .. '"'
end

local function tags(lead)
  local names = {}
  for _, tag in ipairs(all('tags.list', {})) do names[#names + 1] = tag.name end
  return matching(names, lead)
end

--- Completes the word at the end of a query: its qualifier, or what may stand behind that.
local function complete_query(lead)
  local minus, word = lead:match('^(%-?)(.*)$')
  local name, value = word:match('^(%l+:)(.*)$')
  if name == 'tag:' then
    return vim.tbl_map(function(tag) return minus .. name .. quoted(tag) end, tags(value))
  elseif name and words.qualifiers[name] then
    local before, last = value:match('^(.*,)(.*)$')
    before, last = before or '', last or value
    local found = matching(words.qualifiers[name], last)
    local sign, rest = last:match('^([<>]=?)(.*)$')
    if #found == 0 and sign then
      before, found = before .. sign, matching(words.qualifiers[name], rest)
    end
    return vim.tbl_map(function(candidate) return minus .. name .. before .. candidate end, found)
  end
  local names = vim.tbl_keys(words.qualifiers)
  table.sort(names)
  return vim.tbl_map(function(candidate) return minus .. candidate end, matching(names, word))
end

--- The tags of the ticket that is shown, which can be taken off.
local function own_tags(lead)
  local state = tickets.current()
  return matching(state and state.ticket and state.ticket.tags or {}, lead)
end

--- Completes what may be of several words. Vim has the last one of them replaced, so that what goes with those before it
--- is looked for by all of them.
local function complete_name(names, lead, line, position)
  local typed = line:sub(1, position):match('Desk%a*!?%s+(.*)$') or lead
  local done = #typed - #lead
  return vim.tbl_map(function(name) return name:sub(done + 1) end, matching(names, typed))
end

local function complete_title(...)
  return complete_name(vim.tbl_map(function(macro) return macro.title end, all('macros.list', {})), ...)
end

--- Those who can be given a ticket.
local function agents()
  return vim.tbl_filter(function(agent) return not agent.deactivated_at end, all('agents.list', {}))
end

local function complete_agent(...)
  return complete_name(vim.list_extend({ 'me', 'none' }, vim.tbl_map(function(agent) return agent.name end, agents())), ...)
end

--- The one that is called so, in any case where none is to the letter; nil, which is said, where none or several are.
---@param kind string what a person is told that they are
local function called(items, member, name, kind)
  local exact = vim.tbl_filter(function(item) return item[member] == name end, items)
  local alike = vim.tbl_filter(function(item) return vim.fn.tolower(item[member]) == vim.fn.tolower(name) end, items)
  local found = #exact > 0 and exact or alike
  if #found == 1 then return found[1] end
  local problem = #found == 0 and "there is no %s '%s'" or "there is more than one %s '%s'"
  desk.notify(problem:format(kind, name), vim.log.levels.WARN)
end

--- Shows what the macro of that title would do; writing that buffer does it.
function M.macro(title, is_note)
  local macro = called(all('macros.list', {}), 'title', title, 'macro')
  if macro then require('deskpipe.macro').preview(macro, is_note) end
end

--- Opens a ticket by its id, or by the number that people know.
function M.open(name)
  local number = name:match('^#?(%d+)$')
  if not number then return tickets.open(name) end
  desk.ask('tickets.get', { number = tonumber(number) }, function(ticket) tickets.open(ticket.id) end)
end

--- Puts the ticket to sleep until a time as a person writes it.
function M.snooze(text)
  local times = require('deskpipe.times')
  local time = times.read(text)
  if not time then return desk.notify(("'%s' is no time; see :help :DeskSnooze"):format(text), vim.log.levels.WARN) end
  tickets.change('tickets.snooze', { ['until'] = times.utc(time) })
end

function M.assign(name)
  local wanted = name
  if name == 'none' then
    wanted = vim.NIL
  elseif name ~= 'me' then
    local agent = called(agents(), 'name', name, 'agent')
    if not agent then return end
    wanted = agent.id
  end
  tickets.change('tickets.assign', { assigned_to = wanted })
end

local function command(name, action, options)
  vim.api.nvim_create_user_command(name, function(arguments)
    live.start()
    action(arguments)
  end, options)
end

function M.define()
  local list = require('deskpipe.list')
  command('Desk', function(arguments)
    list.open('tickets.list', arguments.args ~= '' and arguments.args or nil)
  end, { nargs = '*', complete = complete_query, desc = 'List tickets' })
  command('DeskSearch', function(arguments) list.open('search', arguments.args) end,
    { nargs = '+', complete = complete_query, desc = 'Search tickets by relevance' })
  command('DeskOpen', function(arguments) M.open(arguments.args) end, { nargs = 1, desc = 'Open a ticket by its id or number' })
  command('DeskReply', function() require('deskpipe.compose').open('reply') end, { desc = 'Answer the customer' })
  command('DeskNote', function() require('deskpipe.compose').open('note') end, { desc = 'Write a note for agents' })
  command('DeskMacro', function(arguments) M.macro(arguments.args, arguments.bang) end,
    { nargs = 1, bang = true, complete = complete_title, desc = 'Show what a macro would do; with ! as a note' })
  command('DeskAssign', function(arguments) M.assign(arguments.args) end,
    { nargs = 1, complete = complete_agent, desc = 'Give the ticket to an agent, me or none' })
  command('DeskStatus', function(arguments) tickets.change('tickets.set_status', { status = arguments.args }) end,
    { nargs = 1, complete = function(lead) return matching(words.statuses, lead) end, desc = 'Set the status' })
  command('DeskPriority', function(arguments) tickets.change('tickets.update', { priority = arguments.args }) end,
    { nargs = 1, complete = function(lead) return matching(words.priorities, lead) end, desc = 'Set the priority' })
  command('DeskTag', function(arguments) tickets.change('tickets.update', { tags = { add = { arguments.args } } }) end,
    { nargs = 1, complete = tags, desc = 'Put a tag on' })
  command('DeskUntag', function(arguments) tickets.change('tickets.update', { tags = { remove = { arguments.args } } }) end,
    { nargs = 1, complete = own_tags, desc = 'Take a tag off' })
  command('DeskSnooze', function(arguments) M.snooze(arguments.args) end, {
    nargs = 1, complete = function(lead) return matching(require('deskpipe.times').words, lead) end,
    desc = 'Put the ticket to sleep',
  })
  command('DeskWake', function() tickets.change('tickets.unsnooze', {}) end, { desc = 'Wake the ticket' })
  vim.api.nvim_create_user_command('DeskStop', function() desk.stop() end, { desc = 'End the deskpipe process' })
end

return M
