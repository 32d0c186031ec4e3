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

T.test('filters are read from words', function()
  local query = require('deskpipe.commands').query
  T.equal(query({}), {})
  T.equal(query({ 'status=open,pending', 'assigned_to=me' }), { status = { 'open', 'pending' }, assigned_to = 'me' })
  T.equal(query({ 'text=front', 'rack' }), { text = 'front rack' })
  T.equal(query({ 'front', 'rack' }), { text = 'front rack' })
end)

T.test('unknown and wrong settings are refused', function()
  local config = require('deskpipe.config')
  local before = config.values
  for _, options in ipairs({ { colour = 'red' }, { cmd = 'deskpipe' }, { refresh = '1' } }) do
    T.equal(pcall(config.set, options), false)
  end
  T.equal(config.values, before)
end)
