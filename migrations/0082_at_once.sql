-- What several processes do at the same moment: locks taken in one order, keys that end in time, answers that are gone.

-- The numbers of advisory locks in the order in which they are taken, each with whether it is shared. `message <id>` is the
-- lock of the ticket that the message is on; `shared <name>` is the lock of that name, shared.
create function desk.locks(names jsonb) returns jsonb
  language sql stable
  set search_path = pg_catalog, pg_temp
begin atomic
  select coalesce(jsonb_agg(jsonb_build_array(l.number, l.is_shared) order by l.number), '[]')
    from (
      select hashtextextended(r.name, 0) as number, bool_and(r.is_shared) as is_shared
        from (
          select case
                   when n.name like 'message %' then coalesce(
                     (select m.ticket_id::text from public.ticket_messages m where m.id = substr(n.name, 9)::uuid), n.name)
                   when n.name like 'shared %' then substr(n.name, 8)
                   else n.name
                 end as name,
                 n.name like 'shared %' as is_shared
            from jsonb_array_elements_text(names) as n (name)
        ) as r
       group by hashtextextended(r.name, 0)
    ) as l;
end;

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
  if action in ('delete', 'restore') and kind not in ('macro') then
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
