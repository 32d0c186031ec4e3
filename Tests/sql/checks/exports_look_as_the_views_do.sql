-- What exports write of a customer or ticket is what its view says, whatever is in it, and never more than a line.
select checks.become('anna');
insert into customers (name, email, metadata)
select 'Export ' || n || E' "quoted" \\ back\tslash\u2028 \U0001F600' || chr(1) || chr(127) || E'\nline',
       nullif('export' || n || '@example.com', 'export3@example.com'),
       jsonb_build_object('n', n, 'text', E'a\n"b"\u2029', 'deep', jsonb_build_array(1.50, null, true, '{}'::jsonb))
  from generate_series(1, 8) as n;
select desk.add_identities(c.id, jsonb_build_array(
         jsonb_build_object('kind', 'chat', 'value', 'telegram:"' || c.id || '\', 'path', '/identities/0/value'),
         jsonb_build_object('kind', 'email', 'value', 'z' || c.email, 'path', '/identities/1/value'),
         jsonb_build_object('kind', 'external_id', 'value', 'crm, ' || c.id, 'path', '/identities/2/value')))
  from customers c where c.email in ('export1@example.com', 'export5@example.com');
insert into customer_fields (field_name, field_type, options)
values ('export "text"', 'text', null), ('export number', 'number', null), ('export flag', 'boolean', null),
       ('export many', 'multiselect', '["a\"b", "c"]');
insert into customer_field_values (customer_id, field_id, value)
select c.id, f.id,
       case f.field_type::text
       when 'text' then E'"x"\n\\y' when 'number' then '12.50' when 'boolean' then 'true' else '["a\"b", "c"]' end
  from customers c cross join customer_fields f
 where c.email in ('export1@example.com', 'export2@example.com') and f.field_name like 'export%';

reset role;
set local session_replication_role = replica;
update customers set blocked_at = now(), blocked_by = checks.agent('anna'), block_reason = E'he said "no"\n'
 where email = 'export4@example.com';
update customers set deleted_at = '2026-01-02 03:04:05.6+00', deleted_by = checks.agent('anna')
 where email = 'export5@example.com';
update customers c set merged_into = t.id, email = null from customers t
 where c.email = 'export6@example.com' and t.email = 'export7@example.com';
update customers c set merged_into = t.id from customers t
 where c.email = 'export7@example.com' and t.email = 'export1@example.com';
-- What the one identity says otherwise than the customer, and a change.
update desk.customer_identities i set created_at = '2026-01-02 03:04:05.6+00' from customers c
 where c.id = i.customer_id and c.email in ('export2@example.com', 'export4@example.com');
update desk.customer_identities i set value = 'former2@example.com' from customers c
 where c.id = i.customer_id and c.email = 'export2@example.com';
update customers set updated_at = '2026-03-04 05:06:07.8+00' where email = 'export7@example.com';
update customers set erased_at = now(), name = 'Erased', email = null where email = 'export8@example.com';
update tickets set tags = array['a "tag"'], follower_ids = array[checks.agent('anna')], metadata = '{"a": "\n"}'
 where id = (select id from tickets where organization_id = checks.organization('anna') order by id limit 1);
set local session_replication_role = origin;

create function pg_temp.differing(what text, deleted text) returns text language sql as $$
  select format(
    $q$select string_agg(id::text, ' ') from (select * from desk.%1$s_detail where %3$s or deleted_at is null) as v
         full join desk.exported_%1$ss('00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', %3$s) as e
         using (id)
        where row_to_json(v)::jsonb - 'item' is distinct from e.item::jsonb or e.item ~ '[\n\r]'$q$, what, null, deleted)
$$;
select checks.become('anna');
select checks.answers(pg_temp.differing('customer', 'true'), null);
select checks.answers(pg_temp.differing('ticket', 'true'), null);
select checks.answers(
  $$select count(*) from desk.exported_customers('00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', true)
     where item like '%Export%'$$, '7');
-- Behind one id, up to another.
select checks.answers(
  $$select string_agg(e.id::text, ' ' order by e.id) = string_agg(c.id::text, ' ' order by c.id)
      from (select id from customers where deleted_at is null order by id limit 3 offset 1) as c
      left join lateral desk.exported_customers(
        (select id from customers where deleted_at is null order by id limit 1),
        (select id from customers where deleted_at is null order by id limit 1 offset 3), false) as e using (id)$$, 'true');
-- An agent sees nothing of what is deleted, whatever is asked for; another organization nothing at all.
select checks.become('bob');
select checks.answers(pg_temp.differing('customer', 'false'), null);
select checks.answers(
  $$select count(*) from desk.exported_customers('00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', true)
     where item like '%export5@%'$$, '0');
select checks.become('zoe');
select checks.answers(
  $$select count(*) from desk.exported_customers('00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', true)
     where item like '%Export%'$$, '0');
