vim9script
if !has('channel') || !has('job') || exists('g:loaded_deskpipe')
  finish
endif
g:loaded_deskpipe = 1
import autoload 'deskpipe/list.vim'

command -nargs=* -complete=customlist,Complete Desk list.Open(<q-args>)

def Complete(lead: string, _: string, _: number): list<string>
  var words = ['status:open', 'status:pending', 'status:solved', 'status:closed', 'assignee:me', 'assignee:none', 'priority:>=high',
    'tag:', 'customer:', 'created:>7d']
  return words->filter((_, word) => stridx(word, lead) == 0)
enddef
