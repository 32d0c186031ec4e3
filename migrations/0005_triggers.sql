-- What the tables keep true by themselves: versions and times, addresses in one form, a ticket's activity, what is
-- searched.
--
-- Trigger functions of tenants' tables run as the caller; those that write what a caller may not write belong to
-- desk_keeper. Every function pins its search_path, pg_temp last.

-- Raises an error that the service passes on: SQLSTATE (DK404 and the like), a stable kind, a sentence, a JSON
-- pointer into the params, a JSON object.
create function desk.fail(code text, kind text, message text, path text default '', detail jsonb default null)
  returns void
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception using
    errcode = code, message = message, constraint = kind, column = path, detail = coalesce(detail::text, '');
end
$$;

-- The longest beginning of a text that has at most that many bytes and no broken character.
create function desk.cut(content text, bytes integer) returns text
  language plpgsql immutable strict parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  raw bytea;
  length integer := bytes;
begin
  if octet_length(content) <= bytes then
    return content;
  end if;
  raw := convert_to(left(content, bytes), 'UTF8');
  if octet_length(raw) <= bytes then
    return left(content, bytes);
  end if;
  -- A byte 10xxxxxx continues a character; the cut goes before the first byte of that character.
  while length > 0 and get_byte(raw, length) & 192 = 128 loop
    length := length - 1;
  end loop;
  return convert_from(substr(raw, 1, length), 'UTF8');
end
$$;

-- The search vector of a text: its first 256 KiB, since a vector ends at 1 MiB; less where even these do not fit.
create function desk.search_vector(content text) returns tsvector
  language plpgsql immutable strict parallel safe
  set search_path = pg_catalog, pg_temp
  set client_min_messages = warning
as $$
begin
  if octet_length(content) <= 65536 then
    return to_tsvector('pg_catalog.simple', content);
  end if;
  begin
    return to_tsvector('pg_catalog.simple', desk.cut(content, 262144));
  exception when program_limit_exceeded then
    return to_tsvector('pg_catalog.simple', desk.cut(content, 65536));
  end;
end
$$;

-- An address as it is kept and compared: without surrounding blanks, ASCII letters in lower case.
create function desk.address(content text) returns text
  language sql immutable parallel safe
  return nullif(lower(btrim(content, E' \t\r\n') collate "C"), '');

create function desk.refuse_change() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform desk.fail('DK423', 'immutable', 'An object keeps its id, its organization and its creation time.');
  return null;
end
$$;

-- version and updated_at of a row without generated columns; an update that changes nothing leaves both alone.
create function desk.keep_row() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.version := old.version;
  new.updated_at := old.updated_at;
  if new is distinct from old then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;

create function desk.keep_organization() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.support_email := desk.address(new.support_email);
  return new;
end
$$;

create function desk.keep_agent() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.email := desk.address(new.email);
  return new;
end
$$;

create function desk.keep_email_account() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.email_address := coalesce(desk.address(new.email_address), '');
  return new;
end
$$;

-- A customer without a name is called by their address.
create function desk.keep_customer() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.email := desk.address(new.email);
  new.name := coalesce(nullif(btrim(new.name), ''), left(new.email, 200));
  if new.name is null then
    perform desk.fail('DK422', 'invalid', 'A customer has a name or an email address.', '/name');
  end if;
  new.search := to_tsvector(
    'pg_catalog.simple',
    concat_ws(' ', new.name, new.email, translate(new.email, '@.+-_', '     '))
  );
  return new;
end
$$;

-- An object is assigned to a working agent of its organization only.
create function desk.check_assignee() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not exists (
    select from public.agent_profiles a
     where a.organization_id = new.organization_id and a.id = new.assigned_to and a.deactivated_at is null
  ) then
    perform desk.fail('DK422', 'invalid', 'assigned_to is not an active agent of this organization.', '/assigned_to');
  end if;
  return new;
end
$$;

-- version, updated_at and last_activity_at of a ticket. Columns are compared one by one: in a BEFORE trigger the
-- generated columns of the new row are still empty, so comparing whole rows always finds a difference.
create function desk.keep_ticket() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.version := old.version;
  new.updated_at := old.updated_at;
  if (new.customer_id, new.assigned_to, new.subject, new.status, new.priority, new.metadata)
     is distinct from
     (old.customer_id, old.assigned_to, old.subject, old.status, old.priority, old.metadata)
  then
    -- A message that reopens a ticket brings its own time.
    if new.last_activity_at is not distinct from old.last_activity_at then
      new.last_activity_at := greatest(old.last_activity_at, now());
    end if;
    new.version := old.version + 1;
    new.updated_at := now();
  elsif (new.last_activity_at, new.first_reply_at, new.last_reply_at)
        is distinct from
        (old.last_activity_at, old.first_reply_at, old.last_reply_at)
  then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;

create function desk.keep_message() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.version := old.version;
  new.updated_at := old.updated_at;
  new.delivery_updated_at := old.delivery_updated_at;
  if old.email_message_id is not null and new.email_message_id is distinct from old.email_message_id then
    perform desk.fail('DK423', 'immutable', 'The email message id of a message is set once.', '/email_message_id');
  end if;
  if (new.delivery_status, new.delivery_error) is distinct from (old.delivery_status, old.delivery_error) then
    new.delivery_updated_at := now();
  end if;
  if (new.ticket_id, new.sender_type, new.sender_id, new.body, new.is_internal, new.email_message_id,
      new.in_reply_to, new.delivery_status, new.delivery_error, new.metadata)
     is distinct from
     (old.ticket_id, old.sender_type, old.sender_id, old.body, old.is_internal, old.email_message_id,
      old.in_reply_to, old.delivery_status, old.delivery_error, old.metadata)
  then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;

-- New messages move their ticket: last_activity_at, the times of public replies (a note never counts), and a public
-- message of the customer reopens what was pending, solved or closed. SECURITY DEFINER: a caller may not write these
-- columns. The rows are found by the ticket that their foreign key has just checked.
create function desk.messages_inserted() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update public.tickets t
     set last_activity_at = greatest(t.last_activity_at, m.last_at),
         first_reply_at = least(t.first_reply_at, m.first_reply_at),
         last_reply_at = greatest(t.last_reply_at, m.last_reply_at),
         status = case when m.asked then 'open' else t.status end
    from (
      select n.organization_id,
             n.ticket_id,
             max(n.created_at) as last_at,
             min(n.created_at) filter (where n.sender_type = 'agent' and not n.is_internal) as first_reply_at,
             max(n.created_at) filter (where n.sender_type = 'agent' and not n.is_internal) as last_reply_at,
             coalesce(bool_or(n.sender_type = 'customer' and not n.is_internal), false) as asked
        from new_messages n
       group by n.organization_id, n.ticket_id
    ) as m
   where t.organization_id = m.organization_id
     and t.id = m.ticket_id;

  insert into desk.search_documents (organization_id, ticket_id, source_id, search)
  select n.organization_id, n.ticket_id, n.id, desk.search_vector(n.body)
    from new_messages n;
  return null;
end
$$;

-- SECURITY DEFINER: nobody else may write what is searched. A message that went with its ticket finds nothing left.
create function desk.message_searched() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from desk.search_documents d
   where d.organization_id = old.organization_id and d.ticket_id = old.ticket_id and d.source_id = old.id;
  if tg_op = 'UPDATE' then
    insert into desk.search_documents (organization_id, ticket_id, source_id, search)
    values (new.organization_id, new.ticket_id, new.id, desk.search_vector(new.body));
  end if;
  return null;
end
$$;

-- SECURITY DEFINER: nobody else may write what is searched.
create function desk.ticket_subject_changed() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into desk.search_documents as d (organization_id, ticket_id, source_id, search)
  values (new.organization_id, new.id, new.id, desk.search_vector(new.subject))
  on conflict (organization_id, ticket_id, source_id) do update set search = excluded.search;
  return null;
end
$$;

-- A customer's values are part of the customer: changing some makes a new version of it, once a transaction.
-- SECURITY DEFINER: a caller may not write version.
create function desk.field_values_changed() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    update public.customers c set version = c.version + 1
      from (select distinct n.organization_id, n.customer_id from new_values n) as v
     where c.organization_id = v.organization_id and c.id = v.customer_id and c.updated_at <> now();
  elsif tg_op = 'UPDATE' then
    update public.customers c set version = c.version + 1
      from (
        select distinct n.organization_id, n.customer_id
          from new_values n join old_values o on o.id = n.id
         where n.value is distinct from o.value
      ) as v
     where c.organization_id = v.organization_id and c.id = v.customer_id and c.updated_at <> now();
  else
    update public.customers c set version = c.version + 1
      from (select distinct o.organization_id, o.customer_id from old_values o) as v
     where c.organization_id = v.organization_id and c.id = v.customer_id and c.updated_at <> now();
  end if;
  return null;
end
$$;

-- version of a customer: keep_row's rule, but a version written by desk_keeper (see above) is a change of its own.
create function desk.keep_customer_row() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.updated_at := old.updated_at;
  if new is distinct from old then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;

-- Names sort: a row's own form first (a_), then its version (b_).
create trigger a_form before insert or update of support_email on public.organizations
  for each row execute function desk.keep_organization();
create trigger a_form before insert or update of email on public.agent_profiles
  for each row execute function desk.keep_agent();
create trigger a_form before insert or update of name, email on public.customers
  for each row execute function desk.keep_customer();
create trigger a_form before insert or update of email_address on public.email_accounts
  for each row execute function desk.keep_email_account();
create trigger a_assignee_insert before insert on public.tickets
  for each row when (new.assigned_to is not null) execute function desk.check_assignee();
create trigger a_assignee_update before update of assigned_to on public.tickets
  for each row when (new.assigned_to is not null and new.assigned_to is distinct from old.assigned_to)
  execute function desk.check_assignee();

create trigger b_row before update on public.organizations for each row execute function desk.keep_row();
create trigger b_row before update on public.agent_profiles for each row execute function desk.keep_row();
create trigger b_row before update on public.customers for each row execute function desk.keep_customer_row();
create trigger b_row before update on public.customer_fields for each row execute function desk.keep_row();
create trigger b_row before update on public.customer_field_values for each row execute function desk.keep_row();
create trigger b_row before update on public.tickets for each row execute function desk.keep_ticket();
create trigger b_row before update on public.ticket_messages for each row execute function desk.keep_message();
create trigger b_row before update on public.macros for each row execute function desk.keep_row();
create trigger b_row before update on public.email_accounts for each row execute function desk.keep_row();

do $immutable$
declare
  name text;
begin
  foreach name in array array[
    'agent_profiles', 'customers', 'customer_fields', 'customer_field_values', 'tickets', 'ticket_messages',
    'macros', 'email_accounts'
  ] loop
    execute format(
      $trigger$
      create trigger c_immutable before update of id, organization_id, created_at on public.%I
        for each row
        when (old.id <> new.id or old.organization_id <> new.organization_id or old.created_at <> new.created_at)
        execute function desk.refuse_change()
      $trigger$,
      name);
  end loop;
end
$immutable$;
create trigger c_immutable before update of id, clerk_id, created_at on public.organizations
  for each row when (old.id <> new.id or old.clerk_id <> new.clerk_id or old.created_at <> new.created_at)
  execute function desk.refuse_change();

create trigger d_activity after insert on public.ticket_messages
  referencing new table as new_messages
  for each statement execute function desk.messages_inserted();
create trigger d_search_update after update of body, ticket_id on public.ticket_messages
  for each row when (new.body is distinct from old.body or new.ticket_id <> old.ticket_id)
  execute function desk.message_searched();
create trigger d_search_delete after delete on public.ticket_messages
  for each row execute function desk.message_searched();
create trigger d_search_insert after insert on public.tickets
  for each row execute function desk.ticket_subject_changed();
create trigger d_search_update after update of subject on public.tickets
  for each row when (new.subject is distinct from old.subject) execute function desk.ticket_subject_changed();
create trigger d_values_insert after insert on public.customer_field_values
  referencing new table as new_values
  for each statement execute function desk.field_values_changed();
create trigger d_values_update after update on public.customer_field_values
  referencing old table as old_values new table as new_values
  for each statement execute function desk.field_values_changed();
create trigger d_values_delete after delete on public.customer_field_values
  referencing old table as old_values
  for each statement execute function desk.field_values_changed();

revoke all on function
  desk.fail(text, text, text, text, jsonb), desk.cut(text, integer), desk.search_vector(text), desk.address(text),
  desk.refuse_change(), desk.keep_row(), desk.keep_organization(), desk.keep_agent(), desk.keep_email_account(),
  desk.keep_customer(), desk.keep_customer_row(), desk.check_assignee(), desk.keep_ticket(), desk.keep_message(),
  desk.messages_inserted(), desk.message_searched(), desk.ticket_subject_changed(), desk.field_values_changed()
  from public;
grant execute on function desk.fail(text, text, text, text, jsonb), desk.cut(text, integer), desk.address(text)
  to authenticated, desk_keeper, desk_provision;
grant execute on function desk.search_vector(text) to desk_keeper;

-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_keeper;
alter function desk.messages_inserted() owner to desk_keeper;
alter function desk.message_searched() owner to desk_keeper;
alter function desk.ticket_subject_changed() owner to desk_keeper;
alter function desk.field_values_changed() owner to desk_keeper;
revoke create on schema desk from desk_keeper;
