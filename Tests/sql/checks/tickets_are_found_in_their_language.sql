create function checks.found(text text, by jsonb default '[]', kind text default 'word', subject boolean default false)
returns text language sql as
  $$select string_agg(right(f.id::text, 1), '' order by f.id)
      from desk.find_tickets(
             jsonb_build_object(
               'terms', case when text is null then '[]' else jsonb_build_array(jsonb_build_object(
                 'text', text, 'kind', kind, 'not', false, 'subject', subject)) end,
               'conditions', by), 'activity', true, 10, now()) as f
     where f.place > 0$$;
select checks.become('anna');
insert into tickets (id, customer_id, subject) values
  ('71000000-0000-7000-8000-000000000002', 'c1000000-0000-7000-8000-000000000001', 'Running shoes');
-- What was just written is found; a ticket by its subject, messages, customer and their values.
select checks.answers('select checks.found(''printer'')', '1');
select checks.answers('select checks.found(''zebra'')', '1');
select checks.answers('select checks.found(''carl+desk@example.com'')', '12');
select checks.answers('select checks.found(''pro'')', '12');
select checks.answers('select checks.found(''shoes'')', '2');
select checks.answers('select checks.found(''sho'', kind => ''prefix'')', '2');
select checks.answers('select checks.found(''on fire'', kind => ''phrase'')', '1');
select checks.answers('select checks.found(''zebra'', subject => true)', null);
select checks.answers('select checks.found(''fi'', kind => ''prefix'', subject => true)', '1');
select checks.answers('select checks.found(''it''''s :* & | ! ''''quoted'''''')', null);
select checks.answers('select checks.found(''run'')', null);

-- Typed values.
select checks.answers($$select checks.found(null, '[{"by": "field", "name": "age", "from": "1.4", "not": false}]')$$, '12');
select checks.answers($$select checks.found(null, '[{"by": "field", "name": "age", "from": "1.5", "from_open": true, "not": false}]')$$, null);
select checks.answers($$select checks.found(null, '[{"by": "field", "name": "AGE", "any": ["1.50"], "not": false}]')$$, '12');
select checks.answers($$select checks.found(null, '[{"by": "field", "name": "tags", "any": ["C", "x"], "not": false}]')$$, '12');
select checks.answers($$select checks.found(null, '[{"by": "field", "name": "tags", "any": ["b"], "not": false}]')$$, null);
select checks.answers($$select checks.found(null, '[{"by": "field", "name": "born", "to": "2024-02-29", "not": false}]')$$, '12');
select checks.answers($$select checks.found(null, '[{"by": "field", "name": "vip", "any": ["yes"], "not": true}]')$$, null);
select checks.fails($$select checks.found(null, '[{"by": "field", "name": "old", "any": ["1"], "not": false, "path": "/fields/old"}]')$$,
  'DK422', 'query_error', '/fields/old');

-- People and tags.
select checks.answers($$select checks.found(null, '[{"by": "assignee", "any": ["none"], "not": true}]')$$, '1');
select checks.answers(format($$select checks.found(null, '[{"by": "assignee", "any": ["%s"], "not": false}]')$$, checks.agent('bob')), '1');
update tickets set tags = '{"Red Hot"}' where id = '71000000-0000-7000-8000-000000000002';
select checks.answers($$select checks.found(null, '[{"by": "tag", "any": ["RED HOT", "x"], "not": false}]')$$, '2');
select checks.answers($$select checks.found(null, '[{"by": "tag", "any": ["red-hot"], "not": true}]')$$, '1');
select checks.answers('select checks.found(''hot'')', '2');

-- Another language: what is new is in it at once, what was there before until maintenance came in both.
select checks.fails('update organizations set search_language = ''klingon''', 'DK422', 'invalid', '/search_language');
update organizations set search_language = 'english';
insert into tickets (id, customer_id, subject) values
  ('71000000-0000-7000-8000-000000000003', 'c1000000-0000-7000-8000-000000000001', 'It runs and runs');
select checks.answers('select checks.found(''running'')', '23');
select checks.answers('select checks.found(''run'')', '3');
-- A common word means nothing beside others, and finds nothing alone.
select checks.answers('select checks.found(''the'')', null);
select set_config('role', 'deskpipe_maintain', true);
select desk.reindex_search(1) from generate_series(1, 20);
select checks.answers('select desk.reindex_search(1)::text', '0');
select checks.become('anna');
select checks.answers('select checks.found(''run'')', '23');
select checks.answers('select checks.found(''printers'')', '1');
-- From one language to another: the older documents are found by the words of both.
insert into ticket_messages (ticket_id, sender_type, body)
values ('71000000-0000-7000-8000-000000000003', 'system', 'Trousers fitted');
update organizations set search_language = 'german';
select checks.answers('select checks.found(''running'')', '23');
select checks.answers('select checks.found(''fitting'')', '3');
update organizations set search_language = 'simple';
select set_config('role', 'deskpipe_maintain', true);
select desk.reindex_search(100) from generate_series(1, 3);
select checks.become('anna');
select checks.answers('select checks.found(''run'')', null);
select checks.answers('select checks.found(''running'')', '2');
select checks.answers('select checks.found(''running'', subject => true)', '2');

-- Only of the own organization, whatever the claims say; and nobody reads what is searched.
select checks.become('zoe');
select checks.answers('select checks.found(''printer'')', '1');
select checks.answers('select checks.found(''zebra'')', null);
select checks.answers($$select desk.ticket_snippet('71000000-0000-7000-8000-000000000001', '{"terms": [{"text": "printer", "kind": "word", "not": false, "subject": false}]}')::text$$, null);
select checks.fails('select from desk.search_reindexings', '42501');
select checks.fails('select desk.matching_tickets(null, null, 1)', '42501');
select checks.fails('select desk.reindex_search(1)', '42501');
select checks.become('zoe', true);
select checks.answers('select checks.found(''printer'')', null);

-- What is marked.
select checks.become('anna');
select checks.answers($$select desk.ticket_snippet('71000000-0000-7000-8000-000000000001', '{"terms": [{"text": "zebra", "kind": "word", "not": false, "subject": false}]}') ->> 'text'$$, 'It burns, ⟦zebra⟧');
