-- Made by `deskpipe types lua`; a test compares it.

--- Methods that are for anyone: a call of them names no session.
return {
  ["session.open"] = true,
  ["clerk.webhook"] = true,
  ["system.ping"] = true,
  ["system.info"] = true,
  ["rpc.discover"] = true,
}
