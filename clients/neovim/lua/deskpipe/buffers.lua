--- Buffers that show what the desk has: made once for a name, written by us alone.
local M = {}

local function wipe_unloaded(buffer)
  if not vim.api.nvim_buf_is_valid(buffer) or vim.api.nvim_buf_is_loaded(buffer) then return end
  vim.api.nvim_buf_delete(buffer, { force = true })
end

--- Whether a buffer still is what was made of it. Neovim keeps the name of one that was unloaded (`:bdelete`), but neither
--- its text nor its maps and options; it is wiped out then.
function M.is_whole(buffer)
  wipe_unloaded(buffer)
  return vim.api.nvim_buf_is_valid(buffer)
end

--- Has `:bdelete` of a buffer wipe it out.
function M.wipe_when_unloaded(buffer)
  vim.api.nvim_create_autocmd('BufUnload', {
    buffer = buffer,
    -- Not within the command, which goes on with the buffer; behind :edit it is loaded again.
    callback = vim.schedule_wrap(function() wipe_unloaded(buffer) end),
  })
end

--- The buffer of that name, made where there is none, shown in the current window.
---@return number buffer, boolean whether it is new
function M.open(name, filetype)
  local buffer
  for _, other in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_get_name(other) == name and M.is_whole(other) then buffer = other end
  end
  local is_new = buffer == nil
  if is_new then
    buffer = vim.api.nvim_create_buf(true, false)
    vim.api.nvim_buf_set_name(buffer, name)
    vim.api.nvim_buf_set_option(buffer, 'buftype', 'nofile')
    vim.api.nvim_buf_set_option(buffer, 'swapfile', false)
    vim.api.nvim_buf_set_option(buffer, 'modifiable', false)
    M.wipe_when_unloaded(buffer)
  end
  vim.api.nvim_win_set_buf(0, buffer)
  if is_new then vim.api.nvim_buf_set_option(buffer, 'filetype', filetype) end
  return buffer, is_new
end

--- Puts lines into a buffer that is modifiable. Names and subjects may be of more than one line, which a line cannot be.
function M.put(buffer, lines)
  local whole = vim.tbl_map(function(line) return (line:gsub('[\r\n]+', ' ')) end, lines)
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, whole)
end

--- Replaces what a buffer shows; cursors of its windows stay in their lines, or go to where `place(line)` says.
---@param place function|nil from the line of a cursor in what was shown to one in what is, or nil
function M.write(buffer, lines, place)
  if not vim.api.nvim_buf_is_valid(buffer) then return end
  local cursors = {}
  for _, window in ipairs(vim.fn.win_findbuf(buffer)) do cursors[window] = vim.api.nvim_win_get_cursor(window) end
  vim.api.nvim_buf_set_option(buffer, 'modifiable', true)
  M.put(buffer, lines)
  vim.api.nvim_buf_set_option(buffer, 'modifiable', false)
  vim.api.nvim_buf_set_option(buffer, 'modified', false)
  for window, cursor in pairs(cursors) do
    local line = place and place(cursor[1]) or cursor[1]
    vim.api.nvim_win_set_cursor(window, { math.min(line, #lines), cursor[2] })
  end
end

function M.map(buffer, key, action, description)
  vim.keymap.set('n', key, action, { buffer = buffer, nowait = true, silent = true, desc = description })
end

--- The buffer that a person is in. What writes another one makes it the current one meanwhile, but does not enter it.
local entered
vim.api.nvim_create_autocmd('BufEnter', { callback = function(arguments) entered = arguments.buf end })

--- Writes the current buffer to another file, as if writing did nothing of its own. That the file is there already is
--- for this to notice.
local function copy(path)
  local bang = vim.v.cmdbang == 1 and '!' or ''
  if bang == '' and vim.loop.fs_stat(path) then error('E13: File exists (add ! to override)', 0) end
  vim.cmd(('noautocmd write%s %s %s'):format(bang, vim.v.cmdarg, vim.fn.fnameescape(path)))
end

--- Has writing a buffer do `action(is_forced)`. Under another name (`:w copy.md`) its text goes to that file instead; with
--- others (`:wa` from elsewhere), or renamed, nothing is done.
---@param refusal string what a person is told then: "not sent"
function M.on_write(buffer, refusal, action)
  local name = vim.api.nvim_buf_get_name(buffer)
  local function callback(arguments)
    local current = vim.api.nvim_buf_get_name(buffer)
    if arguments.match ~= current then return copy(arguments.match) end
    if entered ~= buffer then error(('deskpipe: %s: go to %s and write it there'):format(refusal, name), 0) end
    if current ~= name then error(('deskpipe: %s: this buffer was opened as %s'):format(refusal, name), 0) end
    action(vim.v.cmdbang == 1)
  end
  vim.api.nvim_create_autocmd('BufWriteCmd', { buffer = buffer, callback = callback })
end

--- Whether any window shows the buffer.
function M.is_shown(buffer) return #vim.fn.win_findbuf(buffer) > 0 end

return M
