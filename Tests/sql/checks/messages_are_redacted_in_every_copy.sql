-- A message that was written to one ticket, moved to another and back, and changed.
create function pg_temp.copies(secret text) returns text language plpgsql as $$
declare
  t regclass;
  rows bigint;
  found text := '';
begin
  for t in select name from checks.tables order by name::text loop
    execute format('select count(*) from %s t where strpos(t::text, $1) > 0', t) into rows using secret;
    if rows > 0 then
      found := found || t || ' ' || rows || ' ';
    end if;
  end loop;
  return found;
end
$$;
select checks.become('anna');
insert into tickets (id, customer_id, subject) values ('71000000-0000-7000-8000-00000000000b', 'c1000000-0000-7000-8000-000000000001', 'B');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body, metadata)
values ('51000000-0000-7000-8000-000000000002', '71000000-0000-7000-8000-00000000000b', 'customer', 'c1000000-0000-7000-8000-000000000001',
        'My card is 4111222233334444, once more: 4111222233334444. Bye', '{"raw":["4111222233334444",{"4111222233334444":1}],"n":4111222233334444}');
select desk.merge_tickets(array['71000000-0000-7000-8000-00000000000b']::uuid[], '71000000-0000-7000-8000-000000000001');
insert into desk.idempotency_keys (key, method, params_hash) values ('k', 'messages.get', sha256(''));
update desk.idempotency_keys set answer = (select to_jsonb(m) from desk.message m where id = '51000000-0000-7000-8000-000000000002');
update ticket_messages set metadata = '{"raw":"4111222233334444","n":[4111222233334444,7]}' where id = '51000000-0000-7000-8000-000000000002';
reset role;
-- Sealed beforehand; no transaction of the cluster is as old as this says.
update desk.audit_records set xid = '10';
select desk.seal_audit();
select checks.answers($$select pg_temp.copies('4111222233334444')$$, 'desk.audit_records 2 desk.idempotency_keys 1 desk.search_documents 1 ticket_messages 1 ');
select checks.become('bob');
select checks.fails($$select desk.redact_message('51000000-0000-7000-8000-000000000002', '4111', null, null)$$, 'DK403', 'forbidden');
select checks.become('zoe');
select checks.fails($$select desk.redact_message('51000000-0000-7000-8000-000000000002', '4111', null, null)$$, 'DK404', 'not_found', '/id');
select checks.become('anna');
select checks.fails($$select desk.redact_message('51000000-0000-7000-8000-000000000002', '5111', null, null)$$, 'DK422', 'invalid', '/text');
select checks.fails(format($$select desk.redact_message('51000000-0000-7000-8000-000000000002', null, %L, null)$$, ranges), 'DK422', 'invalid', path)
  from (values ('[{"from":3,"to":3}]', '/ranges/0'), ('[{"from":0,"to":9999}]', '/ranges/0'), ('[{"from":5,"to":9},{"from":0,"to":6}]', '/ranges/1')) as v (ranges, path);
select checks.touches($$select desk.redact_message('51000000-0000-7000-8000-000000000002', '4111222233334444', null, 'card')$$, 1);
select checks.answers($$select body || metadata::text from ticket_messages where id = '51000000-0000-7000-8000-000000000002'$$, 'My card is ▇▇▇▇▇▇▇▇, once more: ▇▇▇▇▇▇▇▇. Bye{"n": ["▇▇▇▇▇▇▇▇", 7], "raw": "▇▇▇▇▇▇▇▇"}');
select checks.touches($$select desk.redact_message('51000000-0000-7000-8000-000000000002', null, '[{"from":0,"to":2},{"from":42,"to":45}]', null)$$, 1);
select checks.answers($$select body from ticket_messages where id = '51000000-0000-7000-8000-000000000002'$$, '▇▇ card is ▇▇▇▇▇▇▇▇, once more: ▇▇▇▇▇▇▇▇. ▇▇▇');
reset role;
select checks.answers($$select pg_temp.copies('4111222233334444')$$, '');
select checks.answers($$select desk.search_vector('') is not null and count(*) = 0 from desk.search_documents where search @@ '4111222233334444'$$, 'true');
select checks.answers($$select string_agg(concat_ws(' ', action, detail ->> 'reason'), ', ' order by seq) from desk.audit_records where object_id = '51000000-0000-7000-8000-000000000002'$$, 'created, changed, changed, changed, redacted card, redacted card, changed, redacted');
select checks.become('anna');
select checks.answers($$select concat_ws(' ', v ->> 'cleaned', v ->> 'problems') from desk.verify_audit(1, 100) as v$$, '2 []');
-- What is deleted already, by itself or with its ticket, is redacted by those who see it; it stays deleted.
insert into tickets (id, customer_id, subject) values ('71000000-0000-7000-8000-00000000000c', 'c1000000-0000-7000-8000-000000000001', 'C');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body) values
  ('51000000-0000-7000-8000-00000000000c', '71000000-0000-7000-8000-00000000000c', 'customer', 'c1000000-0000-7000-8000-000000000001', 'A code: 77123456'),
  ('51000000-0000-7000-8000-00000000000d', '71000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000001', 'A code: 88123456');
update ticket_messages set deleted_at = now() where id = '51000000-0000-7000-8000-00000000000d';
update tickets set deleted_at = now() where subject = 'C';
select checks.fails(format($$select desk.expect('message', %L, null)$$, id), 'DK404', 'not_found')
  from (values ('51000000-0000-7000-8000-00000000000c'), ('51000000-0000-7000-8000-00000000000d')) as v (id);
select checks.fails(format($$select desk.expect('message', %L, 7, 'redact')$$, id), 'DK409', 'conflict')
  from (values ('51000000-0000-7000-8000-00000000000c'), ('51000000-0000-7000-8000-00000000000d')) as v (id);
select checks.touches(format($$select desk.expect('message', %L, null, 'redact'), desk.redact_message(%1$L, '123456', null, 'code')$$, id), 1)
  from (values ('51000000-0000-7000-8000-00000000000c'), ('51000000-0000-7000-8000-00000000000d')) as v (id);
select checks.fails($$select desk.expect('message', gen_random_uuid(), null, 'redact')$$, 'DK404', 'not_found');
select checks.answers($$select string_agg(m.body || (m.deleted_at is not null), ', ' order by m.body) from ticket_messages m where m.body like 'A code%'$$, 'A code: 77▇▇▇▇▇▇false, A code: 88▇▇▇▇▇▇true');
select checks.become('bob');
select checks.fails($$select desk.expect('message', '51000000-0000-7000-8000-00000000000d', null, 'redact')$$, 'DK403', 'forbidden');
select checks.become('zoe');
select checks.fails($$select desk.expect('message', '51000000-0000-7000-8000-00000000000d', null, 'redact')$$, 'DK404', 'not_found');
reset role;
select checks.answers($$select pg_temp.copies('7123456') || pg_temp.copies('88123456')$$, '');
