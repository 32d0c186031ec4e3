-- Customers are written out for less: what most of them say twice is made into JSON once (their address, and when they
-- were made, are those of their one identity as well), and pieces are put together by operators, which look nothing up
-- for each row.
--
-- The body is checked as it will be run, under row level security; nothing is read or changed here.
set local row_security = on;

-- Customers behind one id, up to another.
--
-- One identity, which most have, is taken from the grouped rows; several are put into their order by themselves. What
-- only few have (deleted, blocked, merged, erased) is looked at once for all of it. The order of the innermost rows
-- keeps them from being merged into the statement around, which would make their JSON where it is used, each time.
create or replace function desk.exported_customers(after uuid, upto uuid, with_deleted boolean)
  returns table (id uuid, item text)
  language sql stable parallel safe
begin atomic
  select c.id,
         '{"id":"' || c.id::text || '","name":' || to_json(c.name)::text
         || ',"email":' || coalesce(c.email_json, 'null') || ',"metadata":' || c.metadata::text
         || coalesce(',"fields":' || f.fields, ',"fields":{}') || ',"version":' || c.version::text
         || ',"created_at":' || c.created_json || ',"updated_at":'
         || case when c.updated_at = c.created_at then c.created_json else to_json(c.updated_at)::text end
         || case when c.deleted_at is null and c.deleted_by is null
           then ',"deleted_at":null,"deleted_by":null,"identities":['
           else concat(
             ',"deleted_at":', coalesce(to_json(c.deleted_at)::text, 'null'),
             ',"deleted_by":', coalesce(to_json(c.deleted_by)::text, 'null'), ',"identities":[') end
         || case
           when i.count = 1 and i.kind = 'email' and i.value = c.email
           then '{"kind": "email", "value": ' || c.email_json || ', "created_at": '
             || case when i.created_at = c.created_at then c.created_json else to_json(i.created_at)::text end
             || ', "is_primary": true}'
           when i.count = 1
           then concat(
             '{"kind": ', to_json(i.kind), ', "value": ', to_json(i.value), ', "created_at": ', to_json(i.created_at),
             ', "is_primary": false}')
           else coalesce((
             select string_agg(
                      concat(
                        '{"kind": ', to_json(o.kind), ', "value": ', to_json(o.value),
                        ', "created_at": ', to_json(o.created_at), ', "is_primary": ', o.is_primary::text, '}'),
                      ', ' order by o.is_primary desc, o.created_at, o.kind, o.value)
               from (
                 select n.kind, n.value, n.created_at,
                        n.kind = 'email' and n.value is not distinct from c.email as is_primary
                   from desk.customer_identities n
                  where i.count > 1 and n.organization_id = c.organization_id and n.customer_id = c.id
               ) as o
           ), '') end
         || case when num_nonnulls(c.blocked_at, c.blocked_by, c.block_reason, c.merged_into, c.erased_at) = 0
           then '],"blocked_at":null,"blocked_by":null,"block_reason":null,"merged_into":null,"erased_at":null}'
           else concat(
             '],"blocked_at":', coalesce(to_json(c.blocked_at)::text, 'null'),
             ',"blocked_by":', coalesce(to_json(c.blocked_by)::text, 'null'),
             ',"block_reason":', coalesce(to_json(c.block_reason)::text, 'null'),
             ',"merged_into":',
             coalesce(
               case when c.merged_into is not null
               then to_json(desk.merged_customer(c.organization_id, c.id))::text end,
               'null'),
             ',"erased_at":', coalesce(to_json(c.erased_at)::text, 'null'), '}') end
    from (
      select c.id, c.organization_id, c.name, c.email, c.metadata, c.version, c.created_at, c.updated_at, c.deleted_at,
             c.deleted_by, c.blocked_at, c.blocked_by, c.block_reason, c.merged_into, c.erased_at,
             to_json(c.created_at)::text as created_json, to_json(c.email)::text as email_json
        from public.customers c
       where c.id > after and c.id <= upto
         and (c.deleted_at is null or (select with_deleted and desk.caller_role() = 'admin'))
       order by c.id
    ) as c
    left join (
      select n.customer_id, count(*) as count, min(n.kind collate "C") as kind, min(n.value collate "C") as value,
             min(n.created_at) as created_at
        from desk.customer_identities n
       where n.customer_id > after and n.customer_id <= upto
       group by n.customer_id
    ) as i on i.customer_id = c.id
    left join (
      select v.customer_id, jsonb_object_agg(d.field_name, desk.field_value(d.field_type, v.value))::text as fields
        from public.customer_field_values v
        join public.customer_fields d on d.organization_id = v.organization_id and d.id = v.field_id
       where v.customer_id > after and v.customer_id <= upto
       group by v.customer_id
    ) as f on f.customer_id = c.id
   order by c.id;
end;
