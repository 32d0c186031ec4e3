--- A customer-support desk in Neovim; see :help deskpipe.
local M = {}

--- Sets options; see :help deskpipe-settings. The plugin works without a call of it where `deskpipe` is in PATH.
function M.setup(options) require('deskpipe.config').set(options) end

--- For the statusline: how many tickets are open, and how many of them are one's own.
function M.statusline() return require('deskpipe.statusline')() end

return M
