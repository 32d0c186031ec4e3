-- What macros look like in a list, and all that a rendering reads.

-- A macro in a list: a long body is cut at 4 KiB.
create view desk.macro_row with (security_invoker = true) as
select m.id, m.title,
       desk.cut(m.body, 4096) as body,
       octet_length(m.body) > 4096 as truncated,
       m.created_by, m.metadata, m.version, m.created_at, m.updated_at
  from desk.macro m;

-- A macro's body and what it is rendered over: the ticket, its customer, the caller and the organization, all of one
-- snapshot. fields are the names that the organization has fields of. Numbers come as text, since they may have more
-- digits than a double.
create function desk.macro_context(macro uuid, ticket uuid) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform desk.require('macro', macro, '/id');
  perform desk.require('ticket', ticket, '/ticket_id');
  return (
    select jsonb_build_object(
             'body', m.body,
             'ticket_version', t.version,
             'fields', coalesce((select jsonb_agg(f.field_name) from public.customer_fields f), '[]'),
             'context', jsonb_build_object(
               'ticket', jsonb_build_object(
                 'id', t.id, 'subject', t.subject, 'status', t.status, 'priority', t.priority,
                 'created_at', t.created_at, 'updated_at', t.updated_at, 'last_activity_at', t.last_activity_at),
               'customer', jsonb_build_object(
                 'id', c.id, 'name', c.name, 'email', c.email, 'created_at', c.created_at,
                 'fields', coalesce(
                   (
                     select jsonb_object_agg(
                              f.field_name,
                              case f.field_type
                                when 'number' then to_jsonb(v.value)
                                else desk.field_value(f.field_type, v.value)
                              end)
                       from public.customer_field_values v
                       join public.customer_fields f on f.organization_id = v.organization_id and f.id = v.field_id
                      where v.organization_id = c.organization_id and v.customer_id = c.id
                   ),
                   '{}')),
               'agent', jsonb_build_object('id', a.id, 'name', a.name, 'email', a.email),
               'organization', jsonb_build_object('id', o.id, 'name', o.name, 'support_email', o.support_email)))
      from public.macros m
      join public.organizations o on o.id = m.organization_id
      join public.tickets t on t.organization_id = m.organization_id and t.id = ticket
      join public.customers c on c.organization_id = t.organization_id and c.id = t.customer_id
      left join public.agent_profiles a on a.organization_id = m.organization_id and a.id = desk.current_agent()
     where m.id = macro
  );
end
$$;

revoke all on desk.macro_row from public;
grant select on desk.macro_row to authenticated;
revoke all on function desk.macro_context(uuid, uuid) from public;
grant execute on function desk.macro_context(uuid, uuid) to authenticated;
