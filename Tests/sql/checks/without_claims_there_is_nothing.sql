set local role authenticated;
select checks.answers('select count(*) from ' || name, '0')
  from checks.tables where has_table_privilege('authenticated', name, 'select');
select checks.answers('select count(*) from organizations', '0');
select checks.fails($$insert into customers (organization_id, email) values (checks.organization('anna'), 'x@x')$$, '42501');
select checks.fails($$insert into tickets (organization_id, customer_id, subject) values (checks.organization('anna'), 'c1000000-0000-7000-8000-000000000001', 'x')$$, '42501');
select checks.touches($$update tickets set subject = 'x'$$, 0);
select checks.touches($$update tickets set deleted_at = now()$$, 0);
select checks.answers($$select desk.search_tickets('zebra')::text$$, '{}');
select checks.fails($$select desk.set_email_secret('e1000000-0000-7000-8000-000000000001', 'imap', 'k', 's')$$, 'DK403', 'forbidden');
-- Claims of an organization that is not there.
select set_config('request.jwt.claims', '{"sub":"user_anna","org_id":"org_none","org_role":"org:admin"}', true);
select checks.answers('select count(*) from tickets', '0');
select checks.fails($$insert into customers (organization_id, email) values (checks.organization('anna'), 'x@x')$$, '42501');
