--- JSON-RPC 2.0 with one deskpipe process: one JSON value a line, in both directions.
---
--- Lines of any size: what arrives is gathered in a list and joined once a line is whole.
local Client = {}
Client.__index = Client

local decoding = { luanil = { object = true, array = true } }

--- Starts a process; errors where the command cannot be run.
---@param options table cmd, env, on_notification(method, params), on_exit(code, stderr)
function Client.start(options)
  local self = setmetatable({ options = options, waiting = {}, last_id = 0, pieces = {}, stderr = {} }, Client)
  local ok, job = pcall(vim.fn.jobstart, options.cmd, {
    env = options.env,
    on_stdout = function(_, data) self:read(data) end,
    on_stderr = function(_, data) self:note(data) end,
    on_exit = function(_, code) self:ended(code) end,
  })
  if not ok or job <= 0 then error(('cannot run %s'):format(options.cmd[1]), 0) end
  self.job = job
  return self
end

function Client:is_running() return self.job ~= nil end

--- Sends a call. `callback(err, result, line)` is called once, whatever happens; err has code, message and data. Members
--- that are null are left out of both; line is the answer as it came.
---@return number id for `cancel`
function Client:call(method, params, callback)
  self.last_id = self.last_id + 1
  local id = self.last_id
  self.waiting[id] = callback
  if params == nil or next(params) == nil then params = vim.empty_dict() end
  local line = vim.json.encode({ jsonrpc = '2.0', id = id, method = method, params = params })
  if not self:send(line) then
    self.waiting[id] = nil
    callback({ message = 'deskpipe is not running', data = { kind = 'unavailable', retryable = true } })
  end
  return id
end

--- Takes a call back; it is answered all the same, as cancelled or with what it came to.
function Client:cancel(id)
  if not self.waiting[id] then return end
  self:send(vim.json.encode({ jsonrpc = '2.0', method = '$/cancelRequest', params = { id = id } }))
end

--- Whether it could be written: where the process has just died, or was told to end, it cannot.
function Client:send(line)
  local ok, count = pcall(vim.fn.chansend, self.job or 0, line .. '\n')
  return ok and count > 0
end

--- Ends the process as the end of its input does: what is under way finishes.
function Client:stop()
  if self.job then pcall(vim.fn.chanclose, self.job, 'stdin') end
end

--- What the process said on stderr last.
function Client:last_words() return table.concat(self.stderr, '\n') end

function Client:read(data)
  self.pieces[#self.pieces + 1] = data[1]
  for index = 2, #data do
    local line = table.concat(self.pieces)
    self.pieces = { data[index] }
    if line ~= '' then self:receive(line) end
  end
end

function Client:receive(line)
  local ok, answer = pcall(vim.json.decode, line, decoding)
  if not ok or type(answer) ~= 'table' then return end
  if answer.method then return self.options.on_notification(answer.method, answer.params or {}) end
  local callback = self.waiting[answer.id]
  if not callback then return end
  self.waiting[answer.id] = nil
  callback(answer.error, answer.result, line)
end

function Client:note(data)
  for _, line in ipairs(data) do
    if line ~= '' then self.stderr[#self.stderr + 1] = line:gsub('^deskpipe: ', '') end
  end
  while #self.stderr > 20 do table.remove(self.stderr, 1) end
end

function Client:ended(code)
  self.job = nil
  local waiting = self.waiting
  self.waiting = {}
  local reason = code ~= 0 and self.stderr[#self.stderr] or 'deskpipe ended before it answered'
  for _, callback in pairs(waiting) do callback({ message = reason, data = { kind = 'outcome_unknown' } }) end
  self.options.on_exit(code, self:last_words())
end

return Client
