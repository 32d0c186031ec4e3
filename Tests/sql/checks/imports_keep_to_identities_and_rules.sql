-- A row finds its customer by any of their addresses, not by the primary one alone.
reset role;
create function checks.imports(rows json, on_conflict text) returns text language sql as $$
  select concat_ws(' ', a ->> 'created', a ->> 'updated', a ->> 'unchanged', a ->> 'skipped', a ->> 'failed',
                   (select string_agg(concat_ws(':', e ->> 'row', e ->> 'kind', e ->> 'path'), ' ' order by (e ->> 'row')::integer)
                      from jsonb_array_elements(a -> 'errors') as e))
    from desk.import_customers(rows, on_conflict, true) as a
$$;
grant execute on function checks.imports(json, text) to authenticated;
select checks.become('bob');

select desk.add_identities(
  (select id from public.customers where email = 'carl+desk@example.com'),
  '[{"kind":"email","value":"carl@home.example"}]');
select checks.answers($$select checks.imports('[{"email":"CARL@home.example","name":"Carl"}]', 'error')$$,
  '0 0 0 0 1 0:already_exists:/rows/0/email');
select checks.answers($$select checks.imports('[{"email":"CARL@home.example","name":"Carl"}]', 'skip')$$, '0 0 0 1 0');
-- Both rows are his, one after the other; and what only an export writes is passed over.
select checks.answers($$select checks.imports('[{"email":"carl@home.example","name":"Carl One","fields":{"age":41}},
  {"email":"carl+desk@example.com","name":"Carl Two","fields":{"age":42},"identities":[],"merged_into":null,"blocked_at":null,
   "blocked_by":null,"block_reason":null,"erased_at":null}]', 'update')$$, '0 2 0 0 0');
select checks.answers($$select name || ' ' || (fields ->> 'age') from desk.customer_detail where email = 'carl+desk@example.com'$$,
  'Carl Two 42');
select checks.answers($$select count(*) from public.customers where email = 'carl@home.example'$$, '0');

-- New customers get the defaults of what is not named; required ones with a default need no value.
select checks.become('anna');
update public.customer_fields set default_value = '"free"' where field_name = 'plan';
update public.customer_fields set minimum = '18', maximum = '99' where field_name = 'age';
select checks.answers($$select checks.imports('[{"email":"new@x.org"}, {"email":"newer@x.org","fields":{"plan":"pro"}},
  {"email":"none@x.org","fields":{"plan":null}}]', 'update')$$, '2 0 0 0 1 2:invalid:/rows/2/fields/plan');
select checks.answers($$select string_agg(fields ->> 'plan', ' ' order by email) from desk.customer_detail where email like 'new%@x.org'$$,
  'free pro');
select checks.answers($$select checks.imports('[{"email":"new@x.org","name":"New"}]', 'update')$$, '0 1 0 0 0');

-- Rules are held against what is new, not against what is there already; and cost one row.
select checks.answers($$select checks.imports('[{"email":"new@x.org","fields":{"age":17}}, {"email":"newer@x.org","fields":{"age":18}}]', 'update')$$,
  '0 1 0 0 1 0:invalid:/rows/0/fields/age');
update public.customer_fields set minimum = '50' where field_name = 'age';
select checks.answers($$select checks.imports('[{"email":"carl@home.example","fields":{"age":42}}, {"email":"newer@x.org","fields":{"age":19}}]', 'update')$$,
  '0 0 1 0 1 1:invalid:/rows/1/fields/age');
update public.customer_fields set options = options - 'pro', retired_options = '["pro"]' where field_name = 'plan';
select checks.answers($$select checks.imports('[{"email":"newer@x.org","fields":{"plan":"pro"}}, {"email":"new@x.org","fields":{"plan":"pro"}}]', 'update')$$,
  '0 0 1 0 1 1:invalid:/rows/1/fields/plan');
