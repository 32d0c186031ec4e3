--- Keeps what is shown up to date: by the desk's events, else by looking now and then.
local config = require('deskpipe.config')
local desk = require('deskpipe.desk')
local list = require('deskpipe.list')
local tickets = require('deskpipe.ticket')

local M = { counts = {} }
local timer
local is_subscribed, is_pending = false, false

local function look()
  for _, buffer in ipairs(list.shown()) do list.refresh(buffer) end
  for _, buffer in ipairs(tickets.shown()) do tickets.look(buffer) end
  M.count()
end

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

--- Many events at once are one look.
local function soon()
  if is_pending then return end
  is_pending = true
  vim.defer_fn(function()
    is_pending = false
    look()
  end, 100)
end

local function subscribe()
  desk.has('events.subscribe', function(exists)
    if not exists then return end
    desk.call('events.subscribe', {}, function(err) is_subscribed = not err end)
  end)
end

desk.listen(function(method)
  if method == 'exit' then
    is_subscribed = false
  elseif vim.startswith(method, 'events.') then
    soon()
  end
end)

--- Begins, once; the first call of the desk that a person makes does it.
function M.start()
  if not is_subscribed then subscribe() end
  if timer or config.values.refresh <= 0 then return end
  timer = vim.loop.new_timer()
  local period = config.values.refresh * 1000
  timer:start(period, period, vim.schedule_wrap(function()
    if desk.is_running() and not is_subscribed then look() end
  end))
end

return M
