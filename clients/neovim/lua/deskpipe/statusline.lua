--- A part for the statusline: %{v:lua.require'deskpipe.statusline'()}
local live = require('deskpipe.live')

return function()
  local counts = live.counts
  if not counts.open then return '' end
  return ('desk %d open, %d mine'):format(counts.open, counts.mine or 0)
end
