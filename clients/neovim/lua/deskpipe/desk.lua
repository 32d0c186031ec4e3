--- The desk of this Neovim: one process, started when it is first needed and again when it was lost.
local Client = require('deskpipe.client')
local config = require('deskpipe.config')
local sessionless = require('deskpipe.sessionless')

local M = { listeners = {} }
local client, session, opening
--- Whether the process ends because somebody wants it to.
local is_stopping = false

local function notify(message, level) vim.notify('deskpipe: ' .. message, level or vim.log.levels.INFO) end
M.notify = notify

--- Calls `listener(method, params)` for every notification, for `exit {is_wanted}` when the process has ended, and for
--- `session` when another session was opened.
function M.listen(listener) M.listeners[#M.listeners + 1] = listener end

local function tell(method, params)
  for _, listener in ipairs(M.listeners) do listener(method, params) end
end

--- An error as a sentence for a person; of a query the place is in it already.
function M.sentence(err)
  local path = err.data and err.data.path
  local is_query = err.data and err.data.kind == 'query_error'
  return path and path ~= '' and not is_query and ('%s (%s)'):format(err.message, path) or err.message
end

--- Shows an error; of a query with a mark below the place that is at fault.
function M.complain(err, query)
  local details = err.data and err.data.kind == 'query_error' and err.data.details
  if not details or not query then return notify(M.sentence(err), vim.log.levels.ERROR) end
  local before = vim.fn.strdisplaywidth(vim.fn.strcharpart(query, 0, details.position))
  local width = vim.fn.strdisplaywidth(vim.fn.strcharpart(query, details.position, details.length))
  local mark = (' '):rep(before) .. ('^'):rep(math.max(width, 1))
  notify(table.concat({ M.sentence(err), query, mark }, '\n'), vim.log.levels.ERROR)
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
  is_stopping = false
  client = Client.start({
    cmd = config.values.cmd,
    env = config.values.env,
    on_notification = vim.schedule_wrap(function(method, params)
      if method == 'session.expiring' and params.session == session then refresh() end
      tell(method, params)
    end),
    on_exit = vim.schedule_wrap(function(code, words)
      client, session = nil, nil
      if code ~= 0 then notify(words ~= '' and words or ('ended with code ' .. code), vim.log.levels.ERROR) end
      tell('exit', { is_wanted = is_stopping })
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

--- Whether the session that a call named is of no use any more: it expired unnoticed, as on a machine that slept.
local function is_over(err, used)
  local kind = err and used and err.data and err.data.kind
  return kind == 'session_expired' or kind == 'session_unknown'
end

--- One call; `callback(err, result)`. Starts the process and opens the session where that is still to be done.
---@param is_second boolean|nil whether the session was opened anew for it
---@return function that takes it back
function M.call(method, params, callback, is_second)
  local id, is_cancelled
  if not client then
    local ok, err = pcall(start)
    if not ok then
      callback({ message = tostring(err), data = { kind = 'unavailable' } })
      return function() end
    end
  end
  open(function(err)
    if err then return callback(err) end
    if not client then return callback({ message = 'deskpipe ended', data = { kind = 'unavailable' } }) end
    local used, members = not sessionless[method] and session or nil, params
    if used then members = vim.tbl_extend('force', params or {}, { session = used }) end
    id = client:call(method, members, function(problem, result, line)
      if not is_over(problem, used) or is_second then return callback(problem, result, line) end
      if session == used then
        session = nil
        tell('session', {})
      end
      M.call(method, params, callback, true)
    end)
    if is_cancelled then client:cancel(id) end
  end)
  return function()
    is_cancelled = true
    if client and id then client:cancel(id) end
  end
end

--- The same for a caller that has to wait: returns err, result.
function M.wait(method, params)
  local done, err, result
  local cancel = M.call(method, params, function(...)
    done = true
    err, result = ...
  end)
  if not vim.wait(config.values.timeout, function() return done end, 10) then
    cancel()
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

--- A key that makes a write safe to repeat.
function M.key()
  local bytes = vim.loop.random(16)
  return (bytes:gsub('.', function(byte) return ('%02x'):format(byte:byte()) end))
end

--- Whether the process runs.
function M.is_running() return client ~= nil end

function M.stop()
  is_stopping = true
  if client then client:stop() end
end

return M
