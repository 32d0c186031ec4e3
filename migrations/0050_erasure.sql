-- Taking a person out for good, in every copy; and everything about one person as one value.

-- Covers what names a person. Patterns are regular expressions: the first whatever the case, the second as it stands.
create function desk.cover_person(content text, any_case text, exact text) returns text
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  if any_case is not null then
    content := regexp_replace(content, any_case, '▇', 'gi');
  end if;
  if exact is not null then
    content := regexp_replace(content, exact, '▇', 'g');
  end if;
  return content;
end
$$;

-- The same in all strings and names within a JSON value.
create function desk.cover_person_in(content jsonb, any_case text, exact text) returns jsonb
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  return case jsonb_typeof(content)
    when 'string' then to_jsonb(desk.cover_person(content #>> '{}', any_case, exact))
    when 'object' then (
      select coalesce(
               jsonb_object_agg(desk.cover_person(m.name, any_case, exact), desk.cover_person_in(m.value, any_case, exact)), '{}')
        from jsonb_each(content) as m (name, value)
    )
    when 'array' then (
      select coalesce(jsonb_agg(desk.cover_person_in(e.value, any_case, exact) order by e.place), '[]')
        from jsonb_array_elements(content) with ordinality as e (value, place)
    )
    else content
  end;
end
$$;

-- A regular expression for any of these texts as whole words, the longest first; null for none.
create function desk.any_of_words(words text[]) returns text
  language sql immutable parallel safe
  return (
    select '(?:' || string_agg(
             case when w.word ~ '^\w' then '\m' else '' end
               || regexp_replace(w.word, '([^[:alnum:][:space:]_])', '\\\1', 'g')
               || case when w.word ~ '\w$' then '\M' else '' end,
             '|' order by char_length(w.word) desc, w.word) || ')'
      from (select distinct u.word from unnest(words) as u (word) where char_length(u.word) >= 3) as w
  );

-- A customer and whoever was merged into them, by whatever way.
create function desk.merged_people(organization uuid, customer uuid) returns uuid[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    with recursive people (id) as (
      select customer
       union
      select c.id
        from people p
        join public.customers c on c.organization_id = organization and c.merged_into = p.id
    )
    select array_agg(p.id order by p.id) from people p
  );
end
$$;

-- Takes a customer, and whoever was merged into them, out for good. What is left of them is a row with its id, so that
-- tickets, numbers and times stay true; the receipt tells what was done. Change first, then clean the history: the records
-- of the change hold what there was before.
--
-- SECURITY DEFINER: no caller may change what was said, nor the history. The organization and the role come from the
-- settings of the segment.
create function desk.erase_customer(customer uuid, reason text) returns jsonb
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  nobody constant text := 'Erased customer';
  gone constant text := '[erased]';
  members constant text[] := array['body', 'metadata', 'delivery_error'];
  people uuid[];
  tickets uuid[];
  own_tickets uuid[];
  names text[];
  any_case text;
  exact text;
  erased timestamptz;
  touched record;
  identities integer;
  field_values integer;
  messages integer := 0;
  covered integer := 0;
  views integer := 0;
  records integer := 0;
  answers integer := 0;
begin
  if current_setting('app.role', true) is distinct from 'admin' then
    perform desk.fail('DK403', 'forbidden', 'Only an admin may do that.');
  end if;
  if not exists (
    select from public.customers c
     where c.organization_id = organization and c.id = customer and c.deleted_at is null
  ) then
    perform desk.fail('DK404', 'not_found', 'There is no such customer.', '/id');
  end if;
  people := desk.merged_people(organization, customer);
  -- Tickets first, as who writes a message does; then nobody adds one any more.
  perform from public.tickets t
    where t.organization_id = organization
      and t.id = any (array(
        select o.id from public.tickets o where o.organization_id = organization and o.customer_id = any (people)
        union
        select m.ticket_id from public.ticket_messages m
         where m.organization_id = organization and m.sender_customer_id = any (people)
      ))
    order by t.id
      for no key update;
  perform from public.customers c
    where c.organization_id = organization and c.id = any (people)
    order by c.id
      for update;
  if exists (
    select from public.customers c
     where c.organization_id = organization and c.id = customer and (c.merged_into is not null or c.erased_at is not null)
  ) then
    perform desk.fail('DK423', 'rule', 'The customer was merged into another one, or erased.', '/id');
  end if;

  -- By what they were known, now and before.
  names := array(
    select c.name from public.customers c where c.organization_id = organization and c.id = any (people)
    union
    select v.name
      from desk.audit_records a
      cross join lateral (values (a.old_values ->> 'name'), (a.new_values ->> 'name')) as v (name)
     where a.organization_id = organization and a.root_id = any (people) and a.object_kind = 'customer'
       and v.name is not null
  );
  any_case := desk.any_of_words(names || array(
    select i.value from desk.customer_identities i where i.organization_id = organization and i.customer_id = any (people)
    union
    select substr(i.value, strpos(i.value, ':') + 1)
      from desk.customer_identities i
     where i.organization_id = organization and i.customer_id = any (people) and i.kind = 'chat'
    union
    select v.value
      from desk.audit_records a
      cross join lateral (
        select a.old_values ->> 'email'
        union all
        select a.new_values ->> 'email'
        union all
        select e.one ->> 'value'
          from jsonb_path_query(jsonb_build_array(a.old_values -> 'identities', a.new_values -> 'identities'), '$[*][*]') as e (one)
      ) as v (value)
     where a.organization_id = organization and a.root_id = any (people) and a.object_kind = 'customer'
       and v.value is not null
  ));
  exact := desk.any_of_words(array(
    select distinct w.word from unnest(names) as n (name) cross join lateral regexp_split_to_table(n.name, '[[:space:]]+') as w (word)
     where n.name !~ '@'
  ));

  own_tickets := array(
    select t.id from public.tickets t
     where t.organization_id = organization and t.customer_id = any (people)
     order by t.id
  );
  tickets := array(
    select u.id from unnest(own_tickets) as u (id)
    union
    select m.ticket_id from public.ticket_messages m
     where m.organization_id = organization and m.sender_customer_id = any (people)
    order by 1
  );

  -- What they wrote goes; of what others wrote on these tickets, what names them.
  for touched in
    update public.ticket_messages m
       set body = n.body,
           metadata = n.metadata,
           delivery_error = n.delivery_error
      from public.ticket_messages o
      cross join lateral (
        select o.sender_customer_id is not null and o.sender_customer_id = any (people) as is_theirs
      ) as s
      cross join lateral (
        select case when s.is_theirs then gone else desk.cover_person(o.body, any_case, exact) end as body,
               case when s.is_theirs then '{}' else desk.cover_person_in(o.metadata, any_case, exact) end as metadata,
               case when s.is_theirs then null else desk.cover_person(o.delivery_error, any_case, exact) end as delivery_error
      ) as n
     where o.organization_id = organization and o.ticket_id = any (tickets)
       and m.organization_id = organization and m.id = o.id
       and (s.is_theirs
            or o.ticket_id = any (own_tickets)
               and (n.body, n.metadata, n.delivery_error) is distinct from (o.body, o.metadata, o.delivery_error))
    returning m.id, m.ticket_id, m.body, m.metadata, m.delivery_error, s.is_theirs
  loop
    if touched.is_theirs then
      messages := messages + 1;
    else
      covered := covered + 1;
    end if;
    records := records + desk.clean_audit(
      organization, 'message', touched.id, members, 'erased', reason,
      jsonb_strip_nulls(jsonb_build_object('body', touched.body, 'delivery_error', touched.delivery_error))
        || jsonb_build_object('metadata', touched.metadata),
      place => touched.ticket_id);
  end loop;
  for touched in
    update public.tickets t
       set subject = gone,
           metadata = '{}',
           -- A microsecond: nothing has happened on it, and without a time of its own the change would count as that.
           last_activity_at = t.last_activity_at + interval '1 microsecond'
     where t.organization_id = organization and t.id = any (own_tickets)
    returning t.id
  loop
    records := records + desk.clean_audit(
      organization, 'ticket', touched.id, array['subject', 'metadata'], 'erased', reason,
      jsonb_build_object('subject', gone, 'metadata', jsonb_build_object()));
  end loop;
  for touched in
    update public.ticket_views v
       set query = desk.cover_person(v.query, any_case, null)
     where v.organization_id = organization and v.query ~* any_case
    returning v.id, v.query
  loop
    views := views + 1;
    records := records + desk.clean_audit(
      organization, 'view', touched.id, array['query'], 'erased', reason, jsonb_build_object('query', touched.query));
  end loop;

  delete from public.customer_field_values v where v.organization_id = organization and v.customer_id = any (people);
  get diagnostics field_values = row_count;
  identities := (
    select count(*) from desk.customer_identities i
     where i.organization_id = organization and i.customer_id = any (people)
  );
  update public.customers c
     set name = nobody,
         email = null,
         metadata = '{}',
         block_reason = null,
         erased_at = now()
   where c.organization_id = organization and c.id = any (people);
  delete from desk.customer_identities i where i.organization_id = organization and i.customer_id = any (people);
  update public.customers c set search = '' where c.organization_id = organization and c.id = any (people);
  update desk.customer_merges g
     set prior = '{}'
   where g.organization_id = organization and (g.source_id = any (people) or g.target_id = any (people));
  for touched in
    select c.id, c.erased_at,
           jsonb_strip_nulls(to_jsonb(c)) - array['id', 'organization_id', 'search', 'version', 'updated_at'] as present
      from public.customers c
     where c.organization_id = organization and c.id = any (people)
     order by c.id
  loop
    records := records + desk.clean_audit(
      organization, 'customer', touched.id, null, 'erased', reason, touched.present);
    erased := touched.erased_at;
  end loop;
  answers := (
    select coalesce(sum(desk.forget_answers(organization, u.id)), 0) from unnest(people || tickets) as u (id)
  );
  return jsonb_build_object(
    'id', customer, 'erased_at', erased,
    'erased', jsonb_build_object(
      'customers', cardinality(people), 'identities', identities, 'values', field_values, 'messages', messages,
      'tickets', cardinality(own_tickets), 'covered_messages', covered, 'views', views, 'history_records', records,
      'answers', answers),
    'kept', jsonb_build_object(
      'tickets', cardinality(own_tickets),
      'messages', (
        select count(*) from public.ticket_messages m
         where m.organization_id = organization and m.ticket_id = any (own_tickets)
           and m.sender_customer_id is null
      )));
end
$$;

-- Everything about a customer, and whoever was merged into them; null where there is none.
create function desk.export_customer(customer uuid) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  people constant uuid[] := desk.merged_people(desk.current_organization(), customer);
  tickets uuid[];
begin
  if not exists (select from public.customers c where c.id = customer and c.deleted_at is null) then
    return null;
  end if;
  tickets := array(select t.id from public.tickets t where t.customer_id = any (people));
  if (
    select sum(octet_length(m.body) + octet_length(m.metadata::text)) > 16 * 1024 * 1024
      from public.ticket_messages m
     where m.ticket_id = any (tickets)
  ) then
    perform desk.fail(
      'DK423', 'rule', 'Their messages have more than 16 MiB; read them with tickets.list and messages.list.', '/id');
  end if;
  return jsonb_build_object(
    'customer', (select to_jsonb(c) from desk.customer_detail c where c.id = customer),
    'merged', (
      select coalesce(jsonb_agg(to_jsonb(c) order by c.created_at, c.id), '[]')
        from desk.customer_detail c
       where c.id = any (people) and c.id <> customer
    ),
    'tickets', (
      select coalesce(
               jsonb_agg(
                 to_jsonb(t) || jsonb_build_object(
                   'messages', (
                     select coalesce(jsonb_agg(to_jsonb(m) order by m.created_at, m.id), '[]')
                       from desk.message m
                      where m.ticket_id = t.id
                   ))
                 order by t.number),
               '[]')
        from desk.ticket t
       where t.id = any (tickets)
    ),
    'messages_elsewhere', (
      select coalesce(jsonb_agg(to_jsonb(m) order by m.created_at, m.id), '[]')
        from public.ticket_messages w
        join desk.message m on m.id = w.id
       where w.sender_customer_id = any (people) and w.ticket_id <> all (tickets)
    ),
    'history', (
      select coalesce(jsonb_agg(to_jsonb(e) order by e.seq), '[]')
        from desk.audit_records r
        join desk.audit_entry e on e.seq = r.seq and e.xid = r.xid
       where r.root_id = any (people)
    ),
    'exported_at', now());
end
$$;

create policy ticket_views_keeper on public.ticket_views to desk_keeper using (true);
grant select, update (query) on public.ticket_views to desk_keeper;
grant update (name, metadata, block_reason, erased_at) on public.customers to desk_keeper;
grant update (subject, metadata, last_activity_at) on public.tickets to desk_keeper;
grant delete on public.customer_field_values to desk_keeper;

revoke all on function
  desk.cover_person(text, text, text), desk.cover_person_in(jsonb, text, text), desk.any_of_words(text[]),
  desk.merged_people(uuid, uuid), desk.erase_customer(uuid, text), desk.export_customer(uuid)
  from public;
grant execute on function
  desk.cover_person(text, text, text), desk.cover_person_in(jsonb, text, text), desk.any_of_words(text[]),
  desk.merged_people(uuid, uuid)
  to desk_keeper;
grant execute on function desk.merged_people(uuid, uuid), desk.erase_customer(uuid, text), desk.export_customer(uuid)
  to authenticated;
-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_keeper;
alter function desk.erase_customer(uuid, text) owner to desk_keeper;
revoke create on schema desk from desk_keeper;
