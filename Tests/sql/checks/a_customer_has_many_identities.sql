-- Several addresses, ids and handles lead to one customer, and each to one alone.
create function pg_temp.names(kinds text) returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_object('kind', split_part(e.v, ' ', 1), 'value', substr(e.v, strpos(e.v, ' ') + 1), 'path', '/identities/' || e.n - 1 || '/value') order by e.n)
    from unnest(string_to_array(kinds, ',')) with ordinality as e (v, n)
$$;
create function pg_temp.known(customer uuid) returns text language sql as $$
  select string_agg(concat_ws(' ', e ->> 'kind', e ->> 'value', case when (e ->> 'is_primary')::boolean then '*' end), ', ')
    from jsonb_array_elements((select identities from desk.customer_detail where id = customer)) as e
$$;
select checks.become('bob');
select checks.answers($$select pg_temp.known('c1000000-0000-7000-8000-000000000001')$$, 'email carl+desk@example.com *');

-- They are kept in one form, and each is a version and a record of its customer.
select desk.add_identities('c1000000-0000-7000-8000-000000000001', pg_temp.names('chat telegram:@Carl,email  CARL@home.test ,external_id 47 11'));
select checks.answers($$select pg_temp.known('c1000000-0000-7000-8000-000000000001')$$,
  'email carl+desk@example.com *, chat telegram:@Carl, email carl@home.test, external_id 47 11');
select checks.answers($$select version from customers where id = 'c1000000-0000-7000-8000-000000000001'$$, '2');
select checks.answers(
  $$select string_agg(changes #>> '{identities,to,0,value}', ' ' order by seq) from desk.audit_entry
     where object ->> 'id' = 'c1000000-0000-7000-8000-000000000001' and changes ? 'identities' and actor ->> 'type' = 'agent'$$,
  'telegram:@Carl telegram:@Carl telegram:@Carl');
-- Those that they have already change nothing.
select desk.add_identities('c1000000-0000-7000-8000-000000000001', pg_temp.names('email Carl@HOME.test'));
select checks.answers($$select version from customers where id = 'c1000000-0000-7000-8000-000000000001'$$, '2');

-- Whichever is given, it is that customer: for a ticket, for upsert, for search, for lists.
select checks.answers($$select desk.ensure_customer(gen_random_uuid(), 'Carl@home.TEST')$$, 'c1000000-0000-7000-8000-000000000001');
select checks.answers($$select desk.ensure_customer(gen_random_uuid(), null, null, '/email', pg_temp.names('chat telegram:@Carl'))$$, 'c1000000-0000-7000-8000-000000000001');
select checks.answers(
  $$select desk.upsert_customer(gen_random_uuid(), 'new@home.test', 'Carl', null, null, pg_temp.names('external_id 47 11,chat slack:u1'))$$,
  'c1000000-0000-7000-8000-000000000001');
select checks.answers($$select pg_temp.known('c1000000-0000-7000-8000-000000000001')$$,
  'email carl+desk@example.com *, chat slack:u1, chat telegram:@Carl, email carl@home.test, email new@home.test, external_id 47 11');
select checks.answers(
  format($$select string_agg(id::text, ' ') from desk.find_tickets('{"conditions":[{"by":"customer","any":["%s"]}]}', 'activity', true, 10, now()) where place > 0$$, said),
  '71000000-0000-7000-8000-000000000001')
  from (values ('CARL@home.test'), ('carl+desk@example.com'), ('telegram:@Carl'), ('47 11')) as v (said);
select checks.answers(
  format($$select string_agg(id::text, ' ') from desk.find_customers('{"conditions":[%s]}', 'name', false, 10, now()) where place > 0$$, said),
  'c1000000-0000-7000-8000-000000000001')
  from (values ('{"by":"address","any":["CARL@home.test"]}'), ('{"by":"identity","name":"chat","any":["slack:u1"]}')) as v (said);
select checks.answers($$select desk.search_customers('home telegr')::text$$, '{c1000000-0000-7000-8000-000000000001}');

-- A name that changes leaves them findable.
update customers set name = 'Carla' where id = 'c1000000-0000-7000-8000-000000000001';
select checks.answers($$select desk.search_customers('carla slack')::text$$, '{c1000000-0000-7000-8000-000000000001}');

-- What somebody else has is refused, with the place and whose it is.
insert into customers (id, name, email) values ('c1000000-0000-7000-8000-000000000002', 'Dora', 'dora@example.com');
select checks.fails($$select desk.add_identities('c1000000-0000-7000-8000-000000000002', pg_temp.names('chat slack:u2,email carl@home.test'))$$, 'DK409', 'already_exists', '/identities/1/value');
select checks.fails($$insert into customers (name, email) values ('x', 'Carl@home.test')$$, 'DK409', 'already_exists', '/email');
select checks.fails($$update customers set email = 'carl@home.test' where id = 'c1000000-0000-7000-8000-000000000002'$$, 'DK409', 'already_exists', '/email');
select checks.fails($$insert into desk.customer_identities (customer_id, kind, value) values ('c1000000-0000-7000-8000-000000000002', 'email', 'carl@home.test')$$, '23505', 'customer_identities_pkey');
select checks.fails(
  $$select desk.upsert_customer(gen_random_uuid(), 'dora@example.com', null, null, null, pg_temp.names('chat slack:u1'))$$, 'DK423', 'rule', '/identities/0/value');
-- There is no such identity.
select checks.fails(format($$select desk.add_identities('c1000000-0000-7000-8000-000000000002', pg_temp.names('%s'))$$, said), 'DK422', 'invalid', '/identities/0/value')
  from (values ('email nobody'), ('chat ana'), ('chat Slack:x'), ('external_id  '), ('chat x: ')) as v (said);
select checks.fails(format($$insert into desk.customer_identities (customer_id, kind, value) values ('c1000000-0000-7000-8000-000000000002', %L, %L)$$, kind, value), '23514', name)
  from (values ('email', 'X@y.test', 'customer_identities_form'), ('email', 'xy', 'customer_identities_form'), ('chat', 'xy', 'customer_identities_form'), ('phone', '1', 'customer_identities_form'),
               ('external_id', ' 1', 'customer_identities_form'), ('external_id', repeat('x', 321), 'customer_identities_length')) as v (kind, value, name);

-- The primary address goes only with customers.email; another takes its place, one of theirs changes with it.
select checks.fails($$select desk.remove_identity('c1000000-0000-7000-8000-000000000002', 'email', 'dora@example.com')$$, 'DK423', 'rule', '/value');
select checks.fails($$select desk.remove_identity('c1000000-0000-7000-8000-000000000002', 'chat', 'slack:u1')$$, 'DK404', 'not_found', '/value');
update customers set email = 'dora@home.test' where id = 'c1000000-0000-7000-8000-000000000002';
select checks.answers($$select pg_temp.known('c1000000-0000-7000-8000-000000000002')$$, 'email dora@home.test *');
select checks.answers($$select desk.search_customers('dora@example')::text$$, '{}');
update customers set email = 'carl@home.test' where id = 'c1000000-0000-7000-8000-000000000001';
select checks.answers($$select pg_temp.known('c1000000-0000-7000-8000-000000000001')$$,
  'email carl@home.test *, email carl+desk@example.com, chat slack:u1, chat telegram:@Carl, email new@home.test, external_id 47 11');
select checks.answers($$select desk.search_customers('carl+desk@example.com')::text$$, '{c1000000-0000-7000-8000-000000000001}');
select desk.remove_identity('c1000000-0000-7000-8000-000000000001', 'email', 'NEW@home.test');
select checks.answers($$select desk.search_customers('new@home.test')::text$$, '{}');
update customers set email = null where id = 'c1000000-0000-7000-8000-000000000002';
select checks.answers($$select coalesce(pg_temp.known('c1000000-0000-7000-8000-000000000002'), 'none')$$, 'none');
-- The first address of who has none is the primary one.
select desk.add_identities('c1000000-0000-7000-8000-000000000002', pg_temp.names('email d@home.test,email e@home.test'));
select checks.answers($$select pg_temp.known('c1000000-0000-7000-8000-000000000002')$$, 'email d@home.test *, email e@home.test');

-- At most 50 beside it.
select checks.fails(
  $$insert into desk.customer_identities (customer_id, kind, value)
    select 'c1000000-0000-7000-8000-000000000002', 'external_id', n::text from generate_series(1, 50) as n$$, 'DK423', 'rule');

-- A customer that is deleted keeps them.
select checks.become('anna');
update customers set deleted_at = now() where id = 'c1000000-0000-7000-8000-000000000002';
select checks.fails($$select desk.ensure_customer(gen_random_uuid(), 'e@home.test')$$, 'DK409', 'deleted', '/email');
select checks.fails($$select desk.add_identities('c1000000-0000-7000-8000-000000000001', pg_temp.names('email e@home.test'))$$, 'DK409', 'deleted', '/identities/0/value');

-- The same identity is somebody else in another organization.
select checks.become('zoe');
select desk.add_identities('c2000000-0000-7000-8000-000000000001', pg_temp.names('chat slack:u1'));
select checks.answers($$select desk.ensure_customer(gen_random_uuid(), null, null, '/email', pg_temp.names('chat slack:u1'))$$, 'c2000000-0000-7000-8000-000000000001');
select checks.answers($$select count(*) from desk.customer_identities$$, '2');
