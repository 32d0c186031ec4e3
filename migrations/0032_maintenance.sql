-- What `deskpipe maintain` does by itself: every function does at most so many things and answers how many it did; it is
-- called in small transactions until there is nothing left.
--
-- SECURITY DEFINER all: the maintenance login has no right to any table. They belong to desk_keeper, whose policies
-- show it every organization.

-- The lock that makes a runner the only one, until its transaction ends: a session's would not hold behind a pooler.
create function desk.begin_maintenance() returns boolean
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  return pg_try_advisory_xact_lock(1684370285);
end
$$;

-- Closes solved tickets whose organization's days are over. What somebody else is changing is left for the next time.
create function desk.close_solved("limit" integer) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  done integer;
begin
  update public.tickets t
     set status = 'closed'
    from (
      select s.organization_id, s.id
        from public.organizations o
        cross join lateral (
          select u.organization_id, u.id
            from public.tickets u
           where u.organization_id = o.id and u.status_code = 'solved' and u.deleted_at is null
             and u.last_solved_at <= now() - make_interval(days => o.close_after_days)
           order by u.last_solved_at
           limit close_solved."limit"
             for no key update skip locked
        ) as s
       where o.close_after_days is not null
       limit close_solved."limit"
    ) as due
   where t.organization_id = due.organization_id
     and t.id = due.id;
  get diagnostics done = row_count;
  return done;
end
$$;

-- Wakes tickets whose snooze is over; that is activity, so that they come to the top.
create function desk.wake_snoozed("limit" integer) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  done integer;
begin
  update public.tickets t
     set snoozed_until = null,
         last_activity_at = greatest(t.last_activity_at, now())
    from (
      select u.organization_id, u.id
        from public.tickets u
       where u.snoozed_until <= now()
       order by u.snoozed_until
       limit wake_snoozed."limit"
         for no key update skip locked
    ) as due
   where t.organization_id = due.organization_id
     and t.id = due.id;
  get diagnostics done = row_count;
  return done;
end
$$;

-- Forgets who looked at a ticket once.
create function desk.expire_viewers("limit" integer) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  done integer;
begin
  delete from desk.ticket_viewers v
   using (
     select w.organization_id, w.ticket_id, w.agent_id
       from desk.ticket_viewers w
      where w.expires_at <= now()
      limit expire_viewers."limit"
        for update skip locked
   ) as gone
   where v.organization_id = gone.organization_id
     and v.ticket_id = gone.ticket_id
     and v.agent_id = gone.agent_id;
  get diagnostics done = row_count;
  return done;
end
$$;
grant update (expires_at) on desk.ticket_viewers to desk_keeper;

revoke all on function
  desk.begin_maintenance(), desk.close_solved(integer), desk.wake_snoozed(integer), desk.expire_viewers(integer)
  from public;
grant execute on function
  desk.begin_maintenance(), desk.close_solved(integer), desk.wake_snoozed(integer), desk.expire_viewers(integer)
  to deskpipe_maintain;

-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_keeper;
alter function desk.close_solved(integer) owner to desk_keeper;
alter function desk.wake_snoozed(integer) owner to desk_keeper;
alter function desk.expire_viewers(integer) owner to desk_keeper;
revoke create on schema desk from desk_keeper;
