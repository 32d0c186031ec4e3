-- Customers who are one and the same: all that is theirs moves, remembers whose it was, and goes back.
create function pg_temp.customer(letter text) returns uuid language sql stable as
  $$select ('c1000000-0000-7000-8000-00000000000' || translate(letter, 'ABC', '123'))::uuid$$;
create function pg_temp.state(letter text) returns text language sql stable as $$
  select concat_ws(' ', c.name, c.email, '-> ' || (select o.name from customers o where o.id = c.merged_into),
           (select string_agg(i ->> 'value', ',' order by i ->> 'value') from jsonb_array_elements(c.identities) i where not (i ->> 'is_primary')::boolean),
           (select string_agg(t.subject, ',' order by t.subject) from tickets t where t.customer_id = c.id),
           (select string_agg(m.body, ',' order by m.body) from ticket_messages m where m.sender_customer_id = c.id),
           nullif(c.fields, '{}'))
    from desk.customer_detail c where c.id = pg_temp.customer(letter)
$$;
create function pg_temp.states() returns text language sql stable as
  $$select string_agg(pg_temp.state(l), ' | ' order by l) from unnest('{A,B,C}'::text[]) l$$;
create function pg_temp.say(subject text, content text) returns void language sql as $$
  insert into ticket_messages (ticket_id, sender_type, sender_id, body)
  select t.id, 'customer', t.customer_id, content from tickets t where t.subject = say.subject
$$;
select checks.become('bob');
update customers set name = 'A' where id = pg_temp.customer('A');
insert into customers (id, name, email) values (pg_temp.customer('B'), 'B', 'b@x.test'), (pg_temp.customer('C'), 'C', null);
select desk.add_identities(pg_temp.customer('B'), '[{"kind":"chat","value":"telegram:b"}]');
select desk.set_customer_fields(pg_temp.customer('B'), '{"plan":"free","age":7,"tags":["b"]}');
delete from customer_field_values where field_id = (select id from customer_fields where field_name in ('age')) and customer_id = pg_temp.customer('A');
insert into tickets (customer_id, subject) values (pg_temp.customer('B'), 'b'), (pg_temp.customer('C'), 'c');
select pg_temp.say('b', 'b1'), pg_temp.say('c', 'c1');
reset role;
-- What B has is retired since; B keeps it, and so does who B becomes part of.
update customer_fields set options = '["free"]', retired_options = '["pro"]' where field_name = 'plan' and organization_id = checks.organization('anna');
alter table tickets disable trigger user;
update tickets set last_activity_at = now() - interval '1 day' where subject = 'b';
alter table tickets enable trigger user;
create temporary table first as
select pg_temp.states() as states, (select last_activity_at from tickets where subject = 'b') as activity;
grant select on first to public;
select checks.become('bob');
select checks.answers('select states from first',
  'A carl+desk@example.com Printer on fire It burns, zebra {"vip": true, "born": "2024-02-29", "plan": "pro", "tags": ["a", "c"], "no/te~": "x"}'
  ' | B b@x.test telegram:b b b1 {"age": 7, "plan": "free", "tags": ["b"]} | C c c1');

-- Refused: themselves, who is not there, nobody's.
select checks.fails($$select desk.merge_customers(array[pg_temp.customer('A')], pg_temp.customer('A'))$$, 'DK423', 'rule', '/sources/0');
select checks.fails($$select desk.merge_customers(array[pg_temp.customer('B'), gen_random_uuid()], pg_temp.customer('A'))$$, 'DK404', 'not_found', '/sources/1');
select checks.fails($$select desk.merge_customers(array['c2000000-0000-7000-8000-000000000001'::uuid], pg_temp.customer('A'))$$, 'DK404', 'not_found', '/sources/0');
select checks.fails($$select desk.merge_customers(array[pg_temp.customer('B')], 'c2000000-0000-7000-8000-000000000001')$$, 'DK404', 'not_found', '/id');
select checks.fails($$select desk.unmerge_customer(pg_temp.customer('B'))$$, 'DK423', 'rule', '/id');
select checks.fails($$select desk.unmerge_customer('c2000000-0000-7000-8000-000000000001')$$, 'DK404', 'not_found', '/id');

-- B into C, who gets an email by it; then C into A.
select desk.merge_customers(array[pg_temp.customer('B')], pg_temp.customer('C'));
select checks.answers('select pg_temp.states()',
  'A carl+desk@example.com Printer on fire It burns, zebra {"vip": true, "born": "2024-02-29", "plan": "pro", "tags": ["a", "c"], "no/te~": "x"}'
  ' | B -> C {"age": 7, "plan": "free", "tags": ["b"]} | C b@x.test telegram:b b,c b1,c1 {"age": 7, "plan": "free", "tags": ["b"]}');
select checks.fails($$select desk.merge_customers(array[pg_temp.customer('B')], pg_temp.customer('A'))$$, 'DK423', 'rule', '/sources/0');
select checks.fails($$select desk.merge_customers(array[pg_temp.customer('A')], pg_temp.customer('B'))$$, 'DK423', 'rule', '/id');
select checks.fails($$select desk.merge_customers(array[pg_temp.customer('C')], pg_temp.customer('B'))$$, 'DK423', 'rule', '/id');
select desk.merge_customers(array[pg_temp.customer('C')], pg_temp.customer('A'));
select checks.answers('select pg_temp.states()',
  'A carl+desk@example.com b@x.test,telegram:b Printer on fire,b,c It burns, zebra,b1,c1 {"age": 7, "vip": true, "born": "2024-02-29", "plan": "pro", "tags": ["a", "c"], "no/te~": "x"}'
  ' | B -> A {"age": 7, "plan": "free", "tags": ["b"]} | C -> A {"age": 7, "plan": "free", "tags": ["b"]}');
-- Nothing happened on the tickets.
select checks.answers($$select last_activity_at < activity + interval '1 second' from tickets, first where subject = 'b'$$, 'true');
select checks.answers($$select string_agg(concat_ws(' ', object ->> 'kind', action, detail), ', ' order by seq) from desk.audit_entry
  where object ->> 'id' in (pg_temp.customer('B')::text, pg_temp.customer('A')::text) and (action = 'merged' or detail is not null)$$,
  'customer merged, customer changed {"merged_from": "c1000000-0000-7000-8000-000000000003"}');

-- Whoever was merged is not listed nor found, does not change, and tells where they are.
select checks.answers($$select string_agg(name, ',' order by name) from desk.listed_customer$$, 'A');
select checks.answers($$select desk.search_customers('b@x')::text$$, '{c1000000-0000-7000-8000-000000000001}');
select checks.answers($$select string_agg(id::text, ' ') from desk.find_customers('{"conditions":[{"by":"field","name":"age","any":["7"]}]}', 'name', false, 10, now()) where place > 0$$, 'c1000000-0000-7000-8000-000000000001');
select checks.answers($$select merged_into from desk.customer where name = 'B'$$, 'c1000000-0000-7000-8000-000000000001');
select checks.answers($$select desk.ensure_customer(gen_random_uuid(), 'b@x.test')$$, 'c1000000-0000-7000-8000-000000000001');
select checks.fails($$update customers set name = 'x' where id = pg_temp.customer('B')$$, 'DK423', 'rule', '/id');
select checks.fails($$select desk.expect('customer', pg_temp.customer('B'), null)$$, 'DK423', 'rule');
-- What comes to them comes to whom they are now, and goes along when they are taken out.
insert into tickets (customer_id, subject) values (pg_temp.customer('B'), 'late');
insert into ticket_messages (ticket_id, sender_type, sender_id, body)
select t.id, 'customer', pg_temp.customer('B'), 'late1' from tickets t where t.subject = 'late';
select pg_temp.say('b', 'b2');
select checks.answers($$select concat_ws(' ', customer_id, customer_path) from tickets where subject = 'late'$$,
  'c1000000-0000-7000-8000-000000000001 {c1000000-0000-7000-8000-000000000002,c1000000-0000-7000-8000-000000000003}');
-- A ticket that is given to somebody else is no part of a merge any longer.
update tickets set customer_id = pg_temp.customer('C') where subject = 'c';
select checks.answers($$select concat_ws(' ', customer_id, customer_path) from tickets where subject = 'c'$$,
  'c1000000-0000-7000-8000-000000000001 {c1000000-0000-7000-8000-000000000003}');

-- B comes out of A, past C; what A changed since stays.
select desk.set_customer_fields(pg_temp.customer('A'), '{"age":8}');
select desk.unmerge_customer(pg_temp.customer('B'));
select checks.answers('select pg_temp.states()',
  'A carl+desk@example.com Printer on fire,c It burns, zebra,c1 {"age": 8, "vip": true, "born": "2024-02-29", "plan": "pro", "tags": ["a", "c"], "no/te~": "x"}'
  ' | B b@x.test telegram:b b,late b1,b2,late1 {"age": 7, "plan": "free", "tags": ["b"]} | C -> A {"age": 7, "plan": "free", "tags": ["b"]}');
select checks.answers($$select desk.search_customers('b@x')::text$$, '{c1000000-0000-7000-8000-000000000002}');
select desk.unmerge_customer(pg_temp.customer('C'));
select checks.answers($$select pg_temp.state('C')$$, 'C c c1 {"age": 7, "plan": "free", "tags": ["b"]}');
-- Again, and after 30 days.
select desk.merge_customers(array[pg_temp.customer('B'), pg_temp.customer('C')], pg_temp.customer('A'));
reset role;
update desk.customer_merges set merged_at = merged_at - interval '31 days' where source_id = pg_temp.customer('B');
select checks.become('bob');
select checks.fails($$select desk.unmerge_customer(pg_temp.customer('B'))$$, 'DK423', 'rule', '/id');
-- The target that is deleted is restored first.
select checks.become('anna');
update customers set deleted_at = now() where id = pg_temp.customer('A');
select checks.fails($$select desk.unmerge_customer(pg_temp.customer('C'))$$, 'DK423', 'rule', '/id');
update customers set deleted_at = null where id = pg_temp.customer('A');
select desk.unmerge_customer(pg_temp.customer('C'));
-- At most 50 identities.
insert into desk.customer_identities (customer_id, kind, value) select pg_temp.customer('A'), 'external_id', 'a' || n from generate_series(1, 40) as n;
insert into desk.customer_identities (customer_id, kind, value) select pg_temp.customer('C'), 'external_id', 'c' || n from generate_series(1, 20) as n;
select checks.fails($$select desk.merge_customers(array[pg_temp.customer('C')], pg_temp.customer('A'))$$, 'DK423', 'rule', '/sources');
-- With the target goes who was merged into it.
reset role;
select desk.purge_customer(checks.organization('anna'), pg_temp.customer('A'));
select checks.answers($$select string_agg(name, ',' order by name) from customers where organization_id = checks.organization('anna')$$, 'C');
