-- Made by `deskpipe types lua`; a test compares it.
return {
  --- Methods that are for anyone: a call of them names no session.
  sessionless = {
    ["session.open"] = true,
    ["clerk.webhook"] = true,
    ["system.ping"] = true,
    ["system.info"] = true,
    ["rpc.discover"] = true,
  },
  statuses = { "open", "pending", "solved", "closed", },
  priorities = { "low", "normal", "high", "urgent", },
  --- The beginnings of a query's qualifiers, and what may stand behind them; what is not here is not completed.
  qualifiers = {
    ["status:"] = { "open", "pending", "solved", "closed", },
    ["priority:"] = { "low", "normal", "high", "urgent", },
    ["assignee:"] = { "me", "none", },
    ["customer:"] = { },
    ["tag:"] = { },
    ["number:"] = { },
    ["subject:"] = { },
    ["field."] = { },
    ["created:"] = { "today", "yesterday", ">7d", ">30d", "<7d", },
    ["updated:"] = { "today", "yesterday", ">7d", ">30d", "<7d", },
    ["activity:"] = { "today", "yesterday", ">7d", ">30d", "<7d", },
    ["solved:"] = { "today", "yesterday", ">7d", ">30d", "<7d", },
    ["has:"] = { "assignee", "note", "reply", "tag", },
    ["is:"] = { "assigned", "snoozed", "unassigned", "waiting", },
  },
}
