if exists('b:current_syntax') | finish | endif
syntax match deskSubject /\%1l.*/
syntax match deskLabel /^\(Status\|Customer\|Tags\|Snoozed until\):/
syntax match deskMessage /^── .*$/
syntax match deskNoteLine /^── .*(NOTE, only agents see this).*$/
highlight default link deskSubject Title
highlight default link deskLabel Identifier
highlight default link deskMessage Statement
highlight default link deskNoteLine WarningMsg
let b:current_syntax = 'desk-ticket'
