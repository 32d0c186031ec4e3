select checks.become('anna');
select checks.fails($$update tickets set version = 9$$, '42501');
select checks.fails($$update tickets set last_activity_at = now()$$, '42501');
select checks.fails($$insert into tickets (customer_id, subject, version) select id, 'x', 7 from customers$$, '42501');
select checks.fails($$select desk.expect('ticket', '71000000-0000-7000-8000-000000000001', 9)$$, 'DK409', 'conflict');
select checks.fails($$select desk.expect('ticket', gen_random_uuid(), null)$$, 'DK404', 'not_found');
select checks.answers($$select desk.expect('ticket', '71000000-0000-7000-8000-000000000001', version) from tickets$$, '');
-- Assigned to a working agent of the organization only.
select checks.fails($$update tickets set assigned_to = checks.agent('zoe')$$, 'DK422', 'invalid', '/assigned_to');
select checks.fails($$insert into tickets (customer_id, subject, assigned_to) select id, 'x', checks.agent('zoe') from customers$$, 'DK422', 'invalid', '/assigned_to');
select checks.touches($$update tickets set assigned_to = checks.agent('anna')$$, 1);
reset role;
update agent_profiles set deactivated_at = now() where clerk_user_id = 'user_bob';
select checks.become('anna');
select checks.fails($$update tickets set assigned_to = checks.agent('bob')$$, 'DK422', 'invalid', '/assigned_to');
-- What is searched follows what is written.
select checks.answers($$select string_agg(desk.search_tickets(word)::text, '') = repeat('{71000000-0000-7000-8000-000000000001}', 3) from unnest(array['zebra', 'printer', 'carl']) as w (word)$$, 'true');
select checks.answers($$select desk.search_tickets('lion')::text || desk.search_tickets('')::text$$, '{}{}');
insert into tickets (id, customer_id, subject) select '71000000-0000-7000-8000-000000000002', id, 'A giraffe' from customers;
select checks.answers($$select desk.search_tickets('giraffe')::text$$, '{71000000-0000-7000-8000-000000000002}');
reset role;
delete from tickets where subject = 'A giraffe';
select checks.become('anna');
update tickets set subject = 'A lion';
select checks.answers($$select desk.search_tickets('lion')::text || desk.search_tickets('printer')::text$$, '{71000000-0000-7000-8000-000000000001}{}');
reset role;
update ticket_messages set body = 'It smokes, hyena';
select checks.become('anna');
select checks.answers($$select desk.search_tickets('hyena')::text || desk.search_tickets('zebra')::text$$, '{71000000-0000-7000-8000-000000000001}{}');
reset role;
delete from ticket_messages;
select checks.become('anna');
select checks.answers($$select desk.search_tickets('hyena')::text || desk.search_tickets('lion')::text$$, '{}{71000000-0000-7000-8000-000000000001}');
-- A customer goes with everything they wrote.
reset role;
select checks.touches($$delete from customers where id = 'c1000000-0000-7000-8000-000000000001'$$, 1);
select checks.become('anna');
select checks.answers('select count(*) from tickets', '0');
select checks.answers($$select desk.search_tickets('lion')::text$$, '{}');
