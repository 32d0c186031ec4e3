-- Customers in bulk: many rows in one call, checked one by one and written as sets.

-- A row of an import on its way: what was given, and what is wrong with it.
create type desk.import_row as (
  -- Its place in the call, from 0.
  n integer,
  -- Which of the rows with its address it is, from 1.
  turn integer,
  -- The customer that it makes or changes.
  id uuid,
  is_new boolean,
  name text,
  email text,
  metadata jsonb,
  fields jsonb,
  kind text,
  path text,
  message text
);

-- A value of such a row; null content removes the one that is there.
create type desk.import_value as (
  n integer,
  customer_id uuid,
  is_new boolean,
  field_id uuid,
  is_required boolean,
  content text,
  kind text,
  path text,
  message text
);

-- A customer who has an address that a row gives, be it the primary one or another.
create type desk.import_match as (
  email text,
  id uuid,
  deleted_at timestamptz
);

-- A UUID of version 7: rows that come in one after another are next to each other in every index on their ids.
create function desk.uuid_v7() returns uuid
  language sql volatile parallel safe
  return encode(
    set_bit(set_bit(
      overlay(
        uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
      52, 1), 53, 1),
    'hex')::uuid;

-- What one element of an import says, and the first thing that is wrong with its form.
--
-- What an export writes beside these members (id, version, created_at, ...) is passed over, so that it can be imported.
-- Null is as good as left out.
create function desk.import_row(n integer, given json, is_suspect boolean) returns desk.import_row
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  r desk.import_row;
  content jsonb;
begin
  r.n := n;
  r.kind := 'invalid_params';
  r.path := '';
  if json_typeof(given) <> 'object' then
    r.message := 'A row is an object.';
    return r;
  end if;
  if is_suspect and given::text ~ '(^|[^\\])(\\\\)*\\u0000' then
    r.message := 'A row must not contain U+0000.';
    return r;
  end if;
  content := given;
  if is_suspect
    and content @? '$.** ? (@.type() == "number" && (@ > 1.7976931348623157e308 || @ < -1.7976931348623157e308))' then
    r.message := 'A row must not contain numbers beyond the range of a double.';
    return r;
  end if;
  r.name := content ->> 'name';
  r.email := desk.address(content ->> 'email');
  r.metadata := nullif(content -> 'metadata', 'null');
  r.fields := nullif(content -> 'fields', 'null');
  if content - array[
      'name', 'email', 'metadata', 'fields', 'id', 'version', 'created_at', 'updated_at', 'deleted_at', 'deleted_by',
      'identities', 'blocked_at', 'blocked_by', 'block_reason', 'merged_into', 'erased_at'
    ] <> '{}' then
    r.path := '/' || desk.pointer((
      select min(k.name)
        from jsonb_object_keys(content - array[
          'name', 'email', 'metadata', 'fields', 'id', 'version', 'created_at', 'updated_at', 'deleted_at', 'deleted_by',
          'identities', 'blocked_at', 'blocked_by', 'block_reason', 'merged_into', 'erased_at'
        ]) as k (name)));
    r.message := 'A row has no such member.';
  elsif r.name is not null and (
      jsonb_typeof(content -> 'name') <> 'string' or char_length(r.name) not between 1 and 200 or r.name !~ '\S') then
    r.path := '/name';
    r.message := 'A name is a string of 1 to 200 characters, not blank.';
  elsif content ->> 'email' is not null and (
      jsonb_typeof(content -> 'email') <> 'string' or coalesce(octet_length(r.email), 0) not between 1 and 320
      or r.email !~ '^[^[:space:]@]+@[^[:space:]@]+$' or r.email ~ '[\x01-\x20\x7f]') then
    r.path := '/email';
    r.message := 'An email address has one @, no spaces and at most 320 bytes.';
  elsif r.name is null and r.email is null then
    r.message := 'A row has a name or an email address.';
  elsif jsonb_typeof(r.metadata) <> 'object' or octet_length(r.metadata::text) > 65536 then
    r.path := '/metadata';
    r.message := 'Metadata is an object of at most 64 KiB.';
  elsif jsonb_typeof(r.fields) <> 'object' then
    r.path := '/fields';
    r.message := 'Fields are an object of values by field name.';
  else
    r.kind := null;
    r.path := null;
  end if;
  return r;
end
$$;

-- A value of an import as it is kept, or what is wrong with it. current is what the customer has now, where the field has
-- rules that a value which is there need not keep.
create function desk.import_value(n integer, field public.customer_fields, name text, value jsonb, current text)
  returns desk.import_value
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v desk.import_value;
begin
  v.n := n;
  v.field_id := field.id;
  v.is_required := field.is_required;
  v.kind := 'invalid';
  v.path := '/fields/' || desk.pointer(name);
  if field.id is null then
    v.message := 'There is no field of that name.';
  elsif value = 'null' then
    v.message := case when field.is_required then 'This field is required.' end;
  else
    begin
      v.content := desk.check_field(field, value, current, v.path);
      v.message := case when field.is_required and v.content in ('', '[]') then 'This field may not be empty.' end;
    exception when sqlstate 'DK422' then
      get stacked diagnostics v.message = message_text;
    end;
  end if;
  return v;
end
$$;

-- Takes the rows of one part of an import, each as far as it can be: one that is refused changes nothing and is told
-- of, the others are kept. Answers how many became what, and the errors in the order of the rows.
--
-- A row with an address is that customer's, whatever its case. on_conflict says what becomes of one who is there:
-- update (as desk.upsert_customer does), skip or error. Rows of one address take effect in their order, a turn each, of
-- which there is an end.
--
-- All rows of a turn are written at once: a statement for each would take several times as long. Customers who are
-- there are locked in the order of their addresses, and so new ones go in behind them, so that two parts at once
-- wait for each other one way only. Plans are made for each part: a general one takes an array for ten rows, and a
-- table for as large as it was when the import began.
create function desk.import_customers(rows json, on_conflict text, is_suspect boolean) returns jsonb
  language plpgsql
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
declare
  organization constant uuid := desk.current_organization();
  given desk.import_row[];
  contents desk.import_value[];
  turns integer;
  -- Those of a turn that are not done, and those of them who wait for another row of the same customer.
  todo desk.import_row[];
  later desk.import_row[];
  defaults constant desk.import_value[] := array(
    select row(
             null, null, true, f.id, f.is_required,
             desk.check_field_value(f.field_type, f.options, f.default_value), null, null, null)::desk.import_value
      from public.customer_fields f
     where f.organization_id = organization and f.default_value is not null);
  kept uuid[];
  changed uuid[];
  created integer := 0;
  updated integer := 0;
  skipped integer := 0;
  done integer := 0;
  failed desk.import_row[];
begin
  if json_array_length(rows) > 5000 then
    perform desk.fail('DK422', 'invalid', 'A part has at most 5,000 rows.', '/rows');
  end if;
  given := array(
    select desk.import_row(e.n::integer - 1, e.value, is_suspect)
      from json_array_elements(rows) with ordinality as e (value, n)
     order by e.n);
  contents := desk.import_values(organization, given);
  given := array(
    select case
             when f.n is null then g
             else row(g.n, null, null, null, g.name, g.email, g.metadata, g.fields, f.kind, f.path, f.message)::desk.import_row
           end
      from unnest(given) as g
      left join (
        select distinct on (v.n) v.n, v.kind, v.path, v.message
          from unnest(contents) as v
         where v.message is not null
         order by v.n, v.path
      ) as f on f.n = g.n
     order by g.n);
  failed := array(select g from unnest(given) as g where g.kind is not null);
  given := array(
    select case
             when t.turn <= 100 then
               row(g.n, t.turn, null, null, g.name, g.email, g.metadata, g.fields, null, null, null)::desk.import_row
             else
               row(g.n, t.turn, null, null, null, null, null, null, 'invalid_params', '/email',
                 'A part has at most 100 rows of one address.')::desk.import_row
           end
      from (
        select o as g,
               case when o.email is null then 1 else row_number() over (partition by o.email order by o.n) end as turn
          from unnest(given) as o
         where o.kind is null
      ) as t
     cross join lateral (select (t.g).*) as g);
  failed := failed || array(select g from unnest(given) as g where g.kind is not null);
  turns := (select max(g.turn) from unnest(given) as g where g.kind is null);

  for step in 1 .. coalesce(turns, 0) loop
    todo := array(select g from unnest(given) as g where g.turn = step);
    while cardinality(todo) > 0 loop
      todo := desk.import_match(organization, todo, contents, on_conflict);
      failed := failed || array(select g from unnest(todo) as g where g.kind is not null);
      skipped := skipped + (
        select count(*) from unnest(todo) as g where g.kind is null and not g.is_new and on_conflict = 'skip');
      todo := array(
        select g from unnest(todo) as g where g.kind is null and (g.is_new or on_conflict = 'update'));
      -- Who has several addresses may be in the part under more than one of them.
      later := array(
        select w.g
          from (select g, row_number() over (partition by g.id order by g.n) as place from unnest(todo) as g) as w
         where w.place > 1);
      if cardinality(later) > 0 then
        todo := array(select g from unnest(todo) as g where g.n <> all (array(select l.n from unnest(later) as l)));
      end if;

      with inserted as (
        insert into public.customers as c (id, organization_id, email, name, metadata)
        select g.id, organization, g.email, g.name, coalesce(g.metadata, '{}')
          from unnest(todo) as g
         where g.is_new
         order by g.email, g.n
        on conflict on constraint customers_email_key do nothing
        returning c.id
      )
      select coalesce(array_agg(i.id), '{}') into kept from inserted as i;
      created := created + cardinality(kept);

      changed := desk.import_changes(organization, todo);
      if contents is not null or cardinality(defaults) > 0 and cardinality(kept) > 0 then
        changed := changed || desk.import_contents(
          organization,
          array(
            select row(v.n, g.id, g.is_new, v.field_id, v.is_required, v.content, null, null, null)::desk.import_value
              from unnest(todo) as g
              join unnest(contents) as v on v.n = g.n
              left join unnest(kept) as k (id) on k.id = g.id
             where not g.is_new or k.id is not null
             union all
            select row(g.n, g.id, true, d.field_id, d.is_required, d.content, null, null, null)::desk.import_value
              from unnest(todo) as g
              join unnest(kept) as k (id) on k.id = g.id
             cross join unnest(defaults) as d
              left join unnest(contents) as v on v.n = g.n and v.field_id = d.field_id
             where v.n is null));
      end if;
      done := done + (select count(*) from unnest(todo) as g where not g.is_new);
      updated := updated + (
        select count(distinct c.id) from unnest(changed) as c (id) join unnest(todo) as g on g.id = c.id and not g.is_new);

      -- Somebody else has made a customer of that address meanwhile.
      todo := array(
        select row(
                 g.n, g.turn, null, null, g.name, g.email, g.metadata, g.fields, null, null, null)::desk.import_row
          from unnest(todo) as g
          left join unnest(kept) as k (id) on k.id = g.id
         where g.is_new and k.id is null
        union all
        select row(
                 l.n, l.turn, null, null, l.name, l.email, l.metadata, l.fields, null, null, null)::desk.import_row
          from unnest(later) as l);
    end loop;
  end loop;

  return jsonb_build_object(
    'rows', json_array_length(rows), 'created', created, 'updated', updated, 'unchanged', done - updated,
    'skipped', skipped, 'failed', cardinality(failed),
    'errors', (
      select coalesce(
               jsonb_agg(
                 jsonb_build_object(
                   'row', f.n, 'kind', f.kind, 'path', '/rows/' || f.n || f.path, 'message', f.message)
                 order by f.n),
               '[]')
        from unnest(failed) as f
    ));
end
$$;

-- The values that rows of an import give, looked at one by one; null where they give none.
create function desk.import_values(organization uuid, given desk.import_row[]) returns desk.import_value[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from unnest(given) as g where g.kind is null and g.fields <> '{}') then
    return null;
  end if;
  return array(
    select desk.import_value(
             g.n, f, e.key, e.value,
             case when coalesce(f.retired_options, f.minimum, f.maximum, to_jsonb(f.pattern)) is not null then (
               select v.value
                 from desk.customer_identities i
                 join public.customer_field_values v
                   on v.organization_id = i.organization_id and v.customer_id = i.customer_id and v.field_id = f.id
                where i.organization_id = organization and i.kind = 'email' and i.value = g.email
             ) end)
      from unnest(given) as g
     cross join lateral jsonb_each(g.fields) as e (key, value)
      left join public.customer_fields f on f.organization_id = organization and f.field_name = e.key
     where g.kind is null);
end
$$;

-- Rows of an import with the customers who have their addresses, who are locked, or with the id of a new one; and why
-- a row cannot be taken.
create function desk.import_match(
  organization uuid, todo desk.import_row[], contents desk.import_value[], on_conflict text
) returns desk.import_row[]
  language plpgsql
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
declare
  required constant public.customer_fields[] := array(
    select f from public.customer_fields f
     where f.organization_id = organization and f.is_required
     order by f.position, f.field_name);
  there desk.import_match[];
  absent desk.import_value[];
begin
  there := desk.import_there(organization, array(select g.email from unnest(todo) as g where g.email is not null));
  if cardinality(required) > 0 then
    absent := array(
      select distinct on (g.n)
             row(
               g.n, null, null, f.id, true, null, 'invalid', '/fields/' || desk.pointer(f.field_name), 'This field is required.'
             )::desk.import_value
        from unnest(todo) as g
       cross join unnest(required) with ordinality as f
        left join unnest(there) as c on c.email = g.email
        left join unnest(contents) as v on v.n = g.n and v.field_id = f.id and v.content is not null
        left join (
          select k.customer_id, k.field_id
            from public.customer_field_values k
           where k.customer_id = any (array(select t.id from unnest(there) as t))
        ) as k on k.customer_id = c.id and k.field_id = f.id
       where v.n is null
         and case when c.id is null
               -- Without being named it has its default.
               then f.default_value is null or coalesce(g.fields, '{}') ? f.field_name
               else on_conflict = 'update' and g.fields is not null and k.customer_id is null
             end
       order by g.n, f.ordinality);
  end if;
  return array(
    select case
             when c.deleted_at is not null then
               row(g.n, g.turn, c.id, false, null, null, null, null, 'deleted', '/email',
                 'A deleted customer has this address; restore them.')::desk.import_row
             when c.id is not null and on_conflict = 'error' then
               row(g.n, g.turn, c.id, false, null, null, null, null, 'already_exists', '/email',
                 'A customer with this address exists.')::desk.import_row
             else
               row(g.n, g.turn, coalesce(c.id, desk.uuid_v7()), c.id is null, g.name, g.email, g.metadata, g.fields,
                 a.kind, a.path, a.message)::desk.import_row
           end
      from unnest(todo) as g
      left join unnest(there) as c on c.email = g.email
      left join unnest(absent) as a on a.n = g.n);
end
$$;

-- The customers who have these addresses, locked in the order of the addresses.
--
-- Looked up one by one, as are those that the next two functions write to: nobody knows how much of an organization a
-- scan would meet.
create function desk.import_there(organization uuid, emails text[]) returns desk.import_match[]
  language plpgsql
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
begin
  return array(
    select row(e.email, c.id, c.deleted_at)::desk.import_match
      from (select e.email from unnest(emails) as e (email) order by e.email) as e
     cross join lateral (
       select c.id, c.deleted_at
         from desk.customer_identities i
         join public.customers c on c.organization_id = i.organization_id and c.id = i.customer_id
        where i.organization_id = organization and i.kind = 'email' and i.value = e.email
          for no key update of c
     ) as c);
end
$$;

-- Writes names and metadata to customers who are there; answers those to whom that made a difference.
create function desk.import_changes(organization uuid, todo desk.import_row[]) returns uuid[]
  language plpgsql
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
declare
  changed uuid[];
begin
  with written as (
    update public.customers c
       set name = coalesce(g.name, c.name), metadata = coalesce(g.metadata, c.metadata)
      from unnest(todo) as g
     where not g.is_new
       and c.organization_id = organization and c.id = g.id
       and (coalesce(g.name, c.name) <> c.name or coalesce(g.metadata, c.metadata) <> c.metadata)
    returning c.id
  )
  select coalesce(array_agg(w.id), '{}') into changed from written as w;
  return changed;
end
$$;

-- Writes values; answers the customers to whom that made a difference.
create function desk.import_contents(organization uuid, contents desk.import_value[]) returns uuid[]
  language plpgsql
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
declare
  changed uuid[];
begin
  with removed as (
    delete from public.customer_field_values v
     using unnest(contents) as w
     where w.content is null and not w.is_new
       and v.customer_id = w.customer_id and v.field_id = w.field_id
    returning v.customer_id
  ),
  updated as (
    update public.customer_field_values v
       set value = w.content
      from unnest(contents) as w
     where w.content is not null and not w.is_new
       and v.customer_id = w.customer_id and v.field_id = w.field_id and v.value <> w.content
    returning v.customer_id
  ),
  inserted as (
    insert into public.customer_field_values as v (organization_id, customer_id, field_id, value)
    select organization, w.customer_id, w.field_id, w.content
      from unnest(contents) as w
     where w.content is not null
       and (w.is_new or not exists (
         select from public.customer_field_values o where o.customer_id = w.customer_id and o.field_id = w.field_id
       ))
    returning v.customer_id
  )
  select array_agg(distinct c.customer_id) into changed
    from (
      select r.customer_id from removed as r
      union all
      select u.customer_id from updated as u
      union all
      select i.customer_id from inserted as i
    ) as c;
  return coalesce(changed, '{}');
end
$$;

revoke all on function
  desk.uuid_v7(), desk.import_row(integer, json, boolean),
  desk.import_value(integer, public.customer_fields, text, jsonb, text), desk.import_customers(json, text, boolean),
  desk.import_values(uuid, desk.import_row[]),
  desk.import_match(uuid, desk.import_row[], desk.import_value[], text),
  desk.import_there(uuid, text[]), desk.import_changes(uuid, desk.import_row[]),
  desk.import_contents(uuid, desk.import_value[])
  from public;
grant execute on function
  desk.uuid_v7(), desk.import_row(integer, json, boolean),
  desk.import_value(integer, public.customer_fields, text, jsonb, text), desk.import_customers(json, text, boolean),
  desk.import_values(uuid, desk.import_row[]),
  desk.import_match(uuid, desk.import_row[], desk.import_value[], text),
  desk.import_there(uuid, text[]), desk.import_changes(uuid, desk.import_row[]),
  desk.import_contents(uuid, desk.import_value[])
  to authenticated;
