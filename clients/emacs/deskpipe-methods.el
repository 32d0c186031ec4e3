;;; deskpipe-methods.el --- Methods of deskpipe -*- lexical-binding: t; -*-

;;; Commentary:

;; Made by `deskpipe types elisp'; a test compares it.

;;; Code:

(defconst deskpipe-methods-sessionless
  '("session.open"
    "clerk.webhook"
    "system.ping"
    "system.info"
    "rpc.discover")
  "Methods that are for anyone: a call of them names no session.")

(defconst deskpipe-methods-queries
  '("status:"
    "status:open"
    "status:pending"
    "status:solved"
    "status:closed"
    "priority:"
    "priority:low"
    "priority:normal"
    "priority:high"
    "priority:urgent"
    "assignee:"
    "assignee:me"
    "assignee:none"
    "customer:"
    "tag:"
    "number:"
    "subject:"
    "field."
    "created:"
    "created:today"
    "created:yesterday"
    "created:>7d"
    "created:>30d"
    "created:<7d"
    "updated:"
    "updated:today"
    "updated:yesterday"
    "updated:>7d"
    "updated:>30d"
    "updated:<7d"
    "activity:"
    "activity:today"
    "activity:yesterday"
    "activity:>7d"
    "activity:>30d"
    "activity:<7d"
    "solved:"
    "solved:today"
    "solved:yesterday"
    "solved:>7d"
    "solved:>30d"
    "solved:<7d"
    "has:"
    "has:assignee"
    "has:note"
    "has:reply"
    "has:tag"
    "is:"
    "is:assigned"
    "is:snoozed"
    "is:unassigned"
    "is:waiting")
  "What a part of a query may be.")

(provide 'deskpipe-methods)
;;; deskpipe-methods.el ends here
