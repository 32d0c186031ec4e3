--- Replies and notes: a buffer each, sent by writing it.
---
--- What a buffer is, a reply that the customer reads or a note for agents, is decided when it is opened and never
--- changes: it is kept here by the buffer's number, and a buffer whose name says something else is not sent.
local buffers = require('deskpipe.buffers')
local desk = require('deskpipe.desk')
local tickets = require('deskpipe.ticket')

local M = {}

--- kind, ticket, seen, version, key of each buffer. A draft keeps its key, under which the desk takes one text: what is
--- refused is not kept with it. Where there was no message to be seen, the ticket's version stands for what was read.
local drafts = {}

local words = {
  reply = { title = 'REPLY to the customer', group = 'DeskReply' },
  note = { title = 'NOTE, only agents see this', group = 'DeskNote' },
}

local function name_of(draft) return ('desk://%s/%s'):format(draft.kind, draft.ticket) end

local function show_missed(draft, details)
  local format = require('deskpipe.format')
  local lines = { 'Written since you read the ticket. :w! in your draft sends it all the same.', '' }
  for _, message in ipairs(details.missed or {}) do vim.list_extend(lines, format.message(message)) end
  local rest = (details.missed_count or 0) - #(details.missed or {})
  if rest > 0 then lines[#lines + 1] = ('and %d more'):format(rest) end
  -- What was shown before, of the same ticket, is old.
  local name = 'desk://missed/' .. draft.ticket
  for _, other in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_get_name(other) == name then vim.api.nvim_buf_delete(other, { force = true }) end
  end
  vim.cmd('aboveleft new')
  local buffer = vim.api.nvim_get_current_buf()
  vim.bo.buftype, vim.bo.bufhidden, vim.bo.swapfile = 'nofile', 'wipe', false
  vim.api.nvim_buf_set_name(buffer, name)
  buffers.put(buffer, lines)
  vim.bo.modifiable, vim.bo.filetype = false, 'desk-ticket'
  vim.cmd('wincmd p')
end

--- Why it was refused; where another text was taken under its key, the answer to that was lost.
local function reason(err)
  if not (err.data and err.data.kind == 'idempotency_mismatch') then return tickets.refusal(err) end
  return 'an earlier text of this draft may have been sent, look at the ticket; :w! sends this one too'
end

local function refused(buffer, draft, err)
  local details = err.data and err.data.details or {}
  draft.is_taken = err.data and err.data.kind == 'idempotency_mismatch'
  if details.missed then
    local last = details.missed[#details.missed]
    draft.newest = last and last.id or draft.seen
    show_missed(draft, details)
  elseif err.data and err.data.path == '/expected_version' then
    draft.newer = details.version
  elseif err.data and err.data.path == '/seen_message_id' then
    -- It is on another ticket now, or gone: what came behind it cannot be told any more.
    draft.is_adrift = true
  end
  for _, shown in ipairs(tickets.shown(draft.ticket)) do tickets.refresh(shown) end
  vim.api.nvim_buf_set_option(buffer, 'modified', true)
  error('deskpipe: not sent: ' .. reason(err), 0)
end

--- Sends a draft; called by writing its buffer. Fails, and so keeps the text, unless the desk has taken it.
function M.send(buffer, is_forced)
  local draft = drafts[buffer]
  if not draft then error('deskpipe: this buffer is no draft', 0) end
  local body = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
  if not body:find('%S') then error('deskpipe: not sent: there is no text', 0) end
  if is_forced and draft.is_taken then draft.key = desk.key() end
  local is_blind = is_forced and draft.is_adrift
  local err = desk.wait('messages.create', {
    ticket_id = draft.ticket,
    body = body,
    is_internal = draft.kind == 'note',
    -- By force it is sent behind what was shown as missed, not behind what came later still.
    seen_message_id = not is_blind and (is_forced and draft.newest or draft.seen) or nil,
    expected_version = is_forced and draft.newer or draft.version,
    idempotency_key = draft.key,
  })
  if err then refused(buffer, draft, err) end
  drafts[buffer] = nil
  vim.api.nvim_buf_set_option(buffer, 'modified', false)
  for _, shown in ipairs(tickets.shown(draft.ticket)) do tickets.refresh(shown) end
  desk.notify(draft.kind == 'note' and 'note written' or 'reply sent')
  vim.schedule(function()
    if vim.api.nvim_buf_is_valid(buffer) then vim.api.nvim_buf_delete(buffer, { force = true }) end
  end)
end

local function prepare(buffer, draft)
  vim.api.nvim_buf_set_name(buffer, name_of(draft))
  vim.bo.buftype, vim.bo.swapfile, vim.bo.filetype = 'acwrite', false, 'markdown'
  vim.b.desk_ticket = draft.ticket
  local label = words[draft.kind]
  vim.opt_local.statusline = ('%%#%s# %s %%* %%<%s %%m%%=:w sends'):format(label.group, label.title, draft.subject:gsub('%c', ' '):gsub('%%', '%%%%'))
  buffers.on_write(buffer, 'not sent', function(is_forced) M.send(buffer, is_forced) end)
  buffers.wipe_when_unloaded(buffer)
  vim.api.nvim_create_autocmd('BufWipeout', { buffer = buffer, callback = function() drafts[buffer] = nil end })
end

--- Opens a draft below the current window, or goes to the one that is open.
---@param kind string reply or note
---@param text string|nil what it begins with
function M.open(kind, text)
  local state = tickets.current()
  if not state or not state.ticket then return desk.notify('there is no ticket here', vim.log.levels.WARN) end
  local seen = tickets.last_message(state)
  local draft = {
    kind = kind, ticket = state.id, subject = state.ticket.subject, seen = seen,
    version = not seen and state.ticket.version or nil, key = desk.key(),
  }
  for buffer, other in pairs(drafts) do
    if other.kind == kind and other.ticket == draft.ticket and buffers.is_whole(buffer) then
      local window = vim.fn.win_findbuf(buffer)[1]
      if window then vim.api.nvim_set_current_win(window) else vim.cmd('botright sbuffer ' .. buffer) end
      if text then vim.api.nvim_buf_set_lines(buffer, -1, -1, false, vim.split(text, '\n', { plain = true })) end
      return buffer
    end
  end
  vim.cmd('botright 10new')
  local buffer = vim.api.nvim_get_current_buf()
  drafts[buffer] = draft
  prepare(buffer, draft)
  if text then vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(text, '\n', { plain = true })) end
  return buffer
end

return M
