select checks.become('anna');
select checks.answers('select fields::text from desk.customer_detail',
  '{"age": 1.50, "vip": true, "born": "2024-02-29", "plan": "pro", "tags": ["a", "c"], "no/te~": "x"}');
insert into customers (id, name) values ('c1000000-0000-7000-8000-000000000002', 'Dora');
select checks.fails($$select desk.set_customer_fields('c1000000-0000-7000-8000-000000000002', '{}')$$, 'DK422', 'required', '/fields/plan');
select checks.fails(format($$select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{"%s":%s}')$$, name, value), 'DK422', kind, path)
  from (values
    ('plan', '"gold"', 'invalid', '/fields/plan'), ('plan', 'null', 'required', '/fields/plan'),
    ('plan', '["pro"]', 'invalid', '/fields/plan'), ('tags', '["a","a"]', 'invalid', '/fields/tags'),
    ('tags', '["d"]', 'invalid', '/fields/tags'), ('tags', '"a"', 'invalid', '/fields/tags'),
    ('tags', '[1]', 'invalid', '/fields/tags'), ('age', '"1"', 'invalid', '/fields/age'),
    ('age', 'true', 'invalid', '/fields/age'), ('vip', '"true"', 'invalid', '/fields/vip'),
    ('vip', '1', 'invalid', '/fields/vip'), ('born', '"2023-02-29"', 'invalid', '/fields/born'),
    ('born', '"2024-2-9"', 'invalid', '/fields/born'), ('born', '"0000-01-01"', 'invalid', '/fields/born'),
    ('born', '20240229', 'invalid', '/fields/born'), ('no/te~', '{}', 'invalid', '/fields/no~1te~0'),
    ('no/te~', '5', 'invalid', '/fields/no~1te~0'), ('what', '1', 'unknown_field', '/fields/what')
  ) as v (name, value, kind, path);
select checks.fails($$select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '[]')$$, 'DK422', 'invalid', '/fields');
select checks.fails($$select desk.set_customer_fields(gen_random_uuid(), '{}')$$, 'DK404', 'not_found');
select checks.fails($$select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', jsonb_build_object('no/te~', repeat('x', 8193)))$$, 'DK422', 'invalid', '/fields/no~1te~0');
-- A new version of the customer, once a transaction, and none for what changes nothing.
select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{"plan":"pro"}');
select checks.answers($$select version from customers where email is not null$$, '1');
select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{"tags":[],"age":null,"plan":"free"}');
select checks.answers($$select concat_ws(' ', fields, version) from desk.customer_detail where email is not null$$,
  '{"vip": true, "born": "2024-02-29", "plan": "free", "tags": [], "no/te~": "x"} 2');
select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{"tags":["b"]}');
select checks.answers($$select version from customers where email is not null$$, '2');
-- Nothing gets past the check by another way.
select checks.fails($$update customer_field_values set value = 'gold' where value = 'free'$$, 'DK422', 'invalid');
select checks.fails($$update customer_field_values set value = 'yes' where value = 'true'$$, 'DK422', 'invalid');
-- A definition cannot change under its values.
select checks.fails($$update customer_fields set field_type = 'text', options = null where field_name = 'plan'$$, 'DK423', 'in_use');
select checks.fails($$update customer_fields set options = '["pro"]' where field_name = 'plan'$$, 'DK423', 'in_use');
select checks.touches($$update customer_fields set options = '["free", "gold"]' where field_name = 'plan'$$, 1);
select checks.touches($$update customer_fields set field_type = 'text' where field_name = 'age'$$, 1);
