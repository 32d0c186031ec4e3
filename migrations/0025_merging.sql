-- Tickets that are merged, taken apart again, and split.
--
-- A merged ticket's messages move to the target and remember where they were: merge_path holds the tickets that a message
-- came through, the one it was written to first. So any merge can be undone by itself, in whatever order they were made:
-- what has a ticket in its path goes back there. The source is closed and points at its target, and whoever writes to it
-- later writes to the end of that chain.

alter table public.tickets no force row level security;
alter table public.tickets
  add column merged_into uuid,
  add column split_from uuid,
  add constraint tickets_merged_into_fkey foreign key (organization_id, merged_into)
    references public.tickets (organization_id, id) on delete set null (merged_into),
  add constraint tickets_split_from_fkey foreign key (organization_id, split_from)
    references public.tickets (organization_id, id) on delete set null (split_from),
  add constraint tickets_merged_into_other check (merged_into <> id);
alter table public.tickets force row level security;
create index idx_tickets_org_merged_into on public.tickets (organization_id, merged_into)
  where merged_into is not null;
create index idx_tickets_org_split_from on public.tickets (organization_id, split_from)
  where split_from is not null;
alter table public.ticket_messages
  add column merge_path uuid[];

-- Every merge there was, with what its undoing needs. Read by desk_keeper's functions only.
create table desk.ticket_merges (
  organization_id uuid not null,
  source_id uuid not null,
  target_id uuid not null,
  merged_by uuid,
  -- When the target says so: what is written to the source later is later than that.
  merged_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  -- The source's status and assignee before.
  prior jsonb not null,
  constraint ticket_merges_pkey primary key (organization_id, source_id, merged_at),
  constraint ticket_merges_source_fkey foreign key (organization_id, source_id)
    references public.tickets (organization_id, id) on delete cascade,
  constraint ticket_merges_target_fkey foreign key (organization_id, target_id)
    references public.tickets (organization_id, id) on delete cascade,
  constraint ticket_merges_merged_by_fkey foreign key (organization_id, merged_by)
    references public.agent_profiles (organization_id, id) on delete set null (merged_by),
  constraint ticket_merges_undone_by_fkey foreign key (organization_id, undone_by)
    references public.agent_profiles (organization_id, id) on delete set null (undone_by)
);
-- A ticket is in one other at a time.
create unique index ticket_merges_source_key on desk.ticket_merges (organization_id, source_id)
  where undone_at is null;
create index idx_ticket_merges_org_target on desk.ticket_merges (organization_id, target_id);
alter table desk.ticket_merges alter column organization_id set (n_distinct = 100);
alter table desk.ticket_merges enable row level security;
alter table desk.ticket_merges force row level security;
revoke all on table desk.ticket_merges from public, authenticated;
do $anon$
begin
  if exists (select from pg_roles where rolname = 'anon') then
    revoke all on table desk.ticket_merges from anon;
  end if;
end
$anon$;
create policy ticket_merges_tenant on desk.ticket_merges as restrictive to authenticated
  using (organization_id = (
    select coalesce(nullif(current_setting('app.organization_id', true), '')::uuid, desk.claimed_organization())
  ));
create policy ticket_merges_keeper on desk.ticket_merges to desk_keeper using (true);
grant select, insert, update (undone_by, undone_at) on desk.ticket_merges to desk_keeper;

drop policy ticket_messages_keeper on public.ticket_messages;
create policy ticket_messages_keeper on public.ticket_messages to desk_keeper using (true);
grant insert, update (ticket_id, merge_path) on public.ticket_messages to desk_keeper;
grant insert, update (assigned_to, merged_into) on public.tickets to desk_keeper;
grant select (name, deactivated_at) on public.agent_profiles to desk_keeper;

-- A message to a merged ticket goes to where its messages are, and remembers the way. The locks are taken from source to
-- target; a ticket that is just being merged is seen as what it becomes. (a_c: before what a closed ticket refuses.)
create function desk.follow_merge() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  ticket record;
begin
  loop
    select t.merged_into, t.deleted_at into ticket
      from public.tickets t
     where t.organization_id = new.organization_id and t.id = new.ticket_id
       for no key update;
    exit when ticket.merged_into is null;
    new.merge_path := new.merge_path || new.ticket_id;
    new.ticket_id := ticket.merged_into;
  end loop;
  if new.merge_path is not null and ticket.deleted_at is not null then
    perform desk.fail('DK404', 'not_found', 'The ticket was merged into one that is deleted.', '/ticket_id');
  end if;
  return new;
end
$$;
create trigger a_chain before insert on public.ticket_messages
  for each row execute function desk.follow_merge();

-- A merged ticket stays closed; desk_keeper is the desk itself.
create function desk.keep_merged() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if current_user <> 'desk_keeper' then
    perform desk.fail(
      'DK423', 'rule', 'The ticket was merged into another one; unmerge it first.', '/id',
      jsonb_build_object('merged_into', old.merged_into));
  end if;
  return new;
end
$$;
create trigger a_merged before update of status on public.tickets
  for each row when (old.merged_into is not null and new.status <> old.status)
  execute function desk.keep_merged();
create trigger b_row_merge before update of merged_into on public.tickets
  for each row when (new.merged_into is distinct from old.merged_into) execute function desk.next_version();

-- SECURITY DEFINER: nobody else may write what is searched. A deleted message is not found; one that went with its
-- ticket finds nothing left. What only moved keeps its words.
create or replace function desk.message_searched() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'UPDATE' and new.body = old.body and new.deleted_at is null and old.deleted_at is null then
    update desk.search_documents d
       set ticket_id = new.ticket_id
     where d.organization_id = old.organization_id and d.ticket_id = old.ticket_id and d.source_id = old.id;
    return null;
  end if;
  delete from desk.search_documents d
   where d.organization_id = old.organization_id and d.ticket_id = old.ticket_id and d.source_id = old.id;
  if tg_op = 'UPDATE' and new.deleted_at is null then
    insert into desk.search_documents (organization_id, ticket_id, source_id, search)
    values (new.organization_id, new.ticket_id, new.id, desk.search_vector(new.body));
  end if;
  return null;
end
$$;

-- What a ticket says of its messages, said anew: for functions of desk_keeper that moved or removed some.
create function desk.recompute_ticket(organization uuid, ticket uuid) returns void
  language plpgsql
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
       where r.organization_id = organization and r.ticket_id = ticket
         and r.sender_type = 'agent' and not r.is_internal and r.deleted_at is null
    ) as m
   where t.organization_id = organization and t.id = ticket;
end
$$;

create or replace function desk.message_deletion_changed() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform desk.recompute_ticket(new.organization_id, new.ticket_id);
  return null;
end
$$;

-- An internal note of the desk itself about what was done to a ticket together with another. Answers its id.
create function desk.note_on_ticket(organization uuid, ticket uuid, note text, event text, other uuid) returns uuid
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  agent constant uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  made uuid;
begin
  insert into public.ticket_messages as m (organization_id, ticket_id, sender_type, body, is_internal, metadata)
  values (
    organization, ticket, 'system',
    note || coalesce(
      ', by ' || (select a.name from public.agent_profiles a where a.organization_id = organization and a.id = agent), '')
      || '.',
    true, jsonb_build_object('event', event, 'ticket_id', other, 'agent_id', agent))
  returning m.id into made;
  return made;
end
$$;

create function desk.ticket_title(organization uuid, ticket uuid) returns text
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select format('"%s" (%s)', t.subject, t.id)
      from public.tickets t
     where t.organization_id = organization and t.id = ticket
  );
end
$$;

-- The status after a source came in: what somebody has to act on stays so.
create function desk.merged_status(target public.ticket_status, source public.ticket_status)
  returns public.ticket_status
  language sql immutable parallel safe
  return case when source = 'open' then 'open' else target end;

-- Moves all messages of these tickets to the target, closes them, and says so on both sides. The caller has locked and
-- expects all of them.
--
-- SECURITY DEFINER: no caller may move a message or say where a ticket was merged. The organization comes from the
-- caller's settings and from nowhere else.
create function desk.merge_tickets(sources uuid[], target uuid) returns void
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
    select w.id, w.position, t.status, t.assigned_to, t.merged_into, t.id as found
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
    perform desk.recompute_ticket(organization, source.id);
    note := desk.note_on_ticket(
      organization, target, 'Took in ' || desk.ticket_title(organization, source.id), 'merged_from', source.id);
    insert into desk.ticket_merges (organization_id, source_id, target_id, merged_by, merged_at, prior)
    select organization, source.id, target, nullif(current_setting('app.agent_id', true), '')::uuid, m.created_at,
           jsonb_build_object('status', source.status, 'assigned_to', source.assigned_to)
      from public.ticket_messages m
     where m.organization_id = organization and m.id = note;
    update public.tickets t
       set status = desk.merged_status(t.status, source.status)
     where t.organization_id = organization and t.id = target
       and t.status <> desk.merged_status(t.status, source.status);
  end loop;
  perform desk.recompute_ticket(organization, target);
end
$$;

-- Undoes a merge: what came with the ticket, and what was written to it since, goes back to it, wherever it is by now;
-- but what was split off stays there. Status and assignee are what they were, unless a customer wrote since.
--
-- SECURITY DEFINER, for the same reasons.
create function desk.unmerge_ticket(source uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  ticket record;
  place uuid := source;
  merge record;
  has_news boolean;
begin
  -- From source to target, as a message to the ticket goes.
  loop
    select t.id, t.merged_into, t.deleted_at into ticket
      from public.tickets t
     where t.organization_id = organization and t.id = place
       for no key update;
    if not found then
      perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/id');
    end if;
    exit when ticket.merged_into is null;
    place := ticket.merged_into;
  end loop;
  if place = source then
    perform desk.fail('DK423', 'rule', 'The ticket was not merged.', '/id');
  end if;
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
  has_news := exists (
    select from public.ticket_messages m
     where m.organization_id = organization and m.ticket_id = place and source = any (m.merge_path)
       and m.sender_type = 'customer' and m.created_at > merge.merged_at and m.deleted_at is null
  );
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
     set status = case when has_news then 'open' else (merge.prior ->> 'status')::public.ticket_status end
   where t.organization_id = organization and t.id = source;
  perform desk.note_on_ticket(
    organization, source, 'Taken out of ' || desk.ticket_title(organization, place) || ' again', 'unmerged_from', place);
  perform desk.note_on_ticket(
    organization, place, 'Gave back ' || desk.ticket_title(organization, source), 'unmerged', source);
  perform desk.recompute_ticket(organization, source), desk.recompute_ticket(organization, place);
end
$$;

-- Moves a message and all later ones to a new ticket of that id: of whoever wrote the message, where a customer did, else
-- of the same customer. What the desk itself noted about a ticket stays with it. The caller has locked and expects the
-- ticket.
--
-- SECURITY DEFINER, for the same reasons.
create function desk.split_ticket(ticket uuid, message uuid, new_id uuid, subject text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  source record;
  first record;
begin
  select t.id, t.subject, t.customer_id, t.priority, t.assigned_to, t.merged_into into source
    from public.tickets t
   where t.organization_id = organization and t.id = ticket and t.deleted_at is null
     for no key update;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/id');
  end if;
  select m.created_at, m.id, c.id as customer_id, m.metadata ? 'event' and m.sender_type = 'system' as is_event
    into first
    from public.ticket_messages m
    left join public.customers c
           on c.organization_id = m.organization_id and c.id = m.sender_customer_id and c.deleted_at is null
   where m.organization_id = organization and m.ticket_id = ticket and m.id = message and m.deleted_at is null;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such message on this ticket.', '/message_id');
  end if;
  if first.is_event then
    perform desk.fail('DK423', 'rule', 'What the desk noted about a ticket stays with it.', '/message_id');
  end if;
  if not exists (
    select from public.ticket_messages m
     where m.organization_id = organization and m.ticket_id = ticket and m.deleted_at is null
       and (m.created_at, m.id) < (first.created_at, first.id)
  ) then
    perform desk.fail('DK423', 'rule', 'Nothing would be left: this is the first message.', '/message_id');
  end if;
  insert into public.tickets (
    organization_id, id, customer_id, assigned_to, subject, priority, split_from)
  values (
    organization, new_id, coalesce(first.customer_id, source.customer_id),
    (
      select a.id
        from public.agent_profiles a
       where a.organization_id = organization and a.id = source.assigned_to and a.deactivated_at is null
    ),
    coalesce(split_ticket.subject, source.subject), source.priority, ticket);
  update public.ticket_messages m
     set ticket_id = new_id,
         merge_path = null
   where m.organization_id = organization and m.ticket_id = ticket
     and (m.created_at, m.id) >= (first.created_at, first.id)
     and not (m.sender_type = 'system' and m.metadata ? 'event');
  perform desk.note_on_ticket(
    organization, ticket, 'Split off ' || desk.ticket_title(organization, new_id), 'split_into', new_id);
  perform desk.note_on_ticket(
    organization, new_id, 'Split from ' || desk.ticket_title(organization, ticket), 'split_from', ticket);
  perform desk.recompute_ticket(organization, ticket), desk.recompute_ticket(organization, new_id);
end
$$;

-- On the wire ----------------------------------------------------------------------------------------------------------

create or replace view desk.message with (security_invoker = true) as
select m.id, m.ticket_id,
       jsonb_build_object('type', m.sender_type, 'id', m.sender_id, 'name', coalesce(a.name, c.name)) as sender,
       m.body, m.is_internal, m.email_message_id, m.in_reply_to,
       m.delivery_status, m.delivery_error, m.delivery_updated_at,
       m.metadata, m.version, m.created_at, m.updated_at, m.deleted_at, m.deleted_by,
       m.merge_path[1] as merged_from
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
       m.metadata, m.version, m.created_at, m.updated_at, m.deleted_at, m.deleted_by, m.merged_from
  from desk.message m;

create or replace view desk.ticket with (security_invoker = true) as
select t.id, t.subject, t.status, t.priority, t.customer_id, t.assigned_to,
       jsonb_build_object('id', c.id, 'name', c.name, 'email', c.email) as customer,
       case when a.id is not null then jsonb_build_object('id', a.id, 'name', a.name) end as assignee,
       t.metadata, t.last_activity_at, t.first_reply_at, t.last_reply_at, t.version, t.created_at, t.updated_at,
       t.deleted_at, t.deleted_by, t.merged_into, t.split_from
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
       t.deleted_at, t.deleted_by, t.merged_into, t.split_from
  from desk.ticket t;

revoke all on function
  desk.follow_merge(), desk.keep_merged(), desk.recompute_ticket(uuid, uuid),
  desk.note_on_ticket(uuid, uuid, text, text, uuid), desk.ticket_title(uuid, uuid),
  desk.merged_status(public.ticket_status, public.ticket_status), desk.merge_tickets(uuid[], uuid),
  desk.unmerge_ticket(uuid), desk.split_ticket(uuid, uuid, uuid, text)
  from public;
grant execute on function
  desk.recompute_ticket(uuid, uuid), desk.note_on_ticket(uuid, uuid, text, text, uuid),
  desk.ticket_title(uuid, uuid), desk.merged_status(public.ticket_status, public.ticket_status)
  to desk_keeper;
grant execute on function
  desk.merge_tickets(uuid[], uuid), desk.unmerge_ticket(uuid), desk.split_ticket(uuid, uuid, uuid, text)
  to authenticated;
-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_keeper;
alter function desk.merge_tickets(uuid[], uuid) owner to desk_keeper;
alter function desk.unmerge_ticket(uuid) owner to desk_keeper;
alter function desk.split_ticket(uuid, uuid, uuid, text) owner to desk_keeper;
revoke create on schema desk from desk_keeper;

do $history$
begin
  perform desk.audit_table('public.tickets', 'ticket'), desk.audit_table('public.ticket_messages', 'message');
end
$history$;
