-- Every way to loosen a desk by one statement, from its catalogue: what stands between tenants is taken away or opened,
-- one by one. The checks, or the doctor, must notice each.
with tables as (
  select t.name from checks.tables t
   union all
  select 'organizations'::regclass
),
policies as (
  select p.polname as name, p.polrelid::regclass as t, pg_get_expr(p.polqual, p.polrelid) as using_text,
         pg_get_expr(p.polwithcheck, p.polrelid) as check_text
    from pg_policy p
   where p.polrelid in (select t.name from tables t)
)
select format('alter table %s no force row level security', t.name) from tables t
union all
select format('alter table %s disable row level security', t.name) from tables t
union all
select format('drop policy %I on %s', p.name, p.t) from policies p
union all
select format('alter policy %I on %s using (true)', p.name, p.t) from policies p where p.using_text <> 'true'
union all
select format('alter policy %I on %s with check (true)', p.name, p.t) from policies p where p.check_text <> 'true'
union all
select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname)
  from pg_constraint k
 where k.contype = 'f' and k.conrelid in (select t.name from tables t)
union all
-- The key as anybody would write it first, without the organization.
select format(
         'alter table %1$s drop constraint %2$I, add constraint %2$I foreign key (%3$I) references %4$s (id)',
         k.conrelid::regclass, k.conname, a.attname, k.confrelid::regclass)
  from pg_constraint k
  join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
 where k.contype = 'f' and k.conrelid in (select t.name from tables t) and cardinality(k.conkey) = 2
union all
select format('drop trigger %I on %s', g.tgname, g.tgrelid::regclass)
  from pg_trigger g
 where not g.tgisinternal and g.tgrelid in (select t.name from tables t)
union all
select format('alter view %s set (security_invoker = false)', c.oid::regclass)
  from pg_class c
 where c.relkind = 'v' and c.relnamespace = 'desk'::regnamespace
