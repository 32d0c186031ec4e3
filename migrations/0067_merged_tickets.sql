-- Merged tickets, where people look: what is written, seen and changed concerns the ticket that has the messages.

-- What others wrote to a ticket since a message, wherever the ticket was merged.
create or replace function desk.missed_messages(ticket uuid, seen uuid) returns setof uuid
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  way constant uuid[] := desk.merge_way(desk.current_organization(), ticket);
begin
  return query
    select m.id
      from desk.message m
      join public.ticket_messages s on s.id = seen
     where m.ticket_id = way[cardinality(way)]
       and m.deleted_at is null
       and (m.created_at, m.id) > (s.created_at, s.id)
       and m.sender ->> 'type' <> 'system'
       and m.sender ->> 'id' is distinct from current_setting('app.agent_id', true)
     order by m.created_at, m.id;
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
      select o.version, o.merged_into into current, merged from public.tickets o
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

-- Moves all messages of these tickets to the target, closes them, and says so on both sides. The caller has locked and
-- expects all of them.
--
-- SECURITY DEFINER: no caller may move a message or say where a ticket was merged. The organization comes from the
-- caller's settings and from nowhere else.
create or replace function desk.merge_tickets(sources uuid[], target uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  place record;
  source record;
  note uuid;
begin
  select t.id, t.status, t.merged_into into place
    from public.tickets t
   where t.organization_id = organization and t.id = target and t.deleted_at is null;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/id');
  end if;
  if place.merged_into is not null then
    perform desk.fail(
      'DK423', 'rule', 'This ticket was merged into another one itself.', '/id',
      jsonb_build_object('merged_into', place.merged_into));
  end if;
  if place.status = 'closed' then
    perform desk.fail(
      'DK423', 'rule', 'A closed ticket takes no messages.', '/id', jsonb_build_object('status', 'closed'));
  end if;
  for source in
    select w.id, w.position, t.status, t.merged_into, t.id as found, t.waiting_since,
           jsonb_build_object(
             'status', t.status, 'assigned_to', t.assigned_to, 'snoozed_until', t.snoozed_until,
             'keep_snoozed', t.keep_snoozed, 'first_solved_at', t.first_solved_at, 'last_solved_at', t.last_solved_at,
             'closed_at', t.closed_at, 'reopen_count', t.reopen_count) as prior
      from unnest(sources) with ordinality as w (id, position)
      left join public.tickets t on t.organization_id = organization and t.id = w.id and t.deleted_at is null
     order by w.position
  loop
    if source.found is null then
      perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/sources/' || source.position - 1);
    end if;
    if source.id = target then
      perform desk.fail('DK423', 'rule', 'A ticket is not merged into itself.', '/sources/' || source.position - 1);
    end if;
    if source.merged_into is not null then
      perform desk.fail(
        'DK423', 'rule', 'This ticket was merged already.', '/sources/' || source.position - 1,
        jsonb_build_object('merged_into', source.merged_into));
    end if;
    note := desk.note_on_ticket(
      organization, source.id, 'Merged into ' || desk.ticket_title(organization, target), 'merged_into', target);
    update public.ticket_messages m
       set ticket_id = target,
           merge_path = m.merge_path || source.id
     where m.organization_id = organization and m.ticket_id = source.id and m.id <> note;
    update public.tickets t
       set merged_into = target,
           status = 'closed'
     where t.organization_id = organization and t.id = source.id;
    perform desk.join_ticket(organization, source.id, target);
    perform desk.recompute_ticket(organization, source.id);
    note := desk.note_on_ticket(
      organization, target, 'Took in ' || desk.ticket_title(organization, source.id), 'merged_from', source.id);
    insert into desk.ticket_merges (organization_id, source_id, target_id, merged_by, merged_at, prior)
    select organization, source.id, target, nullif(current_setting('app.agent_id', true), '')::uuid, m.created_at,
           source.prior
      from public.ticket_messages m
     where m.organization_id = organization and m.id = note;
    -- Who waits there waits here, as if they had asked here.
    update public.tickets t
       set status = 'open'
     where t.organization_id = organization and t.id = target
       and t.status <> 'open' and (source.status = 'open' or source.waiting_since is not null);
    update public.tickets t
       set snoozed_until = null
     where t.organization_id = organization and t.id = target
       and t.snoozed_until is not null and not t.keep_snoozed and source.waiting_since is not null;
  end loop;
  perform desk.recompute_ticket(organization, target);
end
$$;
drop function desk.merged_status(public.ticket_status, public.ticket_status);

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
               -- What was merged goes with the ticket that has its messages.
               and c.merged_into is null
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

-- A message stands behind those that are there and, a customer's, behind the solving that it came after: whoever waited
-- for the ticket's lock began earlier.
create or replace function desk.order_message() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  latest timestamptz := (
    select max(m.created_at) from public.ticket_messages m
     where m.organization_id = new.organization_id and m.ticket_id = new.ticket_id
  );
begin
  if new.sender_type = 'customer' then
    latest := greatest(
      latest,
      (
        select t.last_solved_at from public.tickets t
         where t.organization_id = new.organization_id and t.id = new.ticket_id
      ));
  end if;
  if latest >= new.created_at then
    new.created_at := latest + interval '1 microsecond';
    new.updated_at := greatest(new.updated_at, new.created_at);
  end if;
  return new;
end
$$;

-- The record of a ticket's state at a version or an instant. At an instant it is the last of those before the first that
-- came later: who waited for a lock has an earlier time than what they waited for.
create or replace function desk.ticket_record(ticket uuid, version integer, instant timestamptz) returns bigint
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select max(r.seq)
      from desk.audit_records r
     where r.root_id = ticket
       and r.object_id = ticket
       and (version is null or r.object_version <= version)
       and (
         instant is null
         or r.seq < coalesce(
           (
             select min(l.seq)
               from desk.audit_records l
              where l.root_id = ticket and l.object_id = ticket and l.created_at > instant
           ),
           9223372036854775807)
       )
  );
end
$$;

-- Tags that somebody gives a ticket are its own, whatever merge brought them before.
--
-- SECURITY DEFINER: what a merge brought is nobody's to write. The organization comes from the caller's settings; the
-- caller has found the ticket.
create function desk.own_tags(ticket uuid, names text[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
begin
  update desk.ticket_tags k
     set merged_from = null
    from public.tags g
   where k.organization_id = organization and k.ticket_id = ticket and k.merged_from is not null
     and g.organization_id = organization and g.id = k.tag_id and g.name = any (names);
end
$$;
revoke all on function desk.own_tags(uuid, text[]) from public;
grant execute on function desk.own_tags(uuid, text[]) to authenticated;
grant create on schema desk to desk_keeper;
alter function desk.own_tags(uuid, text[]) owner to desk_keeper;
revoke create on schema desk from desk_keeper;

create or replace function desk.change_tags(
  ticket uuid, added text[], removed text[] default null, replaced text[] default null
) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  update public.tickets t
     set tags = array(
           select u.name from unnest(coalesce(replaced, t.tags) || added) as u (name)
            where desk.tag_name(u.name) <> all (desk.tag_names(coalesce(removed, '{}')))
         )
   where t.id = ticket;
  if found then
    perform desk.own_tags(ticket, desk.tag_names(coalesce(added, '{}') || coalesce(replaced, '{}')));
  end if;
end
$$;

create or replace function desk.valid_macro_actions(actions jsonb) returns boolean
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  action record;
  agent constant text := '^(me|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$';
begin
  if jsonb_typeof(actions) <> 'object' or actions ? 'set_tags' and actions ?| '{add_tags,remove_tags}' then
    return false;
  end if;
  -- A solved ticket has an assignee and does not sleep.
  if actions ->> 'status' = 'solved' and (actions -> 'assigned_to' = 'null' or actions ? 'snooze_hours') then
    return false;
  end if;
  for action in select a.name, a.value, jsonb_typeof(a.value) as type from jsonb_each(actions) as a (name, value) loop
    if not coalesce(
      case action.name
        when 'status' then action.value <@ '["open", "pending", "solved"]' and action.type = 'string'
        when 'priority' then action.value <@ '["low", "normal", "high", "urgent"]' and action.type = 'string'
        when 'assigned_to' then action.type = 'null' or action.type = 'string' and action.value #>> '{}' ~ agent
        when 'fields' then action.type = 'object' and action.value <> '{}'
        when 'snooze_hours' then
          action.type = 'number' and (action.value #>> '{}')::numeric between 1 and 8760
          and (action.value #>> '{}')::numeric % 1 = 0
        when 'add_followers' then
          action.type = 'array' and jsonb_array_length(action.value) between 1 and 100
          and not exists (
            select from jsonb_array_elements(action.value) as e (value)
             where jsonb_typeof(e.value) <> 'string' or e.value #>> '{}' !~ agent
          )
        when 'add_tags' then desk.valid_tag_list(action.value, 1)
        when 'remove_tags' then desk.valid_tag_list(action.value, 1)
        when 'set_tags' then desk.valid_tag_list(action.value, 0)
      end, false)
    then
      return false;
    end if;
  end loop;
  return true;
end
$$;
