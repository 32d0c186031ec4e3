-- A ticket of bob's whose customer asked something, brought into a status; then something happens to it as anna. What
-- comes of it: the status, w where the customer waits, z where it sleeps, the replies, how often it was opened again, who
-- has it, and elsewhere where the message landed on another ticket; or the error.
create function checks.outcome(start text, event text, snoozed boolean default false, keep boolean default false)
returns text language plpgsql as $$
declare
  ticket constant uuid := gen_random_uuid();
  message uuid;
  kind text;
  path text;
  result text;
begin
  insert into tickets (id, customer_id, subject, assigned_to)
  select ticket, id, 'x', checks.agent('bob') from customers;
  insert into ticket_messages (ticket_id, sender_type, sender_id, body)
  select ticket, 'customer', id, 'asks' from customers;
  update tickets set status = start::ticket_status where id = ticket and status::text <> start;
  if snoozed then
    update tickets set snoozed_until = now() + interval '1 hour', keep_snoozed = keep where id = ticket;
  end if;
  begin
    if event in ('asks', 'asks by machine', 'replies', 'replies by machine', 'notes', 'system') then
      message := gen_random_uuid();
      insert into ticket_messages (id, ticket_id, sender_type, sender_id, body, is_internal, is_automatic)
      select message, ticket,
             case when event like 'asks%' then 'customer' when event = 'system' then 'system' else 'agent' end::sender_type,
             case when event like 'asks%' then c.id when event = 'system' then null else checks.agent('anna') end,
             event, event = 'notes', event like '%by machine'
        from customers c;
    elsif event = 'is taken' then
      update tickets set assigned_to = checks.agent('anna') where id = ticket;
    elsif event = 'is left' then
      update tickets set assigned_to = null where id = ticket;
    elsif event = 'is left, then solved' then
      update tickets set assigned_to = null where id = ticket;
      update tickets set status = 'solved' where id = ticket;
    elsif event = 'is snoozed' then
      update tickets set snoozed_until = now() + interval '1 hour' where id = ticket;
    elsif event = 'is tagged' then
      update tickets set tags = '{a}' where id = ticket;
    else
      update tickets set status = event::ticket_status where id = ticket;
    end if;
  exception when others then
    get stacked diagnostics kind = constraint_name, path = column_name;
    return kind || path;
  end;
  select concat_ws(' ', t.status, case when t.waiting_since is not null then 'w' end,
                   case when t.snoozed_until is not null then 'z' end, t.reply_count, t.reopen_count,
                   case t.assigned_to when checks.agent('bob') then 'bob' when checks.agent('anna') then 'anna' end)
    into strict result
    from tickets t where t.id = ticket;
  return concat_ws(
    ' ', result, (select 'elsewhere' from ticket_messages m where m.id = message and m.ticket_id <> ticket));
end
$$;
select checks.become('anna');
select checks.answers(format('select checks.outcome(%L, %L)', s.start, e.event), s.expected)
  from (values
    -- event                 open             pending             solved                closed
    ('asks',                 'open w 0 0 bob', 'open w 0 0 bob',    'open w 0 1 bob',     'closed 0 0 bob elsewhere'),
    ('asks by machine',      'open w 0 0 bob', 'pending w 0 0 bob', 'solved 0 0 bob',     'rule/ticket_id'),
    ('replies',              'open 1 0 bob',   'pending 1 0 bob',   'solved 1 0 bob',     'rule/ticket_id'),
    ('replies by machine',   'open w 0 0 bob', 'pending w 0 0 bob', 'solved 0 0 bob',     'rule/ticket_id'),
    ('notes',                'open w 0 0 bob', 'pending w 0 0 bob', 'solved 0 0 bob',     'rule/ticket_id'),
    ('system',               'open w 0 0 bob', 'pending w 0 0 bob', 'solved 0 0 bob',     'rule/ticket_id'),
    ('open',                 'open w 0 0 bob', 'open w 0 0 bob',    'open 0 1 bob',       'rule/status'),
    ('pending',              'pending w 0 0 bob', 'pending w 0 0 bob', 'pending 0 1 bob', 'rule/status'),
    ('solved',               'solved 0 0 bob', 'solved 0 0 bob',    'solved 0 0 bob',     'rule/status'),
    ('closed',               'closed 0 0 bob', 'closed 0 0 bob',    'closed 0 0 bob',     'closed 0 0 bob'),
    ('is taken',             'open w 0 0 anna', 'pending w 0 0 anna', 'solved 0 0 anna',  'closed 0 0 anna'),
    ('is left',              'open w 0 0',     'pending w 0 0',     'rule/assigned_to',   'closed 0 0'),
    ('is left, then solved', 'solved 0 0 anna', 'solved 0 0 anna',  'rule/assigned_to',   'rule/status'),
    ('is snoozed',           'open w z 0 0 bob', 'pending w z 0 0 bob', 'rule/until',     'rule/until'),
    ('is tagged',            'open w 0 0 bob', 'pending w 0 0 bob', 'solved 0 0 bob',     'closed 0 0 bob')
  ) as e (event, open, pending, solved, closed)
  cross join lateral (
    values ('open', e.open), ('pending', e.pending), ('solved', e.solved), ('closed', e.closed)
  ) as s (start, expected);
-- What is asleep: a customer's message wakes it, unless it is kept; so do solving and closing.
select checks.answers(format('select checks.outcome(%L, %L, true, %L)', start, event, keep), expected)
  from (values
    ('open', 'asks', false, 'open w 0 0 bob'), ('open', 'asks', true, 'open w z 0 0 bob'),
    ('pending', 'asks', false, 'open w 0 0 bob'), ('pending', 'asks', true, 'open w z 0 0 bob'),
    ('open', 'asks by machine', false, 'open w z 0 0 bob'), ('open', 'replies', false, 'open z 1 0 bob'),
    ('open', 'notes', false, 'open w z 0 0 bob'), ('open', 'pending', true, 'pending w z 0 0 bob'),
    ('open', 'solved', true, 'solved 0 0 bob'), ('pending', 'closed', true, 'closed 0 0 bob')
  ) as v (start, event, keep, expected);
-- Whether a closed ticket is reopened is the organization's.
update organizations set reopen_days = null;
select checks.answers($$select checks.outcome('closed', 'asks')$$, 'open w 0 1 bob');
select checks.answers($$select checks.outcome('closed', 'replies')$$, 'rule/ticket_id');
update organizations set reopen_days = 3;
select checks.answers($$select checks.outcome('closed', 'asks')$$, 'open w 0 1 bob');
