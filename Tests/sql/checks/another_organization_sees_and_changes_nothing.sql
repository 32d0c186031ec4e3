create temporary table before on commit drop as
select checks.fingerprint(checks.organization('anna')) as hash;
select checks.become('zoe');
-- Every table that a tenant may read, whoever adds it.
select checks.answers(format('select count(*) from %s where organization_id <> checks.organization(''zoe'')', name), '0')
  from checks.tables where has_table_privilege('authenticated', name, 'select');
select checks.answers(
         format('with x as (update %s set %I = %2$I where organization_id <> checks.organization(''zoe'') returning 1) select count(*) from x',
                name, (select min(attname::text) from pg_attribute
                        where attrelid = name and attnum > 0 and has_column_privilege('authenticated', name, attnum, 'update'))),
         '0')
  from checks.tables where has_any_column_privilege('authenticated', name, 'update');
select checks.answers(format('select count(*) from %s', name), expected)
  from (values
    ('organizations', '1'), ('agent_profiles', '1'), ('customers', '1'), ('customer_fields', '1'),
    ('customer_field_values', '0'), ('tickets', '1'), ('ticket_messages', '0'), ('macros', '0'), ('email_accounts', '0'),
    ('tags', '0'), ('desk.ticket_tags', '0'), ('desk.ticket_followers', '0'), ('desk.ticket_viewers', '0'), ('desk.tag', '0'),
    ('desk.ticket_viewer', '0'), ('desk.ticket_spells', '1'),
    ('desk.organization', '1'), ('desk.agent', '1'), ('desk.customer', '1'), ('desk.customer_detail', '1'),
    ('desk.field', '1'), ('desk.ticket', '1'), ('desk.ticket_detail', '1'), ('desk.message', '0'),
    ('desk.message_row', '0'), ('desk.macro', '0'), ('desk.macro_row', '0'), ('desk.email_account', '0')
  ) as v (name, expected);
select checks.answers($$select desk.search_tickets('zebra')::text$$, '{}');
select checks.answers($$select desk.search_tickets('printer')::text$$, '{72000000-0000-7000-8000-000000000001}');
-- The same address is another customer here, and a taken id is the only thing that an insert meets.
select checks.fails($$insert into customers (id, email) values ('c1000000-0000-7000-8000-000000000001', 'new@example.com')$$, '23505', 'customers_pkey');
select checks.touches($$update tickets set subject = 'x'$$, 1);
select checks.touches($$update organizations set name = 'x'$$, 1);
select checks.touches($$update tickets set deleted_at = now()$$, 1);
-- Nothing can be hung on what is theirs, or be given to them.
select checks.fails($$insert into tickets (customer_id, subject) values ('c1000000-0000-7000-8000-000000000001', 'x')$$, '23503', 'tickets_customer_fkey');
select checks.fails($$insert into ticket_messages (ticket_id, sender_type, body) values ('71000000-0000-7000-8000-000000000001', 'system', 'x')$$, 'DK404', 'not_found');
select checks.fails($$insert into customer_field_values (customer_id, field_id, value) values ('c1000000-0000-7000-8000-000000000001', 'f2000000-0000-7000-8000-000000000001', 'x')$$, '23503', 'customer_field_values_customer_fkey');
select checks.fails($$insert into tickets (customer_id, subject, organization_id) values ('c2000000-0000-7000-8000-000000000001', 'x', checks.organization('anna'))$$, '42501');
select checks.fails($$insert into customers (name, organization_id) values ('x', checks.organization('anna'))$$, '42501');
select checks.fails($$insert into macros (title, body, organization_id) values ('x', 'x', checks.organization('anna'))$$, '42501');
select checks.fails($$update customers set organization_id = checks.organization('anna')$$, '42501');
select checks.fails($$insert into desk.ticket_followers (ticket_id, agent_id) values ('71000000-0000-7000-8000-000000000001', checks.agent('zoe'))$$, '23503', 'ticket_followers_ticket_fkey');
select checks.fails($$insert into desk.ticket_followers (organization_id, ticket_id, agent_id) values (checks.organization('anna'), '71000000-0000-7000-8000-000000000001', checks.agent('bob'))$$, '42501');
select checks.fails($$insert into desk.customer_identities (customer_id, kind, value) values ('c1000000-0000-7000-8000-000000000001', 'chat', 'x:y')$$, '23503', 'customer_identities_customer_fkey');
select checks.fails($$insert into desk.customer_identities (organization_id, customer_id, kind, value) values (checks.organization('anna'), 'c1000000-0000-7000-8000-000000000001', 'chat', 'x:y')$$, '42501');
select checks.fails($$insert into desk.ticket_viewers (organization_id, ticket_id, mode, expires_at) values (checks.organization('anna'), '71000000-0000-7000-8000-000000000001', 'reading', now())$$, '42501');
-- The same tag is another one here.
insert into tickets (customer_id, subject, tags) values ('c2000000-0000-7000-8000-000000000001', 'y', '{fire-drill}');
select checks.answers($$select ticket_count from desk.tag$$, '1');
select checks.answers($$select cardinality(desk.tagged_tickets('{fire-drill}', true, null))$$, '1');
-- To functions it is not there.
select checks.fails($$select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{}')$$, 'DK404', 'not_found');
select checks.fails($$select desk.set_email_secret('e1000000-0000-7000-8000-000000000001', 'imap', 'k', 's')$$, 'DK404', 'not_found');
select checks.fails($$select desk.expect('ticket', '71000000-0000-7000-8000-000000000001', null)$$, 'DK404', 'not_found');
select checks.fails($$select desk.expect('ticket', '71000000-0000-7000-8000-000000000001', null, 'delete')$$, 'DK404', 'not_found');
select checks.fails($$select desk.view_ticket('71000000-0000-7000-8000-000000000001', 'reading')$$, 'DK404', 'not_found');
select checks.fails($$select desk.merge_tags(gen_random_uuid(), gen_random_uuid())$$, 'DK404', 'not_found', '/into');
select checks.fails($$select desk.require('customer', 'c1000000-0000-7000-8000-000000000001', '/customer_id')$$, 'DK404', 'not_found', '/customer_id');
reset role;
select checks.answers($$select hash = checks.fingerprint(checks.organization('anna')) from before$$, 'true');
