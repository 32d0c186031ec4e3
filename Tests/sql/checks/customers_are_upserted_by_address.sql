select checks.become('bob');
select checks.fails($$select desk.upsert_customer('c1000000-0000-7000-8000-000000000002', 'Dora@Example.com', null, null, null)$$, 'DK422', 'required', '/fields/plan');
select checks.fails($$select desk.upsert_customer('c1000000-0000-7000-8000-000000000002', 'Dora@Example.com', null, null, '{"plan":1}')$$, 'DK422', 'invalid', '/fields/plan');
select checks.answers($$select count(*) from customers where email = 'dora@example.com'$$, '0');
select checks.answers($$select desk.upsert_customer('c1000000-0000-7000-8000-000000000002', 'Dora@Example.com', null, '{"a":1}', '{"plan":"pro"}')$$, 'c1000000-0000-7000-8000-000000000002');
select checks.answers($$select concat_ws(' ', name, metadata, fields, version) from desk.customer_detail where email = 'dora@example.com'$$, 'dora@example.com {"a": 1} {"plan": "pro"} 1');
-- Nothing given, nothing changed; an id in vain.
select checks.answers($$select desk.upsert_customer('c1000000-0000-7000-8000-000000000003', 'DORA@example.com', null, null, null)$$, 'c1000000-0000-7000-8000-000000000002');
select checks.answers($$select concat_ws(' ', name, metadata, fields, version) from desk.customer_detail where email = 'dora@example.com'$$, 'dora@example.com {"a": 1} {"plan": "pro"} 1');
select checks.answers($$select desk.upsert_customer('c1000000-0000-7000-8000-000000000003', 'DORA@example.com', 'Dora', '{}', '{"age":1.50}')$$, 'c1000000-0000-7000-8000-000000000002');
select checks.answers($$select concat_ws(' ', name, metadata, fields, version) from desk.customer_detail where email = 'dora@example.com'$$, 'Dora {} {"age": 1.50, "plan": "pro"} 2');
-- The address of another organization's customer is nobody's here.
select checks.become('zoe');
select checks.answers($$select desk.upsert_customer('c2000000-0000-7000-8000-000000000002', 'dora@example.com', null, null, null)$$, 'c2000000-0000-7000-8000-000000000002');
