--- :checkhealth deskpipe
local config = require('deskpipe.config')
local desk = require('deskpipe.desk')

-- Neovim 0.10 calls these vim.health.ok, 0.8 vim.health.report_ok, 0.7 has a module of its own.
local health = vim.health or require('health')
local ok, warn, fail = health.ok or health.report_ok, health.warn or health.report_warn, health.error or health.report_error
local start = health.start or health.report_start

local M = {}

function M.check()
  start('deskpipe')
  if vim.fn.has('nvim-0.7') == 1 then ok('Neovim is new enough') else fail('Neovim 0.7 or newer is needed') end
  local program = config.values.cmd[1]
  if vim.fn.executable(program) == 0 then
    return fail(program .. ' cannot be run', { "set cmd in require('deskpipe').setup" })
  end
  ok(vim.fn.exepath(program) .. ' can be run')
  local err, info = desk.wait('system.info', {})
  if err then return fail('no answer: ' .. desk.sentence(err)) end
  ok('deskpipe ' .. info.version .. ' answers')
  local problem, me = desk.wait('session.whoami', {})
  if problem then
    return fail('no session: ' .. desk.sentence(problem), {
      "give deskpipe a token_command, or set token in require('deskpipe').setup",
    })
  end
  ok(('%s (%s) at %s'):format(me.agent.name, me.agent.role, me.organization.name))
  if config.values.refresh <= 0 then warn('refresh is 0: without events nothing is brought up to date by itself') end
end

return M
