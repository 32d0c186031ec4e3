-- A giant organization beside many small ones, for looking at plans. Run by a superuser, with settings:
-- desk.giant, the tickets of organization 0; desk.others, how many more organizations; desk.each, their tickets each;
-- desk.small, where it is set, those of organization 1.
--
-- The n-th thing of a kind in an organization has the id pg_temp.id(organization, n). Triggers and foreign keys are off,
-- since they would take most of the time; what the triggers keep is written here. Rows of all organizations are mixed, as
-- they are after a while.
set session_replication_role = replica;
-- Indexes are built from the rows at the end, as REINDEX does: rows in no order, put into a dozen of them one by one, take
-- several times as long, and at ten million tickets most of an hour. They are not dropped, since constraints lean on them.
create temporary table waiting as
select i.indexrelid, c.oid::regclass as relation
  from pg_index i join pg_class c on c.oid = i.indrelid
 where c.relnamespace in ('desk'::regnamespace, 'public'::regnamespace) and c.relkind = 'r';
update pg_index set indisready = false, indisvalid = false where indexrelid in (select indexrelid from waiting);

create function pg_temp.id(org integer, n integer) returns uuid language sql immutable as
  $$select (lpad(to_hex(org), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid$$;
create temporary table sizes as
select i as org, pg_temp.id(i, 0) as id,
       case
         when i = 0 then current_setting('desk.giant')
         when i = 1 then coalesce(nullif(current_setting('desk.small', true), ''), current_setting('desk.each'))
         else current_setting('desk.each')
       end::integer as tickets
  from generate_series(0, current_setting('desk.others')::integer) as i;

insert into organizations (id, clerk_id, name)
select id, 'org_' || org, 'Organization ' || org from sizes;

insert into agent_profiles (id, clerk_user_id, organization_id, name)
select pg_temp.id(org, i), 'user_' || org || '.' || i, id, 'Agent ' || i
  from sizes, generate_series(0, 9) as i;

insert into customer_fields (id, organization_id, field_name, field_type, options, position)
select pg_temp.id(org, i), id, 'field ' || i, case i when 3 then 'number' when 4 then 'multiselect' when 5 then 'date' else 'text' end::field_type,
       case i when 4 then '["common", "rare"]'::jsonb end, i
  from sizes, generate_series(1, 6) as i;

insert into customers (id, organization_id, name, email, search, created_at)
select pg_temp.id(org, i), id, 'Customer ' || md5(i::text), 'c' || i || '@x.test',
       to_tsvector('simple', 'customer c' || i), now() - i * interval '1 minute'
  from sizes, generate_series(0, tickets / 10) as i
 order by hashint8(i * 5003::bigint + org);

insert into desk.customer_identities (organization_id, kind, value, customer_id)
select c.organization_id, i.kind, i.value, c.id
  from customers c
  cross join lateral (values ('email', c.email), ('chat', 'telegram:' || right(c.id::text, 12))) as i (kind, value);

insert into customer_field_values (organization_id, customer_id, field_id, value)
select c.organization_id, c.id, f.id,
       case f.position when 3 then (('x' || right(c.id::text, 7))::bit(28)::integer % 1000)::text
         when 4 then case when right(c.id::text, 2) = '00' then '["rare"]' else '["common"]' end
         when 5 then (date '2020-01-01' + ('x' || right(c.id::text, 7))::bit(28)::integer % 2000)::text else 'value' end
  from customers c join customer_fields f on f.organization_id = c.organization_id and f.position <= 5;

-- Every ticket has one of three common tags, each fiftieth, or a thousand of a giant's, the rare one as well.
insert into tickets
  (id, organization_id, number, customer_id, assigned_to, subject, status, priority, created_at, last_activity_at,
   tags, snoozed_until, message_count)
select pg_temp.id(org, i), id, i, pg_temp.id(org, i % (tickets / 10)),
       case when i % 3 > 0 then pg_temp.id(org, i % 10) end, 'Subject ' || i,
       ('{open,pending,solved,closed,closed,closed,closed}'::ticket_status[])[1 + i % 7],
       ('{low,normal,normal,high,urgent}'::ticket_priority[])[1 + i % 5],
       now() - i * interval '3 minutes', now() - (i::bigint * 7919 % tickets) * interval '1 minute',
       case when i % greatest(50, tickets / 1000) = 0 then array['tag-0', 'tag-' || 1 + i % 3] else array['tag-' || 1 + i % 3] end,
       case when i % 40 = 0 then now() + interval '1 day' end, 2
  from sizes, generate_series(1, tickets) as i
 order by hashint8(i * 5003::bigint + org);

insert into ticket_messages
  (id, organization_id, ticket_id, sender_type, sender_id, body, email_message_id, created_at)
select pg_temp.id(org, 2 * i + j), id, pg_temp.id(org, i), 'customer', pg_temp.id(org, i % (tickets / 10)), 'Text ' || i,
       format('<%s.%s@x.test>', i, j), now() - i * interval '3 minutes' + j * interval '1 minute'
  from sizes, generate_series(1, tickets) as i, generate_series(0, 1) as j
 order by hashint8(i * 5003::bigint + org);

insert into desk.search_documents (organization_id, ticket_id, source_id, search)
select organization_id, id, id, to_tsvector('simple', subject) from tickets;

insert into desk.audit_records (
  organization_id, object_kind, object_id, object_version, ticket_id, action, actor_type, actor_id, method, created_at,
  new_values)
select organization_id, 'ticket', id, 1, id, 'created', 'agent', assigned_to,
       ('{tickets.create,messages.create,tickets.update}'::text[])[1 + hashtext(id::text) & 1], created_at, '{"status":"open"}'
  from tickets;

insert into macros (id, organization_id, title, body)
select pg_temp.id(org, i), id, 'Macro ' || i, 'Text' from sizes, generate_series(1, 6) as i;

insert into desk.macro_usage (organization_id, macro_id)
select organization_id, id from macros;

insert into ticket_views (id, organization_id, owner_id, name)
select pg_temp.id(org, i), id, pg_temp.id(org, i), 'View ' || i from sizes, generate_series(1, 6) as i;

insert into email_accounts (id, organization_id, email_address)
select pg_temp.id(org, i), id, 'help' || i || '@' || org || '.test'
  from sizes, generate_series(1, 6) as i;
insert into desk.ticket_counters (organization_id, last_number)
select id, tickets from sizes;

insert into tags (id, organization_id, name)
select pg_temp.id(org, i), id, 'tag-' || i from sizes, generate_series(0, 3) as i;

insert into desk.ticket_tags (organization_id, ticket_id, tag_id)
select t.organization_id, t.id, g.id
  from tickets t join tags g on g.organization_id = t.organization_id and g.name = any (t.tags);
insert into desk.ticket_followers (organization_id, ticket_id, agent_id)
select t.organization_id, t.id, a.id
  from tickets t join agent_profiles a on a.organization_id = t.organization_id and a.name = 'Agent ' || t.number % 10
 where t.number % 3 = 0;
insert into desk.ticket_viewers (organization_id, ticket_id, agent_id, mode, expires_at)
select f.organization_id, f.ticket_id, f.agent_id, 'reading', now() + interval '1 day' from desk.ticket_followers f;

-- Solved within some hours, one in twenty twice; nine in ten were responded to. In the order of time, as they come.
insert into desk.ticket_spells (
  organization_id, ticket_id, ordinal, opened_at, solved_at, reopened_at, resolution_seconds, resolution_business_seconds,
  responded_at, response_seconds, response_business_seconds, assigned_to, priority_rank, tags, is_counted)
select t.organization_id, t.id, s.ordinal,
       t.created_at + s.ordinal * interval '3 days',
       case when s.ordinal < s.reopened or t.status_code in ('solved', 'closed')
         then t.created_at + s.ordinal * interval '3 days' + s.seconds * interval '1 second' end,
       case when s.ordinal < s.reopened then t.created_at + interval '3 days' end,
       s.seconds + s.ordinal * 259200, (s.seconds + s.ordinal * 259200) / 3,
       case when s.ordinal = 0 and t.number % 10 > 0 then t.created_at + s.seconds / 4 * interval '1 second' end,
       s.seconds / 4, s.seconds / 12, t.assigned_to, t.priority_rank, t.tags, true
  from (
    select t.organization_id, t.id, n.ordinal, (t.number % 20 = 0)::integer as reopened,
           60 + abs(hashint4(t.number)) % 200000 as seconds
      from tickets t
     cross join generate_series(0, 1) as n (ordinal)
     where n.ordinal = 0 or t.number % 20 = 0
  ) as s
  join tickets t on t.organization_id = s.organization_id and t.id = s.id
 order by t.created_at, s.ordinal;

do $$
declare
  relation regclass;
begin
  for relation in select distinct w.relation from waiting w loop
    execute format('reindex table %s', relation);
  end loop;
end $$;
drop table waiting;
reset session_replication_role;
