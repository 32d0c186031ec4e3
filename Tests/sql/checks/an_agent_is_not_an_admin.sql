select checks.become('bob');
select checks.answers('select count(*) from ' || name, '1') from unnest(array['tickets', 'macros', 'email_accounts']) as t (name);
select checks.touches($$update organizations set name = 'x'$$, 0);
select checks.fails($$update tickets set deleted_at = now()$$, 'DK403', 'forbidden');
select checks.fails($$update customers set deleted_at = now()$$, 'DK403', 'forbidden');
select checks.touches($$update customer_fields set is_required = false$$, 0);
select checks.touches($$delete from customer_fields$$, 0);
select checks.touches($$update email_accounts set is_active = false$$, 0);
select checks.touches($$delete from email_accounts$$, 0);
select checks.fails($$insert into customer_fields (field_name, field_type) values ('x', 'text')$$, '42501');
select checks.fails($$insert into email_accounts (email_address) values ('x@one.test')$$, '42501');
select checks.fails($$select desk.set_email_secret('e1000000-0000-7000-8000-000000000001', 'imap', 'k', 's')$$, 'DK403', 'forbidden');
-- What an agent does all day.
select checks.touches($$insert into customers (id, name) values ('c1000000-0000-7000-8000-000000000002', 'Dora')$$, 1);
select checks.touches($$update customers set name = 'Dorothea' where name = 'Dora'$$, 1);
select checks.touches($$insert into customer_field_values (customer_id, field_id, value) select 'c1000000-0000-7000-8000-000000000002', id, 'pro' from customer_fields where field_name = 'plan'$$, 1);
select checks.touches($$update customer_field_values set value = 'free' where customer_id = 'c1000000-0000-7000-8000-000000000002'$$, 1);
select checks.touches($$delete from customer_field_values where customer_id = 'c1000000-0000-7000-8000-000000000002'$$, 1);
select checks.touches($$insert into tickets (customer_id, subject) values ('c1000000-0000-7000-8000-000000000002', 'x')$$, 1);
select checks.touches($$update tickets set status = 'pending'$$, 2);
select checks.touches($$insert into macros (title, body, created_by) values ('Mine', 'x', checks.agent('bob'))$$, 1);
-- In their own name only.
select checks.fails($$insert into macros (title, body, created_by) values ('Hers', 'x', checks.agent('anna'))$$, '42501');
select checks.touches($$update agent_profiles set name = 'Bob', status = 'online'$$, 1);
select checks.answers($$select count(*) from agent_profiles where name = 'Bob'$$, '1');
select checks.fails($$update agent_profiles set role = 'admin'$$, '42501');
select checks.fails($$update agent_profiles set deactivated_at = null$$, '42501');
-- Told apart from what is not there.
select checks.fails($$select desk.expect('organization', checks.organization('bob'), null)$$, 'DK403', 'forbidden');
select checks.fails($$select desk.expect('agent', checks.agent('anna'), null)$$, 'DK403', 'forbidden');
select checks.answers($$select desk.expect('agent', checks.agent('bob'), null)$$, '');
select checks.fails($$select desk.expect('field', id, null) from customer_fields where field_name = 'age'$$, 'DK403', 'forbidden');
select checks.fails($$select desk.expect('email_account', id, null) from email_accounts$$, 'DK403', 'forbidden');
select checks.fails($$select desk.expect('ticket', id, null, 'delete') from tickets$$, 'DK403', 'forbidden');
-- No right beyond rows.
select checks.fails('truncate tickets', '42501');
select checks.fails('create temp table x (a int)', '42501');
select checks.fails('create table public.x (a int)', '42501');
select checks.fails('create table desk.x (a int)', '42501');
select checks.fails($$select desk.open_session('{}', 'none')$$, '42501');
select checks.fails($$select * from desk.doctor()$$, '42501');
select checks.fails('select 1 from desk.migrations', '42501');
