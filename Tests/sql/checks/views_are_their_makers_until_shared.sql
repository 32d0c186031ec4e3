select checks.become('bob');
insert into ticket_views (id, owner_id, name, query) values
  ('a1000000-0000-7000-8000-000000000001', checks.agent('bob'), 'Mine', 'status:open'),
  ('a1000000-0000-7000-8000-000000000002', checks.agent('bob'), 'Ours', 'printer');
update ticket_views set is_shared = true where name = 'Ours';
-- Nobody makes one in another's name.
select checks.fails(
  format('insert into ticket_views (owner_id, name) values (%L, ''x'')', checks.agent('anna')), '42501');
select checks.fails('insert into ticket_views (name) values (''Mine'')', '23505', 'ticket_views_name_key');
select checks.fails('update ticket_views set owner_id = owner_id', '42501');
select checks.fails('insert into ticket_views (name, sort) values (''x'', ''size'')', '23514', 'ticket_views_sort_known');
select checks.fails('insert into ticket_views (name, columns) values (''x'', ''{}'')', '23514', 'ticket_views_columns_array');
select checks.fails(
  format('insert into ticket_views (name, query) values (''x'', %L)', repeat('x', 1001)), '23514',
  'ticket_views_query_length');
select checks.answers('select count(*)::text from ticket_views', '2');

-- An admin sees and changes what is shared, and nothing else.
select checks.become('anna');
select checks.answers('select string_agg(name, '','') from ticket_views', 'Ours');
select checks.touches('update ticket_views set query = ''zebra''', 1);
select checks.fails('select desk.expect(''view'', ''a1000000-0000-7000-8000-000000000001'', null)', 'DK404', 'not_found');
select checks.fails('select desk.expect(''view'', ''a1000000-0000-7000-8000-000000000002'', 1)', 'DK409', 'conflict');
select checks.touches('delete from ticket_views', 1);
insert into ticket_views (id, name, is_shared) values ('a1000000-0000-7000-8000-000000000003', 'All', true);

-- An agent reads a shared one and cannot change it; without being an admin they delete their own.
select checks.become('bob');
select checks.answers('select string_agg(name, '','' order by name) from ticket_views', 'All,Mine');
select checks.touches('update ticket_views set name = ''x'' where name = ''All''', 0);
select checks.touches('delete from ticket_views where name = ''All''', 0);
select checks.fails('select desk.expect(''view'', ''a1000000-0000-7000-8000-000000000003'', null)', 'DK403', 'forbidden');
select desk.expect('view', 'a1000000-0000-7000-8000-000000000001', 1, 'delete');
select checks.answers($$select desk.shown('view', 'a1000000-0000-7000-8000-000000000001') ->> 'name'$$, 'Mine');

-- Another organization sees none and makes none here.
select checks.become('zoe');
select checks.answers('select count(*)::text from ticket_views', '0');
select checks.fails(
  format('insert into ticket_views (organization_id, owner_id, name) values (%L, %L, ''x'')',
         checks.organization('anna'), checks.agent('zoe')), '42501');
select checks.touches('delete from ticket_views', 0);
select checks.become('zoe', true);
select checks.answers('select count(*)::text from ticket_views', '0');

-- A view's maker is of its organization.
select set_config('role', 'none', true);
select checks.fails(
  format('insert into ticket_views (organization_id, owner_id, name) values (%L, %L, ''x'')',
         checks.organization('anna'), checks.agent('zoe')), '23503', 'ticket_views_owner_fkey');
