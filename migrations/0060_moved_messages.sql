-- What is true of messages that were moved: who asked before a merge still waits, an automatic reply undoes nothing, and
-- what is in a deleted ticket by now is not told by the history of the one that it came from.

-- Moves all messages of these tickets to the target, closes them, and says so on both sides. The caller has locked and
-- expects all of them.
--
-- SECURITY DEFINER: no caller may move a message or say where a ticket was merged. The organization comes from the
-- caller's settings and from nowhere else.
create or replace function desk.merge_tickets(sources uuid[], target uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  place record;
  source record;
  note uuid;
  asked_at timestamptz;
begin
  select t.id, t.status, t.merged_into into place
    from public.tickets t
   where t.organization_id = organization and t.id = target and t.deleted_at is null;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/id');
  end if;
  if place.merged_into is not null then
    perform desk.fail(
      'DK423', 'rule', 'This ticket was merged into another one itself.', '/id',
      jsonb_build_object('merged_into', place.merged_into));
  end if;
  if place.status = 'closed' then
    perform desk.fail(
      'DK423', 'rule', 'A closed ticket takes no messages.', '/id', jsonb_build_object('status', 'closed'));
  end if;
  for source in
    select w.id, w.position, t.status, t.merged_into, t.id as found, t.waiting_since,
           jsonb_build_object(
             'status', t.status, 'assigned_to', t.assigned_to, 'snoozed_until', t.snoozed_until,
             'keep_snoozed', t.keep_snoozed, 'first_solved_at', t.first_solved_at, 'last_solved_at', t.last_solved_at,
             'closed_at', t.closed_at, 'reopen_count', t.reopen_count) as prior
      from unnest(sources) with ordinality as w (id, position)
      left join public.tickets t on t.organization_id = organization and t.id = w.id and t.deleted_at is null
     order by w.position
  loop
    if source.found is null then
      perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/sources/' || source.position - 1);
    end if;
    if source.id = target then
      perform desk.fail('DK423', 'rule', 'A ticket is not merged into itself.', '/sources/' || source.position - 1);
    end if;
    if source.merged_into is not null then
      perform desk.fail(
        'DK423', 'rule', 'This ticket was merged already.', '/sources/' || source.position - 1,
        jsonb_build_object('merged_into', source.merged_into));
    end if;
    asked_at := least(asked_at, source.waiting_since);
    note := desk.note_on_ticket(
      organization, source.id, 'Merged into ' || desk.ticket_title(organization, target), 'merged_into', target);
    update public.ticket_messages m
       set ticket_id = target,
           merge_path = m.merge_path || source.id
     where m.organization_id = organization and m.ticket_id = source.id and m.id <> note;
    update public.tickets t
       set merged_into = target,
           status = 'closed'
     where t.organization_id = organization and t.id = source.id;
    perform desk.join_ticket(organization, source.id, target);
    perform desk.recompute_ticket(organization, source.id);
    note := desk.note_on_ticket(
      organization, target, 'Took in ' || desk.ticket_title(organization, source.id), 'merged_from', source.id);
    insert into desk.ticket_merges (organization_id, source_id, target_id, merged_by, merged_at, prior)
    select organization, source.id, target, nullif(current_setting('app.agent_id', true), '')::uuid, m.created_at,
           source.prior
      from public.ticket_messages m
     where m.organization_id = organization and m.id = note;
    update public.tickets t
       set status = desk.merged_status(t.status, source.status)
     where t.organization_id = organization and t.id = target
       and t.status <> desk.merged_status(t.status, source.status);
  end loop;
  perform desk.recompute_ticket(organization, target);
  -- Who has asked in a source still waits, though the target was solved since: nobody has answered.
  update public.tickets t
     set waiting_since = least(t.waiting_since, asked_at)
   where t.organization_id = organization and t.id = target
     and asked_at < coalesce(t.waiting_since, 'infinity')
     and not exists (
       select from public.ticket_messages m
        where m.organization_id = organization and m.ticket_id = target and m.created_at > asked_at
          and m.sender_type = 'agent' and not m.is_internal and not m.is_automatic and m.deleted_at is null
     );
end
$$;

-- Undoes a merge: what came with the ticket, and what was written to it since, goes back to it, wherever it is by now;
-- but what was split off stays there. Status and assignee are what they were, unless a customer wrote since (no automatic
-- reply).
--
-- SECURITY DEFINER, for the same reasons.
create or replace function desk.unmerge_ticket(source uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  ticket record;
  place uuid := source;
  merge record;
  has_news boolean;
begin
  -- From source to target, as a message to the ticket goes.
  loop
    select t.id, t.merged_into, t.deleted_at into ticket
      from public.tickets t
     where t.organization_id = organization and t.id = place
       for no key update;
    if not found then
      perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/id');
    end if;
    exit when ticket.merged_into is null;
    place := ticket.merged_into;
  end loop;
  if place = source then
    perform desk.fail('DK423', 'rule', 'The ticket was not merged.', '/id');
  end if;
  if ticket.deleted_at is not null then
    perform desk.fail(
      'DK423', 'rule', 'The ticket that its messages are in is deleted; restore that first.', '/id',
      jsonb_build_object('ticket_id', place));
  end if;
  update desk.ticket_merges g
     set undone_at = clock_timestamp(),
         undone_by = nullif(current_setting('app.agent_id', true), '')::uuid
   where g.organization_id = organization and g.source_id = source and g.undone_at is null
  returning g.prior, g.merged_at, g.target_id into merge;
  has_news := exists (
    select from public.ticket_messages m
     where m.organization_id = organization and m.ticket_id = place and source = any (m.merge_path)
       and m.sender_type = 'customer' and not m.is_automatic and m.created_at > merge.merged_at
       and m.deleted_at is null
  );
  update public.ticket_messages m
     set ticket_id = source,
         merge_path = nullif(m.merge_path[:array_position(m.merge_path, source) - 1], '{}')
   where m.organization_id = organization and m.ticket_id = place and source = any (m.merge_path);
  update public.tickets t
     set merged_into = null,
         assigned_to = (
           select a.id
             from public.agent_profiles a
            where a.organization_id = organization and a.deactivated_at is null
              and a.id = (merge.prior ->> 'assigned_to')::uuid
         )
   where t.organization_id = organization and t.id = source;
  update public.tickets t
     set status = case when has_news then 'open' else (merge.prior ->> 'status')::public.ticket_status end
   where t.organization_id = organization and t.id = source;
  -- Merging solved, closed and woke nothing.
  update public.tickets t
     set first_solved_at = p.first_solved_at,
         last_solved_at = p.last_solved_at,
         closed_at = case when t.status = 'closed' then p.closed_at end,
         reopen_count = p.reopen_count + case when has_news and p.status in ('solved', 'closed') then 1 else 0 end,
         snoozed_until = case when not has_news and p.snoozed_until > now() then p.snoozed_until end,
         keep_snoozed = not has_news and p.snoozed_until > now() and p.keep_snoozed
    from jsonb_to_record(merge.prior) as p (
      status text, first_solved_at timestamptz, last_solved_at timestamptz, closed_at timestamptz, reopen_count integer,
      snoozed_until timestamptz, keep_snoozed boolean)
   where t.organization_id = organization and t.id = source;
  perform desk.note_on_ticket(
    organization, source, 'Taken out of ' || desk.ticket_title(organization, place) || ' again', 'unmerged_from', place);
  perform desk.note_on_ticket(
    organization, place, 'Gave back ' || desk.ticket_title(organization, source), 'unmerged', source);
  perform desk.recompute_ticket(organization, source), desk.recompute_ticket(organization, place);
end
$$;

-- What a message says is not told where it is deleted by now, or in another ticket that is.
create or replace view desk.ticket_entry with (security_invoker = true) as
select e.seq, e.xid, e.object, e.ticket_id, e.version, e.action, e.actor, e.method, e.requested_at, e.created_at,
       case when e.object ->> 'kind' <> 'message' or exists (
         select from public.ticket_messages m
           join public.tickets t on t.organization_id = m.organization_id and t.id = m.ticket_id
          where m.id = (e.object ->> 'id')::uuid and m.deleted_at is null
            and (t.deleted_at is null or t.id = e.ticket_id)
       ) then e.changes else '{}' end as changes,
       e.cleaned, e.detail,
       case when e.changes ? 'status' and e.action <> 'created' and e.object ->> 'kind' = 'ticket' then (
         select jsonb_build_object(
                  'status', e.changes #> '{status,from}',
                  'since', b.since,
                  'seconds', greatest(0, floor(extract(epoch from e.created_at - b.since))))
           from (
             -- What was there when its history began is older than that.
             select b.seq, least(b.created_at, (b.new_values ->> 'created_at')::timestamptz) as since,
                    b.root_id, b.object_id, b.new_values, b.action
               from desk.audit_records b
           ) as b
          where b.root_id = e.ticket_id
            and b.object_id = e.ticket_id
            and b.seq < e.seq
            and (b.new_values ? 'status' or b.action in ('created', 'found'))
          order by b.seq desc
          limit 1
       ) end as ended
  from desk.audit_entry e;

create or replace function desk.ticket_at(ticket uuid, instant timestamptz) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  own constant bigint := desk.ticket_record(ticket, null, instant);
  state constant jsonb := desk.members_after(array[ticket], ticket, own);
  last_seq bigint;
  last_message uuid;
  messages integer;
  said jsonb;
begin
  if state is null then
    return null;
  end if;
  select max(l.seq), count(*) filter (where l.action <> 'deleted'),
         -- What a message said that is deleted by now is not told.
         (array_agg(l.id order by l.created_at desc, l.id desc) filter (where l.is_there))[1]
    into last_seq, messages, last_message
    from (
      select distinct on (r.object_id)
             r.seq, r.object_id as id, r.action, m.created_at,
             r.action <> 'deleted' and m.deleted_at is null and (t.deleted_at is null or t.id = ticket)
               and t.id is not null as is_there
        from desk.audit_records r
        left join public.ticket_messages m on m.id = r.object_id
        left join public.tickets t on t.organization_id = m.organization_id and t.id = m.ticket_id
       where r.root_id = ticket
         and r.object_kind = 'message'
         and r.created_at <= instant
       order by r.object_id, r.seq desc
    ) as l;
  said := desk.members_after(
    desk.audit_roots(desk.current_organization(), last_message, ticket), last_message, last_seq);
  return (
    select jsonb_build_object(
             'id', ticket, 'version', r.object_version, 'changed_at', r.created_at, 'ticket', state,
             'message_count', coalesce(messages, 0),
             'last_message',
             jsonb_build_object('id', last_message)
               || said || jsonb_build_object('body', desk.audit_value(said -> 'body')))
      from desk.audit_records r
     where r.root_id = ticket and r.object_id = ticket and r.seq = own
  );
end
$$;

-- Covers a text wherever it stands in a JSON value, in names and numbers too.
create or replace function desk.redact_json(content jsonb, secret text) returns jsonb
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  return case jsonb_typeof(content)
    when 'string' then to_jsonb(desk.redact_text(content #>> '{}', secret))
    when 'number' then
      case when strpos(content #>> '{}', secret) > 0 then to_jsonb(desk.redact_text(content #>> '{}', secret))
        else content
      end
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
