-- What things look like on the wire: a view each, its columns the members, its rows turned to text by
-- to_jsonb(v)::text. All are security_invoker: the caller's policies hold inside them. Lists choose and order ids on
-- the tables, where the indexes are, then join the view by id.

create view desk.organization with (security_invoker = true) as
select o.id, o.clerk_id, o.name, o.support_email, o.settings, o.version, o.created_at, o.updated_at
  from public.organizations o;

create view desk.agent with (security_invoker = true) as
select a.id, a.clerk_user_id, a.name, a.email, a.role, a.status, a.settings, a.deactivated_at,
       a.version, a.created_at, a.updated_at
  from public.agent_profiles a;

create view desk.field with (security_invoker = true) as
select f.id, f.field_name, f.field_type, f.is_required, f.options, f.label, f.description, f.position,
       f.version, f.created_at, f.updated_at
  from public.customer_fields f;

create view desk.customer with (security_invoker = true) as
select c.id, c.name, c.email, c.metadata, c.version, c.created_at, c.updated_at
  from public.customers c;

create view desk.customer_detail with (security_invoker = true) as
select c.id, c.name, c.email, c.metadata,
       coalesce(
         (
           select jsonb_object_agg(f.field_name, desk.field_value(f.field_type, v.value))
             from public.customer_field_values v
             join public.customer_fields f on f.organization_id = v.organization_id and f.id = v.field_id
            where v.organization_id = c.organization_id and v.customer_id = c.id
         ),
         '{}'
       ) as fields,
       c.version, c.created_at, c.updated_at
  from public.customers c;

create view desk.ticket with (security_invoker = true) as
select t.id, t.subject, t.status, t.priority, t.customer_id, t.assigned_to,
       jsonb_build_object('id', c.id, 'name', c.name, 'email', c.email) as customer,
       case when a.id is not null then jsonb_build_object('id', a.id, 'name', a.name) end as assignee,
       t.metadata, t.last_activity_at, t.first_reply_at, t.last_reply_at, t.version, t.created_at, t.updated_at
  from public.tickets t
  join public.customers c on c.organization_id = t.organization_id and c.id = t.customer_id
  left join public.agent_profiles a on a.organization_id = t.organization_id and a.id = t.assigned_to;

create view desk.message with (security_invoker = true) as
select m.id, m.ticket_id,
       jsonb_build_object('type', m.sender_type, 'id', m.sender_id, 'name', coalesce(a.name, c.name)) as sender,
       m.body, m.is_internal, m.email_message_id, m.in_reply_to,
       m.delivery_status, m.delivery_error, m.delivery_updated_at,
       m.metadata, m.version, m.created_at, m.updated_at
  from public.ticket_messages m
  left join public.agent_profiles a on a.organization_id = m.organization_id and a.id = m.sender_agent_id
  left join public.customers c on c.organization_id = m.organization_id and c.id = m.sender_customer_id;

-- A message in a list: a long body is cut at 4 KiB.
create view desk.message_row with (security_invoker = true) as
select m.id, m.ticket_id, m.sender,
       desk.cut(m.body, 4096) as body,
       octet_length(m.body) > 4096 as truncated,
       m.is_internal, m.email_message_id, m.in_reply_to,
       m.delivery_status, m.delivery_error, m.delivery_updated_at,
       m.metadata, m.version, m.created_at, m.updated_at
  from desk.message m;

create view desk.ticket_detail with (security_invoker = true) as
select t.id, t.subject, t.status, t.priority, t.customer_id, t.assigned_to, t.customer, t.assignee,
       t.metadata, t.last_activity_at, t.first_reply_at, t.last_reply_at, t.version, t.created_at, t.updated_at,
       (select count(*) from public.ticket_messages m where m.ticket_id = t.id)::integer as message_count,
       (
         select to_jsonb(r)
           from (
             select m.id from public.ticket_messages m
              where m.ticket_id = t.id
              order by m.created_at desc, m.id desc
              limit 1
           ) as last
           join desk.message_row r on r.id = last.id
       ) as last_message
  from desk.ticket t;

create view desk.macro with (security_invoker = true) as
select m.id, m.title, m.body, m.created_by, m.metadata, m.version, m.created_at, m.updated_at
  from public.macros m;

create view desk.email_account with (security_invoker = true) as
select e.id, e.email_address, e.imap_settings, e.smtp_settings, e.has_imap_password, e.has_smtp_password,
       e.is_active, e.version, e.created_at, e.updated_at
  from public.email_accounts e;

revoke all on
  desk.organization, desk.agent, desk.field, desk.customer, desk.customer_detail, desk.ticket, desk.ticket_detail,
  desk.message, desk.message_row, desk.macro, desk.email_account
  from public;
grant select on
  desk.organization, desk.agent, desk.field, desk.customer, desk.customer_detail, desk.ticket, desk.ticket_detail,
  desk.message, desk.message_row, desk.macro, desk.email_account
  to authenticated;
