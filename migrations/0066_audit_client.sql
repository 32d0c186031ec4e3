-- The history tells by which OAuth client a change came, where it came by one.

-- Of the claims; what their impersonator is told by reads the same setting. A default, so that no function that writes
-- records has to know of it; looking for the word costs less than reading JSON in every record.
alter table desk.audit_records add column client_id text collate "C";
alter table desk.audit_records alter column client_id set default
  case when strpos(current_setting('request.jwt.claims', true), '"client_id"') > 0
    then current_setting('request.jwt.claims', true)::jsonb ->> 'client_id' end;

-- The digest of a record: of everything it says, of each member only its digest, so that it stays the same when members
-- are taken out. A record without a client has the digest that it had before there were clients. plpgsql, whose plan is
-- kept, since it is asked for every record.
create or replace function desk.audit_record_digest(r desk.audit_records) returns bytea
  language plpgsql stable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  return sha256(convert_to(
    (jsonb_build_array(
      r.organization_id, r.seq, r.object_kind, r.object_id, r.object_version, r.ticket_id, r.action, r.actor_type,
      r.actor_id, r.impersonator, r.method, extract(epoch from r.requested_at), extract(epoch from r.created_at), r.detail,
      (
        select jsonb_object_agg(
                 k.name,
                 coalesce(
                   r.cleaned ->> k.name,
                   desk.audit_digest(
                     coalesce(decode(r.salts ->> k.name, 'hex'), desk.audit_salt(r.salt, k.name)),
                     r.old_values -> k.name, r.new_values -> k.name)))
          from jsonb_object_keys(
                 coalesce(r.old_values, '{}') || coalesce(r.new_values, '{}') || coalesce(r.cleaned, '{}')) as k (name)
      )
    ) || case when r.client_id is null then '[]' else jsonb_build_array(r.client_id) end)::text,
    'UTF8'));
end
$$;

create or replace view desk.audit_entry with (security_invoker = true) as
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
         'impersonator', r.impersonator,
         'client_id', r.client_id
       ) as actor,
       r.method, r.requested_at, r.created_at,
       desk.audit_changes(r.organization_id, r.old_values, r.new_values) as changes,
       coalesce((select jsonb_agg(k.name) from jsonb_object_keys(r.cleaned) as k (name)), '[]') as cleaned,
       r.detail
  from desk.audit_records r;
