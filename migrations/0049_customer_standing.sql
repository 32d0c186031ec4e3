-- Customers who are one and the same, and customers whom nobody wants to hear from.
--
-- Merging moves to the target what is the source's: tickets, what they wrote, identities; and copies the values of fields
-- that the target lacks. The source stays as a row that points there, with what it had. As with tickets, a ticket and a
-- message remember the customers that they came through (customer_path, sender_path), so that any merge can be undone by
-- itself.

alter table public.customers no force row level security;
alter table public.agent_profiles no force row level security;
alter table public.customers
  add column merged_into uuid,
  add column blocked_at timestamptz,
  add column blocked_by uuid,
  add column block_reason text,
  add column erased_at timestamptz,
  add constraint customers_merged_into_fkey foreign key (organization_id, merged_into)
    references public.customers (organization_id, id) on delete cascade,
  add constraint customers_merged_into_other check (merged_into <> id),
  add constraint customers_blocked_by_fkey foreign key (organization_id, blocked_by)
    references public.agent_profiles (organization_id, id) on delete set null (blocked_by),
  add constraint customers_block_reason_length check (char_length(block_reason) between 1 and 500);
alter table public.customers force row level security;
alter table public.agent_profiles force row level security;
create index idx_customers_org_merged_into on public.customers (organization_id, merged_into)
  where merged_into is not null;
create index idx_customers_org_blocked on public.customers (organization_id, name, id)
  where blocked_at is not null;
alter table public.tickets add column customer_path uuid[];
alter table public.ticket_messages add column sender_path uuid[];
grant update (blocked_at, block_reason) on public.customers to authenticated;
grant select (merged_into, erased_at, blocked_at) on public.customers to desk_search;

-- Every merge there was, with what its undoing needs. Read by desk_keeper's functions only.
create table desk.customer_merges (
  organization_id uuid not null,
  source_id uuid not null,
  target_id uuid not null,
  merged_by uuid,
  merged_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  -- The source's email and identities, and the values that the target got.
  prior jsonb not null,
  constraint customer_merges_pkey primary key (organization_id, source_id, merged_at),
  constraint customer_merges_source_fkey foreign key (organization_id, source_id)
    references public.customers (organization_id, id) on delete cascade,
  constraint customer_merges_target_fkey foreign key (organization_id, target_id)
    references public.customers (organization_id, id) on delete cascade,
  constraint customer_merges_merged_by_fkey foreign key (organization_id, merged_by)
    references public.agent_profiles (organization_id, id) on delete set null (merged_by),
  constraint customer_merges_undone_by_fkey foreign key (organization_id, undone_by)
    references public.agent_profiles (organization_id, id) on delete set null (undone_by)
);
-- A customer is in one other at a time.
create unique index customer_merges_source_key on desk.customer_merges (organization_id, source_id)
  where undone_at is null;
create index idx_customer_merges_org_target on desk.customer_merges (organization_id, target_id);
alter table desk.customer_merges alter column organization_id set (n_distinct = 100);
alter table desk.customer_merges enable row level security;
alter table desk.customer_merges force row level security;
revoke all on table desk.customer_merges from public, authenticated;
do $anon$
begin
  if exists (select from pg_roles where rolname = 'anon') then
    revoke all on table desk.customer_merges from anon;
  end if;
end
$anon$;
create policy customer_merges_tenant on desk.customer_merges as restrictive to authenticated
  using (organization_id = (
    select coalesce(nullif(current_setting('app.organization_id', true), '')::uuid, desk.claimed_organization())
  ));
create policy customer_merges_keeper on desk.customer_merges to desk_keeper using (true);
grant select, insert, update (undone_by, undone_at, prior) on desk.customer_merges to desk_keeper;

create policy customer_field_values_keeper on public.customer_field_values to desk_keeper using (true);
grant select, delete, insert (organization_id, customer_id, field_id, value) on public.customer_field_values to desk_keeper;
grant select on public.customer_fields to desk_keeper;
grant execute on function
  desk.check_field(public.customer_fields, jsonb, text, text),
  desk.check_field_rules(public.field_type, text, jsonb, jsonb, text, text),
  desk.check_field_value(public.field_type, jsonb, jsonb, text), desk.field_value(public.field_type, text),
  desk.pointer(text)
  to desk_keeper;
grant update (email, merged_into) on public.customers to desk_keeper;
grant update (customer_id, customer_path) on public.tickets to desk_keeper;
grant update (sender_id, sender_path) on public.ticket_messages to desk_keeper;

-- Whom a merged customer is now part of: the end of the chain. Null for anybody else.
create function desk.merged_customer(organization uuid, customer uuid) returns uuid
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  place uuid := customer;
  next uuid;
begin
  loop
    next := (select c.merged_into from public.customers c where c.organization_id = organization and c.id = place);
    exit when next is null;
    place := next;
  end loop;
  return nullif(place, customer);
end
$$;

-- A merged or erased customer does not change; desk_keeper is the desk itself.
create function desk.keep_merged_customer() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if old.erased_at is not null then
    perform desk.fail('DK423', 'rule', 'The customer was erased.', '/id', jsonb_build_object('erased_at', old.erased_at));
  end if;
  perform desk.fail(
    'DK423', 'rule', 'The customer was merged into another one; unmerge them first.', '/id',
    jsonb_build_object('merged_into', desk.merged_customer(old.organization_id, old.id)));
  return new;
end
$$;
create trigger a_merged before update on public.customers
  for each row
  when ((old.merged_into is not null or old.erased_at is not null) and current_user <> 'desk_keeper')
  execute function desk.keep_merged_customer();

-- When, by whom and why a customer was blocked.
create function desk.keep_block() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.blocked_at is null then
    new.blocked_by := null;
    new.block_reason := null;
  elsif old.blocked_at is not null then
    new.blocked_at := old.blocked_at;
  else
    new.blocked_at := now();
    new.blocked_by := desk.current_agent();
  end if;
  return new;
end
$$;
create trigger a_block before update of blocked_at, block_reason on public.customers
  for each row execute function desk.keep_block();

-- A ticket for a merged customer is one for whom they are now. Who is just being merged is waited for. (A merge writes the
-- path itself.)
create function desk.follow_customer() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  customer record;
begin
  if tg_op = 'UPDATE' then
    new.customer_path := null;
  end if;
  loop
    select c.merged_into, c.erased_at into customer
      from public.customers c
     where c.organization_id = new.organization_id and c.id = new.customer_id
       for key share;
    if customer.erased_at is not null then
      perform desk.fail('DK423', 'rule', 'The customer was erased.', '/customer_id');
    end if;
    exit when customer.merged_into is null;
    new.customer_path := new.customer_path || new.customer_id;
    new.customer_id := customer.merged_into;
  end loop;
  return new;
end
$$;
create trigger a_customer before insert on public.tickets
  for each row execute function desk.follow_customer();
create trigger a_customer_update before update of customer_id on public.tickets
  for each row when (new.customer_id <> old.customer_id and current_user <> 'desk_keeper')
  execute function desk.follow_customer();

-- What a customer says is said by whom they are now; and what a blocked one says is not taken. (a_b: before anything is
-- reopened or made for it.)
create function desk.check_customer_sender() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  customer record;
begin
  loop
    select c.merged_into, c.blocked_at into customer
      from public.customers c
     where c.organization_id = new.organization_id and c.id = new.sender_id
       for key share;
    exit when customer.merged_into is null;
    new.sender_path := new.sender_path || new.sender_id;
    new.sender_id := customer.merged_into;
  end loop;
  if customer.blocked_at is not null then
    perform desk.fail(
      'DK423', 'blocked', 'The customer is blocked: what they say is not taken.', '',
      jsonb_build_object('customer_id', new.sender_id, 'blocked_at', customer.blocked_at));
  end if;
  return new;
end
$$;
create trigger a_blocked before insert on public.ticket_messages
  for each row when (new.sender_type = 'customer') execute function desk.check_customer_sender();

-- The words that a customer is searched by, from what is there now; and a new version of them.
create function desk.search_customer_again(organization uuid, customer uuid) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  update public.customers c
     set version = c.version + 1,
         search = desk.customer_words(c.name, c.email, desk.identity_words(c.organization_id, c.id, null))
   where c.organization_id = organization and c.id = customer;
end
$$;

-- Merges customers into one. The caller has locked and expects all of them.
--
-- SECURITY DEFINER: no caller may move an identity or a message, or say where a customer was merged. The organization comes
-- from the caller's settings and from nowhere else.
create function desk.merge_customers(sources uuid[], target uuid) returns void
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
    where t.organization_id = organization and t.customer_id = any (sources)
    order by t.id
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
create function desk.unmerge_customer(source uuid) returns void
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
    where t.organization_id = organization and t.customer_id = place and source = any (t.customer_path)
    order by t.id
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

-- What else has to know ----------------------------------------------------------------------------------------

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
      select o.version into current from public.tickets o
       where o.id = id and (o.deleted_at is not null) = restores
         for no key update;
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
       where o.id = id and (o.deleted_at is not null) = restores
         and (
           select t.deleted_at is null
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
  if action in ('delete', 'restore') and kind not in ('macro', 'view') then
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

-- The customers whose name or address has a word beginning with each word of the query, at most 1,000, the newest
-- first. An address counts as one word and as its parts.
--
-- SECURITY DEFINER: text search is not leakproof, so under row level security no index serves it. It belongs to
-- desk_search, takes the organization from the setting and from nowhere else, and answers ids only, which the caller
-- joins under its own policies.
create or replace function desk.search_customers(query text) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  set client_min_messages = warning
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  wanted tsquery;
begin
  -- The words as they stand, or the parts of an address typed halfway.
  select string_agg(w.words, ' | ')::tsquery into wanted
    from (
      select '(' || string_agg(
               '''' || replace(replace(l.lexeme, '\', '\\'), '''', '''''') || ''':*', ' & ') || ')' as words
        from (values (query), (translate(query, '@.+-_', '     '))) as form (content),
             unnest(to_tsvector('pg_catalog.simple', form.content)) as l (lexeme, positions, weights)
       group by form.content
    ) as w;
  if organization is null or wanted is null then
    return '{}';
  end if;
  return array(
    select c.id from public.customers c
     where c.organization_id = organization and c.search @@ wanted and c.merged_into is null and c.erased_at is null
     order by c.created_at desc, c.id desc
     limit 1000
  );
end
$$;

-- Customers by conditions, in an order, from a position on: desk.find_tickets for customers.list. The conditions are the
-- same, t being the customer.
create or replace function desk.find_customers(
  query jsonb, sort text, descending boolean, most integer, now timestamptz, after text[] default null,
  counted integer default 1000
)
  returns table (place integer, id uuid, "position" text[], total integer, is_exact boolean)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  set client_min_messages = warning
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_seqscan = off
  set max_parallel_workers_per_gather = 0
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  few constant integer := 20000;
  conditions jsonb;
  tests text[];
  condition jsonb;
  i integer := -1;
  matched uuid[];
  candidates uuid[];
  filter text;
  key constant text := case sort when 'creation' then 't.created_at' else 't.name' end;
  turn constant text := case when descending then ' desc' else '' end;
begin
  if organization is null then
    return;
  end if;
  select c.resolved, array(select replace(e.test, 't.customer_id', 't.id') from unnest(c.tests) with ordinality as e (test, n) order by e.n)
    into conditions, tests
    from desk.ticket_conditions(organization, query -> 'conditions', now) as c;
  for condition in select c.value from jsonb_array_elements(conditions) with ordinality as c (value, n) order by c.n loop
    i := i + 1;
    continue when candidates is not null or (condition ->> 'not')::boolean;
    matched := case
      when condition ? 'ids' and not condition ? 'words'
        then array(select e.v::uuid from jsonb_array_elements_text(condition -> 'ids') as e (v))
      when condition ? 'test' and not condition ? 'present'
        then desk.field_customers(organization, conditions, i, condition ->> 'test', few + 1)
    end;
    if cardinality(matched) <= few then
      candidates := matched;
    end if;
  end loop;
  filter := concat_ws(
    ' and ', 't.organization_id = $1', 't.merged_into is null and t.erased_at is null',
    case when not coalesce((query ->> 'deleted')::boolean and current_setting('app.role', true) = 'admin', false)
      then 't.deleted_at is null' end, nullif(array_to_string(tests, ' and '), ''),
    case when candidates is not null then 't.id = any ($3)' end);
  if counted > 0 then
    execute 'select count(*) from (select from public.customers t where ' || filter || ' limit $4) as c'
      into total using organization, conditions, candidates, counted + 1;
  else
    total := 0;
  end if;
  return query select 0, null::uuid, null::text[], least(total, counted), total <= counted;
  return query execute
    'select (row_number() over ())::integer, p.id, p.place, null::integer, null::boolean from ('
    'select t.id, array[' || key || '::text, t.id::text] as place from public.customers t where ' || filter
    || case when after is not null then format(
         ' and (%s, t.id) %s ($5[1]%s, $5[2]::uuid)', key, case when descending then '<=' else '>=' end,
         case sort when 'creation' then '::timestamptz' else '' end) else '' end
    || ' order by ' || key || turn || ', t.id' || turn || ' limit $4) as p'
    using organization, conditions, candidates, most + 1, after;
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
  perform desk.forget_answers(organization, customer);
end
$$;

-- Whoever can be found and listed: nobody who was merged into another one, or erased.
create view desk.listed_customer with (security_invoker = true) as
select c.organization_id, c.id, c.name, c.email, c.created_at, c.updated_at, c.deleted_at, c.blocked_at
  from public.customers c
 where c.merged_into is null and c.erased_at is null;

create or replace view desk.customer with (security_invoker = true) as
select c.id, c.name, c.email, c.metadata, c.version, c.created_at, c.updated_at, c.deleted_at, c.deleted_by,
       c.blocked_at, c.blocked_by, c.block_reason,
       case when c.merged_into is not null then desk.merged_customer(c.organization_id, c.id) end as merged_into,
       c.erased_at
  from public.customers c;

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
       ) as identities,
       c.blocked_at, c.blocked_by, c.block_reason,
       case when c.merged_into is not null then desk.merged_customer(c.organization_id, c.id) end as merged_into,
       c.erased_at
  from public.customers c;

revoke all on table desk.listed_customer from public;
do $anon$
begin
  if exists (select from pg_roles where rolname = 'anon') then
    revoke all on table desk.listed_customer from anon;
  end if;
end
$anon$;
grant select on desk.listed_customer to authenticated;
revoke all on function
  desk.merged_customer(uuid, uuid), desk.keep_merged_customer(), desk.keep_block(), desk.follow_customer(),
  desk.check_customer_sender(), desk.search_customer_again(uuid, uuid),
  desk.merge_customers(uuid[], uuid), desk.unmerge_customer(uuid)
  from public;
grant execute on function
  desk.merged_customer(uuid, uuid), desk.merge_customers(uuid[], uuid), desk.unmerge_customer(uuid)
  to authenticated;
grant execute on function
  desk.merged_customer(uuid, uuid), desk.search_customer_again(uuid, uuid)
  to desk_keeper;
-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_keeper;
alter function desk.merge_customers(uuid[], uuid) owner to desk_keeper;
alter function desk.unmerge_customer(uuid) owner to desk_keeper;
revoke create on schema desk from desk_keeper;

do $history$
begin
  perform desk.audit_table('public.customers', 'customer'), desk.audit_table('public.tickets', 'ticket'),
          desk.audit_table('public.ticket_messages', 'message');
end
$history$;
