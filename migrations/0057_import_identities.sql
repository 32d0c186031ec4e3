-- Rows of an import carry all that their customers are found by, not addresses alone.

-- What a row's customer is found by, and where in the row it stands.
create type desk.import_key as (
  kind text,
  value text,
  path text
);
-- The address first.
alter type desk.import_row add attribute keys desk.import_key[];

drop function
  desk.import_match(uuid, desk.import_row[], desk.import_value[], text), desk.import_there(uuid, text[]),
  desk.import_changes(uuid, desk.import_row[]);
drop type desk.import_match;
-- The customer whom a key of a row finds.
create type desk.import_match as (
  n integer,
  place integer,
  path text,
  id uuid,
  deleted_at timestamptz
);

-- An identity of a row as it is kept; without a kind, what is wrong with it as the value.
--
-- What an export tells of it beside (is_primary, created_at) is passed over.
create function desk.import_key(given jsonb, path text) returns desk.import_key
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  key desk.import_key;
begin
  key.path := import_key.path;
  if jsonb_typeof(given) <> 'object' or jsonb_typeof(given -> 'value') is distinct from 'string'
    or given ->> 'kind' is null or given ->> 'kind' not in ('email', 'external_id', 'chat')
    or given - array['kind', 'value', 'is_primary', 'created_at'] <> '{}' then
    key.value := 'An identity has a kind (email, external_id or chat) and a value.';
    return key;
  end if;
  key.path := key.path || '/value';
  begin
    key.value := desk.identity_value(given ->> 'kind', given ->> 'value', key.path);
    key.kind := given ->> 'kind';
  exception when sqlstate 'DK422' then
    get stacked diagnostics key.value = message_text;
  end;
  return key;
end
$$;

-- What one element of an import says, and the first thing that is wrong with its form.
--
-- What an export writes beside these members (id, version, created_at, ...) is passed over, so that it can be imported.
-- Null is as good as left out.
create or replace function desk.import_row(n integer, given json, is_suspect boolean) returns desk.import_row
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  r desk.import_row;
  content jsonb;
  identities jsonb;
  one record;
  key desk.import_key;
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
  identities := nullif(content -> 'identities', 'null');
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
  elsif jsonb_typeof(identities) <> 'array' or jsonb_array_length(identities) > 51 then
    r.path := '/identities';
    r.message := 'Identities are a list of at most 51.';
  elsif r.name is null and r.email is null and coalesce(identities, '[]') = '[]' then
    r.message := 'A row has a name, an email address or identities.';
  elsif jsonb_typeof(r.metadata) <> 'object' or octet_length(r.metadata::text) > 65536 then
    r.path := '/metadata';
    r.message := 'Metadata is an object of at most 64 KiB.';
  elsif jsonb_typeof(r.fields) <> 'object' then
    r.path := '/fields';
    r.message := 'Fields are an object of values by field name.';
  else
    r.kind := null;
    r.path := null;
    if r.email is not null then
      r.keys := array[row('email', r.email, '/email')::desk.import_key];
    end if;
    for one in
      select e.value, '/identities/' || e.n - 1 as path from jsonb_array_elements(identities) with ordinality as e (value, n)
    loop
      key := desk.import_key(one.value, one.path);
      if key.kind is null then
        r.kind := 'invalid_params';
        r.path := key.path;
        r.message := key.value;
        return r;
      end if;
      continue when exists (select from unnest(r.keys) as k where k.kind = key.kind and k.value = key.value);
      if key.kind = 'email' and r.email is null then
        r.email := key.value;
        r.keys := key || r.keys;
      else
        r.keys := r.keys || key;
      end if;
    end loop;
  end if;
  return r;
end
$$;

-- The values that rows of an import give, looked at one by one, by what was there before the part; null where they give
-- none.
create or replace function desk.import_values(organization uuid, given desk.import_row[]) returns desk.import_value[]
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
                 from unnest(g.keys) as k
                cross join lateral (
                  select i.customer_id
                    from desk.customer_identities i
                   where i.organization_id = organization and i.kind = k.kind and i.value = k.value
                   limit 1
                ) as i
                 join public.customer_field_values v
                   on v.organization_id = organization and v.customer_id = i.customer_id and v.field_id = f.id
                limit 1
             ) end)
      from unnest(given) as g
     cross join lateral jsonb_each(g.fields) as e (key, value)
      left join public.customer_fields f on f.organization_id = organization and f.field_name = e.key
     where g.kind is null);
end
$$;

-- Takes the rows of one part of an import, each as far as it can be: one that is refused changes nothing and is told
-- of, the others are kept. Answers how many became what, and the errors in the order of the rows.
--
-- A row is about the customer who has its address, whatever its case, or any other of its identities, which are all of one
-- customer; whom it is about gets those of them that they lack. on_conflict says what becomes of one who is there:
-- update (as desk.upsert_customer does), skip or error. Rows of one customer take effect in their order, a turn each, of
-- which there is an end; whether one may be taken is judged when those ahead of it have taken effect.
--
-- All rows of a turn are written at once: a statement for each would take several times as long. Customers who are
-- there are locked before the first turn in the order of their ids, and new ones of a turn go in behind them in the order
-- of their addresses: two parts at once that change the same customers, or make the same ones in one turn each, wait for each
-- other one way only. What both make in several turns, or by addresses and other identities, may still meet crosswise:
-- the server ends one of the two, which is tried again. Plans are made for each part: a general one takes an array for ten
-- rows, and a table for as large as it was when the import began.
create or replace function desk.import_customers(rows json, on_conflict text, is_suspect boolean) returns jsonb
  language plpgsql
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
declare
  organization constant uuid := desk.current_organization();
  given desk.import_row[];
  contents desk.import_value[];
  turns integer;
  -- Those of a turn that are not done, and whom they find.
  todo desk.import_row[];
  there desk.import_match[];
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
  -- Whether a row has more than an address.
  is_keyed boolean;
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
             else row(g.n, null, null, null, g.name, g.email, g.metadata, g.fields, f.kind, f.path, f.message, g.keys)::desk.import_row
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
  given := array(select g from unnest(given) as g where g.kind is null);
  there := desk.import_there(organization, given);
  given := desk.import_turns(given, there);
  failed := failed || array(select g from unnest(given) as g where g.kind is not null);
  turns := (select max(g.turn) from unnest(given) as g where g.kind is null);
  is_keyed := exists (
    select from unnest(given) as g
     where g.kind is null and (cardinality(g.keys) > 1 or g.keys[1].kind <> 'email'));

  for step in 1 .. coalesce(turns, 0) loop
    todo := array(select g from unnest(given) as g where g.turn = step);
    while cardinality(todo) > 0 loop
      if there is null then
        there := desk.import_there(organization, todo);
        -- Nobody knew that rows of a turn are of one customer when turns were counted: the whole part is tried again.
        if exists (
          select from (
              select (array_agg(t.id))[1] as id from unnest(there) as t group by t.n having count(distinct t.id) = 1
            ) as f
           group by f.id
          having count(*) > 1
        ) then
          raise exception 'a customer of several rows was made meanwhile' using errcode = '40001';
        end if;
      end if;
      todo := desk.import_match(organization, todo, there, contents, on_conflict);
      there := null;
      failed := failed || array(select g from unnest(todo) as g where g.kind is not null);
      skipped := skipped + (
        select count(*) from unnest(todo) as g where g.kind is null and not g.is_new and on_conflict = 'skip');
      todo := array(
        select g from unnest(todo) as g where g.kind is null and (g.is_new or on_conflict = 'update'));

      with inserted as (
        insert into public.customers as c (id, organization_id, email, name, metadata)
        select g.id, organization, g.email, coalesce(g.name, left(g.keys[1].value, 200)), coalesce(g.metadata, '{}')
          from unnest(todo) as g
         where g.is_new
         order by g.email, g.n
        on conflict on constraint customers_email_key do nothing
        returning c.id
      )
      select coalesce(array_agg(i.id), '{}') into kept from inserted as i;
      created := created + cardinality(kept);

      changed := desk.import_changes(organization, todo);
      if is_keyed then
        changed := changed || desk.import_identities(
          organization,
          array(
            select g from unnest(todo) as g left join unnest(kept) as k (id) on k.id = g.id
             where not g.is_new or k.id is not null));
      end if;
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
                 g.n, g.turn, null, null, g.name, g.email, g.metadata, g.fields, null, null, null, g.keys)::desk.import_row
          from unnest(todo) as g
          left join unnest(kept) as k (id) on k.id = g.id
         where g.is_new and k.id is null);
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

-- Rows in turns: those of one customer one after another, as far as that can be known beforehand. Whose they are is told by
-- all that they are found by: rows with an identity in common, or that find the same customer, are one's, and so are rows
-- that others tie together. What is beyond the hundredth row of one identity or of one customer is refused.
create function desk.import_turns(given desk.import_row[], there desk.import_match[]) returns desk.import_row[]
  language plpgsql
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
as $$
declare
  -- By the number of a row, from 1: an earlier one of the same customer, or itself; at last the first one.
  heads integer[] := array(select g.place from generate_series(1, (select max(t.n) + 1 from unnest(given) as t)) as g (place));
  tie record;
  one integer;
  other integer;
begin
  given := array(
    select case when f.n is null then g else desk.import_excess(g, f.path, desk.import_word(f.path)) end
      from unnest(given) as g
      left join (
        select distinct on (p.n) p.n, p.path
          from (
            select t.n, k.path, k.place,
                   row_number() over (partition by k.kind collate "C", k.value collate "C" order by t.n) as turn
              from unnest(given) as t
             cross join lateral unnest(t.keys) with ordinality as k (kind, value, path, place)
          ) as p
         where p.turn > 100
         order by p.n, p.place
      ) as f on f.n = g.n);
  for tie in
    with finds as (
      select distinct t.n, t.id from unnest(there) as t
    ),
    -- Who finds several customers is refused, and ties nothing.
    bound as (
      select g.n, g.keys
        from unnest(given) as g
        left join (select f.n from finds as f group by f.n having count(*) > 1) as s on s.n = g.n
       where g.kind is null and s.n is null
    )
    select t.n + 1 as place, t.head + 1 as head
      from (
        select k.n, min(k.n) over (partition by k.kind, k.value) as head
          from (
            select b.n, k.kind collate "C" as kind, k.value collate "C" as value
              from bound as b
             cross join lateral unnest(b.keys) as k
            union all
            select b.n, 'customer', f.id::text from bound as b join finds as f on f.n = b.n
          ) as k
      ) as t
     where t.head < t.n
  loop
    one := tie.place;
    while heads[one] <> one loop
      heads[one] := heads[heads[one]];
      one := heads[one];
    end loop;
    other := tie.head;
    while heads[other] <> other loop
      heads[other] := heads[heads[other]];
      other := heads[other];
    end loop;
    heads[greatest(one, other)] := least(one, other);
  end loop;
  for place in 1 .. cardinality(heads) loop
    heads[place] := heads[heads[place]];
  end loop;
  return array(
    select case
             when g.kind is not null then g
             when t.turn > 100 then desk.import_excess(g, g.keys[1].path, 'customer')
             else row(g.n, t.turn, null, null, g.name, g.email, g.metadata, g.fields, null, null, null, g.keys)::desk.import_row
           end
      from unnest(given) as g
      left join (
        select o.n, row_number() over (partition by heads[o.n + 1] order by o.n) as turn
          from unnest(given) as o
         where o.kind is null
      ) as t on t.n = g.n);
end
$$;

-- A row that is one too many of the same.
create function desk.import_excess(given desk.import_row, path text, word text) returns desk.import_row
  language sql immutable parallel safe
  return row(
    given.n, null, null, null, null, null, null, null, 'invalid_params', path,
    format('A part has at most 100 rows of one %s.', word), null)::desk.import_row;

-- Rows of an import with those of the customers that are there whom they are about, or with the id of a new one; and why a
-- row cannot be taken.
create function desk.import_match(
  organization uuid, todo desk.import_row[], there desk.import_match[], contents desk.import_value[], on_conflict text
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
  -- The first that was found for each row, and what is wrong with that.
  owners desk.import_row[];
  absent desk.import_value[];
begin
  owners := array(
    select row(
             f.n, null, f.id, false, null, null, null, null, p.kind, p.path, p.message, null)::desk.import_row
      from (select distinct on (t.n) t.n, t.path, t.id, t.deleted_at from unnest(there) as t order by t.n, t.place) as f
      left join (
        select distinct on (t.n) t.n, t.path, t.id from unnest(there) as t join (
            select distinct on (o.n) o.n, o.id from unnest(there) as o order by o.n, o.place
          ) as o on o.n = t.n and o.id <> t.id
         order by t.n, t.place
      ) as s on s.n = f.n
     cross join lateral (
       select case when f.deleted_at is not null then 'deleted'
                when s.n is not null or on_conflict = 'error' then 'already_exists' end as kind,
              case when f.deleted_at is null and s.n is not null then s.path else f.path end as path,
              case
                when f.deleted_at is not null then
                  format('A deleted customer has this %s; restore them.', desk.import_word(f.path))
                when s.n is not null then
                  'These identities belong to different customers; customers.merge makes one of them.'
                else format('A customer with this %s exists.', desk.import_word(f.path))
              end as message
     ) as p);
  if exists (select from unnest(todo) as g where cardinality(g.keys) > 1 or g.keys[1].kind <> 'email') then
    owners := desk.import_room(organization, owners, todo, there);
  end if;
  if cardinality(required) > 0 then
    absent := array(
      select distinct on (g.n)
             row(
               g.n, null, null, f.id, true, null, 'invalid', '/fields/' || desk.pointer(f.field_name), 'This field is required.'
             )::desk.import_value
        from unnest(todo) as g
       cross join unnest(required) with ordinality as f
        left join unnest(owners) as c on c.n = g.n
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
             when c.kind is not null then
               row(g.n, g.turn, c.id, false, null, null, null, null, c.kind, c.path, c.message, null)::desk.import_row
             else
               row(g.n, g.turn, coalesce(c.id, desk.uuid_v7()), c.id is null, g.name, g.email, g.metadata, g.fields,
                 a.kind, a.path, a.message, g.keys)::desk.import_row
           end
      from unnest(todo) as g
      left join unnest(owners) as c on c.n = g.n
      left join unnest(absent) as a on a.n = g.n);
end
$$;

-- What a sentence calls an identity that stands there in a row.
create function desk.import_word(path text) returns text
  language sql immutable parallel safe
  return case when path = '/email' then 'address' else 'identity' end;

-- The customers of rows, and those rows as faulty whose customer, there or new, would have more identities than one may
-- have.
create function desk.import_room(
  organization uuid, owners desk.import_row[], todo desk.import_row[], there desk.import_match[]
) returns desk.import_row[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  full_ones constant integer[] := array(
    select g.n
      from (
        select t.n, t.email, o.id, cardinality(t.keys) - coalesce(f.finds, 0) as lacking
          from unnest(todo) as t
          left join unnest(owners) as o on o.n = t.n
          left join (select h.n, count(*) as finds from unnest(there) as h group by h.n) as f on f.n = t.n
         where o.kind is null
      ) as g
     cross join lateral (
       select count(*) as there,
              (select c.email from public.customers c where c.organization_id = organization and c.id = g.id) as email
         from desk.customer_identities i
        where i.organization_id = organization and i.customer_id = g.id
     ) as c
     where g.lacking > 0 and c.there + g.lacking > 50 + (coalesce(c.email, g.email) is not null)::integer);
begin
  return array(
    select o from unnest(owners) as o left join unnest(full_ones) as f (n) on f.n = o.n where f.n is null
     union all
    select row(f.n, null, null, false, null, null, null, null, 'invalid', '/identities',
             'A customer has at most 50 identities beside the primary address.', null)::desk.import_row
      from unnest(full_ones) as f (n));
end
$$;

-- The customers who have what rows are found by, locked in the order of their ids.
--
-- Looked up one by one, as are those that the next functions write to: nobody knows how much of an organization a scan
-- would meet.
create function desk.import_there(organization uuid, todo desk.import_row[]) returns desk.import_match[]
  language plpgsql
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
declare
  finds constant desk.import_match[] := array(
    select row(g.n, k.place, k.path, i.customer_id, null)::desk.import_match
      from unnest(todo) as g
     cross join lateral unnest(g.keys) with ordinality as k (kind, value, path, place)
     cross join lateral (
       select i.customer_id
         from desk.customer_identities i
        where i.organization_id = organization and i.kind = k.kind and i.value = k.value
        limit 1
     ) as i);
begin
  return array(
    select row(f.n, f.place, f.path, c.id, c.deleted_at)::desk.import_match
      from (select f.n, f.place, f.path, f.id from unnest(finds) as f order by f.id) as f
     cross join lateral (
       select c.id, c.deleted_at
         from public.customers c
        where c.organization_id = organization and c.id = f.id
          for no key update of c
     ) as c);
end
$$;

-- Writes names, metadata and the first address to customers who are there; answers those to whom that made a difference.
create function desk.import_changes(organization uuid, todo desk.import_row[]) returns uuid[]
  language plpgsql
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
declare
  changed uuid[];
  addressed uuid[];
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
  -- A statement of its own: what names email in its SET fires that column's triggers for every row.
  with written as (
    update public.customers c
       set email = g.email
      from unnest(todo) as g
     where not g.is_new and g.email is not null
       and c.organization_id = organization and c.id = g.id and c.email is null
    returning c.id
  )
  select coalesce(array_agg(w.id), '{}') into addressed from written as w;
  return changed || addressed;
end
$$;

-- Gives customers what their rows are found by and they lack; answers those to whom that made a difference.
create function desk.import_identities(organization uuid, todo desk.import_row[]) returns uuid[]
  language plpgsql
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
declare
  changed uuid[];
begin
  with inserted as (
    insert into desk.customer_identities as i (organization_id, kind, value, customer_id)
    select organization, k.kind, k.value, g.id
      from unnest(todo) as g
     cross join lateral unnest(g.keys) as k
     order by k.kind, k.value
    on conflict on constraint customer_identities_pkey do nothing
    returning i.customer_id
  )
  select coalesce(array_agg(distinct i.customer_id), '{}') into changed from inserted as i;
  -- Somebody else got one of them meanwhile: the whole part is tried again.
  if exists (
    select from unnest(todo) as g
     cross join lateral unnest(g.keys) as k
     cross join lateral (
       select i.customer_id
         from desk.customer_identities i
        where i.organization_id = organization and i.kind = k.kind and i.value = k.value
        limit 1
     ) as i
     where i.customer_id <> g.id
  ) then
    raise exception 'an identity was given to somebody else meanwhile' using errcode = '40001';
  end if;
  return changed;
end
$$;

revoke all on function
  desk.import_key(jsonb, text), desk.import_word(text),
  desk.import_turns(desk.import_row[], desk.import_match[]), desk.import_excess(desk.import_row, text, text),
  desk.import_match(uuid, desk.import_row[], desk.import_match[], desk.import_value[], text),
  desk.import_room(uuid, desk.import_row[], desk.import_row[], desk.import_match[]),
  desk.import_there(uuid, desk.import_row[]), desk.import_changes(uuid, desk.import_row[]),
  desk.import_identities(uuid, desk.import_row[])
  from public;
grant execute on function
  desk.import_key(jsonb, text), desk.import_word(text),
  desk.import_turns(desk.import_row[], desk.import_match[]), desk.import_excess(desk.import_row, text, text),
  desk.import_match(uuid, desk.import_row[], desk.import_match[], desk.import_value[], text),
  desk.import_room(uuid, desk.import_row[], desk.import_row[], desk.import_match[]),
  desk.import_there(uuid, desk.import_row[]), desk.import_changes(uuid, desk.import_row[]),
  desk.import_identities(uuid, desk.import_row[])
  to authenticated;
