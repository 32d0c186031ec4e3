--- Macros: what one would do to a ticket as a buffer, which is done by writing it.
local buffers = require('deskpipe.buffers')
local desk = require('deskpipe.desk')
local format = require('deskpipe.format')
local tickets = require('deskpipe.ticket')

local M = {}

local function hint(is_note) return (':w applies  e edits the text as a %s  q closes'):format(is_note and 'note' or 'reply') end

--- Lines that show what would be: the changes, the customer's fields, the message.
local function lines(macro, fields, state, preview, is_note)
  local shown = { ('Macro: %s'):format(macro.title), hint(is_note), '' }
  vim.list_extend(shown, format.changes(state.ticket, preview.ticket))
  for name, value in pairs(fields) do
    shown[#shown + 1] = ('Customer’s %s: %s'):format(name, value == vim.NIL and 'removed' or format.value(value))
  end
  if #shown == 3 then shown[#shown + 1] = 'The ticket stays as it is.' end
  shown[#shown + 1] = ''
  if not preview.message then return vim.list_extend(shown, { 'Nothing is written.' }) end
  shown[#shown + 1] = is_note and 'A NOTE, only agents see this:' or 'A REPLY to the customer:'
  return vim.list_extend(shown, vim.split((preview.message.body or ''):gsub('\r', ''), '\n', { plain = true }))
end

--- Applies what a buffer shows, to the ticket as it was then; fails, and does nothing, where it has changed since.
local function apply(buffer, wanted)
  local err = desk.wait('macros.apply', wanted)
  for _, shown in ipairs(tickets.shown(wanted.ticket_id)) do tickets.refresh(shown) end
  if err then error('deskpipe: not applied: ' .. tickets.refusal(err), 0) end
  vim.api.nvim_buf_set_option(buffer, 'modified', false)
  desk.notify('macro applied')
  vim.schedule(function()
    if vim.api.nvim_buf_is_valid(buffer) then vim.api.nvim_buf_delete(buffer, { force = true }) end
  end)
end

local function show(macro, fields, state, preview, wanted)
  vim.cmd('botright 15new')
  local buffer = vim.api.nvim_get_current_buf()
  vim.api.nvim_buf_set_name(buffer, ('desk://macro/%s/%s'):format(state.id, wanted.idempotency_key))
  vim.bo.buftype, vim.bo.bufhidden, vim.bo.swapfile = 'acwrite', 'wipe', false
  buffers.write(buffer, lines(macro, fields, state, preview, wanted.is_internal))
  vim.bo.filetype = 'desk-ticket'
  vim.b.desk_ticket = state.id
  buffers.on_write(buffer, 'not applied', function() apply(buffer, wanted) end)
  buffers.map(buffer, 'e', function()
    vim.api.nvim_buf_delete(buffer, { force = true })
    require('deskpipe.compose').open(wanted.is_internal and 'note' or 'reply', preview.message and preview.message.body or '')
  end, 'Edit the text as what it is shown as, a reply or a note')
  buffers.map(buffer, 'q', '<Cmd>bwipeout!<CR>', 'Close')
end

--- Shows what a macro would do to the ticket of the current buffer.
---@param macro table an item of macros.list
---@param is_note boolean whether its text is to be a note for agents instead of a reply
function M.preview(macro, is_note)
  local state = tickets.current()
  if not state or not state.ticket then return desk.notify('there is no ticket here', vim.log.levels.WARN) end
  local wanted = {
    id = macro.id, ticket_id = state.id, is_internal = is_note, expected_version = state.ticket.version,
    seen_message_id = tickets.last_message(state),
  }
  local function failed(err)
    for _, shown in ipairs(tickets.shown(state.id)) do tickets.refresh(shown) end
    desk.notify(tickets.refusal(err), vim.log.levels.ERROR)
  end
  desk.call('macros.preview', wanted, vim.schedule_wrap(function(err, preview)
    if err then return failed(err) end
    desk.call('macros.get', { id = macro.id }, vim.schedule_wrap(function(problem, _, line)
      if problem then return failed(problem) end
      wanted.idempotency_key = desk.key()
      -- Of a field, null means that it is taken away.
      local fields = vim.json.decode(line).result.actions.fields
      show(macro, type(fields) == 'table' and fields or {}, state, preview, wanted)
    end))
  end))
end

return M
