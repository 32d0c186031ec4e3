-- How many messages a ticket has is kept with it, since counting them takes the longer, the longer a conversation is. And what
-- a ticket's whole answer holds of other rows is made into text at once, without becoming jsonb on the way.

alter table public.tickets add column message_count integer not null default 0;
grant update (message_count) on public.tickets to desk_keeper;

-- For the tickets that there are: the table is written anew, a quarter of a minute for each million, where an update would take
-- four times as long and leave it twice as large.
alter table public.ticket_messages no force row level security;
alter table public.tickets no force row level security;
create function desk.count_messages(organization uuid, ticket uuid) returns integer
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
select count(*)::integer
  from public.ticket_messages m
 where m.organization_id = organization
   and m.ticket_id = ticket
   and m.deleted_at is null
$$;
alter table public.tickets alter column message_count type integer using desk.count_messages(organization_id, id);
alter table public.tickets force row level security;
alter table public.ticket_messages force row level security;
drop function desk.count_messages(uuid, uuid);

-- Functions that stay what they are otherwise. The history does not tell of the count, since it tells of the messages.
do $do$
declare
  change record;
  body text;
begin
  for change in
    select c.routine, c.occurrences, c.words, c.instead
      from (
        values
          ('desk.audit_table(regclass, text)'::regprocedure, 1, $$'version', 'updated_at')$$,
           $$'version', 'updated_at', 'message_count')$$),
          ('desk.audit_table(regclass, text)', 1, '{version,updated_at}', '{version,updated_at,message_count}'),
          ('desk.message_said()', 3, E'\n       set last_activity_at =',
           E'\n       set message_count = t.message_count + 1,\n           last_activity_at ='),
          ('desk.message_said()', 1, E'\n         set last_activity_at =',
           E'\n         set message_count = t.message_count + 1,\n             last_activity_at ='),
          ('desk.purge_customer(uuid, uuid)', 1, 'select distinct w.ticket from jsonb_each_text(written) as w (id, ticket)',
           'select distinct w.ticket from jsonb_each_text(written) as w (id, ticket) order by w.ticket'),
          ('desk.doctor()', 1, $$'merged_into', 'number',$$, $$'merged_into', 'message_count', 'number',$$)
      ) as c (routine, occurrences, words, instead)
  loop
    body := pg_get_functiondef(change.routine);
    if (length(body) - length(replace(body, change.words, ''))) / length(change.words) <> change.occurrences then
      raise exception '% does not say % times: %', change.routine, change.occurrences, change.words;
    end if;
    execute replace(body, change.words, change.instead);
  end loop;
  perform desk.audit_table('public.tickets', 'ticket');
end
$do$;

create or replace function desk.recompute_ticket(organization uuid, ticket uuid) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  asked timestamptz;
begin
  -- What is being said on it meanwhile is counted too.
  perform from public.tickets t where t.organization_id = organization and t.id = ticket for no key update;
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
         message_count = m.messages,
         waiting_since = case when t.status_code in ('open', 'pending') then asked end
    from (
      select count(*) as messages,
             count(*) filter (where i.is_reply) as replies,
             min(i.created_at) filter (where i.is_reply) as first_reply_at,
             max(i.created_at) filter (where i.is_reply) as last_reply_at
        from (
          select o.created_at, o.sender_type = 'agent' and not o.is_internal and not o.is_automatic as is_reply
            from public.ticket_messages o
           where o.organization_id = organization and o.ticket_id = ticket and o.deleted_at is null
        ) as i
    ) as m
   where t.organization_id = organization
     and t.id = ticket;
end
$$;

drop function desk.exported_tickets(uuid, uuid, boolean);
drop view desk.ticket_detail;

create view desk.ticket_detail with (security_invoker = true) as
select t.id,
       t.number,
       t.subject,
       t.status,
       t.priority,
       t.customer_id,
       t.assigned_to,
       (
         select row_to_json(n)
           from (
             select c.id, c.name, c.email from public.customers c
              where c.organization_id = t.organization_id and c.id = t.customer_id
           ) as n
       ) as customer,
       (
         select row_to_json(n)
           from (
             select a.id, a.name from public.agent_profiles a
              where a.organization_id = t.organization_id and a.id = t.assigned_to
           ) as n
       ) as assignee,
       t.tags,
       t.metadata,
       t.snoozed_until,
       t.keep_snoozed,
       t.waiting_since,
       t.last_activity_at,
       t.first_reply_at,
       t.last_reply_at,
       t.reply_count,
       t.first_solved_at,
       t.last_solved_at,
       t.closed_at,
       t.reopen_count,
       t.follow_up_of,
       t.version,
       t.created_at,
       t.updated_at,
       t.deleted_at,
       t.deleted_by,
       t.merged_into,
       t.split_from,
       t.follower_ids,
       case when t.follower_ids = '{}' then '[]'::jsonb else desk.named_agents(t.follower_ids) end as followers,
       t.message_count,
       (
         select row_to_json(last)
           from (
             select r.* from desk.message_row r
              where r.ticket_id = t.id and r.deleted_at is null
              order by r.created_at desc, r.id desc
              limit 1
           ) as last
       ) as last_message
  from public.tickets t;
grant select on desk.ticket_detail to authenticated;

-- The body of a function is rewritten under the policies when it is made, and no row is touched by that.
set local row_security = on;
create function desk.exported_tickets(after uuid, upto uuid, with_deleted boolean) returns table (id uuid, item text)
  language sql stable parallel safe
begin atomic
  select t.id, row_to_json(t)::text
    from desk.ticket_detail t
   where t.id > after and t.id <= upto
     and (t.deleted_at is null or (select with_deleted and desk.caller_role() = 'admin'))
   order by t.id;
end;
revoke execute on function desk.exported_tickets(uuid, uuid, boolean) from public;
grant execute on function desk.exported_tickets(uuid, uuid, boolean) to authenticated;
