-- What a customer said, and what it did to the ticket, is theirs, by whatever agent it came, and nothing after it is.
create function pg_temp.actors(message uuid) returns text language sql stable as $$
  select string_agg(
           concat_ws(' ', r.object_kind, r.action, r.actor_type, r.actor_id in (checks.agent('bob'), 'c1000000-0000-7000-8000-000000000001'),
             (select p.name from checks.people p where checks.agent(p.name) = r.agent_id)), ', ' order by r.seq)
    from desk.audit_records r
   where r.seq >= (select min(m.seq) from desk.audit_records m where m.object_id = message)
$$;
create function pg_temp.says(message uuid, who text, is_automatic boolean default false) returns void language sql as $$
  insert into ticket_messages (organization_id, id, ticket_id, sender_type, sender_id, body, is_automatic)
  values (checks.organization('bob'), message, '71000000-0000-7000-8000-000000000001', who::public.sender_type,
          case who when 'agent' then checks.agent('bob') else 'c1000000-0000-7000-8000-000000000001' end, 'x', is_automatic)
$$;
select checks.become('bob');
select pg_temp.says('51000000-0000-7000-8000-0000000000a1', 'customer');
select pg_temp.says('51000000-0000-7000-8000-0000000000a2', 'agent');
select checks.answers($$select pg_temp.actors('51000000-0000-7000-8000-0000000000a1')$$,
  'message created customer t bob, ticket changed customer t bob, message created agent t, ticket changed agent t');
select checks.answers($$select current_setting('app.customer_id', true)$$, '');
select pg_temp.says('51000000-0000-7000-8000-0000000000a3', 'customer', is_automatic => true);
select checks.answers($$select pg_temp.actors('51000000-0000-7000-8000-0000000000a3')$$, 'message created customer t bob, ticket changed customer t bob');
-- Several at once: each changes its ticket by itself.
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body)
select m.id::uuid, '71000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000001', 'x'
  from unnest('{51000000-0000-7000-8000-0000000000a4,51000000-0000-7000-8000-0000000000a5}'::text[]) as m (id);
select checks.answers($$select pg_temp.actors('51000000-0000-7000-8000-0000000000a4')$$,
  'message created customer t bob, ticket changed customer t bob, message created customer t bob, ticket changed customer t bob');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body) values
  ('51000000-0000-7000-8000-0000000000a6', '71000000-0000-7000-8000-000000000001', 'agent', checks.agent('bob'), 'x'),
  ('51000000-0000-7000-8000-0000000000a7', '71000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000001', 'x');
select checks.answers($$select pg_temp.actors('51000000-0000-7000-8000-0000000000a6')$$,
  'message created agent t, ticket changed agent t, message created customer t bob, ticket changed customer t bob');
-- A closed ticket is reopened, or followed up, by its customer.
reset role;
update organizations set reopen_days = null where clerk_id = 'org_one';
update tickets set status = 'closed' where id = '71000000-0000-7000-8000-000000000001';
select checks.become('bob');
select pg_temp.says('51000000-0000-7000-8000-0000000000a8', 'customer');
update ticket_messages set metadata = '{"by":"an agent"}' where id = '51000000-0000-7000-8000-0000000000a8';
reset role;
select checks.answers(
  $$select string_agg(concat_ws(' ', r.object_kind, r.action, r.actor_type, r.new_values ->> 'status'), ', ' order by r.seq)
      from desk.audit_records r where r.seq > (select max(c.seq) from desk.audit_records c where c.new_values ->> 'status' = 'closed')$$,
  'ticket changed customer open, message created customer, ticket changed customer, message changed agent');
update organizations set reopen_days = 0 where clerk_id = 'org_one';
update tickets set status = 'closed' where id = '71000000-0000-7000-8000-000000000001';
select checks.become('bob', only_claims => true);
select pg_temp.says('51000000-0000-7000-8000-0000000000a9', 'customer');
reset role;
select checks.answers(
  $$select string_agg(concat_ws(' ', r.object_kind, r.action, r.actor_type, r.agent_id = checks.agent('bob')), ', ' order by r.seq)
      from desk.audit_records r where r.seq > (select max(c.seq) from desk.audit_records c where c.new_values ->> 'status' = 'closed')$$,
  'ticket created customer t, message created customer t, ticket changed customer t');
select checks.answers(
  $$select string_agg(distinct e.actor ->> 'name' || ' ' || (e.actor ->> 'agent_id' = checks.agent('bob')::text), ', ')
      from desk.audit_entry e where e.object ->> 'id' = '51000000-0000-7000-8000-0000000000a9'$$, 'carl+desk@example.com true');
select checks.answers(
  $$select string_agg(distinct v.actor::text, ', ') from desk.event v where v.object_id = '51000000-0000-7000-8000-0000000000a9'$$,
  jsonb_build_object('type', 'customer', 'id', 'c1000000-0000-7000-8000-000000000001', 'agent_id', checks.agent('bob'))::text);
