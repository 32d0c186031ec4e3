;;; deskpipe.el --- A customer-support desk behind a pipe -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: comm, mail

;;; Commentary:

;; JSON-RPC 2.0 with one deskpipe process over a pipe, one JSON value a line, and a list of tickets.
;;
;; `deskpipe-call' sends a call and calls back, `deskpipe-wait' returns the result or signals `deskpipe-error'.
;; M-x deskpipe lists tickets.

;;; Code:

(require 'cl-lib)
(require 'deskpipe-methods)
(require 'json)
(require 'subr-x)
(require 'tabulated-list)

(defgroup deskpipe nil "A customer-support desk behind a pipe." :group 'communication)

(defcustom deskpipe-command '("deskpipe")
  "The command that starts deskpipe; over ssh: (\"ssh\" \"desk@host\")."
  :type '(repeat string))

(defcustom deskpipe-token-function nil
  "A function without arguments that returns a Clerk session token.
Nil where the process has a session of its own."
  :type '(choice (const nil) function))

(defcustom deskpipe-timeout 30
  "Seconds for which `deskpipe-wait' waits for an answer."
  :type 'number)

(defvar deskpipe-notification-functions nil
  "Functions of a method and its parameters, called for every notification.")

(define-error 'deskpipe-error "deskpipe")

(defvar deskpipe--process nil)
(defvar deskpipe--session nil)
(defvar deskpipe--last-id 0)
(defvar deskpipe--feeds nil "What `deskpipe-follow' was asked for.")
(defvar deskpipe--stopping nil "Whether the process ends because somebody wants it to.")

(cl-defstruct (deskpipe-feed (:constructor deskpipe--feed-make))
  "Events that are followed: the cursor is behind the last one."
  params listener cursor handle (pause 0.25))

(defun deskpipe--live-p () (process-live-p deskpipe--process))

(defun deskpipe-sentence (err)
  "ERR, an error object of the wire, as a sentence for a person."
  (let ((path (deskpipe-get err 'data 'path)))
    (concat (deskpipe-get err 'message) (and (stringp path) (not (string= path "")) (format " (%s)" path)))))

(defun deskpipe-get (object &rest names)
  "The value that NAMES lead to in OBJECT, nil where there is none."
  (while (and object names)
    (setq object (alist-get (pop names) object)))
  object)

(defun deskpipe--lost ()
  "Nothing is left of the process that was there."
  (setq deskpipe--process nil deskpipe--session nil)
  (unless deskpipe--stopping (deskpipe--follow-anew)))

(defun deskpipe--start ()
  ;; It is dead, and its sentinel has not run yet.
  (when deskpipe--process (deskpipe--lost))
  (let* ((words (generate-new-buffer " *deskpipe stderr*"))
         (process (make-process :name "deskpipe" :command deskpipe-command :connection-type 'pipe :noquery t
                                :coding 'utf-8-unix :stderr words
                                :filter #'deskpipe--filter :sentinel #'deskpipe--sentinel)))
    (set-process-query-on-exit-flag (get-buffer-process words) nil)
    (set-process-sentinel (get-buffer-process words) #'ignore)
    (process-put process 'words words)
    (setq deskpipe--stopping nil)
    ;; Of this process alone: its end may be noticed after the next one was started.
    (process-put process 'waiting (make-hash-table))
    (setq deskpipe--process process)))

;; Pieces of a line are gathered and joined once it is whole: a line may have megabytes.
(defun deskpipe--filter (process text)
  (let ((start 0) end)
    (while (setq end (string-search "\n" text start))
      (let ((line (apply #'concat (nreverse (cons (substring text start end) (process-get process 'pieces))))))
        (process-put process 'pieces nil)
        (setq start (1+ end))
        (unless (string= line "") (with-demoted-errors "deskpipe: %S" (deskpipe--receive process line)))))
    (when (< start (length text))
      (process-put process 'pieces (cons (substring text start) (process-get process 'pieces))))))

(defun deskpipe--parse (line)
  (condition-case nil
      (json-parse-string line :object-type 'alist :array-type 'list :null-object nil :false-object :false)
    ;; It takes no integer of more than 64 bits; the one in Lisp, which is slow, does.
    (json-parse-error
     (let ((json-object-type 'alist) (json-array-type 'list) (json-null nil) (json-false :false))
       (json-read-from-string line)))))

(defun deskpipe--receive (process line)
  (let* ((waiting (process-get process 'waiting))
         (answer (deskpipe--parse line))
         (method (alist-get 'method answer))
         (id (alist-get 'id answer)))
    (if method
        (let ((params (alist-get 'params answer)))
          (when (and (string= method "session.expiring") (equal (alist-get 'session params) deskpipe--session))
            (deskpipe--refresh))
          (when (string-prefix-p "events." method) (deskpipe--happened method params))
          (run-hook-with-args 'deskpipe-notification-functions method params))
      (when-let ((callback (gethash id waiting)))
        (remhash id waiting)
        (funcall callback (alist-get 'error answer) (alist-get 'result answer))))))

(defun deskpipe--sentinel (process _event)
  (unless (process-live-p process)
    (when (eq process deskpipe--process) (deskpipe--lost))
    (kill-buffer (process-get process 'words))
    (let ((callbacks (hash-table-values (process-get process 'waiting))))
      (clrhash (process-get process 'waiting))
      (dolist (callback callbacks)
        (funcall callback '((message . "deskpipe ended before it answered") (data (kind . "outcome_unknown"))) nil)))))

(defun deskpipe--send (method params callback)
  (let ((id (cl-incf deskpipe--last-id)))
    (puthash id callback (process-get deskpipe--process 'waiting))
    (process-send-string
     deskpipe--process
     (concat (json-serialize `((jsonrpc . "2.0") (id . ,id) (method . ,method)
                               (params . ,(or params (make-hash-table))))
                             :null-object nil :false-object :false)
             "\n"))
    id))

(defun deskpipe--refresh ()
  (deskpipe--send "session.refresh"
                  `((session . ,deskpipe--session) (token . ,(funcall deskpipe-token-function)))
                  (lambda (err _result) (when err (message "deskpipe: %s" (deskpipe-sentence err))))))

(defun deskpipe--over-p (err)
  "Whether the session is of no use any more: it expired unnoticed, as on a machine that slept."
  (member (deskpipe-get err 'data 'kind) '("session_expired" "session_unknown")))

(defun deskpipe--reopen (old then)
  "Open a session in place of OLD where no other call has, and call THEN with an error or nil."
  (if (not (equal deskpipe--session old)) (funcall then nil)
    (deskpipe--send "session.open" `((token . ,(funcall deskpipe-token-function)) (notify_before . 15))
                    (lambda (err result)
                      (when (and (not err) (equal deskpipe--session old))
                        (setq deskpipe--session (alist-get 'session result))
                        ;; Subscriptions belong to a session.
                        (deskpipe--follow-anew))
                      (funcall then err)))))

(defun deskpipe--ask (method params callback &optional second)
  (let ((used (unless (member method deskpipe-methods-sessionless) deskpipe--session)))
    (deskpipe--send method (if used (cons (cons 'session used) params) params)
                    (lambda (err result)
                      (if (or second (not used) (not (deskpipe--over-p err))) (funcall callback err result)
                        (deskpipe--reopen used (lambda (problem)
                                                 (if problem (funcall callback problem nil)
                                                   (deskpipe--ask method params callback t)))))))))

(defun deskpipe--await (begin)
  "Wait for what BEGIN, a function of a callback, that answers a call's id, leads to."
  (let* (done err result (end (+ (float-time) deskpipe-timeout))
         (id (funcall begin (lambda (e r) (setq done t err e result r)))))
    (while (and (not done) (< (float-time) end)) (accept-process-output deskpipe--process 0.1))
    (unless done
      (deskpipe-cancel id)
      (setq err '((message . "no answer in time") (data (kind . "outcome_unknown")))))
    (when err (signal 'deskpipe-error (list (deskpipe-sentence err) err)))
    result))

(defun deskpipe--ensure ()
  (unless (deskpipe--live-p) (deskpipe--start))
  (when (and deskpipe-token-function (not deskpipe--session))
    (setq deskpipe--session
          (let ((params `((token . ,(funcall deskpipe-token-function)) (notify_before . 15))))
            (deskpipe-get (deskpipe--await (lambda (done) (deskpipe--send "session.open" params done))) 'session)))))

;;;###autoload
(defun deskpipe-call (method params callback)
  "Send a call of METHOD with PARAMS, an alist.
CALLBACK gets an error object or nil, and the result.
Objects are alists, arrays in PARAMS are vectors, true is t, false is :false.
Returns the id for `deskpipe-cancel'."
  (deskpipe--ensure)
  (deskpipe--ask method params callback))

;;;###autoload
(defun deskpipe-wait (method &optional params)
  "The result of METHOD with PARAMS.
Signals `deskpipe-error' with a sentence and the error object."
  (deskpipe--ensure)
  (deskpipe--await (lambda (done) (deskpipe--ask method params done))))

(defun deskpipe-cancel (id)
  "Take back the call with that ID.
It is answered all the same, as cancelled or with what it came to."
  (when (deskpipe--live-p)
    (process-send-string
     deskpipe--process
     (concat (json-serialize `((jsonrpc . "2.0") (method . "$/cancelRequest") (params (id . ,id)))) "\n"))))

(defun deskpipe-stop ()
  "End the process as the end of its input does: what is under way finishes."
  (interactive)
  (setq deskpipe--stopping t)
  (when (deskpipe--live-p) (process-send-eof deskpipe--process)))

;;; Events

;;;###autoload
(defun deskpipe-follow (params listener)
  "Call LISTENER with each event from now on, or behind the cursor in PARAMS.
Each comes once and in order, also through the death of the process.
PARAMS, an alist, may have types, ticket_id and cursor.
Returns what `deskpipe-unfollow' takes."
  (let ((feed (deskpipe--feed-make :params (assq-delete-all 'cursor (copy-alist params)) :listener listener
                                   :cursor (alist-get 'cursor params))))
    (push feed deskpipe--feeds)
    (deskpipe--subscribe feed)
    feed))

(defun deskpipe-unfollow (feed)
  "Hear no more of FEED."
  (setq deskpipe--feeds (delq feed deskpipe--feeds))
  (when (and (deskpipe-feed-handle feed) (deskpipe--live-p))
    (deskpipe-call "events.unsubscribe" `((subscription . ,(deskpipe-feed-handle feed))) #'ignore)))

(defun deskpipe--subscribe (feed)
  (let ((cursor (deskpipe-feed-cursor feed)))
    (deskpipe-call "events.subscribe" (append (and cursor `((cursor . ,cursor))) (deskpipe-feed-params feed))
                   (lambda (err answer)
                     (cond ((not err)
                            (setf (deskpipe-feed-handle feed) (alist-get 'subscription answer)
                                  (deskpipe-feed-cursor feed) (or cursor (alist-get 'cursor answer))
                                  (deskpipe-feed-pause feed) 0.25))
                           ((eq t (deskpipe-get err 'data 'retryable)) (deskpipe--retry feed))
                           ((not (equal "outcome_unknown" (deskpipe-get err 'data 'kind)))
                            (message "deskpipe: %s" (deskpipe-sentence err))))))))

;; Later each time, up to half a minute; where the process cannot be started, that is the end.
(defun deskpipe--retry (feed)
  (run-at-time (deskpipe-feed-pause feed) nil
               (lambda ()
                 (when (and (memq feed deskpipe--feeds) (not (deskpipe-feed-handle feed))) (deskpipe--subscribe feed))))
  (setf (deskpipe-feed-pause feed) (min 30 (* 2 (deskpipe-feed-pause feed)))))

(defun deskpipe--follow-anew ()
  "Nobody tells the feeds of events any more."
  (dolist (feed deskpipe--feeds)
    (when (deskpipe-feed-handle feed)
      (setf (deskpipe-feed-handle feed) nil)
      (deskpipe--retry feed))))

(defun deskpipe--happened (method params)
  (dolist (feed deskpipe--feeds)
    (when (equal (deskpipe-feed-handle feed) (alist-get 'subscription params))
      (setf (deskpipe-feed-cursor feed) (alist-get 'cursor params))
      (mapc (deskpipe-feed-listener feed) (alist-get 'items params))
      (when (string= method "events.lagging")
        (setf (deskpipe-feed-handle feed) nil)
        (deskpipe--subscribe feed)))))

;;; A list of tickets

(defvar-local deskpipe--query nil)
(defvar-local deskpipe--next nil)

(defvar deskpipe-list-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "RET") #'deskpipe-show)
    (define-key map (kbd "m") #'deskpipe-more)
    map))

(define-derived-mode deskpipe-list-mode tabulated-list-mode "Desk"
  "Tickets, a line each."
  (setq tabulated-list-format [("Status" 8 t) ("Priority" 8 t) ("Subject" 50 t) ("Customer" 20 t) ("Assignee" 0 t)])
  (setq tabulated-list-padding 1)
  (add-hook 'tabulated-list-revert-hook #'deskpipe--reread nil t)
  (tabulated-list-init-header))

(defun deskpipe--row (ticket)
  (list (deskpipe-get ticket 'id)
        (vector (deskpipe-get ticket 'status) (deskpipe-get ticket 'priority) (deskpipe-get ticket 'subject)
                (deskpipe-get ticket 'customer 'name) (or (deskpipe-get ticket 'assignee 'name) "-"))))

(defun deskpipe--page (cursor)
  (let ((page (deskpipe-wait "tickets.list" `((limit . 50) ,@(and cursor `((cursor . ,cursor))) ,@deskpipe--query))))
    (setq deskpipe--next (deskpipe-get page 'next_cursor))
    (mapcar #'deskpipe--row (deskpipe-get page 'items))))

(defun deskpipe--reread () (setq tabulated-list-entries (deskpipe--page nil)))

(defun deskpipe-more ()
  "Show the next page of this list."
  (interactive)
  (if (not deskpipe--next) (message "That is all.")
    (setq tabulated-list-entries (append tabulated-list-entries (deskpipe--page deskpipe--next)))
    (tabulated-list-print t)))

;;;###autoload
(defun deskpipe (&optional query)
  "List the tickets that QUERY (protocol/search.md) finds; all where it is empty."
  (interactive (list (completing-read "Query (all if empty): " '("status:open" "status:pending" "assignee:me" "is:waiting"))))
  (let ((params (and query (not (string= query "")) `((query . ,query)))))
    (pop-to-buffer-same-window (get-buffer-create (format "*desk %s*" (or (cdar params) "tickets"))))
    (deskpipe-list-mode)
    (setq deskpipe--query params)
    (deskpipe--reread)
    (tabulated-list-print)))

(defun deskpipe--messages (ticket)
  (let (items cursor (first t))
    (while (or first cursor)
      (let ((page (deskpipe-wait "messages.list"
                                 `((ticket_id . ,ticket) (limit . 100) ,@(and cursor `((cursor . ,cursor)))))))
        (setq first nil items (append items (deskpipe-get page 'items)) cursor (deskpipe-get page 'next_cursor))))
    items))

(defun deskpipe-show (id)
  "Show the conversation of the ticket with that ID, by default the one at point."
  (interactive (list (or (tabulated-list-get-id) (user-error "There is no ticket here"))))
  (let ((ticket (deskpipe-wait "tickets.get" `((id . ,id)))) (messages (deskpipe--messages id)))
    (pop-to-buffer-same-window (get-buffer-create (format "*desk ticket %s*" id)))
    (let ((inhibit-read-only t))
      (erase-buffer)
      (insert (deskpipe-get ticket 'subject) "\n"
              (format "%s  %s  %s\n\n" (deskpipe-get ticket 'status) (deskpipe-get ticket 'priority)
                      (deskpipe-get ticket 'customer 'name)))
      (dolist (message messages)
        (insert (format "-- %s %s (%s)\n" (deskpipe-get message 'created_at)
                        (or (deskpipe-get message 'sender 'name) "desk")
                        (if (eq (deskpipe-get message 'is_internal) t) "note" (deskpipe-get message 'sender 'type)))
                (string-replace "\r" "" (deskpipe-get message 'body)) "\n\n")))
    (goto-char (point-min))
    (special-mode)))

(provide 'deskpipe)
;;; deskpipe.el ends here
