-- A second customer with a ticket that is deleted first, and one that is not.
select checks.become('bob');
insert into customers (id, name) values ('c1000000-0000-7000-8000-000000000002', 'Dora');
insert into tickets (id, customer_id, subject) values
  ('71000000-0000-7000-8000-000000000002', 'c1000000-0000-7000-8000-000000000002', 'first'),
  ('71000000-0000-7000-8000-000000000003', 'c1000000-0000-7000-8000-000000000002', 'second');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body)
values ('51000000-0000-7000-8000-000000000002', '71000000-0000-7000-8000-000000000001', 'agent', checks.agent('bob'), 'An okapi');
-- An agent deletes macros only.
select checks.fails(format('update %s set deleted_at = now()', name), 'DK403', 'forbidden') from unnest(array['customers', 'tickets', 'ticket_messages']) as t (name);
select checks.touches('update macros set deleted_at = now()', 1);
select checks.answers($$select concat_ws(' ', deleted_by = checks.agent('bob'), deleted_at = now(), version) from macros$$, 't t 2');
select checks.fails($$select desk.expect('macro', id, null) from macros$$, 'DK404', 'not_found');
select checks.fails($$select desk.refuse_deleted_macro('Hello')$$, 'DK409', 'deleted', '/title');
select checks.answers($$select desk.expect('macro', id, null, 'restore') from macros$$, '');
select checks.touches('update macros set deleted_at = null', 1);
select checks.answers('select concat_ws('' '', deleted_by, deleted_at, version) from macros', '3');
select checks.fails($$select desk.expect('macro', id, null, 'restore') from macros$$, 'DK423', 'rule');
select checks.fails('update tickets set deleted_by = null', '42501');
select checks.fails('update tickets set deleted_with = null', '42501');
select checks.become('anna');
-- Who deletes, and when, is not theirs to say.
select checks.touches($$update tickets set deleted_at = '2001-01-01' where subject = 'first'$$, 1);
select checks.answers($$select concat_ws(' ', deleted_by = checks.agent('anna'), deleted_at = now(), deleted_with) from tickets where subject = 'first'$$, 't t');
select checks.fails($$select desk.expect('ticket', id, null) from tickets where subject = 'first'$$, 'DK404', 'not_found');
select checks.fails($$select desk.require('ticket', id, '/ticket_id') from tickets where subject = 'first'$$, 'DK404', 'not_found', '/ticket_id');
-- The tickets of a customer go with them; what was deleted before stays apart.
select checks.touches($$update customers set deleted_at = now() where name = 'Dora'$$, 1);
select checks.answers($$select string_agg(concat_ws(' ', subject, deleted_with = customer_id, version), ', ' order by subject) from tickets where deleted_at is not null$$, 'first 2, second t 2');
select checks.fails($$update tickets set deleted_at = null where subject = 'second'$$, 'DK423', 'rule', '/id');
select checks.fails($$insert into tickets (customer_id, subject) values ('c1000000-0000-7000-8000-000000000002', 'x')$$, 'DK404', 'not_found', '/customer_id');
select checks.fails($$update tickets set customer_id = 'c1000000-0000-7000-8000-000000000002' where subject = 'Printer on fire'$$, 'DK404', 'not_found', '/customer_id');
select checks.touches($$update customers set email = 'dora@example.com' where name = 'Dora'$$, 1);
select checks.fails($$select desk.ensure_customer(gen_random_uuid(), 'Dora@example.com')$$, 'DK409', 'deleted', '/email');
select checks.fails($$select desk.upsert_customer(gen_random_uuid(), 'Dora@example.com', null, null, null)$$, 'DK409', 'deleted', '/email');
select checks.fails($$select desk.refuse_deleted_customer('DORA@example.com')$$, 'DK409', 'deleted', '/email');
select checks.touches($$update customers set deleted_at = null where name = 'Dora'$$, 1);
select checks.answers($$select string_agg(concat_ws(' ', subject, deleted_with, version), ', ' order by subject) from tickets where deleted_at is not null$$, 'first 2');
select checks.touches($$update tickets set deleted_at = null where subject = 'first'$$, 1);
-- A deletion is no activity.
select checks.answers($$select count(*) from tickets where last_activity_at <> created_at and subject in ('first', 'second')$$, '0');
-- A deleted message counts for nothing and is not found.
select checks.answers($$select concat_ws(' ', version, first_reply_at is not null, last_reply_at is not null) from tickets where subject = 'Printer on fire'$$, '2 t t');
select checks.touches($$update ticket_messages set deleted_at = now() where body = 'An okapi'$$, 1);
select checks.answers($$select concat_ws(' ', version, first_reply_at is not null, last_reply_at is not null) from tickets where subject = 'Printer on fire'$$, '3 f f');
select checks.answers($$select concat_ws(' ', message_count, last_message ->> 'body') from desk.ticket_detail where subject = 'Printer on fire'$$, '1 It burns, zebra');
select checks.answers($$select desk.search_tickets('okapi')::text$$, '{}');
select checks.fails($$select desk.expect('message', '51000000-0000-7000-8000-000000000002', null)$$, 'DK404', 'not_found');
select checks.touches($$update ticket_messages set deleted_at = null where body = 'An okapi'$$, 1);
select checks.answers($$select concat_ws(' ', version, first_reply_at is not null, last_reply_at is not null) from tickets where subject = 'Printer on fire'$$, '4 t t');
select checks.answers($$select desk.search_tickets('okapi')::text$$, '{71000000-0000-7000-8000-000000000001}');
-- A version of the ticket even where it says nothing else of the message.
select checks.touches($$update ticket_messages set deleted_at = now() where body = 'It burns, zebra'$$, 1);
select checks.answers($$select concat_ws(' ', t.version, m.version) from tickets t join ticket_messages m on m.ticket_id = t.id where m.body = 'It burns, zebra'$$, '5 2');
select checks.touches($$update ticket_messages set deleted_at = null where body = 'It burns, zebra'$$, 1);
-- Nor is a message of a deleted ticket, though it is not marked.
select checks.touches($$update tickets set deleted_at = now() where subject = 'Printer on fire'$$, 1);
select checks.fails($$select desk.expect('message', '51000000-0000-7000-8000-000000000002', null)$$, 'DK404', 'not_found');
select checks.fails($$select desk.expect('message', '51000000-0000-7000-8000-000000000002', null, 'restore')$$, 'DK404', 'not_found');
-- Of a deleted customer, what they said elsewhere stays without their name.
select checks.touches($$update customers set deleted_at = now() where email = 'carl+desk@example.com'$$, 1);
select checks.answers($$select sender ->> 'name' from desk.message where body = 'It burns, zebra'$$, null);
-- The history tells it.
reset role;
select checks.answers($$select string_agg(concat_ws(' ', object_kind, action), ', ' order by seq) from desk.audit_records where object_id = 'c1000000-0000-7000-8000-000000000002'$$, 'customer created, customer deleted, customer changed, customer restored');
select checks.answers($$select string_agg(action, ', ' order by seq) from desk.audit_records where object_id = '71000000-0000-7000-8000-000000000003'$$, 'created, deleted, restored');

-- A customer's deletion takes nobody else's tickets, which a purge would take with the tickets that they are merged into.
reset role;
create function pg_temp.refusal(statement text) returns text language plpgsql as $$
declare
  told text;
begin
  execute statement;
  return 'done';
exception when sqlstate 'DK423' then
  get stacked diagnostics told = pg_exception_detail;
  return told;
end
$$;
select checks.become('anna');
insert into customers (id, name) values ('c1000000-0000-7000-8000-000000000011', 'Quentin'), ('c1000000-0000-7000-8000-000000000012', 'Rita');
insert into tickets (id, customer_id, subject) values
  ('71000000-0000-7000-8000-0000000000d1', 'c1000000-0000-7000-8000-000000000011', 'q1'),
  ('71000000-0000-7000-8000-0000000000d2', 'c1000000-0000-7000-8000-000000000011', 'q2'),
  ('71000000-0000-7000-8000-0000000000d3', 'c1000000-0000-7000-8000-000000000012', 'r1');
insert into ticket_messages (ticket_id, sender_type, sender_id, body) values
  ('71000000-0000-7000-8000-0000000000d1', 'customer', 'c1000000-0000-7000-8000-000000000011', 'q'),
  ('71000000-0000-7000-8000-0000000000d3', 'customer', 'c1000000-0000-7000-8000-000000000012', 'r');
select desk.merge_tickets(array['71000000-0000-7000-8000-0000000000d3']::uuid[], '71000000-0000-7000-8000-0000000000d2');
select desk.merge_tickets(array['71000000-0000-7000-8000-0000000000d2']::uuid[], '71000000-0000-7000-8000-0000000000d1');
select checks.answers($$select pg_temp.refusal('update customers set deleted_at = now() where name = ''Quentin''')$$, '{"ticket_ids": ["71000000-0000-7000-8000-0000000000d3"]}');
select checks.answers($$select count(*) from tickets where subject in ('q1', 'q2', 'r1') and deleted_at is null$$, '3');
-- One whose customer is deleted as well may go; it comes back after the ticket that has its messages.
select checks.touches($$update customers set deleted_at = now() where name = 'Rita'$$, 1);
select checks.touches($$update customers set deleted_at = now() where name = 'Quentin'$$, 1);
select checks.answers($$select pg_temp.refusal('update customers set deleted_at = null where name = ''Rita''')$$, '{"customer_ids": ["c1000000-0000-7000-8000-000000000011"]}');
select checks.touches($$update customers set deleted_at = null where name = 'Quentin'$$, 1);
select checks.touches($$update customers set deleted_at = null where name = 'Rita'$$, 1);
-- What was taken out goes with its own customer; where the ticket itself was deleted, what is merged into it is as well.
select desk.unmerge_ticket('71000000-0000-7000-8000-0000000000d3');
select checks.touches($$update customers set deleted_at = now() where name = 'Quentin'$$, 1);
select checks.answers($$select string_agg(subject, ' ' order by subject) from tickets where subject in ('q1', 'q2', 'r1') and deleted_at is null$$, 'r1');
select checks.touches($$update customers set deleted_at = null where name = 'Quentin'$$, 1);
select desk.merge_tickets(array['71000000-0000-7000-8000-0000000000d3']::uuid[], '71000000-0000-7000-8000-0000000000d1');
select checks.touches($$update tickets set deleted_at = now() where subject = 'q1'$$, 1);
select checks.touches($$update customers set deleted_at = now() where name = 'Quentin'$$, 1);
