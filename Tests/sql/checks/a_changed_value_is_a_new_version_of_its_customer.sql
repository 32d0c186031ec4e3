-- Written by three statements of the same kind each, since a transaction makes one new version of a customer.
select checks.become('anna');
insert into customers (id, name)
select ('c1000000-0000-7000-8000-00000000000' || i)::uuid, 'Number ' || i from generate_series(2, 4) as i;
reset role;
-- As if they had been made before this transaction.
alter table customers disable trigger b_row;
update customers set updated_at = now() - interval '1 day' where name like 'Number %';
alter table customers enable trigger b_row;
alter table customer_field_values disable trigger user;
insert into customer_field_values (organization_id, customer_id, field_id, value)
select f.organization_id, ('c1000000-0000-7000-8000-00000000000' || i)::uuid, f.id, 'old'
  from customer_fields f, generate_series(3, 4) as i where f.field_name = 'no/te~';
alter table customer_field_values enable trigger user;
select checks.become('anna');
insert into customer_field_values (customer_id, field_id, value)
select 'c1000000-0000-7000-8000-000000000002', id, 'new' from customer_fields where field_name = 'no/te~';
update customer_field_values set value = 'new' where customer_id = 'c1000000-0000-7000-8000-000000000003';
delete from customer_field_values where customer_id = 'c1000000-0000-7000-8000-000000000004';
select checks.answers($$select string_agg(name || ': ' || version, ', ' order by name) from customers where name like 'Number %'$$,
  'Number 2: 2, Number 3: 2, Number 4: 2');
