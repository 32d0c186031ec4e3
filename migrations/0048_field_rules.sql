-- What a field asks of its values beside their type: a default, a pattern, a range; and options that nobody can choose any
-- more, though who has them keeps them. A value is held against these when it is set; one that is there stays.

alter table public.customer_fields no force row level security;
alter table public.customer_fields
  add column default_value jsonb,
  add column pattern text,
  add column minimum jsonb,
  add column maximum jsonb,
  add column retired_options jsonb,
  add constraint customer_fields_default_size check (octet_length(default_value::text) <= 16384),
  add constraint customer_fields_pattern_length check (char_length(pattern) between 1 and 500),
  add constraint customer_fields_bounds_size check (octet_length(concat(minimum, maximum)) <= 1000),
  add constraint customer_fields_retired_size check (octet_length(retired_options::text) <= 65536),
  add constraint customer_fields_retired_valid
    check (
      retired_options is null or options is not null and desk.valid_field_options(field_type, options || retired_options));
alter table public.customer_fields force row level security;
grant insert (default_value, pattern, minimum, maximum, retired_options),
      update (default_value, pattern, minimum, maximum, retired_options)
  on public.customer_fields to authenticated;

-- Holds a value, in the form that it is kept in, against the rules of its field.
create function desk.check_field_rules(
  type public.field_type, pattern text, minimum jsonb, maximum jsonb, value text, path text
) returns void
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  if type = 'text' and value !~ ('^(?:' || pattern || ')$') then
    perform desk.fail(
      'DK422', 'invalid', 'This does not match the field''s pattern.', path, jsonb_build_object('pattern', pattern));
  elsif type = 'number' and value::numeric < (minimum #>> '{}')::numeric
        or type = 'date' and value < minimum #>> '{}' then
    perform desk.fail(
      'DK422', 'invalid', format('This is less than the field''s minimum, %s.', minimum #>> '{}'), path,
      jsonb_build_object('minimum', minimum));
  elsif type = 'number' and value::numeric > (maximum #>> '{}')::numeric
        or type = 'date' and value > maximum #>> '{}' then
    perform desk.fail(
      'DK422', 'invalid', format('This is more than the field''s maximum, %s.', maximum #>> '{}'), path,
      jsonb_build_object('maximum', maximum));
  end if;
end
$$;

-- The form in which a field keeps a value; fails with the place where it does not fit. current is what the customer has
-- now: of that, retired options stay, and the same again is never refused.
create function desk.check_field(field public.customer_fields, value jsonb, current text, path text) returns text
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  kept constant jsonb := case when current is not null then (
    select jsonb_agg(r.one order by r.place)
      from jsonb_array_elements(field.retired_options) with ordinality as r (one, place)
     where case field.field_type when 'select' then current = r.one #>> '{}' else current::jsonb @> r.one end
  ) end;
  canonical constant text := desk.check_field_value(
    field.field_type, field.options || coalesce(kept, '[]'), value, path);
begin
  if canonical is distinct from current then
    perform desk.check_field_rules(
      field.field_type, field.pattern, field.minimum, field.maximum, canonical, path);
  end if;
  return canonical;
end
$$;

-- Says what a check constraint can only refuse. The number of fields bounds what a customer looks like on the wire;
-- the lock, in a space of its own, keeps two at once from passing it.
create or replace function desk.keep_field() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  bound record;
  canonical text;
begin
  if not desk.valid_field_options(new.field_type, new.options) then
    perform desk.fail(
      'DK422', 'invalid',
      case when new.field_type in ('select', 'multiselect')
        then format('A %s field takes 1 to 200 different options of 1 to 200 characters.', new.field_type)
        else format('A %s field takes no options.', new.field_type)
      end,
      '/options');
  end if;
  new.retired_options := nullif(new.retired_options, '[]');
  if new.retired_options is not null
     and (new.options is null or not desk.valid_field_options(new.field_type, new.options || new.retired_options)) then
    perform desk.fail(
      'DK422', 'invalid', 'Retired options are others than the options, 200 together with them, of a field that has options.',
      '/retired_options');
  end if;
  if new.pattern is not null then
    if new.field_type <> 'text' then
      perform desk.fail('DK422', 'invalid', 'Only a text field takes a pattern.', '/pattern');
    end if;
    begin
      perform '' ~ ('^(?:' || new.pattern || ')$');
    exception when invalid_regular_expression then
      perform desk.fail('DK422', 'invalid', 'This is no regular expression.', '/pattern');
    end;
  end if;
  for bound in
    select b.value, b.path from (values (new.minimum, '/minimum'), (new.maximum, '/maximum')) as b (value, path)
     where b.value is not null
  loop
    if new.field_type not in ('number', 'date') then
      perform desk.fail('DK422', 'invalid', 'Only fields of numbers and dates have a range.', bound.path);
    end if;
    perform desk.check_field_value(new.field_type, null, bound.value, bound.path);
  end loop;
  if new.minimum is not null then
    perform desk.check_field_rules(new.field_type, null, null, new.maximum, new.minimum #>> '{}', '/minimum');
  end if;
  if new.default_value is not null then
    canonical := desk.check_field_value(new.field_type, new.options, new.default_value, '/default_value');
    perform desk.check_field_rules(
      new.field_type, new.pattern, new.minimum, new.maximum, canonical, '/default_value');
    new.default_value := desk.field_value(new.field_type, canonical);
  end if;
  if tg_op = 'INSERT' then
    perform pg_advisory_xact_lock(1684370284, hashtext(new.organization_id::text));
    if (select count(*) >= 200 from public.customer_fields f where f.organization_id = new.organization_id) then
      perform desk.fail('DK423', 'rule', 'An organization has at most 200 fields.');
    end if;
  end if;
  return new;
end
$$;
drop trigger a_form on public.customer_fields;
create trigger a_form
  before insert or update of field_type, options, retired_options, default_value, pattern, minimum, maximum
  on public.customer_fields
  for each row execute function desk.keep_field();

-- Values that exist stay valid: the type of a field in use does not change, and an option in use does not go. It may be
-- retired.
create or replace function desk.check_field_change() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  gone text;
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
  for gone in
    select o.value from jsonb_array_elements_text(coalesce(old.options || coalesce(old.retired_options, '[]'), '[]')) as o (value)
     where not coalesce(new.options || coalesce(new.retired_options, '[]'), '[]') @> to_jsonb(o.value)
  loop
    if exists (
      select from public.customer_field_values v
       where v.organization_id = old.organization_id and v.field_id = old.id
         and case old.field_type
               when 'select' then v.value = gone
               when 'multiselect' then v.value::jsonb @> to_jsonb(gone)
               else false
             end
    ) then
      perform desk.fail(
        'DK423', 'in_use', 'An option that customers have cannot be removed.', '/options',
        jsonb_build_object('option', gone));
    end if;
  end loop;
  return new;
end
$$;
drop trigger a_in_use on public.customer_fields;
create trigger a_in_use before update of field_type, options, retired_options on public.customer_fields
  for each row
  when (
    new.field_type <> old.field_type or new.options is distinct from old.options
    or new.retired_options is distinct from old.retired_options)
  execute function desk.check_field_change();

create or replace function desk.check_value_row() returns trigger
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
  -- desk_keeper copies what is there already.
  new.value := desk.check_field(
    field, typed, case when tg_op = 'UPDATE' then old.value when current_user = 'desk_keeper' then new.value end, path);
  if field.is_required and new.value in ('', '[]') then
    perform desk.fail('DK422', 'required', 'This field may not be empty.', path);
  end if;
  return new;
end
$$;

-- Sets values by field name; null removes one, fields not named stay. A new customer gets the defaults of those that are
-- not named. Afterwards every required field must have a value. The object of values stands at base in the params.
drop function desk.set_customer_fields(uuid, jsonb);
create function desk.set_customer_fields(
  customer uuid, fields jsonb, is_new boolean default false, base text default ''
) returns void
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
  perform desk.require('customer', customer, base || case when base <> '' then '/id' else '' end);
  if fields is null or jsonb_typeof(fields) <> 'object' then
    perform desk.fail('DK422', 'invalid', 'fields is an object of values by field name.', base || '/fields');
  end if;
  if is_new then
    fields := (
      select coalesce(jsonb_object_agg(f.field_name, f.default_value), '{}')
        from public.customer_fields f
       where f.organization_id = organization and f.default_value is not null
    ) || fields;
  end if;
  for given in
    select e.key, e.value, f as field, v.value as current
      from jsonb_each(fields) as e (key, value)
      left join public.customer_fields f on f.organization_id = organization and f.field_name = e.key
      left join public.customer_field_values v
             on v.organization_id = organization and v.customer_id = customer and v.field_id = f.id
     order by e.key
  loop
    path := base || '/fields/' || desk.pointer(given.key);
    if (given.field).id is null then
      perform desk.fail('DK422', 'unknown_field', 'There is no field of that name.', path);
    end if;
    if jsonb_typeof(given.value) <> 'null' then
      ids := ids || (given.field).id;
      contents := contents || desk.check_field(given.field, given.value, given.current, path);
    elsif (given.field).is_required then
      perform desk.fail('DK422', 'required', 'This field is required.', path);
    else
      removed := removed || (given.field).id;
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
    perform desk.fail('DK422', 'required', 'This field is required.', base || '/fields/' || desk.pointer(missing));
  end if;
end
$$;

-- The same for many customers: an array of {id, fields}, which stands at /customers in the params.
create function desk.set_fields_of_customers(customers jsonb) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform desk.set_customer_fields(
            (e.value ->> 'id')::uuid, e.value -> 'fields', false, '/customers/' || e.place - 1)
     from jsonb_array_elements(customers) with ordinality as e (value, place);
end
$$;

-- How many customers have a value of a field, and each of its options.
create function desk.field_usage(field uuid) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  f public.customer_fields;
  customers bigint;
  counts jsonb;
begin
  select c.* into f from public.customer_fields c where c.id = field;
  if not found then
    return null;
  end if;
  if f.field_type in ('select', 'multiselect') then
    select coalesce(sum(g.customers), 0),
           coalesce(jsonb_agg(jsonb_build_object('value', g.value, 'customers', g.customers)), '[]')
      into customers, counts
      from (
        select v.value, count(*) as customers
          from public.customer_field_values v
         where v.field_id = field
         group by v.value
      ) as g;
    counts := (
      select jsonb_agg(
               jsonb_build_object(
                 'option', o.one, 'is_retired', o.place > jsonb_array_length(f.options), 'customers', coalesce(u.customers, 0))
               order by o.place)
        from jsonb_array_elements(f.options || coalesce(f.retired_options, '[]')) with ordinality as o (one, place)
        left join (
          select e.one, sum((c.value ->> 'customers')::bigint) as customers
            from jsonb_array_elements(counts) as c (value)
            cross join lateral jsonb_array_elements(
              case f.field_type when 'select' then jsonb_build_array(c.value -> 'value')
                else (c.value ->> 'value')::jsonb end) as e (one)
           group by e.one
        ) as u on u.one = o.one
    );
  else
    customers := (select count(*) from public.customer_field_values v where v.field_id = field);
  end if;
  return jsonb_build_object('id', f.id, 'field_name', f.field_name, 'customers', customers, 'options', counts);
end
$$;

-- New customers get the defaults.
create or replace function desk.upsert_customer(
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
    perform desk.set_customer_fields(customer, coalesce(fields, '{}'), is_new);
  end if;
  return customer;
end
$$;

create or replace function desk.ticket_customer(
  new_id uuid, email text, name text, fields jsonb, identities jsonb default '[]'
) returns uuid
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  customer constant uuid := desk.ensure_customer(new_id, email, name, '/customer/email', identities);
begin
  if customer = new_id then
    perform desk.set_customer_fields(customer, fields, true, '/customer');
  end if;
  return customer;
end
$$;

create or replace view desk.field with (security_invoker = true) as
select f.id, f.field_name, f.field_type, f.is_required, f.options, f.label, f.description, f.position,
       f.version, f.created_at, f.updated_at, f.default_value, f.pattern, f.minimum, f.maximum,
       case when f.field_type in ('select', 'multiselect') then coalesce(f.retired_options, '[]') end as retired_options
  from public.customer_fields f;

revoke all on function
  desk.check_field_rules(public.field_type, text, jsonb, jsonb, text, text),
  desk.check_field(public.customer_fields, jsonb, text, text), desk.set_customer_fields(uuid, jsonb, boolean, text),
  desk.set_fields_of_customers(jsonb), desk.field_usage(uuid)
  from public;
grant execute on function
  desk.check_field_rules(public.field_type, text, jsonb, jsonb, text, text),
  desk.check_field(public.customer_fields, jsonb, text, text), desk.set_customer_fields(uuid, jsonb, boolean, text),
  desk.set_fields_of_customers(jsonb), desk.field_usage(uuid)
  to authenticated;

do $history$
begin
  perform desk.audit_table('public.customer_fields', 'field');
end
$history$;
