-- Reports by tag for hundreds of tags: how a group grew is looked at where it changes alone, not day by day, and only
-- the groups that are told are filled in; what is counted is counted in integers, and tags are taken apart without a
-- function call for each row.

-- What was created, solved and reopened. These functions sort some months of tickets in memory.
create or replace function desk.report_volume(
    from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text)
  returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set work_mem = '64MB'
  set plan_cache_mode = force_custom_plan
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
  -- Lists of tags are told apart by their number.
  with turn as materialized (
    select width_bucket(s.opened_at, p.starts) as part,
           case dimension when 'agent' then s.assigned_to end as agent,
           case dimension when 'priority' then s.priority_rank end as rank,
           case dimension when 'tag' then s.tag_set end as tag_set,
           min(case dimension when 'tag' then s.tags end) as tags,
           (count(*) filter (where s.ordinal = 0))::integer as created,
           (count(*) filter (where s.ordinal > 0))::integer as reopened,
           0 as solved, 0 as returned
      from desk.ticket_spells s
     where s.opened_at >= p.starts[1] and s.opened_at < p.stop
       and desk.is_reported(only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, s.is_counted)
     group by 1, 2, 3, 4
     union all
    select width_bucket(s.solved_at, p.starts),
           case dimension when 'agent' then s.assigned_to end,
           case dimension when 'priority' then s.priority_rank end,
           case dimension when 'tag' then s.tag_set end,
           min(case dimension when 'tag' then s.tags end),
           0, 0, count(*)::integer, (count(*) filter (where s.reopened_at is not null))::integer
      from desk.ticket_spells s
     where s.solved_at >= p.starts[1] and s.solved_at < p.stop
       and desk.is_reported(only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, s.is_counted)
     group by 1, 2, 3, 4
  ),
  total as materialized (
    select t.part, sum(t.created) as created, sum(t.solved) as solved, sum(t.reopened) as reopened,
           sum(t.returned) as returned
      from turn t
     group by t.part
  ),
  counted as materialized (
    select k.key, k.part, sum(k.created)::integer as created, sum(k.solved)::integer as solved,
           sum(k.reopened)::integer as reopened, sum(k.returned)::integer as returned
      from (
        select unnest(desk.report_groups(dimension, t.agent, t.rank, t.tags)) collate "C" as key, t.part, t.created,
               t.solved, t.reopened, t.returned
          from turn t
         where dimension is not null
      ) as k
     group by k.key, k.part
  ),
  whole as (
    select c.key, sum(c.created) as created, sum(c.solved) as solved, sum(c.reopened) as reopened,
           sum(c.returned) as returned,
           row_number() over (
             order by sum(c.created + c.solved + c.reopened) desc, c.key collate "default")::integer as place
      from counted c
     group by c.key
  ),
  figure as (
    select 0 as place, null::text as key, 0 as part, sum(t.created) as created, sum(t.solved) as solved,
           sum(t.reopened) as reopened, sum(t.returned) as returned
      from total t
    having count(*) > 0
     union all
    select 0, null, t.part, t.created, t.solved, t.reopened, t.returned from total t where step is not null
     union all
    select w.place, w.key, 0, w.created, w.solved, w.reopened, w.returned from whole w where w.place <= room
     union all
    select w.place, w.key, c.part, c.created, c.solved, c.reopened, c.returned
      from whole w
      join counted c on c.key = w.key
     where step is not null and w.place <= room
  )
  select array_agg(row(
           f.place, f.key, f.part,
           jsonb_build_object(
             'created', f.created, 'solved', f.solved, 'reopened', f.reopened,
             'reopen_rate', trim_scale(round(f.returned::numeric / nullif(f.solved, 0), 4))))::desk.report_cell),
         (select count(*) from whole w)
    into cells, groups
    from figure f;
  return desk.report(
    p, step, dimension, cells, '{"created": 0, "solved": 0, "reopened": 0, "reopen_rate": null}',
    greatest(0, groups - room));
end
$$;

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
  -- Each spell counts from one part to another. What is unsolved now is read from its index alone: there is much more
  -- of it than was solved in a period.
  with open as materialized (
    select case when s.opened_at < stops[1] then 1 else width_bucket(s.opened_at, stops) + 1 end as first,
           case dimension when 'agent' then s.assigned_to end as agent,
           case dimension when 'priority' then s.priority_rank end as rank,
           case when dimension = 'tag' or only_tag is not null then s.tag_set end as tag_set,
           count(*)::integer as n, min(s.opened_at) as opened_at
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
      from (
        select o.tag_set, min(o.opened_at) as opened_at from open o where o.tag_set is not null group by o.tag_set
      ) as e
  ),
  -- Of few parts and groups, spells are counted first; nearly each by tag is the only one of its kind.
  ended as (
    select case when s.opened_at < stops[1] then 1 else width_bucket(s.opened_at, stops) + 1 end as first,
           width_bucket(s.solved_at, stops) as last,
           case dimension when 'agent' then s.assigned_to end as agent,
           case dimension when 'priority' then s.priority_rank end as rank,
           count(*)::integer as n
      from desk.ticket_spells s
     where dimension is distinct from 'tag' and s.solved_at >= stops[1] and s.opened_at < p.stop
       and desk.is_reported(only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, s.is_counted)
     group by 1, 2, 3, 4
  ),
  spell as materialized (
    select o.first, parts as last, o.agent, o.rank, case dimension when 'tag' then t.tags end as tags, o.n
      from open o
      left join tagged t on t.tag_set = o.tag_set
     where o.first <= parts and (only_tag is null or only_tag = any (t.tags))
     union all
    select e.first, e.last, e.agent, e.rank, null, e.n from ended e where e.first <= e.last
     union all
    select e.first, e.last, null, null, e.tags, 1
      from (
        select case when s.opened_at < stops[1] then 1 else width_bucket(s.opened_at, stops) + 1 end as first,
               width_bucket(s.solved_at, stops) as last, s.tags
          from desk.ticket_spells s
         where dimension = 'tag' and s.solved_at >= stops[1] and s.opened_at < p.stop
           and desk.is_reported(
                 only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, s.is_counted)
      ) as e
     where e.first <= e.last
  ),
  -- The n that begin to count with a part, and those that end with one.
  total as materialized (
    select t.part, sum(t.change)::integer as change
      from (
        select s.first as part, s.n as change from spell s
         union all
        select s.last + 1, -s.n from spell s where s.last < parts
      ) as t
     group by t.part
  ),
  keyed as materialized (
    select unnest(desk.report_groups(dimension, s.agent, s.rank, s.tags)) collate "C" as key, s.first, s.last, s.n
      from spell s
     where dimension is not null
  ),
  changed as (
    select t.key, t.part, sum(t.change)::integer as change
      from (
        select k.key, k.first as part, k.n as change from keyed k
         union all
        select k.key, k.last + 1, -k.n from keyed k where k.last < parts
      ) as t
     group by t.key, t.part
  ),
  grown as materialized (
    select c.key, c.part, c.change, sum(c.change) over (partition by c.key order by c.part) as unsolved from changed c
  ),
  -- A group is as large as it ever was.
  whole as (
    select g.key, sum(g.change) as unsolved,
           row_number() over (order by max(g.unsolved) desc, g.key collate "default")::integer as place
      from grown g
     group by g.key
    having max(g.unsolved) > 0
  ),
  told as materialized (
    select 0 as place, null::text as key, sum(t.change) as unsolved from total t
     union all
    select w.place, w.key, w.unsolved from whole w where w.place <= room
  ),
  step_change as materialized (
    select 0 as place, t.part, t.change from total t where step is not null
     union all
    select w.place, g.part, g.change
      from told w
      join grown g on g.key = w.key
     where step is not null
  ),
  figure as (
    select t.place, t.key, 0 as part, t.unsolved from told t where t.unsolved is not null
     union all
    select t.place, t.key, n.part, sum(coalesce(c.change, 0)) over (partition by t.place order by n.part)
      from told t
     cross join generate_series(1, parts) as n (part)
      left join step_change c on c.place = t.place and c.part = n.part
     where step is not null
  )
  select array_agg(row(f.place, f.key, f.part, jsonb_build_object('unsolved', f.unsolved))::desk.report_cell),
         (select count(*) from whole w)
    into cells, groups
    from figure f;
  return desk.report(p, step, dimension, cells, '{"unsolved": 0}', greatest(0, groups - room));
end
$$;
