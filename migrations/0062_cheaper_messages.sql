-- What a message costs the server, less of it: conditions and functions that are looked at for each one.

-- By columns: nothing of it is looked at for a note. What else changes does so together with one of them.
drop trigger d_spells_update on public.tickets;
create trigger d_spells_update
  after update of
    status, first_reply_at, last_solved_at, reopen_count, assigned_to, priority, tags, merged_into, deleted_at
  on public.tickets
  for each row execute function desk.keep_spells();

create or replace function desk.keep_spells() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  latest integer;
  seconds integer[];
  is_response boolean;
  is_solved boolean;
begin
  if tg_op = 'DELETE' then
    -- What was solved and closed goes on counting; what was deleted never did.
    delete from desk.ticket_spells s
     where s.organization_id = old.organization_id and s.ticket_id = old.id and not s.is_counted;
    return null;
  elsif tg_op = 'INSERT' then
    seconds := desk.both_seconds(new.organization_id, new.created_at, new.last_solved_at);
    insert into desk.ticket_spells (
      organization_id, ticket_id, ordinal, opened_at, solved_at, resolution_seconds, resolution_business_seconds,
      assigned_to, priority_rank, tags, is_counted)
    values (
      new.organization_id, new.id, 0, new.created_at, new.last_solved_at, seconds[1], seconds[2],
      new.assigned_to, new.priority_rank, new.tags, new.deleted_at is null and new.merged_into is null);
    return null;
  end if;
  -- Of a trigger's own condition the server parses the text again for each statement; this is parsed once.
  if new.status = old.status and new.first_reply_at is not distinct from old.first_reply_at
     and new.last_solved_at is not distinct from old.last_solved_at
     and new.reopen_count = old.reopen_count and new.assigned_to is not distinct from old.assigned_to
     and new.priority = old.priority and new.tags = old.tags and new.merged_into is not distinct from old.merged_into
     and (new.deleted_at is null) = (old.deleted_at is null)
  then
    return null;
  end if;
  if new.first_reply_at is distinct from old.first_reply_at then
    is_response := desk.was_asked(new.organization_id, new.id, new.first_reply_at);
    seconds := desk.both_seconds(
      new.organization_id, new.created_at, case when is_response then new.first_reply_at end);
    update desk.ticket_spells s
       set responded_at = case when is_response then new.first_reply_at end,
           response_seconds = seconds[1],
           response_business_seconds = seconds[2]
     where s.organization_id = new.organization_id and s.ticket_id = new.id and s.ordinal = 0;
  end if;
  -- In one transaction a ticket may be solved twice, at the same time.
  is_solved := old.status in ('open', 'pending') and new.status in ('solved', 'closed') and new.merged_into is null;
  if is_solved or new.last_solved_at is distinct from old.last_solved_at or new.reopen_count > old.reopen_count then
    latest := (
      select max(s.ordinal) from desk.ticket_spells s
       where s.organization_id = new.organization_id and s.ticket_id = new.id
    );
    if new.reopen_count > old.reopen_count then
      update desk.ticket_spells s
         set reopened_at = now()
       where s.organization_id = new.organization_id and s.ticket_id = new.id and s.ordinal = latest;
      insert into desk.ticket_spells (
        organization_id, ticket_id, ordinal, opened_at, assigned_to, priority_rank, tags, is_counted)
      values (
        new.organization_id, new.id, latest + 1, now(), new.assigned_to, new.priority_rank, new.tags,
        new.deleted_at is null and new.merged_into is null);
    else
      seconds := desk.both_seconds(new.organization_id, new.created_at, new.last_solved_at);
      update desk.ticket_spells s
         set solved_at = new.last_solved_at,
             resolution_seconds = seconds[1],
             resolution_business_seconds = seconds[2]
       where s.organization_id = new.organization_id and s.ticket_id = new.id and s.ordinal = latest;
    end if;
  end if;
  update desk.ticket_spells s
     set assigned_to = new.assigned_to,
         priority_rank = new.priority_rank,
         tags = new.tags,
         is_counted = new.deleted_at is null and new.merged_into is null
   where s.organization_id = new.organization_id and s.ticket_id = new.id
     and (s.assigned_to, s.priority_rank, s.tags, s.is_counted)
         is distinct from
         (new.assigned_to, new.priority_rank, new.tags, new.deleted_at is null and new.merged_into is null);
  return null;
end
$$;

-- Short bodies, which nearly all are, are not handed to a function.
create or replace view desk.message_row with (security_invoker = true) as
select m.id, m.ticket_id, m.sender,
       case when octet_length(m.body) > 4096 then desk.cut(m.body, 4096) else m.body end as body,
       octet_length(m.body) > 4096 as truncated, m.is_internal, m.email_message_id, m.in_reply_to, m.delivery_status,
       m.delivery_error, m.delivery_updated_at, m.metadata, m.version, m.created_at, m.updated_at, m.deleted_at,
       m.deleted_by, m.merged_from, m.is_automatic
  from desk.message m;

create or replace view desk.macro_row with (security_invoker = true) as
select m.id, m.title, case when octet_length(m.body) > 4096 then desk.cut(m.body, 4096) else m.body end as body,
       coalesce(octet_length(m.body) > 4096, false) as truncated, m.actions, m.visibility, m.created_by, m.metadata,
       m.usage_count, m.last_used_at, m.version, m.created_at, m.updated_at, m.deleted_at, m.deleted_by
  from desk.macro m;
