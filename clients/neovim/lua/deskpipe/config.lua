--- What the user may set, and its defaults.
local M = {}

M.defaults = {
  -- The command that starts deskpipe, as a list; over ssh: { 'ssh', 'desk@host' }.
  cmd = { 'deskpipe' },
  -- Environment variables for it, added to Neovim's own.
  env = nil,
  -- A function(callback) that calls back with a Clerk session token. Leave it out where the process has a session of
  -- its own (token_command, token_file, demo).
  token = nil,
  -- Milliseconds after which a call is given up.
  timeout = 30000,
  -- Tickets on a page of a list.
  limit = 50,
  -- Seconds between two looks at what is shown, where the desk has no events; 0 looks never.
  refresh = 15,
  -- Messages of a ticket that are not folded at first, counted from the newest.
  open_messages = 3,
}

M.values = vim.deepcopy(M.defaults)

local types = {
  cmd = 'table', env = 'table', token = 'function', timeout = 'number', limit = 'number', refresh = 'number',
  open_messages = 'number',
}

--- Takes the user's settings over the defaults; an unknown name or a wrong type is an error at once.
function M.set(options)
  for name, value in pairs(options or {}) do
    if not types[name] then error(("deskpipe: there is no setting '%s'"):format(name), 0) end
    if type(value) ~= types[name] then
      error(("deskpipe: the setting '%s' is a %s"):format(name, types[name]), 0)
    end
  end
  M.values = vim.tbl_extend('force', vim.deepcopy(M.defaults), options or {})
end

return M
