-- How many were created, updated, unchanged, skipped, failed; then the errors: row, kind, path.
reset role;
create function checks.imports(rows json, on_conflict text) returns text language sql as $$
  select concat_ws(' ', a ->> 'created', a ->> 'updated', a ->> 'unchanged', a ->> 'skipped', a ->> 'failed',
                   (select string_agg(concat_ws(':', e ->> 'row', e ->> 'kind', e ->> 'path'), ' ' order by (e ->> 'row')::integer)
                      from jsonb_array_elements(a -> 'errors') as e))
    from desk.import_customers(rows, on_conflict, true) as a
$$;
-- What a customer is found by; the primary address with a mark.
create function checks.identities(email text) returns text language sql as $$
  select string_agg(i ->> 'kind' || '=' || (i ->> 'value') || case when (i ->> 'is_primary')::boolean then '!' else '' end, ' '
           order by i ->> 'kind', i ->> 'value')
    from desk.customer_detail c, jsonb_array_elements(c.identities) as i where c.email = identities.email
$$;
grant execute on function checks.identities(text) to authenticated;
grant execute on function checks.imports(json, text) to authenticated;
select checks.become('bob');

-- What is wrong with a row is told, and keeps no other out.
select checks.answers($$select checks.imports('[]', 'update')$$, '0 0 0 0 0');
select checks.answers($$select checks.imports('[1, null, {}, {"name":" "}, {"name":5}, {"email":"a b@c.d"}, {"email":"x"},
  {"name":"N","x/y":1}, {"name":"N\u0000"}, {"name":"N","metadata":[]}, {"name":"N","fields":5},
  {"name":"Good","email":null,"fields":{"plan":"pro"},"id":"whatever"}]', 'update')$$,
  '1 0 0 0 11 0:invalid_params:/rows/0 1:invalid_params:/rows/1'
  ' 2:invalid_params:/rows/2 3:invalid_params:/rows/3/name 4:invalid_params:/rows/4/name'
  ' 5:invalid_params:/rows/5/email 6:invalid_params:/rows/6/email 7:invalid_params:/rows/7/x~1y'
  ' 8:invalid_params:/rows/8 9:invalid_params:/rows/9/metadata'
  ' 10:invalid_params:/rows/10/fields');
select checks.answers($$select checks.imports('[{"name":"\\u0000 is a text","fields":{"plan":"pro"}}]', 'update')$$, '1 0 0 0 0');
select checks.answers($$select checks.imports('[{"name":"N","metadata":{"a":[1e400]}}]', 'update')$$,
  '0 0 0 0 1 0:invalid_params:/rows/0');
select checks.fails(
  $$select checks.imports((select json_agg('{}'::json) from generate_series(1, 5001)), 'update')$$, 'DK422', 'invalid', '/rows');

-- Values are checked as everywhere, and required ones asked for.
select checks.answers($$select checks.imports('[{"name":"N"}, {"name":"N","fields":{"plan":null}}, {"name":"N","fields":{"plan":"gold"}},
  {"name":"N","fields":{"plan":"pro","nope":1}}, {"name":"N","fields":{"plan":"pro","age":"old","vip":1}},
  {"name":"N","fields":{"plan":"pro","tags":["c","a"],"age":1.50,"vip":true,"born":"2024-02-29","no/te~":"x"}}]', 'update')$$,
  '1 0 0 0 5 0:invalid:/rows/0/fields/plan 1:invalid:/rows/1/fields/plan 2:invalid:/rows/2/fields/plan'
  ' 3:invalid:/rows/3/fields/nope 4:invalid:/rows/4/fields/age');
select checks.answers($$select fields::text from desk.customer_detail where fields ? 'born' and email is null$$,
  '{"age": 1.50, "vip": true, "born": "2024-02-29", "plan": "pro", "tags": ["a", "c"], "no/te~": "x"}');

-- Who is there is changed, left alone or refused; nothing that is not given changes.
select checks.answers($$select checks.imports('[{"email":"CARL+desk@example.com","name":"Carl"}]', 'skip')$$, '0 0 0 1 0');
select checks.answers($$select checks.imports('[{"email":"CARL+desk@example.com","name":"Carl"}]', 'error')$$,
  '0 0 0 0 1 0:already_exists:/rows/0/email');
select checks.answers($$select checks.imports('[{"email":"carl+desk@example.com","fields":{"age":1.50}}]', 'update')$$, '0 0 1 0 0');
select checks.answers($$select checks.imports('[{"email":"CARL+desk@example.com","name":"Carl","fields":{"age":2,"vip":null}}]', 'update')$$, '0 1 0 0 0');
select checks.answers(
  $$select concat_ws(' ', name, fields ->> 'age', fields ? 'vip', fields ->> 'plan') from desk.customer_detail where email = 'carl+desk@example.com'$$,
  'Carl 2 f pro');
select checks.answers($$select checks.imports('[{"email":"carl+desk@example.com","fields":{"plan":null}}]', 'update')$$,
  '0 0 0 0 1 0:invalid:/rows/0/fields/plan');

-- Rows of one address take effect in their order; one that is refused leaves its turn to the next.
select checks.answers($$select checks.imports('[{"email":"Eve@x.org"}, {"email":"eve@x.org","name":"Eve","fields":{"plan":"free"}},
  {"email":"EVE@x.org","metadata":{"a":1}}, {"email":"eve@x.org","name":"Eva","fields":{"plan":"pro"}}]', 'update')$$,
  '1 2 0 0 1 0:invalid:/rows/0/fields/plan');
select checks.answers($$select concat_ws(' ', name, metadata, fields) from desk.customer_detail where email = 'eve@x.org'$$,
  'Eva {"a": 1} {"plan": "pro"}');
select checks.answers($$select checks.imports('[{"email":"fay@x.org","fields":{"plan":"free"}}, {"email":"fay@x.org","fields":{"plan":"free"}}]', 'error')$$,
  '1 0 0 0 1 1:already_exists:/rows/1/email');
-- How many there may be has an end.
select checks.answers($$select checks.imports((
  select json_agg(json_build_object('email', 'gus@x.org', 'name', 'Gus ' || i, 'fields', '{"plan":"free"}'::json) order by i)
    from generate_series(1, 101) as i), 'update')$$, '1 99 0 0 1 100:invalid_params:/rows/100/email');
select checks.answers($$select name from customers where email = 'gus@x.org'$$, 'Gus 100');

-- A deleted customer keeps their address, whatever becomes of others.
select checks.become('anna');
update customers set deleted_at = now() where email = 'fay@x.org';
select checks.become('bob');
select checks.answers($$select checks.imports('[{"email":"fay@x.org","fields":{"plan":"free"}}]', 'skip')$$,
  '0 0 0 0 1 0:deleted:/rows/0/email');

-- The address of another organization's customer is nobody's here.
select checks.become('zoe');
select checks.answers($$select checks.imports('[{"email":"eve@x.org"}, {"email":"carl+desk@example.com"}]', 'update')$$, '1 0 1 0 0');
select checks.become('bob');
select checks.answers($$select name from customers where email = 'eve@x.org'$$, 'Eva');
-- It is in the history, with who did it.
select checks.answers(
  $$select count(*) from desk.audit_records r join customers c on c.id = r.object_id
     where c.email = 'eve@x.org' and r.actor_id = checks.agent('bob') and r.action = 'created'$$, '1');

-- A row finds its customer by any of their addresses, not by the primary one alone.
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
update public.customer_fields set options = options || '["pro"]', retired_options = null where field_name = 'plan';

-- A row finds its customer by any of its identities, and gives them those that they lack; the address of who has none
-- becomes the primary one.
select checks.become('bob');
select checks.answers($$select checks.imports('[{"email":"ida@x.org","identities":[
    {"kind":"email","value":"IDA@x.org","is_primary":true,"created_at":"2026-01-01T00:00:00Z"},
    {"kind":"external_id","value":"crm-7"}, {"kind":"chat","value":"telegram:@ida"}, {"kind":"email","value":"ida@home.example"}]},
  {"name":"Joe","identities":[{"kind":"external_id","value":"crm-8"}]},
  {"identities":[{"kind":"chat","value":"telegram:@kim"}]},
  {"identities":[{"kind":"email","value":"Lou@x.org"}],"name":"Lou"}]', 'update')$$, '4 0 0 0 0');
select checks.answers($$select checks.identities('ida@x.org')$$,
  'chat=telegram:@ida email=ida@home.example email=ida@x.org! external_id=crm-7');
select checks.answers($$select checks.identities('lou@x.org')$$, 'email=lou@x.org!');
select checks.answers($$select string_agg(name, ' ' order by name) from public.customers where name in ('Joe', 'telegram:@kim')$$,
  'Joe telegram:@kim');
-- What was exported is unchanged when it is imported again.
select checks.answers($$select checks.imports(
    (select json_agg(c) from desk.customer_detail c where c.deleted_at is null and c.identities <> '[]'), 'update')
  = format('0 0 %s 0 0', (
    select count(*) from desk.customer_detail c where c.deleted_at is null and c.identities <> '[]'))$$, 'true');
select checks.answers($$select checks.imports('[{"identities":[{"kind":"external_id","value":"crm-8"}],"email":"joe@x.org"},
  {"identities":[{"kind":"external_id","value":"crm-7"},{"kind":"chat","value":"irc:ida"}]},
  {"identities":[{"kind":"external_id","value":"crm-7"}],"name":"Ida"}]', 'update')$$, '0 3 0 0 0');
select checks.answers($$select checks.identities('joe@x.org')$$, 'email=joe@x.org! external_id=crm-8');
select checks.answers($$select name from public.customers where email = 'ida@x.org'$$, 'Ida');
select checks.answers($$select checks.imports('[{"identities":[{"kind":"external_id","value":"crm-7"}]}]', 'skip')$$, '0 0 0 1 0');
select checks.answers($$select checks.imports('[{"identities":[{"kind":"external_id","value":"crm-7"}]}]', 'error')$$,
  '0 0 0 0 1 0:already_exists:/rows/0/identities/0/value');
-- New ones who have something in common are one.
select checks.answers($$select checks.imports('[{"email":"m1@x.org","identities":[{"kind":"external_id","value":"m"}]},
  {"email":"m2@x.org","identities":[{"kind":"external_id","value":"m"}]},
  {"email":"m3@x.org","identities":[{"kind":"email","value":"m2@x.org"}]}]', 'update')$$, '1 2 0 0 0');
select checks.answers($$select checks.identities('m1@x.org')$$, 'email=m1@x.org! email=m2@x.org email=m3@x.org external_id=m');
-- What is wrong with them costs their row alone.
select checks.answers($$select checks.imports('[{"name":"N","identities":5}, {"name":"N","identities":[5]},
  {"name":"N","identities":[{"kind":"fax","value":"1"}]}, {"name":"N","identities":[{"kind":"chat","value":"ida"}]},
  {"name":"N","identities":[{"kind":"external_id"}]}, {"name":"N","identities":[{"kind":"external_id","value":"1","x":1}]},
  {"identities":[]}, {"email":"ida@x.org","identities":[{"kind":"external_id","value":"crm-8"}]}, {"name":"Fine","identities":null}]',
  'update')$$,
  '1 0 0 0 8 0:invalid_params:/rows/0/identities 1:invalid_params:/rows/1/identities/0'
  ' 2:invalid_params:/rows/2/identities/0 3:invalid_params:/rows/3/identities/0/value'
  ' 4:invalid_params:/rows/4/identities/0 5:invalid_params:/rows/5/identities/0 6:invalid_params:/rows/6'
  ' 7:already_exists:/rows/7/identities/0/value');
-- So does having more than a customer may have.
select checks.answers($$select checks.imports((
  select json_agg(json_build_object('email', 'many@x.org', 'identities', (
           select json_agg(json_build_object('kind', 'external_id', 'value', 'many-' || i * 25 + j)) from generate_series(1, 25) as j))
           order by i)
    from generate_series(0, 2) as i), 'update')$$, '1 1 0 0 1 2:invalid:/rows/2/identities');
select checks.answers($$select count(*) from desk.customer_identities where value like 'many-%'$$, '50');
-- New ones, too: the primary address and 50 others, whatever the address comes as.
reset role;
create function checks.crowd(who text, email text, count integer) returns json language sql as $$
  select json_build_object('name', who, 'email', email, 'identities', (
           select json_agg(json_build_object('kind', 'external_id', 'value', who || '-' || i)) from generate_series(1, count) as i))
$$;
grant execute on function checks.crowd(text, text, integer) to authenticated;
select checks.become('bob');
select checks.answers($$select checks.imports(json_build_array(
    checks.crowd('c0', null, 51), checks.crowd('c1', null, 50), checks.crowd('c2', 'c2@x.org', 51), checks.crowd('c3', 'c3@x.org', 50),
    json_build_object('name', 'c4', 'identities', (
      (checks.crowd('c4', null, 50) -> 'identities')::jsonb || '[{"kind":"email","value":"c4@x.org"}]')),
    json_build_object('name', 'c5', 'email', 'c5@x.org', 'identities', (
      (checks.crowd('c5', null, 50) -> 'identities')::jsonb || '[{"kind":"email","value":"C5@x.org"}]')),
    '{"name":"c6","email":"c6@x.org"}'::json), 'update')$$,
  '5 0 0 0 2 0:invalid:/rows/0/identities 2:invalid:/rows/2/identities');
select checks.answers($$select string_agg(name, ' ' order by name) from public.customers where name ~ '^c\d$'$$, 'c1 c3 c4 c5 c6');

-- Rows of one customer take effect in their order, by whatever they are found: what a row brings,
select checks.answers($$select checks.imports('[{"email":"o1@x.org","name":"O0"}, {"email":"o1@x.org","name":"O1"},
  {"email":"o2@x.org","identities":[{"kind":"email","value":"o1@x.org"}],"name":"O2"}]', 'update')$$, '1 2 0 0 0');
select checks.answers($$select name from public.customers where email = 'o1@x.org'$$, 'O2');
-- what is there,
select checks.answers($$select checks.imports('[{"email":"o1@x.org","name":"O3"}, {"email":"o1@x.org","name":"O4"},
  {"email":"o2@x.org","name":"O5"}]', 'update')$$, '0 3 0 0 0');
select checks.answers($$select name from public.customers where email = 'o1@x.org'$$, 'O5');
-- and chains of both.
select checks.answers($$select checks.imports('[{"identities":[{"kind":"chat","value":"p:1"},{"kind":"chat","value":"p:2"}],"name":"P0"},
  {"identities":[{"kind":"chat","value":"p:2"},{"kind":"chat","value":"p:3"}],"name":"P1"},
  {"identities":[{"kind":"chat","value":"p:3"}],"name":"P2"}, {"identities":[{"kind":"chat","value":"p:1"}],"name":"P3"}]', 'update')$$,
  '1 3 0 0 0');
select checks.answers($$select count(*) from public.customers where name = 'P3'$$, '1');
select checks.answers($$select checks.imports('[{"email":"o2@x.org","identities":[{"kind":"chat","value":"o:1"}],"name":"O6"},
  {"identities":[{"kind":"chat","value":"o:1"},{"kind":"chat","value":"o:2"}],"name":"O7"},
  {"identities":[{"kind":"chat","value":"o:2"}],"name":"O8"}, {"email":"o1@x.org","name":"O9"}]', 'update')$$, '0 4 0 0 0');
select checks.answers($$select name from public.customers where email = 'o1@x.org'$$, 'O9');
select checks.answers($$select checks.imports((
  select json_agg(json_build_object('name', 'Q' || i, 'identities', json_build_array(
           json_build_object('kind', 'chat', 'value', 'q:' || i), json_build_object('kind', 'chat', 'value', 'q:' || i + 1))) order by i)
    from generate_series(1, 49) as i), 'update')$$, '1 48 0 0 0');
select checks.answers($$select string_agg(name, ' ') from public.customers where name like 'Q%'$$, 'Q49');
-- A row that would tie two customers together is refused, and the others are theirs.
select checks.answers($$select checks.imports('[{"email":"r1@x.org","name":"R1"}, {"email":"r2@x.org","name":"R2"},
  {"email":"r1@x.org","identities":[{"kind":"email","value":"r2@x.org"}]}, {"email":"r1@x.org","name":"R3"},
  {"email":"r2@x.org","name":"R4"}]', 'update')$$, '2 2 0 0 1 2:already_exists:/rows/2/identities/0/value');
select checks.answers($$select string_agg(name, ' ' order by name) from public.customers where email in ('r1@x.org', 'r2@x.org')$$, 'R3 R4');

-- No row is judged before those of its customer that stand ahead of it have taken effect.
select checks.become('anna');
update public.customer_fields set default_value = null where field_name = 'plan';
select checks.become('bob');
select checks.answers($$select checks.imports('[
  {"email":"s1@x.org","identities":[{"kind":"external_id","value":"s"}],"fields":{"plan":"free"}},
  {"email":"s2@x.org","identities":[{"kind":"external_id","value":"s"}],"name":"S"}]', 'update')$$, '1 1 0 0 0');
select checks.answers($$select checks.identities('s1@x.org')$$, 'email=s1@x.org! email=s2@x.org external_id=s');
select checks.answers($$select checks.imports('[{"email":"t1@x.org","identities":[{"kind":"external_id","value":"t"}]},
  {"email":"t2@x.org","identities":[{"kind":"external_id","value":"t"}],"fields":{"plan":"free"}},
  {"email":"t2@x.org","name":"T"}]', 'update')$$, '1 1 0 0 1 0:invalid:/rows/0/fields/plan');
select checks.answers($$select checks.identities('t2@x.org')$$, 'email=t2@x.org! external_id=t');

-- As many rows of one customer as there may be, by whatever they are found. A word that stands in for an identity in a whole
-- part costs its own rows alone, each of them told of, and not the time of all.
select checks.become('anna');
update public.customer_fields set default_value = '"free"' where field_name = 'plan';
select checks.become('bob');
set local statement_timeout = '10s';
select checks.answers($$select left(a, 14) || (
    select concat_ws(' ', count(*), count(*) filter (where e like '%:invalid_params:/rows/%/identities/0/value'),
             count(*) filter (where e like '%:invalid:/rows/%/identities'))
      from unnest((string_to_array(a, ' '))[6:]) as e)
  from (
    select checks.imports((
      select json_agg(
               case i when 4000 then '{"email":"n@x.org"}' else json_build_object('email', 'n' || i || '@x.org', 'identities',
                 json_build_array(json_build_object('kind', 'external_id', 'value', 'N/A'))) end order by i)
        from generate_series(1, 5000) as i), 'update') as a) as a$$, '2 49 0 0 4949 4949 4899 50');
set local statement_timeout = 0;
select checks.answers($$select checks.imports((
  select json_agg(json_build_object('name', 'U' || i, 'identities', case when i = 1
           then '[{"kind":"chat","value":"u:0"},{"kind":"chat","value":"u:1"}]'::jsonb
           else jsonb_build_array(jsonb_build_object('kind', 'chat', 'value', 'u:' || i % 2)) end) order by i)
    from generate_series(1, 102) as i), 'update')$$,
  '1 99 0 0 2 100:invalid_params:/rows/100/identities/0/value 101:invalid_params:/rows/101/identities/0/value');
