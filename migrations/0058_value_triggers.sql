-- What happens to customers whose values are written finds them by their ids alone, each by its index.
--
-- Where a table was small when its plan was made, as in a desk that is being filled, a scan of it looked cheap, and so did
-- an index that begins with the organization, for every single row: an import into a new desk took three times as long
-- until the tables were analyzed. The keys of values say that a customer is of the same organization.

create or replace function desk.field_values_changed() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
as $$
begin
  if tg_op = 'INSERT' then
    update public.customers c set version = c.version + 1
      from (select distinct n.customer_id from new_values n) as v
     where c.id = v.customer_id and c.updated_at <> now();
  elsif tg_op = 'UPDATE' then
    update public.customers c set version = c.version + 1
      from (
        select distinct n.customer_id
          from new_values n join old_values o on o.id = n.id
         where n.value is distinct from o.value
      ) as v
     where c.id = v.customer_id and c.updated_at <> now();
  else
    update public.customers c set version = c.version + 1
      from (select distinct o.customer_id from old_values o) as v
     where c.id = v.customer_id and c.updated_at <> now();
  end if;
  return null;
end
$$;

create or replace function desk.audit_field_values() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
as $$
begin
  if tg_op = 'INSERT' then
    perform desk.write_audit(c.organization_id, 'customer', c.id, c.version, null, 'changed', null, v.new_values)
       from (
         select n.customer_id, jsonb_object_agg('fields.' || n.field_id, n.value) as new_values
           from new_values n
          group by n.customer_id
       ) as v
       join public.customers c on c.id = v.customer_id;
  elsif tg_op = 'UPDATE' then
    perform desk.write_audit(c.organization_id, 'customer', c.id, c.version, null, 'changed', v.old_values, v.new_values)
       from (
         select n.customer_id,
                jsonb_object_agg('fields.' || n.field_id, o.value) as old_values,
                jsonb_object_agg('fields.' || n.field_id, n.value) as new_values
           from new_values n
           join old_values o on o.id = n.id
          where n.value is distinct from o.value
          group by n.customer_id
       ) as v
       join public.customers c on c.id = v.customer_id;
  else
    perform desk.write_audit(
              c.organization_id, 'customer', c.id, c.version, null, 'changed', v.old_values,
              (select jsonb_object_agg(k.name, null) from jsonb_object_keys(v.old_values) as k (name)))
       from (
         select o.customer_id, jsonb_object_agg('fields.' || o.field_id, o.value) as old_values
           from old_values o
          group by o.customer_id
       ) as v
       join public.customers c on c.id = v.customer_id;
  end if;
  return null;
end
$$;
