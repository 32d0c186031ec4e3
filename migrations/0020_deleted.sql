-- What has been deleted shows in no conflict, but to those who can restore it, and is nothing that was missed.

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
  end case;
end
$$;

-- What customers and other agents wrote to a ticket since a message, the oldest first: messages and notes. What the
-- desk itself says is nobody's word, and one's own words are known.
create or replace function desk.missed_messages(ticket uuid, seen uuid) returns setof uuid
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
  return query
    select m.id
      from public.ticket_messages m
      join public.ticket_messages s on s.id = seen
     where m.ticket_id = ticket
       and (m.created_at, m.id) > (s.created_at, s.id)
       and m.sender_type <> 'system'
       and m.sender_id::text is distinct from current_setting('app.agent_id', true)
       and m.deleted_at is null
     order by m.created_at, m.id;
end
$$;
