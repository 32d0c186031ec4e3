-- Customers who are merged, taken apart, erased, deleted or restored at once wait for each other with nothing in hand, and
-- so never in a circle: whoever is one person is locked together, and all tickets are locked on which something of theirs
-- changes, in one order: merged ones first, as who writes to one holds it and waits for the one that it leads to.

-- The numbers of advisory locks in the order in which they are taken, each with whether it is shared. `message <id>` is the
-- lock of the ticket that the message is on; `people <id>` those of the customer that the id leads to and of all who were
-- merged into them; `shared <name>` is the lock of that name, shared.
create or replace function desk.locks(names jsonb) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_array(l.number, l.is_shared) order by l.number), '[]')
      from (
        select hashtextextended(r.name, 0) as number, bool_and(r.is_shared) as is_shared
          from (
            select case
                     when n.name like 'message %' then coalesce(
                       (select m.ticket_id::text from public.ticket_messages m where m.id = substr(n.name, 9)::uuid),
                       n.name)
                     when n.name like 'shared %' then substr(n.name, 8)
                     else n.name
                   end as name,
                   n.name like 'shared %' as is_shared
              from jsonb_array_elements_text(names) as n (name)
             where n.name not like 'people %'
             union all
            select p.id::text, false
              from jsonb_array_elements_text(names) as n (name)
              cross join lateral unnest(desk.merged_people(
                desk.current_organization(), desk.living_customer(substr(n.name, 8)::uuid))) as p (id)
             where n.name like 'people %'
          ) as r
         group by hashtextextended(r.name, 0)
      ) as l
  );
end
$$;

-- Merges customers into one. The caller has locked and expects all of them.
--
-- SECURITY DEFINER: no caller may move an identity or a message, or say where a customer was merged. The organization comes
-- from the caller's settings and from nowhere else.
create or replace function desk.merge_customers(sources uuid[], target uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  agent constant uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  place record;
  source record;
  before jsonb;
  moved jsonb;
  given jsonb;
begin
  select c.id, c.merged_into, c.erased_at, c.email into place
    from public.customers c
   where c.organization_id = organization and c.id = target and c.deleted_at is null;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such customer.', '/id');
  end if;
  if place.merged_into is not null then
    perform desk.fail(
      'DK423', 'rule', 'This customer was merged into another one themselves.', '/id',
      jsonb_build_object('merged_into', place.merged_into));
  end if;
  if place.erased_at is not null then
    perform desk.fail('DK423', 'rule', 'The customer was erased.', '/id');
  end if;
  -- Tickets first, as who writes a message does. Then it waits for whoever is adding a ticket: a foreign key's lock conflicts
  -- with this one only.
  perform from public.tickets t
    where t.organization_id = organization
      and t.id = any (array(
        select o.id from public.tickets o where o.organization_id = organization and o.customer_id = any (sources)
        union
        select m.ticket_id from public.ticket_messages m
         where m.organization_id = organization and m.sender_customer_id = any (sources)
      ))
    order by t.merged_into is null, t.id
      for no key update;
  perform from public.customers c
    where c.organization_id = organization and c.id = any (sources || target)
    order by c.id
      for update;
  for source in
    select w.id, w.position - 1 as position, c.email, c.merged_into, c.erased_at, c.id as found
      from unnest(sources) with ordinality as w (id, position)
      left join public.customers c on c.organization_id = organization and c.id = w.id and c.deleted_at is null
     order by w.position
  loop
    if source.found is null then
      perform desk.fail('DK404', 'not_found', 'There is no such customer.', '/sources/' || source.position);
    end if;
    if source.id = target then
      perform desk.fail('DK423', 'rule', 'A customer is not merged into themselves.', '/sources/' || source.position);
    end if;
    if source.merged_into is not null then
      perform desk.fail(
        'DK423', 'rule', 'This customer was merged already.', '/sources/' || source.position,
        jsonb_build_object('merged_into', source.merged_into));
    end if;
    if source.erased_at is not null then
      perform desk.fail('DK423', 'rule', 'The customer was erased.', '/sources/' || source.position);
    end if;
    before := desk.other_identities(organization, target);
    moved := (
      select coalesce(jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value)), '[]')
        from desk.customer_identities i
       where i.organization_id = organization and i.customer_id = source.id
    );
    update public.tickets t
       set customer_id = target,
           customer_path = t.customer_path || source.id,
           -- A microsecond: nothing has happened on it, and without a time of its own the change would count as that.
           last_activity_at = t.last_activity_at + interval '1 microsecond'
     where t.organization_id = organization and t.customer_id = source.id;
    update public.ticket_messages m
       set sender_id = target,
           sender_path = m.sender_path || source.id
     where m.organization_id = organization and m.sender_customer_id = source.id;
    with made as (
      insert into public.customer_field_values as n (organization_id, customer_id, field_id, value)
      select organization, target, v.field_id, v.value
        from public.customer_field_values v
       where v.organization_id = organization and v.customer_id = source.id
         and not exists (
           select from public.customer_field_values o
            where o.organization_id = organization and o.customer_id = target and o.field_id = v.field_id
         )
      returning n.field_id, n.value
    )
    select coalesce(jsonb_object_agg(m.field_id, m.value), '{}') into given from made m;
    update desk.customer_identities i
       set customer_id = target
     where i.organization_id = organization and i.customer_id = source.id;
    update public.customers c
       set email = null,
           merged_into = target
     where c.organization_id = organization and c.id = source.id;
    update public.customers c set search = '' where c.organization_id = organization and c.id = source.id;
    if place.email is null and source.email is not null then
      place.email := source.email;
      update public.customers c
         set email = source.email
       where c.organization_id = organization and c.id = target;
    end if;
    perform desk.search_customer_again(organization, target);
    if jsonb_array_length(coalesce(desk.other_identities(organization, target), '[]')) > 50 then
      perform desk.fail('DK423', 'rule', 'Together they have more than 50 identities beside an email.', '/sources');
    end if;
    perform desk.write_audit(
              organization, 'customer', target, c.version, null, 'changed',
              jsonb_build_object('identities', before),
              jsonb_build_object('identities', desk.other_identities(organization, target)),
              jsonb_build_object('merged_from', source.id))
       from public.customers c
      where c.organization_id = organization and c.id = target;
    insert into desk.customer_merges (organization_id, source_id, target_id, merged_by, merged_at, prior)
    values (
      organization, source.id, target, agent,
      -- Of two in one transaction, each has its own.
      greatest(
        now(),
        (
          select max(g.merged_at) + interval '1 microsecond' from desk.customer_merges g
           where g.organization_id = organization and g.source_id = source.id
        )),
      jsonb_build_object('email', source.email, 'identities', moved, 'fields', given));
  end loop;
end
$$;

-- Undoes a merge within 30 days: tickets that came with the customer, what they wrote and their identities go back, wherever
-- they are by now, and the target no longer has values that it has got from them, unless somebody changed those since.
--
-- SECURITY DEFINER, for the same reasons.
create or replace function desk.unmerge_customer(source uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  customer record;
  place uuid := source;
  merge record;
  before jsonb;
  returned uuid[];
begin
  -- From source to target, as a ticket goes.
  loop
    select c.id, c.merged_into, c.deleted_at, c.erased_at, c.email into customer
      from public.customers c
     where c.organization_id = organization and c.id = place
       for no key update;
    if not found then
      perform desk.fail('DK404', 'not_found', 'There is no such customer.', '/id');
    end if;
    exit when customer.merged_into is null;
    place := customer.merged_into;
  end loop;
  if place = source then
    perform desk.fail('DK423', 'rule', 'The customer was not merged.', '/id');
  end if;
  if customer.erased_at is not null then
    perform desk.fail('DK423', 'rule', 'The customer was erased.', '/id');
  end if;
  if customer.deleted_at is not null then
    perform desk.fail(
      'DK423', 'rule', 'The customer that they were merged into is deleted; restore that one first.', '/id',
      jsonb_build_object('customer_id', place));
  end if;
  update desk.customer_merges g
     set undone_at = clock_timestamp(),
         undone_by = nullif(current_setting('app.agent_id', true), '')::uuid
   where g.organization_id = organization and g.source_id = source and g.undone_at is null
  returning g.prior, g.merged_at into merge;
  if merge.merged_at < now() - interval '30 days' then
    perform desk.fail(
      'DK423', 'rule', 'A merge can be undone for 30 days.', '/id', jsonb_build_object('merged_at', merge.merged_at));
  end if;
  before := desk.other_identities(organization, place);
  perform from public.tickets t
    where t.organization_id = organization
      and t.id = any (array(
        select o.id from public.tickets o
         where o.organization_id = organization and o.customer_id = place and source = any (o.customer_path)
        union
        select m.ticket_id from public.ticket_messages m
         where m.organization_id = organization and m.sender_customer_id = place and source = any (m.sender_path)
      ))
    order by t.merged_into is null, t.id
      for no key update;
  perform from public.customers c
    where c.organization_id = organization and c.id in (source, place)
    order by c.id
      for update;
  with back as (
    update public.tickets t
       set customer_id = source,
           customer_path = nullif(t.customer_path[:array_position(t.customer_path, source) - 1], '{}'),
           last_activity_at = t.last_activity_at + interval '1 microsecond'
     where t.organization_id = organization and t.customer_id = place and source = any (t.customer_path)
    returning t.id
  )
  select coalesce(array_agg(b.id), '{}') into returned from back b;
  update public.ticket_messages m
     set sender_id = source,
         sender_path = nullif(m.sender_path[:array_position(m.sender_path, source) - 1], '{}')
   where m.organization_id = organization and m.sender_customer_id = place and source = any (m.sender_path);
  -- What was said since on a ticket that goes back was said by whom it is of.
  update public.ticket_messages m
     set sender_id = source
   where m.organization_id = organization and m.ticket_id = any (returned) and m.sender_customer_id = place
     and m.sender_path is null and m.created_at >= merge.merged_at;
  delete from public.customer_field_values v
   using jsonb_each_text(merge.prior -> 'fields') as g (field_id, value)
   where v.organization_id = organization and v.customer_id = place and v.field_id = g.field_id::uuid
     and v.value = g.value;
  update desk.customer_identities i
     set customer_id = source
    from jsonb_to_recordset(merge.prior -> 'identities') as g (kind text, value text)
   where i.organization_id = organization and i.kind = g.kind and i.value = g.value and i.customer_id = place;
  if not exists (
    select from desk.customer_identities i
     where i.organization_id = organization and i.kind = 'email' and i.value = customer.email and i.customer_id = place
  ) then
    update public.customers c
       set email = (
             select i.value from desk.customer_identities i
              where i.organization_id = organization and i.kind = 'email' and i.customer_id = place
              order by i.created_at, i.value
              limit 1
           )
     where c.organization_id = organization and c.id = place;
  end if;
  update public.customers c
     set merged_into = null,
         email = (
           select i.value from desk.customer_identities i
            where i.organization_id = organization and i.kind = 'email' and i.value = merge.prior ->> 'email'
              and i.customer_id = source
         )
   where c.organization_id = organization and c.id = source;
  perform desk.search_customer_again(organization, source), desk.search_customer_again(organization, place);
  perform desk.write_audit(
            organization, 'customer', place, c.version, null, 'changed',
            jsonb_build_object('identities', before),
            jsonb_build_object('identities', desk.other_identities(organization, place)),
            jsonb_build_object('unmerged', source))
     from public.customers c
    where c.organization_id = organization and c.id = place;
  perform desk.write_audit(
            organization, 'customer', source, c.version, null, 'changed',
            jsonb_build_object('identities', null),
            jsonb_build_object('identities', desk.other_identities(organization, source)),
            jsonb_build_object('unmerged_from', place))
     from public.customers c
    where c.organization_id = organization and c.id = source;
end
$$;
