--- The commands, and what completes them.
local desk = require('deskpipe.desk')
local live = require('deskpipe.live')
local tickets = require('deskpipe.ticket')

local M = {}

local statuses = { 'open', 'pending', 'solved', 'closed' }
local priorities = { 'low', 'normal', 'high', 'urgent' }
local filters = { 'status=', 'priority=', 'assigned_to=me', 'assigned_to=none', 'text=' }

local function matching(candidates, lead)
  return vim.tbl_filter(function(candidate) return vim.startswith(candidate:lower(), lead:lower()) end, candidates)
end

--- `status=open,pending text=two words` as parameters of tickets.list; a word without a name goes on with the one before.
function M.query(arguments)
  local query, last = {}, nil
  for _, word in ipairs(arguments) do
    local name, value = word:match('^([%w_]+)=(.*)$')
    if name then
      query[name], last = value, name
    elseif last then
      query[last] = query[last] .. ' ' .. word
    else
      query.text = query.text and (query.text .. ' ' .. word) or word
    end
  end
  for _, name in ipairs({ 'status', 'priority' }) do
    if query[name] then query[name] = vim.split(query[name], ',', { plain = true }) end
  end
  return query
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

local function complete_list(lead)
  local name, values = lead:match('^(status)=(.*)$'), statuses
  if not name then name, values = lead:match('^(priority)=(.*)$'), priorities end
  if not name then return matching(filters, lead) end
  return matching(vim.tbl_map(function(value) return name .. '=' .. value end, values), lead)
end

local function titles(lead)
  return matching(vim.tbl_map(function(macro) return macro.title end, all('macros.list', {})), lead)
end

local function agents(lead)
  local names = { 'me', 'none' }
  for _, agent in ipairs(all('agents.list', {})) do
    if not agent.deactivated_at then names[#names + 1] = agent.name end
  end
  return matching(names, lead)
end

--- Renders the macro of that title and lays the text into a reply, where it can be changed before it is sent.
function M.macro(title)
  local state = tickets.current()
  if not state then return desk.notify('there is no ticket here', vim.log.levels.WARN) end
  for _, macro in ipairs(all('macros.list', {})) do
    if macro.title == title then
      return desk.ask('macros.render', { id = macro.id, ticket_id = state.id }, function(rendered)
        require('deskpipe.compose').open('reply', rendered.text)
      end)
    end
  end
  desk.notify(("there is no macro '%s'"):format(title), vim.log.levels.WARN)
end

function M.assign(name)
  local wanted = name
  if name == 'none' then
    wanted = vim.NIL
  elseif name ~= 'me' then
    wanted = nil
    for _, agent in ipairs(all('agents.list', {})) do
      if agent.name == name then wanted = agent.id end
    end
    if not wanted then return desk.notify(("there is no agent '%s'"):format(name), vim.log.levels.WARN) end
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
  command('Desk', function(arguments) require('deskpipe.list').open(M.query(arguments.fargs)) end,
    { nargs = '*', complete = complete_list, desc = 'List tickets' })
  command('DeskSearch', function(arguments) require('deskpipe.list').open({ text = arguments.args }) end,
    { nargs = '+', desc = 'List tickets with these words' })
  command('DeskOpen', function(arguments) tickets.open(arguments.args) end, { nargs = 1, desc = 'Open a ticket by its id' })
  command('DeskReply', function() require('deskpipe.compose').open('reply') end, { desc = 'Answer the customer' })
  command('DeskNote', function() require('deskpipe.compose').open('note') end, { desc = 'Write a note for agents' })
  command('DeskMacro', function(arguments) M.macro(arguments.args) end,
    { nargs = 1, complete = titles, desc = 'Lay a macro into a reply' })
  command('DeskAssign', function(arguments) M.assign(arguments.args) end,
    { nargs = 1, complete = agents, desc = 'Give the ticket to an agent, me or none' })
  command('DeskStatus', function(arguments) tickets.change('tickets.set_status', { status = arguments.args }) end,
    { nargs = 1, complete = function(lead) return matching(statuses, lead) end, desc = 'Set the status' })
  command('DeskPriority', function(arguments) tickets.change('tickets.update', { priority = arguments.args }) end,
    { nargs = 1, complete = function(lead) return matching(priorities, lead) end, desc = 'Set the priority' })
  command('DeskStop', function() desk.stop() end, { desc = 'End the deskpipe process' })
end

return M
