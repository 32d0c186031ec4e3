-- When an organization is at work: its time zone, the hours of its week and its holidays; and how many seconds of them
-- lie between two times.

alter table public.organizations
  add column time_zone text not null default 'UTC',
  -- {"monday": [{"from": "09:00", "to": "12:30"}, ...], ...}, by that zone's clock; null: at any time.
  add column business_hours jsonb,
  -- Days without such hours.
  add column holidays date[] not null default '{}',
  add constraint organizations_time_zone_length check (char_length(time_zone) between 1 and 100),
  add constraint organizations_business_hours_object check (jsonb_typeof(business_hours) = 'object'),
  add constraint organizations_business_hours_size check (octet_length(business_hours::text) <= 8192),
  add constraint organizations_holidays_count check (cardinality(holidays) <= 400);
grant update (time_zone, business_hours, holidays) on public.organizations to authenticated;
grant select (time_zone, business_hours, holidays) on public.organizations to desk_keeper;

create or replace view desk.organization with (security_invoker = true) as
select o.id, o.clerk_id, o.name, o.support_email, o.settings, o.version, o.created_at, o.updated_at,
       o.close_after_days, o.reopen_days, o.search_language, o.keep_deleted_days, o.keep_closed_days,
       o.time_zone, o.business_hours, to_jsonb(o.holidays) as holidays
  from public.organizations o;

do $history$
begin
  perform desk.audit_table('public.organizations', 'organization');
end
$history$;

-- What is no time zone or no week is refused here: names by the server's own list, hours one after another within a day.
create function desk.keep_hours() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  part record;
  previous time;
begin
  -- The list takes the server some milliseconds.
  if new.time_zone <> 'UTC' and (tg_op = 'INSERT' or new.time_zone <> old.time_zone) and not exists (
    select from pg_timezone_names z
     where z.name = new.time_zone and z.name !~ '^(posix|right)/' and z.name not in ('localtime', 'posixrules', 'Factory')
  ) then
    perform desk.fail(
      'DK422', 'invalid', 'There is no time zone of this name; they are called as Europe/Berlin is.', '/time_zone');
  end if;
  new.holidays := array(select distinct u.day from unnest(new.holidays) as u (day) where u.day is not null order by 1);
  if new.business_hours is null or tg_op = 'UPDATE' and new.business_hours is not distinct from old.business_hours then
    return new;
  end if;
  if not exists (select from jsonb_each(new.business_hours) as d (name, hours) where d.hours <> '[]') then
    perform desk.fail('DK422', 'invalid', 'A week has at least one business hour.', '/business_hours');
  end if;
  for part in
    select d.name, h.hours, h.place,
           d.name in ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
             and h.hours ->> 'from' ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
             and h.hours ->> 'to' ~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' as is_formed
      from jsonb_each(new.business_hours) as d (name, all_hours)
     cross join jsonb_array_elements(d.all_hours) with ordinality as h (hours, place)
     order by d.name, h.place
  loop
    if part.place = 1 then
      previous := '00:00';
    end if;
    if part.is_formed is not true or (part.hours ->> 'from')::time < previous
       or (part.hours ->> 'to')::time <= (part.hours ->> 'from')::time
    then
      perform desk.fail(
        'DK422', 'invalid', 'Hours begin before they end, and not before the ones above them have ended.',
        concat('/business_hours/', part.name, '/', part.place - 1));
    end if;
    previous := part.hours ->> 'to';
  end loop;
  return new;
end
$$;
create trigger a_hours before insert or update of time_zone, business_hours, holidays on public.organizations
  for each row execute function desk.keep_hours();

-- The seconds between two times that lie within these hours; all of them where there are none. Hours are those of the
-- zone's clock, so that a day of 23 hours has as many business hours as any other.
create function desk.business_seconds(zone text, hours jsonb, holidays date[], start timestamptz, stop timestamptz)
  returns integer
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  if start is null or stop is null then
    return null;
  elsif stop <= start then
    return 0;
  elsif hours is null then
    return least(extract(epoch from stop - start), 2147483647)::integer;
  end if;
  return (
    select least(coalesce(sum(extract(epoch from least(stop, w.closes) - greatest(start, w.opens))), 0), 2147483647)::integer
      from generate_series(
             (start at time zone zone)::date::timestamp, (stop at time zone zone)::date::timestamp, interval '1 day'
           ) as d (day)
     cross join jsonb_to_recordset(
             hours -> ('{monday,tuesday,wednesday,thursday,friday,saturday,sunday}'::text[])[extract(isodow from d.day)::integer]
           ) as h ("from" time, "to" time)
     cross join lateral (
       select (d.day + h."from") at time zone zone as opens, (d.day + h."to") at time zone zone as closes
     ) as w
     where d.day::date <> all (holidays) and w.opens < stop and w.closes > start
  );
end
$$;

revoke all on function
  desk.keep_hours(), desk.business_seconds(text, jsonb, date[], timestamptz, timestamptz) from public;
grant execute on function
  desk.business_seconds(text, jsonb, date[], timestamptz, timestamptz) to authenticated, desk_keeper;
