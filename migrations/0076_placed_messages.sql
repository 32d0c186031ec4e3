-- What is looked at before a message is written, by one trigger and with one look at its ticket. A trigger's condition and a
-- CHECK are texts, which the server parses again for every statement that might touch them: those of the two tables that
-- every message writes to cost it an eighth of the whole.

-- When something is said to a ticket: behind its last message and, a customer's, behind its last solving, since whoever
-- waited for the ticket's lock began earlier.
create function desk.message_time(organization uuid, ticket uuid, of_customer boolean, wanted timestamptz) returns timestamptz
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  latest constant timestamptz := greatest(
    (select max(m.created_at) from public.ticket_messages m where m.organization_id = organization and m.ticket_id = ticket),
    case when of_customer then
      (select t.last_solved_at from public.tickets t where t.organization_id = organization and t.id = ticket)
    end);
begin
  return case when latest >= wanted then latest + interval '1 microsecond' else wanted end;
end
$$;

-- The rules of a row that are CHECKs elsewhere, under the names that they had.
create function desk.break_rule(name text) returns void
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = 'check_violation', message = format('the row breaks the rule %s', name), constraint = name;
end
$$;

-- Parsed when it is made, so that it needs no search_path, and put into the triggers' expressions whole.
create function desk.broken_message_rule(m public.ticket_messages) returns text
  language sql stable
return case
  when (m.sender_type = 'system') <> (m.sender_id is null) then 'ticket_messages_sender'
  when m.is_internal and m.sender_type = 'customer' then 'ticket_messages_internal'
  when octet_length(m.body) > 1048576 then 'ticket_messages_body_length'
  when octet_length(m.email_message_id) not between 1 and 998 then 'ticket_messages_email_message_id_length'
  when octet_length(m.in_reply_to) not between 1 and 998 then 'ticket_messages_in_reply_to_length'
  when m.delivery_status not in ('none', 'queued', 'sent', 'delivered', 'failed')
    then 'ticket_messages_delivery_status_known'
  when char_length(m.delivery_error) > 2000 then 'ticket_messages_delivery_error_length'
  when m.is_internal and m.delivery_status <> 'none' then 'ticket_messages_delivery_internal'
  when jsonb_typeof(m.metadata) <> 'object' then 'ticket_messages_metadata_object'
  when octet_length(m.metadata::text) > 65536 then 'ticket_messages_metadata_size'
end;

create function desk.keep_message_rules() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  broken constant text := desk.broken_message_rule(new);
begin
  if broken is not null then
    perform desk.break_rule(broken);
  end if;
  return new;
end
$$;

-- Where a new message goes, whether it may, and when it was said.
create function desk.place_message() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  customer record;
  ticket record;
  way uuid[];
  broken text;
begin
  select t.merged_into, t.deleted_at, t.status_code, t.last_activity_at into ticket
    from public.tickets t
   where t.organization_id = new.organization_id and t.id = new.ticket_id
     for no key update;
  if not found or (ticket.deleted_at is not null and current_user <> 'desk_keeper') then
    perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/ticket_id');
  end if;
  -- What lies between is not locked, since a merge locks in the order of ids; it is looked at again when the end is.
  if ticket.merged_into is not null then
    loop
      way := desk.merge_way(new.organization_id, new.ticket_id);
      select t.deleted_at, t.status_code, t.last_activity_at into ticket
        from public.tickets t
       where t.organization_id = new.organization_id and t.id = way[cardinality(way)]
         for no key update;
      exit when way = desk.merge_way(new.organization_id, new.ticket_id);
    end loop;
    new.merge_path := new.merge_path || way[:cardinality(way) - 1];
    new.ticket_id := way[cardinality(way)];
  end if;
  if ticket.deleted_at is not null and new.merge_path is not null then
    perform desk.fail('DK404', 'not_found', 'The ticket was merged into one that is deleted.', '/ticket_id');
  elsif ticket.status_code = 'closed' and (new.sender_type <> 'customer' or new.is_automatic)
        and current_user <> 'desk_keeper'
  then
    perform desk.fail(
      'DK423', 'rule', 'A closed ticket takes no messages.', '/ticket_id', jsonb_build_object('status', 'closed'));
  end if;

  -- Behind the ticket, as whoever deletes, merges and erases customers locks.
  if new.sender_type = 'customer' then
    loop
      select c.merged_into, c.blocked_at into customer
        from public.customers c
       where c.organization_id = new.organization_id and c.id = new.sender_id
         for key share;
      exit when customer.merged_into is null;
      new.sender_path := new.sender_path || new.sender_id;
      new.sender_id := customer.merged_into;
    end loop;
    if customer.blocked_at is not null then
      perform desk.fail(
        'DK423', 'blocked', 'The customer is blocked: what they say is not taken.', '',
        jsonb_build_object('customer_id', new.sender_id, 'blocked_at', customer.blocked_at));
    end if;
  end if;

  -- Nothing was said and nothing solved since a ticket's last activity, but while it is merged, split or taken apart, which
  -- ends with a note of the desk.
  if new.created_at = now() and (ticket.last_activity_at >= now() or new.sender_type = 'system') then
    new.created_at := desk.message_time(
      new.organization_id, new.ticket_id, new.sender_type = 'customer', new.created_at);
    new.updated_at := greatest(new.updated_at, new.created_at);
  end if;
  broken := desk.broken_message_rule(new);
  if broken is not null then
    perform desk.break_rule(broken);
  end if;
  return new;
end
$$;

-- Takes a customer's message to a closed ticket to where it goes. SECURITY DEFINER: the desk alone opens a closed ticket.
create or replace function desk.land_message() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  customer constant text := current_setting('app.customer_id', true);
  landing record;
begin
  if new.is_automatic then
    return new;
  end if;
  perform from public.tickets t
    where t.organization_id = new.organization_id and t.id = new.ticket_id and t.status_code = 'closed'
      for no key update;
  if not found then
    return new;
  end if;
  -- Reopening and following up are the customer's doing.
  perform set_config('app.customer_id', new.sender_id::text, true);
  landing := desk.reopen_or_follow_up(new.organization_id, new.ticket_id, now());
  perform set_config('app.customer_id', coalesce(customer, ''), true);
  if landing.ticket <> new.ticket_id then
    new.merge_path := landing.path;
    new.ticket_id := landing.ticket;
    -- It may have been put behind what was said on the closed one.
    if new.created_at >= now() then
      new.created_at := desk.message_time(new.organization_id, new.ticket_id, true, new.created_at);
      new.updated_at := greatest(new.updated_at, new.created_at);
    end if;
  end if;
  return new;
end
$$;

drop trigger a_blocked on public.ticket_messages;
drop trigger a_chain on public.ticket_messages;
drop trigger a_landing on public.ticket_messages;
drop trigger b_order on public.ticket_messages;
drop function desk.check_customer_sender(), desk.follow_merge(), desk.order_message();
create trigger a_chain
  before insert on public.ticket_messages
  for each row execute function desk.place_message();
create trigger a_landing
  before insert on public.ticket_messages
  for each row when (new.sender_type = 'customer') execute function desk.land_message();

create function desk.keep_ticket_rules() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  broken constant text := case
    when char_length(new.subject) not between 1 and 500 then 'tickets_subject_length'
    when jsonb_typeof(new.metadata) <> 'object' then 'tickets_metadata_object'
    when octet_length(new.metadata::text) > 65536 then 'tickets_metadata_size'
    when cardinality(new.tags) > 100 then 'tickets_tags_count'
    when new.deleted_with is not null and new.deleted_at is null then 'tickets_deleted_with'
    when new.keep_snoozed and new.snoozed_until is null then 'tickets_keep_snoozed'
    when new.merged_into = new.id then 'tickets_merged_into_other'
  end;
begin
  if broken is not null then
    perform desk.break_rule(broken);
  end if;
  return new;
end
$$;

alter table public.ticket_messages
  drop constraint ticket_messages_sender,
  drop constraint ticket_messages_internal,
  drop constraint ticket_messages_body_length,
  drop constraint ticket_messages_email_message_id_length,
  drop constraint ticket_messages_in_reply_to_length,
  drop constraint ticket_messages_delivery_status_known,
  drop constraint ticket_messages_delivery_error_length,
  drop constraint ticket_messages_delivery_internal,
  drop constraint ticket_messages_metadata_object,
  drop constraint ticket_messages_metadata_size;
create trigger c_rules
  before update on public.ticket_messages
  for each row execute function desk.keep_message_rules();

alter table public.tickets
  drop constraint tickets_subject_length,
  drop constraint tickets_metadata_object,
  drop constraint tickets_metadata_size,
  drop constraint tickets_tags_count,
  drop constraint tickets_deleted_with,
  drop constraint tickets_keep_snoozed,
  drop constraint tickets_merged_into_other;
-- By columns: a reply changes none of them.
create trigger c_rules
  before insert or update of
    subject, status, metadata, tags, deleted_at, deleted_with, snoozed_until, keep_snoozed, merged_into
  on public.tickets
  for each row execute function desk.keep_ticket_rules();

revoke all on function
  desk.message_time(uuid, uuid, boolean, timestamptz), desk.broken_message_rule(public.ticket_messages),
  desk.break_rule(text), desk.place_message(), desk.keep_message_rules(), desk.keep_ticket_rules()
from public;
grant execute on function
  desk.message_time(uuid, uuid, boolean, timestamptz), desk.broken_message_rule(public.ticket_messages),
  desk.break_rule(text)
to authenticated, desk_keeper;
