-- Of what was said since a message, what was deleted is not missed, nor what one said oneself or the desk did.
select checks.become('bob');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body, is_internal) values
  ('55000000-0000-7000-8000-000000000001', '71000000-0000-7000-8000-000000000001', 'agent', checks.agent('bob'), 'mine', false);
insert into ticket_messages (id, ticket_id, sender_type, body) values
  ('55000000-0000-7000-8000-000000000002', '71000000-0000-7000-8000-000000000001', 'system', 'received');
select checks.answers(
  $$select desk.missed('71000000-0000-7000-8000-000000000001', '51000000-0000-7000-8000-000000000001') ->> 'missed_count'$$, '0');
select checks.become('anna');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body, is_internal) values
  ('55000000-0000-7000-8000-000000000003', '71000000-0000-7000-8000-000000000001', 'agent', checks.agent('anna'), 'a note', true);
select checks.become('bob');
select checks.answers(
  $$select desk.missed('71000000-0000-7000-8000-000000000001', '51000000-0000-7000-8000-000000000001') #>> '{missed,0,body}'$$, 'a note');
select checks.fails(
  $$select desk.expect_seen('71000000-0000-7000-8000-000000000001', '51000000-0000-7000-8000-000000000001')$$, 'DK409', 'conflict');
select checks.answers(
  $$select desk.expect_seen('71000000-0000-7000-8000-000000000001', '55000000-0000-7000-8000-000000000003')$$, '');
-- What was seen elsewhere says nothing about this ticket; what moved from here by merging was seen here, and not what was
-- said since where it went.
insert into tickets (id, customer_id, subject)
values ('71000000-0000-7000-8000-0000000000f1', 'c1000000-0000-7000-8000-000000000001', 'Another');
select checks.fails(
  $$select desk.expect_seen('71000000-0000-7000-8000-0000000000f1', '55000000-0000-7000-8000-000000000003')$$,
  'DK404', 'not_found');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body, is_internal) values
  ('55000000-0000-7000-8000-0000000000f1', '71000000-0000-7000-8000-0000000000f1', 'agent', checks.agent('bob'), 'here', true);
select desk.merge_tickets(array['71000000-0000-7000-8000-0000000000f1'::uuid], '71000000-0000-7000-8000-000000000001');
select checks.fails(
  $$select desk.expect_seen('71000000-0000-7000-8000-0000000000f1', '55000000-0000-7000-8000-0000000000f1')$$,
  'DK409', 'conflict');
select checks.answers(
  $$select desk.conflict('ticket', '71000000-0000-7000-8000-000000000001', 1) #>> '{current,subject}'$$, 'Printer on fire');
-- Deleted, it is gone for agents; admins, who can restore it, are shown it.
select checks.become('anna');
update ticket_messages set deleted_at = now() where id = '55000000-0000-7000-8000-000000000003';
update tickets set deleted_at = now() where id = '71000000-0000-7000-8000-000000000001';
select checks.become('bob');
select checks.answers(
  $$select desk.missed('71000000-0000-7000-8000-000000000001', '51000000-0000-7000-8000-000000000001') ->> 'missed_count'$$, '0');
select checks.answers($$select desk.conflict('ticket', '71000000-0000-7000-8000-000000000001', 1)::text$$, null);
select checks.become('anna');
select checks.answers(
  $$select desk.conflict('ticket', '71000000-0000-7000-8000-000000000001', 1) #>> '{current,subject}'$$, 'Printer on fire');
-- Nobody else is told anything.
select checks.become('zoe');
select checks.answers($$select desk.conflict('ticket', '71000000-0000-7000-8000-000000000001', 1)::text$$, null);
select checks.fails(
  $$select desk.expect_seen('71000000-0000-7000-8000-000000000001', '51000000-0000-7000-8000-000000000001')$$, 'DK404', 'not_found');
select checks.answers(
  $$select desk.missed('71000000-0000-7000-8000-000000000001', '51000000-0000-7000-8000-000000000001') ->> 'missed_count'$$, '0');
