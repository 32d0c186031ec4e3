-- Organizations, people and memberships follow the events of Clerk's webhooks.
--
-- Events come late, more than once and in any order. So the newest time is kept of every object that an event was
-- about, and what is older changes nothing; a deletion is a time as well, and leaves its row. An id counts once.

-- clerk_id is the organization's, null where an event is about a user alone.
create table desk.clerk_events (
  id text not null,
  type text not null,
  clerk_id text,
  applied_at timestamptz not null default now(),
  constraint clerk_events_pkey primary key (id),
  constraint clerk_events_id_length check (char_length(id) between 1 and 256),
  constraint clerk_events_type_length check (char_length(type) between 1 and 100),
  constraint clerk_events_clerk_id_length check (char_length(clerk_id) between 1 and 200)
);
create index idx_clerk_events_applied_at on desk.clerk_events (applied_at);

-- An organization has a clerk_id, a user a clerk_user_id, a membership both. name is the last that Clerk gave the
-- organization or the user; of a membership the last that its agent was given: a name that was changed here since
-- stays until Clerk's changes.
create table desk.clerk_objects (
  clerk_user_id text not null default '',
  clerk_id text not null default '',
  changed_at timestamptz not null,
  is_deleted boolean not null default false,
  name text,
  email text,
  constraint clerk_objects_pkey primary key (clerk_user_id, clerk_id),
  constraint clerk_objects_named check (clerk_user_id <> '' or clerk_id <> ''),
  constraint clerk_objects_clerk_id_length check (char_length(clerk_id) <= 200),
  constraint clerk_objects_clerk_user_id_length check (char_length(clerk_user_id) <= 200),
  constraint clerk_objects_name_length check (char_length(name) between 1 and 200),
  constraint clerk_objects_email_length check (octet_length(email) <= 320)
);

do $guards$
declare
  t regclass;
begin
  foreach t in array array['desk.clerk_events', 'desk.clerk_objects']::regclass[] loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('revoke all on table %s from public, authenticated', t);
    if exists (select from pg_roles where rolname = 'anon') then
      execute format('revoke all on table %s from anon', t);
    end if;
  end loop;
end
$guards$;

-- Nobody but desk_provision has any right here; the guards are the second wall, as on every other table.
create policy clerk_events_tenant on desk.clerk_events as restrictive to authenticated
  using (clerk_id = (select desk.claim_organization(auth.jwt())));
create policy clerk_objects_tenant on desk.clerk_objects as restrictive to authenticated
  using (clerk_id = (select desk.claim_organization(auth.jwt())));
create policy clerk_events_provision on desk.clerk_events to desk_provision using (true);
create policy clerk_objects_provision on desk.clerk_objects to desk_provision using (true);
grant select, insert, delete on desk.clerk_events to desk_provision;
grant select, insert, update, delete on desk.clerk_objects to desk_provision;
grant update (name) on public.organizations to desk_provision;
grant update (name, email, status, deactivated_at) on public.agent_profiles to desk_provision;

-- Keeps what an event says of an object, unless something as new is known. Answers whether it did.
create function desk.note_clerk_object(
  organization text, person text, changed_at timestamptz, is_deleted boolean, name text, email text
) returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into desk.clerk_objects as o (clerk_user_id, clerk_id, changed_at, is_deleted, name, email)
  values (
    person, organization, note_clerk_object.changed_at, note_clerk_object.is_deleted, note_clerk_object.name,
    note_clerk_object.email
  )
  on conflict on constraint clerk_objects_pkey do update
    set changed_at = excluded.changed_at,
        is_deleted = excluded.is_deleted,
        -- What a membership's agent was given is kept by desk.introduce_agents.
        name = case when excluded.clerk_user_id = '' or excluded.clerk_id = '' then excluded.name else o.name end,
        email = excluded.email
    where o.changed_at <= excluded.changed_at
      -- Clerk gives the id of a deleted organization or user to no other; a membership can come back.
      and (not o.is_deleted or excluded.clerk_user_id <> '' and excluded.clerk_id <> '');
  return found;
end
$$;

-- Whether an organization, a person, or the one's membership in the other was deleted at Clerk.
create function desk.is_clerk_deleted(organization text, person text) returns boolean
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return exists (
    select from desk.clerk_objects o
     where (o.clerk_user_id, o.clerk_id) in (('', organization), (person, ''), (person, organization))
       and o.is_deleted
  );
end
$$;

-- Gives all agents of a person the name and the address that Clerk said last.
create function desk.introduce_agents(person text) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  facts record;
  agent record;
begin
  select o.name, o.email, o.changed_at into facts
    from desk.clerk_objects o
   where o.clerk_user_id = person and o.clerk_id = '' and not o.is_deleted;
  for agent in
    select a.id, a.organization_id, a.name, a.email, g.clerk_id, m.name as given
      from public.agent_profiles a
      join public.organizations g on g.id = a.organization_id
      left join desk.clerk_objects m on m.clerk_user_id = a.clerk_user_id and m.clerk_id = g.clerk_id
     where a.clerk_user_id = person
  loop
    -- A name that is the person's id is there only for want of a better one.
    if facts.name is not null and (facts.name is distinct from agent.given or agent.name = person) then
      update public.agent_profiles a set name = facts.name where a.id = agent.id and a.name <> facts.name;
      insert into desk.clerk_objects as o (clerk_user_id, clerk_id, changed_at, name)
      values (person, agent.clerk_id, 'epoch', facts.name)
      on conflict on constraint clerk_objects_pkey do update set name = excluded.name;
    end if;
    if facts.email is not null and facts.email is distinct from agent.email then
      -- Clerk gives an address to one person at a time: of two, the one with the older news no longer has it.
      update public.agent_profiles a set email = null
       where a.organization_id = agent.organization_id
         and a.email = facts.email
         and not exists (
           select from desk.clerk_objects o
            where o.clerk_user_id = a.clerk_user_id and o.clerk_id = '' and not o.is_deleted
              and o.changed_at > facts.changed_at
         );
      update public.agent_profiles a set email = facts.email
       where a.id = agent.id
         and not exists (
           select from public.agent_profiles h
            where h.organization_id = agent.organization_id and h.email = facts.email
         );
    end if;
  end loop;
end
$$;

-- Deactivates the agents of an organization, of a person, or of the one in the other. What they did stays.
create function desk.retire_agents(organization text, person text, changed_at timestamptz) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  update public.agent_profiles a set deactivated_at = retire_agents.changed_at, status = 'offline'
    from public.organizations g
   where g.id = a.organization_id
     and (organization = '' or g.clerk_id = organization)
     and (person = '' or a.clerk_user_id = person)
     and a.deactivated_at is null;
end
$$;

-- The next three apply an event about one kind of object and answer whether it was news.
create function desk.follow_clerk_organization(event jsonb, changed_at timestamptz) returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant text := event #>> '{organization,id}';
  given constant text := left(coalesce(nullif(btrim(event #>> '{organization,name}'), ''), organization), 200);
  known text;
begin
  if (event ->> 'is_deleted')::boolean and event -> 'user' is null then
    if not desk.note_clerk_object(organization, '', changed_at, true, null, null) then
      return false;
    end if;
    perform desk.retire_agents(organization, '', changed_at);
    return true;
  end if;
  select o.name into known from desk.clerk_objects o where o.clerk_user_id = '' and o.clerk_id = organization;
  if not desk.note_clerk_object(organization, '', changed_at, false, given, null) then
    return false;
  end if;
  insert into public.organizations as o (clerk_id, name)
  values (organization, given)
  on conflict on constraint organizations_clerk_id_key do update
    set name = excluded.name where excluded.name is distinct from known and excluded.name <> o.name;
  return true;
end
$$;

create function desk.follow_clerk_user(event jsonb, changed_at timestamptz) returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  person constant text := event #>> '{user,id}';
  given constant text := left(nullif(btrim(event #>> '{user,name}'), ''), 200);
  address text := desk.address(event #>> '{user,email}');
begin
  if (event ->> 'is_deleted')::boolean then
    if not desk.note_clerk_object('', person, changed_at, true, null, null) then
      return false;
    end if;
    update desk.clerk_objects o set name = null where o.clerk_user_id = person and o.name is not null;
    perform desk.retire_agents('', person, changed_at);
    return true;
  end if;
  if address !~ '^[^[:space:]@]+@[^[:space:]@]+$' or octet_length(address) > 320 then
    address := null;
  end if;
  if not desk.note_clerk_object('', person, changed_at, false, given, address) then
    return false;
  end if;
  perform desk.introduce_agents(person);
  return true;
end
$$;

create function desk.follow_clerk_membership(event jsonb, changed_at timestamptz) returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant text := event #>> '{organization,id}';
  person constant text := event #>> '{user,id}';
  is_deleted constant boolean := (event ->> 'is_deleted')::boolean;
begin
  if not desk.note_clerk_object(organization, person, changed_at, is_deleted, null, null) then
    return false;
  end if;
  if is_deleted then
    perform desk.retire_agents(organization, person, changed_at);
    return true;
  end if;
  if desk.is_clerk_deleted(organization, person) then
    return false;
  end if;
  -- A membership tells of its organization, with a time of its own, and of its person, without one and not as much: so
  -- whatever an event about the person says counts as newer.
  perform desk.follow_clerk_organization(event, 'epoch'::timestamptz
    + coalesce((event #>> '{organization,at}')::bigint, 0) * interval '1 millisecond');
  insert into public.agent_profiles (clerk_user_id, organization_id, name, role)
  select person, g.id, person, event ->> 'role' from public.organizations g where g.clerk_id = organization
  on conflict on constraint agent_profiles_clerk_user_id_key do nothing;
  update public.agent_profiles a
     set role = event ->> 'role',
         deactivated_at = case when a.deactivated_at > follow_clerk_membership.changed_at then a.deactivated_at end
    from public.organizations g
   where g.clerk_id = organization and a.organization_id = g.id and a.clerk_user_id = person;
  if not desk.follow_clerk_user(event, changed_at - interval '1000 years') then
    perform desk.introduce_agents(person);
  end if;
  return true;
end
$$;

-- Applies an event whose signature was verified: {"type","at","is_deleted", and what it is about of "organization"
-- {"id","name","at"} and "user" {"id","name","email"}, both for a membership with its "role"}; times are milliseconds
-- since 1970. Answers {"id","type","applied","reason"}; reason is why there was nothing to do: repeated or outdated.
--
-- SECURITY DEFINER: an event is about an organization, not within one, so no policy of a tenant can let it through. It
-- belongs to desk_provision; only deskpipe_identity may call it.
create function desk.apply_clerk_event(event_id text, event jsonb) returns text
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  kind constant text := event ->> 'type';
  -- Of one millisecond, an update comes after what made the object, and a deletion after both.
  changed_at constant timestamptz := 'epoch'::timestamptz + (event ->> 'at')::bigint * interval '1 millisecond'
    + case when (event ->> 'is_deleted')::boolean then 2 when kind like '%.updated' then 1 else 0 end
      * interval '1 microsecond';
  reason text;
begin
  -- Events are few, and one after another they need no thought about two at once.
  perform pg_advisory_xact_lock(hashtextextended('desk.clerk_events', 0));
  insert into desk.clerk_events (id, type, clerk_id)
  values (event_id, kind, event #>> '{organization,id}')
  on conflict on constraint clerk_events_pkey do nothing;
  if not found then
    reason := 'repeated';
  elsif not (
    case
      when event -> 'user' is null then desk.follow_clerk_organization(event, changed_at)
      when event -> 'organization' is null then desk.follow_clerk_user(event, changed_at)
      else desk.follow_clerk_membership(event, changed_at)
    end
  ) then
    reason := 'outdated';
  end if;
  return jsonb_build_object('id', event_id, 'type', kind, 'applied', reason is null, 'reason', reason)::text;
end
$$;

-- Forgets ids of events older than that, and people and memberships that were heard of then and have no agent here.
-- Answers how many rows. A repeated event that comes later than that is outdated or changes nothing.
--
-- SECURITY DEFINER: the maintenance login has no right to any table.
create function desk.forget_clerk_events(age interval default interval '90 days') returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  events bigint;
  objects bigint;
begin
  delete from desk.clerk_events e where e.applied_at < now() - age;
  get diagnostics events = row_count;
  delete from desk.clerk_objects o
   where o.clerk_user_id <> ''
     and o.changed_at < now() - age
     and not exists (select from public.agent_profiles a where a.clerk_user_id = o.clerk_user_id);
  get diagnostics objects = row_count;
  return events + objects;
end
$$;

-- The organization and agent behind verified claims. provision: 'organizations' makes both where they are missing,
-- 'agents' the agent only, 'none' neither. The token says who is admin; the profile follows. A deactivated agent is
-- refused and never reactivated here, nor does a token make an agent of whom Clerk has removed in the meantime.
--
-- SECURITY DEFINER: it runs before there is a tenant, so no policy of a tenant can let it read or write. It belongs
-- to desk_provision; only deskpipe_identity may call it.
create or replace function desk.open_session(claims jsonb, provision text) returns text
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  clerk_organization constant text := desk.claim_organization(claims);
  clerk_user constant text := desk.claim_subject(claims);
  claimed_role constant text := desk.claim_role(claims);
  organization record;
  agent record;
begin
  if provision is null or provision not in ('organizations', 'agents', 'none') then
    perform desk.fail('DK422', 'invalid', 'provision is organizations, agents or none.');
  end if;
  if clerk_organization is null or clerk_user is null then
    perform desk.fail('DK410', 'organization_unknown', 'The token names no organization or no user.');
  end if;

  select o.id, o.name into organization from public.organizations o where o.clerk_id = clerk_organization;
  if not found and provision = 'organizations' and not desk.is_clerk_deleted(clerk_organization, '') then
    -- Of two first sessions at once one inserts; the other waits for it, inserts nothing and reads it.
    insert into public.organizations (clerk_id, name)
    values (
      clerk_organization,
      left(coalesce(nullif(claims ->> 'org_slug', ''), nullif(claims -> 'o' ->> 'slg', ''), clerk_organization), 200)
    )
    on conflict on constraint organizations_clerk_id_key do nothing;
    select o.id, o.name into organization from public.organizations o where o.clerk_id = clerk_organization;
  end if;
  if organization.id is null then
    perform desk.fail('DK410', 'organization_unknown', 'This organization has no desk here.');
  end if;

  select a.id, a.name, a.role, a.status, a.deactivated_at into agent
    from public.agent_profiles a
   where a.clerk_user_id = clerk_user and a.organization_id = organization.id;
  if not found and provision in ('organizations', 'agents') then
    if desk.is_clerk_deleted(clerk_organization, clerk_user) then
      perform desk.fail('DK410', 'agent_deactivated', 'This person is no longer a member of the organization.');
    end if;
    insert into public.agent_profiles (clerk_user_id, organization_id, name, role)
    values (clerk_user, organization.id, left(coalesce(nullif(claims ->> 'name', ''), clerk_user), 200), claimed_role)
    on conflict on constraint agent_profiles_clerk_user_id_key do nothing;
    -- What webhooks have told of this person before.
    perform desk.introduce_agents(clerk_user);
    select a.id, a.name, a.role, a.status, a.deactivated_at into agent
      from public.agent_profiles a
     where a.clerk_user_id = clerk_user and a.organization_id = organization.id;
  end if;
  if agent.id is null then
    perform desk.fail('DK410', 'agent_unknown', 'This person is not an agent of the organization.');
  end if;
  if agent.deactivated_at is not null then
    perform desk.fail('DK410', 'agent_deactivated', 'This agent was deactivated.');
  end if;
  if agent.role <> claimed_role then
    update public.agent_profiles a set role = claimed_role where a.id = agent.id;
  end if;
  return jsonb_build_object(
    'organization_id', organization.id,
    'organization_name', organization.name,
    'agent_id', agent.id,
    'agent_name', agent.name,
    'role', claimed_role,
    'status', agent.status
  )::text;
end
$$;

revoke all on function
  desk.note_clerk_object(text, text, timestamptz, boolean, text, text), desk.is_clerk_deleted(text, text),
  desk.introduce_agents(text), desk.retire_agents(text, text, timestamptz),
  desk.follow_clerk_organization(jsonb, timestamptz), desk.follow_clerk_user(jsonb, timestamptz),
  desk.follow_clerk_membership(jsonb, timestamptz), desk.apply_clerk_event(text, jsonb),
  desk.forget_clerk_events(interval)
  from public;
grant execute on function
  desk.note_clerk_object(text, text, timestamptz, boolean, text, text), desk.is_clerk_deleted(text, text),
  desk.introduce_agents(text), desk.retire_agents(text, text, timestamptz),
  desk.follow_clerk_organization(jsonb, timestamptz), desk.follow_clerk_user(jsonb, timestamptz),
  desk.follow_clerk_membership(jsonb, timestamptz)
  to desk_provision;
grant execute on function desk.apply_clerk_event(text, jsonb) to deskpipe_identity;
grant execute on function desk.forget_clerk_events(interval) to deskpipe_maintain;

-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_provision;
alter function desk.apply_clerk_event(text, jsonb) owner to desk_provision;
alter function desk.forget_clerk_events(interval) owner to desk_provision;
revoke create on schema desk from desk_provision;
