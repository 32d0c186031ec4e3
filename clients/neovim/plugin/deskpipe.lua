if vim.g.loaded_deskpipe then return end
vim.g.loaded_deskpipe = true
require('deskpipe.commands').define()
vim.cmd([[
  highlight default link DeskReply DiffAdd
  highlight default link DeskNote WarningMsg
]])
