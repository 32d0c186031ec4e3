-- Who a customer is to others: several addresses, ids in other systems, handles of chats.
--
-- All of them are rows of one table, the primary address (customers.email) included: so one key keeps them apart in an
-- organization, and one look finds whose they are.

create table desk.customer_identities (
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  kind text collate "C" not null,
  value text collate "C" not null,
  customer_id uuid not null,
  created_at timestamptz not null default now(),
  constraint customer_identities_pkey primary key (organization_id, kind, value),
  constraint customer_identities_customer_fkey foreign key (organization_id, customer_id)
    references public.customers (organization_id, id) on delete cascade,
  constraint customer_identities_length check (octet_length(value) between 1 and 320),
  constraint customer_identities_form check (
    case kind
      when 'email' then value ~ '^[^[:space:]@]+@[^[:space:]@]+$' and value = desk.address(value)
      when 'external_id' then value = btrim(value)
      -- The network before the colon: the same handle is somebody else in another one.
      when 'chat' then value ~ '^[a-z0-9_.-]{1,40}:[^[:space:]]'
      else false
    end)
);
create index idx_customer_identities_org_customer on desk.customer_identities (organization_id, customer_id);
alter table desk.customer_identities alter column organization_id set (n_distinct = 100);

alter table public.customers no force row level security;
insert into desk.customer_identities (organization_id, kind, value, customer_id, created_at)
select c.organization_id, 'email', c.email, c.id, c.created_at
  from public.customers c
 where c.email is not null;
alter table public.customers force row level security;

alter table desk.customer_identities enable row level security;
alter table desk.customer_identities force row level security;
revoke all on table desk.customer_identities from public, authenticated;
do $anon$
begin
  if exists (select from pg_roles where rolname = 'anon') then
    revoke all on table desk.customer_identities from anon;
  end if;
end
$anon$;
create policy customer_identities_tenant on desk.customer_identities as restrictive to authenticated
  using (organization_id = (
    select coalesce(nullif(current_setting('app.organization_id', true), '')::uuid, desk.claimed_organization())
  ));
create policy customer_identities_select on desk.customer_identities for select to authenticated using (true);
create policy customer_identities_insert on desk.customer_identities for insert to authenticated with check (true);
create policy customer_identities_delete on desk.customer_identities for delete to authenticated using (true);
create policy customer_identities_keeper on desk.customer_identities to desk_keeper using (true);
create policy customer_identities_search on desk.customer_identities for select to desk_search using (true);
grant select, insert (organization_id, kind, value, customer_id), delete on desk.customer_identities to authenticated;
grant select, insert, update (customer_id), delete on desk.customer_identities to desk_keeper;
grant select on desk.customer_identities to desk_search;

-- A value as it is kept; fails where there can be no such identity.
create function desk.identity_value(kind text, value text, path text default '/value') returns text
  language plpgsql immutable
  set search_path = pg_catalog, pg_temp
as $$
declare
  kept constant text := case when kind = 'email' then desk.address(value) else btrim(value) end;
begin
  if kept is null or kept = '' or octet_length(kept) > 320 then
    perform desk.fail('DK422', 'invalid', 'An identity has 1 to 320 bytes.', path);
  elsif kind = 'email' and kept !~ '^[^[:space:]@]+@[^[:space:]@]+$' then
    perform desk.fail('DK422', 'invalid', 'This is no email address.', path);
  elsif kind = 'chat' and kept !~ '^[a-z0-9_.-]{1,40}:[^[:space:]]' then
    perform desk.fail(
      'DK422', 'invalid', 'A handle of a chat stands after its network and a colon, such as telegram:@ana.', path);
  end if;
  return kept;
end
$$;

-- All that a customer is found by as words, for what is searched.
create function desk.identity_words(organization uuid, customer uuid, except_address text) returns text
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select string_agg(i.value || ' ' || translate(i.value, '@.+-_:', '      '), ' ')
      from desk.customer_identities i
     where i.organization_id = organization and i.customer_id = customer
       and not (i.kind = 'email' and i.value is not distinct from except_address)
  );
end
$$;

create function desk.customer_words(name text, email text, others text) returns tsvector
  language sql immutable parallel safe
  return to_tsvector('pg_catalog.simple', concat_ws(' ', name, email, translate(email, '@.+-_', '     '), others));

-- The identities beside the primary address, as the history tells them.
create function desk.other_identities(organization uuid, customer uuid) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value) order by i.created_at, i.kind, i.value)
      from desk.customer_identities i
      join public.customers c on c.organization_id = i.organization_id and c.id = i.customer_id
     where i.organization_id = organization and i.customer_id = customer
       and not (i.kind = 'email' and i.value is not distinct from c.email)
  );
end
$$;

create or replace function desk.keep_customer() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  others text;
begin
  new.email := desk.address(new.email);
  new.name := coalesce(nullif(btrim(new.name), ''), left(new.email, 200));
  if new.name is null then
    perform desk.fail('DK422', 'invalid', 'A customer has a name or an email address.', '/name');
  end if;
  if tg_op = 'UPDATE' then
    -- An address that another one replaces is still there; that of who has the new one already stays.
    others := desk.identity_words(
      new.organization_id, new.id,
      case when new.email is distinct from old.email and not exists (
        select from desk.customer_identities i
         where i.organization_id = new.organization_id and i.kind = 'email' and i.value = new.email
           and i.customer_id = new.id
      ) then old.email end);
  end if;
  new.search := desk.customer_words(new.name, new.email, others);
  return new;
end
$$;

-- The primary addresses of new customers become identities; one that somebody else has is refused.
--
-- SECURITY DEFINER: what it writes is no change of its own to the history, which tells the address already.
create function desk.customers_inserted() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  made bigint;
begin
  insert into desk.customer_identities (organization_id, kind, value, customer_id)
  select n.organization_id, 'email', n.email, n.id from new_customers n where n.email is not null
  on conflict on constraint customer_identities_pkey do nothing;
  get diagnostics made = row_count;
  if made < (select count(n.email) from new_customers n) then
    perform desk.fail(
              'DK409', 'already_exists', 'A customer with this address exists.', '/email',
              jsonb_build_object('id', i.customer_id))
       from new_customers n
       join desk.customer_identities i
         on i.organization_id = n.organization_id and i.kind = 'email' and i.value = n.email
      where i.customer_id <> n.id;
  end if;
  return null;
end
$$;
create trigger d_identities after insert on public.customers
  referencing new table as new_customers
  for each statement execute function desk.customers_inserted();

-- Another primary address takes the place of the one before; but one that the customer has already becomes the primary
-- one, and both stay. SECURITY DEFINER, for the same reason.
create function desk.customer_address_changed() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  owner uuid;
  is_new boolean := true;
  before jsonb;
begin
  if new.email is not null then
    insert into desk.customer_identities (organization_id, kind, value, customer_id)
    values (new.organization_id, 'email', new.email, new.id)
    on conflict on constraint customer_identities_pkey do nothing;
    is_new := found;
    owner := (
      select i.customer_id from desk.customer_identities i
       where i.organization_id = new.organization_id and i.kind = 'email' and i.value = new.email
    );
    if owner is distinct from new.id then
      perform desk.fail(
        'DK409', 'already_exists', 'A customer with this address exists.', '/email', jsonb_build_object('id', owner));
    end if;
  end if;
  if is_new then
    delete from desk.customer_identities i
     where i.organization_id = old.organization_id and i.kind = 'email' and i.value = old.email
       and i.customer_id = old.id;
  else
    before := (
      select jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value) order by i.created_at, i.kind, i.value)
        from desk.customer_identities i
       where i.organization_id = new.organization_id and i.customer_id = new.id
         and not (i.kind = 'email' and i.value is not distinct from old.email)
    );
    perform desk.write_audit(
      new.organization_id, 'customer', new.id, new.version, null, 'changed',
      jsonb_build_object('identities', before),
      jsonb_build_object('identities', desk.other_identities(new.organization_id, new.id)));
  end if;
  return null;
end
$$;
create trigger d_identities_update after update of email on public.customers
  for each row when (new.email is distinct from old.email) execute function desk.customer_address_changed();

-- The primary address goes with customers.email, and with that alone.
create function desk.keep_primary_address() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (
    select from public.customers c
     where c.organization_id = old.organization_id and c.id = old.customer_id and c.email = old.value
  ) then
    perform desk.fail(
      'DK423', 'rule', 'This is the primary address: give the customer another email, or null, instead.', '/value');
  end if;
  return old;
end
$$;
create trigger a_primary before delete on desk.customer_identities
  for each row when (old.kind = 'email' and current_user <> 'desk_keeper')
  execute function desk.keep_primary_address();

-- A further identity, or one less, is a change of its customer: a version, their words, a record. desk_keeper, who writes
-- primary addresses, merges and erases, tells of what it does itself. SECURITY DEFINER: nobody else may write these.
create function desk.identity_changed() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  changed constant desk.customer_identities := case when tg_op = 'INSERT' then new else old end;
  now_others jsonb;
  one constant jsonb := jsonb_build_object('kind', changed.kind, 'value', changed.value);
  customer record;
begin
  update public.customers c
     set version = case when c.updated_at <> now() then c.version + 1 else c.version end,
         search = desk.customer_words(c.name, c.email, desk.identity_words(c.organization_id, c.id, null))
   where c.organization_id = changed.organization_id and c.id = changed.customer_id
  returning c.version into customer;
  -- It goes with its customer.
  if not found then
    return null;
  end if;
  now_others := coalesce(desk.other_identities(changed.organization_id, changed.customer_id), '[]');
  if jsonb_array_length(now_others) > 50 then
    perform desk.fail('DK423', 'rule', 'A customer has at most 50 identities beside the primary address.');
  end if;
  perform desk.write_audit(
    changed.organization_id, 'customer', changed.customer_id, customer.version, null, 'changed',
    jsonb_build_object('identities', case when tg_op = 'INSERT' then (
      select coalesce(jsonb_agg(e.value order by e.place), '[]')
        from jsonb_array_elements(now_others) with ordinality as e (value, place) where e.value <> one
    ) else now_others || one end),
    jsonb_build_object('identities', now_others));
  return null;
end
$$;
create trigger z_identity after insert or delete on desk.customer_identities
  for each row when (current_user <> 'desk_keeper') execute function desk.identity_changed();
grant update (search) on public.customers to desk_keeper;

-- Whose identities these are: an array of {kind, value, path}, path being where the value stands in the params. Null where
-- nobody has any of them.
create function desk.identified_customer(identities jsonb) returns uuid
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := desk.current_organization();
  one record;
  owner record;
  kept text;
  found_id uuid;
begin
  for one in
    select e.value ->> 'kind' as kind, e.value ->> 'value' as value, e.value ->> 'path' as path
      from jsonb_array_elements(identities) with ordinality as e (value, place)
     order by e.place
  loop
    -- One by one: in a join, row level security would read all identities before it called this function.
    kept := desk.identity_value(one.kind, one.value, one.path);
    select i.customer_id, c.deleted_at into owner
      from desk.customer_identities i
      join public.customers c on c.organization_id = i.organization_id and c.id = i.customer_id
     where i.organization_id = organization and i.kind = one.kind and i.value = kept;
    continue when not found;
    if owner.deleted_at is not null then
      perform desk.fail(
        'DK409', 'deleted',
        format('A deleted customer has this %s; restore them.',
               case when one.path like '%/email' then 'address' else 'identity' end),
        one.path, jsonb_build_object('id', owner.customer_id));
    end if;
    if found_id is not null and found_id <> owner.customer_id then
      perform desk.fail(
        'DK423', 'rule', 'These identities belong to different customers; customers.merge makes one of them.', one.path,
        jsonb_build_object('ids', jsonb_build_array(found_id, owner.customer_id)));
    end if;
    found_id := owner.customer_id;
  end loop;
  return found_id;
end
$$;

-- Gives a customer identities; those that they have already change nothing. The first address of who has none becomes the
-- primary one.
create function desk.add_identities(customer uuid, identities jsonb) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  one record;
  kept text;
  owner record;
begin
  for one in
    select e.value ->> 'kind' as kind, e.value ->> 'value' as value, e.value ->> 'path' as path
      from jsonb_array_elements(identities) with ordinality as e (value, place)
     order by e.place
  loop
    kept := desk.identity_value(one.kind, one.value, one.path);
    if one.kind = 'email' and exists (
      select from public.customers c where c.id = customer and c.email is null
    ) and not exists (
      select from desk.customer_identities i where i.kind = 'email' and i.value = kept and i.customer_id <> customer
    ) then
      update public.customers c set email = kept where c.id = customer;
      continue;
    end if;
    insert into desk.customer_identities (organization_id, kind, value, customer_id)
    values (desk.current_organization(), one.kind, kept, customer)
    on conflict on constraint customer_identities_pkey do nothing;
    continue when found;
    select i.customer_id, c.deleted_at into owner
      from desk.customer_identities i
      join public.customers c on c.organization_id = i.organization_id and c.id = i.customer_id
     where i.kind = one.kind and i.value = kept;
    continue when owner.customer_id = customer;
    if owner.deleted_at is not null then
      perform desk.fail(
        'DK409', 'deleted', 'A deleted customer has this identity; restore them.', one.path,
        jsonb_build_object('id', owner.customer_id));
    end if;
    perform desk.fail(
      'DK409', 'already_exists', 'Another customer has this identity.', one.path,
      jsonb_build_object('id', owner.customer_id));
  end loop;
end
$$;

create function desk.remove_identity(customer uuid, kind text, value text) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  kept constant text := desk.identity_value(kind, value);
begin
  delete from desk.customer_identities i
   where i.kind = remove_identity.kind and i.value = kept and i.customer_id = customer;
  if not found then
    perform desk.fail('DK404', 'not_found', 'The customer has no such identity.', '/value');
  end if;
end
$$;

create or replace function desk.refuse_deleted_customer(address text, path text default '/email') returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  customer constant uuid := (
    select c.id
      from desk.customer_identities i
      join public.customers c on c.organization_id = i.organization_id and c.id = i.customer_id
     where i.kind = 'email' and i.value = desk.address(address) and c.deleted_at is not null
  );
begin
  if customer is not null then
    perform desk.fail(
      'DK409', 'deleted', 'A deleted customer has this address; restore them.', path,
      jsonb_build_object('id', customer));
  end if;
end
$$;

-- The customer with any of these identities, made with the given id and all of them if there is none. Answers the id. Two
-- at once make one.
drop function desk.ensure_customer(uuid, text, text, text);
create function desk.ensure_customer(
  new_id uuid, email text, name text default null, path text default '/email', identities jsonb default '[]',
  metadata jsonb default '{}'
) returns uuid
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  -- Of two with the same value the first counts, so that the address keeps its own path.
  wanted constant jsonb := case when ensure_customer.email is null then '[]'::jsonb
    else jsonb_build_array(jsonb_build_object('kind', 'email', 'value', ensure_customer.email, 'path', path)) end
    || identities;
  address constant text := (
    select desk.identity_value('email', e.value ->> 'value', e.value ->> 'path')
      from jsonb_array_elements(wanted) with ordinality as e (value, place)
     where e.value ->> 'kind' = 'email'
     order by e.place
     limit 1
  );
  customer uuid;
begin
  if wanted = '[]' then
    perform desk.fail('DK422', 'invalid', 'An email address or another identity is needed.', path);
  end if;
  customer := desk.identified_customer(wanted);
  if customer is null then
    insert into public.customers as c (id, organization_id, email, name, metadata)
    values (
      new_id, desk.current_organization(), address,
      coalesce(ensure_customer.name, left(address, 200), left(wanted #>> '{0,value}', 200)), ensure_customer.metadata)
    on conflict on constraint customers_email_key do nothing
    returning c.id into customer;
    if customer is null then
      return desk.identified_customer(wanted);
    end if;
    perform desk.add_identities(customer, wanted);
  end if;
  return customer;
end
$$;

-- The customer with any of these identities, made with the given id if there is none, otherwise changed where something
-- is given (not null), and given those identities that they lack. A new one is asked for every required field, an
-- existing one only if fields are given.
drop function desk.upsert_customer(uuid, text, text, jsonb, jsonb);
create function desk.upsert_customer(
  new_id uuid, email text, name text, metadata jsonb, fields jsonb, identities jsonb default '[]'
) returns uuid
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  customer constant uuid := desk.ensure_customer(
    new_id, email, name, '/email', identities, coalesce(metadata, '{}'));
  is_new constant boolean := customer = new_id;
begin
  if not is_new then
    perform desk.expect('customer', customer, null);
    perform desk.add_identities(
      customer,
      case when upsert_customer.email is null then '[]'::jsonb
        else jsonb_build_array(jsonb_build_object('kind', 'email', 'value', upsert_customer.email, 'path', '/email')) end
        || identities);
    update public.customers c
       set name = coalesce(upsert_customer.name, c.name),
           metadata = coalesce(upsert_customer.metadata, c.metadata)
     where c.id = customer;
  end if;
  if is_new or fields is not null then
    perform desk.set_customer_fields(customer, coalesce(fields, '{}'));
  end if;
  return customer;
end
$$;

drop function desk.ticket_customer(uuid, text, text, jsonb);
create function desk.ticket_customer(
  new_id uuid, email text, name text, fields jsonb, identities jsonb default '[]'
) returns uuid
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  customer constant uuid := desk.ensure_customer(new_id, email, name, '/customer/email', identities);
  kind text;
  message text;
  path text;
begin
  if customer = new_id then
    begin
      perform desk.set_customer_fields(customer, fields);
    exception when sqlstate 'DK422' then
      -- The fields stand deeper in the params here than where the customer itself is written.
      get stacked diagnostics kind = constraint_name, message = message_text, path = column_name;
      perform desk.fail('DK422', kind, message, '/customer' || path);
    end;
  end if;
  return customer;
end
$$;

create or replace view desk.customer_detail with (security_invoker = true) as
select c.id, c.name, c.email, c.metadata,
       coalesce(
         (
           select jsonb_object_agg(f.field_name, desk.field_value(f.field_type, v.value))
             from public.customer_field_values v
             join public.customer_fields f on f.organization_id = v.organization_id and f.id = v.field_id
            where v.organization_id = c.organization_id and v.customer_id = c.id
         ),
         '{}'
       ) as fields,
       c.version, c.created_at, c.updated_at, c.deleted_at, c.deleted_by,
       coalesce(
         (
           select jsonb_agg(
                    jsonb_build_object(
                      'kind', i.kind, 'value', i.value, 'is_primary', i.kind = 'email' and i.value is not distinct from c.email,
                      'created_at', i.created_at)
                    order by (i.kind = 'email' and i.value is not distinct from c.email) desc, i.created_at, i.kind, i.value)
             from desk.customer_identities i
            where i.organization_id = c.organization_id and i.customer_id = c.id
         ),
         '[]'
       ) as identities
  from public.customers c;

revoke all on function
  desk.identity_value(text, text, text), desk.identity_words(uuid, uuid, text), desk.other_identities(uuid, uuid),
  desk.customer_words(text, text, text), desk.customers_inserted(), desk.customer_address_changed(), desk.keep_primary_address(), desk.identity_changed(),
  desk.identified_customer(jsonb), desk.add_identities(uuid, jsonb), desk.remove_identity(uuid, text, text),
  desk.ensure_customer(uuid, text, text, text, jsonb, jsonb),
  desk.upsert_customer(uuid, text, text, jsonb, jsonb, jsonb), desk.ticket_customer(uuid, text, text, jsonb, jsonb)
  from public;
grant execute on function
  desk.identity_value(text, text, text), desk.identity_words(uuid, uuid, text), desk.customer_words(text, text, text),
  desk.identified_customer(jsonb), desk.add_identities(uuid, jsonb), desk.remove_identity(uuid, text, text),
  desk.ensure_customer(uuid, text, text, text, jsonb, jsonb),
  desk.upsert_customer(uuid, text, text, jsonb, jsonb, jsonb), desk.ticket_customer(uuid, text, text, jsonb, jsonb)
  to authenticated;
grant execute on function
  desk.identity_words(uuid, uuid, text), desk.other_identities(uuid, uuid), desk.identity_value(text, text, text),
  desk.customer_words(text, text, text)
  to desk_keeper;
grant execute on function desk.identity_value(text, text, text) to desk_search;
-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_keeper;
alter function desk.customers_inserted() owner to desk_keeper;
alter function desk.customer_address_changed() owner to desk_keeper;
alter function desk.identity_changed() owner to desk_keeper;
revoke create on schema desk from desk_keeper;

-- What else looks for addresses --------------------------------------------------------------------------------------

-- version of a customer: keep_row's rule, but a version written by desk_keeper is a change of its own, and words that are
-- searched are none.
create or replace function desk.keep_customer_row() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.updated_at := old.updated_at;
  old.search := new.search;
  if new is distinct from old then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;

-- A query's conditions on a ticket t: each as a constant text that tests it, "true" where it holds, and the conditions
-- with what was looked up for them. A customer is t.customer_id, so that the same texts serve customers (as c.id).
create or replace function desk.ticket_conditions(
  organization uuid, conditions jsonb, now timestamptz, out resolved jsonb, out tests text[]
)
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  condition jsonb;
  place integer := -1;
  test text;
  words text;
  ids uuid[];
begin
  resolved := '[]';
  tests := '{}';
  for condition in select c.value from jsonb_array_elements(conditions) with ordinality as c (value, n) order by c.n loop
    place := place + 1;
    test := null;
    case condition ->> 'by'
      when 'assignee' then
        if condition ? 'present' then
          test := 't.assigned_to is not null';
        else
          ids := array(
            select a.id from public.agent_profiles a
             where a.organization_id = organization
               and (a.id::text in (select lower(e.v) from jsonb_array_elements_text(condition -> 'any') as e (v))
                    or a.email in (select desk.address(e.v) from jsonb_array_elements_text(condition -> 'any') as e (v)))
          );
          condition := condition || jsonb_build_object('ids', ids);
          test := concat_ws(
            ' or ',
            case when condition -> 'any' @> '"none"' then 't.assigned_to is null' end,
            case when cardinality(ids) > 0 or not condition -> 'any' @> '"none"' then format(
              't.assigned_to = any (array(select e.v::uuid from jsonb_array_elements_text($2 #> ''{%s,ids}'') as e (v)))',
              place) end);
        end if;
      when 'customer' then
        ids := array(
          select c.id from public.customers c
           where c.organization_id = organization
             and c.id = any (array(
               select e.v::uuid from jsonb_array_elements_text(condition -> 'any') as e (v)
                where e.v ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'))
          union
          select i.customer_id from desk.customer_identities i
           where i.organization_id = organization
             and i.kind = any ('{email,external_id,chat}')
             and i.value = any (array(
               select u.v
                 from jsonb_array_elements_text(condition -> 'any') as e (v)
                 cross join lateral (values (desk.address(e.v)), (btrim(e.v))) as u (v)))
        );
        words := (
          select string_agg('(' || q.words || ')', ' | ')
            from (
              select plainto_tsquery('pg_catalog.simple', e.v)::text as words
                from jsonb_array_elements_text(condition -> 'any') as e (v)
               where e.v not like '%@%'
                 and e.v !~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
            ) as q
           where q.words <> ''
        );
        condition := condition || jsonb_build_object('ids', ids)
          || case when words is null then '{}' else jsonb_build_object('words', words) end;
        test := concat_ws(
          ' or ',
          format(
            't.customer_id = any (array(select e.v::uuid from jsonb_array_elements_text($2 #> ''{%s,ids}'') as e (v)))',
            place),
          case when words is not null then format(
            '(select c.search @@ ($2 #>> ''{%s,words}'')::tsquery from public.customers c'
            ' where c.organization_id = $1 and c.id = t.customer_id)', place) end);
      when 'tag' then
        if condition ? 'present' then
          test := 'cardinality(t.tags) > 0';
        else
          condition := condition || jsonb_build_object(
            'names', desk.tag_names(array(select e.v from jsonb_array_elements_text(condition -> 'any') as e (v))));
          test := format(
            't.tags && array(select e.v from jsonb_array_elements_text($2 #> ''{%s,names}'') as e (v))', place);
        end if;
      when 'number' then
        test := case when condition ? 'any' then format(
            't.number = any (array(select e.v::integer from jsonb_array_elements_text($2 #> ''{%s,any}'') as e (v)))',
            place)
          else desk.range_test('t.number', 'integer', condition, place) end;
      when 'created', 'updated', 'activity', 'solved' then
        condition := condition
          || case when condition ? 'from'
               then jsonb_build_object('from', desk.query_instant(condition ->> 'from', now)) else '{}' end
          || case when condition ? 'to'
               then jsonb_build_object('to', desk.query_instant(condition ->> 'to', now)) else '{}' end;
        test := desk.range_test(
          case condition ->> 'by' when 'created' then 't.created_at' when 'updated' then 't.updated_at'
            when 'activity' then 't.last_activity_at' else 't.last_solved_at' end,
          'timestamptz', condition, place);
      when 'note' then
        test := '(select true from public.ticket_messages m where m.organization_id = $1 and m.ticket_id = t.id'
          ' and m.is_internal and m.deleted_at is null limit 1) is not null';
      when 'reply' then test := 't.first_reply_at is not null';
      when 'snoozed' then test := 't.snoozed_until > now()';
      when 'waiting' then test := 't.waiting_since is not null';
      when 'text' then
        condition := condition || jsonb_build_object('ids', desk.search_tickets(condition #>> '{any,0}'));
        test := format(
          't.id = any (array(select e.v::uuid from jsonb_array_elements_text($2 #> ''{%s,ids}'') as e (v)))', place);
      when 'customer_text' then
        condition := condition || jsonb_build_object('ids', desk.search_customers(condition #>> '{any,0}'));
        test := format(
          't.customer_id = any (array(select e.v::uuid from jsonb_array_elements_text($2 #> ''{%s,ids}'') as e (v)))',
          place);
      when 'address' then
        test := format(
          't.id = (select i.customer_id from desk.customer_identities i where i.organization_id = $1'
          ' and i.kind = ''email'' and i.value = desk.address($2 #>> ''{%s,any,0}''))', place);
      when 'blocked' then test := 't.blocked_at is not null';
      when 'identity' then
        test := format(
          't.id = (select i.customer_id from desk.customer_identities i where i.organization_id = $1'
          ' and i.kind = $2 #>> ''{%1$s,name}'' and i.value'
          ' = desk.identity_value($2 #>> ''{%1$s,name}'', $2 #>> ''{%1$s,any,0}'', ''/identity/value''))',
          place);
      when 'field' then
        select f.resolved, f.test into condition, words from desk.field_condition(organization, condition, place) as f;
        condition := condition || jsonb_build_object('test', words);
        test := format(
          '(select true from public.customer_field_values v where v.organization_id = $1'
          ' and v.customer_id = t.customer_id and v.field_id = ($2 #>> ''{%s,field}'')::uuid and %s limit 1) is not null',
          place, words);
    end case;
    resolved := resolved || jsonb_build_array(condition);
    tests := tests || case when (condition ->> 'not')::boolean
      then format('not coalesce(%s, false)', test) else format('(%s)', test) end;
  end loop;
end
$$;
