-- The history: one record for each change of each object, written by triggers in the transaction of the change, and
-- never changed afterwards but by desk.clean_audit, which takes values out.
--
-- A record is written for every row that is inserted, changed or deleted, so its price is paid by every write. Hence
-- plain columns and two flat jsonb objects, no digest (sealing computes those later), one salt, five indexes, and
-- trigger functions that are generated for their table: comparing column by column costs a third of comparing two
-- jsonb objects by their members (measured).

create table desk.audit_records (
  organization_id uuid not null,
  -- The order of a feed: complete below pg_snapshot_xmin(pg_current_snapshot()).
  xid xid8 not null default pg_current_xact_id(),
  seq bigint not null generated always as identity,
  object_kind text collate "C" not null,
  object_id uuid not null,
  -- The object's version after the change.
  object_version integer not null,
  -- The ticket that the object is, or belongs to.
  ticket_id uuid,
  action text collate "C" not null,
  actor_type text collate "C" not null,
  -- An agent or a customer.
  actor_id uuid,
  -- The user of Clerk who acted in the agent's name.
  impersonator text collate "C",
  method text collate "C",
  requested_at timestamptz,
  created_at timestamptz not null default now(),
  -- The members that changed; of what was created those after it, of what was deleted those before it, without nulls.
  old_values jsonb,
  new_values jsonb,
  -- What a record says that is not about members: of a cleaning why, and what was taken out.
  detail jsonb,
  -- Where the digests of members are salted from; once members were taken out, the salts of those that stayed.
  salt bytea,
  salts jsonb,
  -- The digests of members that were taken out, by name.
  cleaned jsonb,
  constraint audit_records_pkey primary key (organization_id, xid, seq),
  constraint audit_records_action_known check (
    action in ('found', 'created', 'changed', 'deleted', 'restored', 'merged', 'unmerged', 'redacted', 'erased', 'purged')
  ),
  constraint audit_records_actor_type_known check (actor_type in ('agent', 'customer', 'system')),
  constraint audit_records_method_length check (char_length(method) between 1 and 200)
);
alter table desk.audit_records alter column organization_id set (n_distinct = 100);
-- One index for the history of a ticket and of everything that belongs to none; a record of a message is found under its
-- ticket.
create index idx_audit_records_object
  on desk.audit_records (organization_id, (coalesce(ticket_id, object_id)), seq);
create index idx_audit_records_created on desk.audit_records (organization_id, created_at, seq);
create index idx_audit_records_actor on desk.audit_records (organization_id, actor_id, created_at, seq)
  where actor_id is not null;
create index idx_audit_records_method on desk.audit_records (organization_id, method, created_at, seq)
  where method is not null;

alter table desk.audit_records enable row level security;
alter table desk.audit_records force row level security;
revoke all on table desk.audit_records from public, authenticated;
do $anon$
begin
  if exists (select from pg_roles where rolname = 'anon') then
    revoke all on table desk.audit_records from anon;
  end if;
end
$anon$;

create policy audit_records_tenant on desk.audit_records as restrictive to authenticated
  using (organization_id = (
    select coalesce(nullif(current_setting('app.organization_id', true), '')::uuid, desk.claimed_organization())
  ));
-- Agents read what was done to tickets and customers, admins everything.
create policy audit_records_select on desk.audit_records for select to authenticated
  using (object_kind in ('ticket', 'message', 'customer') or (select desk.caller_role()) = 'admin');
grant select on desk.audit_records to authenticated;
create policy audit_records_keeper on desk.audit_records to desk_keeper using (true);
grant select, insert, update (old_values, new_values, salt, salts, cleaned), delete
  on desk.audit_records to desk_keeper;

-- What the triggers look up: the agent of a client that sets only its claims, and whether an organization is still there.
create policy organizations_keeper on public.organizations for select to desk_keeper using (true);
create policy agent_profiles_keeper on public.agent_profiles for select to desk_keeper using (true);
grant select (id, clerk_id) on public.organizations to desk_keeper;
grant select (id, organization_id, clerk_user_id) on public.agent_profiles to desk_keeper;
grant execute on function desk.claim_organization(jsonb), desk.claim_subject(jsonb) to desk_keeper;

-- Who is at work, for a client that sets only its claims. auth.jwt() is not for desk_keeper, whose trigger this serves.
create function desk.audit_agent() returns uuid
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  claims constant jsonb := coalesce(
    nullif(current_setting('request.jwt.claim', true), ''),
    nullif(current_setting('request.jwt.claims', true), ''))::jsonb;
begin
  return (
    select a.id
      from public.organizations o
      join public.agent_profiles a on a.organization_id = o.id
     where o.clerk_id = desk.claim_organization(claims)
       and a.clerk_user_id = desk.claim_subject(claims)
  );
end
$$;

-- Adds a record about an object; what the triggers below do in their own bodies, for everything else that has to.
create function desk.write_audit(
  organization uuid, kind text, id uuid, version integer, ticket uuid, action text, old_values jsonb, new_values jsonb,
  detail jsonb default null
) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  claims constant text := current_setting('request.jwt.claims', true);
  agent uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  customer constant uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
begin
  if agent is null and customer is null and claims <> '' then
    agent := desk.audit_agent();
  end if;
  insert into desk.audit_records (
    organization_id, object_kind, object_id, object_version, ticket_id, action, actor_type, actor_id, impersonator,
    method, requested_at, old_values, new_values, detail, salt
  )
  values (
    organization, kind, id, version, ticket, action,
    case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
    coalesce(customer, agent),
    case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
    nullif(current_setting('app.method', true), ''),
    nullif(current_setting('app.requested_at', true), '')::timestamptz,
    old_values, new_values, detail, uuid_send(gen_random_uuid())
  );
end
$$;

-- Makes, or makes anew, the trigger that keeps the history of a table whose rows are objects of that kind: to be called
-- for every new table, and again when columns were added or dropped. A column added since the last call is in every
-- record of a change, whether it changed or not; so none is ever lost.
--
-- Left out are the columns that a record has itself (id, organization_id, version), updated_at, which is the record's
-- time, generated columns and search vectors. Setting or clearing deleted_at is told as deleted and restored, merged_into
-- as merged and unmerged.
create function desk.audit_table(t regclass, kind text) returns void
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
    if after = '{}' then
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
    end);
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

-- A customer's values are the customer's members, fields.<id of the field>: a field can be renamed. One record a customer
-- and statement, after the customer's new version. Values that go with their customer are told with it.
create function desk.audit_field_values() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    perform desk.write_audit(c.organization_id, 'customer', c.id, c.version, null, 'changed', null, v.new_values)
       from (
         select n.organization_id, n.customer_id, jsonb_object_agg('fields.' || n.field_id, n.value) as new_values
           from new_values n
          group by n.organization_id, n.customer_id
       ) as v
       join public.customers c on c.organization_id = v.organization_id and c.id = v.customer_id;
  elsif tg_op = 'UPDATE' then
    perform desk.write_audit(c.organization_id, 'customer', c.id, c.version, null, 'changed', v.old_values, v.new_values)
       from (
         select n.organization_id, n.customer_id,
                jsonb_object_agg('fields.' || n.field_id, o.value) as old_values,
                jsonb_object_agg('fields.' || n.field_id, n.value) as new_values
           from new_values n
           join old_values o on o.id = n.id
          where n.value is distinct from o.value
          group by n.organization_id, n.customer_id
       ) as v
       join public.customers c on c.organization_id = v.organization_id and c.id = v.customer_id;
  else
    perform desk.write_audit(
              c.organization_id, 'customer', c.id, c.version, null, 'changed', v.old_values,
              (select jsonb_object_agg(k.name, null) from jsonb_object_keys(v.old_values) as k (name)))
       from (
         select o.organization_id, o.customer_id, jsonb_object_agg('fields.' || o.field_id, o.value) as old_values
           from old_values o
          group by o.organization_id, o.customer_id
       ) as v
       join public.customers c on c.organization_id = v.organization_id and c.id = v.customer_id;
  end if;
  return null;
end
$$;

-- Of a sealed password only that it was set or removed.
create function desk.audit_email_secrets() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  secret desk.email_secrets := case when tg_op = 'DELETE' then old else new end;
  sealed constant jsonb := jsonb_build_object(secret.kind || '_password', 'sealed');
  none constant jsonb := jsonb_build_object(secret.kind || '_password', null);
begin
  perform desk.write_audit(
            a.organization_id, 'email_account', a.id, a.version, null, 'changed',
            case when tg_op = 'DELETE' then sealed else none end, case when tg_op = 'DELETE' then none else sealed end)
     from public.email_accounts a
    where a.organization_id = secret.organization_id and a.id = secret.email_account_id;
  return null;
end
$$;

-- How a member is kept: its salt is made from the record's, so that a salt that is told tells no other; its digest is
-- that of the salt and of what the member was before and after.
create function desk.audit_salt(salt bytea, member text) returns bytea
  language sql immutable strict parallel safe
  return sha256(salt || convert_to(member, 'UTF8'));

create function desk.audit_digest(salt bytea, old_value jsonb, new_value jsonb) returns text
  language sql immutable parallel safe
  return encode(sha256(salt || convert_to(concat(old_value, E'\n', new_value), 'UTF8')), 'hex');

-- Takes values out of the history for good: of these members (null: all) of an object, of everything that belongs to a
-- ticket where whole says so. Of each, value and salt go and the digest stays; a record of that action (redacted, erased
-- or purged) says so, with the reason, and with what those members are now where the object goes on. Answers how many
-- records were cleaned.
--
-- For definer functions of desk_keeper, who have checked that it may be done. Change the object first, then clean: the
-- record of that change holds what it was before.
create function desk.clean_audit(
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
  end if;
  for r in
    select a.xid, a.seq, a.object_id, a.object_version, a.old_values, a.new_values, a.salt, a.salts, a.cleaned
      from desk.audit_records a
     where a.organization_id = organization
       and coalesce(a.ticket_id, a.object_id) = coalesce(ticket, id)
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

-- The names of an object's members that changed since that version, sorted.
--
-- SECURITY DEFINER: an agent reads no history of macros and the like, but is told what moved under their change. The
-- organization comes from the caller's settings.
create function desk.moved_members(kind text, id uuid, since_version integer) returns jsonb
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
       and coalesce(a.ticket_id, a.object_id) = root
       and a.object_kind = kind
       and a.object_id = id
       and a.object_version > since_version
       and a.old_values -> k.name is distinct from a.new_values -> k.name
  );
end
$$;
create policy customer_fields_keeper on public.customer_fields for select to desk_keeper using (true);
create policy ticket_messages_keeper on public.ticket_messages for select to desk_keeper using (true);
grant select (id, organization_id, field_name) on public.customer_fields to desk_keeper;
grant select (id, organization_id, ticket_id) on public.ticket_messages to desk_keeper;

revoke all on function
  desk.audit_agent(), desk.write_audit(uuid, text, uuid, integer, uuid, text, jsonb, jsonb, jsonb),
  desk.audit_table(regclass, text), desk.audit_field_values(), desk.audit_email_secrets(),
  desk.audit_salt(bytea, text), desk.audit_digest(bytea, jsonb, jsonb),
  desk.clean_audit(uuid, text, uuid, text[], text, text, jsonb, boolean), desk.moved_members(text, uuid, integer)
  from public;
grant execute on function desk.moved_members(text, uuid, integer) to authenticated;
grant execute on function
  desk.audit_agent(), desk.write_audit(uuid, text, uuid, integer, uuid, text, jsonb, jsonb, jsonb),
  desk.audit_salt(bytea, text), desk.audit_digest(bytea, jsonb, jsonb),
  desk.clean_audit(uuid, text, uuid, text[], text, text, jsonb, boolean)
  to desk_keeper;

grant create on schema desk to desk_keeper;
alter function desk.audit_field_values() owner to desk_keeper;
alter function desk.audit_email_secrets() owner to desk_keeper;
alter function desk.moved_members(text, uuid, integer) owner to desk_keeper;
revoke create on schema desk from desk_keeper;

create trigger z_audit_insert after insert on public.customer_field_values
  referencing new table as new_values
  for each statement execute function desk.audit_field_values();
create trigger z_audit_update after update on public.customer_field_values
  referencing old table as old_values new table as new_values
  for each statement execute function desk.audit_field_values();
create trigger z_audit_delete after delete on public.customer_field_values
  referencing old table as old_values
  for each statement execute function desk.audit_field_values();
create trigger z_audit after insert or update or delete on desk.email_secrets
  for each row execute function desk.audit_email_secrets();

-- What is there already is found: the history begins with it. The tables are the owner's own, but FORCE binds owners.
set local timezone = 'UTC';
do $found$
declare
  t record;
  derived text;
begin
  alter table desk.audit_records no force row level security;
  for t in
    select v.name, v.kind, format('public.%I', v.name)::regclass as id
      from (values
        ('organizations', 'organization'), ('agent_profiles', 'agent'), ('customer_fields', 'field'),
        ('customers', 'customer'), ('tickets', 'ticket'), ('ticket_messages', 'message'), ('macros', 'macro'),
        ('email_accounts', 'email_account')
      ) as v (name, kind)
  loop
    perform desk.audit_table(t.id, t.kind);
    select string_agg(quote_literal(a.attname), ', ') into derived
      from pg_attribute a
     where a.attrelid = t.id and a.attnum > 0
       and (a.attgenerated <> '' or a.atttypid = 'tsvector'::regtype
            or a.attname in ('id', 'organization_id', 'version', 'updated_at'));
    execute format('alter table %s no force row level security', t.id);
    execute format(
      $insert$
      insert into desk.audit_records (
        organization_id, object_kind, object_id, object_version, ticket_id, action, actor_type, new_values, salt)
      select %1$s, %2$L, o.id, o.version, %3$s, 'found', 'system',
             -- Nulls are left out, but not those within metadata and settings.
             (select jsonb_object_agg(m.name, m.value)
                from jsonb_each(to_jsonb(o) - array[%4$s]) as m (name, value)
               where m.value <> 'null'),
             uuid_send(gen_random_uuid())
        from %5$s o
       order by o.created_at, o.id
      $insert$,
      case t.kind when 'organization' then 'o.id' else 'o.organization_id' end, t.kind,
      case t.kind when 'ticket' then 'o.id' when 'message' then 'o.ticket_id' else 'null' end, derived, t.id);
    execute format('alter table %s force row level security', t.id);
  end loop;

  alter table public.customers no force row level security;
  alter table public.customer_field_values no force row level security;
  insert into desk.audit_records (
    organization_id, object_kind, object_id, object_version, action, actor_type, new_values, salt)
  select c.organization_id, 'customer', c.id, c.version, 'found', 'system',
         jsonb_object_agg('fields.' || v.field_id, v.value), uuid_send(gen_random_uuid())
    from public.customers c
    join public.customer_field_values v on v.organization_id = c.organization_id and v.customer_id = c.id
   group by c.organization_id, c.id;
  alter table public.customers force row level security;
  alter table public.customer_field_values force row level security;

  alter table public.email_accounts no force row level security;
  alter table desk.email_secrets no force row level security;
  insert into desk.audit_records (
    organization_id, object_kind, object_id, object_version, action, actor_type, new_values, salt)
  select a.organization_id, 'email_account', a.id, a.version, 'found', 'system',
         jsonb_object_agg(s.kind || '_password', 'sealed'), uuid_send(gen_random_uuid())
    from public.email_accounts a
    join desk.email_secrets s on s.organization_id = a.organization_id and s.email_account_id = a.id
   group by a.organization_id, a.id;
  alter table public.email_accounts force row level security;
  alter table desk.email_secrets force row level security;
  alter table desk.audit_records force row level security;
end
$found$;
