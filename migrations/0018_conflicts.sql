-- What a caller is told where an object is no longer as they saw it.
--
-- It is read after the write was refused, not carried by the error itself, whose detail ends up in the server's log.

-- An object as the method that gets it shows it; null where the caller cannot see it. kind is one of a closed set.
create function desk.shown(kind text, id uuid) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
  case kind
    when 'organization' then return (select to_jsonb(o) from desk.organization o where o.id = id);
    when 'agent' then return (select to_jsonb(o) from desk.agent o where o.id = id);
    when 'customer' then return (select to_jsonb(o) from desk.customer_detail o where o.id = id);
    when 'field' then return (select to_jsonb(o) from desk.field o where o.id = id);
    when 'ticket' then return (select to_jsonb(o) from desk.ticket_detail o where o.id = id);
    when 'message' then return (select to_jsonb(o) from desk.message o where o.id = id);
    when 'macro' then return (select to_jsonb(o) from desk.macro o where o.id = id);
    when 'email_account' then return (select to_jsonb(o) from desk.email_account o where o.id = id);
  end case;
end
$$;

-- What has become of an object that was expected in an earlier version: its version now and all of it.
create function desk.conflict(kind text, id uuid, expected integer) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  current constant jsonb := desk.shown(kind, id);
begin
  if current is null then
    return null;
  end if;
  return jsonb_build_object('version', current -> 'version', 'current', current);
end
$$;

-- A message stands after those that were there when it was written. now() is when a transaction began, which was before it
-- had its ticket's lock, so that a later message could come out as the earlier one.
create function desk.order_message() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  latest constant timestamptz := (
    select max(m.created_at) from public.ticket_messages m
     where m.organization_id = new.organization_id and m.ticket_id = new.ticket_id
  );
begin
  if latest >= new.created_at then
    new.created_at := latest + interval '1 microsecond';
    new.updated_at := greatest(new.updated_at, new.created_at);
  end if;
  return new;
end
$$;
create trigger b_order before insert on public.ticket_messages
  for each row when (new.created_at = now())
  execute function desk.order_message();

-- What customers and other agents wrote to a ticket since a message, the oldest first: messages and notes. What the
-- desk itself says is nobody's word, and one's own words are known.
create function desk.missed_messages(ticket uuid, seen uuid) returns setof uuid
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
  return query
    select m.id
      from desk.message m
      join public.ticket_messages s on s.id = seen
     where m.ticket_id = ticket
       and (m.created_at, m.id) > (s.created_at, s.id)
       and m.sender ->> 'type' <> 'system'
       and m.sender ->> 'id' is distinct from current_setting('app.agent_id', true)
     order by m.created_at, m.id;
end
$$;

-- Fails where somebody wrote to a ticket since the message that the caller saw last.
create function desk.expect_seen(ticket uuid, seen uuid) returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if desk.visible_version('message', seen) is null then
    perform desk.fail('DK404', 'not_found', 'There is no such message.');
  end if;
  if exists (select from desk.missed_messages(ticket, seen)) then
    perform desk.fail('DK409', 'conflict', 'Somebody wrote to the ticket since the message you saw.');
  end if;
end
$$;

-- What a caller missed: the first ten messages as lists show them, and how many there are.
create function desk.missed(ticket uuid, seen uuid) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select jsonb_build_object(
             'missed', coalesce(jsonb_agg(to_jsonb(r) order by m.place) filter (where m.place <= 10), '[]'),
             'missed_count', count(*))
      from desk.missed_messages(ticket, seen) with ordinality as m (id, place)
      left join desk.message_row r on m.place <= 10 and r.id = m.id
  );
end
$$;

revoke all on function
  desk.order_message(), desk.shown(text, uuid), desk.conflict(text, uuid, integer), desk.missed_messages(uuid, uuid),
  desk.expect_seen(uuid, uuid), desk.missed(uuid, uuid)
  from public;
grant execute on function
  desk.shown(text, uuid), desk.conflict(text, uuid, integer), desk.missed_messages(uuid, uuid),
  desk.expect_seen(uuid, uuid), desk.missed(uuid, uuid)
  to authenticated;
