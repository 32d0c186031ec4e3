-- What an organization no longer keeps goes for good, from the history as well; what it keeps stays.
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
create temporary table before on commit drop as
select checks.fingerprint(checks.organization('zoe')) as hash;
select checks.become('anna');
insert into customers (id, name, metadata) values ('c1000000-0000-7000-8000-000000000002', 'Dora', '{"x":"axolotl"}');
insert into tickets (id, customer_id, subject) values
  ('71000000-0000-7000-8000-00000000000b', 'c1000000-0000-7000-8000-000000000001', 'axolotl B'),
  ('71000000-0000-7000-8000-00000000000c', 'c1000000-0000-7000-8000-000000000001', 'C'),
  ('71000000-0000-7000-8000-00000000000d', 'c1000000-0000-7000-8000-000000000002', 'axolotl D');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body) values
  ('51000000-0000-7000-8000-00000000000b', '71000000-0000-7000-8000-00000000000b', 'customer', 'c1000000-0000-7000-8000-000000000001', 'axolotl b'),
  ('51000000-0000-7000-8000-00000000000c', '71000000-0000-7000-8000-00000000000c', 'customer', 'c1000000-0000-7000-8000-000000000001', 'axolotl c'),
  ('51000000-0000-7000-8000-00000000000d', '71000000-0000-7000-8000-00000000000d', 'customer', 'c1000000-0000-7000-8000-000000000002', 'axolotl d'),
  ('51000000-0000-7000-8000-00000000000e', '71000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000002', 'axolotl e');
insert into macros (id, title, body) values ('a1000000-0000-7000-8000-000000000002', 'axolotl', 'x');
-- One that was told of on another ticket, and split off to one that goes.
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body) values
  ('51000000-0000-7000-8000-00000000000f', '71000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000001', 'axolotl f');
select desk.split_ticket('71000000-0000-7000-8000-000000000001', '51000000-0000-7000-8000-00000000000f', '71000000-0000-7000-8000-00000000000f', 'axolotl F');
insert into desk.idempotency_keys (key, method, params_hash)
select k, 'x', sha256('x') from unnest('{macro,split,other}'::text[]) as k;
update desk.idempotency_keys k set answer = v.answer::jsonb
  from (values
    ('macro', '{"id":"a1000000-0000-7000-8000-000000000002","title":"axolotl"}'),
    ('split', '{"id":"51000000-0000-7000-8000-00000000000f","ticket_id":"71000000-0000-7000-8000-000000000001","body":"axolotl"}'),
    ('other', '{"id":"71000000-0000-7000-8000-000000000001","kept":true}')
  ) as v (key, answer) where v.key = k.key;
-- C's message moves to B and goes with it, and so does C.
select desk.merge_tickets(array['71000000-0000-7000-8000-00000000000c']::uuid[], '71000000-0000-7000-8000-00000000000b');
update tickets set deleted_at = now() where subject in ('axolotl B', 'axolotl F');
update customers set deleted_at = now() where name = 'Dora';
update macros set deleted_at = now() where title = 'axolotl';
update ticket_messages set deleted_at = now() where body = 'It burns, zebra';
reset role;
select checks.fails($$set local role authenticated; select desk.purge_deleted(10)$$, '42501');
set local role deskpipe_maintain;
select checks.answers('select desk.purge_deleted(10)', '0');
reset role;
update organizations set keep_deleted_days = 3 where clerk_id = 'org_one';
alter table tickets disable trigger user;
alter table customers disable trigger user;
alter table ticket_messages disable trigger user;
alter table macros disable trigger user;
update tickets set deleted_at = deleted_at - interval '3 days' where deleted_at is not null;
update customers set deleted_at = deleted_at - interval '3 days' where deleted_at is not null;
update ticket_messages set deleted_at = deleted_at - interval '3 days' where deleted_at is not null;
update macros set deleted_at = deleted_at - interval '3 days' where deleted_at is not null;
alter table tickets enable trigger user;
alter table customers enable trigger user;
alter table ticket_messages enable trigger user;
alter table macros enable trigger user;
select checks.answers($$select hash = checks.fingerprint(checks.organization('zoe')) from before$$, 'true');
-- Sealed beforehand; no transaction of the cluster is as old as this says.
update desk.audit_records set xid = '10';
select desk.seal_audit();
update before set hash = checks.fingerprint(checks.organization('zoe'));
set local role deskpipe_maintain;
select checks.answers('select desk.purge_deleted(2)', '2');
select checks.answers('select desk.purge_deleted(10)', '4');
select checks.answers('select desk.purge_deleted(10)', '0');
reset role;
select checks.answers($$select pg_temp.copies('axolotl')$$, '');
select checks.answers($$select pg_temp.copies('zebra')$$, '');
select checks.answers($$select string_agg(k.key, ' ') from desk.idempotency_keys k where k.answer is not null$$, 'other');
select checks.answers($$select string_agg(subject, ' ' order by subject) from tickets where organization_id = checks.organization('anna')$$, 'Printer on fire');
select checks.answers($$select string_agg(concat_ws(' ', object_kind, detail ->> 'reason'), ', ' order by object_kind, detail ->> 'reason') from desk.audit_records where action = 'purged'$$,
  'customer deleted, macro deleted, message deleted, message deleted, message deleted, message deleted, message deleted, message deleted, message deleted, message deleted, message deleted, message deleted, message deleted, ticket deleted, ticket deleted, ticket deleted, ticket deleted');
select checks.answers($$select bool_and(cleaned <> '{}') from desk.audit_records where object_id = '51000000-0000-7000-8000-00000000000c' and action <> 'purged'$$, 'true');
-- Closed tickets are kept for ever unless their organization says otherwise.
update tickets set status = 'closed' where subject = 'Printer on fire';
alter table tickets disable trigger user;
update tickets set closed_at = closed_at - interval '10 days' where subject = 'Printer on fire';
alter table tickets enable trigger user;
-- What was closed and then merged belongs to a ticket that is open.
select checks.become('anna');
insert into tickets (id, customer_id, subject) values
  ('71000000-0000-7000-8000-0000000000a1', 'c1000000-0000-7000-8000-000000000001', 'closed source'),
  ('71000000-0000-7000-8000-0000000000a2', 'c1000000-0000-7000-8000-000000000001', 'open target');
update tickets set status = 'closed' where subject = 'closed source';
select desk.merge_tickets('{71000000-0000-7000-8000-0000000000a1}', '71000000-0000-7000-8000-0000000000a2');
reset role;
alter table tickets disable trigger user;
update tickets set closed_at = now() - interval '10 days' where subject = 'closed source';
alter table tickets enable trigger user;
set local role deskpipe_maintain;
select checks.answers('select desk.purge_deleted(10)', '0');
reset role;
update organizations set keep_closed_days = 10 where clerk_id = 'org_one';
set local role deskpipe_maintain;
select checks.answers('select desk.purge_deleted(10)', '1');
reset role;
select checks.answers($$select pg_temp.copies('Printer on fire')$$, '');
select checks.answers($$select count(*) from tickets where subject = 'closed source'$$, '1');
select checks.answers($$select hash = checks.fingerprint(checks.organization('zoe')) from before$$, 'true');
select checks.become('anna');
select checks.answers($$select concat_ws(' ', (v ->> 'cleaned')::integer > 10, v ->> 'problems') from desk.verify_audit(1, 100) as v$$, 't []');
