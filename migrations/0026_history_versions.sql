-- A ticket has a new version where something that belongs to it changed, though no member of its own did: the history tells
-- of that too, so that the last record of an object always bears its version.

-- Makes, or makes anew, the trigger that keeps the history of a table whose rows are objects of that kind: to be called
-- for every new table, and again when columns were added or dropped. A column added since the last call is in every
-- record of a change, whether it changed or not; so none is ever lost.
--
-- Left out are the columns that a record has itself (id, organization_id, version), updated_at, which is the record's
-- time, generated columns and search vectors. Setting or clearing deleted_at is told as deleted and restored, merged_into
-- as merged and unmerged. A new version alone is a change as well, except a customer's, which comes with its values.
create or replace function desk.audit_table(t regclass, kind text) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $outer$
declare
  name constant text := (select c.relname from pg_class c where c.oid = t);
  is_organization constant boolean := t = 'public.organizations'::regclass;
  derived text;
  compared text;
  nulls_new text;
  nulls_old text;
  columns text[];
  ticket text;
  action text;
  header constant text := $header$organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt$header$;
  circumstances constant text := $values$case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz$values$;
begin
  select array_agg(a.attname::text),
         string_agg(quote_literal(a.attname), ', ' order by a.attnum) filter (where d.derived),
         string_agg(
           format('case when new.%1$I is not distinct from old.%1$I then %1$L end', a.attname), E',\n      '
           order by a.attnum) filter (where not d.derived),
         string_agg(format('case when new.%1$I is null then %1$L end', a.attname), ', ' order by a.attnum)
           filter (where not d.derived and not a.attnotnull),
         string_agg(format('case when old.%1$I is null then %1$L end', a.attname), ', ' order by a.attnum)
           filter (where not d.derived and not a.attnotnull)
    into columns, derived, compared, nulls_new, nulls_old
    from pg_attribute a
    cross join lateral (
      select a.attname in ('id', 'organization_id', 'version', 'updated_at') or a.attgenerated <> ''
             or a.atttypid = 'tsvector'::regtype as derived
    ) as d
   where a.attrelid = t and a.attnum > 0 and not a.attisdropped;
  ticket := case when kind = 'ticket' then '%1$s.id' when 'ticket_id' = any (columns) then '%1$s.ticket_id' else 'null' end;
  action := concat(
    case when 'deleted_at' = any (columns) then
      $when$when old.deleted_at is null and new.deleted_at is not null then 'deleted' when old.deleted_at is not null and new.deleted_at is null then 'restored' $when$
    end,
    case when 'merged_into' = any (columns) then
      $when$when old.merged_into is null and new.merged_into is not null then 'merged' when old.merged_into is not null and new.merged_into is null then 'unmerged' $when$
    end);
  action := case when action = '' then '''changed''' else format('case %selse ''changed'' end', action) end;

  execute format(
    $function$
create or replace function desk.audit_%1$s() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set timezone = 'UTC'
as $audit$
declare
  claims constant text := current_setting('request.jwt.claims', true);
  agent uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  customer constant uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  same text[];
  after jsonb;
begin
  if tg_op = 'UPDATE' then
    same := array[
      %2$s,
      %3$s
    ];
    after := to_jsonb(new) - same;
    if after = '{}'%13$s then
      return null;
    end if;
  end if;
  if agent is null and customer is null and claims <> '' then
    agent := desk.audit_agent();
  end if;
  if tg_op = 'UPDATE' then
    insert into desk.audit_records (
      %4$s
    )
    values (
      new.%5$I, %6$L, new.id, new.version, %7$s, %8$s,
      %9$s,
      to_jsonb(old) - same, after, uuid_send(gen_random_uuid())
    );
  elsif tg_op = 'INSERT' then
    insert into desk.audit_records (
      %4$s
    )
    values (
      new.%5$I, %6$L, new.id, new.version, %7$s, 'created',
      %9$s,
      null, to_jsonb(new) - array[%2$s%10$s], uuid_send(gen_random_uuid())
    );
  else
    %12$s
  end if;
  return null;
end
$audit$
    $function$,
    name, derived, compared, header, case when is_organization then 'id' else 'organization_id' end, kind,
    format(ticket, 'new'), action, circumstances, ', ' || nulls_new, ', ' || nulls_old,
    case
      -- Nothing is kept of an organization that is gone, not even that it was.
      when is_organization then
        'delete from desk.audit_records r where r.organization_id = old.id;'
      else
        format(
          $delete$if not exists (select from public.organizations o where o.id = old.organization_id) then
      return null;
    end if;
    insert into desk.audit_records (
      %1$s
    )
    values (
      old.organization_id, %2$L, old.id, old.version + 1, %3$s, 'deleted',
      %4$s,
      to_jsonb(old) - array[%5$s%6$s], null, uuid_send(gen_random_uuid())
    );$delete$,
          header, kind, format(ticket, 'old'), circumstances, derived, ', ' || nulls_old)
    end,
    case when kind <> 'customer' then ' and new.version = old.version' end);
  execute format('revoke all on function desk.audit_%s() from public', name);
  -- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
  grant create on schema desk to desk_keeper;
  execute format('alter function desk.audit_%s() owner to desk_keeper', name);
  revoke create on schema desk from desk_keeper;
  execute format(
    'create or replace trigger z_audit after insert or update or delete on %s for each row execute function desk.audit_%s()',
    t, name);
end
$outer$;

do $again$
declare
  t record;
begin
  for t in
    select g.tgrelid::regclass as name, substring(p.prosrc from 'new\.(?:organization_id|id), ''([a-z_]+)''') as kind
      from pg_trigger g
      join pg_proc p on p.oid = g.tgfoid
     where g.tgname = 'z_audit' and p.proname <> 'audit_email_secrets'
     order by 1
  loop
    perform desk.audit_table(t.name, t.kind);
  end loop;
end
$again$;

-- The names of an object's members that changed since that version, sorted.
--
-- SECURITY DEFINER: an agent reads no history of macros and the like, but is told what moved under their change. The
-- organization comes from the caller's settings.
create or replace function desk.moved_members(kind text, id uuid, since_version integer) returns jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  root constant uuid := case when kind = 'message'
    then (select m.ticket_id from public.ticket_messages m where m.organization_id = organization and m.id = id)
    else id end;
begin
  return (
    select coalesce(jsonb_agg(distinct coalesce('fields.' || f.field_name, k.name)), '[]')
      from desk.audit_records a
      cross join jsonb_object_keys(coalesce(a.old_values, '{}') || coalesce(a.new_values, '{}')) as k (name)
      left join public.customer_fields f
        on k.name like 'fields.%' and f.organization_id = organization and f.id::text = substr(k.name, 8)
     where a.organization_id = organization
       and a.root_id = root
       and a.object_kind = kind
       and a.object_id = id
       and a.object_version > since_version
       -- What was made since did not move.
       and a.action not in ('created', 'found')
       and a.old_values -> k.name is distinct from a.new_values -> k.name
  );
end
$$;

-- The tickets that a message belonged to, from the one it belongs to now on: merging and splitting move it.
create function desk.audit_roots(organization uuid, message uuid, ticket uuid) returns uuid[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    with recursive roots (id) as (
      select ticket
       union
      select (a.old_values ->> 'ticket_id')::uuid
        from roots r
        join desk.audit_records a on a.organization_id = organization and a.root_id = r.id and a.object_id = message
       where a.old_values ? 'ticket_id'
    )
    select array_agg(r.id) from roots r where r.id is not null
  );
end
$$;
revoke all on function desk.audit_roots(uuid, uuid, uuid) from public;
grant execute on function desk.audit_roots(uuid, uuid, uuid) to authenticated, desk_keeper;

-- Takes values out of the history for good: of these members (null: all) of an object, of everything that belongs to a
-- ticket where whole says so. Of each, value and salt go and the digest stays; a record of that action (redacted, erased
-- or purged) says so, with the reason, and with what those members are now where the object goes on. Answers how many
-- records were cleaned.
--
-- For definer functions of desk_keeper, who have checked that it may be done. Change the object first, then clean: the
-- record of that change holds what it was before.
create or replace function desk.clean_audit(
  organization uuid, kind text, id uuid, members text[], action text, reason text default null,
  present jsonb default null, whole boolean default false
) returns integer
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  r record;
  found_names text[];
  all_names text[] := '{}';
  cleaned_records integer := 0;
  version integer := 0;
  ticket uuid;
  roots uuid[];
begin
  if action not in ('redacted', 'erased', 'purged') then
    raise exception 'no way to clean: %', action;
  end if;
  if kind = 'ticket' then
    ticket := id;
  elsif kind = 'message' then
    -- Where a message went with its ticket, only its records know which that was.
    ticket := coalesce(
      (select m.ticket_id from public.ticket_messages m where m.organization_id = organization and m.id = id),
      (select a.ticket_id from desk.audit_records a
        where a.organization_id = organization and a.object_kind = 'message' and a.object_id = id limit 1));
    roots := desk.audit_roots(organization, id, ticket);
  end if;
  if whole then
    -- What its messages said while they belonged to another ticket.
    for r in
      select distinct a.object_id
        from desk.audit_records a
       where a.organization_id = organization and a.root_id = id and a.object_kind = 'message'
         and a.old_values ? 'ticket_id'
    loop
      cleaned_records := cleaned_records + desk.clean_audit(organization, 'message', r.object_id, members, action, reason);
    end loop;
  end if;
  for r in
    select a.xid, a.seq, a.object_id, a.object_version, a.old_values, a.new_values, a.salt, a.salts, a.cleaned
      from desk.audit_records a
     where a.organization_id = organization
       and a.root_id = any (coalesce(roots, array[id]))
       and (whole or a.object_kind = kind and a.object_id = id)
     order by a.seq
       for update
  loop
    if r.object_id = id then
      version := greatest(version, r.object_version);
    end if;
    found_names := array(
      select k.name from jsonb_object_keys(coalesce(r.old_values, '{}') || coalesce(r.new_values, '{}')) as k (name)
       where members is null or k.name = any (members)
       order by k.name);
    continue when found_names = '{}';
    update desk.audit_records a
       set old_values = a.old_values - found_names,
           new_values = a.new_values - found_names,
           salt = null,
           salts = (
             select jsonb_object_agg(
                      k.name,
                      coalesce(r.salts ->> k.name, encode(desk.audit_salt(r.salt, k.name), 'hex')))
               from jsonb_object_keys(coalesce(r.old_values, '{}') || coalesce(r.new_values, '{}')) as k (name)
              where not k.name = any (found_names)
           ),
           cleaned = coalesce(r.cleaned, '{}') || (
             select jsonb_object_agg(
                      f.name,
                      desk.audit_digest(
                        coalesce(decode(r.salts ->> f.name, 'hex'), desk.audit_salt(r.salt, f.name)),
                        r.old_values -> f.name, r.new_values -> f.name))
               from unnest(found_names) as f (name)
           )
     where a.organization_id = organization and a.xid = r.xid and a.seq = r.seq;
    cleaned_records := cleaned_records + 1;
    all_names := array(select distinct u.name from unnest(all_names || found_names) as u (name) order by 1);
  end loop;
  if cleaned_records > 0 then
    perform desk.write_audit(
      organization, kind, id, version, ticket, action, null, present,
      jsonb_build_object('members', all_names, 'records', cleaned_records, 'reason', reason));
  end if;
  return cleaned_records;
end
$$;
