-- What reports are made of says what its tickets say; who serves only reads it.
select checks.become('anna');
select checks.answers(
  $$select concat_ws(' ', s.ordinal, s.opened_at = t.created_at, s.solved_at is null, s.priority_rank, s.tags = t.tags, s.is_counted)
      from desk.ticket_spells s join tickets t on t.id = s.ticket_id$$, '0 t t 2 t t');
select checks.fails($$update desk.ticket_spells set ordinal = 9$$, '42501');
select checks.fails($$insert into desk.ticket_spells (ticket_id) values (gen_random_uuid())$$, '42501');
select checks.fails($$delete from desk.ticket_spells$$, '42501');
-- What a ticket is now.
update tickets set priority = 'urgent', tags = '{b,a}', assigned_to = checks.agent('bob');
select checks.answers($$select concat_ws(' ', priority_rank, tags, assigned_to = checks.agent('bob')) from desk.ticket_spells$$, '4 {a,b} t');
-- Solved, opened again, closed.
update tickets set status = 'solved';
select checks.answers(
  $$select concat_ws(' ', ordinal, solved_at = now(), resolution_seconds = resolution_business_seconds, reopened_at is null)
      from desk.ticket_spells$$, '0 t t t');
update tickets set status = 'pending';
select checks.answers(
  $$select string_agg(concat_ws(' ', ordinal, solved_at is null, reopened_at is null, opened_at = now()), ', ' order by ordinal)
      from desk.ticket_spells$$, '0 f f f, 1 t t t');
update tickets set status = 'closed', tags = '{c}';
select checks.answers(
  $$select string_agg(concat_ws(' ', ordinal, solved_at is null, tags), ', ' order by ordinal) from desk.ticket_spells$$,
  '0 f {c}, 1 f {c}');
-- Deleted and restored.
update tickets set deleted_at = now();
select checks.answers($$select string_agg(is_counted::text, ' ') from desk.ticket_spells$$, 'false false');
update tickets set deleted_at = null;
select checks.answers($$select string_agg(is_counted::text, ' ') from desk.ticket_spells$$, 'true true');
-- A first reply responds to a customer who has written; a second one, a note and one to nobody do not.
insert into tickets (id, customer_id, subject) values
  ('a6000000-0000-7000-8000-000000000001', 'c1000000-0000-7000-8000-000000000001', 'asked'),
  ('a6000000-0000-7000-8000-000000000002', 'c1000000-0000-7000-8000-000000000001', 'began here');
insert into ticket_messages (ticket_id, sender_type, sender_id, body) values
  ('a6000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000001', 'question');
insert into ticket_messages (ticket_id, sender_type, sender_id, body, is_internal) values
  ('a6000000-0000-7000-8000-000000000001', 'agent', checks.agent('anna'), 'note', true);
select checks.answers($$select count(responded_at) from desk.ticket_spells$$, '0');
insert into ticket_messages (ticket_id, sender_type, sender_id, body) values
  ('a6000000-0000-7000-8000-000000000001', 'agent', checks.agent('anna'), 'reply'),
  ('a6000000-0000-7000-8000-000000000002', 'agent', checks.agent('anna'), 'offer');
select checks.answers(
  $$select string_agg(concat_ws(' ', s.responded_at = t.first_reply_at, s.response_seconds), ', ' order by t.id)
      from desk.ticket_spells s join tickets t on t.id = s.ticket_id where t.subject in ('asked', 'began here')$$, 't 0, ');
update ticket_messages set deleted_at = now() where body = 'reply';
select checks.answers(
  $$select count(responded_at) from desk.ticket_spells where ticket_id = 'a6000000-0000-7000-8000-000000000001'$$, '0');
-- A merged ticket counts for nothing until it is taken out again.
select desk.merge_tickets('{a6000000-0000-7000-8000-000000000002}', 'a6000000-0000-7000-8000-000000000001');
select checks.answers(
  $$select concat_ws(' ', is_counted, solved_at is null) from desk.ticket_spells where ticket_id = 'a6000000-0000-7000-8000-000000000002'$$, 'f t');
select desk.unmerge_ticket('a6000000-0000-7000-8000-000000000002');
select checks.answers(
  $$select concat_ws(' ', is_counted, solved_at is null, ordinal) from desk.ticket_spells where ticket_id = 'a6000000-0000-7000-8000-000000000002'$$, 't t 0');
-- What is purged for its age goes on counting, what was deleted leaves nothing.
update tickets set deleted_at = now() where id = 'a6000000-0000-7000-8000-000000000001';
reset role;
delete from tickets where subject = 'asked' or status = 'closed';
select checks.answers(
  $$select string_agg(concat_ws(' ', ordinal, is_counted), ', ' order by ordinal)
      from desk.ticket_spells where ticket_id in ('71000000-0000-7000-8000-000000000001', 'a6000000-0000-7000-8000-000000000001')$$,
  '0 t, 1 t');
