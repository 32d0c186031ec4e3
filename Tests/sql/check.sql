-- Two tenants, an admin and an agent, people without claims: what each may and may not. Run by check.sh as a superuser.
\set QUIET on
\o /dev/null
set client_min_messages = warning;

create function pg_temp.fails(statement text, state text, kind text default null, pointer text default null)
returns void language plpgsql as $$
declare
  got_state text;
  got_kind text;
  got_pointer text;
begin
  begin
    execute statement;
    got_state := 'success';
  exception when others then
    get stacked diagnostics
      got_state = returned_sqlstate, got_kind = constraint_name, got_pointer = column_name;
  end;
  if got_state <> state or got_kind <> coalesce(kind, got_kind) or got_pointer <> coalesce(pointer, got_pointer) then
    raise exception 'expected % % %, got % % %: %', state, kind, pointer, got_state, got_kind, got_pointer, statement;
  end if;
end
$$;

create function pg_temp.is(statement text, expected text) returns void language plpgsql as $$
declare
  got text;
begin
  execute statement into got;
  if got is distinct from expected then
    raise exception 'expected %, got %: %', expected, got, statement;
  end if;
end
$$;

-- The rows that a statement touches.
create function pg_temp.touches(statement text, expected integer) returns void language plpgsql as $$
declare
  got integer;
begin
  execute statement;
  get diagnostics got = row_count;
  if got <> expected then
    raise exception 'expected % rows, got %: %', expected, got, statement;
  end if;
end
$$;

create temp table people (name text primary key, claims jsonb, opened jsonb);
insert into people (name, claims) values
  ('anna', '{"sub":"user_anna","org_id":"org_one","org_role":"org:admin","org_slug":"one"}'),
  ('bob', '{"sub":"user_bob","v":2,"o":{"id":"org_one","rol":"member","slg":"one"}}'),
  ('zoe', '{"sub":"user_zoe","org_id":"org_two","org_role":"admin"}');
grant select, update on people to deskpipe_identity, authenticated;

-- Becomes someone until the end of the transaction, as the service does; or with claims only.
create function pg_temp.become(person text, only_claims boolean default false) returns void language plpgsql as $$
declare
  p people;
begin
  perform set_config('role', 'none', true);
  select * into p from people where name = person;
  perform set_config('request.jwt.claims', p.claims::text, true),
          set_config('request.jwt.claim', '', true),
          set_config('app.organization_id', case when only_claims then '' else p.opened ->> 'organization_id' end, true),
          set_config('app.agent_id', case when only_claims then '' else p.opened ->> 'agent_id' end, true),
          set_config('app.role', case when only_claims then '' else p.opened ->> 'role' end, true),
          set_config('plan_cache_mode', 'force_generic_plan', true),
          set_config('role', 'authenticated', true);
end
$$;
create function pg_temp.agent(person text) returns uuid language sql as
  $$select (opened ->> 'agent_id')::uuid from people where name = person$$;
create function pg_temp.organization(person text) returns uuid language sql as
  $$select (opened ->> 'organization_id')::uuid from people where name = person$$;

\echo sessions
begin;
set local role deskpipe_identity;
select pg_temp.fails($$select desk.open_session('{"sub":"u","org_id":"org_none"}', 'none')$$, 'DK410', 'organization_unknown');
select pg_temp.fails($$select desk.open_session('{"sub":"u","org_id":"org_none"}', 'agents')$$, 'DK410', 'organization_unknown');
update people set opened = desk.open_session(claims, 'organizations')::jsonb where name in ('anna', 'zoe');
select pg_temp.fails($$select desk.open_session('{"sub":"user_bob","org_id":"org_one"}', 'none')$$, 'DK410', 'agent_unknown');
update people set opened = desk.open_session(claims, 'agents')::jsonb where name = 'bob';
select pg_temp.is($$select string_agg(opened ->> 'role', ' ' order by name) from people$$, 'admin agent admin');
select pg_temp.is($$select string_agg(opened ->> 'organization_name', ' ' order by name) from people$$, 'one one org_two');
-- The token decides: the same person comes back as an admin, and as an agent again.
select pg_temp.is($$select desk.open_session('{"sub":"user_bob","org_id":"org_one","org_role":"org:admin"}', 'none')::jsonb ->> 'role'$$, 'admin');
select pg_temp.is($$select desk.open_session('{"sub":"user_bob","org_id":"org_one","org_role":"org:member"}', 'none')::jsonb ->> 'role'$$, 'agent');
select pg_temp.fails('select 1 from organizations', '42501');
select pg_temp.fails('select 1 from tickets', '42501');
commit;
update agent_profiles set deactivated_at = now() where clerk_user_id = 'user_bob';
begin;
set local role deskpipe_identity;
select pg_temp.fails($$select desk.open_session('{"sub":"user_bob","org_id":"org_one","org_role":"org:admin"}', 'organizations')$$, 'DK410', 'agent_deactivated');
commit;

\echo an admin at work
begin;
select pg_temp.become('anna');
insert into customer_fields (field_name, field_type, is_required, options) values
  ('plan', 'select', true, '["free", "pro"]'), ('tags', 'multiselect', false, '["a", "b", "c"]'),
  ('age', 'number', false, null), ('vip', 'boolean', false, null), ('born', 'date', false, null),
  ('no/te~', 'text', false, null);
select pg_temp.fails($$insert into customer_fields (field_name, field_type) values ('x', 'select')$$, '23514', 'customer_fields_options_valid');
select pg_temp.fails($$insert into customer_fields (field_name, field_type, options) values ('x', 'select', '["a","a"]')$$, '23514', 'customer_fields_options_valid');
select pg_temp.fails($$insert into customer_fields (field_name, field_type, options) values ('x', 'text', '["a"]')$$, '23514', 'customer_fields_options_valid');
insert into customers (id, email) values ('c1000000-0000-7000-8000-000000000001', ' Carl+Desk@Example.COM ');
select pg_temp.is('select email || name || version from customers', 'carl+desk@example.comcarl+desk@example.com1');
select pg_temp.fails($$insert into customers (email) values ('carl+desk@example.com')$$, '23505', 'customers_email_key');
select pg_temp.fails($$insert into customers (email) values (' ')$$, 'DK422', 'invalid', '/name');
select pg_temp.fails($$insert into customers (email) values ('nobody')$$, '23514', 'customers_email_format');
select pg_temp.fails($$insert into customers (name, metadata) values ('x', '[]')$$, '23514', 'customers_metadata_object');
select pg_temp.fails($$insert into customers (name, metadata) values ('x', jsonb_build_object('a', repeat('x', 65536)))$$, '23514', 'customers_metadata_size');
select pg_temp.is($$select desk.ensure_customer('c1000000-0000-7000-8000-000000000009', 'CARL+desk@example.com')$$, 'c1000000-0000-7000-8000-000000000001');
select pg_temp.fails($$select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{}')$$, 'DK422', 'required', '/fields/plan');
select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{"plan":"pro","tags":["c","a"],"age":1.50,"vip":true,"born":"2024-02-29","no/te~":"x"}');
select pg_temp.is('select fields::text from desk.customer_detail', '{"age": 1.50, "vip": true, "born": "2024-02-29", "plan": "pro", "tags": ["a", "c"], "no/te~": "x"}');
insert into tickets (id, customer_id, subject) values ('71000000-0000-7000-8000-000000000001', 'c1000000-0000-7000-8000-000000000001', 'Printer on fire');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body, email_message_id) values
  ('51000000-0000-7000-8000-000000000001', '71000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000001', 'It burns, zebra', '<1@mail>');
insert into macros (title, body, created_by) values ('Hello', 'Hello {{customer.name}}', pg_temp.agent('anna'));
insert into email_accounts (id, email_address, imap_settings) values ('e1000000-0000-7000-8000-000000000001', 'Help@One.test', '{"host":"imap.one.test"}');
select pg_temp.fails($$insert into email_accounts (email_address, smtp_settings) values ('b@one.test', '{"password":"x"}')$$, '23514', 'email_accounts_smtp_settings_valid');
select desk.set_email_secret('e1000000-0000-7000-8000-000000000001', 'imap', 'key-1', 'sealed');
select pg_temp.is('select email_address || has_imap_password || has_smtp_password from desk.email_account', 'help@one.testtruefalse');
select pg_temp.fails('select sealed from desk.email_secrets', '42501');
select pg_temp.fails('select 1 from desk.search_documents', '42501');
commit;

\echo field values
begin;
select pg_temp.become('anna');
select pg_temp.fails(format($$select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{"%s":%s}')$$, name, value), 'DK422', kind, path)
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
select pg_temp.fails($$select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '[]')$$, 'DK422', 'invalid', '/fields');
select pg_temp.fails($$select desk.set_customer_fields(gen_random_uuid(), '{}')$$, 'DK404', 'not_found');
select pg_temp.fails($$select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', jsonb_build_object('no/te~', repeat('x', 8193)))$$, 'DK422', 'invalid', '/fields/no~1te~0');
select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{"tags":[],"age":null,"plan":"free"}');
select pg_temp.is('select fields::text || version from desk.customer_detail', '{"vip": true, "born": "2024-02-29", "plan": "free", "tags": [], "no/te~": "x"}2');
select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{"tags":[],"plan":"free"}');
select pg_temp.is('select version::text from customers', '2');
-- Nothing gets past the check by another way.
select pg_temp.fails($$update customer_field_values set value = 'gold' where value = 'free'$$, 'DK422', 'invalid');
select pg_temp.fails($$update customer_field_values set value = 'yes' where value = 'true'$$, 'DK422', 'invalid');
select pg_temp.fails($$update customer_fields set field_type = 'text', options = null where field_name = 'plan'$$, 'DK423', 'in_use');
select pg_temp.fails($$update customer_fields set options = '["pro"]' where field_name = 'plan'$$, 'DK423', 'in_use');
select pg_temp.touches($$update customer_fields set options = '["free", "gold"]' where field_name = 'plan'$$, 1);
select pg_temp.touches($$update customer_fields set field_type = 'text' where field_name = 'age'$$, 1);
rollback;

\echo tickets and messages
begin;
select pg_temp.become('anna');
select pg_temp.is('select version || status::text from tickets', '1open');
select pg_temp.touches($$update tickets set subject = subject$$, 1);
select pg_temp.is('select version::text from tickets', '1');
select pg_temp.touches($$update tickets set status = 'closed'$$, 1);
insert into ticket_messages (ticket_id, sender_type, sender_id, body, is_internal) select id, 'agent', pg_temp.agent('anna'), 'note', true from tickets;
select pg_temp.is('select (first_reply_at is null)::text || status from tickets', 'trueclosed');
insert into ticket_messages (ticket_id, sender_type, sender_id, body) select id, 'agent', pg_temp.agent('anna'), 'reply' from tickets;
select pg_temp.is('select (first_reply_at = last_reply_at)::text || status from tickets', 'trueclosed');
insert into ticket_messages (ticket_id, sender_type, body) select id, 'system', 'assigned' from tickets;
select pg_temp.is('select status::text from tickets', 'closed');
insert into ticket_messages (ticket_id, sender_type, sender_id, body) select id, 'customer', customer_id, 'again' from tickets;
select pg_temp.is('select status::text from tickets', 'open');
select pg_temp.is($$select message_count || (last_message ->> 'truncated') from desk.ticket_detail$$, '5false');
select pg_temp.is($$select desk.search_tickets('zebra')::text || desk.search_tickets('printer')::text || desk.search_tickets('carl')::text || desk.search_tickets('lion')::text$$,
  '{71000000-0000-7000-8000-000000000001}{71000000-0000-7000-8000-000000000001}{71000000-0000-7000-8000-000000000001}{}');
select pg_temp.fails($$insert into ticket_messages (ticket_id, sender_type, sender_id, body) select id, 'agent', pg_temp.agent('bob'), 'x' from tickets$$, '42501');
select pg_temp.fails($$insert into ticket_messages (ticket_id, sender_type, sender_id, body, is_internal) select id, 'customer', customer_id, 'x', true from tickets$$, '23514', 'ticket_messages_internal');
select pg_temp.fails($$insert into ticket_messages (ticket_id, sender_type, body) select id, 'customer', 'x' from tickets$$, '23514', 'ticket_messages_sender');
select pg_temp.fails($$insert into ticket_messages (ticket_id, sender_type, body, email_message_id) select id, 'system', 'x', '<1@mail>' from tickets$$, '23505', 'ticket_messages_email_message_id_key');
select pg_temp.fails($$insert into ticket_messages (ticket_id, sender_type, body) select id, 'system', repeat('x', 1048577) from tickets$$, '23514', 'ticket_messages_body_length');
select pg_temp.fails($$update ticket_messages set body = 'x'$$, '42501');
select pg_temp.fails($$delete from ticket_messages$$, '42501');
select pg_temp.touches($$update ticket_messages set delivery_status = 'sent' where body = 'reply'$$, 1);
select pg_temp.is($$select delivery_status || version || (delivery_updated_at is not null) from ticket_messages where body = 'reply'$$, 'sent2true');
select pg_temp.fails($$update ticket_messages set email_message_id = '<2@mail>' where email_message_id = '<1@mail>'$$, 'DK423', 'immutable');
select pg_temp.fails($$update tickets set assigned_to = pg_temp.agent('bob')$$, 'DK422', 'invalid', '/assigned_to');
select pg_temp.fails($$update tickets set assigned_to = pg_temp.agent('zoe')$$, 'DK422', 'invalid', '/assigned_to');
select pg_temp.touches($$update tickets set assigned_to = pg_temp.agent('anna')$$, 1);
select pg_temp.fails($$update tickets set version = 9$$, '42501');
select pg_temp.fails($$update tickets set last_activity_at = now()$$, '42501');
select pg_temp.fails($$insert into tickets (customer_id, subject, version) select id, 'x', 7 from customers$$, '42501');
select pg_temp.fails($$insert into tickets (customer_id, subject) select id, '' from customers$$, '23514', 'tickets_subject_length');
select pg_temp.fails($$select desk.expect('ticket', '71000000-0000-7000-8000-000000000001', 1)$$, 'DK409', 'conflict');
select pg_temp.fails($$select desk.expect('ticket', gen_random_uuid(), null)$$, 'DK404', 'not_found');
select pg_temp.is($$select desk.expect('ticket', '71000000-0000-7000-8000-000000000001', version)::text from tickets$$, '');
-- A customer goes with everything they wrote.
select pg_temp.touches('delete from customers', 1);
select pg_temp.is('select count(*)::text from ticket_messages', '0');
select pg_temp.is($$select desk.search_tickets('zebra')::text$$, '{}');
rollback;

\echo an agent is not an admin
update agent_profiles set deactivated_at = null where clerk_user_id = 'user_bob';
begin;
select pg_temp.become('bob');
select pg_temp.is('select count(*)::text from tickets', '1');
select pg_temp.touches($$update organizations set name = 'x'$$, 0);
select pg_temp.touches($$delete from tickets$$, 0);
select pg_temp.touches($$delete from customers$$, 0);
select pg_temp.touches($$update customer_fields set is_required = false$$, 0);
select pg_temp.touches($$delete from customer_fields$$, 0);
select pg_temp.touches($$update email_accounts set is_active = false$$, 0);
select pg_temp.touches($$delete from email_accounts$$, 0);
select pg_temp.fails($$insert into customer_fields (field_name, field_type) values ('x', 'text')$$, '42501');
select pg_temp.fails($$insert into email_accounts (email_address) values ('x@one.test')$$, '42501');
select pg_temp.fails($$select desk.set_email_secret('e1000000-0000-7000-8000-000000000001', 'imap', 'k', 's')$$, 'DK403', 'forbidden');
select pg_temp.touches($$update agent_profiles set name = 'Bob', status = 'online'$$, 1);
select pg_temp.is($$select count(*)::text from agent_profiles where name = 'Bob'$$, '1');
select pg_temp.fails($$update agent_profiles set role = 'admin'$$, '42501');
select pg_temp.fails($$update agent_profiles set deactivated_at = null$$, '42501');
select pg_temp.fails($$select desk.expect('organization', pg_temp.organization('bob'), null)$$, 'DK403', 'forbidden');
select pg_temp.fails($$select desk.expect('agent', pg_temp.agent('anna'), null)$$, 'DK403', 'forbidden');
select pg_temp.is($$select desk.expect('agent', pg_temp.agent('bob'), null)::text$$, '');
select pg_temp.fails($$select desk.expect('field', id, null) from customer_fields where field_name = 'age'$$, 'DK403', 'forbidden');
select pg_temp.fails($$select desk.expect('email_account', id, null) from email_accounts$$, 'DK403', 'forbidden');
select pg_temp.fails($$select desk.expect('ticket', id, null, 'delete') from tickets$$, 'DK403', 'forbidden');
select pg_temp.is($$select count(*)::text from tickets$$, '1');
select pg_temp.fails('truncate tickets', '42501');
select pg_temp.fails('create temp table x (a int)', '42501');
select pg_temp.fails('create table public.x (a int)', '42501');
select pg_temp.fails($$select desk.open_session('{}', 'none')$$, '42501');
select pg_temp.fails($$select * from desk.doctor()$$, '42501');
rollback;

\echo another organization sees and changes nothing
begin;
select pg_temp.become('zoe');
select pg_temp.is(format('select count(*)::text from %s', name), expected)
  from (values
    ('organizations', '1'), ('agent_profiles', '1'), ('customers', '0'), ('customer_fields', '0'),
    ('customer_field_values', '0'), ('tickets', '0'), ('ticket_messages', '0'), ('macros', '0'), ('email_accounts', '0'),
    ('desk.organization', '1'), ('desk.agent', '1'), ('desk.customer', '0'), ('desk.customer_detail', '0'),
    ('desk.field', '0'), ('desk.ticket', '0'), ('desk.ticket_detail', '0'), ('desk.message', '0'),
    ('desk.message_row', '0'), ('desk.macro', '0'), ('desk.email_account', '0')
  ) as v (name, expected);
select pg_temp.is($$select desk.search_tickets('zebra')::text$$, '{}');
insert into customers (id, email) values ('c2000000-0000-7000-8000-000000000001', 'carl+desk@example.com');
select pg_temp.touches($$update tickets set subject = 'x'$$, 0);
select pg_temp.touches($$delete from tickets$$, 0);
select pg_temp.touches($$update organizations set name = 'x'$$, 1);
select pg_temp.fails($$insert into tickets (customer_id, subject) values ('c1000000-0000-7000-8000-000000000001', 'x')$$, '23503', 'tickets_customer_fkey');
select pg_temp.fails($$insert into ticket_messages (ticket_id, sender_type, body) values ('71000000-0000-7000-8000-000000000001', 'system', 'x')$$, '23503', 'ticket_messages_ticket_fkey');
select pg_temp.fails($$insert into tickets (customer_id, subject, organization_id) values ('c2000000-0000-7000-8000-000000000001', 'x', pg_temp.organization('anna'))$$, '42501');
select pg_temp.fails($$update customers set organization_id = pg_temp.organization('anna')$$, '42501');
select pg_temp.fails($$select desk.set_customer_fields('c1000000-0000-7000-8000-000000000001', '{}')$$, 'DK404', 'not_found');
select pg_temp.fails($$select desk.set_email_secret('e1000000-0000-7000-8000-000000000001', 'imap', 'k', 's')$$, 'DK404', 'not_found');
select pg_temp.fails($$select desk.expect('ticket', '71000000-0000-7000-8000-000000000001', null)$$, 'DK404', 'not_found');
select pg_temp.fails($$select desk.require('customer', 'c1000000-0000-7000-8000-000000000001', '/customer_id')$$, 'DK404', 'not_found', '/customer_id');
rollback;

\echo claims alone are enough
begin;
select pg_temp.become('bob', true);
select pg_temp.is('select count(*)::text from tickets', '1');
select pg_temp.is('select count(*)::text from organizations', '1');
select pg_temp.touches($$update agent_profiles set name = 'Bob'$$, 1);
select pg_temp.touches($$delete from tickets$$, 0);
insert into ticket_messages (organization_id, ticket_id, sender_type, sender_id, body) select organization_id, id, 'agent', pg_temp.agent('bob'), 'x' from tickets;
select pg_temp.fails($$insert into ticket_messages (organization_id, ticket_id, sender_type, sender_id, body) select organization_id, id, 'agent', pg_temp.agent('anna'), 'x' from tickets$$, '42501');
select pg_temp.become('zoe', true);
select pg_temp.is('select count(*)::text from tickets', '0');
select pg_temp.become('anna', true);
select pg_temp.touches($$delete from tickets$$, 1);
rollback;

\echo without claims there is nothing
begin;
set local role authenticated;
select pg_temp.is('select count(*)::text from tickets', '0');
select pg_temp.is('select count(*)::text from organizations', '0');
select pg_temp.is('select count(*)::text from agent_profiles', '0');
select pg_temp.fails($$insert into customers (organization_id, email) values (pg_temp.organization('anna'), 'x@x')$$, '42501');
rollback;

\echo the login alone can do nothing
begin;
set local role deskpipe_serve;
select pg_temp.fails('select 1 from tickets', '42501');
select pg_temp.fails($$select desk.open_session('{}', 'none')$$, '42501');
rollback;

\echo the doctor finds what is planted
create function pg_temp.finds(fault text, name text) returns void language plpgsql as $$
declare
  fine boolean;
begin
  begin
    execute fault;
    select d.ok into fine from desk.doctor() d where d."check" = name;
    raise exception using errcode = 'XX999', message = coalesce(fine::text, 'unknown check');
  exception when sqlstate 'XX999' then
    if sqlerrm <> 'false' then
      raise exception '% did not find (%): %', name, sqlerrm, fault;
    end if;
  end;
end
$$;
select pg_temp.is($$select string_agg("check", ' ') from desk.doctor() where not ok and "check" <> 'server_version'$$, null);
select pg_temp.finds(fault, name)
  from (values
    ('alter table tickets no force row level security', 'row_security'),
    ('alter table desk.email_secrets disable row level security', 'row_security'),
    ('drop policy tickets_tenant on tickets', 'tenant_guard'),
    ('alter policy tickets_tenant on tickets using (true)', 'tenant_guard'),
    ('alter policy tickets_tenant on tickets to deskpipe_identity', 'tenant_guard'),
    ('alter policy tickets_select on tickets using (organization_id in (select id from organizations))', 'policy_form'),
    ($$alter policy tickets_select on tickets using (organization_id = current_setting('app.organization_id')::uuid)$$, 'policy_form'),
    ('alter table tickets add constraint bad foreign key (customer_id) references customers (id)', 'foreign_keys'),
    ('create unique index bad on customers (email)', 'unique_keys'),
    ('grant truncate on tickets to authenticated', 'table_rights'),
    ('grant select on tickets to public', 'table_rights'),
    ('grant select on desk.email_secrets to authenticated', 'table_rights'),
    ('grant select on tickets to deskpipe_identity', 'table_rights'),
    ('grant update on agent_profiles to authenticated', 'table_rights'),
    ('grant update (role) on agent_profiles to authenticated', 'column_rights'),
    ('grant create on schema desk to authenticated', 'create_rights'),
    ('grant create on schema public to public', 'create_rights'),
    ('grant execute on function desk.open_session(jsonb, text) to public', 'public_execute'),
    ('alter function desk.open_session(jsonb, text) reset search_path', 'definer_functions'),
    ('alter function desk.open_session(jsonb, text) owner to current_user', 'definer_functions'),
    ('alter function desk.expect(text, uuid, integer, text) security definer', 'definer_functions'),
    ('alter function desk.expect(text, uuid, integer, text) reset all', 'function_paths'),
    ('alter view desk.ticket set (security_invoker = false)', 'views'),
    ('create materialized view desk.leak as select * from tickets; alter materialized view desk.leak owner to deskpipe_owner', 'views'),
    ('alter role deskpipe_serve inherit', 'serve_role'),
    -- From 16 on a membership is revoked as who granted it.
    ($$do $f$ declare g oid; begin
         for g in select grantor from pg_auth_members
                   where roleid = 'authenticated'::regrole and member = 'deskpipe_serve'::regrole loop
           if current_setting('server_version_num')::integer >= 160000 then
             execute format('revoke authenticated from deskpipe_serve granted by %s', g::regrole);
           else
             revoke authenticated from deskpipe_serve;
           end if;
         end loop; end $f$ $$, 'serve_role'),
    ('alter role desk_search bypassrls', 'role_attributes'),
    ('alter role authenticated login', 'role_attributes'),
    ('grant desk_keeper to deskpipe_serve', 'role_members'),
    ('grant pg_read_all_data to authenticated', 'role_members'),
    ('drop trigger b_row on macros', 'triggers'),
    ('alter table tickets disable trigger d_search_insert', 'triggers')
  ) as v (fault, name)
 where not (fault like '%deskpipe_owner' and pg_get_userbyid((select relowner from pg_class where oid = 'public.tickets'::regclass)) <> 'deskpipe_owner');
\echo fine
