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
--- The subscription's handle, whether one is being asked for, and where the next one begins.
local handle, is_asking, cursor
--- Milliseconds until the next attempt; they double.
local first_pause, longest_pause = 250, 30000
local pause = first_pause
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
    for _, buffer in ipairs(list.shown()) do list.refresh(buffer) end
    for _, buffer in ipairs(tickets.shown()) do
      if tickets.is_about(buffer, ids) then tickets.refresh(buffer) end
    end
    M.count()
  end, 100)
end

local subscribe

local function retry()
  vim.defer_fn(subscribe, pause)
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

--- Subscribes from where it was; starts the process where it was lost.
function subscribe()
  if handle or is_asking then return end
  is_asking = true
  desk.call('events.subscribe', { cursor = cursor }, function(err, answer)
    is_asking = false
    if not err then
      -- Answers are taken at once, notifications a little later: none comes before the handle is known.
      handle, cursor, pause = answer.subscription, cursor or answer.cursor, first_pause
      return
    end
    local kind = err.data and err.data.kind
    if kind == 'cursor_foreign' then
      -- The desk is another one: what is shown is read anew, and followed from now on.
      cursor = nil
      vim.schedule(look)
    end
    -- A process that ends before it answers will not do better by itself.
    if kind ~= 'method_not_found' and kind ~= 'outcome_unknown' then retry() end
  end)
end

desk.listen(function(method, params)
  if method == 'exit' or method == 'session' then
    local was_subscribed = handle ~= nil
    handle = nil
    if was_subscribed and not params.is_wanted then retry() end
  elseif vim.startswith(method, 'events.') then
    hear(method, params)
  end
end)

--- Begins, once; the first call of the desk that a person makes does it.
function M.start()
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
    if desk.is_running() and not handle then look() end
  end))
end

return M
