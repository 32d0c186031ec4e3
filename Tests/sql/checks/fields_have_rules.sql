-- Defaults, patterns, ranges and retired options: for what is set from then on; what is there stays.
select checks.become('anna');
-- The rules themselves have to fit their field.
select checks.fails(
         format('insert into customer_fields (field_name, field_type, options, %I) values (''f'', %L, %s, %L)', name, type, options, value),
         'DK422', 'invalid', '/' || name)
  from (values
    ('text', 'null', 'pattern', '('), ('text', 'null', 'pattern', 'a{3,2}'), ('number', 'null', 'pattern', 'x'),
    ('text', 'null', 'minimum', '1'), ('boolean', 'null', 'maximum', '1'), ('number', 'null', 'minimum', '"1"'),
    ('date', 'null', 'maximum', '"2024-02-30"'), ('text', 'null', 'default_value', '1'),
    ('select', '''["a"]''', 'default_value', '"b"'), ('select', '''["a"]''', 'retired_options', '["a"]'),
    ('select', '''["a"]''', 'retired_options', '[1]'), ('text', 'null', 'retired_options', '["a"]'),
    ('multiselect', '''["a"]''', 'default_value', '["a","a"]')
  ) as v (type, options, name, value);
select checks.fails($$insert into customer_fields (field_name, field_type, minimum, maximum) values ('f', 'number', '2', '1')$$, 'DK422', 'invalid', '/minimum');
select checks.fails($$insert into customer_fields (field_name, field_type, minimum, default_value) values ('f', 'number', '2', '1.5')$$, 'DK422', 'invalid', '/default_value');
select checks.fails($$insert into customer_fields (field_name, field_type, pattern, default_value) values ('f', 'text', 'a+', '"ab"')$$, 'DK422', 'invalid', '/default_value');
select checks.fails(format($$insert into customer_fields (field_name, field_type, pattern) values ('f', 'text', %L)$$, repeat('a', 501)), '23514', 'customer_fields_pattern_length');

-- A new customer gets the defaults where nothing is given, not where null is; an old one does not.
update customer_fields set default_value = '"free"' where field_name = 'plan';
update customer_fields set default_value = '["c", "a"]' where field_name = 'tags';
update customer_fields set default_value = '1.50' where field_name = 'age';
select checks.answers($$select default_value from desk.field where field_name = 'tags'$$, '["a", "c"]');
insert into customers (id, name) values ('c1000000-0000-7000-8000-000000000002', 'Dora');
select desk.set_customer_fields('c1000000-0000-7000-8000-000000000002', '{"age":null,"vip":true}', true);
select checks.answers($$select fields from desk.customer_detail where name = 'Dora'$$, '{"vip": true, "plan": "free", "tags": ["a", "c"]}');
select desk.set_customer_fields('c1000000-0000-7000-8000-000000000002', '{"tags":null}');
select checks.answers($$select fields from desk.customer_detail where name = 'Dora'$$, '{"vip": true, "plan": "free"}');
select desk.upsert_customer('c1000000-0000-7000-8000-000000000003', 'e@x.test', null, null, '{"plan":"pro"}');
select checks.answers($$select fields from desk.customer_detail where name = 'e@x.test'$$,
  '{"age": 1.50, "plan": "pro", "tags": ["a", "c"]}');
select desk.ticket_customer('c1000000-0000-7000-8000-000000000004', 'f@x.test', null, '{}');
select checks.answers($$select fields from desk.customer_detail where name = 'f@x.test'$$,
  '{"age": 1.50, "plan": "free", "tags": ["a", "c"]}');

-- Patterns are for the whole value; ranges include their ends.
update customer_fields set pattern = '[A-Z]{2}|[0-9]{3}' where field_name = 'no/te~';
update customer_fields set minimum = '0', maximum = '1e2' where field_name = 'age';
update customer_fields set minimum = '"2000-01-01"', maximum = '"2025-12-31"' where field_name = 'born';
select checks.answers($$select fields ->> 'no/te~' from desk.customer_detail where id = 'c1000000-0000-7000-8000-000000000001'$$, 'x');
select checks.fails(
         format($$select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{%s}')$$, said), 'DK422', 'invalid', path)
  from (values
    ('"no/te~":"ABC"', '/fields/no~1te~0'), ('"no/te~":"AB\n"', '/fields/no~1te~0'), ('"age":-0.1', '/fields/age'),
    ('"age":100.01', '/fields/age'), ('"born":"1999-12-31"', '/fields/born'), ('"born":"2026-01-01"', '/fields/born')
  ) as v (said, path);
-- The same again is no change; another value has to fit.
select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{"no/te~":"x"}');
select checks.fails($$select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{"no/te~":"y"}')$$, 'DK422', 'invalid', '/fields/no~1te~0');
select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{"no/te~":"123","age":100,"born":"2000-01-01"}');
select checks.fails($$update customer_field_values set value = '101' where value = '100'$$, 'DK422', 'invalid', '/fields/age');
select checks.touches($$update customer_field_values set value = '99' where value = '100'$$, 1);

-- An option in use is retired, not removed. Who has it keeps it; nobody gets it any more.
select checks.fails($$update customer_fields set options = '["free"]' where field_name = 'plan'$$, 'DK423', 'in_use', '/options');
update customer_fields set options = '["free"]', retired_options = '["pro"]' where field_name = 'plan';
update customer_fields set options = '["b"]', retired_options = '["c", "a"]', default_value = null where field_name = 'tags';
select checks.answers($$select (fields ->> 'plan') || (fields ->> 'tags') from desk.customer_detail where id = 'c1000000-0000-7000-8000-000000000001'$$, 'pro["a", "c"]');
select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{"plan":"pro","tags":["a","b"]}');
select checks.answers($$select fields ->> 'tags' from desk.customer_detail where id = 'c1000000-0000-7000-8000-000000000001'$$, '["b", "a"]');
select checks.fails($$select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{"tags":["c"]}')$$, 'DK422', 'invalid', '/fields/tags');
select checks.fails($$select desk.set_customer_fields('c1000000-0000-7000-8000-000000000002', '{"plan":"pro"}')$$, 'DK422', 'invalid', '/fields/plan');
select checks.fails($$update customer_fields set retired_options = null where field_name = 'plan'$$, 'DK423', 'in_use', '/options');
select checks.fails($$update customer_fields set retired_options = '["c"]' where field_name = 'tags'$$, 'DK423', 'in_use', '/options');
-- And it comes back.
update customer_fields set options = '["free", "pro"]', retired_options = null where field_name = 'plan';
select desk.set_customer_fields('c1000000-0000-7000-8000-000000000002', '{"plan":"pro"}');

-- Who has what.
select checks.answers($$select desk.field_usage(id) - 'id' from customer_fields where field_name = 'plan'$$,
  '{"options": [{"option": "free", "customers": 1, "is_retired": false}, {"option": "pro", "customers": 3, "is_retired": false}], "customers": 4, "field_name": "plan"}');
select checks.answers($$select desk.field_usage(id) -> 'options' from customer_fields where field_name = 'tags'$$,
  '[{"option": "b", "customers": 1, "is_retired": false}, {"option": "c", "customers": 2, "is_retired": true}, {"option": "a", "customers": 3, "is_retired": true}]');
select checks.answers($$select desk.field_usage(id) - 'id' from customer_fields where field_name = 'vip'$$, '{"options": null, "customers": 2, "field_name": "vip"}');

-- Many at once, all or nothing, with the place of the fault.
select desk.set_fields_of_customers(
  '[{"id":"c1000000-0000-7000-8000-000000000001","fields":{"age":1}},{"id":"c1000000-0000-7000-8000-000000000002","fields":{"vip":null}}]');
select checks.answers($$select string_agg(concat_ws(' ', fields -> 'age', fields -> 'vip'), ', ' order by id) from desk.customer_detail where id < 'c1000000-0000-7000-8000-000000000003'$$, '1 true, ');
select checks.fails(
  format($$select desk.set_fields_of_customers('[{"id":"c1000000-0000-7000-8000-000000000001","fields":{"age":2}},{"id":"%s","fields":{%s}}]')$$, id, said), state, kind, path)
  from (values
    ('c1000000-0000-7000-8000-000000000002', '"age":"x"', 'DK422', 'invalid', '/customers/1/fields/age'),
    ('c1000000-0000-7000-8000-000000000002', '"none":1', 'DK422', 'unknown_field', '/customers/1/fields/none'),
    ('c1000000-0000-7000-8000-000000000002', '"plan":null', 'DK422', 'required', '/customers/1/fields/plan'),
    ('c2000000-0000-7000-8000-000000000001', '"age":1', 'DK404', 'not_found', '/customers/1/id')
  ) as v (id, said, state, kind, path);
select checks.answers($$select fields -> 'age' from desk.customer_detail where id = 'c1000000-0000-7000-8000-000000000001'$$, '1');
-- What is another's is not counted.
select checks.become('zoe');
select checks.answers($$select desk.field_usage('f2000000-0000-7000-8000-000000000001') - 'id'$$, '{"options": null, "customers": 0, "field_name": "plan"}');
