vim9script
# Made by `deskpipe types vim`; a test compares it.

# Methods that are for anyone: a call of them names no session.
export const sessionless = [
  "session.open",
  "clerk.webhook",
  "system.ping",
  "system.info",
  "rpc.discover",
]
