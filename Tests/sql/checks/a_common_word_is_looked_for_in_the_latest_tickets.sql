-- 2,600 tickets, each later than the one before: all say walrus, the first narwhal, the first 2,300 ice.
set local session_replication_role = replica;
create function pg_temp.id(n integer) returns uuid language sql immutable as
  $$select ('74000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid$$;
insert into public.tickets (id, organization_id, number, customer_id, subject, last_activity_at)
select pg_temp.id(n), t.organization_id, 1000 + n, t.customer_id, 'walrus', now() + n * interval '1 minute'
  from public.tickets t, generate_series(1, 2600) as n
 where t.id = '71000000-0000-7000-8000-000000000001';
insert into desk.search_documents (organization_id, ticket_id, source_id, search)
select t.organization_id, t.id, t.id,
       to_tsvector('simple', 'walrus' || case when t.id = pg_temp.id(1) then ' narwhal' else '' end
         || case when t.id <= pg_temp.id(2300) then ' ice' else '' end)
  from public.tickets t
 where t.subject = 'walrus';
set local session_replication_role = origin;

select checks.become('bob');
-- Of what all say, the 1,000 of latest activity, the latest first.
select checks.answers(
  $$select s.ids[1]::text || ' ' || s.ids[1000]::text || ' ' || cardinality(s.ids) from desk.search_tickets('walrus') as s (ids)$$,
  '74000000-0000-7000-8000-000000002600 74000000-0000-7000-8000-000000001601 1000');
-- The latest do not have it, yet more than 2,000 do.
select checks.answers(
  $$select s.ids[1]::text || ' ' || cardinality(s.ids) from desk.search_tickets('ice') as s (ids)$$,
  '74000000-0000-7000-8000-000000002300 1000');
-- A rare word is found wherever it is, and so is a common one beside it.
select checks.answers(
  $$select desk.search_tickets('narwhal')::text || desk.search_tickets('walrus narwhal')::text$$,
  '{74000000-0000-7000-8000-000000000001}{74000000-0000-7000-8000-000000000001}');
-- Counting has no end.
select checks.answers($$select cardinality(desk.search_all_tickets('ice'))$$, '2300');
-- Nor is there a way around the caller's organization.
select checks.fails(
  $$select desk.latest_matching('10000000-0000-7000-8000-000000000001', 'walrus', 10, 10)$$, '42501');
select checks.become('zoe');
select checks.answers($$select desk.search_tickets('walrus')$$, '{}');
