-- Taking a part of a message out for good, in every copy.

-- A text with every occurrence of another covered. A cover tells neither what was there nor, beyond eight characters, how
-- much.
create function desk.redact_text(content text, secret text) returns text
  language sql immutable parallel safe
  return replace(content, secret, repeat('▇', least(char_length(secret), 8)));

-- The same in all strings and names within a JSON value.
create function desk.redact_json(content jsonb, secret text) returns jsonb
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  return case jsonb_typeof(content)
    when 'string' then to_jsonb(desk.redact_text(content #>> '{}', secret))
    when 'object' then (
      select coalesce(jsonb_object_agg(desk.redact_text(m.name, secret), desk.redact_json(m.value, secret)), '{}')
        from jsonb_each(content) as m (name, value)
    )
    when 'array' then (
      select coalesce(jsonb_agg(desk.redact_json(e.value, secret) order by e.place), '[]')
        from jsonb_array_elements(content) with ordinality as e (value, place)
    )
    else content
  end;
end
$$;

-- Takes values out of the history for good: of these members (null: all) of an object, of everything that belongs to a
-- ticket where whole says so. Of each, value and salt go and the digest stays; a record of that action (redacted, erased
-- or purged) says so, with the reason, and with what those members are now where the object goes on. Answers how many
-- records were cleaned. Where a message is gone, place is the ticket that it was in last: to look for it would read all.
--
-- For definer functions of desk_keeper, who have checked that it may be done. Change the object first, then clean: the
-- record of that change holds what it was before.
drop function desk.clean_audit(uuid, text, uuid, text[], text, text, jsonb, boolean);
create function desk.clean_audit(
  organization uuid, kind text, id uuid, members text[], action text, reason text default null,
  present jsonb default null, whole boolean default false, place uuid default null
) returns integer
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  r record;
  found_names text[];
  all_names text[] := '{}';
  cleaned_records integer := 0;
  version integer := 0;
  ticket uuid;
  roots uuid[];
begin
  if action not in ('redacted', 'erased', 'purged') then
    raise exception 'no way to clean: %', action;
  end if;
  if kind = 'ticket' then
    ticket := id;
  elsif kind = 'message' then
    -- Where a message went with its ticket, only its records know which that was.
    ticket := coalesce(
      place,
      (select m.ticket_id from public.ticket_messages m where m.organization_id = organization and m.id = id),
      (select a.ticket_id from desk.audit_records a
        where a.organization_id = organization and a.object_kind = 'message' and a.object_id = id limit 1));
    roots := desk.audit_roots(organization, id, ticket);
  end if;
  if whole then
    -- What its messages said while they belonged to another ticket.
    for r in
      select distinct a.object_id
        from desk.audit_records a
       where a.organization_id = organization and a.root_id = id and a.object_kind = 'message'
         and a.old_values ? 'ticket_id'
    loop
      cleaned_records := cleaned_records + desk.clean_audit(organization, 'message', r.object_id, members, action, reason);
    end loop;
  end if;
  for r in
    select a.xid, a.seq, a.object_id, a.object_version, a.old_values, a.new_values, a.salt, a.salts, a.cleaned
      from desk.audit_records a
     where a.organization_id = organization
       and a.root_id = any (coalesce(roots, array[id]))
       and (whole or a.object_kind = kind and a.object_id = id)
     order by a.seq
       for update
  loop
    if r.object_id = id then
      version := greatest(version, r.object_version);
    end if;
    found_names := array(
      select k.name from jsonb_object_keys(coalesce(r.old_values, '{}') || coalesce(r.new_values, '{}')) as k (name)
       where members is null or k.name = any (members)
       order by k.name);
    continue when found_names = '{}';
    update desk.audit_records a
       set old_values = a.old_values - found_names,
           new_values = a.new_values - found_names,
           salt = null,
           salts = (
             select jsonb_object_agg(
                      k.name,
                      coalesce(r.salts ->> k.name, encode(desk.audit_salt(r.salt, k.name), 'hex')))
               from jsonb_object_keys(coalesce(r.old_values, '{}') || coalesce(r.new_values, '{}')) as k (name)
              where not k.name = any (found_names)
           ),
           cleaned = coalesce(r.cleaned, '{}') || (
             select jsonb_object_agg(
                      f.name,
                      desk.audit_digest(
                        coalesce(decode(r.salts ->> f.name, 'hex'), desk.audit_salt(r.salt, f.name)),
                        r.old_values -> f.name, r.new_values -> f.name))
               from unnest(found_names) as f (name)
           )
     where a.organization_id = organization and a.xid = r.xid and a.seq = r.seq;
    cleaned_records := cleaned_records + 1;
    all_names := array(select distinct u.name from unnest(all_names || found_names) as u (name) order by 1);
  end loop;
  if cleaned_records > 0 then
    perform desk.write_audit(
      organization, kind, id, version, ticket, action, null, present,
      jsonb_build_object('members', all_names, 'records', cleaned_records, 'reason', reason));
  end if;
  return cleaned_records;
end
$$;

-- Covers a text, or the characters of these ranges ({from, to}, the first and the one after the last, counted from 0), of
-- a message for good: in the message and what is searched, in its history, in answers that were kept for idempotency
-- keys. A text is covered in the message's metadata and its delivery error as well.
--
-- SECURITY DEFINER: no caller may change what was said. The organization and the role come from the settings of the
-- segment.
create function desk.redact_message(message uuid, secret text, ranges jsonb, reason text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  old record;
  redacted record;
  part record;
  content text;
begin
  if current_setting('app.role', true) is distinct from 'admin' then
    perform desk.fail('DK403', 'forbidden', 'Only an admin may do that.');
  end if;
  select m.body, m.metadata, m.delivery_error into old
    from public.ticket_messages m
   where m.organization_id = organization and m.id = message and m.deleted_at is null
     for no key update;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such message.', '/id');
  end if;
  content := old.body;
  if secret is not null then
    content := desk.redact_text(content, secret);
    if content = old.body and desk.redact_json(old.metadata, secret) = old.metadata
       and desk.redact_text(old.delivery_error, secret) is not distinct from old.delivery_error then
      perform desk.fail('DK422', 'invalid', 'The message does not have that text.', '/text');
    end if;
  end if;
  -- From the end, so that the numbers of those before stay true.
  for part in
    select (r.value ->> 'from')::integer as first, (r.value ->> 'to')::integer as past, r.place - 1 as place,
           lag((r.value ->> 'from')::integer) over (order by (r.value ->> 'from')::integer desc) as next_first
      from jsonb_array_elements(ranges) with ordinality as r (value, place)
     order by 1 desc
  loop
    if part.past <= part.first or part.past > char_length(old.body) or part.past > part.next_first then
      perform desk.fail(
        'DK422', 'invalid', 'Ranges have characters, lie within the body and do not overlap.', '/ranges/' || part.place);
    end if;
    content := overlay(
      content placing repeat('▇', least(part.past - part.first, 8)) from part.first + 1 for part.past - part.first);
  end loop;
  update public.ticket_messages m
     set body = content,
         metadata = case when secret is null then m.metadata else desk.redact_json(m.metadata, secret) end,
         delivery_error = desk.redact_text(m.delivery_error, coalesce(secret, ''))
   where m.organization_id = organization and m.id = message
  returning m.body, m.metadata, m.delivery_error into redacted;
  perform desk.clean_audit(
    organization, 'message', message, array['body', 'metadata', 'delivery_error'], 'redacted', reason,
    jsonb_strip_nulls(jsonb_build_object('body', redacted.body, 'delivery_error', redacted.delivery_error))
      || jsonb_build_object('metadata', redacted.metadata));
  perform desk.forget_answers(organization, message);
end
$$;
grant update (body, metadata, delivery_error) on public.ticket_messages to desk_keeper;

revoke all on function
  desk.redact_text(text, text), desk.redact_json(jsonb, text), desk.redact_message(uuid, text, jsonb, text),
  desk.clean_audit(uuid, text, uuid, text[], text, text, jsonb, boolean, uuid)
  from public;
grant execute on function
  desk.redact_text(text, text), desk.redact_json(jsonb, text),
  desk.clean_audit(uuid, text, uuid, text[], text, text, jsonb, boolean, uuid), desk.forget_answers(uuid, uuid)
  to desk_keeper;
grant execute on function desk.redact_message(uuid, text, jsonb, text) to authenticated;
-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_keeper;
alter function desk.redact_message(uuid, text, jsonb, text) owner to desk_keeper;
revoke create on schema desk from desk_keeper;
