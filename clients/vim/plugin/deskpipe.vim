vim9script
if !has('channel') || !has('job') || exists('g:loaded_deskpipe')
  finish
endif
g:loaded_deskpipe = 1
import autoload 'deskpipe/list.vim'
import autoload 'deskpipe/methods.vim'

command -nargs=* -complete=customlist,Complete Desk list.Open(<q-args>)

def Complete(lead: string, _: string, _: number): list<string>
  var minus = lead =~ '^-' ? '-' : ''
  return methods.queries->mapnew((_, word) => minus .. word)->filter((_, word) => stridx(word, lead) == 0)
enddef
