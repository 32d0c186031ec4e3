-- What a macro's actions may be.
select checks.become('bob');
select checks.answers(format('select desk.valid_macro_actions(%L)', actions), valid)
  from (values
    ('{}', 'true'), ('[]', 'false'), ('{"status":"solved","priority":"high","assigned_to":"me"}', 'true'),
    ('{"status":"closed"}', 'false'), ('{"status":["open"]}', 'false'), ('{"status":null}', 'false'),
    ('{"priority":"huge"}', 'false'), ('{"assigned_to":null}', 'true'), ('{"assigned_to":"nobody"}', 'false'),
    ('{"assigned_to":"00000000-0000-7000-8000-000000000000"}', 'true'), ('{"assigned_to":1}', 'false'),
    ('{"add_tags":["a"],"remove_tags":["b"]}', 'true'), ('{"set_tags":[]}', 'true'), ('{"add_tags":[]}', 'false'),
    ('{"set_tags":["a"],"add_tags":["b"]}', 'false'), ('{"add_tags":[1]}', 'false'), ('{"add_tags":[" "]}', 'false'),
    ('{"add_tags":"a"}', 'false'), ('{"fields":{"plan":"pro"}}', 'true'), ('{"fields":{}}', 'false'),
    ('{"add_followers":["me"]}', 'true'), ('{"add_followers":[null]}', 'false'), ('{"add_followers":[]}', 'false'),
    ('{"snooze_hours":24}', 'true'), ('{"snooze_hours":0}', 'false'), ('{"snooze_hours":1.5}', 'false'),
    ('{"snooze_hours":9999}', 'false'), ('{"snooze_hours":"1"}', 'false'), ('{"close":true}', 'false'),
    ('{"status":"solved","assigned_to":null}', 'false'), ('{"status":"solved","snooze_hours":1}', 'false'),
    ('{"status":"open","assigned_to":null,"snooze_hours":1}', 'true')
  ) as v (actions, valid);
select checks.fails($$insert into macros (title, body, actions) values ('x', 'x', '{"status":"closed"}')$$, '23514', 'macros_actions_valid');
select checks.fails($$insert into macros (title) values ('x')$$, '23514', 'macros_does_something');
select checks.fails($$insert into macros (title, body, visibility, created_by) values ('x', 'x', 'team', checks.agent('bob'))$$, '23514', 'macros_visibility_known');
-- For its maker alone; nobody makes one in another's name, or without a name that only the nameless could see.
select checks.touches($$insert into macros (id, title, actions, visibility, created_by) values ('a1000000-0000-7000-8000-000000000002', 'Mine', '{"status":"solved"}', 'me', checks.agent('bob'))$$, 1);
select checks.fails($$insert into macros (title, body, visibility) values ('x', 'x', 'me')$$, '42501');
select checks.answers($$select count(*) from desk.macro where title = 'Mine'$$, '1');
select checks.touches($$update macros set metadata = '{"a":1}' where title = 'Mine'$$, 1);
select checks.become('anna');
select checks.answers($$select count(*) from desk.macro where title = 'Mine'$$, '0');
select checks.touches($$update macros set metadata = '{}' where title = 'Mine'$$, 0);
select checks.touches($$update macros set metadata = '{}'$$, 1);
select checks.fails($$select desk.expect('macro', 'a1000000-0000-7000-8000-000000000002', null)$$, 'DK404', 'not_found');
-- Uses are counted, which is no change.
select checks.become('bob');
select checks.answers($$select concat_ws(' ', usage_count, last_used_at, version) from desk.macro where title = 'Mine'$$, '0 2');
select desk.count_macro_use('a1000000-0000-7000-8000-000000000002');
select desk.count_macro_use('a1000000-0000-7000-8000-000000000002');
select checks.answers($$select concat_ws(' ', usage_count, last_used_at = now(), version) from desk.macro where title = 'Mine'$$, '2 t 2');
select checks.fails($$update desk.macro_usage set usage_count = 9$$, '42501');
select checks.become('zoe');
select checks.fails($$select desk.count_macro_use('a1000000-0000-7000-8000-000000000002')$$, '23503', 'macro_usage_macro_fkey');
select checks.fails($$select desk.apply_actions('71000000-0000-7000-8000-000000000001', '{"fields":{"plan":"pro"},"add_followers":["me"]}')$$, '23503', 'ticket_followers_ticket_fkey');
-- All at once, in the order that makes them possible, with the caller's rights.
select checks.become('anna');
select checks.answers($$select desk.apply_actions('71000000-0000-7000-8000-000000000001', '{"status":"pending","priority":"urgent","assigned_to":"me","set_tags":["B","a"],"fields":{"plan":"free"},"add_followers":["me"],"snooze_hours":2}')$$, '');
select checks.answers($$select concat_ws(' ', status, priority, assigned_to = checks.agent('anna'), tags, follower_ids = array[checks.agent('anna')], snoozed_until = now() + interval '2 hours') from tickets$$, 'pending urgent t {a,b} t t');
select checks.answers($$select fields ->> 'plan' from desk.customer_detail$$, 'free');
select checks.answers($$select desk.apply_actions('71000000-0000-7000-8000-000000000001', '{"remove_tags":["a"],"add_tags":["c"],"assigned_to":null}')$$, '');
select checks.answers($$select concat_ws(' ', assigned_to, tags) from tickets$$, '{b,c}');
-- What cannot be done is named, and nothing else is done.
select checks.fails($$select desk.apply_actions('71000000-0000-7000-8000-000000000001', '{"priority":"low","assigned_to":"00000000-0000-7000-8000-000000000000"}')$$, 'DK422', 'invalid', '/id');
select checks.fails($$select desk.apply_actions('71000000-0000-7000-8000-000000000001', '{"priority":"low","fields":{"none":1}}')$$, 'DK422', 'unknown_field', '/id');
select checks.fails($$select desk.apply_actions('71000000-0000-7000-8000-000000000001', '{"priority":"low","status":"solved","snooze_hours":1}')$$, 'DK423', 'rule', '/id');
select checks.answers($$select concat_ws(' ', status, priority) from tickets$$, 'pending urgent');
-- One change: a solved ticket is opened and nobody's afterwards; one that is to stay solved is somebody's.
select checks.answers($$select desk.apply_actions('71000000-0000-7000-8000-000000000001', '{"status":"solved"}')$$, '');
select checks.fails($$select desk.apply_actions('71000000-0000-7000-8000-000000000001', '{"priority":"low","assigned_to":null}')$$, 'DK423', 'rule', '/id');
select checks.answers($$select desk.apply_actions('71000000-0000-7000-8000-000000000001', '{"status":"open","assigned_to":null,"priority":"low"}')$$, '');
select checks.answers($$select concat_ws(' ', status, priority, assigned_to is null, reopen_count) from tickets$$, 'open low t 1');
select checks.answers($$select desk.apply_actions('71000000-0000-7000-8000-000000000001', '{"status":"solved","assigned_to":null}')$$, '');
select checks.answers($$select concat_ws(' ', status, assigned_to = checks.agent('anna')) from tickets$$, 'solved t');
-- Snoozed as tickets.snooze does it, whatever was kept before.
select checks.answers($$select desk.apply_actions('71000000-0000-7000-8000-000000000001', '{"status":"pending","assigned_to":null,"snooze_hours":2}')$$, '');
update tickets set keep_snoozed = true;
select checks.answers($$select desk.apply_actions('71000000-0000-7000-8000-000000000001', '{"snooze_hours":3}')$$, '');
select checks.answers($$select concat_ws(' ', status, snoozed_until = now() + interval '3 hours', keep_snoozed) from tickets$$, 'pending t f');
