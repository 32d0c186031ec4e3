-- What several processes do at the same moment: locks taken in one order, keys that end in time, answers that are gone.

-- The numbers of advisory locks in the order in which they are taken, each with whether it is shared. `message <id>` is the
-- lock of the ticket that the message is on; `shared <name>` is the lock of that name, shared.
create function desk.locks(names jsonb) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_array(l.number, l.is_shared) order by l.number), '[]')
      from (
        select hashtextextended(r.name, 0) as number, bool_and(r.is_shared) as is_shared
          from (
            select case
                     when n.name like 'message %' then coalesce(
                       (select m.ticket_id::text from public.ticket_messages m where m.id = substr(n.name, 9)::uuid),
                       n.name)
                     when n.name like 'shared %' then substr(n.name, 8)
                     else n.name
                   end as name,
                   n.name like 'shared %' as is_shared
              from jsonb_array_elements_text(names) as n (name)
          ) as r
         group by hashtextextended(r.name, 0)
      ) as l
  );
end
$$;

-- Takes the locks of those names, all in one order, so that two writes of several objects cannot wait for each other. Where
-- a message moved meanwhile, it lets go of all, by the end of the inner block, and begins again.
create function desk.lock(names jsonb) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  wanted jsonb;
begin
  loop
    begin
      wanted := desk.locks(names);
      perform case
                when (l.lock ->> 1)::boolean then pg_advisory_xact_lock_shared((l.lock ->> 0)::bigint)
                else pg_advisory_xact_lock((l.lock ->> 0)::bigint)
              end
         from jsonb_array_elements(wanted) as l (lock);
      if wanted = desk.locks(names) then
        return;
      end if;
      raise sqlstate 'DK001';
    exception when sqlstate 'DK001' then
      null;
    end;
  end loop;
end
$$;
revoke all on function desk.locks(jsonb), desk.lock(jsonb) from public;
grant execute on function desk.locks(jsonb), desk.lock(jsonb) to authenticated;

create or replace function desk.expect(kind text, id uuid, version integer, action text default 'update')
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  current integer;
  restores constant boolean := action = 'restore';
  place uuid;
  locked uuid;
begin
  case kind
    when 'organization' then
      select o.version into current from public.organizations o where o.id = id for no key update;
    when 'agent' then
      select o.version into current from public.agent_profiles o where o.id = id for no key update;
    when 'customer' then
      select o.version into current from public.customers o
       where o.id = id and (o.deleted_at is not null) = restores
         for no key update;
    when 'field' then
      select o.version into current from public.customer_fields o where o.id = id for no key update;
    when 'ticket' then
      select o.version into current from public.tickets o
       where o.id = id and (o.deleted_at is not null) = restores
         for no key update;
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
       where o.id = id and (o.deleted_at is not null) = restores
         and (
           select t.deleted_at is null
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
  if action in ('delete', 'restore') and kind not in ('macro', 'view') then
    perform desk.require_admin();
  end if;
  if version is not null and version <> current then
    perform desk.fail(
      'DK409', 'conflict',
      format('The %s has changed since you read it.', replace(kind, '_', ' ')),
      '', jsonb_build_object('version', current));
  end if;
end
$$;

-- What was seen was seen on this ticket, or came to where it is now from this one.
create or replace function desk.expect_seen(ticket uuid, seen uuid) returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
  if not exists (
    select from public.ticket_messages m
     where m.id = seen and (m.ticket_id = ticket or ticket = any (m.merge_path))
  ) then
    perform desk.fail('DK404', 'not_found', 'There is no such message on this ticket.');
  end if;
  if exists (select from desk.missed_messages(ticket, seen)) then
    perform desk.fail('DK409', 'conflict', 'Somebody wrote to the ticket since the message you saw.');
  end if;
end
$$;

-- Where an answer has been forgotten, so has the hash of what was asked: guesses could be tried on it.
alter table desk.idempotency_keys alter column params_hash drop not null;
grant update (params_hash) on desk.idempotency_keys to desk_keeper;

create or replace function desk.forget_answers(organization uuid, about uuid) returns integer
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  forgotten integer;
begin
  update desk.idempotency_keys k
     set answer = null,
         params_hash = null
   where k.organization_id = organization
     and strpos(k.answer::text, about::text) > 0;
  get diagnostics forgotten = row_count;
  return forgotten;
end
$$;

-- A key that has lived for 24 hours is as good as none, whether or not it has been swept away yet.
create or replace function desk.recall(key text, method text, params_hash bytea) returns setof text
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  found_key record;
begin
  select k.method, k.params_hash, k.answer into found_key
    from desk.idempotency_keys k
   where k.key = key and k.created_at >= now() - interval '24 hours';
  if not found then
    return;
  end if;
  -- Before anything is compared: this tells the same to every guess.
  if found_key.answer is null then
    perform desk.fail(
      'DK423', 'answer_gone', 'It was done, but what it answered has been erased since.', '/idempotency_key');
  end if;
  if found_key.method <> method or found_key.params_hash <> params_hash then
    perform desk.fail(
      'DK409', 'idempotency_mismatch', 'This key was used for another call.', '/idempotency_key',
      jsonb_build_object('method', found_key.method));
  end if;
  return next found_key.answer::text;
end
$$;

-- Nobody takes back what they did lately.
create policy idempotency_keys_delete on desk.idempotency_keys for delete to authenticated
  using (
    agent_id = (select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent()))
    and created_at < now() - interval '24 hours'
  );
grant delete on desk.idempotency_keys to authenticated;

-- Puts a key in, in the place of one whose time is over; a unique violation where it is in use.
create function desk.use_key(key text, method text, params_hash bytea) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
  delete from desk.idempotency_keys k where k.key = key and k.created_at < now() - interval '24 hours';
  insert into desk.idempotency_keys (key, method, params_hash) values (key, method, params_hash);
end
$$;
revoke all on function desk.use_key(text, text, bytea) from public;
grant execute on function desk.use_key(text, text, bytea) to authenticated;
