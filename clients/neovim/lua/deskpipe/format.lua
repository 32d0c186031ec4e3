--- How tickets, messages and times look: pure functions from what the desk answers to lines.
local M = {}

--- Seconds since 1970 of an RFC 3339 time in UTC.
function M.epoch(text)
  local year, month, day, hour, minute, second = text:match('^(%d+)-(%d+)-(%d+)T(%d+):(%d+):(%d+)')
  if not year then return nil end
  year, month, day = tonumber(year), tonumber(month), tonumber(day)
  -- Days since 1970 in the proleptic Gregorian calendar; years begin in March, so that leap days end them.
  local shifted = month <= 2 and year - 1 or year
  local era = math.floor(shifted / 400)
  local year_of_era = shifted - era * 400
  local day_of_year = math.floor((153 * (month + (month > 2 and -3 or 9)) + 2) / 5) + day - 1
  local day_of_era = year_of_era * 365 + math.floor(year_of_era / 4) - math.floor(year_of_era / 100) + day_of_year
  return (era * 146097 + day_of_era - 719468) * 86400 + hour * 3600 + minute * 60 + second
end

--- A time in the zone of this machine.
function M.time(text)
  local epoch = M.epoch(text)
  return epoch and os.date('%Y-%m-%d %H:%M', epoch) or text
end

--- How long ago, in one unit.
function M.ago(text, now)
  local epoch = M.epoch(text)
  if not epoch then return '' end
  local seconds = math.max(0, (now or os.time()) - epoch)
  if seconds < 60 then return 'now' end
  if seconds < 3600 then return math.floor(seconds / 60) .. 'm' end
  if seconds < 86400 then return math.floor(seconds / 3600) .. 'h' end
  return math.floor(seconds / 86400) .. 'd'
end

--- One line of the text, cut or filled to that many cells.
function M.cell(text, width)
  text = text:gsub('%s+', ' ')
  if vim.fn.strdisplaywidth(text) > width then
    local count = vim.fn.strchars(text)
    while count > 0 and vim.fn.strdisplaywidth(vim.fn.strcharpart(text, 0, count)) > width - 1 do count = count - 1 end
    text = vim.fn.strcharpart(text, 0, count) .. '…'
  end
  return text .. (' '):rep(width - vim.fn.strdisplaywidth(text))
end

--- A ticket as a line of a list.
function M.row(ticket, width, now)
  local rest = math.max(20, width - 58)
  return table.concat({
    M.cell(ticket.status, 8),
    M.cell(ticket.priority, 7),
    M.cell(M.ago(ticket.last_activity_at, now), 4),
    M.cell(ticket.subject, rest),
    M.cell(ticket.customer and ticket.customer.name or '', 18),
    M.cell(ticket.assignee and ticket.assignee.name or '-', 14),
  }, ' ')
end

--- What a search found in a message, on one line below its ticket.
function M.snippet(text, width)
  local margin = (' '):rep(22)
  return margin .. M.cell(text, width - #margin)
end

--- The value of a field.
function M.value(content)
  if type(content) ~= 'table' then return tostring(content) end
  local parts = {}
  for _, part in ipairs(content) do parts[#parts + 1] = tostring(part) end
  return table.concat(parts, ', ')
end

--- What stands above a conversation: subject, state, customer, tags and fields.
function M.header(ticket, customer)
  local number = ticket.number and ('#' .. ticket.number .. '  ') or ''
  local lines = {
    number .. ticket.subject,
    ('Status: %s   Priority: %s   Assignee: %s'):format(
      ticket.status, ticket.priority, ticket.assignee and ticket.assignee.name or '-'),
    ('Customer: %s%s'):format(customer.name, customer.email and (' <' .. customer.email .. '>') or ''),
  }
  if ticket.tags and #ticket.tags > 0 then
    local names = {}
    for _, tag in ipairs(ticket.tags) do names[#names + 1] = type(tag) == 'table' and tag.name or tag end
    lines[#lines + 1] = 'Tags: ' .. table.concat(names, ', ')
  end
  if ticket.snoozed_until then lines[#lines + 1] = 'Snoozed until: ' .. M.time(ticket.snoozed_until) end
  local fields = {}
  for name, content in pairs(customer.fields or {}) do fields[#fields + 1] = ('  %s: %s'):format(name, M.value(content)) end
  table.sort(fields)
  return vim.list_extend(lines, fields)
end

local function names(items)
  local found = {}
  for _, item in ipairs(items or {}) do found[#found + 1] = type(item) == 'table' and item.name or item end
  return #found > 0 and table.concat(found, ', ') or '-'
end

--- What is different between two states of a ticket, a line each.
function M.changes(before, after)
  local parts = {
    { 'Status', before.status, after.status },
    { 'Priority', before.priority, after.priority },
    { 'Assignee', before.assignee and before.assignee.name or '-', after.assignee and after.assignee.name or '-' },
    { 'Tags', names(before.tags), names(after.tags) },
    { 'Followers', names(before.followers), names(after.followers) },
    { 'Snoozed until', before.snoozed_until and M.time(before.snoozed_until) or '-',
      after.snoozed_until and M.time(after.snoozed_until) or '-' },
  }
  local lines = {}
  for _, part in ipairs(parts) do
    if part[2] ~= part[3] then lines[#lines + 1] = ('%s: %s → %s'):format(part[1], part[2], part[3]) end
  end
  return lines
end

--- A message: its headline, then its text.
function M.message(message)
  local sender = message.sender.name or message.sender.type
  local kind = message.is_internal and 'NOTE, only agents see this' or message.sender.type
  local delivery = message.delivery_status ~= 'none' and ('  ' .. message.delivery_status) or ''
  local lines = { ('── %s  %s (%s)%s'):format(M.time(message.created_at), sender, kind, delivery) }
  local body = (message.body or ''):gsub('\r', '')
  vim.list_extend(lines, vim.split(body, '\n', { plain = true }))
  if message.truncated then lines[#lines + 1] = '[cut; the message is longer]' end
  lines[#lines + 1] = ''
  return lines
end

return M
