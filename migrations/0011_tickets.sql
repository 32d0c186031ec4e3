-- What the methods of tickets call.

-- The customer of a new ticket: the one with that address as they are, or a new one with that name and these fields,
-- made with the given id. Only a new one is asked for the required fields.
create function desk.ticket_customer(new_id uuid, email text, name text, fields jsonb) returns uuid
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  customer constant uuid := desk.ensure_customer(new_id, email, name, '/customer/email');
  kind text;
  message text;
  path text;
begin
  if customer = new_id then
    begin
      perform desk.set_customer_fields(customer, fields);
    exception when sqlstate 'DK422' then
      -- The fields stand deeper in the params here than where the customer itself is written.
      get stacked diagnostics kind = constraint_name, message = message_text, path = column_name;
      perform desk.fail('DK422', kind, message, '/customer' || path);
    end;
  end if;
  return customer;
end
$$;

-- All tickets that desk.search_tickets would find if it had no end, in no order: for counting.
--
-- SECURITY DEFINER: text search is not leakproof, so under row level security no index serves it. It belongs to
-- desk_search, takes the organization from the setting and from nowhere else, and answers ids only, which the caller
-- joins under its own policies.
create function desk.search_all_tickets(query text) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  set client_min_messages = warning
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  wanted constant tsquery := websearch_to_tsquery('pg_catalog.simple', query);
begin
  if organization is null or wanted is null or numnode(wanted) = 0 then
    return '{}';
  end if;
  return array(
    select d.ticket_id from desk.search_documents d
     where d.organization_id = organization and d.search @@ wanted
     union
    select t.id
      from public.customers c
      join public.tickets t on t.organization_id = c.organization_id and t.customer_id = c.id
     where c.organization_id = organization and c.search @@ wanted
  );
end
$$;

revoke all on function desk.ticket_customer(uuid, text, text, jsonb), desk.search_all_tickets(text) from public;
grant execute on function desk.ticket_customer(uuid, text, text, jsonb), desk.search_all_tickets(text)
  to authenticated;
-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_search;
alter function desk.search_all_tickets(text) owner to desk_search;
revoke create on schema desk from desk_search;
