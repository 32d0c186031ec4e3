-- London has summer time from 2026-03-29 to 2026-10-25.
select checks.answers(
         format(
           'select desk.business_seconds(%L, %L, %L, %L, %L)', zone,
           '{"monday": [{"from": "09:00", "to": "12:00"}, {"from": "13:00", "to": "17:30"}], "tuesday": [{"from": "09:00", "to": "17:00"}],
             "saturday": [{"from": "22:00", "to": "24:00"}], "sunday": [{"from": "00:00", "to": "04:00"}]}'::jsonb,
           holidays, start, stop), seconds)
  from (values
    -- A Monday: before, over noon, after.
    ('Europe/London', '{}', '2026-01-05T00:00Z', '2026-01-05T10:00Z', '3600'),
    ('Europe/London', '{}', '2026-01-05T11:30Z', '2026-01-05T13:15:30Z', '2730'),
    ('Europe/London', '{}', '2026-01-05T17:30Z', '2026-01-06T09:00Z', '0'),
    ('Europe/London', '{}', '2026-01-05T00:00Z', '2026-01-07T00:00Z', '55800'),
    -- In summer it begins an hour earlier.
    ('Europe/London', '{}', '2026-07-06T08:00Z', '2026-07-06T09:00Z', '3600'),
    ('Europe/Berlin', '{}', '2026-07-06T06:00Z', '2026-07-06T08:00Z', '3600'),
    ('America/Toronto', '{}', '2026-07-06T12:00Z', '2026-07-06T14:00Z', '3600'),
    -- The nights in which the clock is put forward and back.
    ('Europe/London', '{}', '2026-03-28T22:00Z', '2026-03-29T12:00Z', '18000'),
    ('Europe/London', '{}', '2026-10-24T21:00Z', '2026-10-25T12:00Z', '25200'),
    -- Holidays have none.
    ('Europe/London', '{2026-01-05}', '2026-01-05T00:00Z', '2026-01-07T00:00Z', '28800'),
    ('Europe/London', '{}', '2026-01-06T00:00Z', '2026-01-05T00:00Z', '0'),
    -- Ten years.
    ('UTC', '{}', '2016-01-04T00:00Z', '2026-01-05T00:00Z', '40402800')
  ) as v (zone, holidays, start, stop, seconds);
select checks.answers(
  $$select desk.business_seconds('Europe/London', null, '{2026-01-05}', '2026-01-05T00:00Z', '2026-01-06T00:00:01Z')$$, '86401');

select checks.become('anna');
select checks.answers($$select concat_ws(' ', time_zone, business_hours is null, holidays) from desk.organization$$, 'UTC t []');
select checks.touches($$update organizations set time_zone = 'Europe/Berlin', holidays = '{2026-12-25,2026-01-01,2026-12-25}'$$, 1);
select checks.answers($$select concat_ws(' ', time_zone, holidays) from desk.organization$$, 'Europe/Berlin ["2026-01-01", "2026-12-25"]');
select checks.fails(format('update organizations set time_zone = %L', name), 'DK422', 'invalid', '/time_zone')
  from (values ('Europe/Moorland'), ('europe/berlin'), ('CET-1CEST'), ('+01'), ('localtime'), ('posix/UTC'), (' UTC')) as v (name);
select checks.touches(format('update organizations set business_hours = %L', hours), 1)
  from (values
    ('{"monday": [{"from": "00:00", "to": "24:00"}]}'), ('{"friday": [{"from": "09:00", "to": "12:00"}, {"from": "12:00", "to": "13:00"}], "monday": []}')
  ) as v (hours);
select checks.fails(format('update organizations set business_hours = %L', hours), 'DK422', 'invalid', pointer)
  from (values
    ('{}', '/business_hours'), ('{"monday": []}', '/business_hours'),
    ('{"someday": [{"from": "09:00", "to": "12:00"}]}', '/business_hours/someday/0'),
    ('{"monday": [{"from": "09:00", "to": "09:00"}]}', '/business_hours/monday/0'),
    ('{"monday": [{"from": "9:00", "to": "12:00"}]}', '/business_hours/monday/0'),
    ('{"monday": [{"from": "24:00", "to": "24:00"}]}', '/business_hours/monday/0'),
    ('{"monday": [{"from": "09:00"}]}', '/business_hours/monday/0'),
    ('{"monday": [{"from": "09:00", "to": "12:00"}], "tuesday": [{"from": "09:00", "to": "12:00"}, {"from": "11:59", "to": "13:00"}]}', '/business_hours/tuesday/1')
  ) as v (hours, pointer);
-- Hours count when something is solved, by what they are then.
select checks.touches($$update organizations set business_hours = '{"monday": [{"from": "09:00", "to": "09:01"}]}', time_zone = 'UTC'$$, 1);
reset role;
alter table tickets no force row level security;
insert into tickets (organization_id, id, customer_id, subject, assigned_to, status, created_at, last_solved_at)
values (checks.organization('anna'), 'a7000000-0000-7000-8000-000000000001', 'c1000000-0000-7000-8000-000000000001', 'x', checks.agent('bob'),
        'solved', '2026-01-05T08:00Z', '2026-01-05T10:00Z');
select checks.answers(
  $$select concat_ws(' ', resolution_seconds, resolution_business_seconds) from desk.ticket_spells where ticket_id = 'a7000000-0000-7000-8000-000000000001'$$,
  '7200 60');
select checks.become('bob');
select checks.touches($$update organizations set time_zone = 'UTC'$$, 0);
