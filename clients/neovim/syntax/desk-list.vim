if exists('b:current_syntax') | finish | endif
syntax match deskTitle /\%1l.*/
syntax match deskHint /\%2l.*/
syntax match deskOpen /^open\>/
syntax match deskDone /^\(solved\|closed\)\>/
syntax match deskUrgent /\<\(urgent\|high\)\>/
syntax match deskFound /⟦[^⟧]*⟧/
highlight default link deskFound Search
highlight default link deskTitle Title
highlight default link deskHint Comment
highlight default link deskOpen Statement
highlight default link deskDone Comment
highlight default link deskUrgent WarningMsg
let b:current_syntax = 'desk-list'
