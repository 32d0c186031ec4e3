-- Tickets, customers, macros and messages are deleted softly: they are marked, show nowhere, and can be restored.
--
-- deleted_at stays out of the policies for reading: under one that hides what is deleted, the update that marks a row
-- fails, since its new row cannot be seen. Statements and desk.visible_version leave the marked out instead.

-- A new foreign key looks at every row.
alter table public.agent_profiles no force row level security;
alter table public.customers no force row level security;
alter table public.tickets no force row level security;
alter table public.ticket_messages no force row level security;
alter table public.macros no force row level security;
alter table public.customers
  add column deleted_at timestamptz,
  add column deleted_by uuid,
  add constraint customers_deleted_by_fkey foreign key (organization_id, deleted_by)
    references public.agent_profiles (organization_id, id) on delete set null (deleted_by);
alter table public.tickets
  add column deleted_at timestamptz,
  add column deleted_by uuid,
  -- The customer whose deletion took the ticket along, and whose restoration brings it back.
  add column deleted_with uuid,
  add constraint tickets_deleted_by_fkey foreign key (organization_id, deleted_by)
    references public.agent_profiles (organization_id, id) on delete set null (deleted_by),
  add constraint tickets_deleted_with_fkey foreign key (organization_id, deleted_with)
    references public.customers (organization_id, id) on delete cascade,
  add constraint tickets_deleted_with check (deleted_with is null or deleted_at is not null);
alter table public.ticket_messages
  add column deleted_at timestamptz,
  add column deleted_by uuid,
  add constraint ticket_messages_deleted_by_fkey foreign key (organization_id, deleted_by)
    references public.agent_profiles (organization_id, id) on delete set null (deleted_by);
alter table public.macros
  add column deleted_at timestamptz,
  add column deleted_by uuid,
  add constraint macros_deleted_by_fkey foreign key (organization_id, deleted_by)
    references public.agent_profiles (organization_id, id) on delete set null (deleted_by);
alter table public.agent_profiles force row level security;
alter table public.customers force row level security;
alter table public.tickets force row level security;
alter table public.ticket_messages force row level security;
alter table public.macros force row level security;

-- For purging; what is not deleted costs them nothing.
create index idx_customers_org_deleted on public.customers (organization_id, deleted_at, id)
  where deleted_at is not null;
create index idx_tickets_org_deleted on public.tickets (organization_id, deleted_at, id)
  where deleted_at is not null;
create index idx_tickets_org_deleted_with on public.tickets (organization_id, deleted_with)
  where deleted_with is not null;
create index idx_ticket_messages_org_deleted on public.ticket_messages (organization_id, deleted_at, id)
  where deleted_at is not null;
create index idx_macros_org_deleted on public.macros (organization_id, deleted_at, id)
  where deleted_at is not null;
-- A ticket's messages are counted by the index alone, those that are deleted left out.
drop index public.idx_ticket_messages_org_ticket;
create index idx_ticket_messages_org_ticket
  on public.ticket_messages (organization_id, ticket_id, created_at, id) include (deleted_at);

-- Who deletes writes a time; which, and by whom, is kept here. Agents delete macros only.
create function desk.keep_deletion() returns trigger
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
    -- Waits for whoever is adding a ticket: a foreign key's lock conflicts with this one only.
    perform from public.customers c where c.organization_id = new.organization_id and c.id = new.id for update;
  end if;
  return new;
end
$$;

-- A ticket comes back with its customer, not without.
create function desk.keep_ticket_restoration() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (
    select from public.customers c
     where c.organization_id = new.organization_id and c.id = new.customer_id and c.deleted_at is not null
  ) then
    perform desk.fail(
      'DK423', 'rule', 'Its customer is deleted as well; restore the customer.', '/id',
      jsonb_build_object('customer_id', new.customer_id));
  end if;
  return new;
end
$$;

-- A ticket of a deleted customer would be one that nobody asked for. The row level trigger of the foreign key comes
-- first (names sort), so a customer who is just being deleted is seen as what they become.
create function desk.ticket_customer_checked() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (
    select from public.customers c
     where c.organization_id = new.organization_id and c.id = new.customer_id and c.deleted_at is not null
  ) then
    perform desk.fail('DK404', 'not_found', 'There is no such customer.', '/customer_id');
  end if;
  return null;
end
$$;

-- A deleted customer's tickets go with them; those that were deleted before stay as they are, then and when the
-- customer comes back. SECURITY DEFINER: a caller may not say that a ticket was deleted with its customer.
create function desk.customer_deletion_changed() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- In the order that everybody locks them.
  perform from public.tickets t
    where t.organization_id = new.organization_id and t.customer_id = new.id
    order by t.id
      for no key update;
  if new.deleted_at is not null then
    update public.tickets t
       set deleted_at = new.deleted_at, deleted_by = new.deleted_by, deleted_with = new.id
     where t.organization_id = new.organization_id and t.customer_id = new.id and t.deleted_at is null;
  else
    update public.tickets t
       set deleted_at = null, deleted_by = null, deleted_with = null
     where t.organization_id = new.organization_id and t.deleted_with = new.id;
  end if;
  return null;
end
$$;

-- What a ticket says of its messages is said anew without a deleted one, and with a restored one again: a version of
-- its own. SECURITY DEFINER: a caller may not write these columns.
create function desk.message_deletion_changed() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update public.tickets t
     set first_reply_at = m.first_at,
         last_reply_at = m.last_at,
         version = t.version + 1
    from (
      select min(r.created_at) as first_at, max(r.created_at) as last_at
        from public.ticket_messages r
       where r.organization_id = new.organization_id and r.ticket_id = new.ticket_id
         and r.sender_type = 'agent' and not r.is_internal and r.deleted_at is null
    ) as m
   where t.organization_id = new.organization_id and t.id = new.ticket_id;
  return null;
end
$$;

-- A change that the columns which desk.keep_ticket and desk.keep_message compare do not show: a deletion, which is no
-- activity, and what the desk itself counts as one by writing version.
create function desk.next_version() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end
$$;

-- SECURITY DEFINER: nobody else may write what is searched. A deleted message is not found; one that went with its
-- ticket finds nothing left.
create or replace function desk.message_searched() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from desk.search_documents d
   where d.organization_id = old.organization_id and d.ticket_id = old.ticket_id and d.source_id = old.id;
  if tg_op = 'UPDATE' and new.deleted_at is null then
    insert into desk.search_documents (organization_id, ticket_id, source_id, search)
    values (new.organization_id, new.ticket_id, new.id, desk.search_vector(new.body));
  end if;
  return null;
end
$$;

do $deletion$
declare
  name text;
begin
  foreach name in array array['customers', 'ticket_messages', 'macros'] loop
    execute format(
      $trigger$
      create trigger a_deletion before update of deleted_at on public.%I
        for each row when (new.deleted_at is distinct from old.deleted_at) execute function desk.keep_deletion()
      $trigger$,
      name);
  end loop;
end
$deletion$;
-- What a customer's deletion does to tickets is not their own.
create trigger a_deletion before update of deleted_at on public.tickets
  for each row
  when (new.deleted_at is distinct from old.deleted_at and new.deleted_with is not distinct from old.deleted_with)
  execute function desk.keep_deletion();
create trigger a_restoration before update of deleted_at on public.tickets
  for each row when (new.deleted_at is null and old.deleted_at is not null)
  execute function desk.keep_ticket_restoration();
-- After b_row, which takes back what it does not know.
create trigger b_row_deletion before update of deleted_at on public.tickets
  for each row when (new.deleted_at is distinct from old.deleted_at) execute function desk.next_version();
create trigger b_row_deletion before update of deleted_at on public.ticket_messages
  for each row when (new.deleted_at is distinct from old.deleted_at) execute function desk.next_version();
create trigger b_row_version before update of version on public.tickets
  for each row execute function desk.next_version();
create trigger z_customer after insert or update of customer_id on public.tickets
  for each row execute function desk.ticket_customer_checked();
create trigger d_deletion after update of deleted_at on public.customers
  for each row when (new.deleted_at is distinct from old.deleted_at)
  execute function desk.customer_deletion_changed();
create trigger d_deletion after update of deleted_at on public.ticket_messages
  for each row when (new.deleted_at is distinct from old.deleted_at)
  execute function desk.message_deletion_changed();
drop trigger d_search_update on public.ticket_messages;
create trigger d_search_update after update of body, ticket_id, deleted_at on public.ticket_messages
  for each row
  when (
    new.body is distinct from old.body or new.ticket_id <> old.ticket_id
    or new.deleted_at is distinct from old.deleted_at
  )
  execute function desk.message_searched();

-- Nobody deletes these for good but desk.purge_deleted.
drop policy customers_delete on public.customers;
drop policy tickets_delete on public.tickets;
drop policy macros_delete on public.macros;
revoke delete on public.customers, public.tickets, public.macros from authenticated;
grant update (deleted_at) on public.customers, public.tickets, public.ticket_messages, public.macros
  to authenticated;
grant select on public.ticket_messages to desk_keeper;
grant update (version, deleted_at, deleted_by, deleted_with) on public.tickets to desk_keeper;

-- The version of an object that the caller may see, or null: what is deleted, or belongs to what is, is not there.
create or replace function desk.visible_version(kind text, id uuid) returns integer
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
  case kind
    when 'organization' then return (select o.version from public.organizations o where o.id = id);
    when 'agent' then return (select o.version from public.agent_profiles o where o.id = id);
    when 'customer' then
      return (select o.version from public.customers o where o.id = id and o.deleted_at is null);
    when 'field' then return (select o.version from public.customer_fields o where o.id = id);
    when 'ticket' then return (select o.version from public.tickets o where o.id = id and o.deleted_at is null);
    when 'message' then
      return (
        select o.version from public.ticket_messages o
          join public.tickets t on t.organization_id = o.organization_id and t.id = o.ticket_id
         where o.id = id and o.deleted_at is null and t.deleted_at is null
      );
    when 'macro' then return (select o.version from public.macros o where o.id = id and o.deleted_at is null);
    when 'email_account' then return (select o.version from public.email_accounts o where o.id = id);
  end case;
end
$$;

-- Locks an object before it is written and says why it cannot be: row level security only touches no row.
-- not_found when the caller cannot see it, forbidden when they see it but may not write it (or, with the action
-- 'delete' or 'restore', not do that), conflict when version is given and is not the current one. What is deleted is
-- there for 'restore' only, and only that is there for it.
create or replace function desk.expect(kind text, id uuid, version integer, action text default 'update')
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  current integer;
  restores constant boolean := action = 'restore';
begin
  case kind
    when 'organization' then
      select o.version into current from public.organizations o where o.id = id for no key update;
    when 'agent' then
      select o.version into current from public.agent_profiles o where o.id = id for no key update;
    when 'customer' then
      select o.version into current from public.customers o
       where o.id = id and (o.deleted_at is not null) = restores
         for no key update;
    when 'field' then
      select o.version into current from public.customer_fields o where o.id = id for no key update;
    when 'ticket' then
      select o.version into current from public.tickets o
       where o.id = id and (o.deleted_at is not null) = restores
         for no key update;
    when 'message' then
      select o.version into current from public.ticket_messages o
       where o.id = id and (o.deleted_at is not null) = restores
         and exists (
           select from public.tickets t
            where t.organization_id = o.organization_id and t.id = o.ticket_id and t.deleted_at is null
         )
         for no key update;
    when 'macro' then
      select o.version into current from public.macros o
       where o.id = id and (o.deleted_at is not null) = restores
         for no key update;
    when 'email_account' then
      select o.version into current from public.email_accounts o where o.id = id for no key update;
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
  if action in ('delete', 'restore') and kind not in ('macro') then
    perform desk.require_admin();
  end if;
  if version is not null and version <> current then
    perform desk.fail(
      'DK409', 'conflict',
      format('The %s has changed since you read it.', replace(kind, '_', ' ')),
      '', jsonb_build_object('version', current));
  end if;
end
$$;

-- A deleted customer keeps their address, so that restoring never fails: whoever needs it is told whom to restore.
create function desk.refuse_deleted_customer(address text, path text default '/email') returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  customer constant uuid := (
    select c.id from public.customers c where c.email = desk.address(address) and c.deleted_at is not null
  );
begin
  if customer is not null then
    perform desk.fail(
      'DK409', 'deleted', 'A deleted customer has this address; restore them.', path,
      jsonb_build_object('id', customer));
  end if;
end
$$;

-- The same for a macro's title.
create function desk.refuse_deleted_macro(title text, path text default '/title') returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  macro constant uuid := (
    select m.id from public.macros m where m.title = refuse_deleted_macro.title and m.deleted_at is not null
  );
begin
  if macro is not null then
    perform desk.fail(
      'DK409', 'deleted', 'A deleted macro has this title; restore it.', path, jsonb_build_object('id', macro));
  end if;
end
$$;

-- The customer with that address, made with the given id if there is none. Answers the id. Two at once make one.
create or replace function desk.ensure_customer(
  new_id uuid, email text, name text default null, path text default '/email'
) returns uuid
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  wanted constant text := desk.address(ensure_customer.email);
  found_id uuid;
begin
  if wanted is null then
    perform desk.fail('DK422', 'invalid', 'An email address is needed.', path);
  end if;
  perform desk.refuse_deleted_customer(wanted, path);
  select c.id into found_id from public.customers c where c.email = wanted;
  if found_id is null then
    insert into public.customers as c (id, organization_id, email, name)
    values (new_id, desk.current_organization(), wanted, ensure_customer.name)
    on conflict on constraint customers_email_key do nothing
    returning c.id into found_id;
    if found_id is null then
      select c.id into found_id from public.customers c where c.email = wanted;
    end if;
  end if;
  return found_id;
end
$$;

-- The customer with that address, made with the given id if there is none, otherwise changed where something is given
-- (not null). A new one is asked for every required field, an existing one only if fields are given.
create or replace function desk.upsert_customer(new_id uuid, email text, name text, metadata jsonb, fields jsonb)
  returns uuid
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  wanted constant text := desk.address(upsert_customer.email);
  customer uuid := (select c.id from public.customers c where c.email = wanted);
begin
  perform desk.refuse_deleted_customer(wanted);
  if customer is null then
    -- Of two at once one inserts; the other waits for it, inserts nothing and changes it.
    insert into public.customers as c (id, organization_id, email, name, metadata)
    values (
      new_id, desk.current_organization(), wanted, upsert_customer.name, coalesce(upsert_customer.metadata, '{}'))
    on conflict on constraint customers_email_key do nothing
    returning c.id into customer;
    if customer is not null then
      perform desk.set_customer_fields(customer, coalesce(fields, '{}'));
      return customer;
    end if;
    customer := (select c.id from public.customers c where c.email = wanted);
  end if;
  perform desk.expect('customer', customer, null);
  update public.customers c
     set name = coalesce(upsert_customer.name, c.name),
         metadata = coalesce(upsert_customer.metadata, c.metadata)
   where c.id = customer;
  if fields is not null then
    perform desk.set_customer_fields(customer, fields);
  end if;
  return customer;
end
$$;

-- What customers and other agents wrote to a ticket since a message, the oldest first: messages and notes. What the
-- desk itself says is nobody's word, and one's own words are known.
create or replace function desk.missed_messages(ticket uuid, seen uuid) returns setof uuid
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
  return query
    select m.id
      from desk.message m
      join public.ticket_messages s on s.id = seen
     where m.ticket_id = ticket
       and m.deleted_at is null
       and (m.created_at, m.id) > (s.created_at, s.id)
       and m.sender ->> 'type' <> 'system'
       and m.sender ->> 'id' is distinct from current_setting('app.agent_id', true)
     order by m.created_at, m.id;
end
$$;

-- Fails where somebody wrote to a ticket since the message that the caller saw last, deleted since or not.
create or replace function desk.expect_seen(ticket uuid, seen uuid) returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
  if not exists (select from public.ticket_messages m where m.id = seen) then
    perform desk.fail('DK404', 'not_found', 'There is no such message.');
  end if;
  if exists (select from desk.missed_messages(ticket, seen)) then
    perform desk.fail('DK409', 'conflict', 'Somebody wrote to the ticket since the message you saw.');
  end if;
end
$$;

-- On the wire ----------------------------------------------------------------------------------------------------------
--
-- The views show what is deleted as well, with its deleted_at: each statement says whether it wants that.

create or replace view desk.customer with (security_invoker = true) as
select c.id, c.name, c.email, c.metadata, c.version, c.created_at, c.updated_at, c.deleted_at, c.deleted_by
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
       c.version, c.created_at, c.updated_at, c.deleted_at, c.deleted_by
  from public.customers c;

create or replace view desk.macro with (security_invoker = true) as
select m.id, m.title, m.body, m.created_by, m.metadata, m.version, m.created_at, m.updated_at,
       m.deleted_at, m.deleted_by
  from public.macros m;

create or replace view desk.macro_row with (security_invoker = true) as
select m.id, m.title,
       desk.cut(m.body, 4096) as body,
       octet_length(m.body) > 4096 as truncated,
       m.created_by, m.metadata, m.version, m.created_at, m.updated_at, m.deleted_at, m.deleted_by
  from desk.macro m;

-- Of a deleted customer, what they said in somebody else's ticket stays, without their name.
create or replace view desk.message with (security_invoker = true) as
select m.id, m.ticket_id,
       jsonb_build_object('type', m.sender_type, 'id', m.sender_id, 'name', coalesce(a.name, c.name)) as sender,
       m.body, m.is_internal, m.email_message_id, m.in_reply_to,
       m.delivery_status, m.delivery_error, m.delivery_updated_at,
       m.metadata, m.version, m.created_at, m.updated_at, m.deleted_at, m.deleted_by
  from public.ticket_messages m
  left join public.agent_profiles a on a.organization_id = m.organization_id and a.id = m.sender_agent_id
  left join public.customers c
         on c.organization_id = m.organization_id and c.id = m.sender_customer_id and c.deleted_at is null;

create or replace view desk.message_row with (security_invoker = true) as
select m.id, m.ticket_id, m.sender,
       desk.cut(m.body, 4096) as body,
       octet_length(m.body) > 4096 as truncated,
       m.is_internal, m.email_message_id, m.in_reply_to,
       m.delivery_status, m.delivery_error, m.delivery_updated_at,
       m.metadata, m.version, m.created_at, m.updated_at, m.deleted_at, m.deleted_by
  from desk.message m;

create or replace view desk.ticket with (security_invoker = true) as
select t.id, t.subject, t.status, t.priority, t.customer_id, t.assigned_to,
       jsonb_build_object('id', c.id, 'name', c.name, 'email', c.email) as customer,
       case when a.id is not null then jsonb_build_object('id', a.id, 'name', a.name) end as assignee,
       t.metadata, t.last_activity_at, t.first_reply_at, t.last_reply_at, t.version, t.created_at, t.updated_at,
       t.deleted_at, t.deleted_by
  from public.tickets t
  join public.customers c on c.organization_id = t.organization_id and c.id = t.customer_id
  left join public.agent_profiles a on a.organization_id = t.organization_id and a.id = t.assigned_to;

create or replace view desk.ticket_detail with (security_invoker = true) as
select t.id, t.subject, t.status, t.priority, t.customer_id, t.assigned_to, t.customer, t.assignee,
       t.metadata, t.last_activity_at, t.first_reply_at, t.last_reply_at, t.version, t.created_at, t.updated_at,
       (
         select count(*) from public.ticket_messages m where m.ticket_id = t.id and m.deleted_at is null
       )::integer as message_count,
       (
         select to_jsonb(r)
           from (
             select m.id from public.ticket_messages m
              where m.ticket_id = t.id and m.deleted_at is null
              order by m.created_at desc, m.id desc
              limit 1
           ) as last
           join desk.message_row r on r.id = last.id
       ) as last_message,
       t.deleted_at, t.deleted_by
  from desk.ticket t;

revoke all on function
  desk.keep_deletion(), desk.keep_ticket_restoration(), desk.ticket_customer_checked(),
  desk.customer_deletion_changed(), desk.message_deletion_changed(), desk.next_version(),
  desk.refuse_deleted_customer(text, text), desk.refuse_deleted_macro(text, text)
  from public;
grant execute on function desk.refuse_deleted_customer(text, text), desk.refuse_deleted_macro(text, text)
  to authenticated;
-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_keeper;
alter function desk.customer_deletion_changed() owner to desk_keeper;
alter function desk.message_deletion_changed() owner to desk_keeper;
revoke create on schema desk from desk_keeper;

-- The history tells of deletions.
do $history$
begin
  perform desk.audit_table('public.customers', 'customer'), desk.audit_table('public.tickets', 'ticket'),
          desk.audit_table('public.ticket_messages', 'message'), desk.audit_table('public.macros', 'macro');
end
$history$;
