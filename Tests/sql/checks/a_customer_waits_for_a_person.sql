-- Each row is a conversation as it came: c the customer, C a machine of theirs, a an agent, A a machine of ours, n a note,
-- s the desk; / is the next transaction, since what one transaction writes has one time, and ! solves. Since which message
-- the customer waits, the replies; counted one by one, by one statement, and again from what is there.
create function checks.wait(conversation text, at_once boolean) returns text language plpgsql as $$
declare
  ticket constant uuid := gen_random_uuid();
  result text;
  recounted text;
begin
  insert into tickets (id, organization_id, customer_id, subject, assigned_to)
  select ticket, c.organization_id, c.id, 'x', checks.agent('bob') from customers c where c.name like 'carl%' limit 1;
  if at_once then
    insert into ticket_messages (id, organization_id, ticket_id, sender_type, sender_id, body, is_internal, is_automatic, created_at)
    select m.id, t.organization_id, t.id, m.sender, m.sender_id, m.place::text, m.letter = 'n', m.letter in ('C', 'A'), m.at
      from tickets t, checks.told(conversation) as m where t.id = ticket order by m.place;
  else
    for result in select m.place from checks.told(conversation) as m order by m.place loop
      if substr(conversation, result::integer, 1) = '!' then
        update tickets set status = 'solved' where id = ticket;
      else
        insert into ticket_messages (id, organization_id, ticket_id, sender_type, sender_id, body, is_internal, is_automatic, created_at)
        select m.id, t.organization_id, t.id, m.sender, m.sender_id, m.place::text, m.letter = 'n', m.letter in ('C', 'A'), m.at
          from tickets t, checks.told(conversation) as m where t.id = ticket and m.place = result::integer;
      end if;
    end loop;
  end if;
  select concat_ws(' ', (select min(m.body::integer) from ticket_messages m
                          where m.ticket_id = t.id and m.sender_type = 'customer' and not m.is_automatic and m.created_at = t.waiting_since
                            and (select count(*) from ticket_messages a where a.ticket_id = t.id and a.body::integer > m.body::integer
                                  and a.sender_type = 'agent' and not a.is_internal and not a.is_automatic) = 0), t.reply_count)
    into result from tickets t where t.id = ticket;
  if conversation !~ '!' then
    perform desk.recompute_ticket(t.organization_id, t.id) from tickets t where t.id = ticket;
    select concat_ws(' ', (select min(m.body::integer) from ticket_messages m
                            where m.ticket_id = t.id and m.sender_type = 'customer' and not m.is_automatic and m.created_at = t.waiting_since
                              and (select count(*) from ticket_messages a where a.ticket_id = t.id and a.body::integer > m.body::integer
                                    and a.sender_type = 'agent' and not a.is_internal and not a.is_automatic) = 0), t.reply_count)
      into recounted from tickets t where t.id = ticket;
    if recounted <> result then
      return result || ', recounted ' || recounted;
    end if;
  end if;
  return result;
end
$$;
create function checks.told(conversation text)
returns table (place integer, letter text, id uuid, sender sender_type, sender_id uuid, at timestamptz) language sql as $$
  select n, substr(conversation, n, 1), ('53000000-0000-7' || lpad(n::text, 3, '0') || substr(gen_random_uuid()::text, 19))::uuid,
         case when substr(conversation, n, 1) in ('c', 'C') then 'customer' when substr(conversation, n, 1) = 's' then 'system' else 'agent' end::sender_type,
         case when substr(conversation, n, 1) in ('c', 'C') then (select c.id from customers c where c.name like 'carl%' limit 1)
              when substr(conversation, n, 1) <> 's' then checks.agent('bob') end,
         now() - interval '1 day' + length(regexp_replace(left(conversation, n), '[^/]', '', 'g')) * interval '1 minute'
    from generate_series(1, length(conversation)) as n where substr(conversation, n, 1) <> '/'
$$;
delete from customers where organization_id = checks.organization('zoe');
select checks.answers(format('select checks.wait(%L, false)', conversation), expected)
  from (values
    ('c', '1 0'), ('c/c/c', '1 0'), ('a', '1'), ('c/a', '1'), ('c/n', '1 0'), ('c/A', '1 0'), ('c/s', '1 0'), ('C', '0'), ('c/C', '1 0'),
    ('c/a/c/c', '5 1'), ('c/a/C', '1'), ('c/a/n/c/A', '7 1'), ('c/c/a/a', '2'), ('c/!', '0'), ('c/!/c', '5 0'), ('c/a/!', '1'),
    -- Of the same time: as they came.
    ('ca', '1'), ('cac', '3 1'), ('ac', '2 1'), ('cacac', '5 2'), ('aca', '2'), ('cc', '1 0'), ('c/aca', '2'), ('c/cac/n', '5 1')
  ) as v (conversation, expected);
select checks.answers(format('select checks.wait(%L, true)', conversation), expected)
  from (values
    ('c', '1 0'), ('c/c/c', '1 0'), ('c/a', '1'), ('c/a/c/c', '5 1'), ('c/a/n/c/A', '7 1'), ('ca', '1'), ('ac', '2 1'), ('cac', '3 1'), ('aca', '2'),
    ('C/c/a', '1'), ('c/A/s/n', '1 0')
  ) as v (conversation, expected);
-- A deleted message is not counted, a restored one again, each a version.
insert into tickets (id, organization_id, customer_id, subject)
select '71000000-0000-7000-8000-000000000009', c.organization_id, c.id, 'x' from customers c;
insert into ticket_messages (id, organization_id, ticket_id, sender_type, sender_id, body)
select ('54000000-0000-7000-8000-00000000000' || n)::uuid, t.organization_id, t.id, v.sender::sender_type,
       case v.sender when 'customer' then t.customer_id else checks.agent('bob') end, 'x'
  from tickets t, (values (1, 'customer'), (2, 'agent')) as v (n, sender)
 where t.id = '71000000-0000-7000-8000-000000000009' order by n;
select checks.become('anna');
update ticket_messages set deleted_at = now() where id = '54000000-0000-7000-8000-000000000002';
select checks.answers($$select concat_ws(' ', version, reply_count, waiting_since is not null, first_reply_at is not null) from tickets where id = '71000000-0000-7000-8000-000000000009'$$, '3 0 t f');
update ticket_messages set deleted_at = null where id = '54000000-0000-7000-8000-000000000002';
select checks.answers($$select concat_ws(' ', version, reply_count, waiting_since is not null, first_reply_at is not null) from tickets where id = '71000000-0000-7000-8000-000000000009'$$, '4 1 f t');
-- A message that began before the ticket was solved, and waited for that, comes after it.
select checks.become('anna');
insert into tickets (id, customer_id, subject) values ('77000000-0000-7000-8000-000000000001', 'c1000000-0000-7000-8000-000000000001', 'late');
update tickets set status = 'solved' where subject = 'late';
insert into ticket_messages (ticket_id, sender_type, sender_id, body) values ('77000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000001', 'after all');
select checks.answers($$select t.waiting_since > t.last_solved_at and t.waiting_since = m.created_at from tickets t join ticket_messages m on m.ticket_id = t.id where t.subject = 'late'$$, 'true');
reset role;
select desk.recompute_ticket(t.organization_id, t.id) from tickets t where t.subject = 'late';
select checks.answers($$select waiting_since is not null from tickets where subject = 'late'$$, 'true');
