local T = _G.desk_test
local format = require('deskpipe.format')

T.test('times are read as UTC across leap years', function()
  for text, epoch in pairs({
    ['1970-01-01T00:00:00Z'] = 0, ['2000-02-29T12:00:00.5+00:00'] = 951825600, ['2026-11-26T09:58:09Z'] = 1795687089,
    ['2100-03-01T00:00:00Z'] = 4107542400,
  }) do
    T.equal(format.epoch(text), epoch)
  end
end)

T.test('ages have one unit', function()
  for seconds, text in pairs({ [5] = 'now', [61] = '1m', [7300] = '2h', [200000] = '2d' }) do
    T.equal(format.ago('1970-01-02T00:00:00Z', 86400 + seconds), text)
  end
end)

T.test('cells have their width, whatever the letters', function()
  for _, text in ipairs({ '', 'short', 'a long subject that does not fit', '日本語の件名です', 'a\nb\tc' }) do
    T.equal(vim.fn.strdisplaywidth(format.cell(text, 12)), 12)
  end
end)

T.test('times are read as a person writes them', function()
  local times = require('deskpipe.times')
  -- A Wednesday at noon on this machine's clock.
  local now = os.time({ year = 2026, month = 11, day = 25, hour = 12 })
  local function at(month, day, hour, minute)
    return os.time({ year = 2026, month = month, day = day, hour = hour, min = minute or 0 })
  end
  for text, time in pairs({
    ['90min'] = now + 5400, ['2h'] = now + 7200, ['3d'] = now + 259200, ['1w'] = now + 604800,
    tomorrow = at(11, 26, 9), thursday = at(11, 26, 9), wednesday = at(12, 2, 9), monday = at(11, 30, 9),
    ['2026-12-24'] = at(12, 24, 9), ['2026-12-24 15:30'] = at(12, 24, 15, 30), ['2026-12-24T15:30'] = at(12, 24, 15, 30),
  }) do
    T.equal({ text, times.read(text, now) }, { text, time })
  end
  for _, text in ipairs({ '', 'soon', '2y', '3', '2026-11-31', '2026-12-24 25:00', '2026-12-24 9', 'Monday' }) do
    T.equal({ text, times.read(text, now) }, { text, nil })
  end
  T.equal(times.utc(951825600), '2000-02-29T12:00:00Z')
end)

T.test('changes are told a line each, and nothing else', function()
  local before = { status = 'open', priority = 'low', tags = { 'a' }, followers = {} }
  T.equal(format.changes(before, before), {})
  local after = { status = 'pending', priority = 'low', tags = { 'a', 'b' }, assignee = { name = 'Ana' } }
  T.equal(format.changes(before, after), { 'Status: open → pending', 'Assignee: - → Ana', 'Tags: a → a, b' })
end)

T.test('unknown and wrong settings are refused', function()
  local config = require('deskpipe.config')
  local before = config.values
  for _, options in ipairs({ { colour = 'red' }, { cmd = 'deskpipe' }, { refresh = '1' } }) do
    T.equal(pcall(config.set, options), false)
  end
  T.equal(config.values, before)
end)
