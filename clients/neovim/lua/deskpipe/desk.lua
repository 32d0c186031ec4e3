--- The desk of this Neovim: one process, started when it is first needed and again when it was lost.
local Client = require('deskpipe.client')
local config = require('deskpipe.config')
local words = require('deskpipe.words')

--- `stops` counts how often the process was told to end: what goes on by itself does not go on behind that, since its
--- next call would start another.
local M = { listeners = {}, stops = 0 }
--- The process, its session, and who waits for that to be opened.
local client, session, opening
--- How many run: one that was told to end may still finish what is under way when the next one is started.
local running = 0

local function notify(message, level) vim.notify('deskpipe: ' .. message, level or vim.log.levels.INFO) end
M.notify = notify

--- Calls `listener(method, params)` for every notification, for `exit` when the process has ended by itself, for `stop`
--- when somebody wants it to end, and for `session` when another session was opened.
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

--- Asks the user's function for a token; `callback(problem, token)`.
local function ask_for_token(callback)
  local ok, problem = pcall(config.values.token, vim.schedule_wrap(function(token)
    -- What a program printed ends with a line feed.
    token = type(token) == 'string' and vim.trim(token) or ''
    if token ~= '' then return callback(nil, token) end
    callback({ message = 'the function token gave no token', data = { kind = 'unauthenticated' } })
  end))
  if not ok then
    callback({ message = 'the function token failed: ' .. tostring(problem), data = { kind = 'unauthenticated' } })
  end
end

local function refresh()
  local function failed(err) notify('the session was not renewed: ' .. M.sentence(err), vim.log.levels.WARN) end
  ask_for_token(function(problem, token)
    if problem then return failed(problem) end
    if not client or not session then return end
    client:call('session.refresh', { session = session, token = token }, function(err)
      if err then failed(err) end
    end)
  end)
end

--- The error of a call that was never sent, since the process ended first.
local function gone() return { message = 'deskpipe ended', data = { kind = 'unavailable', retryable = true } } end

--- Nothing is left of the process that was there; the next call starts another.
local function lose()
  local waiting = opening or {}
  client, session, opening = nil, nil, nil
  for _, waiter in ipairs(waiting) do waiter(gone()) end
end

local function start()
  local own
  own = Client.start({
    cmd = config.values.cmd,
    env = config.values.env,
    on_notification = vim.schedule_wrap(function(method, params)
      if client ~= own then return end
      if method == 'session.expiring' and params.session == session then refresh() end
      tell(method, params)
    end),
    on_exit = vim.schedule_wrap(function(code, words)
      running = running - 1
      if code ~= 0 then
        notify(words ~= '' and words or ('ended with code ' .. code), vim.log.levels.ERROR)
      end
      if client ~= own then return end
      lose()
      tell('exit', {})
    end),
  })
  client, running = own, running + 1
end

--- Opens the session that calls name by leaving it out, where tokens come from the user's function.
local function open(callback)
  if not config.values.token or session then return callback() end
  if opening then
    opening[#opening + 1] = callback
    return
  end
  local mine, own = { callback }, client
  opening = mine
  local function done(err)
    -- The process may have ended meanwhile, which they were told.
    if opening ~= mine then return end
    opening = nil
    for _, waiter in ipairs(mine) do waiter(err) end
  end
  ask_for_token(function(problem, token)
    if problem or opening ~= mine then return done(problem) end
    own:call('session.open', { token = token, notify_before = 15 }, function(err, result)
      if opening == mine then session = result and result.session end
      done(err)
    end)
  end)
end

--- Whether the session that a call named is of no use any more: it expired unnoticed, as on a machine that slept.
local function is_over(err, used)
  local kind = err and used and err.data and err.data.kind
  return kind == 'session_expired' or kind == 'session_unknown'
end

--- One call; `callback(err, result)`. Starts the process and opens the session where that is still to be done and the
--- call does not bring one of its own.
---@param is_second boolean|nil whether the session was opened anew for it
---@return function that takes it back
function M.call(method, params, callback, is_second)
  local own, id, is_cancelled, cancel_second
  if not client then
    local ok, err = pcall(start)
    if not ok then
      callback({ message = tostring(err), data = { kind = 'unavailable' } })
      return function() end
    end
  end
  local names_own = params and (params.session or params.token)
  local is_ours = not words.sessionless[method] and not names_own
  local function send(err)
    if err then return callback(err) end
    if not client then return callback(gone()) end
    own = client
    local used = is_ours and session or nil
    local members = used and vim.tbl_extend('force', params or {}, { session = used }) or params
    id = own:call(method, members, function(problem, result, line)
      if not is_over(problem, used) or is_second then return callback(problem, result, line) end
      if session == used then
        session = nil
        tell('session', {})
      end
      cancel_second = M.call(method, params, callback, true)
      if is_cancelled then cancel_second() end
    end)
    if is_cancelled then own:cancel(id) end
  end
  if is_ours then open(send) else send() end
  return function()
    is_cancelled = true
    if cancel_second then
      cancel_second()
    elseif id then
      own:cancel(id)
    end
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

--- Whether a process runs, be it one that is about to end.
function M.is_running() return running > 0 end

--- Lets the process finish what is under way and end.
function M.stop()
  if not client then return end
  local own = client
  M.stops = M.stops + 1
  lose()
  tell('stop', {})
  own:stop()
end

return M
