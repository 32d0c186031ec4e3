--- Keeps what is shown up to date: by the desk's events, and by looking now and then where they do not come.
---
--- The subscription goes on behind the last event that was heard, whatever ended it: the process, the session, or too
--- much that waited.
local config = require('deskpipe.config')
local desk = require('deskpipe.desk')
local list = require('deskpipe.list')
local tickets = require('deskpipe.ticket')

local M = { counts = {} }
local timer
--- The subscription's handle, what asks for one, and where the next one begins.
local handle, asking, cursor
--- Milliseconds until the next attempt; they double.
local first_pause, longest_pause = 250, 30000
local pause = first_pause
--- Whether the user has ended the process: what was to be tried again is not.
local is_off = false
--- What was said of an error that will not go away by itself.
local complaint
--- Whether the desk has no events, and whether something may have happened before they were first subscribed to.
local is_without_events, is_late = false, false
--- The tickets and customers that events were about since the last look, and whether one is due.
local touched, is_due = {}, false

--- Reads the numbers of the statusline anew.
function M.count()
  desk.call('tickets.count', { status = 'open', assigned_to = 'me' }, vim.schedule_wrap(function(err, mine)
    if not err then M.counts.mine = mine.total end
  end))
  desk.call('tickets.count', { status = 'open' }, vim.schedule_wrap(function(err, open)
    if not err then M.counts.open = open.total end
    vim.cmd('redrawstatus')
  end))
end

--- Looks at everything that is shown, whatever the events say.
local function look()
  for _, buffer in ipairs(list.shown()) do list.refresh(buffer) end
  for _, buffer in ipairs(tickets.shown()) do tickets.look(buffer) end
  M.count()
end

--- Many events at once are one look, at what they are about.
local function soon(events)
  for _, event in ipairs(events) do
    touched[event.ticket_id or event.object_id] = true
  end
  if is_due or #events == 0 then return end
  is_due = true
  vim.defer_fn(function()
    local ids = touched
    is_due, touched = false, {}
    if is_off then return end
    for _, buffer in ipairs(list.shown()) do list.refresh(buffer) end
    for _, buffer in ipairs(tickets.shown()) do
      if tickets.is_about(buffer, ids) then tickets.refresh(buffer) end
    end
    M.count()
  end, 100)
end

local subscribe

local function retry()
  vim.defer_fn(function()
    if not is_off then subscribe() end
  end, pause)
  pause = math.min(2 * pause, longest_pause)
end

local function hear(method, params)
  if params.subscription ~= handle then return end
  cursor = params.cursor
  if method == 'events.lagging' then
    handle = nil
    subscribe()
  else
    soon(params.items)
  end
end

--- A desk without events is looked at instead; why a process ended, or cannot be run, is told to who wanted it.
local tells_itself = { method_not_found = true, outcome_unknown = true, unavailable = true }

--- Says once that nothing more comes by itself; the next command tries again.
local function complain(err)
  local sentence = desk.sentence(err)
  if sentence == complaint then return end
  complaint = sentence
  desk.notify('what is shown is not kept up to date: ' .. sentence, vim.log.levels.WARN)
end

--- Subscribes from where it was; starts the process where it was lost.
function subscribe()
  if handle or asking then return end
  local mine = {}
  asking = mine
  desk.call('events.subscribe', { cursor = cursor }, function(err, answer)
    -- Of a process that was told to end.
    if asking ~= mine then return end
    asking = nil
    if not err then
      if not cursor and is_late then vim.schedule(look) end
      -- Answers are taken at once, notifications a little later: none comes before the handle is known.
      handle, cursor, pause = answer.subscription, cursor or answer.cursor, first_pause
      complaint, is_late = nil, false
      return
    end
    is_late = true
    local kind = err.data and err.data.kind
    is_without_events = kind == 'method_not_found'
    if kind == 'cursor_foreign' then
      -- The desk is another one: what is shown is read anew, and followed from now on.
      cursor = nil
      vim.schedule(look)
      retry()
    elseif err.data and err.data.retryable then
      retry()
    elseif not tells_itself[kind] then
      complain(err)
    end
  end)
end

desk.listen(function(method, params)
  if method == 'exit' or method == 'session' then
    local was_subscribed = handle ~= nil
    handle = nil
    if was_subscribed then retry() end
  elseif method == 'stop' then
    is_off = true
    handle, asking = nil, nil
  elseif vim.startswith(method, 'events.') then
    hear(method, params)
  end
end)

--- Begins, once; the first call of the desk that a person makes does it.
function M.start()
  is_off = false
  if timer then return subscribe() end
  vim.api.nvim_create_autocmd('BufWinEnter', {
    pattern = 'desk://*',
    callback = function(arguments)
      -- It may be old: what no window shows is not kept up to date.
      list.refresh(arguments.buf)
      tickets.look(arguments.buf)
    end,
  })
  subscribe()
  M.count()
  timer = vim.loop.new_timer()
  local period = math.max(config.values.refresh, 0) * 1000
  if period == 0 then return end
  timer:start(period, period, vim.schedule_wrap(function()
    if desk.is_running() and is_without_events then look() end
  end))
end

return M
