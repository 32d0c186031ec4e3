vim9script
# Tickets as a buffer, those that a query (protocol/search.md) finds: a line each, <CR> shows the conversation, ]] the next page, r reads anew.
import autoload '../deskpipe.vim'

def Warn(sentence: string)
  echohl ErrorMsg
  echomsg sentence =~ '^deskpipe: ' ? sentence : 'deskpipe: ' .. sentence
  echohl None
enddef

# The result of a call, or null where it failed, which is shown.
def Ask(method: string, params: dict<any>): any
  try
    var [error, result] = deskpipe.Wait(method, params)
    if error == null_dict
      return result
    endif
    Warn(deskpipe.Sentence(error))
  catch /^deskpipe:/
    Warn(v:exception)
  endtry
  return null
enddef

def Write(lines: list<string>)
  var place = getcurpos()
  setlocal modifiable noreadonly
  silent :%delete _
  setline(1, lines)
  setlocal nomodifiable nomodified
  setpos('.', place)
enddef

# Subjects and names may be of more than one line.
def Line(text: string): string
  return substitute(text, '[\r\n]\+', ' ', 'g')
enddef

def Row(ticket: dict<any>): string
  var assignee = type(ticket.assignee) == v:t_dict ? ticket.assignee.name : '-'
  return Line(printf('%-8S %-7S %-50.50S %-20.20S %s',
    ticket.status, ticket.priority, Line(ticket.subject), Line(ticket.customer.name), assignee))
enddef

# The line of a ticket in a list; 0 where it is not there.
def Place(id: string): number
  return indexof(b:desk_tickets, (_, ticket) => ticket.id == id) + 1
enddef

def Draw()
  Write(mapnew(b:desk_tickets, (_, ticket) => Row(ticket)) + (empty(b:desk_next) ? [] : ['-- ]] shows more --']))
enddef

def Read(cursor: string)
  var params = extendnew({limit: 50}, empty(b:desk_query) ? {} : {query: b:desk_query})
  if !empty(cursor)
    params.cursor = cursor
  endif
  var page = Ask('tickets.list', params)
  if page == null
    return
  endif
  var chosen = get(get(b:desk_tickets, line('.') - 1, {}), 'id', '')
  b:desk_tickets = (empty(cursor) ? [] : b:desk_tickets) + page.items
  b:desk_next = type(page.next_cursor) == v:t_string ? page.next_cursor : ''
  Draw()
  # The cursor stays with its ticket.
  if Place(chosen) > 0
    cursor(Place(chosen), col('.'))
  endif
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
  b:desk_tickets = get(b:, 'desk_tickets', [])
  b:desk_next = get(b:, 'desk_next', '')
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

# All messages of a ticket, or null where they cannot be read.
def Messages(id: string): any
  var found: list<any> = []
  var cursor: any = null
  while true
    var page = Ask('messages.list', extendnew({ticket_id: id, limit: 100}, cursor == null ? {} : {cursor: cursor}))
    if page == null
      return null
    endif
    found += page.items
    cursor = page.next_cursor
    if cursor == null
      return found
    endif
  endwhile
  return found
enddef

# Shows the conversation of a ticket.
export def Ticket(id: string)
  var ticket = Ask('tickets.get', {id: id})
  var messages = ticket == null ? null : Messages(id)
  if messages == null
    return
  endif
  Scratch('desk://ticket/' .. id, 'desk-ticket')
  b:desk_ticket = ticket
  b:desk_messages = messages
  nnoremap <buffer> <silent> <CR> <ScriptCmd>Whole(line('.'))<CR>
  DrawTicket()
enddef

def DrawTicket()
  var ticket = b:desk_ticket
  var lines = [Line(ticket.subject), Line($'{ticket.status}  {ticket.priority}  {ticket.customer.name}'), '']
  # The line that each message begins in.
  b:desk_starts = []
  for message in b:desk_messages
    var kind = message.is_internal ? 'note' : message.sender.type
    var name = type(message.sender.name) == v:t_string ? Line(message.sender.name) : 'desk'
    b:desk_starts->add(len(lines) + 1)
    lines += [$'-- {message.created_at[: 15]} {name} ({kind})'] + split(message.body, '\r\?\n', true)
      + (get(message, 'truncated', false) ? ['[cut; <CR> shows the whole message]'] : []) + ['']
  endfor
  Write(lines)
enddef

# Shows the whole text of a message that is cut.
def Whole(number: number)
  var index = b:desk_starts->copy()->filter((_, start) => start <= number)->len() - 1
  if index < 0 || !get(b:desk_messages[index], 'truncated', false)
    return
  endif
  var message = Ask('messages.get', {id: b:desk_messages[index].id})
  if message != null
    b:desk_messages[index] = message
    DrawTicket()
  endif
enddef
