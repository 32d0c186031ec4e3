create function pg_temp.ticket(letter text) returns uuid language sql stable as $$select id from tickets where subject = letter$$;
create function pg_temp.say(letter text, content text, sender sender_type default 'customer') returns void language sql as $$
  insert into ticket_messages (ticket_id, sender_type, sender_id, body)
  select t.id, sender, case sender when 'customer' then t.customer_id else checks.agent('bob') end, content from tickets t where t.subject = letter
$$;
-- What is said where: notes of the desk by their event.
create function pg_temp.talk(letter text) returns text language sql stable as $$
  select string_agg(coalesce(m.metadata ->> 'event', m.body) || coalesce('<' || (select o.subject from tickets o where o.id = d.merged_from), ''), ' ' order by m.created_at, m.body)
    from ticket_messages m join desk.message d on d.id = m.id where m.ticket_id = pg_temp.ticket(letter)
$$;
create function pg_temp.state(letter text) returns text language sql stable as $$
  select concat_ws(' ', t.status, (select o.subject from tickets o where o.id = t.merged_into), 'first=' || (select m.body from ticket_messages m where m.created_at = t.first_reply_at and m.sender_type = 'agent'))
    from tickets t where t.subject = letter
$$;
-- Three tickets of two customers; A is the fixture's.
select checks.become('bob');
insert into customers (id, name) values ('c1000000-0000-7000-8000-000000000002', 'Dora');
insert into tickets (id, customer_id, subject, status) values
  ('71000000-0000-7000-8000-00000000000b', 'c1000000-0000-7000-8000-000000000002', 'B', 'pending'),
  ('71000000-0000-7000-8000-00000000000c', 'c1000000-0000-7000-8000-000000000002', 'C', 'open');
update tickets set subject = 'A' where id = '71000000-0000-7000-8000-000000000001';
select pg_temp.say('B', 'b1'); select pg_temp.say('B', 'b2', 'agent'); select pg_temp.say('C', 'c1');
select checks.answers($$select string_agg(pg_temp.state(l), ', ') from unnest('{A,B,C}'::text[]) l$$, 'open, open first=b2, open');
update tickets set status = 'pending' where subject = 'B';
-- Refused: itself, what is not there, nobody's.
select checks.fails($$select desk.merge_tickets(array[pg_temp.ticket('A')], pg_temp.ticket('A'))$$, 'DK423', 'rule', '/sources/0');
select checks.fails($$select desk.merge_tickets(array[pg_temp.ticket('B'), gen_random_uuid()], pg_temp.ticket('A'))$$, 'DK404', 'not_found', '/sources/1');
select checks.fails($$select desk.merge_tickets(array[pg_temp.ticket('B'), '72000000-0000-7000-8000-000000000001'], pg_temp.ticket('A'))$$, 'DK404', 'not_found', '/sources/1');
select checks.fails($$select desk.merge_tickets(array[pg_temp.ticket('B')], '72000000-0000-7000-8000-000000000001')$$, 'DK404', 'not_found', '/id');
select checks.fails($$select desk.unmerge_ticket(pg_temp.ticket('B'))$$, 'DK423', 'rule', '/id');
select checks.fails($$select desk.unmerge_ticket('72000000-0000-7000-8000-000000000001')$$, 'DK404', 'not_found', '/id');
select checks.fails($$select desk.split_ticket('72000000-0000-7000-8000-000000000001', gen_random_uuid(), gen_random_uuid(), null)$$, 'DK404', 'not_found', '/id');
-- B into A, then A into C: messages go along and remember where they were written.
select checks.touches($$select desk.merge_tickets(array[pg_temp.ticket('B')], pg_temp.ticket('A'))$$, 1);
select checks.answers($$select pg_temp.talk('A')$$, 'It burns, zebra b1<B b2<B merged_from');
select checks.answers($$select pg_temp.talk('B')$$, 'merged_into');
select checks.answers($$select string_agg(pg_temp.state(l), ', ') from unnest('{A,B,C}'::text[]) l$$, 'open first=b2, closed A, open');
select checks.answers($$select desk.search_tickets('b1')::text = array[pg_temp.ticket('A')]::text$$, 'true');
select checks.fails($$select desk.merge_tickets(array[pg_temp.ticket('B')], pg_temp.ticket('C'))$$, 'DK423', 'rule', '/sources/0');
select checks.fails($$select desk.merge_tickets(array[pg_temp.ticket('C')], pg_temp.ticket('B'))$$, 'DK423', 'rule', '/id');
select checks.fails($$select desk.merge_tickets(array[pg_temp.ticket('A')], pg_temp.ticket('B'))$$, 'DK423', 'rule', '/id');
select checks.fails($$update tickets set status = 'open' where subject = 'B'$$, 'DK423', 'rule', '/id');
select checks.touches($$select desk.merge_tickets(array[pg_temp.ticket('A')], pg_temp.ticket('C'))$$, 1);
-- A late message to B ends in C.
select pg_temp.say('B', 'b3');
select checks.answers($$select pg_temp.talk('C')$$, 'It burns, zebra<A b1<B c1 b2<B merged_from<A merged_from b3<B');
select checks.answers($$select sender ->> 'name' from desk.message where body = 'b3'$$, 'Dora');
-- B leaves with what is its own, late messages included, though A is still in C.
select checks.touches($$select desk.unmerge_ticket(pg_temp.ticket('B'))$$, 1);
select checks.answers($$select pg_temp.talk('B')$$, 'b1 b2 merged_into b3 unmerged_from');
select checks.answers($$select pg_temp.talk('C')$$, 'It burns, zebra<A c1 merged_from<A merged_from unmerged');
select checks.answers($$select string_agg(pg_temp.state(l), ', ') from unnest('{A,B,C}'::text[]) l$$, 'closed C, open first=b2, open');
select checks.touches($$select desk.unmerge_ticket(pg_temp.ticket('A'))$$, 1);
select checks.answers($$select pg_temp.talk('A')$$, 'It burns, zebra merged_from merged_into unmerged_from');
select checks.answers($$select assigned_to = checks.agent('bob') from tickets where subject = 'A'$$, 'true');
-- Without news the status is what it was.
update tickets set status = 'pending' where subject = 'B';
select checks.touches($$select desk.merge_tickets(array[pg_temp.ticket('B')], pg_temp.ticket('A'))$$, 1);
select checks.touches($$select desk.unmerge_ticket(pg_temp.ticket('B'))$$, 1);
select checks.answers($$select pg_temp.state('B')$$, 'pending first=b2');
-- An open source makes its target open.
select checks.touches($$select desk.merge_tickets(array[pg_temp.ticket('C')], pg_temp.ticket('B'))$$, 1);
select checks.answers($$select pg_temp.state('B')$$, 'open first=b2');
-- What was split off stays where it was put.
select checks.fails($$select desk.split_ticket(pg_temp.ticket('B'), (select id from ticket_messages where body = 'It burns, zebra'), gen_random_uuid(), null)$$, 'DK404', 'not_found', '/message_id');
select checks.touches($$select desk.split_ticket(pg_temp.ticket('B'), (select id from ticket_messages where body = 'b3'), '71000000-0000-7000-8000-00000000000d', 'D')$$, 1);
select checks.answers($$select concat_ws(' ', status, split_from = pg_temp.ticket('B'), customer_id = 'c1000000-0000-7000-8000-000000000002') from tickets where subject = 'D'$$, 'open t t');
select checks.answers($$select pg_temp.talk('D')$$, 'b3 split_from');
select checks.answers($$select pg_temp.talk('B') ~ '^b1 .*b2 .*split_into$' and pg_temp.talk('B') !~ 'b3'$$, 'true');
select checks.answers($$select string_agg(body, ' ' order by body) from ticket_messages where sender_type <> 'system'$$, 'It burns, zebra b1 b2 b3 c1');
select checks.fails($$select desk.split_ticket(pg_temp.ticket('B'), (select id from ticket_messages where metadata ->> 'event' = 'split_into'), gen_random_uuid(), null)$$, 'DK423', 'rule', '/message_id');
-- Nothing may be split so that nothing is left.
select checks.fails($$select desk.split_ticket(pg_temp.ticket('D'), (select id from ticket_messages where body = 'b3'), gen_random_uuid(), null)$$, 'DK423', 'rule', '/message_id');
-- The history tells of both.
reset role;
select checks.answers($$select string_agg(r.action, ' ' order by r.seq) from desk.audit_records r where r.object_id = '71000000-0000-7000-8000-00000000000c' and r.action <> 'changed'$$, 'created merged');
select checks.answers($$select count(*) from desk.ticket_merges where undone_at is null$$, '1');
-- A closed ticket takes nothing in.
select checks.become('bob');
update tickets set status = 'closed' where subject = 'A';
select checks.fails($$select desk.merge_tickets(array[pg_temp.ticket('D')], pg_temp.ticket('A'))$$, 'DK423', 'rule', '/id');
-- A target that is deleted keeps what it has, and takes no more.
select checks.become('anna');
update tickets set deleted_at = now() where subject = 'B';
select checks.fails($$select desk.unmerge_ticket(pg_temp.ticket('C'))$$, 'DK423', 'rule', '/id');
select checks.fails($$select pg_temp.say('C', 'c2')$$, 'DK404', 'not_found', '/ticket_id');
-- Tags and followers are joined; an undone merge solved, closed and reopened nothing.
insert into tickets (id, customer_id, subject, tags) values
  ('71000000-0000-7000-8000-0000000000e1', 'c1000000-0000-7000-8000-000000000002', 'E', '{x,y}'),
  ('71000000-0000-7000-8000-0000000000f1', 'c1000000-0000-7000-8000-000000000002', 'F', '{y,z}');
select desk.follow_ticket('71000000-0000-7000-8000-0000000000e1', checks.agent('bob'));
select desk.follow_ticket('71000000-0000-7000-8000-0000000000f1', checks.agent('anna'));
update tickets set status = 'pending', snoozed_until = now() + interval '1 day' where subject = 'E';
select checks.touches($$select desk.merge_tickets(array['71000000-0000-7000-8000-0000000000e1']::uuid[], '71000000-0000-7000-8000-0000000000f1')$$, 1);
select checks.answers($$select concat_ws(' ', tags, follower_ids @> array[checks.agent('anna'), checks.agent('bob')]) from tickets where subject = 'F'$$, '{x,y,z} t');
select checks.answers($$select concat_ws(' ', status, closed_at is null, snoozed_until is null) from tickets where subject = 'E'$$, 'closed t t');
select checks.touches($$select desk.unmerge_ticket('71000000-0000-7000-8000-0000000000e1')$$, 1);
select checks.answers($$select concat_ws(' ', status, first_solved_at, last_solved_at, closed_at, reopen_count, snoozed_until = now() + interval '1 day', tags) from tickets where subject = 'E'$$, 'pending 0 t {x,y}');
-- What only the merge brought is gone again.
select checks.answers($$select concat_ws(' ', tags, follower_ids = array[checks.agent('anna')]) from tickets where subject = 'F'$$, '{y,z} t');
-- A split takes the tags along.
select pg_temp.say('F', 'f1'); select pg_temp.say('F', 'f2');
select checks.touches($$select desk.split_ticket('71000000-0000-7000-8000-0000000000f1', (select id from ticket_messages where body = 'f2'), '71000000-0000-7000-8000-0000000000f2', 'G')$$, 1);
select checks.answers($$select tags from tickets where subject = 'G'$$, '{y,z}');
-- A version of its own, whoever writes it.
reset role;
select checks.answers($$update tickets t set merged_into = null from tickets o where o.id = t.id and t.subject = 'C' returning t.version - o.version$$, '1');
-- An automatic reply since the merge is no news.
insert into tickets (id, customer_id, subject) values
  ('71000000-0000-7000-8000-0000000000a0', 'c1000000-0000-7000-8000-000000000002', 'X'),
  ('71000000-0000-7000-8000-0000000000b0', 'c1000000-0000-7000-8000-000000000002', 'Y');
select pg_temp.say('X', 'x1');
update tickets set status = 'solved' where subject = 'X';
select checks.touches($$select desk.merge_tickets(array[pg_temp.ticket('X')], pg_temp.ticket('Y'))$$, 1);
insert into ticket_messages (ticket_id, sender_type, sender_id, body, is_automatic)
select t.id, 'customer', t.customer_id, 'Out of office', true from tickets t where t.subject = 'X';
select checks.touches($$select desk.unmerge_ticket(pg_temp.ticket('X'))$$, 1);
select checks.answers($$select status || ' ' || reopen_count from tickets where subject = 'X'$$, 'solved 0');
-- Who asked in the source still waits, though the target was solved since.
insert into tickets (id, customer_id, subject) values
  ('71000000-0000-7000-8000-0000000000d0', 'c1000000-0000-7000-8000-000000000002', 'V'),
  ('71000000-0000-7000-8000-0000000000e0', 'c1000000-0000-7000-8000-000000000002', 'W');
select pg_temp.say('V', 'v1');
select pg_temp.say('W', 'w1');
update tickets set status = 'solved' where subject = 'W';
select checks.answers($$select (waiting_since is not null)::text from tickets where subject = 'V'$$, 'true');
select checks.answers($$select (waiting_since is null)::text from tickets where subject = 'W'$$, 'true');
select checks.touches($$select desk.merge_tickets(array[pg_temp.ticket('V')], pg_temp.ticket('W'))$$, 1);
select checks.answers($$select status || ' ' || (waiting_since = (select m.created_at from ticket_messages m where m.body = 'v1')) from tickets where subject = 'W'$$, 'open true');
-- What is in a deleted ticket by now is not told by the one that it was written to.
select checks.answers($$select count(*)::text from desk.ticket_entry where ticket_id = pg_temp.ticket('V') and changes::text like '%v1%'$$, '1');
select checks.become('anna');
update tickets set deleted_at = now() where subject = 'W';
select checks.answers($$select count(*)::text from desk.ticket_entry where ticket_id = '71000000-0000-7000-8000-0000000000d0' and changes::text like '%v1%'$$, '0');
-- What a customer waits for is judged by where it was asked, however often it is counted again. Times are set, since a
-- transaction has but one.
reset role;
insert into tickets (id, customer_id, subject, organization_id)
select ('75000000-0000-7000-8000-00000000000' || n)::uuid, 'c1000000-0000-7000-8000-000000000002', 'w' || n, checks.organization('anna')
  from generate_series(1, 3) n;
create function pg_temp.waits(letter text) returns text language sql stable as $$
  select coalesce((select string_agg(m.body, ' ') from ticket_messages m where m.created_at = t.waiting_since and m.sender_type = 'customer'), '-')
    from tickets t where t.subject = letter
$$;
create function pg_temp.says(letter text, content text, sender sender_type, instant timestamptz) returns void language sql as $$
  insert into ticket_messages (organization_id, ticket_id, sender_type, sender_id, body, created_at)
  select t.organization_id, t.id, sender, case sender when 'customer' then t.customer_id else checks.agent('bob') end, content, instant from tickets t where t.subject = letter
$$;
create function pg_temp.recount(letter text) returns void language sql as $$
  select desk.recompute_ticket(t.organization_id, t.id) from tickets t where t.subject = letter
$$;
select pg_temp.says('w1', 'asked', 'customer', '2026-01-01 08:00Z');
select pg_temp.says('w2', 'also asked', 'customer', '2026-01-01 07:00Z');
select pg_temp.says('w2', 'answered', 'agent', '2026-01-01 09:00Z');
select checks.become('bob');
select desk.merge_tickets('{75000000-0000-7000-8000-000000000001}', '75000000-0000-7000-8000-000000000002');
-- The reply was to another conversation.
select checks.answers($$select pg_temp.waits('w2')$$, 'asked');
reset role;
select pg_temp.recount('w2');
select checks.answers($$select pg_temp.waits('w2')$$, 'asked');
update desk.ticket_merges set merged_at = '2026-01-01 10:00Z' where source_id::text like '75000000%';
-- Solved before the merge, that settles what was there then; and after it, what came along.
alter table tickets disable trigger user;
update tickets set last_solved_at = '2026-01-01 09:30Z' where subject = 'w2';
select pg_temp.recount('w2');
select checks.answers($$select pg_temp.waits('w2')$$, 'asked');
update tickets set last_solved_at = '2026-01-01 10:30Z' where subject = 'w2';
select pg_temp.recount('w2');
select checks.answers($$select pg_temp.waits('w2')$$, '-');
update tickets set last_solved_at = null where subject = 'w2';
update tickets set last_solved_at = '2026-01-01 08:30Z' where subject = 'w1';
select pg_temp.recount('w2');
select checks.answers($$select pg_temp.waits('w2')$$, '-');
update tickets set last_solved_at = null where subject = 'w1';
alter table tickets enable trigger user;
-- A reply after the merge is to both, and so it stays when all of it is merged once more.
select pg_temp.recount('w2');
select checks.answers($$select pg_temp.waits('w2')$$, 'asked');
select pg_temp.says('w1', 'answered both', 'agent', '2026-01-01 11:00Z');
select pg_temp.recount('w2');
select checks.answers($$select pg_temp.waits('w2')$$, '-');
select checks.become('bob');
select desk.merge_tickets('{75000000-0000-7000-8000-000000000002}', '75000000-0000-7000-8000-000000000003');
select checks.answers($$select pg_temp.waits('w3')$$, '-');
-- A ticket as it was has the messages that were in it then; by the message, the history is found wherever it stands.
select checks.become('anna');
select checks.answers($$select string_agg(desk.ticket_at(t.id, now()) ->> 'message_count', ' ' order by t.subject) from tickets t where t.subject ~ '^w[123]$'$$, '1 1 6');
select checks.answers($$select bool_and((desk.ticket_at(t.id, now()) ->> 'message_count')::integer = (select count(*) from ticket_messages m where m.ticket_id = t.id)) from tickets t where t.subject ~ '^w[123]$'$$, 'true');
select checks.answers($$select string_agg(t.subject, ' ' order by t.subject) from tickets t, ticket_messages m where m.body = 'asked' and t.id = any (desk.audit_places(m.organization_id, m.id))$$, 'w1 w2 w3');
select checks.answers($$select desk.moved_members('message', m.id, 1)::text from ticket_messages m where m.body = 'asked'$$, '["merge_path", "ticket_id"]');
-- What came with a merge stays where somebody gave it since, under another name too, and goes through later merges.
select checks.become('anna');
insert into tickets (id, customer_id, subject, tags) values
  ('71000000-0000-7000-8000-000000000101', 'c1000000-0000-7000-8000-000000000002', 'T1', '{t1,both,again,renamed}'),
  ('71000000-0000-7000-8000-000000000102', 'c1000000-0000-7000-8000-000000000002', 'T2', '{both,t2}'),
  ('71000000-0000-7000-8000-000000000103', 'c1000000-0000-7000-8000-000000000002', 'T3', '{t3}'),
  ('71000000-0000-7000-8000-000000000104', 'c1000000-0000-7000-8000-000000000002', 'T4', '{t4}');
select desk.follow_ticket(pg_temp.ticket('T1'), checks.agent('bob'));
select desk.follow_ticket(pg_temp.ticket('T1'), checks.agent('anna'));
select desk.follow_ticket(pg_temp.ticket('T2'), checks.agent('anna'));
select desk.merge_tickets(array[pg_temp.ticket('T1'), pg_temp.ticket('T2')], pg_temp.ticket('T3'));
select checks.answers($$select concat_ws(' ', tags, cardinality(follower_ids)) from tickets where subject = 'T3'$$, '{again,both,renamed,t1,t2,t3} 2');
update tickets set tags = array_remove(tags, 'again') where subject = 'T3';
update tickets set tags = tags || '{again}' where subject = 'T3';
update tags set name = 'named' where name = 'renamed';
select desk.merge_tickets(array[pg_temp.ticket('T3')], pg_temp.ticket('T4'));
select checks.answers($$select concat_ws(' ', tags, cardinality(follower_ids)) from tickets where subject = 'T4'$$, '{again,both,named,t1,t2,t3,t4} 2');
-- T1 leaves both; what T2 has as well stays for it.
select desk.unmerge_ticket(pg_temp.ticket('T1'));
select checks.answers($$select string_agg(concat_ws(' ', tags, follower_ids = array[checks.agent('anna')]), ', ' order by subject) from tickets where subject in ('T3', 'T4')$$, '{again,both,t2,t3} t, {again,both,t2,t3,t4} t');
select checks.answers($$select concat_ws(' ', tags, cardinality(follower_ids)) from tickets where subject = 'T1'$$, '{again,both,named,t1} 2');
-- Who follows by a merge and follows themselves stays.
select desk.follow_ticket(pg_temp.ticket('T4'), checks.agent('anna'));
select desk.unmerge_ticket(pg_temp.ticket('T3'));
select checks.answers($$select concat_ws(' ', tags, follower_ids = array[checks.agent('anna')]) from tickets where subject = 'T4'$$, '{t4} t');
select desk.unmerge_ticket(pg_temp.ticket('T2'));
select checks.answers($$select string_agg(concat_ws(' ', tags, cardinality(follower_ids)), ', ' order by subject) from tickets where subject in ('T2', 'T3')$$, '{both,t2} 1, {again,t3} 0');
-- A closed ticket that its customer wrote to meanwhile: reopened while it may be, else followed up, as if it had never been merged.
reset role;
create function pg_temp.close_and_merge(letter text, days_ago integer) returns void language plpgsql as $$
begin
  perform checks.become('anna');
  insert into tickets (id, customer_id, subject, tags) values (gen_random_uuid(), 'c1000000-0000-7000-8000-000000000002', letter, '{mine}'), (gen_random_uuid(), 'c1000000-0000-7000-8000-000000000002', 'to ' || letter, '{}');
  perform pg_temp.say(letter, letter || ' asks');
  update tickets set status = 'closed' where subject = letter;
  perform set_config('role', 'none', true);
  alter table tickets disable trigger user;
  update tickets set closed_at = now() - make_interval(days => days_ago) where subject = letter;
  alter table tickets enable trigger user;
  perform checks.become('anna');
  perform desk.merge_tickets(array[pg_temp.ticket(letter)], pg_temp.ticket('to ' || letter));
end
$$;
create function pg_temp.after(letter text) returns text language sql stable as $$
  select concat_ws(' ', t.status, t.reopen_count, t.closed_at is not null, 'says', (select string_agg(m.body, '+' order by m.created_at) from ticket_messages m where m.ticket_id = t.id and m.sender_type <> 'system'))
      || coalesce(', then ' || (
        select string_agg(concat_ws(' ', f.status, f.tags, f.waiting_since is not null, (select string_agg(m.body || coalesce(m.merge_path::text, ''), '+' order by m.created_at) from ticket_messages m where m.ticket_id = f.id)), ', ' order by f.number)
          from tickets f where f.follow_up_of = t.id), '')
    from tickets t where t.subject = letter and t.follow_up_of is null
$$;
update organizations set reopen_days = 7 where clerk_id = 'org_one';
select pg_temp.close_and_merge('young', 3), pg_temp.close_and_merge('old', 8), pg_temp.close_and_merge('silent', 8), pg_temp.close_and_merge('auto', 8), pg_temp.close_and_merge('twice', 8);
select pg_temp.say(l, l || ' writes') from unnest('{young,old,twice}'::text[]) as l;
select checks.become('bob');
select pg_temp.say(l, l || ' is answered', 'agent') from unnest('{young,old,silent}'::text[]) as l;
select checks.become('anna');
insert into ticket_messages (ticket_id, sender_type, sender_id, body, is_automatic)
select t.id, 'customer', t.customer_id, 'Out of office', true from tickets t where t.subject = 'auto';
select desk.unmerge_ticket(pg_temp.ticket(l)) from unnest('{young,old,silent,auto,twice}'::text[]) as l;
select checks.answers($$select pg_temp.after('young')$$, 'open 1 f says young asks+young writes+young is answered');
select checks.answers($$select pg_temp.after('old')$$, 'closed 0 t says old asks, then open {mine} f old writes+old is answered');
select checks.answers($$select pg_temp.after('silent')$$, 'closed 0 t says silent asks+silent is answered');
select checks.answers($$select pg_temp.after('auto')$$, 'closed 0 t says auto asks+Out of office');
select checks.answers($$select pg_temp.after('twice')$$, 'closed 0 t says twice asks, then open {mine} t twice writes');
-- To the follow-up that is there; which is where a merge has put it.
update tickets set status = 'solved' where follow_up_of = (select t.id from tickets t where t.subject = 'twice' and t.follow_up_of is null);
select desk.merge_tickets(array(select t.id from tickets t where t.subject = 'twice' and t.follow_up_of is null), pg_temp.ticket('to twice'));
insert into ticket_messages (ticket_id, sender_type, sender_id, body)
select t.id, 'customer', t.customer_id, 'twice again' from tickets t where t.subject = 'twice' and t.follow_up_of is null;
select desk.unmerge_ticket(t.id) from tickets t where t.subject = 'twice' and t.follow_up_of is null;
select checks.answers($$select pg_temp.after('twice')$$, 'closed 0 t says twice asks, then open {mine} t twice writes+twice again');
select desk.merge_tickets(array(select f.id from tickets f where f.subject = 'twice' and f.follow_up_of is not null), pg_temp.ticket('to old'));
insert into ticket_messages (ticket_id, sender_type, sender_id, body)
select t.id, 'customer', t.customer_id, 'to the end' from tickets t where t.subject = 'twice' and t.follow_up_of is null;
select checks.answers($$select t.subject || ' ' || (m.merge_path = array(select f.id from tickets f where f.subject = 'twice' and f.follow_up_of is not null)) from ticket_messages m join tickets t on t.id = m.ticket_id where m.body = 'to the end'$$, 'to old true');
-- Who waits in what a solved or sleeping ticket takes in opens and wakes it, unless it was to sleep on.
select checks.become('bob');
insert into tickets (id, customer_id, subject, status)
select ('76000000-0000-7000-8000-00000000000' || v.n)::uuid, 'c1000000-0000-7000-8000-000000000002', 'z' || v.n, v.status::ticket_status
  from (values (1, 'open'), (2, 'open'), (3, 'open'), (4, 'open'), (5, 'open'), (6, 'open'), (7, 'solved'), (8, 'open')) as v (n, status);
update tickets set snoozed_until = now() + interval '1 day', keep_snoozed = subject = 'z5' where subject in ('z4', 'z5');
select pg_temp.say('z' || n, 'z' || n || ' asks') from generate_series(1, 3) n;
update tickets set status = 'pending' where subject = 'z1';
select desk.merge_tickets(array[pg_temp.ticket('z' || n)], pg_temp.ticket('z' || m)) from (values (1, 7), (2, 4), (3, 5)) as v (n, m);
select checks.answers(
  $$select string_agg(concat_ws(' ', subject, status, snoozed_until is not null, waiting_since is not null), ', ' order by subject) from tickets where subject in ('z4', 'z5', 'z7')$$,
  'z4 open f t, z5 open t t, z7 open f t');
-- What was merged is changed where it is now; what is said to it goes there, and what was said meanwhile is noticed there.
select checks.fails($$select desk.expect('ticket', pg_temp.ticket('z1'), null)$$, 'DK423', 'rule');
select checks.touches($$select desk.expect('ticket', pg_temp.ticket('z1'), null, 'say'), desk.expect('ticket', pg_temp.ticket('z1'), null, 'unmerge')$$, 1);
select checks.answers($$select count(*) from desk.missed_messages(pg_temp.ticket('z1'), (select m.id from ticket_messages m where m.body = 'z1 asks'))$$, '0');
select pg_temp.say('z1', 'z1 asks again');
select checks.answers($$select count(*) from desk.missed_messages(pg_temp.ticket('z1'), (select m.id from ticket_messages m where m.body = 'z1 asks'))$$, '1');
select checks.fails($$select desk.expect_seen(pg_temp.ticket('z1'), (select m.id from ticket_messages m where m.body = 'z1 asks'))$$, 'DK409', 'conflict');
-- A tag that somebody gives is the ticket's own, though a merge had brought it.
update tickets set tags = '{given,brought}' where subject = 'z6';
select desk.merge_tickets(array[pg_temp.ticket('z6')], pg_temp.ticket('z8'));
select desk.change_tags(pg_temp.ticket('z8'), '{Given}');
select desk.unmerge_ticket(pg_temp.ticket('z6'));
select checks.answers($$select tags from tickets where subject = 'z8'$$, '{given}');
