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

(provide 'deskpipe-methods)
;;; deskpipe-methods.el ends here
