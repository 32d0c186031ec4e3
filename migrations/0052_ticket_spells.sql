-- What reports are made of: the spells in which a ticket was unsolved, the first from its creation, one more with each
-- reopening. Small rows in about the order of time, so that a report of some months reads neighbours.
--
-- The seconds are counted when a ticket is first answered or solved, by the business hours of that day: counting those of
-- 40,000 tickets anew takes two seconds, and changed hours would change what was reported before.

create table desk.ticket_spells (
  organization_id uuid not null,
  -- No key: a spell outlives a ticket that is purged for its age, and tells nothing about anybody.
  ticket_id uuid not null,
  -- The ticket's reopen_count at the time.
  ordinal integer not null,
  opened_at timestamptz not null,
  solved_at timestamptz,
  reopened_at timestamptz,
  -- From the ticket's creation to the end of the spell.
  resolution_seconds integer,
  resolution_business_seconds integer,
  -- The first public reply of a person to a customer who has written; of the first spell.
  responded_at timestamptz,
  response_seconds integer,
  response_business_seconds integer,
  -- What the ticket is now.
  assigned_to uuid,
  priority_rank smallint not null,
  tags text[] not null,
  -- Neither deleted nor merged into another.
  is_counted boolean not null,
  constraint ticket_spells_pkey primary key (organization_id, ticket_id, ordinal),
  constraint ticket_spells_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
alter table desk.ticket_spells alter column organization_id set (n_distinct = 100);
create index idx_ticket_spells_org_opened on desk.ticket_spells (organization_id, opened_at);
-- What was unsolved long ago was solved later and opened before: with both here, only those rows are read.
create index idx_ticket_spells_org_solved on desk.ticket_spells (organization_id, solved_at, opened_at)
  where solved_at is not null;
create index idx_ticket_spells_org_responded on desk.ticket_spells (organization_id, responded_at)
  where responded_at is not null;
-- All that a backlog is told by but for tags: of 290,000 unsolved tickets it is read in half the time of the rows.
create index idx_ticket_spells_org_unsolved on desk.ticket_spells (organization_id, opened_at)
  include (assigned_to, priority_rank) where solved_at is null and is_counted;

alter table desk.ticket_spells enable row level security;
alter table desk.ticket_spells force row level security;
revoke all on table desk.ticket_spells from public, authenticated;
do $anon$
begin
  if exists (select from pg_roles where rolname = 'anon') then
    revoke all on table desk.ticket_spells from anon;
  end if;
end
$anon$;
create policy ticket_spells_tenant on desk.ticket_spells as restrictive to authenticated
  using (organization_id = (
    select coalesce(nullif(current_setting('app.organization_id', true), '')::uuid, desk.claimed_organization())
  ));
create policy ticket_spells_select on desk.ticket_spells for select to authenticated using (true);
grant select on desk.ticket_spells to authenticated;
create policy ticket_spells_keeper on desk.ticket_spells to desk_keeper using (true);
grant select, insert, update, delete on desk.ticket_spells to desk_keeper;

-- Seconds by the clock and within the organization's business hours.
create function desk.both_seconds(organization uuid, start timestamptz, stop timestamptz) returns integer[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if stop is null then
    return null;
  end if;
  return (
    select array[
             desk.business_seconds(o.time_zone, null, '{}', start, stop),
             desk.business_seconds(o.time_zone, o.business_hours, o.holidays, start, stop)]
      from public.organizations o
     where o.id = organization
  );
end
$$;

-- Whether a customer had written when a ticket was first replied to: else somebody here began, and there was nothing to
-- respond to.
create function desk.was_asked(organization uuid, ticket uuid, replied_at timestamptz) returns boolean
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return replied_at is not null and exists (
    select from public.ticket_messages m
     where m.organization_id = organization and m.ticket_id = ticket and m.sender_type = 'customer'
       and not m.is_automatic and m.deleted_at is null and m.created_at <= replied_at
  );
end
$$;

-- The trigger of tickets. SECURITY DEFINER: nobody else may write the table.
create function desk.keep_spells() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  latest integer;
  seconds integer[];
  is_response boolean;
  is_solved boolean;
begin
  if tg_op = 'DELETE' then
    -- What was solved and closed goes on counting; what was deleted never did.
    delete from desk.ticket_spells s
     where s.organization_id = old.organization_id and s.ticket_id = old.id and not s.is_counted;
    return null;
  elsif tg_op = 'INSERT' then
    seconds := desk.both_seconds(new.organization_id, new.created_at, new.last_solved_at);
    insert into desk.ticket_spells (
      organization_id, ticket_id, ordinal, opened_at, solved_at, resolution_seconds, resolution_business_seconds,
      assigned_to, priority_rank, tags, is_counted)
    values (
      new.organization_id, new.id, 0, new.created_at, new.last_solved_at, seconds[1], seconds[2],
      new.assigned_to, new.priority_rank, new.tags, new.deleted_at is null and new.merged_into is null);
    return null;
  end if;
  if new.first_reply_at is distinct from old.first_reply_at then
    is_response := desk.was_asked(new.organization_id, new.id, new.first_reply_at);
    seconds := desk.both_seconds(new.organization_id, new.created_at, case when is_response then new.first_reply_at end);
    update desk.ticket_spells s
       set responded_at = case when is_response then new.first_reply_at end,
           response_seconds = seconds[1],
           response_business_seconds = seconds[2]
     where s.organization_id = new.organization_id and s.ticket_id = new.id and s.ordinal = 0;
  end if;
  -- In one transaction a ticket may be solved twice, at the same time.
  is_solved := old.status in ('open', 'pending') and new.status in ('solved', 'closed') and new.merged_into is null;
  if is_solved or new.last_solved_at is distinct from old.last_solved_at or new.reopen_count > old.reopen_count then
    latest := (
      select max(s.ordinal) from desk.ticket_spells s
       where s.organization_id = new.organization_id and s.ticket_id = new.id
    );
    if new.reopen_count > old.reopen_count then
      update desk.ticket_spells s
         set reopened_at = now()
       where s.organization_id = new.organization_id and s.ticket_id = new.id and s.ordinal = latest;
      insert into desk.ticket_spells (
        organization_id, ticket_id, ordinal, opened_at, assigned_to, priority_rank, tags, is_counted)
      values (
        new.organization_id, new.id, latest + 1, now(), new.assigned_to, new.priority_rank, new.tags,
        new.deleted_at is null and new.merged_into is null);
    else
      seconds := desk.both_seconds(new.organization_id, new.created_at, new.last_solved_at);
      update desk.ticket_spells s
         set solved_at = new.last_solved_at,
             resolution_seconds = seconds[1],
             resolution_business_seconds = seconds[2]
       where s.organization_id = new.organization_id and s.ticket_id = new.id and s.ordinal = latest;
    end if;
  end if;
  update desk.ticket_spells s
     set assigned_to = new.assigned_to,
         priority_rank = new.priority_rank,
         tags = new.tags,
         is_counted = new.deleted_at is null and new.merged_into is null
   where s.organization_id = new.organization_id and s.ticket_id = new.id
     and (s.assigned_to, s.priority_rank, s.tags, s.is_counted)
         is distinct from
         (new.assigned_to, new.priority_rank, new.tags, new.deleted_at is null and new.merged_into is null);
  return null;
end
$$;
create trigger d_spells_insert after insert on public.tickets
  for each row execute function desk.keep_spells();
create trigger d_spells_update after update on public.tickets
  for each row
  when (
    new.status <> old.status or new.first_reply_at is distinct from old.first_reply_at
    or new.last_solved_at is distinct from old.last_solved_at
    or new.reopen_count <> old.reopen_count or new.assigned_to is distinct from old.assigned_to
    or new.priority <> old.priority or new.tags <> old.tags or new.merged_into is distinct from old.merged_into
    or (new.deleted_at is null) <> (old.deleted_at is null))
  execute function desk.keep_spells();
create trigger d_spells_delete after delete on public.tickets
  for each row execute function desk.keep_spells();

-- What tickets there are. When one was reopened the history tells; where it does not, there was no second spell.
alter table public.tickets no force row level security;
alter table public.ticket_messages no force row level security;
alter table public.organizations no force row level security;
alter table desk.audit_records no force row level security;
alter table desk.ticket_spells no force row level security;
with turned as (
  select a.organization_id, a.object_id as ticket_id, a.created_at as at,
         a.new_values ->> 'status' in ('open', 'pending') as is_open
    from desk.audit_records a
   where a.object_kind = 'ticket' and a.action = 'changed'
     and (a.old_values ->> 'status' in ('open', 'pending')) <> (a.new_values ->> 'status' in ('open', 'pending'))
),
begun as (
  select t.organization_id, t.id as ticket_id, t.created_at as at from public.tickets t
   union all
  select u.organization_id, u.ticket_id, u.at
    from turned u
    join public.tickets t on t.organization_id = u.organization_id and t.id = u.ticket_id
   where u.is_open and u.at > t.created_at
),
spell as (
  select b.organization_id, b.ticket_id, b.at, row_number() over thread - 1 as ordinal, lead(b.at) over thread as next_at
    from begun b
  window thread as (partition by b.organization_id, b.ticket_id order by b.at)
),
ended as (
  select s.organization_id, s.ticket_id, s.ordinal, s.at, s.next_at,
         case
           when s.next_at is not null then coalesce(
             (
               select min(u.at) from turned u
                where u.organization_id = s.organization_id and u.ticket_id = s.ticket_id and not u.is_open
                  and u.at between s.at and s.next_at
             ),
             s.next_at)
           when t.status_code in ('solved', 'closed') then t.last_solved_at
         end as solved_at,
         case when s.ordinal = 0 and desk.was_asked(t.organization_id, t.id, t.first_reply_at) then t.first_reply_at end
           as responded_at,
         t.created_at, t.assigned_to, t.priority_rank, t.tags, t.deleted_at is null and t.merged_into is null as is_counted
    from spell s
    join public.tickets t on t.organization_id = s.organization_id and t.id = s.ticket_id
)
insert into desk.ticket_spells (
  organization_id, ticket_id, ordinal, opened_at, solved_at, reopened_at, resolution_seconds, resolution_business_seconds,
  responded_at, response_seconds, response_business_seconds, assigned_to, priority_rank, tags, is_counted)
select e.organization_id, e.ticket_id, e.ordinal, e.at, e.solved_at, e.next_at, r.seconds[1], r.seconds[2],
       e.responded_at, f.seconds[1], f.seconds[2], e.assigned_to, e.priority_rank, e.tags, e.is_counted
  from ended e
 cross join lateral (select desk.both_seconds(e.organization_id, e.created_at, e.solved_at) as seconds) as r
 cross join lateral (select desk.both_seconds(e.organization_id, e.created_at, e.responded_at) as seconds) as f;
alter table public.tickets force row level security;
alter table public.ticket_messages force row level security;
alter table public.organizations force row level security;
alter table desk.audit_records force row level security;
alter table desk.ticket_spells force row level security;

revoke all on function
  desk.both_seconds(uuid, timestamptz, timestamptz), desk.was_asked(uuid, uuid, timestamptz), desk.keep_spells()
  from public;
grant execute on function
  desk.both_seconds(uuid, timestamptz, timestamptz), desk.was_asked(uuid, uuid, timestamptz)
  to desk_keeper;
grant create on schema desk to desk_keeper;
alter function desk.keep_spells() owner to desk_keeper;
revoke create on schema desk from desk_keeper;
