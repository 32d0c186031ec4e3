-- Reports: what was created, solved and reopened, how long it took, and what was left, by day, week or month of the
-- organization's time zone and by agent, tag or priority. Under the caller's policies, from desk.ticket_spells.

-- The days of a report, and its parts as instants: starts[n] to starts[n + 1], the last to stop. Without a first day it is
-- the 30 days up to the last; days that are still to come are left out.
create function desk.report_period(
    inout first date, inout last date, step text,
    out zone text, out days date[], out starts timestamptz[], out stop timestamptz)
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  today date;
begin
  zone := (select o.time_zone from public.organizations o where o.id = desk.current_organization());
  today := (now() at time zone zone)::date;
  last := least(coalesce(last, today), today);
  first := coalesce(first, last - 29);
  if first > last then
    perform desk.fail('DK422', 'invalid', 'A period begins before it ends, and not after today.', '/from');
  elsif last - first > 91 then
    perform desk.fail('DK422', 'invalid', 'A period has at most 92 days.', '/from');
  end if;
  days := array(
    select d.day::date
      from generate_series(first::timestamp, last::timestamp, interval '1 day') as d (day)
     where d.day::date = first
        or step = 'day' or step = 'week' and extract(isodow from d.day) = 1 or step = 'month' and extract(day from d.day) = 1
     order by 1);
  starts := array(select u.day::timestamp at time zone zone from unnest(days) with ordinality as u (day, place) order by u.place);
  stop := (last + 1)::timestamp at time zone zone;
end
$$;

-- Whether a report of an agent's tickets (none: nobody's), of a priority or of a tag is about a spell.
create function desk.is_reported(
    only_agent text, only_priority smallint, only_tag text,
    assigned_to uuid, priority_rank smallint, tags text[], is_counted boolean) returns boolean
  language sql immutable parallel safe
  return is_counted
    and (only_agent is null or case only_agent when 'none' then assigned_to is null else assigned_to = only_agent::uuid end)
    and (only_priority is null or priority_rank = only_priority)
    and (only_tag is null or only_tag = any (tags));

-- The groups that spells count for which have this in common: one, or one for each tag. Nobody and no tag are groups as
-- well. What a report does not group by is null for all of them, so that few are told apart.
create function desk.report_groups(dimension text, agent uuid, rank smallint, tags text[]) returns text[]
  language sql immutable parallel safe
  return case dimension
    when 'agent' then array[coalesce(agent::text, '')]
    when 'priority' then array[rank::text]
    when 'tag' then case when tags = '{}' then array[''] else tags end
  end;

-- The figures of a group (place 0: of all there is) in a part of the period (0: in all of it).
create type desk.report_cell as (place integer, key text, part integer, figures jsonb);

-- A report on the wire: everything, then each group, with the parts of the period where it was asked for by them. nothing
-- is what the figures are where nothing happened; omitted, how many groups there are beyond those that are told.
create function desk.report(
    period record, step text, dimension text, cells desk.report_cell[], nothing jsonb, omitted integer) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    with cell as (
      select c.place, c.key, c.part, c.figures from unnest(cells) as c
       where c.part > 0 or c.place > 0
       union all
      select 0, null, 0, nothing || coalesce((select c.figures from unnest(cells) as c where c.place = 0 and c.part = 0), '{}')
    ),
    told as (
      select g.place,
             case
               when g.place = 0 then '{}'
               when dimension = 'agent' then jsonb_build_object('agent', (
                 select jsonb_build_object('id', a.id, 'name', a.name) from public.agent_profiles a
                  where g.key <> '' and a.id = nullif(g.key, '')::uuid
               ))
               when dimension = 'tag' then jsonb_build_object('tag', nullif(g.key, ''))
               else jsonb_build_object('priority', ('{low,normal,high,urgent}'::text[])[g.key::integer])
             end
             || nothing || g.figures
             || jsonb_build_object('periods', case when step is null then '[]' else (
                  select jsonb_agg(
                           jsonb_build_object('from', d.day) || nothing || coalesce(c.figures, '{}') order by d.place)
                    from unnest(period.days) with ordinality as d (day, place)
                    left join cell c on c.place = g.place and c.part = d.place
                ) end) as figures
        from cell g
       where g.part = 0
    )
    select jsonb_build_object(
             'time_zone', period.zone, 'from', period.first, 'to', period.last,
             'total', (select t.figures from told t where t.place = 0),
             'groups', coalesce((select jsonb_agg(t.figures order by t.place) from told t where t.place > 0), '[]'),
             'omitted_groups', omitted)
  );
end
$$;

-- How many groups an answer has room for.
create function desk.report_room(parts integer, cells integer) returns integer
  language sql immutable parallel safe
  return greatest(1, least(50, cells / parts));

-- What was created, solved and reopened. These functions sort some months of tickets in memory.
create function desk.report_volume(
    from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text)
  returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set work_mem = '64MB'
as $$
declare
  p record;
  cells desk.report_cell[];
  groups integer;
  room integer;
begin
  select r.first, r.last, r.zone, r.days, r.starts, r.stop into p
    from desk.report_period(from_day, to_day, step) as r;
  room := desk.report_room(cardinality(p.days), 400);
  with turn as materialized (
    select width_bucket(s.opened_at, p.starts) as part,
           case dimension when 'agent' then s.assigned_to end as agent,
           case dimension when 'priority' then s.priority_rank end as rank,
           case dimension when 'tag' then s.tags end as tags,
           count(*) filter (where s.ordinal = 0) as created, count(*) filter (where s.ordinal > 0) as reopened,
           0 as solved, 0 as returned
      from desk.ticket_spells s
     where s.opened_at >= p.starts[1] and s.opened_at < p.stop
       and desk.is_reported(only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, s.is_counted)
     group by 1, 2, 3, 4
     union all
    select width_bucket(s.solved_at, p.starts),
           case dimension when 'agent' then s.assigned_to end,
           case dimension when 'priority' then s.priority_rank end,
           case dimension when 'tag' then s.tags end,
           0, 0, count(*), count(*) filter (where s.reopened_at is not null)
      from desk.ticket_spells s
     where s.solved_at >= p.starts[1] and s.solved_at < p.stop
       and desk.is_reported(only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, s.is_counted)
     group by 1, 2, 3, 4
  ),
  counted as (
    select null::text as key, t.part, sum(t.created) as created, sum(t.solved) as solved, sum(t.reopened) as reopened,
           sum(t.returned) as returned
      from turn t
     group by t.part
     union all
    select k.key, t.part, sum(t.created), sum(t.solved), sum(t.reopened), sum(t.returned)
      from turn t
     cross join unnest(desk.report_groups(dimension, t.agent, t.rank, t.tags)) as k (key)
     where dimension is not null
     group by k.key, t.part
  ),
  whole as (
    select c.key, 0 as part, sum(c.created) as created, sum(c.solved) as solved, sum(c.reopened) as reopened,
           sum(c.returned) as returned,
           case when c.key is null then 0
             else row_number() over (order by c.key is null, sum(c.created + c.solved + c.reopened) desc, c.key)
           end::integer as place
      from counted c
     group by c.key
  ),
  figure as (
    select w.place, w.key, w.part, w.created, w.solved, w.reopened, w.returned from whole w where w.place <= room
     union all
    select w.place, w.key, c.part, c.created, c.solved, c.reopened, c.returned
      from whole w
      join counted c on c.key is not distinct from w.key
     where step is not null and w.place <= room
  )
  select array_agg(row(
           f.place, f.key, f.part,
           jsonb_build_object(
             'created', f.created, 'solved', f.solved, 'reopened', f.reopened,
             'reopen_rate', trim_scale(round(f.returned / nullif(f.solved, 0), 4))))::desk.report_cell),
         (select count(w.key) from whole w)
    into cells, groups
    from figure f;
  return desk.report(
    p, step, dimension, cells, '{"created": 0, "solved": 0, "reopened": 0, "reopen_rate": null}',
    greatest(0, groups - room));
end
$$;

-- How long it took to respond first and to solve, of what was responded to or solved for good in the period: the median
-- and what nine in ten did not exceed. Of an even number the lower one is the median: a time that a ticket took.
create function desk.report_times(
    from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text)
  returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set work_mem = '64MB'
as $$
declare
  -- No null, which no join could look up.
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  p record;
  cells desk.report_cell[];
  groups integer;
  room integer;
begin
  select r.first, r.last, r.zone, r.days, r.starts, r.stop into p
    from desk.report_period(from_day, to_day, step) as r;
  room := desk.report_room(cardinality(p.days), 180);
  with measured as materialized (
    select 0 as measure, width_bucket(s.responded_at, p.starts) as part, s.response_seconds as clock,
           s.response_business_seconds as business,
           case dimension when 'agent' then coalesce(s.assigned_to, nobody) else nobody end as agent,
           case dimension when 'priority' then s.priority_rank else 0 end as rank,
           case dimension when 'tag' then s.tags else '{}' end as tags
      from desk.ticket_spells s
     where s.responded_at >= p.starts[1] and s.responded_at < p.stop
       and desk.is_reported(only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, s.is_counted)
     union all
    select 1 as measure, width_bucket(s.solved_at, p.starts) as part, s.resolution_seconds as clock,
           s.resolution_business_seconds as business,
           case dimension when 'agent' then coalesce(s.assigned_to, nobody) else nobody end as agent,
           case dimension when 'priority' then s.priority_rank else 0 end as rank,
           case dimension when 'tag' then s.tags else '{}' end as tags
      from desk.ticket_spells s
     where s.solved_at >= p.starts[1] and s.solved_at < p.stop and s.reopened_at is null
       and desk.is_reported(only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, s.is_counted)
  ),
  -- What groups there are, each with all that its tickets may have in common.
  common as (
    select m.agent, m.rank, m.tags, count(*) as n from measured m where dimension is not null group by 1, 2, 3
  ),
  ranked as (
    select k.key, row_number() over (order by sum(c.n) desc, k.key)::integer as place
      from common c
     cross join unnest(desk.report_groups(dimension, nullif(c.agent, nobody), c.rank::smallint, c.tags)) as k (key)
     group by k.key
  ),
  member as materialized (
    select c.agent, c.rank, c.tags, r.place
      from common c
     cross join unnest(desk.report_groups(dimension, nullif(c.agent, nobody), c.rank::smallint, c.tags)) as k (key)
      join ranked r on r.key = k.key
     where r.place <= room
  ),
  grouped as materialized (
    select r.place, m.measure, m.part, m.clock, m.business
      from measured m
      join member r on r.agent = m.agent and r.rank = m.rank and r.tags = m.tags
  ),
  figure as (
    select 0 as place, 0 as part, m.measure, count(*) as n,
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by m.clock) as clock,
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by m.business) as business
      from measured m
     group by m.measure
     union all
    select 0, m.part, m.measure, count(*),
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by m.clock),
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by m.business)
      from measured m
     where step is not null
     group by m.part, m.measure
     union all
    select g.place, 0, g.measure, count(*),
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by g.clock),
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by g.business)
      from grouped g
     group by g.place, g.measure
     union all
    select g.place, g.part, g.measure, count(*),
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by g.clock),
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by g.business)
      from grouped g
     where step is not null
     group by g.place, g.part, g.measure
  ),
  told as (
    select f.place, f.part,
           jsonb_object_agg(('{first_response,resolution}'::text[])[f.measure + 1], jsonb_build_object(
             'count', f.n,
             'clock', jsonb_build_object('median', f.clock[1], 'p90', f.clock[2]),
             'business', jsonb_build_object('median', f.business[1], 'p90', f.business[2]))) as figures
      from figure f
     group by f.place, f.part
  )
  select array_agg(row(t.place, r.key, t.part, t.figures)::desk.report_cell), (select count(*) from ranked)
    into cells, groups
    from told t
    left join ranked r on r.place = t.place;
  return desk.report(
    p, step, dimension, cells,
    '{
      "first_response": {
        "count": 0, "clock": {"median": null, "p90": null}, "business": {"median": null, "p90": null}},
      "resolution": {
        "count": 0, "clock": {"median": null, "p90": null}, "business": {"median": null, "p90": null}}
    }',
    greatest(0, groups - room));
end
$$;

-- What was unsolved at the end of each part: opened before, and not solved before.
create function desk.report_backlog(
    from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text)
  returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set work_mem = '64MB'
as $$
declare
  p record;
  stops timestamptz[];
  parts integer;
  cells desk.report_cell[];
  groups integer;
  room integer;
begin
  select r.first, r.last, r.zone, r.days, r.starts, r.stop into p
    from desk.report_period(from_day, to_day, step) as r;
  stops := p.starts[2:] || p.stop;
  parts := cardinality(stops);
  room := desk.report_room(parts, 400);
  -- Each spell counts from one part to another.
  with spell as materialized (
    select case when s.opened_at < stops[1] then 1 else width_bucket(s.opened_at, stops) + 1 end as first, parts as last,
           case dimension when 'agent' then s.assigned_to end as agent,
           case dimension when 'priority' then s.priority_rank end as rank,
           null::text[] as tags,
           count(*) as n
      from desk.ticket_spells s
     where s.solved_at is null and s.is_counted and s.opened_at < p.stop
       and dimension is distinct from 'tag' and only_tag is null
       and desk.is_reported(only_agent, only_priority, null, s.assigned_to, s.priority_rank, null, true)
     group by 1, 3, 4
     union all
    -- Tags are in no index.
    select case when s.opened_at < stops[1] then 1 else width_bucket(s.opened_at, stops) + 1 end, parts,
           case dimension when 'agent' then s.assigned_to end,
           case dimension when 'priority' then s.priority_rank end,
           case dimension when 'tag' then s.tags end,
           count(*)
      from desk.ticket_spells s
     where s.solved_at is null and s.is_counted and s.opened_at < p.stop
       and (dimension = 'tag' or only_tag is not null)
       and desk.is_reported(only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, true)
     group by 1, 3, 4, 5
     union all
    select case when s.opened_at < stops[1] then 1 else width_bucket(s.opened_at, stops) + 1 end, width_bucket(s.solved_at, stops),
           case dimension when 'agent' then s.assigned_to end,
           case dimension when 'priority' then s.priority_rank end,
           case dimension when 'tag' then s.tags end,
           count(*)
      from desk.ticket_spells s
     where s.solved_at >= stops[1] and s.opened_at < p.stop
       and desk.is_reported(only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, s.is_counted)
     group by 1, 2, 3, 4, 5
  ),
  -- The n that begin to count with a part, and those that end with one.
  turn as (
    select s.first as part, s.n as change, s.agent, s.rank, s.tags from spell s where s.first <= s.last
     union all
    select s.last + 1, -s.n, s.agent, s.rank, s.tags from spell s where s.first <= s.last and s.last < parts
  ),
  changed as (
    select null::text as key, t.part, sum(t.change) as change from turn t group by t.part
     union all
    select k.key, t.part, sum(t.change)
      from turn t
     cross join unnest(desk.report_groups(dimension, t.agent, t.rank, t.tags)) as k (key)
     where dimension is not null
     group by k.key, t.part
  ),
  unsolved as (
    select c.key, n.part, coalesce(sum(c.change) filter (where c.part <= n.part), 0) as unsolved
      from changed c
     cross join generate_series(1, parts) as n (part)
     where step is not null or n.part = parts
     group by c.key, n.part
  ),
  -- A group is as large as it ever was.
  whole as (
    select u.key, (array_agg(u.unsolved order by u.part desc))[1] as unsolved,
           case when u.key is null then 0
             else row_number() over (order by u.key is null, max(u.unsolved) desc, u.key)
           end::integer as place
      from unsolved u
     group by u.key
    having u.key is null or max(u.unsolved) > 0
  ),
  figure as (
    select w.place, w.key, 0 as part, w.unsolved from whole w where w.place <= room
     union all
    select w.place, w.key, u.part, u.unsolved
      from whole w
      join unsolved u on u.key is not distinct from w.key
     where step is not null and w.place <= room
  )
  select array_agg(row(f.place, f.key, f.part, jsonb_build_object('unsolved', f.unsolved))::desk.report_cell),
         (select count(w.key) from whole w)
    into cells, groups
    from figure f;
  return desk.report(p, step, dimension, cells, '{"unsolved": 0}', greatest(0, groups - room));
end
$$;

revoke all on function
  desk.report_period(date, date, text), desk.is_reported(text, smallint, text, uuid, smallint, text[], boolean),
  desk.report_groups(text, uuid, smallint, text[]),
  desk.report(record, text, text, desk.report_cell[], jsonb, integer), desk.report_room(integer, integer),
  desk.report_volume(date, date, text, text, text, smallint, text),
  desk.report_times(date, date, text, text, text, smallint, text),
  desk.report_backlog(date, date, text, text, text, smallint, text)
  from public;
grant execute on function
  desk.report_period(date, date, text), desk.is_reported(text, smallint, text, uuid, smallint, text[], boolean),
  desk.report_groups(text, uuid, smallint, text[]),
  desk.report(record, text, text, desk.report_cell[], jsonb, integer), desk.report_room(integer, integer),
  desk.report_volume(date, date, text, text, text, smallint, text),
  desk.report_times(date, date, text, text, text, smallint, text),
  desk.report_backlog(date, date, text, text, text, smallint, text)
  to authenticated;
