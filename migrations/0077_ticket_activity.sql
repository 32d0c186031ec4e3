-- What a message changes of its ticket, and what is looked at then, less of it.

-- Row by row: nearly always there is one, and a set of one costs more. What is not set has no trigger looked at, so that a
-- reply leaves the status and the snooze out, and a later one the first reply. SECURITY DEFINER: the desk alone keeps these
-- columns.
create function desk.message_said() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  customer text;
begin
  if new.sender_type = 'customer' then
    -- What it does to the ticket is the customer's doing.
    customer := coalesce(current_setting('app.customer_id', true), '');
    perform set_config('app.customer_id', new.sender_id::text, true);
  end if;
  if new.sender_type = 'customer' and not new.is_automatic then
    update public.tickets t
       set last_activity_at = greatest(t.last_activity_at, new.created_at),
           waiting_since = case
             when t.status_code = 'closed' then null
             when t.last_reply_at > new.created_at then t.waiting_since
             else least(t.waiting_since, new.created_at)
           end,
           status = case when t.status_code = 'closed' then t.status else 'open' end,
           snoozed_until = case when t.keep_snoozed then t.snoozed_until end
     where t.organization_id = new.organization_id
       and t.id = new.ticket_id;
  elsif new.sender_type = 'agent' and not new.is_internal and not new.is_automatic then
    update public.tickets t
       set last_activity_at = greatest(t.last_activity_at, new.created_at),
           last_reply_at = greatest(t.last_reply_at, new.created_at),
           reply_count = t.reply_count + 1,
           waiting_since = case when t.waiting_since > new.created_at then t.waiting_since end
     where t.organization_id = new.organization_id
       and t.id = new.ticket_id
       and t.first_reply_at <= new.created_at;
    if not found then
      update public.tickets t
         set last_activity_at = greatest(t.last_activity_at, new.created_at),
             first_reply_at = new.created_at,
             last_reply_at = greatest(t.last_reply_at, new.created_at),
             reply_count = t.reply_count + 1,
             waiting_since = case when t.waiting_since > new.created_at then t.waiting_since end
       where t.organization_id = new.organization_id
         and t.id = new.ticket_id;
    end if;
  else
    update public.tickets t
       set last_activity_at = greatest(t.last_activity_at, new.created_at),
           waiting_since = case when t.status_code = 'closed' then null else t.waiting_since end
     where t.organization_id = new.organization_id
       and t.id = new.ticket_id;
  end if;
  if customer is not null then
    perform set_config('app.customer_id', customer, true);
  end if;
  insert into desk.search_documents (organization_id, ticket_id, source_id, search)
  values (
    new.organization_id, new.ticket_id, new.id,
    -- No word of it can be too long, of which PostgreSQL would tell the client.
    case when octet_length(new.body) < 2048 then to_tsvector('pg_catalog.simple', new.body)
      else desk.search_vector(new.body)
    end);
  return null;
end
$$;

-- Behind z_audit, so that the history tells of the message first.
drop trigger d_activity on public.ticket_messages;
drop function desk.messages_inserted();
create trigger z_said
  after insert on public.ticket_messages
  for each row execute function desk.message_said();

-- A change of what messages change alone is a version of the ticket too.
create function desk.keep_activity() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.last_activity_at <> old.last_activity_at or new.last_reply_at is distinct from old.last_reply_at
     or new.first_reply_at is distinct from old.first_reply_at
  then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;

-- By columns: for a reply the rest of the row is not compared.
create trigger b_activity
  before update of last_activity_at, first_reply_at, last_reply_at on public.tickets
  for each row execute function desk.keep_activity();
drop trigger b_row on public.tickets;
create trigger b_row
  before update of
    customer_id, assigned_to, subject, status, priority, metadata, tags, snoozed_until, keep_snoozed, version, updated_at
  on public.tickets
  for each row execute function desk.keep_ticket();

revoke all on function desk.message_said(), desk.keep_activity() from public;
-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_keeper;
alter function desk.message_said() owner to desk_keeper;
revoke create on schema desk from desk_keeper;
