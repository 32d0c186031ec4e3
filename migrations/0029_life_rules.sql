-- The rules of a ticket's life, whoever writes.
--
-- desk_keeper is the desk itself: what its functions do to closed tickets (a customer's message, merging) is not
-- refused. Nobody can log in as it.

-- The caller as an agent who can be given work, or null.
create function desk.working_agent(organization uuid) returns uuid
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  caller uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
begin
  -- Claims alone are looked up for whoever may read them.
  if caller is null and current_user <> 'desk_keeper' then
    caller := desk.claimed_agent();
  end if;
  return (
    select a.id from public.agent_profiles a
     where a.organization_id = organization and a.id = caller and a.deactivated_at is null
  );
end
$$;

-- Who solves a ticket that nobody has, has it.
create function desk.solver(organization uuid, assignee uuid) returns uuid
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  solver constant uuid := coalesce(assignee, desk.working_agent(organization));
begin
  if solver is null then
    perform desk.fail('DK423', 'rule', 'A solved ticket has an assignee, and nobody is there to be it.', '/status');
  end if;
  return solver;
end
$$;

-- A new ticket that is solved or closed from the start.
create function desk.keep_new_ticket() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.status = 'solved' then
    new.assigned_to := desk.solver(new.organization_id, new.assigned_to);
  end if;
  new.first_solved_at := coalesce(new.first_solved_at, now());
  new.last_solved_at := coalesce(new.last_solved_at, now());
  if new.status = 'closed' then
    new.closed_at := coalesce(new.closed_at, now());
  end if;
  return new;
end
$$;

-- The next number of the organization. SECURITY DEFINER: nobody else may count. Creates of one organization queue here
-- from the insert to the commit and no longer: a number that a rollback leaves out is missed by nobody.
create function desk.number_ticket() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into desk.ticket_counters as c (organization_id, last_number)
  values (new.organization_id, 1)
  on conflict on constraint ticket_counters_pkey do update set last_number = c.last_number + 1
  returning c.last_number into new.number;
  return new;
end
$$;

-- A changed status. Solving and closing end the customer's waiting and any snooze; a closed ticket stays closed. A merged
-- ticket is closed without having been solved: it has no closed_at, and coming out again is no reopening.
create function desk.keep_status() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if old.status = 'closed' and current_user <> 'desk_keeper' then
    perform desk.fail(
      'DK423', 'rule', 'A closed ticket takes no other status.', '/status',
      jsonb_build_object('status', 'closed'));
  end if;
  if new.status = 'solved' then
    new.assigned_to := desk.solver(new.organization_id, new.assigned_to);
  end if;
  if new.status in ('open', 'pending') then
    if old.status = 'solved' or old.closed_at is not null then
      new.reopen_count := old.reopen_count + 1;
    end if;
  else
    if old.status in ('open', 'pending') and new.merged_into is null then
      new.first_solved_at := coalesce(old.first_solved_at, now());
      new.last_solved_at := now();
    end if;
    new.waiting_since := null;
    new.snoozed_until := null;
    new.keep_snoozed := false;
  end if;
  new.closed_at := case when new.status = 'closed' and new.merged_into is null then now() end;
  return new;
end
$$;

-- A solved ticket keeps an assignee. An organization that goes whole takes its agents first, from within a key's trigger.
create function desk.keep_assignee() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if pg_trigger_depth() = 1 then
    perform desk.fail('DK423', 'rule', 'A solved ticket has an assignee.', '/assigned_to');
  end if;
  return new;
end
$$;

create function desk.keep_snooze() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.snoozed_until is null then
    new.keep_snoozed := false;
  elsif new.status not in ('open', 'pending') then
    perform desk.fail('DK423', 'rule', 'Only an open or pending ticket is snoozed.', '/until');
  elsif new.snoozed_until <= now() or new.snoozed_until > now() + interval '366 days' then
    perform desk.fail('DK422', 'invalid', 'A ticket is snoozed until a time within the next 366 days.', '/until');
  end if;
  return new;
end
$$;

-- A tag's name as it is kept and compared: composed, in lower case, without surrounding blanks, a hyphen for each blank
-- within.
create function desk.tag_name(content text) returns text
  language sql immutable parallel safe
  return regexp_replace(
    lower(btrim(normalize(content, nfc), E' \t\r\n\f\v\u00a0\u2028\u2029')), '[[:space:]\u00a0\u2028\u2029]+', '-', 'g');

-- Names as they are kept, in one order, each once.
create function desk.tag_names(names text[]) returns text[]
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  return array(
    select distinct desk.tag_name(n.name) collate "C" as name
      from unnest(names) as n (name)
     where n.name is not null
     order by 1
  );
end
$$;

create function desk.keep_tags() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.tags := desk.tag_names(new.tags);
  if exists (select from unnest(new.tags) as u (name) where char_length(u.name) not between 1 and 100) then
    perform desk.fail('DK422', 'invalid', 'A tag has 1 to 100 characters.', '/tags');
  end if;
  if cardinality(new.tags) > 100 then
    perform desk.fail('DK423', 'rule', 'A ticket has at most 100 tags.', '/tags');
  end if;
  return new;
end
$$;

-- Makes the tags that are new, and what leads from a tag to its tickets. Two who make the same tags do it in one order,
-- so that they never wait in a circle; a tag that exists keeps nobody waiting. SECURITY DEFINER: nobody else may write
-- either table.
create function desk.ticket_tagged() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  found_ids uuid[];
begin
  found_ids := array(
    select g.id from public.tags g where g.organization_id = new.organization_id and g.name = any (new.tags));
  if cardinality(found_ids) < cardinality(new.tags) then
    insert into public.tags (organization_id, name)
    select new.organization_id, u.name from unnest(new.tags) with ordinality as u (name, place) order by u.place
    on conflict on constraint tags_name_key do nothing;
    found_ids := array(
      select g.id from public.tags g where g.organization_id = new.organization_id and g.name = any (new.tags));
  end if;
  if tg_op = 'UPDATE' then
    delete from desk.ticket_tags k
     where k.organization_id = new.organization_id and k.ticket_id = new.id and k.tag_id <> all (found_ids);
    update desk.ticket_tags k
       set is_deleted = new.deleted_at is not null
     where k.organization_id = new.organization_id and k.ticket_id = new.id
       and k.is_deleted <> (new.deleted_at is not null);
  end if;
  insert into desk.ticket_tags (organization_id, ticket_id, tag_id, is_deleted)
  select new.organization_id, new.id, u.id, new.deleted_at is not null from unnest(found_ids) as u (id)
  on conflict on constraint ticket_tags_pkey do nothing;
  return null;
end
$$;

-- SECURITY DEFINER: nobody else may write it. Followers are no part of a ticket's version.
create function desk.followers_changed() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    update public.tickets t
       set follower_ids = array_append(t.follower_ids, new.agent_id)
     where t.organization_id = new.organization_id and t.id = new.ticket_id;
  else
    update public.tickets t
       set follower_ids = array_remove(t.follower_ids, old.agent_id)
     where t.organization_id = old.organization_id and t.id = old.ticket_id;
  end if;
  return null;
end
$$;

create function desk.keep_tag() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.name := desk.tag_name(new.name);
  if char_length(new.name) not between 1 and 100 then
    perform desk.fail('DK422', 'invalid', 'A tag has 1 to 100 characters.', '/name');
  end if;
  return new;
end
$$;

-- A tag that is renamed, or goes, does so on all of its tickets. SECURITY DEFINER: an organization that goes whole takes
-- its tags along without a caller who could change tickets.
create function desk.tag_changed() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update public.tickets t
     set tags = case tg_op
           when 'UPDATE' then array_replace(t.tags, old.name, new.name)
           else array_remove(t.tags, old.name)
         end
   where t.organization_id = old.organization_id
     and t.id in (
       select k.ticket_id from desk.ticket_tags k
        where k.organization_id = old.organization_id and k.tag_id = old.id
     );
  return case tg_op when 'DELETE' then old end;
end
$$;

-- version, updated_at and last_activity_at of a ticket. Columns are compared one by one: in a BEFORE trigger the
-- generated columns of the new row are still empty, so comparing whole rows always finds a difference. Tags and snoozing
-- are no activity: they must not bring a ticket to the top of a list.
create or replace function desk.keep_ticket() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.version := old.version;
  new.updated_at := old.updated_at;
  if (new.customer_id, new.assigned_to, new.subject, new.status, new.priority, new.metadata)
     is distinct from
     (old.customer_id, old.assigned_to, old.subject, old.status, old.priority, old.metadata)
  then
    -- A message that reopens a ticket brings its own time.
    if new.last_activity_at is not distinct from old.last_activity_at then
      new.last_activity_at := greatest(old.last_activity_at, now());
    end if;
    new.version := old.version + 1;
    new.updated_at := now();
  elsif (new.last_activity_at, new.first_reply_at, new.last_reply_at, new.tags, new.snoozed_until, new.keep_snoozed)
        is distinct from
        (old.last_activity_at, old.first_reply_at, old.last_reply_at, old.tags, old.snoozed_until, old.keep_snoozed)
  then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;

-- A closed ticket takes no messages, and the automatic ones of its customer neither.
create function desk.refuse_message() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  code text;
begin
  -- The lock that the message takes anyway; with it no ticket closes in between.
  select t.status_code into code
    from public.tickets t
   where t.organization_id = new.organization_id and t.id = new.ticket_id
     for no key update;
  if code = 'closed' and current_user <> 'desk_keeper' then
    perform desk.fail(
      'DK423', 'rule', 'A closed ticket takes no messages.', '/ticket_id', jsonb_build_object('status', 'closed'));
  end if;
  return new;
end
$$;

-- Where a customer's message to a closed ticket goes: to the ticket, reopened, within the organization's time; else to
-- its follow-up, made where there is none that is open. A follow-up is the customer's, has the subject, the tags, the
-- metadata and, while they work, the assignee of its source. SECURITY DEFINER: the desk alone opens a closed ticket.
create function desk.land_message() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := new.organization_id;
  source record;
  days integer;
  follow_up uuid;
begin
  loop
    -- Two messages at once meet here, so that they make one follow-up.
    select t.status_code, t.closed_at, t.customer_id, t.assigned_to, t.subject, t.metadata, t.tags into source
      from public.tickets t
     where t.organization_id = organization and t.id = new.ticket_id
       for no key update;
    if not found or source.status_code <> 'closed' then
      return new;
    end if;
    days := (select o.reopen_days from public.organizations o where o.id = organization);
    if days is null or source.closed_at + make_interval(days => days) > now() then
      update public.tickets t set status = 'open' where t.organization_id = organization and t.id = new.ticket_id;
      return new;
    end if;
    follow_up := (
      select f.id
        from public.tickets f
       where f.organization_id = organization and f.follow_up_of = new.ticket_id and f.deleted_at is null
       order by f.number desc
       limit 1
    );
    if follow_up is null then
      insert into public.tickets as f
        (organization_id, customer_id, assigned_to, subject, metadata, tags, follow_up_of)
      values (
        organization, source.customer_id,
        (
          select a.id from public.agent_profiles a
           where a.organization_id = organization and a.id = source.assigned_to and a.deactivated_at is null
        ),
        source.subject, source.metadata, source.tags, new.ticket_id)
      returning f.id into new.ticket_id;
      return new;
    end if;
    new.ticket_id := follow_up;
  end loop;
end
$$;

-- New messages move their ticket: last_activity_at, the times and number of a person's public replies (a note and an
-- automatic message never count), since when the customer waits, and a customer's message reopens what was pending or
-- solved and wakes what is not kept asleep. Within a statement messages are ordered by time, then as they came.
-- SECURITY DEFINER: a caller may not write these columns. The rows are found by the ticket that their foreign key has
-- just checked.
create or replace function desk.messages_inserted() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if (select count(*) from new_messages) = 1 then
    -- Nearly always, and cheaper than what follows.
    update public.tickets t
       set last_activity_at = greatest(t.last_activity_at, m.created_at),
           first_reply_at = case when m.is_reply then least(t.first_reply_at, m.created_at) else t.first_reply_at end,
           last_reply_at = case when m.is_reply then greatest(t.last_reply_at, m.created_at) else t.last_reply_at end,
           reply_count = t.reply_count + m.is_reply::integer,
           waiting_since = case
             when m.is_reply or t.status_code = 'closed' then null
             when m.is_question then least(t.waiting_since, m.created_at)
             else t.waiting_since
           end,
           status = case when m.is_question and t.status_code <> 'closed' then 'open' else t.status end,
           snoozed_until = case when m.is_question and not t.keep_snoozed then null else t.snoozed_until end
      from (
        select n.organization_id, n.ticket_id, n.created_at,
               n.sender_type = 'agent' and not n.is_internal and not n.is_automatic as is_reply,
               n.sender_type = 'customer' and not n.is_automatic as is_question
          from new_messages n
      ) as m
     where t.organization_id = m.organization_id
       and t.id = m.ticket_id;
  else
    update public.tickets t
       set last_activity_at = greatest(t.last_activity_at, m.last_at),
           first_reply_at = least(t.first_reply_at, m.first_reply_at),
           last_reply_at = greatest(t.last_reply_at, m.last_reply_at),
           reply_count = t.reply_count + m.replies,
           waiting_since = case
             when t.status_code = 'closed' then null
             when m.replies > 0 then m.asked_again_at
             else least(t.waiting_since, m.asked_at)
           end,
           status = case when m.asked_at is not null and t.status_code <> 'closed' then 'open' else t.status end,
           snoozed_until = case when m.asked_at is not null and not t.keep_snoozed then null else t.snoozed_until end
      from (
        select n.organization_id,
               n.ticket_id,
               max(n.created_at) as last_at,
               count(*) filter (where n.is_reply) as replies,
               min(n.created_at) filter (where n.is_reply) as first_reply_at,
               max(n.created_at) filter (where n.is_reply) as last_reply_at,
               min(n.created_at) filter (where n.is_question) as asked_at,
               min(n.created_at) filter (where n.is_question and n.place > n.answered) as asked_again_at
          from (
            select p.organization_id, p.ticket_id, p.created_at, p.place, p.is_reply, p.is_question,
                   coalesce(max(p.place) filter (where p.is_reply) over (partition by p.ticket_id), 0) as answered
              from (
                select i.organization_id, i.ticket_id, i.created_at,
                       row_number() over (order by i.created_at) as place,
                       i.sender_type = 'agent' and not i.is_internal and not i.is_automatic as is_reply,
                       i.sender_type = 'customer' and not i.is_automatic as is_question
                  from new_messages i
              ) as p
          ) as n
         group by n.organization_id, n.ticket_id
      ) as m
     where t.organization_id = m.organization_id
       and t.id = m.ticket_id;
  end if;

  insert into desk.search_documents (organization_id, ticket_id, source_id, search)
  select n.organization_id, n.ticket_id, n.id, desk.search_vector(n.body)
    from new_messages n;
  return null;
end
$$;

-- What a ticket says of its messages, said anew: for functions of desk_keeper that moved or removed some. That is a version
-- of its own, and no activity. Messages are ordered by time, then by id.
create or replace function desk.recompute_ticket(organization uuid, ticket uuid) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  update public.tickets t
     set version = t.version + 1,
         first_reply_at = m.first_reply_at,
         last_reply_at = m.last_reply_at,
         reply_count = m.replies,
         waiting_since = case when t.status_code in ('open', 'pending') then m.asked_at end
    from (
      select count(*) filter (where n.is_reply) as replies,
             min(n.created_at) filter (where n.is_reply) as first_reply_at,
             max(n.created_at) filter (where n.is_reply) as last_reply_at,
             min(n.created_at) filter (where n.is_question and n.place > n.answered) as asked_at
        from (
          select p.created_at, p.place, p.is_reply, p.is_question,
                 coalesce(max(p.place) filter (where p.is_reply) over (), 0) as answered
            from (
              select i.created_at, row_number() over (order by i.created_at, i.id) as place,
                     i.sender_type = 'agent' and not i.is_internal and not i.is_automatic as is_reply,
                     i.sender_type = 'customer' and not i.is_automatic
                       and i.created_at > coalesce(s.last_solved_at, '-infinity') as is_question
                from public.ticket_messages i
                join public.tickets s on s.organization_id = i.organization_id and s.id = i.ticket_id
               where i.organization_id = organization and i.ticket_id = ticket and i.deleted_at is null
            ) as p
        ) as n
    ) as m
   where t.organization_id = organization
     and t.id = ticket;
end
$$;

-- Names sort: a row's own form first (a_), then its version (b_).
create trigger a_new before insert on public.tickets
  for each row when (new.status in ('solved', 'closed')) execute function desk.keep_new_ticket();
create trigger a_number before insert on public.tickets
  for each row execute function desk.number_ticket();
create trigger a_snooze_insert before insert on public.tickets
  for each row when (new.snoozed_until is not null) execute function desk.keep_snooze();
create trigger a_snooze_update before update of snoozed_until on public.tickets
  for each row when (new.snoozed_until is distinct from old.snoozed_until) execute function desk.keep_snooze();
create trigger a_solved before update of assigned_to on public.tickets
  for each row when (new.assigned_to is null and old.assigned_to is not null and new.status = 'solved')
  execute function desk.keep_assignee();
create trigger a_status before update of status on public.tickets
  for each row when (new.status <> old.status) execute function desk.keep_status();
create trigger a_tags_insert before insert on public.tickets
  for each row when (new.tags <> '{}') execute function desk.keep_tags();
create trigger a_tags_update before update of tags on public.tickets
  for each row when (new.tags <> old.tags) execute function desk.keep_tags();
create trigger d_tags_insert after insert on public.tickets
  for each row when (new.tags <> '{}') execute function desk.ticket_tagged();
create trigger d_tags_update after update of tags, deleted_at on public.tickets
  for each row
  when (new.tags <> old.tags or new.tags <> '{}' and new.deleted_at is distinct from old.deleted_at)
  execute function desk.ticket_tagged();
create trigger a_closed before insert on public.ticket_messages
  for each row when (new.sender_type <> 'customer' or new.is_automatic) execute function desk.refuse_message();
create trigger a_landing before insert on public.ticket_messages
  for each row when (new.sender_type = 'customer' and not new.is_automatic) execute function desk.land_message();
create trigger a_form before insert or update of name on public.tags
  for each row execute function desk.keep_tag();
create trigger a_tickets before delete on public.tags
  for each row execute function desk.tag_changed();
create trigger d_tickets after update of name on public.tags
  for each row when (new.name <> old.name) execute function desk.tag_changed();
create trigger d_followers after insert or delete on desk.ticket_followers
  for each row execute function desk.followers_changed();
create trigger b_row before update on public.tags for each row execute function desk.keep_row();
create trigger c_immutable before update of id, organization_id, created_at on public.tags
  for each row
  when (old.id <> new.id or old.organization_id <> new.organization_id or old.created_at <> new.created_at)
  execute function desk.refuse_change();

revoke all on function
  desk.working_agent(uuid), desk.solver(uuid, uuid), desk.keep_new_ticket(), desk.number_ticket(), desk.keep_status(),
  desk.keep_assignee(), desk.keep_snooze(), desk.keep_tags(), desk.tag_name(text), desk.tag_names(text[]),
  desk.ticket_tagged(), desk.followers_changed(), desk.keep_tag(), desk.tag_changed(),
  desk.refuse_message(), desk.land_message()
  from public;
grant execute on function desk.working_agent(uuid), desk.solver(uuid, uuid) to authenticated, desk_keeper;
grant execute on function desk.tag_name(text), desk.tag_names(text[]) to authenticated, desk_keeper;

-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_keeper;
alter function desk.number_ticket() owner to desk_keeper;
alter function desk.ticket_tagged() owner to desk_keeper;
alter function desk.followers_changed() owner to desk_keeper;
alter function desk.tag_changed() owner to desk_keeper;
alter function desk.land_message() owner to desk_keeper;
revoke create on schema desk from desk_keeper;
