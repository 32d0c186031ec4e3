-- All of one transaction, so of one now(); and one is there from a time to come.
select checks.become('anna');
insert into tickets (id, customer_id, subject)
select '72000000-0000-7000-8000-0000000000aa', t.customer_id, 'Order' from tickets t limit 1;
insert into ticket_messages (id, ticket_id, sender_type, body) values
  ('73000000-0000-7000-8000-0000000000a2', '72000000-0000-7000-8000-0000000000aa', 'system', 'first');
insert into ticket_messages (id, ticket_id, sender_type, body) values
  ('73000000-0000-7000-8000-0000000000a1', '72000000-0000-7000-8000-0000000000aa', 'system', 'second');
select checks.answers($$select string_agg(body, ', ' order by created_at, id) from ticket_messages where ticket_id = '72000000-0000-7000-8000-0000000000aa'$$,
  'first, second');
-- The first one came at the time of its transaction, and is no change of its ticket's.
select checks.answers($$select (min(created_at) = now()) || ' ' || bool_and(updated_at = created_at) from ticket_messages where ticket_id = '72000000-0000-7000-8000-0000000000aa'$$,
  'true true');
