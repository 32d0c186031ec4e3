-- Runs the plugin in this Neovim against a real deskpipe: DESKPIPE names the binary, DESKPIPE_HOME its private cluster.
-- Screens are read cell by cell, as a person sees them.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
vim.opt.runtimepath:prepend(vim.fn.fnamemodify(here, ':h'))
vim.opt.swapfile = false
vim.o.columns, vim.o.lines = 110, 40
vim.cmd('runtime plugin/deskpipe.lua')
vim.cmd('syntax on')

local passed, failed = 0, 0
local notices = {}
vim.notify = function(message) notices[#notices + 1] = message end

_G.desk_test = {}
local T = _G.desk_test

--- Waits until the condition holds, and fails when it never does.
function T.eventually(what, condition)
  if not vim.wait(20000, function() return condition() and true or false end, 20) then
    error(what .. '\nnotices: ' .. table.concat(notices, ' | ') .. '\nscreen:\n' .. T.screen(), 2)
  end
end

--- What a person sees, without blanks at the ends of lines.
function T.screen()
  vim.cmd('redraw!')
  local lines = {}
  for row = 1, vim.o.lines do
    local cells = {}
    for column = 1, vim.o.columns do cells[column] = vim.fn.screenstring(row, column) end
    lines[row] = (table.concat(cells):gsub('%s+$', ''))
  end
  return table.concat(lines, '\n')
end

function T.shows(text)
  T.eventually(('the screen shows %q'):format(text), function() return T.screen():find(text, 1, true) end)
end

function T.equal(one, other)
  if not vim.deep_equal(one, other) then
    error(('%s is not %s'):format(vim.inspect(one), vim.inspect(other)), 2)
  end
end

function T.notices()
  local found = notices
  notices = {}
  return table.concat(found, '\n')
end

--- What was said since, which stays.
function T.peek() return notices end

--- The id of the desk's process.
function T.process()
  for _, channel in ipairs(vim.api.nvim_list_chans()) do
    if channel.argv and channel.argv[2] == 'demo' then return vim.fn.jobpid(channel.id) end
  end
end

--- Holds the lock that every write of a ticket takes, so that such a write waits.
function T.hold(ticket)
  local url
  for _, line in ipairs(vim.fn.systemlist({ vim.env.DESKPIPE, 'db', 'start' })) do
    url = line:match('^DATABASE_OWNER_URL=(.*)$') or url
  end
  local programs = vim.fn.glob('/usr/lib/postgresql/*/bin/psql', false, true)
  local said = {}
  local job = vim.fn.jobstart({ programs[#programs], '-XAtq', url }, {
    on_stdout = function(_, data) vim.list_extend(said, data) end,
  })
  local function ask(query)
    said = {}
    vim.fn.chansend(job, query .. '\n\\echo .\n')
    T.eventually('psql', function() return vim.tbl_contains(said, '.') end)
    return said[1]
  end
  local key = ("hashtextextended('%s', 0)"):format(ticket)
  ask(('select pg_advisory_lock(%s);'):format(key))
  return {
    --- Until so many others wait for it.
    wait = function(count)
      T.eventually(count .. ' that wait', function()
        return ask("select count(*) from pg_locks where locktype = 'advisory' and not granted"
          .. ' and (classid::bigint << 32) | objid::bigint = ' .. key .. ';') == tostring(count)
      end)
    end,
    release = function()
      vim.fn.chanclose(job, 'stdin')
      vim.fn.jobwait({ job })
    end,
  }
end

function T.lines() return vim.api.nvim_buf_get_lines(0, 0, -1, false) end

function T.type(keys)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), 'mx', false)
end

--- A command that must fail, and what it says.
function T.refused(command)
  local ok, message = pcall(vim.cmd, command)
  if ok then error(command .. ' should have failed', 2) end
  return tostring(message)
end

function T.test(name, body)
  vim.cmd('silent! %bwipeout!')
  vim.cmd('silent! only!')
  local ok, message = xpcall(body, debug.traceback)
  if ok then passed = passed + 1 else failed = failed + 1 end
  io.stdout:write((ok and 'ok   ' or 'FAIL ') .. name .. (ok and '' or ('\n' .. message)) .. '\n')
end

require('deskpipe').setup({ cmd = { vim.env.DESKPIPE, 'demo' }, refresh = 1, limit = 25 })
for _, file in ipairs(vim.fn.sort(vim.fn.glob(here .. '/*_test.lua', false, true))) do dofile(file) end
require('deskpipe.desk').stop()
io.stdout:write(('%d passed, %d failed\n'):format(passed, failed))
vim.cmd(failed == 0 and 'qall!' or 'cquit')
