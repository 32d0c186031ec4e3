select checks.become('bob');
insert into customers (email, name) values ('Dora.Lang-Hall@mail.example.com', 'Dora O''Hall-Lang');
select checks.answers(format('select cardinality(desk.search_customers(%L))::text', query), hits)
  from (values
    ('dor', '1'), ('DORA', '1'), ('hall lang', '1'), ('o''hall', '1'), ('hall-l', '1'), ('dora lion', '0'), ('ora', '0'),
    ('dora.lang-hall@mail.example.com', '1'), ('dora.lang-hall@mail.exa', '1'), ('mail.example.com', '1'),
    ('@mail', '1'), ('lang-', '1'), ('example.com', '2'), ('carl+desk', '1'), ('', '0'), ('   ', '0'), ('&|!():*''\', '0'),
    ('dora'' & ''x', '0'), ('\dora\', '1')
  ) as v (query, hits);
-- The newest first, of the own organization only, whatever the claims say.
select checks.answers($$select cardinality(desk.search_customers('carl'))$$, '1');
select checks.become('zoe');
select checks.answers($$select desk.search_customers('carl')$$, '{c2000000-0000-7000-8000-000000000001}');
select checks.answers($$select desk.search_customers('dora')$$, '{}');
select checks.become('zoe', true);
select checks.answers($$select desk.search_customers('carl')$$, '{}');
