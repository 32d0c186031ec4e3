-- See 0013_statistics.sql.
select checks.answers(
  $$
  select string_agg(t.name::text, ' ')
    from checks.tables t
    join pg_attribute a on a.attrelid = t.name and a.attname = 'organization_id'
   where a.attoptions is distinct from '{n_distinct=100}'
  $$,
  null);
