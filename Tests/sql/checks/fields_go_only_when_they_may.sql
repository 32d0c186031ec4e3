select checks.become('anna');
select checks.fails($$select desk.delete_field(id, false) from customer_fields where field_name = 'plan'$$, 'DK423', 'in_use', '/force');
-- With its values, and each customer who had one in a new version.
select checks.touches($$select desk.delete_field(id, true) from customer_fields where field_name = 'vip'$$, 1);
select checks.answers($$select concat_ws(' ', fields, version) from desk.customer_detail$$,
  '{"age": 1.50, "born": "2024-02-29", "plan": "pro", "tags": ["a", "c"], "no/te~": "x"} 2');
insert into customer_fields (field_name, field_type) values ('unused', 'text');
select checks.touches($$select desk.delete_field(id, false) from customer_fields where field_name = 'unused'$$, 1);
select checks.answers($$select string_agg(field_name, ' ' order by field_name) from customer_fields$$, 'age born no/te~ plan tags');
-- At most 200.
insert into customer_fields (field_name, field_type) select 'f' || n, 'text' from generate_series(1, 195) as n;
select checks.fails($$insert into customer_fields (field_name, field_type) values ('one more', 'text')$$, 'DK423', 'rule');
-- Not an agent's, nor another's.
select checks.become('bob');
select desk.delete_field(id, true) from customer_fields where field_name in ('f1', 'plan');
select checks.become('zoe');
select desk.delete_field('f1000000-0000-7000-8000-000000000001', true);
select checks.become('anna');
select checks.answers('select count(*) from customer_fields', '200');
