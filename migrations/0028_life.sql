-- The life of a ticket: its number, snoozing, who waits since when, tags, followers, who is looking at it, and what an
-- organization wants of closed tickets.

alter table public.organizations
  -- Days after which a solved ticket is closed; null is never.
  add column close_after_days integer default 28,
  -- Days after its closing in which a customer's message reopens a ticket; later it makes a follow-up. 0: always a
  -- follow-up; null: always reopened.
  add column reopen_days integer default 0,
  add constraint organizations_close_after_days_range check (close_after_days between 1 and 3650),
  add constraint organizations_reopen_days_range check (reopen_days between 0 and 3650);
grant update (close_after_days, reopen_days) on public.organizations to authenticated;

-- A label of an organization's tickets, made when a ticket first gets it. Names are kept by desk.tag_name.
create table public.tags (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  name text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tags_pkey primary key (id),
  constraint tags_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint tags_name_key unique (organization_id, name),
  constraint tags_name_length check (char_length(name) between 1 and 100)
);
create unique index tags_organization_id_id_key on public.tags (organization_id, id);

-- A new foreign key looks at every row.
alter table public.tickets no force row level security;
alter table public.tickets
  -- For people; counted by organization, given by a trigger.
  add column number integer,
  -- Names, not ids: a list of tickets reads nothing else for them.
  add column tags text[] not null default '{}',
  -- Those of ticket_followers, kept by a trigger: a ticket without any reads no other table.
  add column follower_ids uuid[] not null default '{}',
  add column snoozed_until timestamptz,
  add column keep_snoozed boolean not null default false,
  add column follow_up_of uuid,
  -- Since when the customer waits: their first public message that no person has answered yet.
  add column waiting_since timestamptz,
  add column first_solved_at timestamptz,
  add column last_solved_at timestamptz,
  add column closed_at timestamptz,
  add column reopen_count integer not null default 0,
  add column reply_count integer not null default 0,
  add constraint tickets_follow_up_of_fkey foreign key (organization_id, follow_up_of)
    references public.tickets (organization_id, id) on delete set null (follow_up_of),
  add constraint tickets_tags_count check (cardinality(tags) <= 100),
  add constraint tickets_keep_snoozed check (snoozed_until is not null or not keep_snoozed);

alter table public.ticket_messages
  -- Written by a machine, such as an out-of-office reply: it reopens nothing and counts as no reply.
  add column is_automatic boolean not null default false;

-- The last number that an organization gave to a ticket.
create table desk.ticket_counters (
  organization_id uuid not null,
  last_number integer not null,
  constraint ticket_counters_pkey primary key (organization_id),
  constraint ticket_counters_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade
) with (fillfactor = 50);

-- The history tells of the new columns, for what there is already as well.
do $history$
begin
  perform desk.audit_table('public.organizations', 'organization'), desk.audit_table('public.tickets', 'ticket'),
          desk.audit_table('public.ticket_messages', 'message'), desk.audit_table('public.tags', 'tag');
end
$history$;

-- What tickets there were become: numbers by creation; what their messages say. When they were solved or closed nobody
-- wrote down: their last change is the nearest that is known.
alter table public.ticket_messages no force row level security;
alter table public.tickets disable trigger user;
alter table public.tickets enable trigger z_audit;
update public.tickets t
   set number = n.number,
       reply_count = coalesce(r.replies, 0),
       waiting_since = case when t.status_code in ('open', 'pending') then (
         select min(m.created_at)
           from public.ticket_messages m
          where m.organization_id = t.organization_id and m.ticket_id = t.id and m.sender_type = 'customer'
            and m.deleted_at is null and (r.last_reply is null or (m.created_at, m.id) > (r.last_reply, r.last_id))
       ) end,
       first_solved_at = case when t.status_code in ('solved', 'closed') then t.updated_at end,
       last_solved_at = case when t.status_code in ('solved', 'closed') then t.updated_at end,
       closed_at = case when t.status_code = 'closed' then t.updated_at end
  from (
    select i.id, row_number() over (partition by i.organization_id order by i.created_at, i.id) as number
      from public.tickets i
  ) as n
  left join (
    select m.ticket_id, count(*) as replies, max(m.created_at) as last_reply,
           (array_agg(m.id order by m.created_at desc, m.id desc))[1] as last_id
      from public.ticket_messages m
     where m.sender_type = 'agent' and not m.is_internal and m.deleted_at is null
     group by m.ticket_id
  ) as r on r.ticket_id = n.id
 where t.id = n.id;
insert into desk.ticket_counters (organization_id, last_number)
select t.organization_id, max(t.number) from public.tickets t group by t.organization_id;
alter table public.tickets enable trigger user;
alter table public.tickets force row level security;
alter table public.ticket_messages force row level security;

alter table public.tickets alter column number set not null;
create unique index tickets_number_key on public.tickets (organization_id, number);
create index idx_tickets_org_follow_up_of on public.tickets (organization_id, follow_up_of)
  where follow_up_of is not null;
create index idx_tickets_org_snoozed on public.tickets (organization_id, last_activity_at, id)
  where snoozed_until is not null;
-- For desk.wake_snoozed and desk.close_solved.
create index idx_tickets_snoozed_until on public.tickets (snoozed_until) where snoozed_until is not null;
create index idx_tickets_org_solved on public.tickets (organization_id, last_solved_at) where status_code = 'solved';

-- The tickets of a tag: tickets.tags the other way round, kept by a trigger.
create table desk.ticket_tags (
  organization_id uuid not null,
  ticket_id uuid not null,
  tag_id uuid not null,
  -- With the ticket: not counted, but renamed with the others.
  is_deleted boolean not null default false,
  constraint ticket_tags_pkey primary key (organization_id, ticket_id, tag_id),
  constraint ticket_tags_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint ticket_tags_ticket_fkey foreign key (organization_id, ticket_id)
    references public.tickets (organization_id, id) on delete cascade,
  constraint ticket_tags_tag_fkey foreign key (organization_id, tag_id)
    references public.tags (organization_id, id) on delete cascade
);
create index idx_ticket_tags_org_tag on desk.ticket_tags (organization_id, tag_id, ticket_id) include (is_deleted);

-- Agents who want to hear of a ticket.
create table desk.ticket_followers (
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  ticket_id uuid not null,
  agent_id uuid not null,
  created_at timestamptz not null default now(),
  constraint ticket_followers_pkey primary key (organization_id, ticket_id, agent_id),
  constraint ticket_followers_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint ticket_followers_ticket_fkey foreign key (organization_id, ticket_id)
    references public.tickets (organization_id, id) on delete cascade,
  constraint ticket_followers_agent_fkey foreign key (organization_id, agent_id)
    references public.agent_profiles (organization_id, id) on delete cascade
);
create index idx_ticket_followers_org_agent on desk.ticket_followers (organization_id, agent_id, ticket_id);

-- Who is looking at a ticket right now. Not unlogged: those tables cannot be read on a standby, and every ticket shows
-- its viewers. A writer turns synchronous_commit off instead and so waits for no disk either.
create table desk.ticket_viewers (
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  ticket_id uuid not null,
  agent_id uuid not null default nullif(current_setting('app.agent_id', true), '')::uuid,
  mode text not null,
  expires_at timestamptz not null,
  constraint ticket_viewers_pkey primary key (organization_id, ticket_id, agent_id),
  constraint ticket_viewers_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint ticket_viewers_ticket_fkey foreign key (organization_id, ticket_id)
    references public.tickets (organization_id, id) on delete cascade,
  constraint ticket_viewers_agent_fkey foreign key (organization_id, agent_id)
    references public.agent_profiles (organization_id, id) on delete cascade,
  constraint ticket_viewers_mode_known check (mode in ('reading', 'writing'))
) with (fillfactor = 70);
create index idx_ticket_viewers_org_agent on desk.ticket_viewers (organization_id, agent_id);
alter table desk.ticket_viewers set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

do $guards$
declare
  t regclass;
  name text;
begin
  for t, name in
    select format('%I.%I', v.schema, v.name)::regclass, v.name
      from (values
        ('public', 'tags'), ('desk', 'ticket_tags'), ('desk', 'ticket_followers'), ('desk', 'ticket_viewers'),
        ('desk', 'ticket_counters')
      ) as v (schema, name)
  loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('revoke all on table %s from public, authenticated', t);
    if exists (select from pg_roles where rolname = 'anon') then
      execute format('revoke all on table %s from anon', t);
    end if;
    execute format(
      $guard$
      create policy %I on %s as restrictive to authenticated
        using (organization_id = (
          select coalesce(nullif(current_setting('app.organization_id', true), '')::uuid, desk.claimed_organization())
        ))
      $guard$,
      name || '_tenant', t);
    execute format('alter table %s alter column organization_id set (n_distinct = 100)', t);
  end loop;
end
$guards$;

-- tags: everyone reads, admins change. Which ticket has which is written on the ticket; a trigger makes what is new.
create policy tags_select on public.tags for select to authenticated using (true);
create policy tags_update on public.tags for update to authenticated using ((select desk.caller_role()) = 'admin');
create policy tags_delete on public.tags for delete to authenticated using ((select desk.caller_role()) = 'admin');
grant select, update (name), delete on public.tags to authenticated;
create policy ticket_tags_select on desk.ticket_tags for select to authenticated using (true);
grant select on desk.ticket_tags to authenticated;

-- ticket_followers: everyone reads, and adds or removes whom they like.
create policy ticket_followers_select on desk.ticket_followers for select to authenticated using (true);
create policy ticket_followers_insert on desk.ticket_followers for insert to authenticated with check (true);
create policy ticket_followers_delete on desk.ticket_followers for delete to authenticated using (true);
grant select, insert (organization_id, ticket_id, agent_id), delete on desk.ticket_followers to authenticated;

-- ticket_viewers: everyone reads, each says it of themselves.
create policy ticket_viewers_select on desk.ticket_viewers for select to authenticated using (true);
create policy ticket_viewers_insert on desk.ticket_viewers for insert to authenticated
  with check (agent_id = (
    select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent())
  ));
create policy ticket_viewers_update on desk.ticket_viewers for update to authenticated
  using (agent_id = (
    select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent())
  ));
create policy ticket_viewers_delete on desk.ticket_viewers for delete to authenticated
  using (agent_id = (
    select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent())
  ));
grant select, insert (organization_id, ticket_id, agent_id, mode, expires_at), update (mode, expires_at), delete
  on desk.ticket_viewers to authenticated;

grant insert (tags), update (tags, snoozed_until, keep_snoozed) on public.tickets to authenticated;
grant insert (is_automatic) on public.ticket_messages to authenticated;

-- desk_keeper owns what is done to tickets for everyone.
create policy ticket_counters_keeper on desk.ticket_counters to desk_keeper using (true);
create policy tags_keeper on public.tags to desk_keeper using (true);
create policy ticket_tags_keeper on desk.ticket_tags to desk_keeper using (true);
create policy ticket_viewers_keeper on desk.ticket_viewers to desk_keeper using (true);
grant select (deactivated_at) on public.agent_profiles to desk_keeper;
grant select (close_after_days, reopen_days) on public.organizations to desk_keeper;
grant select, insert, update on desk.ticket_counters to desk_keeper;
grant select, insert (organization_id, name) on public.tags to desk_keeper;
grant select, insert, update (is_deleted), delete on desk.ticket_tags to desk_keeper;
grant select, delete on desk.ticket_viewers to desk_keeper;
grant insert (organization_id, customer_id, assigned_to, subject, metadata, tags, follow_up_of),
  update (tags, follower_ids, snoozed_until, keep_snoozed, waiting_since, reply_count)
  on public.tickets to desk_keeper;
