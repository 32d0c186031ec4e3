vim9script
# Tickets as a buffer, those that a query (protocol/search.md) finds: a line each, <CR> shows the conversation, ]] the next page, r reads anew.
import autoload '../deskpipe.vim'

def Warn(error: dict<any>)
  echohl ErrorMsg
  echomsg 'deskpipe: ' .. deskpipe.Sentence(error)
  echohl None
enddef

def Write(lines: list<string>)
  setlocal modifiable noreadonly
  silent :%delete _
  setline(1, lines)
  setlocal nomodifiable nomodified
enddef

def Row(ticket: dict<any>): string
  var assignee = type(ticket.assignee) == v:t_dict ? ticket.assignee.name : '-'
  return printf('%-8S %-7S %-50.50S %-20.20S %s', ticket.status, ticket.priority, ticket.subject, ticket.customer.name, assignee)
enddef

def Draw()
  Write(mapnew(b:desk_tickets, (_, ticket) => Row(ticket)) + (empty(b:desk_next) ? [] : ['-- ]] shows more --']))
enddef

def Read(cursor: string)
  var params = extendnew({limit: 50}, empty(b:desk_query) ? {} : {query: b:desk_query})
  if !empty(cursor)
    params.cursor = cursor
  endif
  var [error, page] = deskpipe.Wait('tickets.list', params)
  if error != null_dict
    Warn(error)
    return
  endif
  b:desk_tickets = (empty(cursor) ? [] : b:desk_tickets) + page.items
  b:desk_next = type(page.next_cursor) == v:t_string ? page.next_cursor : ''
  Draw()
enddef

export def More()
  if !empty(b:desk_next)
    Read(b:desk_next)
  endif
enddef

export def Refresh()
  Read('')
enddef

def Scratch(name: string, filetype: string)
  execute 'silent edit' fnameescape(name)
  setlocal buftype=nofile bufhidden=hide noswapfile nowrap
  &l:filetype = filetype
  nnoremap <buffer> <silent> q <Cmd>bdelete<CR>
enddef

# Lists the tickets that a query finds; all where it is empty.
export def Open(query: string)
  Scratch('desk://tickets/' .. query, 'desk-list')
  b:desk_query = query
  nnoremap <buffer> <silent> <CR> <ScriptCmd>Show(line('.'))<CR>
  nnoremap <buffer> <silent> ]] <ScriptCmd>More()<CR>
  nnoremap <buffer> <silent> r <ScriptCmd>Refresh()<CR>
  Refresh()
enddef

def Show(number: number)
  if number <= len(b:desk_tickets)
    Ticket(b:desk_tickets[number - 1].id)
  endif
enddef

# Shows the conversation of a ticket.
export def Ticket(id: string)
  var [error, ticket] = deskpipe.Wait('tickets.get', {id: id})
  if error != null_dict
    Warn(error)
    return
  endif
  var lines = [ticket.subject, $'{ticket.status}  {ticket.priority}  {ticket.customer.name}', '']
  var cursor: any = null
  while true
    var params = extendnew({ticket_id: id, limit: 100}, cursor == null ? {} : {cursor: cursor})
    var [problem, page] = deskpipe.Wait('messages.list', params)
    if problem != null_dict
      Warn(problem)
      return
    endif
    for message in page.items
      var kind = message.is_internal ? 'note' : message.sender.type
      var name = type(message.sender.name) == v:t_string ? message.sender.name : 'desk'
      lines += [$'-- {message.created_at[: 15]} {name} ({kind})'] + split(message.body, '\r\?\n', true) + ['']
    endfor
    cursor = page.next_cursor
    if cursor == null
      break
    endif
  endwhile
  Scratch('desk://ticket/' .. id, 'desk-ticket')
  Write(lines)
enddef
