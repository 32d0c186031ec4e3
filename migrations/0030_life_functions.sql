-- What methods call: tags, followers, presence, and JSON Merge Patch under its own name.

-- JSON Merge Patch (RFC 7396): members of the patch replace those of the same name, objects within objects are merged
-- in the same way, null removes.
create function desk.merge_patch(target jsonb, patch jsonb) returns jsonb
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  base constant jsonb := case when jsonb_typeof(target) = 'object' then target else '{}' end;
begin
  if jsonb_typeof(patch) is distinct from 'object' then
    return patch;
  end if;
  return coalesce(
    (
      select jsonb_object_agg(m.name, m.value)
        from (
          select b.name, b.value
            from jsonb_each(base) as b (name, value)
           where not patch ? b.name
          union all
          select p.name, desk.merge_patch(base -> p.name, p.value)
            from jsonb_each(patch) as p (name, value)
           where jsonb_typeof(p.value) <> 'null'
        ) as m
    ),
    '{}'
  );
end
$$;
drop function desk.merge(jsonb, jsonb);

-- Tags ---------------------------------------------------------------------------------------------------------------

-- Changes a ticket's tags: replaced becomes all of them where it is not null; then added are put on, removed taken off.
create function desk.change_tags(
  ticket uuid, added text[], removed text[] default null, replaced text[] default null
) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  update public.tickets t
     set tags = array(
           select u.name from unnest(coalesce(replaced, t.tags) || added) as u (name)
            where desk.tag_name(u.name) <> all (desk.tag_names(coalesce(removed, '{}')))
         )
   where t.id = ticket;
end
$$;

-- The tags of these names as far as there are any.
create function desk.find_tags(names text[]) returns uuid[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return array(select g.id from public.tags g where g.name = any (desk.tag_names(names)));
end
$$;

-- Ids of the tickets that have any, or all, of these tags; null where they are more than most, which may be null for no
-- end. Every row is the caller's to see.
create function desk.tagged_tickets(names text[], wants_all boolean, most integer) returns uuid[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  wanted constant uuid[] := desk.find_tags(names);
  rarest uuid;
  hits uuid[];
begin
  if wants_all and cardinality(wanted) < cardinality(desk.tag_names(names)) then
    return '{}';
  end if;
  if not wants_all then
    -- Tag by tag, so that no more is read than counts; a ticket that has several is there more than once.
    hits := array(
      select k.ticket_id
        from unnest(wanted) as w (id)
        cross join lateral (select l.ticket_id from desk.ticket_tags l where l.tag_id = w.id and not l.is_deleted limit most + 1) as k
       limit most + 1
    );
    if cardinality(hits) > most then
      return null;
    end if;
    return array(select distinct h.id from unnest(hits) as h (id));
  end if;
  -- The tag with the fewest tickets, as far as they are worth counting.
  rarest := (
    select w.id
      from unnest(wanted) as w (id)
      cross join lateral (
        select count(*) as n
          from (select from desk.ticket_tags k where k.tag_id = w.id and not k.is_deleted limit coalesce(most, 2000) + 1) as k
      ) as c
     order by c.n, w.id
     limit 1
  );
  hits := array(
    select k.ticket_id
      from desk.ticket_tags k
     where k.tag_id = rarest and not k.is_deleted
       and not exists (
         select from unnest(wanted) as w (id)
          where w.id <> rarest
            and not exists (select from desk.ticket_tags l where l.ticket_id = k.ticket_id and l.tag_id = w.id)
       )
     limit most + 1
  );
  return case when most is null or cardinality(hits) <= most then hits end;
end
$$;

-- Makes one tag of two: all tickets of the first get the second, and the first is gone.
create function desk.merge_tags(tag uuid, target uuid) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tag = target then
    perform desk.fail('DK423', 'rule', 'A tag is not merged into itself.', '/into');
  end if;
  perform desk.require('tag', target, '/into');
  update public.tickets t
     set tags = array_append(t.tags, (select g.name from public.tags g where g.id = target))
   where t.id in (select g.ticket_id from desk.ticket_tags g where g.tag_id = tag);
  delete from public.tags g where g.id = tag;
end
$$;

-- Followers and presence ---------------------------------------------------------------------------------------------

-- At most 100 follow a ticket; the lock of the ticket keeps two at once from passing that.
create function desk.follow_ticket(ticket uuid, agent uuid) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (select from public.agent_profiles a where a.id = agent and a.deactivated_at is null) then
    perform desk.fail('DK422', 'invalid', 'agent_id is not an active agent of this organization.', '/agent_id');
  end if;
  insert into desk.ticket_followers (organization_id, ticket_id, agent_id)
  values (desk.current_organization(), ticket, agent)
  on conflict on constraint ticket_followers_pkey do nothing;
  if (select count(*) > 100 from desk.ticket_followers f where f.ticket_id = ticket) then
    perform desk.fail('DK423', 'rule', 'A ticket has at most 100 followers.');
  end if;
end
$$;

-- Says that the caller reads a ticket, or writes on it, for the next minute; none: no longer.
create function desk.view_ticket(ticket uuid, mode text) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform desk.require('ticket', ticket, '/ticket_id');
  if mode = 'none' then
    delete from desk.ticket_viewers v where v.ticket_id = ticket and v.agent_id = desk.current_agent();
  else
    insert into desk.ticket_viewers as v (organization_id, ticket_id, agent_id, mode, expires_at)
    values (desk.current_organization(), ticket, desk.current_agent(), mode, now() + interval '60 seconds')
    on conflict on constraint ticket_viewers_pkey
      do update set mode = excluded.mode, expires_at = excluded.expires_at;
  end if;
end
$$;

-- The version of an object that the caller may see, or null: what is deleted, or belongs to what is, is not there.
create or replace function desk.visible_version(kind text, id uuid) returns integer
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
  case kind
    when 'organization' then return (select o.version from public.organizations o where o.id = id);
    when 'agent' then return (select o.version from public.agent_profiles o where o.id = id);
    when 'customer' then
      return (select o.version from public.customers o where o.id = id and o.deleted_at is null);
    when 'field' then return (select o.version from public.customer_fields o where o.id = id);
    when 'ticket' then return (select o.version from public.tickets o where o.id = id and o.deleted_at is null);
    when 'message' then
      return (
        select o.version from public.ticket_messages o
          join public.tickets t on t.organization_id = o.organization_id and t.id = o.ticket_id
         where o.id = id and o.deleted_at is null and t.deleted_at is null
      );
    when 'macro' then return (select o.version from public.macros o where o.id = id and o.deleted_at is null);
    when 'email_account' then return (select o.version from public.email_accounts o where o.id = id);
    when 'tag' then return (select o.version from public.tags o where o.id = id);
  end case;
end
$$;

-- Locks an object before it is written and says why it cannot be: row level security only touches no row.
-- not_found when the caller cannot see it, forbidden when they see it but may not write it (or, with the action
-- 'delete' or 'restore', not do that), conflict when version is given and is not the current one. What is deleted is
-- there for 'restore' only, and only that is there for it.
create or replace function desk.expect(kind text, id uuid, version integer, action text default 'update')
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  current integer;
  restores constant boolean := action = 'restore';
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
      select o.version into current from public.ticket_messages o
       where o.id = id and (o.deleted_at is not null) = restores
         and exists (
           select from public.tickets t
            where t.organization_id = o.organization_id and t.id = o.ticket_id and t.deleted_at is null
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

-- An object as the method that gets it shows it; null where the caller cannot see it. kind is one of a closed set.
create or replace function desk.shown(kind text, id uuid) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  shows_deleted constant boolean := desk.caller_role() = 'admin';
begin
  case kind
    when 'organization' then return (select to_jsonb(o) from desk.organization o where o.id = id);
    when 'agent' then return (select to_jsonb(o) from desk.agent o where o.id = id);
    when 'customer' then
      return (
        select to_jsonb(o) from desk.customer_detail o where o.id = id and (shows_deleted or o.deleted_at is null));
    when 'field' then return (select to_jsonb(o) from desk.field o where o.id = id);
    when 'ticket' then
      return (
        select to_jsonb(o) from desk.ticket_detail o where o.id = id and (shows_deleted or o.deleted_at is null));
    when 'message' then
      return (select to_jsonb(o) from desk.message o where o.id = id and (shows_deleted or o.deleted_at is null));
    -- A macro every agent can restore.
    when 'macro' then return (select to_jsonb(o) from desk.macro o where o.id = id);
    when 'email_account' then return (select to_jsonb(o) from desk.email_account o where o.id = id);
    when 'tag' then return (select to_jsonb(o) from desk.tag o where o.id = id);
  end case;
end
$$;

revoke all on function
  desk.merge_patch(jsonb, jsonb), desk.find_tags(text[]), desk.change_tags(uuid, text[], text[], text[]),
  desk.tagged_tickets(text[], boolean, integer), desk.merge_tags(uuid, uuid),
  desk.follow_ticket(uuid, uuid), desk.view_ticket(uuid, text)
  from public;
grant execute on function
  desk.merge_patch(jsonb, jsonb), desk.find_tags(text[]), desk.change_tags(uuid, text[], text[], text[]),
  desk.tagged_tickets(text[], boolean, integer), desk.merge_tags(uuid, uuid),
  desk.follow_ticket(uuid, uuid), desk.view_ticket(uuid, text)
  to authenticated;
