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

(defvar deskpipe--process nil "The process that calls go to.
One that was told to end finishes what is under way beside the next one.")
(defvar deskpipe--session nil)
(defvar deskpipe--last-id 0)
(defvar deskpipe--feeds nil "What `deskpipe-follow' was asked for.")

(cl-defstruct (deskpipe-feed (:constructor deskpipe--feed-make))
  "Events that are followed: the cursor is behind the last one that was taken."
  params listener cursor handle asking failing (pause 0.25))

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
  (deskpipe--follow-anew))

(defun deskpipe--start ()
  ;; It is dead, and its sentinel has not run yet.
  (when deskpipe--process (deskpipe--lost))
  (let* ((words (generate-new-buffer " *deskpipe stderr*"))
         ;; That of the current buffer may be on another machine, or gone.
         (default-directory (expand-file-name "~/"))
         (process (make-process :name "deskpipe" :command deskpipe-command :connection-type 'pipe :noquery t
                                :coding 'utf-8-unix :stderr words
                                :filter #'deskpipe--filter :sentinel #'deskpipe--sentinel)))
    (set-process-query-on-exit-flag (get-buffer-process words) nil)
    (set-process-sentinel (get-buffer-process words) #'ignore)
    (process-put process 'words words)
    ;; Of this process alone: its end may be noticed after the next one was started.
    (process-put process 'waiting (make-hash-table))
    (setq deskpipe--process process)
    ;; Those of a process that was told to end.
    (mapc #'deskpipe--retry deskpipe--feeds)))

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
        (when (eq process deskpipe--process) (deskpipe--hear method (alist-get 'params answer)))
      (when-let ((callback (gethash id waiting)))
        (remhash id waiting)
        (funcall callback (alist-get 'error answer) (alist-get 'result answer))))))

(defun deskpipe--hear (method params)
  (when (and (string= method "session.expiring") (equal (alist-get 'session params) deskpipe--session))
    (deskpipe--refresh))
  (when (string-prefix-p "events." method) (deskpipe--happened method params))
  (run-hook-with-args 'deskpipe-notification-functions method params))

(defun deskpipe--last-words (process)
  "Why PROCESS has ended, as it says itself, or nil."
  (unless (zerop (process-exit-status process))
    (let ((words (process-get process 'words)))
      ;; They may come after the end; the sentinel, which may run meanwhile, keeps them.
      (when-let ((stderr (get-buffer-process words))) (accept-process-output stderr 0.5 nil t))
      (when-let ((line (and (buffer-live-p words)
                            (car (last (split-string (with-current-buffer words (buffer-string)) "\n" t))))))
        (process-put process 'last-words (string-remove-prefix "deskpipe: " line)))
      (process-get process 'last-words))))

(defun deskpipe--sentinel (process _event)
  (unless (process-live-p process)
    (when (eq process deskpipe--process) (deskpipe--lost))
    (let ((callbacks (hash-table-values (process-get process 'waiting)))
          (err `((message . ,(or (deskpipe--last-words process) "deskpipe ended before it answered"))
                 (data (kind . "outcome_unknown")))))
      (kill-buffer (process-get process 'words))
      (clrhash (process-get process 'waiting))
      (dolist (callback callbacks) (funcall callback err nil)))))

(defun deskpipe--new-id () (cl-incf deskpipe--last-id))

(defun deskpipe--write (message)
  (process-send-string
   deskpipe--process
   (concat (json-serialize (cons '(jsonrpc . "2.0") message) :null-object nil :false-object :false) "\n")))

(defun deskpipe--send (id method params callback)
  "Send a call; CALLBACK is called once, or `deskpipe-error' signalled.
That is where the process takes no input any more: nothing was done then."
  (let* ((process deskpipe--process)
         (waiting (process-get process 'waiting)))
    (puthash id callback waiting)
    (condition-case problem
        (deskpipe--write `((id . ,id) (method . ,method) (params . ,(or params (make-hash-table)))))
      (error
       ;; Where its end was noticed meanwhile, the callback has been told.
       (when (gethash id waiting)
         (remhash id waiting)
         (let ((err `((message . ,(or (deskpipe--last-words process) (error-message-string problem)))
                      (data (kind . "unavailable") (retryable . t)))))
           (signal 'deskpipe-error (list (deskpipe-sentence err) err))))))
    id))

(defun deskpipe--token ()
  "A token from the user's function; what a program printed ends with a line feed."
  (let ((token (funcall deskpipe-token-function))) (if (stringp token) (string-trim token) token)))

(defun deskpipe--refresh ()
  (deskpipe--send (deskpipe--new-id) "session.refresh"
                  `((session . ,deskpipe--session) (token . ,(deskpipe--token)))
                  (lambda (err _result) (when err (message "deskpipe: %s" (deskpipe-sentence err))))))

(defun deskpipe--for-session-p (method params)
  "Whether a call of METHOD names a session that PARAMS do not bring."
  (not (or (member method deskpipe-methods-sessionless) (assq 'session params) (assq 'token params))))

(defun deskpipe--over-p (err)
  "Whether ERR says that the session is of no use any more.
It may have expired unnoticed, as on a machine that slept."
  (member (deskpipe-get err 'data 'kind) '("session_expired" "session_unknown")))

(defun deskpipe--reopen (old then)
  "Open a session in place of OLD where no other call has.
THEN gets an error or nil."
  (if (not (equal deskpipe--session old)) (funcall then nil)
    (condition-case problem
        (deskpipe--send (deskpipe--new-id) "session.open"
                        `((token . ,(deskpipe--token)) (notify_before . 15))
                        (lambda (err result)
                          (when (and (not err) (equal deskpipe--session old))
                            (setq deskpipe--session (alist-get 'session result))
                            ;; Subscriptions belong to a session.
                            (deskpipe--follow-anew))
                          (funcall then err)))
      (error (funcall then `((message . ,(error-message-string problem)) (data (kind . "unauthenticated"))))))))

;; A call that is sent again, since its session was over, keeps its id: who has it can still take the call back.
(defun deskpipe--ask (id method params callback &optional second)
  (let ((used (and (deskpipe--for-session-p method params) deskpipe--session)))
    (deskpipe--send id method (if used (cons (cons 'session used) params) params)
                    (lambda (err result)
                      (if (or second (not used) (not (deskpipe--over-p err)) (not (deskpipe--live-p)))
                          (funcall callback err result)
                        (deskpipe--reopen used (lambda (problem)
                                                 (if problem (funcall callback problem nil)
                                                   (deskpipe--ask id method params callback t)))))))))

(defun deskpipe--await (begin)
  "Wait for what BEGIN, a function of an id and a callback, leads to.
The call is taken back where its answer comes too late, or at \\[keyboard-quit]."
  (let* (done err result (id (deskpipe--new-id)) (end (+ (float-time) deskpipe-timeout)))
    (unwind-protect
        (progn
          (funcall begin id (lambda (e r) (setq done t err e result r)))
          ;; Of any process: while Emacs waits for one alone, it does not tell of that one's end.
          (while (and (not done) (< (float-time) end)) (accept-process-output nil 0.1)))
      (unless done (deskpipe-cancel id)))
    (unless done (setq err '((message . "no answer in time") (data (kind . "outcome_unknown")))))
    (when err (signal 'deskpipe-error (list (deskpipe-sentence err) err)))
    result))

(defun deskpipe--ensure (method params)
  (unless (deskpipe--live-p) (deskpipe--start))
  (when (and deskpipe-token-function (not deskpipe--session) (deskpipe--for-session-p method params))
    (let ((members `((token . ,(deskpipe--token)) (notify_before . 15))))
      (deskpipe--await
       (lambda (id done)
         (deskpipe--send id "session.open" members
                         (lambda (err result)
                           ;; At once: the notice that it expires may come right behind.
                           (unless err (setq deskpipe--session (deskpipe-get result 'session)))
                           (funcall done err result))))))))

;;;###autoload
(defun deskpipe-call (method params callback)
  "Send a call of METHOD with PARAMS, an alist.
CALLBACK gets an error object or nil, and the result.
Objects are alists, arrays in PARAMS are vectors, true is t, false is :false.
Returns the id for `deskpipe-cancel'."
  (deskpipe--ensure method params)
  (deskpipe--ask (deskpipe--new-id) method params callback))

;;;###autoload
(defun deskpipe-wait (method &optional params)
  "The result of METHOD with PARAMS.
Signals `deskpipe-error' with a sentence and the error object."
  (deskpipe--ensure method params)
  (deskpipe--await (lambda (id done) (deskpipe--ask id method params done))))

(defun deskpipe-cancel (id)
  "Take back the call with that ID.
It is answered all the same, as cancelled or with what it came to."
  (when (deskpipe--live-p)
    (deskpipe--write `((method . "$/cancelRequest") (params (id . ,id))))))

(defun deskpipe-stop ()
  "End the process as the end of its input does: what is under way finishes.
The next call starts another."
  (interactive)
  (let ((process deskpipe--process))
    (setq deskpipe--process nil deskpipe--session nil)
    (dolist (feed deskpipe--feeds) (setf (deskpipe-feed-handle feed) nil))
    (when (process-live-p process) (process-send-eof process))))

;;; Events

;;;###autoload
(defun deskpipe-follow (params listener)
  "Call LISTENER with each event from now on, or behind the cursor in PARAMS.
They come in order, also through the death of the process, and each once;
but one that LISTENER fails at comes again, later each time, and the others
wait for it.
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
  (deskpipe--unsubscribe feed))

(defun deskpipe--unsubscribe (feed)
  (let ((handle (deskpipe-feed-handle feed)))
    (setf (deskpipe-feed-handle feed) nil)
    (when (and handle (deskpipe--live-p))
      (deskpipe-call "events.unsubscribe" `((subscription . ,handle)) #'ignore))))

(defun deskpipe--subscribe (feed)
  (unless (or (deskpipe-feed-asking feed) (deskpipe-feed-handle feed))
    (let ((cursor (deskpipe-feed-cursor feed)) sent)
      (setf (deskpipe-feed-asking feed) t)
      (unwind-protect
          (progn
            (deskpipe-call "events.subscribe" (append (and cursor `((cursor . ,cursor))) (deskpipe-feed-params feed))
                           (lambda (err answer) (deskpipe--subscribed feed err answer)))
            (setq sent t))
        (unless sent (setf (deskpipe-feed-asking feed) nil))))))

(defun deskpipe--subscribed (feed err answer)
  (setf (deskpipe-feed-asking feed) nil)
  (cond ((not err)
         (setf (deskpipe-feed-handle feed) (alist-get 'subscription answer)
               (deskpipe-feed-cursor feed) (or (deskpipe-feed-cursor feed) (alist-get 'cursor answer)))
         (unless (deskpipe-feed-failing feed) (setf (deskpipe-feed-pause feed) 0.25))
         (unless (memq feed deskpipe--feeds) (deskpipe--unsubscribe feed)))
        ((or (eq t (deskpipe-get err 'data 'retryable))
             ;; Where it never was subscribed, a process that ends before it answers will not do better by itself.
             (and (deskpipe-feed-cursor feed) (equal "outcome_unknown" (deskpipe-get err 'data 'kind))))
         (deskpipe--retry feed))
        (t (message "deskpipe: %s" (deskpipe-sentence err)))))

;; Later each time, up to half a minute; where the process cannot be started, or no session opened, that is the end.
(defun deskpipe--retry (feed)
  (run-at-time (deskpipe-feed-pause feed) nil
               (lambda ()
                 (when (memq feed deskpipe--feeds)
                   (condition-case err (deskpipe--subscribe feed)
                     (error (if (eq t (deskpipe-get (nth 2 err) 'data 'retryable)) (deskpipe--retry feed)
                              (message "deskpipe: %s" (error-message-string err))))))))
  (setf (deskpipe-feed-pause feed) (min 30 (* 2 (deskpipe-feed-pause feed)))))

(defun deskpipe--follow-anew ()
  "Nobody tells the feeds of events any more."
  (dolist (feed deskpipe--feeds)
    (when (deskpipe-feed-handle feed)
      (setf (deskpipe-feed-handle feed) nil)
      (deskpipe--retry feed))))

(defun deskpipe--happened (method params)
  (dolist (feed deskpipe--feeds)
    (when (and (equal (deskpipe-feed-handle feed) (alist-get 'subscription params))
               (cl-every (lambda (event) (deskpipe--take feed event)) (alist-get 'items params)))
      (setf (deskpipe-feed-cursor feed) (alist-get 'cursor params))
      (when (string= method "events.lagging")
        (setf (deskpipe-feed-handle feed) nil)
        (deskpipe--subscribe feed)))))

(defun deskpipe--take (feed event)
  "Whether FEED has taken EVENT, and wants more: its cursor is behind it then."
  (condition-case err
      (progn
        (funcall (deskpipe-feed-listener feed) event)
        (setf (deskpipe-feed-failing feed) nil
              (deskpipe-feed-cursor feed) (deskpipe-get event 'id))
        ;; It may have had enough.
        (deskpipe-feed-handle feed))
    (error
     (message "deskpipe: a listener failed at %s: %s" (deskpipe-get event 'type) (error-message-string err))
     (setf (deskpipe-feed-failing feed) t)
     (deskpipe--unsubscribe feed)
     (deskpipe--retry feed)
     nil)))

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

(defun deskpipe--line (text)
  "TEXT on one line: subjects and names may be of more."
  (replace-regexp-in-string "[\r\n]+" " " text))

(defmacro deskpipe--telling (&rest body)
  "Run BODY for a person: what the desk refuses is a sentence, not a fault of Lisp."
  (declare (indent 0))
  `(condition-case err (progn ,@body)
     (deskpipe-error (user-error "deskpipe: %s" (cadr err)))))

(defun deskpipe--row (ticket)
  (list (deskpipe-get ticket 'id)
        (vector (deskpipe-get ticket 'status) (deskpipe-get ticket 'priority)
                (deskpipe--line (deskpipe-get ticket 'subject))
                (deskpipe--line (deskpipe-get ticket 'customer 'name))
                (deskpipe--line (or (deskpipe-get ticket 'assignee 'name) "-")))))

(defun deskpipe--page (cursor)
  (let ((page (deskpipe--telling
                (deskpipe-wait "tickets.list" `((limit . 50) ,@(and cursor `((cursor . ,cursor))) ,@deskpipe--query)))))
    (setq deskpipe--next (deskpipe-get page 'next_cursor))
    (mapcar #'deskpipe--row (deskpipe-get page 'items))))

(defun deskpipe--complete-query (text predicate action)
  "Complete the last word of TEXT, a query, behind a minus sign as well.
PREDICATE and ACTION are as in programmed completion."
  (let ((start (progn (string-match "\\(?:\\`\\| \\)-?\\([^ ]*\\)\\'" text) (match-beginning 1))))
    (if (eq (car-safe action) 'boundaries)
        `(boundaries ,start . ,(string-match " \\|\\'" (cdr action)))
      (let ((found (complete-with-action action deskpipe-methods-queries (substring text start) predicate)))
        (if (stringp found) (concat (substring text 0 start) found) found)))))

(defun deskpipe--read-query ()
  "Ask for a query, in which SPC parts words."
  (let ((minibuffer-local-completion-map
         (make-composed-keymap (let ((map (make-sparse-keymap))) (define-key map " " #'self-insert-command) map)
                               minibuffer-local-completion-map)))
    (completing-read "Query (all if empty): " #'deskpipe--complete-query)))

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
  (interactive (list (deskpipe--read-query)))
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

(defun deskpipe--insert-body (message)
  "Insert the text of MESSAGE, with a button for the whole of one that is cut."
  (let ((start (point-marker)))
    (insert (string-replace "\r" "" (deskpipe-get message 'body)))
    (when (eq (deskpipe-get message 'truncated) t)
      (insert "\n")
      (insert-text-button "[cut; RET shows the whole message]"
                          'action (lambda (button) (deskpipe--show-whole message start (button-end button)))))))

(defun deskpipe--show-whole (message start end)
  "Put the whole text of MESSAGE in place of what is from START to END."
  (let ((whole (deskpipe--telling (deskpipe-wait "messages.get" `((id . ,(deskpipe-get message 'id))))))
        (inhibit-read-only t))
    (delete-region start end)
    (goto-char start)
    (deskpipe--insert-body whole)))

(defun deskpipe-show (id)
  "Show the conversation of the ticket with that ID, by default the one at point."
  (interactive (list (or (tabulated-list-get-id) (user-error "There is no ticket here"))))
  (deskpipe--telling
    (let ((ticket (deskpipe-wait "tickets.get" `((id . ,id)))) (messages (deskpipe--messages id)))
      (pop-to-buffer-same-window (get-buffer-create (format "*desk ticket %s*" id)))
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert (deskpipe--line (deskpipe-get ticket 'subject)) "\n"
                (format "%s  %s  %s\n\n" (deskpipe-get ticket 'status) (deskpipe-get ticket 'priority)
                        (deskpipe--line (deskpipe-get ticket 'customer 'name))))
        (dolist (message messages)
          (insert (format "-- %s %s (%s)\n" (deskpipe-get message 'created_at)
                          (deskpipe--line (or (deskpipe-get message 'sender 'name) "desk"))
                          (if (eq (deskpipe-get message 'is_internal) t) "note" (deskpipe-get message 'sender 'type))))
          (deskpipe--insert-body message)
          (insert "\n\n")))
      (goto-char (point-min))
      (special-mode)
      (setq-local revert-buffer-function (lambda (&rest _) (deskpipe-show id))))))

(provide 'deskpipe)
;;; deskpipe.el ends here
