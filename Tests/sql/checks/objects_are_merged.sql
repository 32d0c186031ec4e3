select checks.become('bob');
select checks.answers(format('select desk.merge_patch(%L, %L)::text', target, patch), merged)
  from (values
    -- The cases of RFC 7396, appendix A, that jsonb can hold.
    ('{"a":"b"}', '{"a":"c"}', '{"a": "c"}'), ('{"a":"b"}', '{"b":"c"}', '{"a": "b", "b": "c"}'),
    ('{"a":"b"}', '{"a":null}', '{}'), ('{"a":"b","b":"c"}', '{"a":null}', '{"b": "c"}'),
    ('{"a":["b"]}', '{"a":"c"}', '{"a": "c"}'), ('{"a":"c"}', '{"a":["b"]}', '{"a": ["b"]}'),
    ('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a": {"b": "d"}}'),
    ('{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a": [1]}'), ('["a","b"]', '["c","d"]', '["c", "d"]'),
    ('{"a":"b"}', '["c"]', '["c"]'), ('{"a":"foo"}', 'null', 'null'), ('{"a":"foo"}', '"bar"', '"bar"'),
    ('{"e":null}', '{"a":1}', '{"a": 1, "e": null}'), ('[1,2]', '{"a":"b","c":null}', '{"a": "b"}'),
    ('{}', '{"a":{"bb":{"ccc":null}}}', '{"a": {"bb": {}}}'), ('{"a":1.50}', '{}', '{"a": 1.50}')
  ) as v (target, patch, merged);
select checks.answers($$select desk.merge_patch('{"a":1}', null)::text$$, null);
