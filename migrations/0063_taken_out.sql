-- What is taken out for good, once more: a person's names in any case, in what was said on their tickets wherever it is by
-- now; answers that were kept of whatever is erased or purged; and messages that are deleted already can be redacted.

-- Forgets the answers that tell of any of these objects, or name somebody by any of these words, in one pass over them all.
-- Answers how many.
create function desk.forget_answers(organization uuid, about uuid[], named text[] default '{}') returns integer
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
     where char_length(u.word) >= 3
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

-- Covers what names a person: a regular expression, whatever the case.
create function desk.cover_person(content text, pattern text) returns text
  language sql immutable parallel safe
  return case when pattern is null then content else regexp_replace(content, pattern, '▇', 'gi') end;

-- The same in all strings and names within a JSON value.
create function desk.cover_person_in(content jsonb, pattern text) returns jsonb
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  return case jsonb_typeof(content)
    when 'string' then to_jsonb(desk.cover_person(content #>> '{}', pattern))
    when 'object' then (
      select coalesce(jsonb_object_agg(desk.cover_person(m.name, pattern), desk.cover_person_in(m.value, pattern)), '{}')
        from jsonb_each(content) as m (name, value)
    )
    when 'array' then (
      select coalesce(jsonb_agg(desk.cover_person_in(e.value, pattern) order by e.place), '[]')
        from jsonb_array_elements(content) with ordinality as e (value, place)
    )
    else content
  end;
end
$$;

-- Messages that belong to these tickets by what was said, and are on others by now: those that came there with a merge, and
-- those that were written to one of these and split off since.
create function desk.moved_from(organization uuid, tickets uuid[]) returns uuid[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return array(
    -- Wherever a merge has taken anything of them, undone merges included.
    with recursive places (id) as (
      select g.target_id
        from desk.ticket_merges g
       where g.organization_id = organization and g.source_id = any (tickets)
       union
      select g.target_id
        from places p
        join desk.ticket_merges g on g.organization_id = organization and g.source_id = p.id
    )
    select m.id
      from places p
      join public.ticket_messages m on m.organization_id = organization and m.ticket_id = p.id
     where m.merge_path && tickets
     union
    select m.id
      from desk.audit_records a
      join public.ticket_messages m on m.organization_id = organization and m.id = a.object_id
     where a.organization_id = organization and a.object_kind = 'message' and a.action in ('created', 'found')
       and (
         a.root_id = any (tickets)
         or a.root_id = any (array(select p.id from places p))
            and a.new_values -> 'merge_path' ?| array(select u.id::text from unnest(tickets) as u (id))
       )
       and m.ticket_id <> all (tickets)
  );
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
  names text[];
  known_by text[];
  whole text;
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
  -- On their own tickets a first name or a surname alone is theirs as well.
  parts := desk.any_of_words(names || known_by || array(
    select distinct w.word
      from unnest(names) as n (name)
      cross join lateral regexp_split_to_table(n.name, '[[:space:]]+') as w (word)
     where n.name !~ '@'
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
  -- Views that name them, or did once; of those that are gone, only what methods wrote tells.
  for touched in
    select f.id, v.owner_id, v.name, v.query
      from (
        select v.id
          from public.ticket_views v
         where v.organization_id = organization
           and (v.name ~* whole or v.query ~* whole or exists (
             select from desk.audit_records a
              where a.organization_id = organization and a.root_id = v.id
                and concat_ws(
                  ' ', a.old_values ->> 'name', a.old_values ->> 'query', a.new_values ->> 'name', a.new_values ->> 'query'
                ) ~* whole
           ))
        union
        select a.object_id
          from desk.audit_records a
         where a.organization_id = organization and a.method in ('views.create', 'views.update', 'views.delete')
           and a.object_kind = 'view'
           and concat_ws(
             ' ', a.old_values ->> 'name', a.old_values ->> 'query', a.new_values ->> 'name', a.new_values ->> 'query'
           ) ~* whole
      ) as f
      left join public.ticket_views v on v.organization_id = organization and v.id = f.id
     order by f.id
  loop
    objects := objects || touched.id;
    if touched.name ~* whole or touched.query ~* whole then
      touched.name := desk.cover_person(touched.name, whole);
      -- A name is one view's of its owner.
      if exists (
        select from public.ticket_views v
         where v.organization_id = organization and v.owner_id = touched.owner_id and v.name = touched.name
           and v.id <> touched.id
      ) then
        touched.name := left(touched.name, 60) || ' ' || touched.id;
      end if;
      touched.query := desk.cover_person(touched.query, whole);
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

-- Deletes a ticket with its messages for good, and those that were merged into it, which are empty; and takes what they
-- held out of the history, also where messages were written to another ticket and came here later.
create or replace function desk.purge_ticket(organization uuid, ticket uuid, reason text) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  moved constant uuid[] := array(
    select distinct a.object_id
      from desk.audit_records a
     where a.organization_id = organization and a.root_id = ticket
       and a.object_kind = 'message' and a.old_values ? 'ticket_id'
  );
  -- What was told of those that were written elsewhere may not name this ticket.
  told constant uuid[] := array(
    select m.id
      from public.ticket_messages m
     where m.organization_id = organization and m.ticket_id = ticket and m.id = any (moved)
  );
begin
  perform desk.purge_ticket(organization, s.id, reason)
     from public.tickets s
    where s.organization_id = organization and s.merged_into = ticket;
  delete from public.tickets t where t.organization_id = organization and t.id = ticket;
  perform desk.clean_audit(organization, 'message', m.id, null, 'purged', reason, place => ticket)
     from unnest(moved) as m (id)
    where not exists (
      select from public.ticket_messages k where k.organization_id = organization and k.id = m.id
    );
  -- What went on to another ticket is not this one's.
  perform desk.clean_audit(organization, 'message', m.id, null, 'purged', reason, place => ticket)
     from (
       select distinct a.object_id as id
         from desk.audit_records a
        where a.organization_id = organization and a.root_id = ticket
          and a.object_kind = 'message' and a.object_id <> all (moved)
     ) as m
    where not exists (
      select from public.ticket_messages k where k.organization_id = organization and k.id = m.id
    );
  perform desk.clean_audit(organization, 'ticket', ticket, null, 'purged', reason);
  perform desk.forget_answers(organization, ticket || told);
end
$$;

-- Deletes a customer for good, and with them what they wrote in other customers' tickets.
create or replace function desk.purge_customer(organization uuid, customer uuid) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  written constant jsonb := coalesce(
    (
      select jsonb_object_agg(m.id, m.ticket_id)
        from public.ticket_messages m
       where m.organization_id = organization and m.sender_customer_id = customer
    ),
    '{}');
begin
  -- Who was merged into them goes along.
  perform desk.purge_customer(organization, s.id)
     from public.customers s
    where s.organization_id = organization and s.merged_into = customer;
  delete from public.customers c where c.organization_id = organization and c.id = customer;
  perform desk.clean_audit(
            organization, 'message', w.id::uuid, null, 'purged', 'deleted', place => w.ticket::uuid)
     from jsonb_each_text(written) as w (id, ticket);
  perform desk.clean_audit(organization, 'customer', customer, null, 'purged', 'deleted');
  perform desk.recompute_ticket(organization, t.ticket::uuid)
     from (select distinct w.ticket from jsonb_each_text(written) as w (id, ticket)) as t;
  perform desk.forget_answers(
    organization, customer || array(select w.id::uuid from jsonb_object_keys(written) as w (id)));
end
$$;

-- Purges what was deleted longer ago than its organization keeps it, and tickets closed longer ago than they are kept:
-- at most so many objects, in no particular order. Their values leave the history, which keeps digests and a record that
-- they were purged. Answers how many there were; what somebody else is changing is left for the next time.
--
-- SECURITY DEFINER: the maintenance login has no right to any table.
create or replace function desk.purge_deleted("limit" integer) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  rest integer := "limit";
  due record;
begin
  -- First what belongs to something, then what it belongs to.
  for due in
    select t.organization_id, t.id, t.is_deleted
      from public.organizations o
      cross join lateral (
        select x.organization_id, x.id, true as is_deleted
          from (
            select d.organization_id, d.id
              from public.tickets d
             where d.organization_id = o.id and d.deleted_at <= now() - make_interval(days => o.keep_deleted_days)
             limit rest
               for update skip locked
          ) as x
        union all
        select y.organization_id, y.id, false
          from (
            select c.organization_id, c.id
              from public.tickets c
             where c.organization_id = o.id and c.closed_at <= now() - make_interval(days => o.keep_closed_days)
               and c.status_code = 'closed' and c.deleted_at is null
             limit rest
               for update skip locked
          ) as y
      ) as t
     limit rest
  loop
    perform desk.purge_ticket(due.organization_id, due.id, case when due.is_deleted then 'deleted' else 'closed' end);
    rest := rest - 1;
  end loop;
  for due in
    select d.organization_id, d.id, d.ticket_id
      from public.organizations o
      cross join lateral (
        select m.organization_id, m.id, m.ticket_id
          from public.ticket_messages m
         where m.organization_id = o.id and m.deleted_at <= now() - make_interval(days => o.keep_deleted_days)
         limit rest
           for update skip locked
      ) as d
     limit rest
  loop
    delete from public.ticket_messages m where m.organization_id = due.organization_id and m.id = due.id;
    perform desk.clean_audit(due.organization_id, 'message', due.id, null, 'purged', 'deleted', place => due.ticket_id);
    perform desk.forget_answers(due.organization_id, due.id);
    rest := rest - 1;
  end loop;
  for due in
    select d.organization_id, d.id
      from public.organizations o
      cross join lateral (
        select c.organization_id, c.id
          from public.customers c
         where c.organization_id = o.id and c.deleted_at <= now() - make_interval(days => o.keep_deleted_days)
           and not exists (
             select from public.tickets t where t.organization_id = c.organization_id and t.customer_id = c.id
           )
         limit rest
           for update skip locked
      ) as d
     limit rest
  loop
    perform desk.purge_customer(due.organization_id, due.id);
    rest := rest - 1;
  end loop;
  for due in
    select d.organization_id, d.id
      from public.organizations o
      cross join lateral (
        select m.organization_id, m.id
          from public.macros m
         where m.organization_id = o.id and m.deleted_at <= now() - make_interval(days => o.keep_deleted_days)
         limit rest
           for update skip locked
      ) as d
     limit rest
  loop
    delete from public.macros m where m.organization_id = due.organization_id and m.id = due.id;
    perform desk.clean_audit(due.organization_id, 'macro', due.id, null, 'purged', 'deleted');
    perform desk.forget_answers(due.organization_id, due.id);
    rest := rest - 1;
  end loop;
  return "limit" - rest;
end
$$;

create or replace function desk.expect(kind text, id uuid, version integer, action text default 'update')
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  current integer;
  merged uuid;
  erased timestamptz;
  restores constant boolean := action = 'restore';
  -- What is deleted is to be redacted all the same.
  redacts constant boolean := action = 'redact';
  place uuid;
  locked uuid;
begin
  case kind
    when 'organization' then
      select o.version into current from public.organizations o where o.id = id for no key update;
    when 'agent' then
      select o.version into current from public.agent_profiles o where o.id = id for no key update;
    when 'customer' then
      select o.version, o.merged_into, o.erased_at into current, merged, erased from public.customers o
       where o.id = id and (o.deleted_at is not null) = restores
         for no key update;
    when 'field' then
      select o.version into current from public.customer_fields o where o.id = id for no key update;
    when 'ticket' then
      -- A merge is refused by a ticket that was merged, and does not wait for it: whoever writes to that holds it and waits
      -- for the one that it was merged into. It stays what it is, since the caller has its advisory lock.
      select o.version into current from public.tickets o
       where o.id = id and (o.deleted_at is not null) = restores and (action <> 'merge' or o.merged_into is null)
         for no key update;
      if current is null and action = 'merge' then
        current := (select o.version from public.tickets o where o.id = id and o.deleted_at is null);
      end if;
    when 'message' then
      -- Its ticket first, which whoever moves messages locks first; while this waits the message may move.
      loop
        place := (select m.ticket_id from public.ticket_messages m where m.id = id);
        exit when place is not distinct from locked;
        perform from public.tickets t where t.id = place for no key update;
        locked := place;
      end loop;
      -- A join with the ticket would be lost where the row changed meanwhile; a subquery is asked again.
      select o.version into current from public.ticket_messages o
       where o.id = id and (redacts or (o.deleted_at is not null) = restores)
         and (
           select redacts or t.deleted_at is null
             from public.tickets t
            where t.organization_id = o.organization_id and t.id = o.ticket_id
         )
         for no key update;
    when 'macro' then
      select o.version into current from public.macros o
       where o.id = id and (o.deleted_at is not null) = restores
         for no key update;
    when 'email_account' then
      select o.version into current from public.email_accounts o where o.id = id for no key update;
    when 'tag' then
      select o.version into current from public.tags o where o.id = id for no key update;
    when 'view' then
      select o.version into current from public.ticket_views o where o.id = id for no key update;
  end case;
  if current is null then
    if desk.visible_version(kind, id) is null then
      perform desk.fail('DK404', 'not_found', format('There is no such %s.', replace(kind, '_', ' ')));
    end if;
    if restores then
      perform desk.fail('DK423', 'rule', format('The %s is not deleted.', replace(kind, '_', ' ')));
    end if;
    perform desk.fail('DK403', 'forbidden', format('You may not change this %s.', replace(kind, '_', ' ')));
  end if;
  if action in ('delete', 'restore', 'redact') and kind not in ('macro', 'view') then
    perform desk.require_admin();
  end if;
  if merged is not null and action <> 'unmerge' then
    perform desk.fail(
      'DK423', 'rule', 'The customer was merged into another one; unmerge them first.', '',
      jsonb_build_object('merged_into', desk.merged_customer(desk.current_organization(), id)));
  end if;
  if erased is not null then
    perform desk.fail('DK423', 'rule', 'The customer was erased.', '', jsonb_build_object('erased_at', erased));
  end if;
  if version is not null and version <> current then
    perform desk.fail(
      'DK409', 'conflict',
      format('The %s has changed since you read it.', replace(kind, '_', ' ')),
      '', jsonb_build_object('version', current));
  end if;
end
$$;

-- Covers a text, or the characters of these ranges ({from, to}, the first and the one after the last, counted from 0), of
-- a message for good: in the message and what is searched, in its history, in answers that were kept for idempotency
-- keys. A text is covered in the message's metadata and its delivery error as well.
--
-- SECURITY DEFINER: no caller may change what was said. The organization and the role come from the settings of the
-- segment.
create or replace function desk.redact_message(message uuid, secret text, ranges jsonb, reason text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  old record;
  redacted record;
  part record;
  content text;
begin
  if current_setting('app.role', true) is distinct from 'admin' then
    perform desk.fail('DK403', 'forbidden', 'Only an admin may do that.');
  end if;
  select m.body, m.metadata, m.delivery_error into old
    from public.ticket_messages m
   where m.organization_id = organization and m.id = message
     for no key update;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such message.', '/id');
  end if;
  content := old.body;
  if secret is not null then
    content := desk.redact_text(content, secret);
    if content = old.body and desk.redact_json(old.metadata, secret) = old.metadata
       and desk.redact_text(old.delivery_error, secret) is not distinct from old.delivery_error then
      perform desk.fail('DK422', 'invalid', 'The message does not have that text.', '/text');
    end if;
  end if;
  -- From the end, so that the numbers of those before stay true.
  for part in
    select (r.value ->> 'from')::integer as first, (r.value ->> 'to')::integer as past, r.place - 1 as place,
           lag((r.value ->> 'from')::integer) over (order by (r.value ->> 'from')::integer desc) as next_first
      from jsonb_array_elements(ranges) with ordinality as r (value, place)
     order by 1 desc
  loop
    if part.past <= part.first or part.past > char_length(old.body) or part.past > part.next_first then
      perform desk.fail(
        'DK422', 'invalid', 'Ranges have characters, lie within the body and do not overlap.', '/ranges/' || part.place);
    end if;
    content := overlay(
      content placing repeat('▇', least(part.past - part.first, 8)) from part.first + 1 for part.past - part.first);
  end loop;
  update public.ticket_messages m
     set body = content,
         metadata = case when secret is null then m.metadata else desk.redact_json(m.metadata, secret) end,
         delivery_error = desk.redact_text(m.delivery_error, coalesce(secret, ''))
   where m.organization_id = organization and m.id = message
  returning m.body, m.metadata, m.delivery_error into redacted;
  perform desk.clean_audit(
    organization, 'message', message, array['body', 'metadata', 'delivery_error'], 'redacted', reason,
    jsonb_strip_nulls(jsonb_build_object('body', redacted.body, 'delivery_error', redacted.delivery_error))
      || jsonb_build_object('metadata', redacted.metadata));
  perform desk.forget_answers(organization, message);
end
$$;

drop function desk.cover_person_in(jsonb, text, text);
drop function desk.cover_person(text, text, text);

revoke all on function
  desk.forget_answers(uuid, uuid[], text[]), desk.cover_person(text, text), desk.cover_person_in(jsonb, text),
  desk.moved_from(uuid, uuid[])
  from public;
grant execute on function
  desk.cover_person(text, text), desk.cover_person_in(jsonb, text), desk.moved_from(uuid, uuid[])
  to desk_keeper;
grant update (name) on public.ticket_views to desk_keeper;
-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_keeper;
alter function desk.forget_answers(uuid, uuid[], text[]) owner to desk_keeper;
revoke create on schema desk from desk_keeper;
