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
    (deskpipe "open")
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

(ert-deftest deskpipe-cancels-among-concurrent-calls ()
  (let ((answers 0) kind)
    (dotimes (_ 20) (deskpipe-call "tickets.list" '((limit . 5)) (lambda (err _) (unless err (cl-incf answers)))))
    (deskpipe-cancel (deskpipe-call "tickets.count" '((text . "the"))
                                    (lambda (err _) (setq kind (if err (deskpipe-get err 'data 'kind) "answered")))))
    (deskpipe-tests--until (lambda () (and kind (= answers 20))))
    (should (member kind '("cancelled" "answered")))))

(ert-deftest deskpipe-takes-an-answer-of-megabytes ()
  (let* ((ticket (deskpipe-tests--ticket "Big"))
         (body (apply #'concat (make-list 1000 (concat (make-string 999 ?x) "\n"))))
         (sent (deskpipe-wait "messages.create" `((ticket_id . ,(deskpipe-get ticket 'id)) (body . ,body) (as . "customer")))))
    (should (equal body (deskpipe-get (deskpipe-wait "messages.get" `((id . ,(deskpipe-get sent 'id)))) 'body)))))

(ert-deftest deskpipe-starts-a-lost-process-again ()
  (deskpipe-wait "system.ping")
  (signal-process deskpipe--process 'KILL)
  (deskpipe-tests--until (lambda () (not (deskpipe--live-p))))
  (deskpipe-wait "system.ping")
  (should (deskpipe--live-p)))

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
