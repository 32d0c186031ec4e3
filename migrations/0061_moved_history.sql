-- Where a message has been: it is judged by the tickets that it was in, its history is found and cleaned under all of
-- them, and a follow-up that was merged is followed.

-- Where the records of messages are of which something was taken out, by the message: its row may be gone.
create index idx_audit_records_taken on desk.audit_records (organization_id, object_id, seq) where detail is not null;

-- The objects under which the records of an object stand: the tickets that a message has been in, and anything else
-- itself.
create function desk.audit_places(organization uuid, object uuid) returns uuid[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  places constant uuid[] := array(
    select m.ticket_id from public.ticket_messages m where m.organization_id = organization and m.id = object
     union
    select a.ticket_id
      from desk.audit_records a
     where a.organization_id = organization and a.object_id = object
       and a.detail is not null and a.object_kind = 'message'
  );
begin
  return array(
    select object
     union
    select r.id
      from unnest(places) as p (id)
     cross join unnest(desk.audit_roots(organization, object, p.id)) as r (id)
  );
end
$$;

revoke all on function desk.audit_places(uuid, uuid) from public;
grant execute on function desk.audit_places(uuid, uuid) to authenticated, desk_keeper;

create or replace function desk.moved_members(kind text, id uuid, since_version integer) returns jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  roots constant uuid[] := case when kind = 'message' then desk.audit_places(organization, id) else array[id] end;
begin
  return (
    select coalesce(jsonb_agg(distinct coalesce('fields.' || f.field_name, k.name)), '[]')
      from desk.audit_records a
      cross join jsonb_object_keys(coalesce(a.old_values, '{}') || coalesce(a.new_values, '{}')) as k (name)
      left join public.customer_fields f
        on k.name like 'fields.%' and f.organization_id = organization and f.id::text = substr(k.name, 8)
     where a.organization_id = organization
       and a.root_id = any (roots)
       and a.object_kind = kind
       and a.object_id = id
       and a.object_version > since_version
       -- What was made since did not move.
       and a.action not in ('created', 'found')
       and a.old_values -> k.name is distinct from a.new_values -> k.name
  );
end
$$;

-- Takes values out of the history for good: of these members (null: all) of an object. Of each, value and salt go and
-- the digest stays; a record of that action (redacted, erased or purged) says so under each ticket that a message was in,
-- with the reason, and under the last with what those members are now where the object goes on. Answers how many
-- records were cleaned. Where a message is gone, place is the ticket that it was in last.
--
-- For definer functions of desk_keeper, who have checked that it may be done. Change the object first, then clean: the
-- record of that change holds what it was before.
drop function desk.clean_audit(uuid, text, uuid, text[], text, text, jsonb, boolean, uuid);
create function desk.clean_audit(
  organization uuid, kind text, id uuid, members text[], action text, reason text default null,
  present jsonb default null, place uuid default null
) returns integer
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  r record;
  under record;
  found_names text[];
  all_names text[];
  records_here integer;
  cleaned_records integer := 0;
  version integer := 0;
begin
  if action not in ('redacted', 'erased', 'purged') then
    raise exception 'no way to clean: %', action;
  end if;
  if kind = 'message' and place is null then
    place := (select m.ticket_id from public.ticket_messages m where m.organization_id = organization and m.id = id);
  end if;
  for under in
    select u.root, u.root = coalesce(place, id) as is_last
      from unnest(
             case when kind = 'message' then desk.audit_roots(organization, id, place) else array[id] end) as u (root)
     order by is_last, u.root
  loop
    all_names := '{}';
    records_here := 0;
    for r in
      select a.xid, a.seq, a.object_version, a.old_values, a.new_values, a.salt, a.salts, a.cleaned
        from desk.audit_records a
       where a.organization_id = organization
         and a.root_id = under.root
         and a.object_kind = kind
         and a.object_id = id
       order by a.seq
         for update
    loop
      version := greatest(version, r.object_version);
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
      records_here := records_here + 1;
      all_names := array(select distinct u.name from unnest(all_names || found_names) as u (name) order by 1);
    end loop;
    if records_here > 0 then
      perform desk.write_audit(
        organization, kind, id, version, case when kind in ('ticket', 'message') then under.root end, action,
        null, case when under.is_last then present end,
        jsonb_build_object('members', all_names, 'records', records_here, 'reason', reason));
    end if;
    cleaned_records := cleaned_records + records_here;
  end loop;
  return cleaned_records;
end
$$;

revoke all on function desk.clean_audit(uuid, text, uuid, text[], text, text, jsonb, uuid) from public;
grant execute on function desk.clean_audit(uuid, text, uuid, text[], text, text, jsonb, uuid) to desk_keeper;

create or replace function desk.verify_audit(start bigint, seals integer, known jsonb default null) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := desk.current_organization();
  last record;
  seal record;
  previous bytea;
  -- Where the records of the next seal begin, at the earliest.
  from_xid xid8;
  from_seq bigint;
  expected bigint := start;
  problems jsonb := '[]';
  found_problems jsonb;
  checked_seals integer := 0;
  checked_records integer := 0;
  cleaned integer := 0;
  cleaned_here integer;
begin
  select s.number, s.hash, s.last_xid, s.last_seq into last
    from desk.audit_seals s where s.organization_id = organization
   order by s.number desc limit 1;
  select s.hash, s.last_xid, s.last_seq + 1 into previous, from_xid, from_seq
    from desk.audit_seals s where s.organization_id = organization and s.number = start - 1;
  if known is not null and not exists (
    select from desk.audit_seals s
     where s.organization_id = organization and s.number = (known ->> 'number')::bigint
       and encode(s.hash, 'hex') = known ->> 'hash'
  ) then
    problems := problems || jsonb_build_object('kind', 'seal_missing', 'seal', (known ->> 'number')::bigint);
  end if;
  for seal in
    select s.number, s.first_xid, s.last_xid, s.last_seq, s.seqs, s.digests, s.hash
      from desk.audit_seals s
     where s.organization_id = organization and s.number >= start
     order by s.number
     limit seals
  loop
    while expected < seal.number loop
      problems := problems || jsonb_build_object('kind', 'seal_missing', 'seal', expected);
      expected := expected + 1;
      previous := null;
    end loop;
    if previous is null then
      from_xid := case when seal.number = 1 then '0' else seal.first_xid end;
      from_seq := case when seal.number = 1 then 0 else seal.seqs[1] end;
    end if;
    -- After a gap there is no hash to go on from; the gap is told already.
    if (previous is not null or seal.number = 1)
       and seal.hash <> desk.audit_seal_hash(previous, seal.number, seal.seqs, seal.digests)
    then
      problems := problems || jsonb_build_object('kind', 'seal_changed', 'seal', seal.number);
    end if;
    select coalesce(jsonb_agg(f.problem order by f.seq) filter (where f.problem is not null), '[]'),
           count(*) filter (where f.is_cleaned)
      into found_problems, cleaned_here
      from (
        select coalesce(x.seq, r.seq) as seq,
               r.cleaned is not null and x.seq is not null as is_cleaned,
               case
                 when r.seq is null then jsonb_build_object('kind', 'record_missing', 'seal', seal.number, 'seq', x.seq)
                 when x.seq is null then
                   jsonb_build_object('kind', 'record_added', 'seal', seal.number, 'seq', r.seq)
                   || jsonb_build_object('object', jsonb_build_object('kind', r.object_kind, 'id', r.object_id))
                 when x.digest <> r.digest then
                   jsonb_build_object('kind', 'record_changed', 'seal', seal.number, 'seq', r.seq)
                   || jsonb_build_object('object', jsonb_build_object('kind', r.object_kind, 'id', r.object_id))
                 when r.cleaned is not null and not exists (
                   select from desk.audit_records e
                    where e.organization_id = organization
                      and e.root_id = r.root_id
                      and e.action in ('redacted', 'erased', 'purged')
                      -- What was purged took along what belonged to it.
                      and (e.object_id = r.object_id or e.object_id = e.root_id and e.action = 'purged')
                      and e.seq > r.seq
                      and e.detail -> 'members' @> (
                        select jsonb_agg(k.name) from jsonb_object_keys(r.cleaned) as k (name))
                 ) then
                   jsonb_build_object('kind', 'not_explained', 'seal', seal.number, 'seq', r.seq)
                   || jsonb_build_object('object', jsonb_build_object('kind', r.object_kind, 'id', r.object_id))
               end as problem
          from (
            select u.seq, substr(seal.digests, 32 * (u.position::integer - 1) + 1, 32) as digest
              from unnest(seal.seqs) with ordinality as u (seq, position)
          ) as x
          full join (
            select a.seq, a.object_kind, a.object_id, a.root_id, a.cleaned, desk.audit_record_digest(a) as digest
              from desk.audit_records a
             where a.organization_id = organization
               and (a.xid, a.seq) >= (from_xid, from_seq)
               and (a.xid, a.seq) <= (seal.last_xid, seal.last_seq)
          ) as r on r.seq = x.seq
      ) as f;
    problems := problems || found_problems;
    cleaned := cleaned + cleaned_here;
    checked_seals := checked_seals + 1;
    checked_records := checked_records + cardinality(seal.seqs);
    previous := seal.hash;
    from_xid := seal.last_xid;
    from_seq := seal.last_seq + 1;
    expected := seal.number + 1;
    -- An answer has an end as well.
    exit when jsonb_array_length(problems) >= 1000;
  end loop;
  return jsonb_build_object(
    'seals', checked_seals,
    'records', checked_records,
    'cleaned', cleaned,
    'unsealed', (
      select count(*)
        from (
          select from desk.audit_records r
           where r.organization_id = organization
             and (r.xid, r.seq) > (coalesce(last.last_xid, '0'), coalesce(last.last_seq, 0))
           limit 100000
        ) as u
    ),
    'last', case when last.number is not null then
      jsonb_build_object('number', last.number, 'hash', encode(last.hash, 'hex')) end,
    'next', case when expected <= last.number then expected end,
    'problems', problems
  );
end
$$;

-- Recounts what messages do to their ticket: replies, and since when a customer waits.
--
-- Merged tickets have a conversation each until they are joined: a reply answers what was in the ticket that it was
-- written to, and solving settles what was in the ticket that was solved. A message of a merged ticket was in each of its
-- path in turn, and is in the present one since the last of those merges.
create or replace function desk.recompute_ticket(organization uuid, ticket uuid) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  asked timestamptz;
begin
  with said as materialized (
    select m.id, m.created_at, m.merge_path,
           m.sender_type = 'agent' and not m.is_internal and not m.is_automatic as is_reply,
           m.sender_type = 'customer' and not m.is_automatic as is_question
      from public.ticket_messages m
     where m.organization_id = organization and m.ticket_id = ticket and m.deleted_at is null
  ),
  stays as materialized (
    select s.id, s.created_at, s.is_reply, s.is_question, p.ticket_id, p.step,
           case when p.step = 1 then '-infinity' else coalesce(g.merged_at, '-infinity') end as since
      from said s
     cross join unnest(s.merge_path || ticket) with ordinality as p (ticket_id, step)
      left join desk.ticket_merges g
             on g.organization_id = organization and g.source_id = s.merge_path[p.step - 1] and g.undone_at is null
     where s.is_reply or s.is_question
  ),
  replies as (
    select distinct on (w.ticket_id) w.ticket_id, w.created_at, w.id
      from (
        select distinct on (s.id) s.id, s.created_at, s.ticket_id
          from stays s
         where s.is_reply and s.since <= s.created_at
         order by s.id, s.step desc
      ) as w
     order by w.ticket_id, w.created_at desc, w.id desc
  )
  select min(q.created_at) into asked
    from said q
   where q.is_question
     and not exists (
       select
         from stays s
         left join public.tickets t on t.organization_id = organization and t.id = s.ticket_id
         left join replies r on r.ticket_id = s.ticket_id
        where s.id = q.id
          and (t.last_solved_at >= greatest(q.created_at, s.since)
               or (r.created_at, r.id) > (q.created_at, q.id) and r.created_at >= s.since)
     );
  update public.tickets t
     set version = t.version + 1,
         first_reply_at = m.first_reply_at,
         last_reply_at = m.last_reply_at,
         reply_count = m.replies,
         waiting_since = case when t.status_code in ('open', 'pending') then asked end
    from (
      select count(*) as replies, min(i.created_at) as first_reply_at, max(i.created_at) as last_reply_at
        from public.ticket_messages i
       where i.organization_id = organization and i.ticket_id = ticket and i.deleted_at is null
         and i.sender_type = 'agent' and not i.is_internal and not i.is_automatic
    ) as m
   where t.organization_id = organization
     and t.id = ticket;
end
$$;

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
    select w.id, w.position, t.status, t.merged_into, t.id as found,
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
end
$$;

-- What a ticket was at an instant. A message counts where it was then, by its last record under any ticket.
create or replace function desk.ticket_at(ticket uuid, instant timestamptz) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := desk.current_organization();
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
  select max(l.seq), count(*),
         -- What a message said that is deleted by now is not told.
         (array_agg(l.id order by l.created_at desc, l.id desc) filter (where l.is_told))[1]
    into last_seq, messages, last_message
    from (
      select w.seq, w.id, m.created_at,
             m.deleted_at is null and t.id is not null and (t.deleted_at is null or t.id = ticket) as is_told
        from (
          select r.object_id as id,
                 max(r.seq) filter (where r.created_at <= instant) as seq,
                 (array_agg(r.action order by r.seq desc) filter (
                   where r.created_at <= instant and r.action not in ('redacted', 'erased', 'purged')))[1] as action,
                 bool_or(r.old_values ? 'ticket_id') as has_come
            from desk.audit_records r
           where r.root_id = ticket
             and r.object_kind = 'message'
           group by r.object_id
        ) as w
        left join public.ticket_messages m on m.id = w.id
        left join public.tickets t on t.organization_id = m.organization_id and t.id = m.ticket_id
       where w.action <> 'deleted'
         and (not w.has_come and m.ticket_id = ticket
              or ticket = (
                select r.ticket_id
                  from desk.audit_records r
                 where r.root_id = any (desk.audit_places(organization, w.id))
                   and r.object_id = w.id
                   and r.created_at <= instant
                   and r.action not in ('redacted', 'erased', 'purged')
                 order by r.seq desc
                 limit 1
              ))
    ) as l;
  said := desk.members_after(desk.audit_roots(organization, last_message, ticket), last_message, last_seq);
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
