-- A name is composed, in lower case, trimmed, and has a hyphen for each blank.
select checks.become('bob');
select checks.answers(format('select desk.tag_name(%L)', content), name)
  from (values
    ('VIP', 'vip'), ('  late  order ', 'late-order'), (E'a\t\nb', 'a-b'), ('ÉCOLE', 'école'), (E'e\u0301', E'\u00e9'), (E'\u00a0x\u00a0', 'x'),
    ('a-b', 'a-b'), ('a,b', 'a,b'), (' ', '')
  ) as v (content, name);
select checks.answers($$select tags from tickets$$, '{fire-drill}');
-- Tags are part of a ticket's version and no activity.
select checks.touches($$update tickets set tags = '{ZZ, b , zz,a,NULL}'$$, 1);
select checks.answers($$select concat_ws(' ', tags, version, last_activity_at < updated_at) from tickets$$, '{a,b,zz} 2 t');
select checks.answers($$select string_agg(name || ' ' || ticket_count, ', ' order by name) from desk.tag$$, 'a 1, b 1, fire-drill 0, zz 1');
select checks.touches($$update tickets set tags = '{B,a,zz}'$$, 1);
select checks.answers($$select version from tickets$$, '2');
select checks.fails($$update tickets set tags = '{a," "}'$$, 'DK422', 'invalid', '/tags');
select checks.fails($$update tickets set tags = array[repeat('x', 101)]$$, 'DK422', 'invalid', '/tags');
select checks.fails($$update tickets set tags = array(select n::text from generate_series(1, 101) n)$$, 'DK423', 'rule', '/tags');
select checks.touches($$update tickets set tags = array(select n::text from generate_series(1, 100) n)$$, 1);
select desk.change_tags('71000000-0000-7000-8000-000000000001', '{}', null, '{X,y}');
select desk.change_tags('71000000-0000-7000-8000-000000000001', '{Z, y}', '{ X}');
select checks.answers($$select tags from tickets$$, '{y,z}');
-- Found by tag: all of several, or any.
insert into tickets (id, customer_id, subject, tags)
select '71000000-0000-7000-8000-000000000002', id, 'second', '{z,w}' from customers;
select checks.answers(format('select cardinality(desk.tagged_tickets(%L, %L, %s))', names, wants_all, most), expected)
  from (values
    ('{z}', true, 'null', '2'), ('{Z,y}', true, 'null', '1'), ('{z,w,y}', true, '9', '0'), ('{w,y}', false, 'null', '2'), ('{w,y,z}', false, '9', '2'),
    ('{none}', false, '9', '0'), ('{z,none}', true, '9', '0'), ('{z,none}', false, '2', '2'), ('{z}', true, '1', null), ('{z}', false, '1', null),
    ('{w,y}', false, '1', null), ('{w,z}', true, '1', '1')
  ) as v (names, wants_all, most, expected);
-- An agent makes tags by using them, and changes none.
select checks.touches($$update tags set name = 'q'$$, 0);
select checks.touches($$delete from tags$$, 0);
select checks.become('anna');
select checks.fails($$update tags set name = 'W' where name = 'y'$$, '23505', 'tags_name_key');
select checks.fails($$update tags set name = ' ' where name = 'y'$$, 'DK422', 'invalid', '/name');
select checks.touches($$update tags set name = ' A  z' where name = 'z'$$, 1);
select checks.answers($$select string_agg(tags::text, ' ' order by number) from tickets$$, '{a-z,y} {a-z,w}');
select checks.answers($$select concat_ws(' ', version, ticket_count) from desk.tag where name = 'a-z'$$, '2 2');
select desk.merge_tags((select id from tags where name = 'y'), (select id from tags where name = 'a-z'));
select checks.answers($$select string_agg(tags::text, ' ' order by number) from tickets$$, '{a-z} {a-z,w}');
select checks.fails($$select desk.merge_tags(id, id) from tags where name = 'w'$$, 'DK423', 'rule', '/into');
select checks.touches($$delete from tags where name = 'a-z'$$, 1);
select checks.answers($$select string_agg(tags::text, ' ' order by number) from tickets$$, '{} {w}');
select checks.fails($$update tags set id = gen_random_uuid()$$, '42501');
reset role;
select checks.fails($$update tags set id = gen_random_uuid()$$, 'DK423', 'immutable');
select checks.answers($$select count(*) from desk.ticket_tags$$, '1');
-- What is deleted is counted nowhere, and is renamed all the same.
select checks.become('anna');
update tickets set deleted_at = now() where number = 2;
select checks.answers($$select ticket_count || ' ' || cardinality(desk.tagged_tickets('{w}', false, null)) from desk.tag where name = 'w'$$, '0 0');
update tags set name = 'ww' where name = 'w';
update tickets set deleted_at = null where number = 2;
select checks.answers($$select ticket_count || ' ' || cardinality(desk.tagged_tickets('{ww}', true, 5)) from desk.tag where name = 'ww'$$, '1 1');
-- Also of a new ticket.
insert into tickets (id, customer_id, subject, tags)
select '71000000-0000-7000-8000-000000000003', id, 'third', '{ B ,a,a}' from customers limit 1;
select checks.answers($$select tags from tickets where id = '71000000-0000-7000-8000-000000000003'$$, '{a,b}');
