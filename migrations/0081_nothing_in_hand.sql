-- Everybody locks tickets in the order of their ids, whatever becomes of them meanwhile: an order by what is merged is another
-- one when it is over. And whoever waits for a ticket may find, when they have it, that it is another one that they need: what
-- they got they let go again, by a subtransaction, since with it in hand they would wait for the other in no order.

-- The follow-ups of a ticket, up to the one that is open, and where they were merged to: what `desk.reopen_or_follow_up` may
-- look at.
create function desk.follow_ups(organization uuid, ticket uuid) returns uuid[]
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  places uuid[] := '{}';
  place uuid := ticket;
begin
  loop
    place := (
      select f.id
        from public.tickets f
       where f.organization_id = organization and f.follow_up_of = place and f.deleted_at is null
       order by f.number desc
       limit 1
    );
    exit when place is null;
    places := places || desk.merge_way(organization, place);
    place := places[cardinality(places)];
    exit when (
      select t.status_code <> 'closed' from public.tickets t where t.organization_id = organization and t.id = place
    );
  end loop;
  return places;
end
$$;

-- Locks a ticket and the one that its merges lead to, and answers the way from one to the other. With `through` also those
-- between, and with `follows` the follow-ups of the ticket or, without `through`, of the one at the end.
create function desk.lock_way(
  organization uuid, ticket uuid, through boolean default false, follows boolean default false
) returns uuid[]
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  way uuid[];
  beyond uuid[];
begin
  loop
    way := desk.merge_way(organization, ticket);
    beyond := case
      when follows then desk.follow_ups(organization, case when through then ticket else way[cardinality(way)] end)
      else '{}'
    end;
    begin
      perform from public.tickets t
        where t.organization_id = organization
          and t.id = any (case when through then way else array[ticket, way[cardinality(way)]] end || beyond)
        order by t.id
          for no key update;
      if way = desk.merge_way(organization, ticket)
         and (
           not follows
           or beyond = desk.follow_ups(organization, case when through then ticket else way[cardinality(way)] end)
         )
      then
        return way;
      end if;
      raise sqlstate 'DK000';
    exception
      when sqlstate 'DK000' then null;
    end;
  end loop;
end
$$;

-- Locks the ticket that a message is in.
create function desk.lock_place(message uuid) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  place uuid;
begin
  -- Nearly always nobody has it, and then there is nothing to let go: a subtransaction would cost a lock of two owners.
  perform from public.tickets t
    where t.id = (select m.ticket_id from public.ticket_messages m where m.id = message)
      for no key update skip locked;
  if found then
    return;
  end if;
  loop
    place := (select m.ticket_id from public.ticket_messages m where m.id = message);
    begin
      perform from public.tickets t where t.id = place for no key update;
      if place is not distinct from (select m.ticket_id from public.ticket_messages m where m.id = message) then
        return;
      end if;
      raise sqlstate 'DK000';
    exception
      when sqlstate 'DK000' then null;
    end;
  end loop;
end
$$;

revoke all on function
  desk.follow_ups(uuid, uuid), desk.lock_way(uuid, uuid, boolean, boolean), desk.lock_place(uuid)
from public;
grant execute on function desk.follow_ups(uuid, uuid), desk.lock_way(uuid, uuid, boolean, boolean)
to authenticated, desk_keeper;
grant execute on function desk.lock_place(uuid) to authenticated;

-- Those who lock all tickets of a customer, or that a customer wrote on.
do $$
declare
  locker regprocedure;
  before text;
begin
  foreach locker in array array[
    'desk.keep_deletion()'::regprocedure, 'desk.customer_deletion_changed()', 'desk.merge_customers(uuid[], uuid)',
    'desk.unmerge_customer(uuid)', 'desk.erase_customer(uuid, text)'
  ] loop
    before := pg_get_functiondef(locker);
    if strpos(before, 'order by t.merged_into is null, t.id') = 0 then
      raise exception '% locks in another order', locker;
    end if;
    execute replace(before, 'order by t.merged_into is null, t.id', 'order by t.id');
  end loop;
end
$$;

-- A ticket that was merged is changed by unmerging, deleting and restoring it, and by nothing else; what is said goes on.
create or replace function desk.expect(kind text, id uuid, version integer, action text default 'update') returns void
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
      -- All that unmerging may change, before this one alone.
      if action = 'unmerge' then
        perform desk.lock_way(desk.current_organization(), id, through => true, follows => true);
      end if;
      -- A merge is refused by a ticket that was merged, and need not wait for it. It stays what it is, since the caller has
      -- its advisory lock.
      select o.version, o.merged_into into current, merged from public.tickets o
       where o.id = id and (o.deleted_at is not null) = restores and (action <> 'merge' or o.merged_into is null)
         for no key update;
      if current is null and action = 'merge' then
        current := (select o.version from public.tickets o where o.id = id and o.deleted_at is null);
      end if;
    when 'message' then
      -- Its ticket first, which whoever moves messages locks first; while this waits the message may move.
      perform desk.lock_place(id);
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
  if merged is not null and kind = 'ticket' and action = 'update' then
    perform desk.fail(
      'DK423', 'rule', 'The ticket was merged into another one; change that, or unmerge it first.', '',
      jsonb_build_object('merged_into', merged));
  elsif merged is not null and kind = 'customer' and action <> 'unmerge' then
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

-- Where a new message goes, whether it may, and when it was said.
create or replace function desk.place_message() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  customer record;
  ticket record;
  way uuid[];
  broken text;
begin
  -- Nearly always the message stays here. It stays so while this waits, since the caller has its advisory lock.
  select t.deleted_at, t.status_code, t.last_activity_at into ticket
    from public.tickets t
   where t.organization_id = new.organization_id and t.id = new.ticket_id and t.merged_into is null
     and (t.status_code <> 'closed' or new.sender_type <> 'customer')
     for no key update;
  if not found then
    way := desk.lock_way(
      new.organization_id, new.ticket_id, follows => new.sender_type = 'customer' and not new.is_automatic);
    select t.deleted_at into ticket
      from public.tickets t
     where t.organization_id = new.organization_id and t.id = new.ticket_id;
    if not found or (ticket.deleted_at is not null and current_user <> 'desk_keeper') then
      perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/ticket_id');
    end if;
    select t.deleted_at, t.status_code, t.last_activity_at into ticket
      from public.tickets t
     where t.organization_id = new.organization_id and t.id = way[cardinality(way)];
    if cardinality(way) > 1 then
      new.merge_path := new.merge_path || way[:cardinality(way) - 1];
      new.ticket_id := way[cardinality(way)];
    end if;
  elsif ticket.deleted_at is not null and current_user <> 'desk_keeper' then
    perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/ticket_id');
  end if;
  if ticket.deleted_at is not null and new.merge_path is not null then
    perform desk.fail('DK404', 'not_found', 'The ticket was merged into one that is deleted.', '/ticket_id');
  elsif ticket.status_code = 'closed' and (new.sender_type <> 'customer' or new.is_automatic)
        and current_user <> 'desk_keeper'
  then
    perform desk.fail(
      'DK423', 'rule', 'A closed ticket takes no messages.', '/ticket_id', jsonb_build_object('status', 'closed'));
  end if;

  -- Behind the ticket, as whoever deletes, merges and erases customers locks.
  if new.sender_type = 'customer' then
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
  end if;

  -- Nothing was said and nothing solved since a ticket's last activity, but while it is merged, split or taken apart, which
  -- ends with a note of the desk.
  if new.created_at = now() and (ticket.last_activity_at >= now() or new.sender_type = 'system') then
    new.created_at := desk.message_time(
      new.organization_id, new.ticket_id, new.sender_type = 'customer', new.created_at);
    new.updated_at := greatest(new.updated_at, new.created_at);
  end if;
  broken := desk.broken_message_rule(new);
  if broken is not null then
    perform desk.break_rule(broken);
  end if;
  return new;
end
$$;

-- Undoes a merge: what came with the ticket, and what was written to it since, goes back to it, wherever it is by now;
-- but what was split off stays there. Tags and followers that only the merge brought leave. Status and assignee are what they
-- were, unless a customer wrote since (no automatic reply): then the ticket is open, and a closed one is reopened or followed
-- up as their message would have had it.
--
-- SECURITY DEFINER: no caller may move a message or say where a ticket was merged. The organization comes from the
-- caller's settings and from nowhere else.
create or replace function desk.unmerge_ticket(source uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  ticket record;
  way uuid[];
  place uuid;
  merge record;
  first_news timestamptz;
  is_open boolean;
  landing record;
begin
  select t.merged_into, t.deleted_at into ticket
    from public.tickets t
   where t.organization_id = organization and t.id = source
     for no key update;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/id');
  end if;
  if ticket.merged_into is null then
    perform desk.fail('DK423', 'rule', 'The ticket was not merged.', '/id');
  end if;
  way := desk.lock_way(organization, source, through => true, follows => true);
  place := way[cardinality(way)];
  select t.merged_into, t.deleted_at into ticket
    from public.tickets t
   where t.organization_id = organization and t.id = place;
  if ticket.deleted_at is not null then
    perform desk.fail(
      'DK423', 'rule', 'The ticket that its messages are in is deleted; restore that first.', '/id',
      jsonb_build_object('ticket_id', place));
  end if;
  update desk.ticket_merges g
     set undone_at = clock_timestamp(),
         undone_by = nullif(current_setting('app.agent_id', true), '')::uuid
   where g.organization_id = organization and g.source_id = source and g.undone_at is null
  returning g.prior, g.merged_at, g.target_id into merge;
  first_news := (
    select min(m.created_at)
      from public.ticket_messages m
     where m.organization_id = organization and m.ticket_id = place and source = any (m.merge_path)
       and m.sender_type = 'customer' and not m.is_automatic and m.created_at > merge.merged_at
       and m.deleted_at is null
  );
  is_open := first_news is not null and merge.prior ->> 'status' <> 'closed';
  update public.ticket_messages m
     set ticket_id = source,
         merge_path = nullif(m.merge_path[:array_position(m.merge_path, source) - 1], '{}')
   where m.organization_id = organization and m.ticket_id = place and source = any (m.merge_path);
  update public.tickets t
     set merged_into = null,
         assigned_to = (
           select a.id
             from public.agent_profiles a
            where a.organization_id = organization and a.deactivated_at is null
              and a.id = (merge.prior ->> 'assigned_to')::uuid
         )
   where t.organization_id = organization and t.id = source;
  update public.tickets t
     set status = case when is_open then 'open' else (merge.prior ->> 'status')::public.ticket_status end
   where t.organization_id = organization and t.id = source;
  -- Merging solved, closed and woke nothing.
  update public.tickets t
     set first_solved_at = p.first_solved_at,
         last_solved_at = p.last_solved_at,
         closed_at = case when t.status = 'closed' then p.closed_at end,
         reopen_count = p.reopen_count + case when is_open and p.status = 'solved' then 1 else 0 end,
         snoozed_until = case when not is_open and p.snoozed_until > now() then p.snoozed_until end,
         keep_snoozed = not is_open and p.snoozed_until > now() and p.keep_snoozed
    from jsonb_to_record(merge.prior) as p (
      status text, first_solved_at timestamptz, last_solved_at timestamptz, closed_at timestamptz, reopen_count integer,
      snoozed_until timestamptz, keep_snoozed boolean)
   where t.organization_id = organization and t.id = source;
  perform desk.part_ticket(organization, source, merge.target_id);
  if first_news is not null and not is_open then
    landing := desk.reopen_or_follow_up(organization, source, first_news);
    if landing.ticket <> source then
      update public.ticket_messages m
         set ticket_id = landing.ticket,
             merge_path = landing.path
       where m.organization_id = organization and m.ticket_id = source and m.created_at >= first_news
         and not (m.sender_type = 'system' and m.metadata ? 'event');
      update public.tickets t
         set status = 'open',
             snoozed_until = case when t.keep_snoozed then t.snoozed_until end,
             last_activity_at = greatest(
               t.last_activity_at,
               (
                 select max(m.created_at) from public.ticket_messages m
                  where m.organization_id = organization and m.ticket_id = landing.ticket
               ))
       where t.organization_id = organization and t.id = landing.ticket;
      perform desk.recompute_ticket(organization, landing.ticket);
    end if;
  end if;
  perform desk.note_on_ticket(
    organization, source, 'Taken out of ' || desk.ticket_title(organization, place) || ' again', 'unmerged_from', place);
  perform desk.note_on_ticket(
    organization, place, 'Gave back ' || desk.ticket_title(organization, source), 'unmerged', source);
  perform desk.recompute_ticket(organization, source), desk.recompute_ticket(organization, place);
end
$$;

-- A ticket may be merged again at the time that its last merge has, since each is the time of what its target says of it.
alter table desk.ticket_merges
  drop constraint ticket_merges_pkey,
  add constraint ticket_merges_pkey primary key (organization_id, source_id, target_id, merged_at);
