-- What methods call: expect and require, customers and their fields, search, sealed secrets, the opening of a session.

-- Whether the caller is an admin, or the failure to tell them so.
create function desk.require_admin() returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if desk.caller_role() <> 'admin' then
    perform desk.fail('DK403', 'forbidden', 'Only an admin may do that.');
  end if;
end
$$;

-- The version of an object that the caller may see, or null. kind is one of a closed set.
create function desk.visible_version(kind text, id uuid) returns integer
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
  case kind
    when 'organization' then return (select o.version from public.organizations o where o.id = id);
    when 'agent' then return (select o.version from public.agent_profiles o where o.id = id);
    when 'customer' then return (select o.version from public.customers o where o.id = id);
    when 'field' then return (select o.version from public.customer_fields o where o.id = id);
    when 'ticket' then return (select o.version from public.tickets o where o.id = id);
    when 'message' then return (select o.version from public.ticket_messages o where o.id = id);
    when 'macro' then return (select o.version from public.macros o where o.id = id);
    when 'email_account' then return (select o.version from public.email_accounts o where o.id = id);
  end case;
end
$$;

-- Locks an object before it is written and says why it cannot be: row level security only touches no row.
-- not_found when the caller cannot see it, forbidden when they see it but may not write it (or, with the action
-- 'delete', not delete it), conflict when version is given and is not the current one.
create function desk.expect(kind text, id uuid, version integer, action text default 'update') returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  current integer;
begin
  case kind
    when 'organization' then
      select o.version into current from public.organizations o where o.id = id for no key update;
    when 'agent' then
      select o.version into current from public.agent_profiles o where o.id = id for no key update;
    when 'customer' then
      select o.version into current from public.customers o where o.id = id for no key update;
    when 'field' then
      select o.version into current from public.customer_fields o where o.id = id for no key update;
    when 'ticket' then
      select o.version into current from public.tickets o where o.id = id for no key update;
    when 'message' then
      select o.version into current from public.ticket_messages o where o.id = id for no key update;
    when 'macro' then
      select o.version into current from public.macros o where o.id = id for no key update;
    when 'email_account' then
      select o.version into current from public.email_accounts o where o.id = id for no key update;
  end case;
  if current is null then
    if desk.visible_version(kind, id) is null then
      perform desk.fail('DK404', 'not_found', format('There is no such %s.', replace(kind, '_', ' ')));
    end if;
    perform desk.fail('DK403', 'forbidden', format('You may not change this %s.', replace(kind, '_', ' ')));
  end if;
  if action = 'delete' and kind not in ('macro') then
    perform desk.require_admin();
  end if;
  if version is not null and version <> current then
    perform desk.fail(
      'DK409', 'conflict',
      format('The %s has changed since you read it.', replace(kind, '_', ' ')),
      '', jsonb_build_object('version', current));
  end if;
end
$$;

-- An object that a call refers to: not_found, with the pointer of the param, unless the caller can see it.
create function desk.require(kind text, id uuid, path text default '') returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if id is not null and desk.visible_version(kind, id) is null then
    perform desk.fail('DK404', 'not_found', format('There is no such %s.', replace(kind, '_', ' ')), path);
  end if;
end
$$;

-- The customer with that address, made with the given id if there is none. Answers the id. Two at once make one.
create function desk.ensure_customer(new_id uuid, email text, name text default null, path text default '/email')
  returns uuid
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  wanted constant text := desk.address(ensure_customer.email);
  found_id uuid;
begin
  if wanted is null then
    perform desk.fail('DK422', 'invalid', 'An email address is needed.', path);
  end if;
  select c.id into found_id from public.customers c where c.email = wanted;
  if found_id is null then
    insert into public.customers as c (id, organization_id, email, name)
    values (new_id, desk.current_organization(), wanted, ensure_customer.name)
    on conflict on constraint customers_email_key do nothing
    returning c.id into found_id;
    if found_id is null then
      select c.id into found_id from public.customers c where c.email = wanted;
    end if;
  end if;
  return found_id;
end
$$;

-- Custom fields ------------------------------------------------------------------------------------------------------

create function desk.pointer(name text) returns text
  language sql immutable parallel safe
  return replace(replace(name, '~', '~0'), '/', '~1');

-- THE check of a field's value: answers the text to keep, or fails with invalid at that path.
create function desk.check_field_value(type public.field_type, options jsonb, value jsonb, path text default '')
  returns text
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  kind constant text := jsonb_typeof(value);
  content constant text := value #>> '{}';
  canonical text := content;
begin
  case type
    when 'text' then
      if kind <> 'string' then
        perform desk.fail('DK422', 'invalid', 'This field takes a string.', path);
      end if;
    when 'number' then
      if kind <> 'number' then
        perform desk.fail('DK422', 'invalid', 'This field takes a number.', path);
      end if;
    when 'boolean' then
      if kind <> 'boolean' then
        perform desk.fail('DK422', 'invalid', 'This field takes true or false.', path);
      end if;
    when 'date' then
      if kind <> 'string' or content !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then
        perform desk.fail('DK422', 'invalid', 'This field takes a date, YYYY-MM-DD.', path);
      end if;
      begin
        perform make_date(left(content, 4)::integer, substr(content, 6, 2)::integer, right(content, 2)::integer);
      exception when datetime_field_overflow then
        perform desk.fail('DK422', 'invalid', 'This is not a day of the calendar.', path);
      end;
    when 'select' then
      if kind <> 'string' or not options @> value then
        perform desk.fail('DK422', 'invalid', 'This field takes one of its options.', path);
      end if;
    when 'multiselect' then
      if kind <> 'array' then
        perform desk.fail('DK422', 'invalid', 'This field takes an array of its options.', path);
      end if;
      if not options @> value or exists (
        select from jsonb_array_elements(value) as v (one) where jsonb_typeof(v.one) <> 'string'
      ) then
        perform desk.fail('DK422', 'invalid', 'This field takes its own options only.', path);
      end if;
      if (select count(*) <> count(distinct v.one) from jsonb_array_elements(value) as v (one)) then
        perform desk.fail('DK422', 'invalid', 'This field takes each option once.', path);
      end if;
      canonical := (
        select coalesce(jsonb_agg(o.one order by o.position), '[]')::text
          from jsonb_array_elements(options) with ordinality as o (one, position)
         where value @> jsonb_build_array(o.one)
      );
  end case;
  if octet_length(canonical) > 8192 then
    perform desk.fail('DK422', 'invalid', 'This value is longer than 8 KiB.', path);
  end if;
  return canonical;
end
$$;

-- A kept text as the typed value that callers see.
create function desk.field_value(type public.field_type, value text) returns jsonb
  language sql immutable parallel safe
  return case when type in ('number', 'boolean', 'multiselect') then value::jsonb else to_jsonb(value) end;

-- The same check for whatever writes a value. The shared lock holds the definition still without a right to change
-- it; the key is of two integers, a space of its own beside the service's locks.
create function desk.check_value_row() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  field public.customer_fields;
  path text;
  typed jsonb;
begin
  perform pg_advisory_xact_lock_shared(1684370283, hashtext(new.field_id::text));
  select f.* into field from public.customer_fields f
   where f.organization_id = new.organization_id and f.id = new.field_id;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such field.');
  end if;
  path := '/fields/' || desk.pointer(field.field_name);
  begin
    typed := desk.field_value(field.field_type, new.value);
  exception when data_exception then
    perform desk.fail('DK422', 'invalid', format('This field takes a %s.', field.field_type), path);
  end;
  new.value := desk.check_field_value(field.field_type, field.options, typed, path);
  if field.is_required and new.value in ('', '[]') then
    perform desk.fail('DK422', 'required', 'This field may not be empty.', path);
  end if;
  return new;
end
$$;

create trigger a_value before insert or update of value, field_id on public.customer_field_values
  for each row execute function desk.check_value_row();

-- A definition cannot change under values that it would make wrong. Making a field required is allowed while
-- customers lack it: each is asked for it when its fields are written next.
create function desk.check_field_change() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  retired text;
begin
  perform pg_advisory_xact_lock(1684370283, hashtext(old.id::text));
  if new.field_type <> old.field_type then
    if exists (
      select from public.customer_field_values v
       where v.organization_id = old.organization_id and v.field_id = old.id
    ) then
      perform desk.fail('DK423', 'in_use', 'The type of a field in use cannot change.', '/field_type');
    end if;
    return new;
  end if;
  for retired in
    select o.value from jsonb_array_elements_text(coalesce(old.options, '[]')) as o (value)
     where not coalesce(new.options, '[]') @> to_jsonb(o.value)
  loop
    if exists (
      select from public.customer_field_values v
       where v.organization_id = old.organization_id and v.field_id = old.id
         and case old.field_type
               when 'select' then v.value = retired
               when 'multiselect' then v.value::jsonb @> to_jsonb(retired)
               else false
             end
    ) then
      perform desk.fail(
        'DK423', 'in_use', 'An option that customers have cannot be removed.', '/options',
        jsonb_build_object('option', retired));
    end if;
  end loop;
  return new;
end
$$;

create trigger a_in_use before update of field_type, options on public.customer_fields
  for each row when (new.field_type <> old.field_type or new.options is distinct from old.options)
  execute function desk.check_field_change();

-- Sets a customer's fields by name; a name not given keeps its value, null removes it. Afterwards every required
-- field must be there: call it with '{}' where a customer is made without fields.
create function desk.set_customer_fields(customer uuid, fields jsonb) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := desk.current_organization();
  given record;
  path text;
  removed uuid[] := '{}';
  ids uuid[] := '{}';
  contents text[] := '{}';
  missing text;
begin
  perform desk.require('customer', customer);
  if fields is null or jsonb_typeof(fields) <> 'object' then
    perform desk.fail('DK422', 'invalid', 'fields is an object of values by field name.', '/fields');
  end if;
  for given in
    select e.key, e.value, f.id, f.field_type, f.options, f.is_required
      from jsonb_each(fields) as e (key, value)
      left join public.customer_fields f on f.organization_id = organization and f.field_name = e.key
     order by e.key
  loop
    path := '/fields/' || desk.pointer(given.key);
    if given.id is null then
      perform desk.fail('DK422', 'unknown_field', 'There is no field of that name.', path);
    end if;
    if jsonb_typeof(given.value) <> 'null' then
      ids := ids || given.id;
      contents := contents || desk.check_field_value(given.field_type, given.options, given.value, path);
    elsif given.is_required then
      perform desk.fail('DK422', 'required', 'This field is required.', path);
    else
      removed := removed || given.id;
    end if;
  end loop;

  if cardinality(removed) > 0 then
    delete from public.customer_field_values v
     where v.customer_id = customer and v.field_id = any (removed);
  end if;
  if cardinality(ids) > 0 then
    update public.customer_field_values v
       set value = g.value
      from unnest(ids, contents) as g (field_id, value)
     where v.customer_id = customer and v.field_id = g.field_id and v.value <> g.value;
    insert into public.customer_field_values (organization_id, customer_id, field_id, value)
    select organization, customer, g.field_id, g.value
      from unnest(ids, contents) as g (field_id, value)
     where not exists (
       select from public.customer_field_values v where v.customer_id = customer and v.field_id = g.field_id
     );
  end if;

  select f.field_name into missing from public.customer_fields f
   where f.organization_id = organization and f.is_required
     and not exists (
       select from public.customer_field_values v where v.customer_id = customer and v.field_id = f.id
     )
   order by f.position, f.field_name
   limit 1;
  if missing is not null then
    perform desk.fail('DK422', 'required', 'This field is required.', '/fields/' || desk.pointer(missing));
  end if;
end
$$;

-- Search -------------------------------------------------------------------------------------------------------------

-- The tickets whose subject, a message of which, or whose customer's name or address match, at most max_hits (up to
-- 1,000), latest activity first. Words as in web search ("a phrase", or, -not), each document for itself.
--
-- SECURITY DEFINER: text search is not leakproof, so under row level security no index serves it. It belongs to
-- desk_search, takes the organization from the setting and from nowhere else, and answers ids only, which the caller
-- joins under its own policies.
create function desk.search_tickets(query text, max_hits integer default 1000) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  set client_min_messages = warning
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  wanted constant tsquery := websearch_to_tsquery('pg_catalog.simple', query);
  capped constant integer := least(greatest(max_hits, 0), 1000);
  hits uuid[];
begin
  if organization is null or wanted is null or numnode(wanted) = 0 then
    return '{}';
  end if;
  hits := array(
    select d.ticket_id from desk.search_documents d
     where d.organization_id = organization and d.search @@ wanted
     union
    select t.id
      from public.customers c
      join public.tickets t on t.organization_id = c.organization_id and t.customer_id = c.id
     where c.organization_id = organization and c.search @@ wanted
  );
  -- How common a word is shows only now: few tickets are looked up by id, many are met on the way through them all.
  if cardinality(hits) <= 2000 then
    return array(
      select t.id from public.tickets t
       where t.organization_id = organization and t.id = any (hits)
       order by t.last_activity_at desc, t.id desc
       limit capped
    );
  end if;
  return array(
    select t.id from public.tickets t
      join unnest(hits) as h (id) on h.id = t.id
     where t.organization_id = organization
     order by t.last_activity_at desc, t.id desc
     limit capped
  );
end
$$;

-- Sealed secrets -----------------------------------------------------------------------------------------------------

-- Keeps the sealed password of an email account ('imap' or 'smtp'); a null one removes it. SECURITY DEFINER: nobody
-- who calls may read or write the table. The organization and the role come from the settings of the segment.
create function desk.set_email_secret(account uuid, kind text, key_id text, sealed text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
begin
  if current_setting('app.role', true) is distinct from 'admin' then
    perform desk.fail('DK403', 'forbidden', 'Only an admin may do that.');
  end if;
  if not exists (
    select from public.email_accounts a where a.organization_id = organization and a.id = account
  ) then
    perform desk.fail('DK404', 'not_found', 'There is no such email account.');
  end if;
  delete from desk.email_secrets s
   where s.organization_id = organization and s.email_account_id = account and s.kind = kind;
  if sealed is not null then
    insert into desk.email_secrets (organization_id, email_account_id, kind, key_id, sealed)
    values (organization, account, kind, key_id, sealed);
  end if;
  if kind = 'imap' then
    update public.email_accounts a set has_imap_password = sealed is not null
     where a.organization_id = organization and a.id = account;
  else
    update public.email_accounts a set has_smtp_password = sealed is not null
     where a.organization_id = organization and a.id = account;
  end if;
end
$$;

-- Sessions -----------------------------------------------------------------------------------------------------------

-- The organization and agent behind verified claims. provision: 'organizations' makes both where they are missing,
-- 'agents' the agent only, 'none' neither. The token says who is admin; the profile follows. A deactivated agent is
-- refused and never reactivated here.
--
-- SECURITY DEFINER: it runs before there is a tenant, so no policy of a tenant can let it read or write. It belongs
-- to desk_provision; only deskpipe_identity may call it.
create function desk.open_session(claims jsonb, provision text) returns text
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  clerk_organization constant text := desk.claim_organization(claims);
  clerk_user constant text := desk.claim_subject(claims);
  claimed_role constant text := desk.claim_role(claims);
  organization record;
  agent record;
begin
  if provision is null or provision not in ('organizations', 'agents', 'none') then
    perform desk.fail('DK422', 'invalid', 'provision is organizations, agents or none.');
  end if;
  if clerk_organization is null or clerk_user is null then
    perform desk.fail('DK410', 'organization_unknown', 'The token names no organization or no user.');
  end if;

  select o.id, o.name into organization from public.organizations o where o.clerk_id = clerk_organization;
  if not found and provision = 'organizations' then
    -- Of two first sessions at once one inserts; the other waits for it, inserts nothing and reads it.
    insert into public.organizations (clerk_id, name)
    values (
      clerk_organization,
      left(coalesce(nullif(claims ->> 'org_slug', ''), nullif(claims -> 'o' ->> 'slg', ''), clerk_organization), 200)
    )
    on conflict on constraint organizations_clerk_id_key do nothing;
    select o.id, o.name into organization from public.organizations o where o.clerk_id = clerk_organization;
  end if;
  if organization.id is null then
    perform desk.fail('DK410', 'organization_unknown', 'This organization has no desk here.');
  end if;

  select a.id, a.name, a.role, a.status, a.deactivated_at into agent
    from public.agent_profiles a
   where a.clerk_user_id = clerk_user and a.organization_id = organization.id;
  if not found and provision in ('organizations', 'agents') then
    insert into public.agent_profiles (clerk_user_id, organization_id, name, role)
    values (clerk_user, organization.id, left(coalesce(nullif(claims ->> 'name', ''), clerk_user), 200), claimed_role)
    on conflict on constraint agent_profiles_clerk_user_id_key do nothing;
    select a.id, a.name, a.role, a.status, a.deactivated_at into agent
      from public.agent_profiles a
     where a.clerk_user_id = clerk_user and a.organization_id = organization.id;
  end if;
  if agent.id is null then
    perform desk.fail('DK410', 'agent_unknown', 'This person is not an agent of the organization.');
  end if;
  if agent.deactivated_at is not null then
    perform desk.fail('DK410', 'agent_deactivated', 'This agent was deactivated.');
  end if;
  if agent.role <> claimed_role then
    update public.agent_profiles a set role = claimed_role where a.id = agent.id;
  end if;
  return jsonb_build_object(
    'organization_id', organization.id,
    'organization_name', organization.name,
    'agent_id', agent.id,
    'agent_name', agent.name,
    'role', claimed_role,
    'status', agent.status
  )::text;
end
$$;

-- The number of the last migration, for a service that refuses an older schema. The table is the migration runner's.
create function desk.schema_version() returns integer
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (select coalesce(max(m.number), 0) from desk.migrations m);
end
$$;

revoke all on function
  desk.require_admin(), desk.visible_version(text, uuid), desk.expect(text, uuid, integer, text),
  desk.require(text, uuid, text), desk.ensure_customer(uuid, text, text, text), desk.pointer(text),
  desk.check_field_value(public.field_type, jsonb, jsonb, text), desk.field_value(public.field_type, text),
  desk.check_value_row(), desk.check_field_change(), desk.set_customer_fields(uuid, jsonb),
  desk.search_tickets(text, integer), desk.set_email_secret(uuid, text, text, text),
  desk.open_session(jsonb, text), desk.schema_version()
  from public;
grant execute on function
  desk.require_admin(), desk.visible_version(text, uuid), desk.expect(text, uuid, integer, text),
  desk.require(text, uuid, text), desk.ensure_customer(uuid, text, text, text), desk.pointer(text),
  desk.check_field_value(public.field_type, jsonb, jsonb, text), desk.field_value(public.field_type, text),
  desk.set_customer_fields(uuid, jsonb), desk.search_tickets(text, integer),
  desk.set_email_secret(uuid, text, text, text)
  to authenticated;
grant execute on function desk.open_session(jsonb, text) to deskpipe_identity;
grant execute on function desk.schema_version() to deskpipe_serve, deskpipe_identity, deskpipe_maintain;
grant execute on function
  desk.claim_organization(jsonb), desk.claim_role(jsonb), desk.claim_subject(jsonb) to desk_provision;

-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_search, desk_keeper, desk_provision;
alter function desk.search_tickets(text, integer) owner to desk_search;
alter function desk.set_email_secret(uuid, text, text, text) owner to desk_keeper;
alter function desk.open_session(jsonb, text) owner to desk_provision;
revoke create on schema desk from desk_search, desk_keeper, desk_provision;
