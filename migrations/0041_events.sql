-- Events: the history as a feed. What happened is a record of desk.audit_records already; here is what one looks like on
-- the wire, and where a feed is that is read on from a position.
--
-- A position is (xid, seq). A reader takes what is behind its own and below pg_snapshot_xmin(pg_current_snapshot()):
-- every transaction below that has ended, so nothing appears there later. Ordered by seq alone, a feed loses what
-- commits late (45 % in a measured run). The price: one long transaction that writes, of whatever tenant, holds the
-- feed up as long as it runs.

-- The identity of the database that positions belong to: transaction ids begin anew in a cluster that was filled from a
-- dump. A failover keeps it, since a standby has its primary's identifier.
create function desk.feed_epoch() returns text
  language sql stable
  set search_path = pg_catalog, pg_temp
  return (
    select substr(encode(sha256(convert_to(
             concat_ws('.', s.system_identifier, (select d.oid from pg_database d where d.datname = current_database())),
             'UTF8')), 'hex'), 1, 16)
      from pg_control_system() s
  );

-- Answers the epoch, for whoever reads on from a position of that one; null is a position of nowhere. A transaction that
-- has not been yet is one that a standby lost before it took over.
create function desk.require_epoch(epoch text, xid xid8) returns text
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  present constant text := desk.feed_epoch();
begin
  if epoch <> present or epoch is not null and xid > pg_snapshot_xmax(pg_current_snapshot()) then
    perform desk.fail(
      'DK410', 'cursor_foreign', 'The cursor does not belong to this database; read what there is, then start anew.',
      '/cursor');
  end if;
  return present;
end
$$;

-- Members as an event shows them: long texts are cut at 4,000 characters, other values and whole members left out where
-- they would be more than a page can hold.
create function desk.event_values(members jsonb) returns jsonb
  language sql immutable parallel safe
  set search_path = pg_catalog, pg_temp
  return case when octet_length(members::text) <= 4000 then members else (
    select jsonb_object_agg(c.name, c.value)
      from (
        select m.name, m.value, sum(octet_length(m.value::text) + octet_length(m.name) + 6) over (
                 order by octet_length(m.value::text), m.name) as bytes
          from (
            select e.name,
                   case when jsonb_typeof(e.value) = 'string' and char_length(e.value #>> '{}') > 4000
                     then to_jsonb(left(e.value #>> '{}', 4000)) else e.value end as value
              from jsonb_each(members) as e (name, value)
          ) as m
      ) as c
     where c.bytes <= 20000
  ) end;

-- What an event looks like. Row level security of the records decides who sees it.
create view desk.event with (security_invoker = true) as
select concat_ws('-', '1', (select desk.feed_epoch()), a.xid, a.seq) as id,
       a.xid::text as transaction,
       a.object_kind || '.' || a.action as type,
       a.object_kind,
       a.object_id,
       a.object_version as version,
       a.ticket_id,
       jsonb_build_object('type', a.actor_type, 'id', a.actor_id) as actor,
       a.method,
       a.created_at,
       coalesce(v.old_values, '{}') as old_values,
       coalesce(v.new_values, '{}') as new_values,
       v.old_values is distinct from a.old_values or v.new_values is distinct from a.new_values as truncated,
       a.xid,
       a.seq
  from desk.audit_records a
 cross join lateral (
   select desk.event_values(a.old_values) as old_values, desk.event_values(a.new_values) as new_values offset 0
 ) as v;

-- Where the records of a ticket and its messages stand in the feed.
--
-- SECURITY DEFINER: under row level security no index serves an expression such as coalesce, which PostgreSQL does not
-- take for leakproof. The organization comes from the caller's settings, and what is found is read under the policies.
create function desk.ticket_records(ticket uuid)
  returns table (xid xid8, seq bigint, object_kind text, action text)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
begin
  return query
    select a.xid, a.seq, a.object_kind::text, a.action::text
      from desk.audit_records a
     where a.organization_id = organization and coalesce(a.ticket_id, a.object_id) = ticket;
end
$$;

revoke all on function
  desk.feed_epoch(), desk.require_epoch(text, xid8), desk.event_values(jsonb), desk.ticket_records(uuid) from public;
grant execute on function
  desk.feed_epoch(), desk.require_epoch(text, xid8), desk.event_values(jsonb), desk.ticket_records(uuid)
  to authenticated;
grant create on schema desk to desk_keeper;
alter function desk.ticket_records(uuid) owner to desk_keeper;
revoke create on schema desk from desk_keeper;
revoke all on table desk.event from public;
grant select on desk.event to authenticated;
