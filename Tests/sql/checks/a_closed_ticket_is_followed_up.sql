select checks.become('anna');
update tickets set tags = '{Late order, b}', metadata = '{"channel":"email"}', status = 'closed';
select checks.answers($$select concat_ws(' ', first_solved_at = last_solved_at, closed_at = last_solved_at, reopen_count) from tickets$$, 't t 0');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body)
select '52000000-0000-7000-8000-000000000001', id, 'customer', customer_id, 'again' from tickets;
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body)
values ('52000000-0000-7000-8000-000000000002', '71000000-0000-7000-8000-000000000001', 'customer',
        'c1000000-0000-7000-8000-000000000001', 'and again');
-- Both are on one follow-up, which has what its source has.
select checks.answers(
  $$
  select concat_ws(' ', f.number, f.subject, f.status, f.priority, f.tags, f.metadata, f.assigned_to = checks.agent('bob'),
                   f.waiting_since is not null, f.customer_id = s.customer_id,
                   (select count(*) from ticket_messages m where m.ticket_id = f.id))
    from tickets f join tickets s on s.id = f.follow_up_of
  $$,
  '2 Printer on fire open normal {b,late-order} {"channel": "email"} t t t 2');
select checks.answers($$select string_agg(status::text, ' ' order by number) from tickets$$, 'closed open');
select checks.answers($$select name || ' ' || ticket_count from desk.tag where name = 'b'$$, 'b 2');
-- A closed follow-up is followed up itself, whichever of the two is written to; who is gone has nothing to do.
update tickets set status = 'closed' where number = 2;
reset role;
update agent_profiles set deactivated_at = now() where clerk_user_id = 'user_bob';
select checks.become('anna');
insert into ticket_messages (ticket_id, sender_type, sender_id, body)
values ('71000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000001', 'third');
select checks.answers(
  $$select concat_ws(' ', f.number, s.number, f.assigned_to) from tickets f join tickets s on s.id = f.follow_up_of where f.number > 2$$,
  '3 2');
-- Within the days that the organization gives it is reopened instead, after them not.
update tickets set status = 'closed' where number = 3;
update organizations set reopen_days = 2;
reset role;
alter table tickets disable trigger user;
update tickets set closed_at = now() - interval '1 day' where number = 3;
update tickets set closed_at = now() - interval '3 days' where number < 3;
alter table tickets enable trigger user;
select checks.become('anna');
insert into ticket_messages (ticket_id, sender_type, sender_id, body)
values ('71000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000001', 'fourth');
select checks.answers($$select string_agg(concat(number, status, reopen_count, closed_at is null), ' ' order by number) from tickets$$, '1closed0f 2closed0f 3open1t');
-- A source that is deleted leaves its follow-ups.
reset role;
delete from tickets where number = 2 and organization_id = checks.organization('anna');
select checks.become('anna');
select checks.answers($$select string_agg(concat(number, follow_up_of), ' ' order by number) from tickets$$, '1 3');
-- The customer's message to another organization's closed ticket changes nothing there.
update tickets set status = 'closed' where number = 3;
reset role;
create temporary table before on commit drop as
select checks.fingerprint(checks.organization('anna')) as hash;
select checks.become('zoe');
select checks.fails($$insert into ticket_messages (ticket_id, sender_type, sender_id, body) values ('71000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000001', 'x')$$, 'DK404', 'not_found');
select checks.fails($$insert into ticket_messages (organization_id, ticket_id, sender_type, sender_id, body) values (checks.organization('anna'), '71000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000001', 'x')$$, 'DK404', 'not_found');
reset role;
select checks.answers($$select hash = checks.fingerprint(checks.organization('anna')) from before$$, 'true');
-- A merged ticket was not solved, and is not reopened by coming out again; what is said to it goes where it is, and to the
-- follow-up of that.
select checks.become('anna');
insert into tickets (id, customer_id, subject)
select ('73000000-0000-7000-8000-00000000000' || n)::uuid, c.id, 'm' || n from customers c, generate_series(1, 2) n;
select desk.merge_tickets('{73000000-0000-7000-8000-000000000001}', '73000000-0000-7000-8000-000000000002');
select checks.answers($$select concat_ws(' ', status, closed_at is null, last_solved_at is null) from tickets where subject = 'm1'$$, 'closed t t');
update tickets set status = 'closed' where subject = 'm2';
update organizations set reopen_days = 0;
insert into ticket_messages (ticket_id, sender_type, sender_id, body)
select id, 'customer', customer_id, 'late' from tickets where subject = 'm1';
select checks.answers($$select s.subject from ticket_messages m join tickets t on t.id = m.ticket_id join tickets s on s.id = t.follow_up_of where m.body = 'late'$$, 'm2');
select desk.unmerge_ticket('73000000-0000-7000-8000-000000000001');
select checks.answers($$select concat_ws(' ', status, reopen_count, closed_at is null, waiting_since is null) from tickets where subject = 'm1'$$, 'open 0 t t');
-- A follow-up that was merged is followed to where it is, and another is made only where that is deleted.
reset role;
create function pg_temp.say(letter text, content text) returns void language sql as $$
  insert into ticket_messages (ticket_id, sender_type, sender_id, body)
  select t.id, 'customer', t.customer_id, content from tickets t where t.subject = letter
$$;
select checks.become('anna');
insert into tickets (id, customer_id, subject, status, assigned_to)
select ('74000000-0000-7000-8000-00000000000' || n)::uuid, c.id, 'n' || n, 'open', checks.agent('anna')
  from customers c, generate_series(1, 2) n;
update tickets set status = 'closed' where subject = 'n1';
select pg_temp.say('n1', 'n first');
update tickets set subject = 'n1 again' where follow_up_of = '74000000-0000-7000-8000-000000000001';
select desk.merge_tickets(
  array(select id from tickets where subject = 'n1 again'), '74000000-0000-7000-8000-000000000002');
select pg_temp.say('n1', 'n second');
select checks.answers($$select concat_ws(' ', t.subject, m.merge_path = array(select id from tickets where subject = 'n1 again')) from ticket_messages m join tickets t on t.id = m.ticket_id where m.body = 'n second'$$, 'n2 t');
select checks.answers($$select count(*) from tickets where follow_up_of = '74000000-0000-7000-8000-000000000001'$$, '1');
-- What is closed there is followed up itself.
update tickets set status = 'closed' where subject = 'n2';
select pg_temp.say('n1', 'n third');
select checks.answers($$select concat_ws(' ', s.subject, m.merge_path is null) from ticket_messages m join tickets t on t.id = m.ticket_id join tickets s on s.id = t.follow_up_of where m.body = 'n third'$$, 'n2 t');
update tickets set deleted_at = now() where subject = 'n2';
select pg_temp.say('n1', 'n fourth');
select checks.answers($$select concat_ws(' ', t.subject, m.merge_path is null) from ticket_messages m join tickets t on t.id = m.ticket_id where m.body = 'n fourth'$$, 'n1 t');
select checks.answers($$select count(*) from tickets where follow_up_of = '74000000-0000-7000-8000-000000000001'$$, '2');
