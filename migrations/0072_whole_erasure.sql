-- A person is taken out in whatever script they are written, and with a subject of theirs that was split off; and no
-- customer's tickets go with another customer.

-- The characters of scripts that set words without spaces between them, or what follows a name onto it, as Korean does: no
-- border of a word is to be seen beside them. A bracket expression.
create function desk.unspaced() returns text
  language sql immutable parallel safe
  return '[\u0E00-\u0EFF\u1000-\u11FF\u1780-\u17FF\u3005-\u3007\u3040-\u318F\u31A0-\u31BF\u31F0-\u31FF\u3400-\u9FFF'
    || '\uA960-\uA97F\uAC00-\uD7FF\uF900-\uFAFF\uFF66-\uFFDC\U00020000-\U0003FFFF]';

-- A regular expression for any of these texts of two characters and more as whole words, the longest first; null for none.
-- Those with the same borders stand together, so that a border is looked for once.
create or replace function desk.any_of_words(words text[]) returns text
  language sql immutable parallel safe
  return (
    select '(?:' || string_agg(g.before || '(?:' || g.words || ')' || g.after, '|' order by g.longest desc, g.words) || ')'
      from (
        select b.before, b.after, max(char_length(w.word)) as longest,
               string_agg(
                 regexp_replace(w.word, '([^[:alnum:][:space:]_])', '\\\1', 'g'),
                 '|' order by char_length(w.word) desc, w.word) as words
          from (select distinct u.word from unnest(words) as u (word) where char_length(u.word) >= 2) as w
          cross join lateral (
            select case when w.word ~ '^\w' and w.word !~ ('^' || desk.unspaced())
                     then '(?:\m|(?<=' || desk.unspaced() || '))' else '' end as before,
                   case when w.word ~ '\w$' and w.word !~ (desk.unspaced() || '$')
                     then '(?:\M|(?=' || desk.unspaced() || '))' else '' end as after
          ) as b
         group by b.before, b.after
      ) as g
  );

-- The tickets of others that have their subject from any of these, by a split or a follow-up, at whatever remove.
create function desk.inherited_from(organization uuid, tickets uuid[]) returns uuid[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return array(
    with recursive heirs (id) as (
      select u.id from unnest(tickets) as u (id)
       union
      select t.id
        from heirs h
        join public.tickets t on t.organization_id = organization and (t.split_from = h.id or t.follow_up_of = h.id)
    )
    select h.id from heirs h where h.id <> all (tickets)
  );
end
$$;

-- Forgets the answers that tell of any of these objects, or name somebody by any of these words, in one pass over them all.
-- Answers how many.
create or replace function desk.forget_answers(organization uuid, about uuid[], named text[] default '{}') returns integer
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  pattern constant text := desk.any_of_words(named);
  -- As the words stand in JSON, within others too: a tenth of the time, for all that name nobody.
  hint constant text := (
    select string_agg(regexp_replace(substr(j.word, 2, char_length(j.word) - 2), '([^[:alnum:][:space:]_])', '\\\1', 'g'), '|')
      from unnest(named) as u (word)
      cross join lateral (select to_json(u.word)::text) as j (word)
     where char_length(u.word) >= 2
  );
  forgotten integer;
begin
  update desk.idempotency_keys k
     set answer = null,
         params_hash = null
   where k.organization_id = organization
     and k.answer is not null
     and (
       case when cardinality(about) <= 8 then
         exists (select from unnest(about) as u (id) where strpos(k.answer::text, u.id::text) > 0)
       else
         exists (
           select from regexp_matches(k.answer::text, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') as f (found)
            where f.found[1]::uuid = any (about)
         )
       end
       or k.answer::text ~* hint and desk.cover_person_in(k.answer, pattern) <> k.answer
     );
  get diagnostics forgotten = row_count;
  return forgotten;
end
$$;

-- Takes a customer, and whoever was merged into them, out for good. What is left of them is a row with its id, so that
-- tickets, numbers and times stay true; the receipt tells what was done. Change first, then clean the history: the records
-- of the change hold what there was before.
--
-- SECURITY DEFINER: no caller may change what was said, nor the history. The organization and the role come from the
-- settings of the segment.
create or replace function desk.erase_customer(customer uuid, reason text) returns jsonb
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
  moved uuid[];
  inherited uuid[];
  subjects text[];
  names text[];
  known_by text[];
  whole text;
  queried text;
  parts text;
  objects uuid[];
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
        union
        select m.ticket_id from public.ticket_messages m
         where m.organization_id = organization
           and m.id = any (desk.moved_from(
             organization,
             array(
               select o.id from public.tickets o
                where o.organization_id = organization and o.customer_id = any (people)
             )))
        union
        select u.id
          from unnest(desk.inherited_from(
                 organization,
                 array(
                   select o.id from public.tickets o
                    where o.organization_id = organization and o.customer_id = any (people)
                 ))) as u (id)
      ))
    order by t.merged_into is null, t.id
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
  -- As it is written as a rule, whatever it was entered as.
  names := array(
    select n.name from unnest(names) as n (name)
    union
    select regexp_replace(
             n.name, '(?<=' || desk.unspaced() || ')[[:space:]]+(?=' || desk.unspaced() || ')', '', 'g')
      from unnest(names) as n (name)
  );
  known_by := array(
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
          from jsonb_path_query(
                 jsonb_build_array(a.old_values -> 'identities', a.new_values -> 'identities'), '$[*][*]') as e (one)
      ) as v (value)
     where a.organization_id = organization and a.root_id = any (people) and a.object_kind = 'customer'
       and v.value is not null
  );
  whole := desk.any_of_words(names || known_by);
  -- A short name may be a qualifier as well, which what it is about follows at once.
  queried := whole || '(?!:\S)';
  -- On their own tickets a first name or a surname alone is theirs as well, unless it is as short as a common word.
  parts := desk.any_of_words(names || known_by || array(
    select distinct w.word
      from unnest(names) as n (name)
      cross join lateral regexp_split_to_table(n.name, '[[:space:]]+') as w (word)
     where n.name !~ '@' and (char_length(w.word) >= 3 or w.word ~ desk.unspaced())
  ));

  own_tickets := array(
    select t.id from public.tickets t
     where t.organization_id = organization and t.customer_id = any (people)
     order by t.id
  );
  moved := desk.moved_from(organization, own_tickets);
  tickets := array(
    select u.id from unnest(own_tickets) as u (id)
    union
    select m.ticket_id from public.ticket_messages m
     where m.organization_id = organization and (m.sender_customer_id = any (people) or m.id = any (moved))
    order by 1
  );
  objects := people || tickets;
  inherited := desk.inherited_from(organization, own_tickets);
  subjects := array(
    select t.subject from public.tickets t
     where t.organization_id = organization and t.id = any (own_tickets) and t.subject <> gone
    union
    select v.subject
      from desk.audit_records a
      cross join lateral (values (a.old_values ->> 'subject'), (a.new_values ->> 'subject')) as v (subject)
     where a.organization_id = organization and a.root_id = any (own_tickets) and a.object_kind = 'ticket'
       and v.subject <> gone
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
        select case when s.is_theirs then gone else desk.cover_person(o.body, parts) end as body,
               case when s.is_theirs then '{}' else desk.cover_person_in(o.metadata, parts) end as metadata,
               case when s.is_theirs then null else desk.cover_person(o.delivery_error, parts) end as delivery_error
      ) as n
     where o.organization_id = organization
       and (o.ticket_id = any (own_tickets) or o.sender_customer_id = any (people) or o.id = any (moved))
       and m.organization_id = organization and m.id = o.id
       and (s.is_theirs or (n.body, n.metadata, n.delivery_error) is distinct from (o.body, o.metadata, o.delivery_error))
    returning m.id, m.ticket_id, m.body, m.metadata, m.delivery_error, s.is_theirs
  loop
    objects := objects || touched.id;
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
  -- The subjects that tickets of others have from theirs, now or once.
  for touched in
    select t.id, t.subject = any (subjects) as is_theirs,
           case when t.subject = any (subjects) then gone else t.subject end as subject
      from public.tickets t
     where t.organization_id = organization and t.id = any (inherited)
       and (t.subject = any (subjects) or exists (
         select from desk.audit_records a
          where a.organization_id = organization and a.root_id = t.id and a.object_kind = 'ticket'
            and (a.old_values ->> 'subject' = any (subjects) or a.new_values ->> 'subject' = any (subjects))
       ))
     order by t.id
  loop
    objects := objects || touched.id;
    update public.tickets t
       set subject = gone,
           last_activity_at = t.last_activity_at + interval '1 microsecond'
     where t.organization_id = organization and t.id = touched.id and touched.is_theirs;
    records := records + desk.clean_audit(
      organization, 'ticket', touched.id, array['subject'], 'erased', reason,
      jsonb_build_object('subject', touched.subject));
  end loop;
  -- Views that name them, or did once; of those that are gone, only what methods wrote tells.
  for touched in
    select f.id, v.owner_id, v.name, v.query
      from (
        select v.id
          from public.ticket_views v
         where v.organization_id = organization
           and (v.name ~* whole or v.query ~* queried or exists (
             select from desk.audit_records a
              where a.organization_id = organization and a.root_id = v.id
                and (
                  concat_ws(' ', a.old_values ->> 'name', a.new_values ->> 'name') ~* whole
                  or concat_ws(' ', a.old_values ->> 'query', a.new_values ->> 'query') ~* queried
                )
           ))
        union
        select a.object_id
          from desk.audit_records a
         where a.organization_id = organization and a.method in ('views.create', 'views.update', 'views.delete')
           and a.object_kind = 'view'
           and (
             concat_ws(' ', a.old_values ->> 'name', a.new_values ->> 'name') ~* whole
             or concat_ws(' ', a.old_values ->> 'query', a.new_values ->> 'query') ~* queried
           )
      ) as f
      left join public.ticket_views v on v.organization_id = organization and v.id = f.id
     order by f.id
  loop
    objects := objects || touched.id;
    if touched.name ~* whole or touched.query ~* queried then
      touched.name := desk.cover_person(touched.name, whole);
      -- A name is one view's of its owner.
      if exists (
        select from public.ticket_views v
         where v.organization_id = organization and v.owner_id = touched.owner_id and v.name = touched.name
           and v.id <> touched.id
      ) then
        touched.name := left(touched.name, 60) || ' ' || touched.id;
      end if;
      touched.query := desk.cover_person(touched.query, queried);
      update public.ticket_views v
         set name = touched.name,
             query = touched.query
       where v.organization_id = organization and v.id = touched.id;
      views := views + 1;
    end if;
    records := records + desk.clean_audit(
      organization, 'view', touched.id, array['name', 'query'], 'erased', reason,
      case when touched.name is not null then jsonb_build_object('name', touched.name, 'query', touched.query) end);
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
  answers := desk.forget_answers(organization, objects, names || known_by);
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
         where m.organization_id = organization and (m.ticket_id = any (own_tickets) or m.id = any (moved))
           and m.sender_customer_id is null
      )));
end
$$;

-- A customer's tickets that are not deleted, and whatever is merged into them, at whatever remove.
create function desk.tickets_held(organization uuid, customer uuid) returns uuid[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return array(
    with recursive held (id) as (
      select t.id from public.tickets t
       where t.organization_id = organization and t.customer_id = customer and t.deleted_at is null
       union
      select s.id
        from held h
        join public.tickets s on s.organization_id = organization and s.merged_into = h.id
    )
    select h.id from held h
  );
end
$$;

-- Sets when and by whom something was deleted. A customer's tickets, and what is merged into them, are locked before the
-- customer is, merged ones first, as who writes to them locks.
create or replace function desk.keep_deletion() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_table_name <> 'macros' then
    perform desk.require_admin();
  end if;
  new.deleted_at := case when new.deleted_at is not null then now() end;
  new.deleted_by := case when new.deleted_at is not null then desk.current_agent() end;
  if new.deleted_at is not null and tg_table_name = 'customers' then
    perform from public.tickets t
      where t.organization_id = new.organization_id
        and t.id = any (array(
          select o.id from public.tickets o where o.organization_id = new.organization_id and o.customer_id = new.id
          union
          select h.id from unnest(desk.tickets_held(new.organization_id, new.id)) as h (id)
        ))
      order by t.merged_into is null, t.id
        for no key update;
    -- Waits for whoever is adding a ticket: a foreign key's lock conflicts with this one only.
    perform from public.customers c where c.organization_id = new.organization_id and c.id = new.id for update;
  end if;
  return new;
end
$$;

-- A customer's tickets go and come with them. No ticket of another customer does, which is merged into one of theirs: it
-- would be purged with that.
--
-- SECURITY DEFINER: who may delete a customer may delete their tickets, whoever else may.
create or replace function desk.customer_deletion_changed() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  others uuid[];
begin
  -- In the order that everybody locks them. What is merged into theirs as well, so that its customer is not restored at
  -- the same time.
  perform from public.tickets t
    where t.organization_id = new.organization_id
      and t.id = any (array(
        select o.id from public.tickets o where o.organization_id = new.organization_id and o.customer_id = new.id
        union
        select h.id from unnest(desk.tickets_held(new.organization_id, new.id)) as h (id)
      ))
    order by t.merged_into is null, t.id
      for no key update;
  if new.deleted_at is not null then
    others := array(
      select t.id from public.tickets t
       where t.organization_id = new.organization_id
         and t.id = any (array(select h.id from unnest(desk.tickets_held(new.organization_id, new.id)) as h (id)))
         and t.customer_id <> new.id and t.deleted_at is null
       order by t.number
       limit 100
    );
    if others <> '{}' then
      perform desk.fail(
        'DK423', 'rule', 'Tickets of other customers are merged into ones of theirs; unmerge those first.', '/id',
        jsonb_build_object('ticket_ids', others));
    end if;
    update public.tickets t
       set deleted_at = new.deleted_at, deleted_by = new.deleted_by, deleted_with = new.id
     where t.organization_id = new.organization_id and t.customer_id = new.id and t.deleted_at is null;
  else
    update public.tickets t
       set deleted_at = null, deleted_by = null, deleted_with = null
     where t.organization_id = new.organization_id and t.deleted_with = new.id;
    others := array(
      with recursive places (id) as (
        select t.merged_into from public.tickets t
         where t.organization_id = new.organization_id and t.customer_id = new.id and t.deleted_at is null
         union
        select t.merged_into
          from places p
          join public.tickets t on t.organization_id = new.organization_id and t.id = p.id
      )
      select distinct t.deleted_with
        from places p
        join public.tickets t on t.organization_id = new.organization_id and t.id = p.id
       where t.deleted_with is not null
       order by 1
       limit 100
    );
    if others <> '{}' then
      perform desk.fail(
        'DK423', 'rule', 'Tickets of theirs are merged into ones of a customer who is deleted; restore that one first.',
        '/id', jsonb_build_object('customer_ids', others));
    end if;
  end if;
  return null;
end
$$;

revoke all on function desk.unspaced(), desk.inherited_from(uuid, uuid[]), desk.tickets_held(uuid, uuid) from public;
grant execute on function desk.unspaced(), desk.inherited_from(uuid, uuid[]), desk.tickets_held(uuid, uuid) to desk_keeper;
grant execute on function desk.tickets_held(uuid, uuid) to authenticated;
