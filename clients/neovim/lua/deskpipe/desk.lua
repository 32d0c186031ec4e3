--- The desk of this Neovim: one process, started when it is first needed and again when it was lost.
local Client = require('deskpipe.client')
local config = require('deskpipe.config')

local M = { listeners = {} }
local client, session, opening
local methods

local function notify(message, level) vim.notify('deskpipe: ' .. message, level or vim.log.levels.INFO) end
M.notify = notify

--- Calls `listener(method, params)` for every notification.
function M.listen(listener) M.listeners[#M.listeners + 1] = listener end

local function tell(method, params)
  for _, listener in ipairs(M.listeners) do listener(method, params) end
end

--- An error as a sentence for a person.
function M.sentence(err)
  local path = err.data and err.data.path
  return path and path ~= '' and ('%s (%s)'):format(err.message, path) or err.message
end

local function refresh()
  config.values.token(vim.schedule_wrap(function(token)
    if client and session and token then
      client:call('session.refresh', { session = session, token = token }, function(err)
        if err then notify('the session was not renewed: ' .. M.sentence(err), vim.log.levels.WARN) end
      end)
    end
  end))
end

local function start()
  client = Client.start({
    cmd = config.values.cmd,
    env = config.values.env,
    on_notification = vim.schedule_wrap(function(method, params)
      if method == 'session.expiring' and params.session == session then refresh() end
      tell(method, params)
    end),
    on_exit = vim.schedule_wrap(function(code, words)
      client, session, methods = nil, nil, nil
      if code ~= 0 then notify(words ~= '' and words or ('ended with code ' .. code), vim.log.levels.ERROR) end
      tell('exit', {})
    end),
  })
end

--- Opens the session that calls name by leaving it out, where tokens come from the user's function.
local function open(callback)
  if not config.values.token or session then return callback() end
  if opening then
    opening[#opening + 1] = callback
    return
  end
  opening = { callback }
  local function done(err)
    local waiting = opening
    opening = nil
    for _, waiter in ipairs(waiting) do waiter(err) end
  end
  config.values.token(vim.schedule_wrap(function(token)
    if not token then return done({ message = 'no token', data = { kind = 'unauthenticated' } }) end
    if not client then return done({ message = 'deskpipe is not running', data = { kind = 'unavailable' } }) end
    client:call('session.open', { token = token, notify_before = 15 }, function(err, result)
      session = result and result.session
      done(err)
    end)
  end))
end

--- One call; `callback(err, result)`. Starts the process and opens the session where that is still to be done.
function M.call(method, params, callback)
  if not client then
    local ok, err = pcall(start)
    if not ok then return callback({ message = tostring(err), data = { kind = 'unavailable' } }) end
  end
  open(function(err)
    if err then return callback(err) end
    if not client then return callback({ message = 'deskpipe ended', data = { kind = 'unavailable' } }) end
    local members = params
    if session then members = vim.tbl_extend('force', params or {}, { session = session }) end
    client:call(method, members, callback)
  end)
end

--- The same for a caller that has to wait: returns err, result.
function M.wait(method, params)
  local done, err, result
  M.call(method, params, function(...)
    done = true
    err, result = ...
  end)
  if not vim.wait(config.values.timeout, function() return done end, 10) then
    return { message = 'no answer in time', data = { kind = 'outcome_unknown' } }
  end
  return err, result
end

--- A call whose failure is shown; `callback(result)` is for the good case.
function M.ask(method, params, callback)
  M.call(method, params, vim.schedule_wrap(function(err, result)
    if err then return notify(M.sentence(err), vim.log.levels.ERROR) end
    callback(result)
  end))
end

--- Calls back with whether the desk has a method of that name.
function M.has(name, callback)
  if methods then return callback(methods[name] == true) end
  M.call('rpc.discover', {}, vim.schedule_wrap(function(err, document)
    if err then return callback(false) end
    methods = {}
    for _, method in ipairs(document.methods) do methods[method.name] = true end
    callback(methods[name] == true)
  end))
end

--- A key that makes a write safe to repeat.
function M.key()
  local bytes = vim.loop.random(16)
  return (bytes:gsub('.', function(byte) return ('%02x'):format(byte:byte()) end))
end

--- Whether the process runs.
function M.is_running() return client ~= nil end

function M.stop()
  if client then client:stop() end
end

return M
