-- Some 100,000 tickets: the statements that methods send must be served by their indexes under the policies, with a
-- generic plan, for the giant organization and for a small one. Run by check.sh as a superuser, after check.sql.
\set QUIET on
\o /dev/null
set client_min_messages = warning;
set session_replication_role = replica;
create temp table sizes as
select i as org, case i when 0 then 60000 when 60 then 40 else 800 end as n from generate_series(0, 60) as i;
insert into organizations (id, clerk_id, name)
select md5('org' || org)::uuid, 'org_' || org, 'Org ' || org from sizes;
insert into agent_profiles (id, clerk_user_id, organization_id, name)
select md5('agent' || org || '.' || i)::uuid, 'user_' || org || '.' || i, md5('org' || org)::uuid, 'Agent ' || i
  from sizes, generate_series(0, 9) as i;
insert into customers (id, organization_id, name, email, search, created_at)
select md5('customer' || org || '.' || i)::uuid, md5('org' || org)::uuid, 'Customer ' || md5(i::text),
       'c' || i || '@x.test', to_tsvector('simple', 'c' || i), now() - i * interval '1 minute'
  from sizes, generate_series(0, n / 10) as i;
insert into tickets (id, organization_id, customer_id, assigned_to, subject, status, priority, created_at, last_activity_at)
select md5('ticket' || org || '.' || i)::uuid, md5('org' || org)::uuid, md5('customer' || org || '.' || i % (n / 10))::uuid,
       case when i % 3 > 0 then md5('agent' || org || '.' || i % 10)::uuid end, 'Subject ' || i,
       ('{open,pending,solved,closed,closed,closed,closed}'::ticket_status[])[1 + i % 7],
       ('{low,normal,normal,high,urgent}'::ticket_priority[])[1 + i % 5],
       now() - i * interval '3 minutes', now() - (i * 7919 % n) * interval '1 minute'
  from sizes, generate_series(1, n) as i;
insert into ticket_messages (organization_id, ticket_id, sender_type, sender_id, body, email_message_id, created_at)
select t.organization_id, t.id, 'customer', t.customer_id, 'Text ' || j, j || '.' || t.id, t.created_at + j * interval '1 hour'
  from tickets t, generate_series(1, 3) as j;
insert into desk.search_documents select organization_id, id, id, to_tsvector('simple', subject) from tickets on conflict do nothing;
reset session_replication_role;
vacuum analyze;

create function pg_temp.check_plan(name text, statement text, index_name text) returns void language plpgsql as $$
declare
  line text;
  plan text := '';
begin
  for line in execute 'explain (analyze, costs off, timing off) ' || statement loop
    plan := plan || line || E'\n';
  end loop;
  if plan ~ 'Seq Scan' or plan !~ index_name or plan ~ 'Rows Removed by Filter: [0-9]{3,}' then
    raise exception E'% is not served by %:\n%', name, index_name, plan;
  end if;
end
$$;
create function pg_temp.check_plans(org integer) returns void language plpgsql as $$
declare
  o constant uuid := md5('org' || org)::uuid;
  ticket constant text := format('%L::uuid', md5('ticket' || org || '.30'));
begin
  perform set_config('request.jwt.claims', jsonb_build_object('sub', 'user_' || org || '.0', 'org_id', 'org_' || org)::text, false),
          set_config('app.organization_id', o::text, false), set_config('app.role', 'agent', false),
          set_config('plan_cache_mode', 'force_generic_plan', false), set_config('role', 'authenticated', false);
  perform pg_temp.check_plan(v.name, format('execute %s', v.call), v.index_name)
    from (values
      ('ticket by id', 'by_id(' || ticket || ')', 'tickets_organization_id_id_key|tickets_pkey'),
      ('ticket in full', 'detail(' || ticket || ')', 'idx_ticket_messages_org_ticket'),
      ('first page', 'page', 'idx_tickets_org_activity'),
      ('next page', 'next_page(now() - interval ''1 day'', ' || ticket || ')', 'idx_tickets_org_activity'),
      ('by status', 'by_status(''{open,pending}'')', 'idx_tickets_org_status_activity'),
      ('by assignee', 'by_assignee(md5(''agent' || org || '.3'')::uuid)', 'idx_tickets_org_assignee'),
      ('unassigned', 'unassigned', 'idx_tickets_org_unassigned'),
      ('by customer', 'by_customer(md5(''customer' || org || '.3'')::uuid)', 'idx_tickets_org_customer'),
      ('by priority', 'by_priority', 'idx_tickets_org_priority'),
      ('by creation', 'by_creation', 'idx_tickets_org_created'),
      ('messages', 'messages(' || ticket || ')', 'idx_ticket_messages_org_ticket'),
      ('message by email id', 'by_email_id(''1.x'')', 'ticket_messages_email_message_id_key'),
      ('customer by email', 'customer_by_email(''c7@x.test'')', 'customers_email_key'),
      ('customers by name', 'customers_by_name(''Customer 5'', ' || ticket || ')', 'idx_customers_org_name'),
      ('customers by creation', 'customers_by_creation', 'idx_customers_org_created'),
      ('search', 'search(''30'')', 'tickets_organization_id_id_key|tickets_pkey')
    ) as v (name, call, index_name);
  perform set_config('role', 'none', false);
end
$$;

prepare by_id(uuid) as select t.subject from tickets t where t.id = $1;
prepare detail(uuid) as select to_jsonb(v)::text from desk.ticket_detail v where v.id = $1;
prepare page as
  select to_jsonb(v)::text
    from (select t.id, t.last_activity_at from tickets t order by t.last_activity_at desc, t.id desc limit 26) p
    join desk.ticket v on v.id = p.id
   order by p.last_activity_at desc, p.id desc;
prepare next_page(timestamptz, uuid) as
  select t.id from tickets t where (t.last_activity_at, t.id) < ($1, $2)
   order by t.last_activity_at desc, t.id desc limit 26;
prepare by_status(text[]) as
  select t.id
    from unnest($1) as s (code)
   cross join lateral (
     select x.id, x.last_activity_at from tickets x where x.status_code = s.code
      order by x.last_activity_at desc, x.id desc limit 26
   ) as t
   order by t.last_activity_at desc, t.id desc limit 26;
prepare by_assignee(uuid) as
  select t.id from tickets t where t.assigned_to = $1 order by t.last_activity_at desc, t.id desc limit 26;
prepare unassigned as
  select t.id from tickets t where t.assigned_to is null order by t.last_activity_at desc, t.id desc limit 26;
prepare by_customer(uuid) as
  select t.id from tickets t where t.customer_id = $1 order by t.last_activity_at desc, t.id desc limit 26;
prepare by_priority as
  select t.id from tickets t order by t.priority_rank desc, t.last_activity_at desc, t.id desc limit 26;
prepare by_creation as select t.id from tickets t order by t.created_at desc, t.id desc limit 26;
prepare messages(uuid) as
  select to_jsonb(v)::text
    from (select m.id, m.created_at from ticket_messages m where m.ticket_id = $1 order by m.created_at, m.id limit 26) p
    join desk.message_row v on v.id = p.id
   order by p.created_at, p.id;
prepare by_email_id(text) as select m.id from ticket_messages m where m.email_message_id = $1;
prepare customer_by_email(text) as select c.id from customers c where c.email = $1;
prepare customers_by_name(text, uuid) as
  select c.id from customers c where (c.name, c.id) > ($1, $2) order by c.name, c.id limit 26;
prepare customers_by_creation as select c.id from customers c order by c.created_at desc, c.id desc limit 26;
prepare search(text) as
  select t.id from tickets t where t.id = any ((select desk.search_tickets($1))::uuid[])
   order by t.last_activity_at desc, t.id desc limit 26;

select pg_temp.check_plans(org) from unnest(array[0, 7, 60]) as o (org);
\echo fine
