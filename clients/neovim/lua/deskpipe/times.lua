--- Times as a person writes them: how long, a day, a day and an hour.
local M = {}

local units = { min = 60, h = 3600, d = 86400, w = 604800 }
local days = { 'sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday' }

--- The words that complete.
M.words = { '1h', '4h', '1d', '3d', '1w', 'tomorrow' }
for index = 2, 7 do M.words[#M.words + 1] = days[index] end
M.words[#M.words + 1] = days[1]

--- The morning of a day so many days from now.
local function morning(now, count)
  local date = os.date('*t', now)
  return os.time({ year = date.year, month = date.month, day = date.day + count, hour = 9, min = 0, sec = 0 })
end

--- Seconds since 1970 of `90min`, `2h`, `3d`, `1w`, `tomorrow`, `monday`, `2026-12-24` or `2026-12-24 15:30` on this
--- machine's clock; nil where it is none of these. A day means nine in the morning.
function M.read(text, now)
  now = now or os.time()
  local count, unit = text:match('^(%d+)(%l+)$')
  if count and units[unit] then return now + tonumber(count) * units[unit] end
  if text == 'tomorrow' then return morning(now, 1) end
  for index, day in ipairs(days) do
    if day == text then return morning(now, (index - os.date('*t', now).wday - 1) % 7 + 1) end
  end
  local year, month, day, rest = text:match('^(%d%d%d%d)-(%d%d)-(%d%d)(.*)$')
  if not year then return nil end
  local hour, minute = rest:match('^[ T](%d%d):(%d%d)$')
  if rest ~= '' and not hour then return nil end
  local wanted = { year = tonumber(year), month = tonumber(month), day = tonumber(day),
    hour = tonumber(hour or 9), min = tonumber(minute or 0), sec = 0 }
  local time = os.time(wanted)
  -- os.time takes the 31st of November for the first of December.
  local got = os.date('*t', time)
  if got.day ~= wanted.day or got.month ~= wanted.month or got.min ~= wanted.min then return nil end
  return time
end

--- The same as RFC 3339 in UTC.
function M.utc(time) return os.date('!%Y-%m-%dT%H:%M:%SZ', time) end

return M
