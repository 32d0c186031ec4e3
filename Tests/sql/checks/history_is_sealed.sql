-- Seals are made once, in batches, and show what was done to the history behind the desk's back.
-- The fixture was committed, and no transaction of the cluster is as old as this says; what this one writes waits for its
-- end.
update desk.audit_records set xid = '10';
set local role deskpipe_maintain;
select checks.answers('select desk.seal_audit(3)', '3');
select checks.answers('select desk.seal_audit() > 10', 'true');
select checks.answers('select desk.seal_audit()', '0');
select checks.fails('select count(*) from desk.audit_seals', '42501');
reset role;
select checks.become('anna');
update tickets set subject = 'Later' where id = '71000000-0000-7000-8000-000000000001';
set local role deskpipe_maintain;
select checks.answers('select desk.seal_audit()', '0');
reset role;
select checks.answers(
  $$select string_agg(distinct s.organization_id::text, '') = checks.organization('zoe')::text from desk.audit_seals s where s.organization_id not in (select checks.organization('anna'))$$, 'true');

create function pg_temp.verified(start bigint default 1, known jsonb default null) returns text language plpgsql as $$
declare
  result jsonb;
begin
  perform checks.become('anna');
  result := desk.verify_audit(start, 100, known);
  perform set_config('role', 'none', true);
  return coalesce(
    (select string_agg(p.value ->> 'kind', ' ' order by p.n) from jsonb_array_elements(result -> 'problems') with ordinality as p (value, n)),
    format('%s sealed, %s cleaned, %s unsealed',
      (result ->> 'records')::bigint = (select sum(cardinality(s.seqs)) from desk.audit_seals s where s.organization_id = checks.organization('anna')),
      result ->> 'cleaned', result ->> 'unsealed'));
end
$$;
create function pg_temp.after(damage text, start bigint default 1, known jsonb default null) returns text language plpgsql as $$
declare
  result text;
begin
  begin
    execute damage;
    result := pg_temp.verified(start, known);
    raise exception sqlstate 'UNDO0';
  exception when sqlstate 'UNDO0' then
    return result;
  end;
end
$$;
create temporary table head on commit drop as
select max(s.number) as number, min(s.seqs[1]) as first from desk.audit_seals s where s.organization_id = checks.organization('anna');
create temporary table known on commit drop as
select jsonb_build_object('number', s.number, 'hash', encode(s.hash, 'hex')) as seal
  from desk.audit_seals s join head h on h.number = s.number where s.organization_id = checks.organization('anna');
select checks.answers('select number > 1 from head', 'true');
select checks.answers('select pg_temp.verified()', 't sealed, 0 cleaned, 1 unsealed');
select checks.answers('select pg_temp.verified(1, seal) from known', 't sealed, 0 cleaned, 1 unsealed');
select checks.answers(
  format('select pg_temp.after(%L, 1, (select seal from known))', damage), expected)
  from (values
    ($$select 1$$, 't sealed, 0 cleaned, 1 unsealed'),
    ($$update desk.audit_records set new_values = jsonb_set(new_values, '{subject}', '"x"') where object_kind = 'ticket' and action = 'created'$$, 'record_changed'),
    ($$update desk.audit_records set actor_type = 'system', actor_id = null where object_kind = 'ticket' and action = 'created'$$, 'record_changed'),
    ($$update desk.audit_records set agent_id = gen_random_uuid() where object_kind = 'ticket' and action = 'created'$$, 'record_changed'),
    ($$update desk.audit_records set client_id = 'x' where object_kind = 'ticket' and action = 'created'$$, 'record_changed'),
    ($$update desk.audit_records set salt = '\x00' where object_kind = 'ticket' and action = 'created'$$, 'record_changed'),
    ($$delete from desk.audit_records where object_kind = 'ticket' and action = 'created'$$, 'record_missing'),
    ($$insert into desk.audit_records (xid, seq, organization_id, object_kind, object_id, object_version, action, actor_type, salt) overriding system value select xid, -1, organization_id, 'ticket', gen_random_uuid(), 1, 'changed', 'system', '\x00' from desk.audit_records where object_kind = 'customer' and action = 'created'$$, 'record_added'),
    ($$update desk.audit_seals set digests = overlay(digests placing '\x00000000' from 40) where number = 1$$, 'seal_changed record_changed'),
    ($$update desk.audit_seals set hash = sha256('') where number = 1$$, 'seal_changed seal_changed'),
    ($$delete from desk.audit_seals where number = 1$$, 'seal_missing'),
    ($$delete from desk.audit_seals where number = (select number from head) and organization_id = checks.organization('anna')$$, 'seal_missing'),
    -- As desk.clean_audit leaves it, but for the record that says so.
    ($$select desk.clean_audit(checks.organization('anna'), 'ticket', '71000000-0000-7000-8000-000000000001', '{subject}', 'redacted'); delete from desk.audit_records where action = 'redacted'$$, 'not_explained'),
    -- A digest that is kept in a value's place is none of that value.
    ($$select desk.clean_audit(checks.organization('anna'), 'ticket', '71000000-0000-7000-8000-000000000001', '{subject}', 'redacted'); update desk.audit_records set cleaned = '{"subject":"00"}' where cleaned ? 'subject'$$, 'record_changed'),
    ($$select desk.clean_audit(checks.organization('anna'), 'ticket', '71000000-0000-7000-8000-000000000001', '{subject}', 'redacted')$$, 't sealed, 1 cleaned, 2 unsealed')
  ) as v (damage, expected);
select checks.answers('select pg_temp.verified((select number from head) + 1)', 'f sealed, 0 cleaned, 1 unsealed');

-- What was said in one ticket and taken out in another is explained in both; and each object by its own record.
reset role;
update desk.audit_records set xid = '11' where xid <> '10';
select checks.become('anna');
insert into tickets (id, customer_id, subject) values ('71000000-0000-7000-8000-0000000000c1', 'c1000000-0000-7000-8000-000000000001', 'C');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body)
select ('51000000-0000-7000-8000-0000000000c' || n)::uuid, '71000000-0000-7000-8000-0000000000c1', 'customer', 'c1000000-0000-7000-8000-000000000001', 'secret ' || n from generate_series(1, 2) n;
select desk.merge_tickets('{71000000-0000-7000-8000-0000000000c1}', '71000000-0000-7000-8000-000000000001');
reset role;
update desk.audit_records set xid = '12' where xid::text::bigint > 12;
set local role deskpipe_maintain;
select checks.answers('select desk.seal_audit() > 0', 'true');
reset role;
select checks.become('anna');
select desk.redact_message('51000000-0000-7000-8000-0000000000c1', 'secret', null, null);
reset role;
select checks.answers('select pg_temp.verified()', 't sealed, 1 cleaned, 3 unsealed');
select checks.answers(
  $$select string_agg(concat_ws(' ', t.subject, r.new_values ->> 'body', r.detail ->> 'records'), ', ' order by r.seq) from desk.audit_records r join tickets t on t.id = r.ticket_id where r.action = 'redacted'$$,
  'C 1, Later ▇▇▇▇▇▇ 1 1');
-- By nobody's record but the message's own.
select checks.answers(
  $sql$select pg_temp.after($$update desk.audit_records set object_id = '51000000-0000-7000-8000-0000000000c2' where action = 'redacted'$$)$sql$, 'not_explained');

-- Another organization has a chain of its own, and an agent sees none.
select checks.become('zoe');
select checks.answers($$select desk.verify_audit(1, 100) -> 'problems'$$, '[]');
select checks.answers('select count(distinct organization_id) from desk.audit_seals', '1');
select checks.become('bob');
select checks.answers('select count(*) from desk.audit_seals', '0');
select checks.fails('delete from desk.audit_seals', '42501');
-- A record from before there were clients has the digest that it was sealed with.
select checks.answers(
  $$
  select encode(desk.audit_record_digest(jsonb_populate_record(null::desk.audit_records, '{"organization_id": "01000000-0000-7000-8000-000000000001", "seq": 7,
    "object_kind": "ticket", "object_id": "71000000-0000-7000-8000-000000000001", "object_version": 2, "action": "changed", "actor_type": "system",
    "created_at": "2026-01-01T00:00:00Z", "old_values": {"subject": "a"}, "new_values": {"subject": "b"}, "salt": "\\\\x0102"}')), 'hex')
  $$,
  '53079a491e04726cd0440cc3ea7db7a587f27476bcad48f9787cecb41e08fc11');
