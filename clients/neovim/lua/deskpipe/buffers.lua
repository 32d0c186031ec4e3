--- Buffers that show what the desk has: made once for a name, written by us alone.
local M = {}

--- The buffer of that name, made where there is none, shown in the current window.
---@return number buffer, boolean whether it is new
function M.open(name, filetype)
  local buffer
  for _, other in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_get_name(other) == name then buffer = other end
  end
  local is_new = buffer == nil
  if is_new then
    buffer = vim.api.nvim_create_buf(true, false)
    vim.api.nvim_buf_set_name(buffer, name)
    vim.api.nvim_buf_set_option(buffer, 'buftype', 'nofile')
    vim.api.nvim_buf_set_option(buffer, 'swapfile', false)
    vim.api.nvim_buf_set_option(buffer, 'modifiable', false)
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

--- Whether any window shows the buffer.
function M.is_shown(buffer) return #vim.fn.win_findbuf(buffer) > 0 end

return M
