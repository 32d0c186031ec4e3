-- Whoever adds a table calls desk.audit_table for it; but what is searched is made from what is kept anyway.
select checks.answers(
  $$
  select string_agg(c.oid::regclass::text, ' ' order by c.relname)
    from pg_class c
   where c.relkind in ('r', 'p')
     and (c.relnamespace = 'public'::regnamespace or c.oid = 'desk.email_secrets'::regclass)
     and (c.oid = 'organizations'::regclass or c.oid in (select name from checks.tables))
     -- 4: insert, 8: delete, 16: update.
     and 28 <> (
       select coalesce(bit_or(g.tgtype & 28), 0)
         from pg_trigger g join pg_proc p on p.oid = g.tgfoid
        where g.tgrelid = c.oid and g.tgenabled = 'O' and g.tgqual is null and g.tgattr = ''
          and g.tgname like 'z_audit%' and p.pronamespace = 'desk'::regnamespace and p.proname like 'audit_%'
     )
  $$,
  null);
-- Whoever adds a column calls it again, to compare the column instead of recording it each time.
select checks.answers(
  $$
  select string_agg(c.relname || '.' || a.attname, ' ')
    from pg_trigger g
    join pg_proc p on p.oid = g.tgfoid
    join pg_class c on c.oid = g.tgrelid
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   where g.tgname = 'z_audit' and c.relnamespace = 'public'::regnamespace
     and strpos(p.prosrc, quote_literal(a.attname)) = 0
  $$,
  null);
-- Nobody that serves writes in it.
select checks.answers(
  $$
  select string_agg(concat_ws(' ', r.name, p.name, t.name), ', ')
    from (values ('authenticated'), ('deskpipe_serve'), ('deskpipe_identity'), ('deskpipe_maintain'), ('desk_search'),
                 ('desk_provision')) as r (name)
    cross join (values ('insert'), ('update'), ('delete'), ('truncate')) as p (name)
    cross join (values ('desk.audit_records'), ('desk.audit_seals')) as t (name)
   where has_table_privilege(r.name, t.name, p.name)
      or p.name in ('insert', 'update') and has_any_column_privilege(r.name, t.name, p.name)
  $$,
  null);
select checks.answers(
  $$
  select string_agg(concat_ws(' ', r.name, p.oid::regprocedure), ', ')
    from (values ('authenticated'), ('deskpipe_serve'), ('deskpipe_identity'), ('deskpipe_maintain'), ('desk_search'),
                 ('desk_provision')) as r (name)
    cross join pg_proc p
   where p.pronamespace = 'desk'::regnamespace and p.proname in ('write_audit', 'clean_audit', 'audit_table')
     and has_function_privilege(r.name, p.oid, 'execute')
  $$,
  null);
