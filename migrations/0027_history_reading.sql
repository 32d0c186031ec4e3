-- What the history looks like on the wire, and an object as it was.

-- {member: {from, to}} of what a record changed. A long text is cut at 4 KiB, as in lists; a value of a custom field
-- bears the field's name of today, or its id where the field is gone.
create function desk.audit_changes(organization uuid, old_values jsonb, new_values jsonb) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(
             jsonb_object_agg(
               coalesce(
                 case when k.name like 'fields.%' then (
                   select 'fields.' || f.field_name from public.customer_fields f
                    where f.organization_id = organization and f.id = substr(k.name, 8)::uuid
                 ) end,
                 k.name),
               jsonb_build_object('from', desk.audit_value(old_values -> k.name), 'to', desk.audit_value(new_values -> k.name))),
             '{}')
      from jsonb_object_keys(coalesce(old_values, '{}') || coalesce(new_values, '{}')) as k (name)
     where old_values -> k.name is distinct from new_values -> k.name
  );
end
$$;

create function desk.audit_value(value jsonb) returns jsonb
  language sql immutable parallel safe
  return case
    when jsonb_typeof(value) = 'string' and octet_length(value #>> '{}') > 4096 then to_jsonb(desk.cut(value #>> '{}', 4096))
    else value
  end;

create view desk.audit_entry with (security_invoker = true) as
select r.seq, r.xid,
       jsonb_build_object('kind', r.object_kind, 'id', r.object_id) as object,
       r.ticket_id, r.object_version as version, r.action,
       jsonb_build_object(
         'type', r.actor_type, 'id', r.actor_id,
         'name', case r.actor_type
           when 'agent' then (
             select a.name from public.agent_profiles a
              where a.organization_id = r.organization_id and a.id = r.actor_id)
           when 'customer' then (
             select c.name from public.customers c where c.organization_id = r.organization_id and c.id = r.actor_id)
         end,
         'impersonator', r.impersonator
       ) as actor,
       r.method, r.requested_at, r.created_at,
       desk.audit_changes(r.organization_id, r.old_values, r.new_values) as changes,
       coalesce((select jsonb_agg(k.name) from jsonb_object_keys(r.cleaned) as k (name)), '[]') as cleaned,
       r.detail
  from desk.audit_records r;

-- An entry of a ticket's history: where the status changed, how long it was what it no longer is. What a message said
-- that is deleted is not told here.
create view desk.ticket_entry with (security_invoker = true) as
select e.seq, e.xid, e.object, e.ticket_id, e.version, e.action, e.actor, e.method, e.requested_at, e.created_at,
       case when e.object ->> 'kind' <> 'message' or exists (
         select from public.ticket_messages m where m.id = (e.object ->> 'id')::uuid and m.deleted_at is null
       ) then e.changes else '{}' end as changes,
       e.cleaned, e.detail,
       case when e.changes ? 'status' and e.action <> 'created' and e.object ->> 'kind' = 'ticket' then (
         select jsonb_build_object(
                  'status', e.changes #> '{status,from}',
                  'since', b.since,
                  'seconds', greatest(0, floor(extract(epoch from e.created_at - b.since))))
           from (
             -- What was there when its history began is older than that.
             select b.seq, least(b.created_at, (b.new_values ->> 'created_at')::timestamptz) as since,
                    b.root_id, b.object_id, b.new_values, b.action
               from desk.audit_records b
           ) as b
          where b.root_id = e.ticket_id
            and b.object_id = e.ticket_id
            and b.seq < e.seq
            and (b.new_values ? 'status' or b.action in ('created', 'found'))
          order by b.seq desc
          limit 1
       ) end as ended
  from desk.audit_entry e;

-- The last record of a ticket's own before or at a version or an instant; null before its first.
create function desk.ticket_record(ticket uuid, version integer, instant timestamptz) returns bigint
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select r.seq
      from desk.audit_records r
     where r.root_id = ticket
       and r.object_id = ticket
       and (version is null or r.object_version <= version)
       and (instant is null or r.created_at <= instant)
     order by r.seq desc
     limit 1
  );
end
$$;

-- The members of an object after a record of its history: each as the last record up to then left it. roots are the tickets
-- that a message belonged to, otherwise the object itself. Null where it was deleted, or was not there yet.
create function desk.members_after(roots uuid[], id uuid, last bigint) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if (
    select r.new_values is null and r.action = 'deleted'
      from desk.audit_records r
     where r.root_id = any (roots) and r.object_id = members_after.id and r.seq <= last
     order by r.seq desc
     limit 1
  ) then
    return null;
  end if;
  return (
    select jsonb_object_agg(m.name, m.value)
      from (
        select distinct on (n.name) n.name, n.value
          from desk.audit_records r
          cross join jsonb_each(r.new_values) as n (name, value)
         where r.root_id = any (roots) and r.object_id = members_after.id and r.seq <= last
         order by n.name, r.seq desc
      ) as m
  );
end
$$;

-- A ticket as it was at an instant, with its messages of then counted and the last of them.
create function desk.ticket_at(ticket uuid, instant timestamptz) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  own constant bigint := desk.ticket_record(ticket, null, instant);
  state constant jsonb := desk.members_after(array[ticket], ticket, own);
  last_seq bigint;
  last_message uuid;
  messages integer;
  said jsonb;
begin
  if state is null then
    return null;
  end if;
  select max(l.seq), count(*) filter (where l.action <> 'deleted'),
         -- What a message said that is deleted by now is not told.
         (array_agg(l.id order by l.created_at desc, l.id desc) filter (where l.is_there))[1]
    into last_seq, messages, last_message
    from (
      select distinct on (r.object_id)
             r.seq, r.object_id as id, r.action, m.created_at,
             r.action <> 'deleted' and m.id is not null and m.deleted_at is null as is_there
        from desk.audit_records r
        left join public.ticket_messages m on m.id = r.object_id
       where r.root_id = ticket
         and r.object_kind = 'message'
         and r.created_at <= instant
       order by r.object_id, r.seq desc
    ) as l;
  said := desk.members_after(
    desk.audit_roots(desk.current_organization(), last_message, ticket), last_message, last_seq);
  return (
    select jsonb_build_object(
             'id', ticket, 'version', r.object_version, 'changed_at', r.created_at, 'ticket', state,
             'message_count', coalesce(messages, 0),
             'last_message',
             jsonb_build_object('id', last_message)
               || said || jsonb_build_object('body', desk.audit_value(said -> 'body')))
      from desk.audit_records r
     where r.root_id = ticket and r.object_id = ticket and r.seq = own
  );
end
$$;

-- What is different in a ticket between two versions or instants; a missing version or instant is now.
create function desk.ticket_diff(
  ticket uuid, from_version integer, from_instant timestamptz, to_version integer, to_instant timestamptz
) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  first constant bigint := desk.ticket_record(ticket, from_version, from_instant);
  last constant bigint := desk.ticket_record(ticket, to_version, to_instant);
  before constant jsonb := desk.members_after(array[ticket], ticket, first);
  after constant jsonb := desk.members_after(array[ticket], ticket, last);
begin
  if first is null or last is null then
    return null;
  end if;
  return (
    select jsonb_build_object(
             'id', ticket,
             'from', jsonb_build_object('version', f.object_version, 'changed_at', f.created_at),
             'to', jsonb_build_object('version', l.object_version, 'changed_at', l.created_at),
             'changes', desk.audit_changes(f.organization_id, before, after))
      from desk.audit_records f
      join desk.audit_records l
        on l.root_id = ticket and l.object_id = ticket and l.seq = last
     where f.root_id = ticket and f.object_id = ticket and f.seq = first
  );
end
$$;

revoke all on desk.audit_entry, desk.ticket_entry from public;
grant select on desk.audit_entry, desk.ticket_entry to authenticated;
revoke all on function
  desk.audit_changes(uuid, jsonb, jsonb), desk.audit_value(jsonb), desk.ticket_record(uuid, integer, timestamptz),
  desk.members_after(uuid[], uuid, bigint), desk.ticket_at(uuid, timestamptz),
  desk.ticket_diff(uuid, integer, timestamptz, integer, timestamptz)
  from public;
grant execute on function
  desk.audit_changes(uuid, jsonb, jsonb), desk.audit_value(jsonb), desk.ticket_record(uuid, integer, timestamptz),
  desk.members_after(uuid[], uuid, bigint), desk.ticket_at(uuid, timestamptz),
  desk.ticket_diff(uuid, integer, timestamptz, integer, timestamptz)
  to authenticated;
