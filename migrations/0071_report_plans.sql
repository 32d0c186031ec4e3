-- Reports of what was unsolved and of what happened are planned for what is asked: half of their time was to test each of
-- hundreds of thousands of rows for what nobody asked for. And the backlog of many tags by day is added up part by part,
-- not each part from the beginning.

-- What was unsolved at the end of each part: opened before, and not solved before.
create or replace function desk.report_backlog(
    from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text)
  returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set work_mem = '64MB'
  set plan_cache_mode = force_custom_plan
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
  -- Each spell counts from one part to another. What is unsolved now is read from its index alone: there is much more of
  -- it than was solved in a period.
  with open as materialized (
    select case when s.opened_at < stops[1] then 1 else width_bucket(s.opened_at, stops) + 1 end as first,
           case dimension when 'agent' then s.assigned_to end as agent,
           case dimension when 'priority' then s.priority_rank end as rank,
           case when dimension = 'tag' or only_tag is not null then s.tag_set end as tag_set,
           count(*) as n, min(s.opened_at) as opened_at
      from desk.ticket_spells s
     where s.solved_at is null and s.is_counted and s.opened_at < p.stop
       and desk.is_reported(only_agent, only_priority, null, s.assigned_to, s.priority_rank, null, true)
     group by 1, 2, 3, 4
  ),
  -- The tags of each set, of one of its spells.
  tagged as (
    select e.tag_set,
           (
             select s.tags
               from desk.ticket_spells s
              where s.solved_at is null and s.is_counted and s.opened_at = e.opened_at and s.tag_set = e.tag_set
              limit 1
           ) as tags
      from (select o.tag_set, min(o.opened_at) as opened_at from open o where o.tag_set is not null group by o.tag_set) as e
  ),
  spell as materialized (
    select o.first, parts as last, o.agent, o.rank, case dimension when 'tag' then t.tags end as tags, o.n
      from open o
      left join tagged t on t.tag_set = o.tag_set
     where only_tag is null or only_tag = any (t.tags)
     union all
    select case when s.opened_at < stops[1] then 1 else width_bucket(s.opened_at, stops) + 1 end,
           width_bucket(s.solved_at, stops),
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
  -- A name that is never null, so that it can be joined by hashing.
  named as materialized (
    select coalesce('=' || c.key, '') collate "C" as name, c.key, c.part, c.change from changed c
  ),
  unsolved as materialized (
    select k.name, k.key, n.part, sum(coalesce(c.change, 0)) over (partition by k.name order by n.part) as unsolved
      from (select distinct a.name, a.key from named a) as k
     cross join generate_series(1, parts) as n (part)
      left join named c on c.name = k.name and c.part = n.part
  ),
  -- A group is as large as it ever was.
  whole as (
    select u.name, u.key, max(u.unsolved) filter (where u.part = parts) as unsolved,
           case when u.key is null then 0
             else row_number() over (order by u.key is null, max(u.unsolved) desc, u.key)
           end::integer as place
      from unsolved u
     group by u.name, u.key
    having u.key is null or max(u.unsolved) > 0
  ),
  figure as (
    select w.place, w.key, 0 as part, w.unsolved from whole w where w.place <= room
     union all
    select w.place, w.key, u.part, u.unsolved
      from whole w
      join unsolved u on u.name = w.name
     where step is not null and w.place <= room
  )
  select array_agg(row(f.place, f.key, f.part, jsonb_build_object('unsolved', f.unsolved))::desk.report_cell),
         (select count(w.key) from whole w)
    into cells, groups
    from figure f;
  return desk.report(p, step, dimension, cells, '{"unsolved": 0}', greatest(0, groups - room));
end
$$;

alter function desk.report_volume(date, date, text, text, text, smallint, text)
  set plan_cache_mode = force_custom_plan;
