-- What a merge does to what else a ticket has: tags and followers are joined, and a note names tickets by their numbers,
-- so that it holds nothing that is purged with one of them.

create or replace function desk.ticket_title(organization uuid, ticket uuid) returns text
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (select '#' || t.number from public.tickets t where t.organization_id = organization and t.id = ticket);
end
$$;

-- Gives a ticket the tags and followers of another, as many as it may have. What it had stays first.
create function desk.join_ticket(organization uuid, source uuid, target uuid) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into desk.ticket_followers (organization_id, ticket_id, agent_id)
  select organization, target, s.agent_id
    from desk.ticket_followers s
   where s.organization_id = organization and s.ticket_id = source
     and not exists (
       select from desk.ticket_followers f
        where f.organization_id = organization and f.ticket_id = target and f.agent_id = s.agent_id
     )
   order by s.created_at
   limit 100 - (
     select count(*) from desk.ticket_followers f where f.organization_id = organization and f.ticket_id = target
   );
  update public.tickets t
     set tags = t.tags || j.tags
    from (
      select array(
               select u.name
                 from unnest(s.tags) as u (name)
                where u.name <> all (g.tags)
                limit 100 - cardinality(g.tags)
             ) as tags
        from public.tickets s, public.tickets g
       where s.organization_id = organization and s.id = source
         and g.organization_id = organization and g.id = target
    ) as j
   where t.organization_id = organization and t.id = target and j.tags <> '{}';
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
    select w.id, w.position, t.status, t.merged_into, t.id as found,
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
create or replace function desk.unmerge_ticket(source uuid) returns void
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
  -- Merging solved, closed and woke nothing.
  update public.tickets t
     set first_solved_at = p.first_solved_at,
         last_solved_at = p.last_solved_at,
         closed_at = case when t.status = 'closed' then p.closed_at end,
         reopen_count = p.reopen_count + case when has_news and p.status in ('solved', 'closed') then 1 else 0 end,
         snoozed_until = case when not has_news and p.snoozed_until > now() then p.snoozed_until end,
         keep_snoozed = not has_news and p.snoozed_until > now() and p.keep_snoozed
    from jsonb_to_record(merge.prior) as p (
      status text, first_solved_at timestamptz, last_solved_at timestamptz, closed_at timestamptz, reopen_count integer,
      snoozed_until timestamptz, keep_snoozed boolean)
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
create or replace function desk.split_ticket(ticket uuid, message uuid, new_id uuid, subject text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  source record;
  first record;
begin
  select t.id, t.subject, t.customer_id, t.priority, t.assigned_to, t.tags into source
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
    organization_id, id, customer_id, assigned_to, subject, priority, tags, split_from)
  values (
    organization, new_id, coalesce(first.customer_id, source.customer_id),
    (
      select a.id
        from public.agent_profiles a
       where a.organization_id = organization and a.id = source.assigned_to and a.deactivated_at is null
    ),
    coalesce(split_ticket.subject, source.subject), source.priority, source.tags, ticket);
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

create policy ticket_followers_keeper on desk.ticket_followers to desk_keeper using (true);
grant select, insert on desk.ticket_followers to desk_keeper;
grant update (first_solved_at, last_solved_at, closed_at, reopen_count) on public.tickets to desk_keeper;
revoke all on function desk.join_ticket(uuid, uuid, uuid) from public;
grant execute on function desk.join_ticket(uuid, uuid, uuid) to desk_keeper;
