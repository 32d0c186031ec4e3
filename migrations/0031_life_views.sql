-- What the life of a ticket looks like on the wire. A list shows what a queue is worked by; the rest is in the detail.

create or replace view desk.organization with (security_invoker = true) as
select o.id, o.clerk_id, o.name, o.support_email, o.settings, o.version, o.created_at, o.updated_at,
       o.close_after_days, o.reopen_days
  from public.organizations o;

create view desk.tag with (security_invoker = true) as
select g.id, g.name,
       (select count(*) from desk.ticket_tags k where k.tag_id = g.id and not k.is_deleted)::integer as ticket_count,
       g.version, g.created_at, g.updated_at
  from public.tags g;

drop view desk.ticket_detail;
drop view desk.ticket;
create view desk.ticket with (security_invoker = true) as
select t.id, t.number, t.subject, t.status, t.priority, t.customer_id, t.assigned_to,
       jsonb_build_object('id', c.id, 'name', c.name, 'email', c.email) as customer,
       case when a.id is not null then jsonb_build_object('id', a.id, 'name', a.name) end as assignee,
       t.tags,
       t.metadata, t.snoozed_until, t.waiting_since, t.last_activity_at, t.first_reply_at, t.last_reply_at,
       t.version, t.created_at, t.updated_at, t.deleted_at, t.deleted_by, t.merged_into, t.split_from
  from public.tickets t
  join public.customers c on c.organization_id = t.organization_id and c.id = t.customer_id
  left join public.agent_profiles a on a.organization_id = t.organization_id and a.id = t.assigned_to;

-- Agents with their names, in the order given. A function, because a subselect in a view costs every reading its
-- preparation, wanted or not.
create function desk.named_agents(ids uuid[]) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name) order by array_position(ids, a.id)), '[]')
      from public.agent_profiles a
     where a.id = any (ids)
  );
end
$$;

create view desk.ticket_detail with (security_invoker = true) as
select t.id, t.number, t.subject, t.status, t.priority, t.customer_id, t.assigned_to,
       jsonb_build_object('id', c.id, 'name', c.name, 'email', c.email) as customer,
       case when a.id is not null then jsonb_build_object('id', a.id, 'name', a.name) end as assignee,
       t.tags, t.metadata, t.snoozed_until, t.keep_snoozed, t.waiting_since,
       t.last_activity_at, t.first_reply_at, t.last_reply_at, t.reply_count,
       t.first_solved_at, t.last_solved_at, t.closed_at, t.reopen_count, t.follow_up_of,
       t.version, t.created_at, t.updated_at, t.deleted_at, t.deleted_by,
       t.merged_into, t.split_from,
       t.follower_ids,
       case when t.follower_ids = '{}' then '[]' else desk.named_agents(t.follower_ids) end as followers,
       (
         select count(*) from public.ticket_messages m where m.ticket_id = t.id and m.deleted_at is null
       )::integer as message_count,
       (
         select to_jsonb(r)
           from (
             select m.id from public.ticket_messages m
              where m.ticket_id = t.id and m.deleted_at is null
              order by m.created_at desc, m.id desc
              limit 1
           ) as last
           join desk.message_row r on r.id = last.id
       ) as last_message
  from public.tickets t
  join public.customers c on c.organization_id = t.organization_id and c.id = t.customer_id
  left join public.agent_profiles a on a.organization_id = t.organization_id and a.id = t.assigned_to;

-- Who looks at a ticket now, at most 50. Not part of the ticket: it is asked for by who looks at it themselves, again
-- and again, and would make every reading of a ticket slower.
create view desk.ticket_viewer with (security_invoker = true) as
select v.ticket_id, v.agent_id as id, a.name, v.mode, v.expires_at
  from desk.ticket_viewers v
  join public.agent_profiles a on a.organization_id = v.organization_id and a.id = v.agent_id
 where v.expires_at > now();

-- Of a deleted customer, what they said in somebody else's ticket stays, without their name.
create or replace view desk.message with (security_invoker = true) as
select m.id, m.ticket_id,
       jsonb_build_object('type', m.sender_type, 'id', m.sender_id, 'name', coalesce(a.name, c.name)) as sender,
       m.body, m.is_internal, m.email_message_id, m.in_reply_to,
       m.delivery_status, m.delivery_error, m.delivery_updated_at,
       m.metadata, m.version, m.created_at, m.updated_at, m.deleted_at, m.deleted_by,
       m.merge_path[1] as merged_from, m.is_automatic
  from public.ticket_messages m
  left join public.agent_profiles a on a.organization_id = m.organization_id and a.id = m.sender_agent_id
  left join public.customers c
         on c.organization_id = m.organization_id and c.id = m.sender_customer_id and c.deleted_at is null;

-- A message in a list: a long body is cut at 4 KiB.
create or replace view desk.message_row with (security_invoker = true) as
select m.id, m.ticket_id, m.sender,
       desk.cut(m.body, 4096) as body,
       octet_length(m.body) > 4096 as truncated,
       m.is_internal, m.email_message_id, m.in_reply_to,
       m.delivery_status, m.delivery_error, m.delivery_updated_at,
       m.metadata, m.version, m.created_at, m.updated_at, m.deleted_at, m.deleted_by, m.merged_from,
       m.is_automatic
  from desk.message m;

revoke all on desk.tag, desk.ticket, desk.ticket_detail, desk.ticket_viewer from public;
grant select on desk.tag, desk.ticket, desk.ticket_detail, desk.ticket_viewer to authenticated;
revoke all on function desk.named_agents(uuid[]) from public;
grant execute on function desk.named_agents(uuid[]) to authenticated;
