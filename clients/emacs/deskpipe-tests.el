;;; deskpipe-tests.el --- Tests against a real deskpipe -*- lexical-binding: t; -*-

;; Run by: emacs -Q --batch -L . -l deskpipe-tests -f deskpipe-tests-run
;; DESKPIPE names the binary, DESKPIPE_HOME its private cluster.

(require 'ert)
(require 'deskpipe)

(setq deskpipe-command (list (getenv "DESKPIPE") "demo"))

(defun deskpipe-tests--ticket (subject)
  (deskpipe-wait "tickets.create"
                 `((subject . ,subject)
                   (customer (email . "nora@example.org") (name . "Nora Lind") (fields (plan . "basic")))
                   (message (body . "Für Größe 2 — «ok»?\nNora") (as . "customer")))))

(defun deskpipe-tests--error (method params)
  "The error object that METHOD with PARAMS fails with."
  (condition-case err (progn (deskpipe-wait method params) nil)
    (deskpipe-error (nth 2 err))))

(defun deskpipe-tests--until (condition)
  (let ((end (+ (float-time) 20)))
    (while (and (not (funcall condition)) (< (float-time) end)) (accept-process-output nil 0.05))
    (should (funcall condition))))

(ert-deftest deskpipe-lists-all-pages ()
  (let ((total (deskpipe-get (deskpipe-wait "tickets.count" '((status . "open"))) 'total)))
    (deskpipe "status:open")
    (should (= (min 50 total) (length tabulated-list-entries)))
    (while deskpipe--next (deskpipe-more))
    (should (= total (length tabulated-list-entries)))
    (goto-char (point-min))
    (should (looking-at " open "))))

(ert-deftest deskpipe-creates-answers-and-shows ()
  (let ((ticket (deskpipe-tests--ticket "Emacs meets a bell")))
    (deskpipe-wait "messages.create"
                   `((ticket_id . ,(deskpipe-get ticket 'id)) (body . "Try turning it.")
                     (seen_message_id . ,(deskpipe-get ticket 'last_message 'id))))
    (deskpipe-show (deskpipe-get ticket 'id))
    (should (string-match-p "\\`Emacs meets a bell\nopen  normal  Nora Lind\n\n-- .* (customer)\nFür Größe 2 — «ok»\\?\nNora\n\n-- .* (agent)\nTry turning it\\."
                            (buffer-string)))))

(ert-deftest deskpipe-tells-conflicts-and-errors ()
  (let* ((ticket (deskpipe-tests--ticket "Conflict"))
         (change `((id . ,(deskpipe-get ticket 'id)) (expected_version . ,(deskpipe-get ticket 'version)))))
    (deskpipe-wait "tickets.update" `((subject . "Changed") ,@change))
    (let ((err (deskpipe-tests--error "tickets.update" `((subject . "Late") ,@change))))
      (should (equal "conflict" (deskpipe-get err 'data 'kind)))
      (should (member "subject" (deskpipe-get err 'data 'details 'moved))))
    (let ((err (deskpipe-tests--error "tickets.update" `((id . ,(deskpipe-get ticket 'id)) (priority . "sideways")))))
      (should (equal "invalid_params" (deskpipe-get err 'data 'kind)))
      (should (string-suffix-p " (/priority)" (deskpipe-sentence err))))))

;; The lock that every write of a ticket takes, so that such a write waits.
(defvar deskpipe-tests--psql (car (last (file-expand-wildcards "/usr/lib/postgresql/*/bin/psql"))))
(defvar deskpipe-tests--url
  (cl-loop for line in (process-lines (getenv "DESKPIPE") "db" "start")
           when (string-prefix-p "DATABASE_OWNER_URL=" line) return (substring line 19)))

(defun deskpipe-tests--locks (ticket state)
  (string-to-number
   (car (process-lines
         deskpipe-tests--psql "-XAtq" deskpipe-tests--url "-c"
         (format "select count(*) from pg_locks where locktype = 'advisory' and %s and (classid::bigint << 32) | objid::bigint = hashtextextended('%s', 0)"
                 state ticket)))))

(defmacro deskpipe-tests--holding (ticket &rest body)
  (declare (indent 1))
  `(let ((holder (make-process :name "psql" :command (list deskpipe-tests--psql "-XAtq" deskpipe-tests--url)
                               :connection-type 'pipe)))
     (process-send-string holder (format "select pg_advisory_lock(hashtextextended('%s', 0));\n" ,ticket))
     (deskpipe-tests--until (lambda () (= 1 (deskpipe-tests--locks ,ticket "granted"))))
     (unwind-protect (progn ,@body)
       (process-send-eof holder)
       (deskpipe-tests--until (lambda () (not (process-live-p holder)))))))

(defun deskpipe-tests--elsewhere (method &rest params)
  "Somebody else's desk: another process, which this Emacs knows nothing of."
  (should (zerop (apply #'call-process (getenv "DESKPIPE") nil nil nil "call" "--demo" method params))))

(ert-deftest deskpipe-cancels-among-concurrent-calls ()
  (let ((answers 0) (ticket (deskpipe-tests--ticket "Cancel")) kind)
    (dotimes (_ 20) (deskpipe-call "tickets.list" '((limit . 5)) (lambda (err _) (unless err (cl-incf answers)))))
    (deskpipe-tests--until (lambda () (= answers 20)))
    (deskpipe-tests--holding (deskpipe-get ticket 'id)
      (let ((id (deskpipe-call "tickets.set_status" `((id . ,(deskpipe-get ticket 'id)) (status . "solved"))
                               (lambda (err _) (setq kind (if err (deskpipe-get err 'data 'kind) "answered"))))))
        (deskpipe-tests--until (lambda () (= 1 (deskpipe-tests--locks (deskpipe-get ticket 'id) "not granted"))))
        (deskpipe-cancel id)
        (deskpipe-tests--until (lambda () kind))
        (should (equal "cancelled" kind))
        (deskpipe-tests--until (lambda () (= 0 (deskpipe-tests--locks (deskpipe-get ticket 'id) "not granted"))))))
    (should (equal (deskpipe-get ticket 'version)
                   (deskpipe-get (deskpipe-wait "tickets.get" `((id . ,(deskpipe-get ticket 'id)))) 'version)))))

(ert-deftest deskpipe-follows-events-through-the-death-of-the-process ()
  (let* ((ticket (deskpipe-get (deskpipe-tests--ticket "Events") 'id))
         (params `((ticket_id . ,ticket) (types . ["message.created"])))
         bodies again
         (feed (deskpipe-follow params (lambda (event) (push (deskpipe-get event 'new_values 'body) bodies)))))
    (deskpipe-tests--until (lambda () (deskpipe-feed-handle feed)))
    (dolist (body '("1" "2" "3"))
      (deskpipe-wait "messages.create" `((ticket_id . ,ticket) (body . ,body) (is_internal . t))))
    (deskpipe-tests--until (lambda () (= 3 (length bodies))))
    (signal-process deskpipe--process 'KILL)
    (deskpipe-tests--until (lambda () (not (deskpipe--live-p))))
    (deskpipe-tests--elsewhere "messages.create" (concat "ticket_id=" ticket) "body=meanwhile" "is_internal=true")
    (deskpipe-tests--until (lambda () (= 4 (length bodies))))
    (should (equal '("1" "2" "3" "meanwhile") (reverse bodies)))
    (deskpipe-unfollow feed)
    (deskpipe-wait "messages.create" `((ticket_id . ,ticket) (body . "unheard") (is_internal . t)))
    (let ((other (deskpipe-follow `((cursor . ,(deskpipe-feed-cursor feed)) ,@params)
                                  (lambda (event) (push (deskpipe-get event 'new_values 'body) again)))))
      (deskpipe-tests--until (lambda () again))
      (should (equal '(("unheard") 4) (list again (length bodies))))
      (deskpipe-unfollow other))))

(ert-deftest deskpipe-opens-renews-and-reopens-sessions ()
  (deskpipe-stop)
  (deskpipe-tests--until (lambda () (not (deskpipe--live-p))))
  (let* ((asked 0) heard
         ;; The first expires within the notice that is asked for.
         (deskpipe-token-function
          (lambda ()
            (with-temp-buffer
              (call-process (getenv "DESKPIPE") nil t nil
                            "token" "mint" (format "--lifetime=%d" (if (= 1 (cl-incf asked)) 14 60)))
              (buffer-string))))
         (session (deskpipe-get (deskpipe-wait "session.whoami") 'session)))
    (deskpipe-tests--until (lambda () (= asked 2)))
    (should (equal session (deskpipe-get (deskpipe-wait "session.whoami") 'session)))
    (should (deskpipe-wait "system.ping"))
    (let* ((ticket (deskpipe-get (deskpipe-tests--ticket "Sessions") 'id))
           (feed (deskpipe-follow `((ticket_id . ,ticket)) (lambda (event) (push (deskpipe-get event 'type) heard)))))
      (deskpipe-tests--until (lambda () (deskpipe-feed-handle feed)))
      (deskpipe-wait "session.close")
      (should-not (equal session (deskpipe-get (deskpipe-wait "session.whoami") 'session)))
      (deskpipe-tests--elsewhere "tickets.update" (concat "id=" ticket) "subject=Changed")
      (deskpipe-tests--until (lambda () heard))
      (should (equal '("ticket.changed") heard))
      (deskpipe-unfollow feed))
    (deskpipe-stop)
    (deskpipe-tests--until (lambda () (not (deskpipe--live-p))))))

(ert-deftest deskpipe-takes-an-answer-of-more-than-five-megabytes ()
  (let* ((ticket (deskpipe-tests--ticket "Big"))
         ;; Six bytes each in JSON.
         (body (make-string 1048576 ?\1))
         (sent (deskpipe-wait "messages.create" `((ticket_id . ,(deskpipe-get ticket 'id)) (body . ,body) (as . "customer")))))
    (should (string= body (deskpipe-get (deskpipe-wait "messages.get" `((id . ,(deskpipe-get sent 'id)))) 'body)))))

(ert-deftest deskpipe-takes-numbers-of-any-size ()
  (let ((ticket (deskpipe-tests--ticket "Digits")))
    (deskpipe-tests--elsewhere "tickets.update" (concat "id=" (deskpipe-get ticket 'id))
                               "metadata={\"n\": 123456789012345678901234567890, \"none\": null, \"no\": false}")
    (should (equal '((n . 123456789012345678901234567890) (no . :false) (none))
                   (sort (deskpipe-get (deskpipe-wait "tickets.get" `((id . ,(deskpipe-get ticket 'id)))) 'metadata)
                         (lambda (one other) (string< (car one) (car other))))))))

(ert-deftest deskpipe-marks-what-is-cut-and-shows-it-whole ()
  (let ((ticket (deskpipe-get (deskpipe-tests--ticket "Long") 'id))
        (body (concat (apply #'concat (make-list 1000 "a line of the log\n")) "the end")))
    (deskpipe-wait "messages.create" `((ticket_id . ,ticket) (body . ,body) (as . "customer")))
    (deskpipe-wait "messages.create" `((ticket_id . ,ticket) (body . "Behind it") (is_internal . t)))
    (deskpipe-show ticket)
    (should-not (search-forward "the end" nil t))
    (search-forward "[cut; RET shows the whole message]")
    (goto-char (match-beginning 0))
    (execute-kbd-macro (kbd "RET"))
    (goto-char (point-min))
    (should (search-forward (concat body "\n\n-- ") nil t))
    (goto-char (point-min))
    (should-not (search-forward "[cut" nil t))))

;; As a person types it: a blank parts the words, and the last one is completed.
(ert-deftest deskpipe-asks-for-a-query-of-several-words ()
  (execute-kbd-macro (kbd "M-x deskpipe RET status:open SPC brake RET"))
  (should (equal "*desk status:open brake*" (buffer-name)))
  (execute-kbd-macro (kbd "M-x deskpipe RET st TAB o TAB SPC prio TAB h TAB SPC -is:w TAB RET"))
  (should (equal '((query . "status:open priority:high -is:waiting")) deskpipe--query)))

(ert-deftest deskpipe-keeps-the-cursor-with-its-ticket ()
  (let* ((tag (format "cursor-%d" (float-time)))
         (tickets (mapcar (lambda (name) (deskpipe-get (deskpipe-tests--ticket name) 'id)) '("Row 1" "Row 2" "Row 3"))))
    (dolist (ticket tickets) (deskpipe-wait "tickets.update" `((id . ,ticket) (tags (add . [,tag])))))
    (deskpipe (concat "tag:" tag))
    (goto-char (point-min))
    (forward-line 1)
    (deskpipe-wait "messages.create" `((ticket_id . ,(car tickets)) (body . "First now") (as . "customer")))
    (execute-kbd-macro "g")
    (should (equal (list (car tickets) (nth 1 tickets) 3)
                   (list (caar tabulated-list-entries) (tabulated-list-get-id) (line-number-at-pos))))))

(ert-deftest deskpipe-shows-lines-as-one ()
  (let ((ticket (deskpipe-wait "tickets.create"
                               '((subject . "Two\nlines ✓ 車輪")
                                 (customer (email . "two@example.org") (name . "Two\r\nNames") (fields (plan . "basic")))
                                 (message (body . "One\r\nTwo 🚲") (as . "customer"))))))
    (deskpipe (format "number:%d" (deskpipe-get ticket 'number)))
    (should (string-match-p "\\` open .* Two lines ✓ 車輪 +Two Names .*\n\\'" (buffer-string)))
    (deskpipe-show (deskpipe-get ticket 'id))
    (should (string-match-p "\\`Two lines ✓ 車輪\nopen  normal  Two Names\n\n-- .*\nOne\nTwo 🚲\n" (buffer-string)))))

(ert-deftest deskpipe-takes-back-what-is-waited-for-too-long ()
  (let ((ticket (deskpipe-tests--ticket "Late")) (deskpipe-timeout 1))
    (deskpipe-tests--holding (deskpipe-get ticket 'id)
      (should (equal "outcome_unknown"
                     (deskpipe-get (deskpipe-tests--error "tickets.set_status"
                                                          `((id . ,(deskpipe-get ticket 'id)) (status . "solved")))
                                   'data 'kind)))
      (deskpipe-tests--until (lambda () (= 0 (deskpipe-tests--locks (deskpipe-get ticket 'id) "not granted"))))
      ;; Or where a person has had enough.
      (setq deskpipe-timeout 30)
      (run-at-time 0.5 nil (lambda () (signal 'quit nil)))
      (should (condition-case nil
                  (deskpipe-wait "tickets.set_status" `((id . ,(deskpipe-get ticket 'id)) (status . "solved")))
                (quit t)))
      (deskpipe-tests--until (lambda () (= 0 (deskpipe-tests--locks (deskpipe-get ticket 'id) "not granted")))))))

(ert-deftest deskpipe-sends-an-event-again-that-a-listener-fails-at ()
  (let* ((ticket (deskpipe-get (deskpipe-tests--ticket "Failing") 'id)) (failures 2) bodies
         (feed (deskpipe-follow `((ticket_id . ,ticket) (types . ["message.created"]))
                                (lambda (event)
                                  (let ((body (deskpipe-get event 'new_values 'body)))
                                    (when (and (equal body "b") (> failures 0))
                                      (cl-decf failures)
                                      (error "The disk is full"))
                                    (push body bodies))))))
    (deskpipe-tests--until (lambda () (deskpipe-feed-handle feed)))
    (deskpipe-wait "batch.run"
                   `((calls . ,(vconcat (mapcar (lambda (body)
                                                  `((method . "messages.create")
                                                    (params (ticket_id . ,ticket) (body . ,body) (is_internal . t))))
                                                '("a" "b" "c"))))))
    (deskpipe-tests--until (lambda () (= 3 (length bodies))))
    (should (equal '(("a" "b" "c") 0) (list (reverse bodies) failures)))
    (with-current-buffer "*Messages*"
      (should (string-match-p "a listener failed at message.created: The disk is full" (buffer-string))))
    (deskpipe-unfollow feed)))

(ert-deftest deskpipe-finishes-what-is-under-way-and-starts-another ()
  (let* ((ticket (deskpipe-get (deskpipe-tests--ticket "The end") 'id)) (answers 0) heard
         (feed (deskpipe-follow `((ticket_id . ,ticket)) (lambda (event) (push (deskpipe-get event 'type) heard)))))
    (deskpipe-tests--until (lambda () (deskpipe-feed-handle feed)))
    (dotimes (_ 20) (deskpipe-call "tickets.list" '((limit . 5)) (lambda (err _) (unless err (cl-incf answers)))))
    (deskpipe-stop)
    (should (deskpipe-wait "system.ping"))
    (deskpipe-tests--until (lambda () (= answers 20)))
    ;; Feeds go on with the next process.
    (deskpipe-tests--elsewhere "tickets.update" (concat "id=" ticket) "subject=Changed")
    (deskpipe-tests--until (lambda () heard))
    (should (equal '("ticket.changed") heard))
    (deskpipe-unfollow feed)))

;; The session's answer arrives with the notice, in one piece.
(ert-deftest deskpipe-renews-a-token-that-expires-as-soon-as-its-session-is-open ()
  (deskpipe-stop)
  (deskpipe-tests--until (lambda () (not (deskpipe--live-p))))
  (let* ((asked 0)
         (deskpipe-token-function
          (lambda ()
            (car (process-lines (getenv "DESKPIPE") "token" "mint" (format "--lifetime=%d" (if (= 1 (cl-incf asked)) 14 60))))))
         (deskpipe-command
          (list "sh" "-c" (concat "first=1; \"$DESKPIPE\" demo | while IFS= read -r line; do"
                                  " if [ \"$first\" ]; then first= held=$line; continue; fi;"
                                  " printf '%s\\n' ${held:+\"$held\"} \"$line\"; held=; done"))))
    (deskpipe-wait "session.whoami")
    (deskpipe-tests--until (lambda () (= asked 2)))
    (deskpipe-stop)
    (deskpipe-tests--until (lambda () (not (deskpipe--live-p))))))

(ert-deftest deskpipe-asks-for-no-session-where-none-is-needed ()
  (deskpipe-stop)
  (let ((deskpipe-token-function (lambda () (error "Nobody is signed in"))))
    (should (deskpipe-wait "system.ping"))
    (should-error (deskpipe-wait "session.whoami")))
  (let* ((deskpipe-token-function (lambda () (car (process-lines (getenv "DESKPIPE") "token" "mint"))))
         (session (deskpipe-get (deskpipe-wait "session.whoami") 'session))
         (other (deskpipe-get (deskpipe-wait "session.open" `((token . ,(funcall deskpipe-token-function)))) 'session)))
    (should (equal "deskpipe" (deskpipe-get (deskpipe-wait "system.info") 'name)))
    (should (equal "token_refused"
                   (deskpipe-get (deskpipe-tests--error "session.open" '((token . "rubbish"))) 'data 'kind)))
    (should-not (equal session other))
    (should (equal other (deskpipe-get (deskpipe-wait "session.whoami" `((session . ,other))) 'session)))
    (deskpipe-stop)))

(ert-deftest deskpipe-tells-a-person-why ()
  (deskpipe-stop)
  (should (string-match-p "\\`deskpipe: .*did you mean status\\?"
                          (condition-case err (deskpipe "statsu:open") (user-error (cadr err)))))
  (let ((deskpipe-command (list (getenv "DESKPIPE") "serve")) (process-environment '("PATH=/usr/bin:/bin" "HOME=/")))
    (deskpipe-stop)
    (should (string-match-p "\\`database (DATABASE_URL" (deskpipe-get (deskpipe-tests--error "session.whoami" nil) 'message)))))

(ert-deftest deskpipe-tells-why-a-process-takes-no-input ()
  (deskpipe-stop)
  (let ((deskpipe-command (list (getenv "DESKPIPE") "serve")) (process-environment '("PATH=/usr/bin:/bin" "HOME=/")))
    (deskpipe--start)
    ;; Dead, and its sentinel has not run.
    (while (process-live-p deskpipe--process))
    (let ((err (should-error (deskpipe--send (deskpipe--new-id) "session.whoami" nil #'ignore) :type 'deskpipe-error)))
      (should (string-match-p "\\`database (DATABASE_URL" (deskpipe-get (nth 2 err) 'message))))
    (deskpipe-stop)))

(ert-deftest deskpipe-starts-a-lost-process-again ()
  (deskpipe-wait "system.ping")
  (signal-process deskpipe--process 'KILL)
  (deskpipe-tests--until (lambda () (not (deskpipe--live-p))))
  (deskpipe-wait "system.ping")
  (should (deskpipe--live-p)))

(ert-deftest deskpipe-tells-once-of-a-process-that-takes-no-input ()
  (deskpipe-wait "system.ping")
  (let ((process deskpipe--process) called)
    (signal-process process 'KILL)
    ;; Dead, and its sentinel has not run.
    (while (process-live-p process))
    (let ((err (should-error (deskpipe--send (deskpipe--new-id) "system.ping" nil (lambda (&rest _) (setq called t)))
                             :type 'deskpipe-error)))
      (should (equal "unavailable" (deskpipe-get (nth 2 err) 'data 'kind))))
    (deskpipe-tests--until (lambda () (not deskpipe--process)))
    (should-not called)))

(ert-deftest deskpipe-tells-of-a-program-that-does-not-run ()
  (deskpipe-stop)
  (deskpipe-tests--until (lambda () (not (deskpipe--live-p))))
  (let ((deskpipe-command '("/nowhere/deskpipe")))
    (should-error (deskpipe-wait "system.ping"))))

(defun deskpipe-tests-run ()
  (let* ((stats (ert-run-tests-batch t)) (failed (ert-stats-completed-unexpected stats)))
    (deskpipe-stop)
    (princ (format "%d passed, %d failed\n" (ert-stats-completed-expected stats) failed))
    (kill-emacs (if (zerop failed) 0 1))))

(provide 'deskpipe-tests)
;;; deskpipe-tests.el ends here
