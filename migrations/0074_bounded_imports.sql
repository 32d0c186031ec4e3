-- An import gives up on rows whose addresses others take and give back again and again, instead of trying for ever.

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
  -- How often those of a turn were looked for.
  looks integer;
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
    looks := 0;
    while cardinality(todo) > 0 loop
      looks := looks + 1;
      if looks > 10 then
        raise exception 'others make and delete customers of these addresses all the time' using errcode = '40001';
      end if;
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
