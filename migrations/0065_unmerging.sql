-- Undoing a merge: tags and followers that came with it go again, and a closed ticket that its customer wrote to meanwhile is
-- reopened or followed up by the rule for every closed ticket.

-- The ticket whose merge brought it here; null for what was given to the ticket itself. It goes with the row, whoever takes
-- that away, and stays through another name of the tag.
alter table public.tickets no force row level security;
alter table desk.ticket_tags no force row level security;
alter table desk.ticket_followers no force row level security;
alter table desk.ticket_tags
  add column merged_from uuid,
  add constraint ticket_tags_merged_from_fkey foreign key (organization_id, merged_from)
    references public.tickets (organization_id, id) on delete set null (merged_from);
alter table desk.ticket_followers
  add column merged_from uuid,
  add constraint ticket_followers_merged_from_fkey foreign key (organization_id, merged_from)
    references public.tickets (organization_id, id) on delete set null (merged_from);
alter table desk.ticket_tags force row level security;
alter table desk.ticket_followers force row level security;
alter table public.tickets force row level security;
create index idx_ticket_tags_org_merged_from on desk.ticket_tags (organization_id, merged_from)
  where merged_from is not null;
create index idx_ticket_followers_org_merged_from on desk.ticket_followers (organization_id, merged_from)
  where merged_from is not null;
grant update (merged_from) on desk.ticket_tags to desk_keeper;
grant delete, update (merged_from) on desk.ticket_followers to desk_keeper;

-- Gives a ticket the tags and followers of another, as many as it may have, and marks them. What it had stays first.
create or replace function desk.join_ticket(organization uuid, source uuid, target uuid) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  before constant uuid[] := array(
    select k.tag_id from desk.ticket_tags k where k.organization_id = organization and k.ticket_id = target
  );
begin
  insert into desk.ticket_followers (organization_id, ticket_id, agent_id, merged_from)
  select organization, target, s.agent_id, source
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
  update desk.ticket_tags k
     set merged_from = source
   where k.organization_id = organization and k.ticket_id = target and k.tag_id <> all (before);
end
$$;

-- Takes back what only that gave a ticket: of these tags and followers, or of all where null, those that nobody gave it since
-- and that no other ticket brings that is still merged into it. And so on, where the ticket was merged itself.
create function desk.part_ticket(
  organization uuid, source uuid, target uuid, tags uuid[] default null, followers uuid[] default null
) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  lost_tags uuid[];
  lost_followers uuid[];
  beyond uuid;
begin
  lost_tags := array(
    select k.tag_id
      from desk.ticket_tags k
     where k.organization_id = organization and k.ticket_id = target and k.merged_from = source
       and (part_ticket.tags is null or k.tag_id = any (part_ticket.tags))
  );
  lost_followers := array(
    select f.agent_id
      from desk.ticket_followers f
     where f.organization_id = organization and f.ticket_id = target and f.merged_from = source
       and (part_ticket.followers is null or f.agent_id = any (part_ticket.followers))
  );
  update desk.ticket_tags k
     set merged_from = h.source_id
    from (
      select distinct on (s.tag_id) s.tag_id, g.source_id
        from desk.ticket_merges g
        join desk.ticket_tags s on s.organization_id = organization and s.ticket_id = g.source_id
       where g.organization_id = organization and g.target_id = target and g.undone_at is null and g.source_id <> source
         and s.tag_id = any (lost_tags)
       order by s.tag_id, g.merged_at
    ) as h
   where k.organization_id = organization and k.ticket_id = target and k.tag_id = h.tag_id;
  update desk.ticket_followers f
     set merged_from = h.source_id
    from (
      select distinct on (s.agent_id) s.agent_id, g.source_id
        from desk.ticket_merges g
        join desk.ticket_followers s on s.organization_id = organization and s.ticket_id = g.source_id
       where g.organization_id = organization and g.target_id = target and g.undone_at is null and g.source_id <> source
         and s.agent_id = any (lost_followers)
       order by s.agent_id, g.merged_at
    ) as h
   where f.organization_id = organization and f.ticket_id = target and f.agent_id = h.agent_id;
  lost_tags := array(
    select k.tag_id
      from desk.ticket_tags k
     where k.organization_id = organization and k.ticket_id = target and k.merged_from = source
       and k.tag_id = any (lost_tags)
  );
  delete from desk.ticket_followers f
   where f.organization_id = organization and f.ticket_id = target and f.merged_from = source
     and f.agent_id = any (lost_followers);
  lost_followers := array(
    select u.id
      from unnest(lost_followers) as u (id)
     where not exists (
       select from desk.ticket_followers f
        where f.organization_id = organization and f.ticket_id = target and f.agent_id = u.id
     )
  );
  update public.tickets t
     set tags = array(
           select u.name
             from unnest(t.tags) as u (name)
            where u.name <> all (array(
              select g.name from public.tags g where g.organization_id = organization and g.id = any (lost_tags)))
         )
   where t.organization_id = organization and t.id = target and lost_tags <> '{}';
  beyond := (select t.merged_into from public.tickets t where t.organization_id = organization and t.id = target);
  if beyond is not null then
    perform desk.part_ticket(organization, target, beyond, lost_tags, lost_followers);
  end if;
end
$$;

-- A follower by a merge who follows themselves stays one, whatever becomes of the merge.
create or replace function desk.follow_ticket(ticket uuid, agent uuid) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from public.agent_profiles a where a.id = agent and a.deactivated_at is null) then
    perform desk.fail('DK422', 'invalid', 'agent_id is not an active agent of this organization.', '/agent_id');
  end if;
  delete from desk.ticket_followers f where f.ticket_id = ticket and f.agent_id = agent and f.merged_from is not null;
  insert into desk.ticket_followers (organization_id, ticket_id, agent_id)
  values (desk.current_organization(), ticket, agent)
  on conflict on constraint ticket_followers_pkey do nothing;
  if (select count(*) > 100 from desk.ticket_followers f where f.ticket_id = ticket) then
    perform desk.fail('DK423', 'rule', 'A ticket has at most 100 followers.');
  end if;
end
$$;

-- Where a customer's message to a closed ticket goes: to the ticket, reopened, within the organization's time; else to
-- its follow-up, made where there is none that is open. A follow-up is the customer's, has the subject, the tags, the
-- metadata and, while they work, the assignee of its source. A follow-up that was merged leads on to where it is, by path.
create function desk.reopen_or_follow_up(
  organization uuid, closed uuid, said_at timestamptz, out ticket uuid, out path uuid[]
)
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  days constant integer := (select o.reopen_days from public.organizations o where o.id = organization);
  place record;
  source record;
begin
  ticket := closed;
  loop
    -- Two messages at once meet here, so that they make one follow-up.
    select t.id, t.status_code, t.closed_at, t.customer_id, t.assigned_to, t.subject, t.metadata, t.tags, t.merged_into,
           t.deleted_at
      into place
      from public.tickets t
     where t.organization_id = organization and t.id = ticket
       for no key update;
    if place.merged_into is not null then
      path := path || ticket;
      ticket := place.merged_into;
      continue;
    end if;
    -- Where the follow-up was merged into a ticket that is deleted, there is none any more.
    exit when path is not null and place.deleted_at is not null;
    if place.status_code <> 'closed' then
      return;
    end if;
    if days is null or place.closed_at + make_interval(days => days) > said_at then
      update public.tickets t set status = 'open' where t.organization_id = organization and t.id = ticket;
      return;
    end if;
    -- No part of a merge any longer.
    path := null;
    source := place;
    ticket := (
      select f.id
        from public.tickets f
       where f.organization_id = organization and f.follow_up_of = source.id and f.deleted_at is null
       order by f.number desc
       limit 1
    );
    exit when ticket is null;
  end loop;
  path := null;
  insert into public.tickets as f
    (organization_id, customer_id, assigned_to, subject, metadata, tags, follow_up_of)
  values (
    organization, source.customer_id,
    (
      select a.id from public.agent_profiles a
       where a.organization_id = organization and a.id = source.assigned_to and a.deactivated_at is null
    ),
    source.subject, source.metadata, source.tags, source.id)
  returning f.id into ticket;
end
$$;

-- Takes a customer's message to a closed ticket to where it goes. SECURITY DEFINER: the desk alone opens a closed ticket.
create or replace function desk.land_message() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  landing record;
begin
  perform from public.tickets t
    where t.organization_id = new.organization_id and t.id = new.ticket_id and t.status_code = 'closed'
      for no key update;
  if not found then
    return new;
  end if;
  landing := desk.reopen_or_follow_up(new.organization_id, new.ticket_id, now());
  if landing.ticket <> new.ticket_id then
    new.merge_path := landing.path;
    new.ticket_id := landing.ticket;
  end if;
  return new;
end
$$;

-- A ticket, those that it was merged into on the way, and the one that is not merged, as they are at this moment.
create function desk.merge_way(organization uuid, ticket uuid) returns uuid[]
  language plpgsql volatile
  set search_path = pg_catalog, pg_temp
as $$
declare
  way uuid[] := array[ticket];
  next uuid;
begin
  loop
    next := (
      select t.merged_into from public.tickets t
       where t.organization_id = organization and t.id = way[cardinality(way)]
    );
    exit when next is null;
    way := way || next;
  end loop;
  return way;
end
$$;

revoke all on function desk.merge_way(uuid, uuid) from public;
grant execute on function desk.merge_way(uuid, uuid) to authenticated, desk_keeper;

-- A message to a ticket that was merged goes to where that one is now. What it costs where it was not: one look at the ticket.
create or replace function desk.follow_merge() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  ticket record;
  way uuid[];
begin
  select t.merged_into, t.deleted_at, t.status_code into ticket
    from public.tickets t
   where t.organization_id = new.organization_id and t.id = new.ticket_id
     for no key update;
  -- What lies between is not locked, since a merge locks in the order of ids; it is looked at again when the end is.
  if ticket.merged_into is not null then
    loop
      way := desk.merge_way(new.organization_id, new.ticket_id);
      select t.deleted_at, t.status_code into ticket
        from public.tickets t
       where t.organization_id = new.organization_id and t.id = way[cardinality(way)]
         for no key update;
      exit when way = desk.merge_way(new.organization_id, new.ticket_id);
    end loop;
    new.merge_path := new.merge_path || way[:cardinality(way) - 1];
    new.ticket_id := way[cardinality(way)];
  end if;
  if new.merge_path is not null and ticket.deleted_at is not null then
    perform desk.fail('DK404', 'not_found', 'The ticket was merged into one that is deleted.', '/ticket_id');
  end if;
  if ticket.status_code = 'closed' and (new.sender_type <> 'customer' or new.is_automatic)
     and current_user <> 'desk_keeper'
  then
    perform desk.fail(
      'DK423', 'rule', 'A closed ticket takes no messages.', '/ticket_id', jsonb_build_object('status', 'closed'));
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
  -- As a message to the ticket goes.
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
  loop
    way := desk.merge_way(organization, source);
    place := way[cardinality(way)];
    select t.merged_into, t.deleted_at into ticket
      from public.tickets t
     where t.organization_id = organization and t.id = place
       for no key update;
    exit when way = desk.merge_way(organization, source);
  end loop;
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

revoke all on function
  desk.part_ticket(uuid, uuid, uuid, uuid[], uuid[]), desk.reopen_or_follow_up(uuid, uuid, timestamptz)
  from public;
grant execute on function
  desk.part_ticket(uuid, uuid, uuid, uuid[], uuid[]), desk.reopen_or_follow_up(uuid, uuid, timestamptz)
  to desk_keeper;
