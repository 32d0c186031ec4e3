select checks.become('anna');
-- What is deleted takes no message, also where it was merged into what does.
insert into tickets (id, customer_id, subject) values
  ('76000000-0000-7000-8000-000000000001', 'c1000000-0000-7000-8000-000000000001', 'source'),
  ('76000000-0000-7000-8000-000000000002', 'c1000000-0000-7000-8000-000000000001', 'target');
insert into ticket_messages (ticket_id, sender_type, sender_id, body)
values ('76000000-0000-7000-8000-000000000001', 'agent', checks.agent('anna'), 'before');
select desk.merge_tickets(array['76000000-0000-7000-8000-000000000001'::uuid], '76000000-0000-7000-8000-000000000002');
select checks.touches($$insert into ticket_messages (ticket_id, sender_type, sender_id, body) values ('76000000-0000-7000-8000-000000000001', 'agent', checks.agent('anna'), 'follows')$$, 1);
select checks.answers($$select string_agg(m.body, ' ' order by m.created_at) from ticket_messages m where m.ticket_id = '76000000-0000-7000-8000-000000000002' and m.sender_type <> 'system'$$, 'before follows');
select checks.touches($$update tickets set deleted_at = now() where id = '76000000-0000-7000-8000-000000000001'$$, 1);
select checks.fails($$insert into ticket_messages (ticket_id, sender_type, sender_id, body) values ('76000000-0000-7000-8000-000000000001', 'agent', checks.agent('anna'), 'x')$$, 'DK404', 'not_found', '/ticket_id');
select checks.touches($$update tickets set deleted_at = null where id = '76000000-0000-7000-8000-000000000001'$$, 1);
select checks.touches($$update tickets set deleted_at = now() where id = '76000000-0000-7000-8000-000000000002'$$, 1);
select checks.fails($$insert into ticket_messages (ticket_id, sender_type, sender_id, body) values ('76000000-0000-7000-8000-000000000001', 'agent', checks.agent('anna'), 'x')$$, 'DK404', 'not_found', '/ticket_id');
select checks.fails($$insert into ticket_messages (ticket_id, sender_type, sender_id, body) values ('76000000-0000-7000-8000-000000000002', 'agent', checks.agent('anna'), 'x')$$, 'DK404', 'not_found', '/ticket_id');

-- What lands on a follow-up stands behind what is there, however late the closed ticket was.
reset role;
update organizations set reopen_days = 0 where clerk_id = 'org_one';
update tickets set status = 'closed' where id = '71000000-0000-7000-8000-000000000001';
select checks.become('anna');
insert into ticket_messages (ticket_id, sender_type, sender_id, body)
values ('71000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000001', 'again 1');
insert into ticket_messages (ticket_id, sender_type, sender_id, body)
values ('71000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000001', 'again 2');
insert into ticket_messages (ticket_id, sender_type, sender_id, body)
values ('71000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000001', 'again 3');
select checks.answers(
  $$select concat_ws(' ', count(distinct m.ticket_id), count(distinct m.created_at), string_agg(right(m.body, 1), '' order by m.created_at))
      from ticket_messages m where m.body like 'again%'$$, '1 3 123');
