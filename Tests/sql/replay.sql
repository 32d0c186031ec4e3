-- What is in the tables and not what the history comes to, for every organization: each record after the other, from the
-- first on. Nothing is right.
create function pg_temp.replay() returns table (difference text) language plpgsql as $$
declare
  t record;
begin
  set local timezone = 'UTC';
  for t in
    select g.tgrelid::regclass as name, substring(p.prosrc from 'new\.(?:organization_id|id), ''([a-z_]+)''') as kind,
           array(
             select a.attname from pg_attribute a
              where a.attrelid = g.tgrelid and a.attnum > 0
                and (a.attgenerated <> '' or a.atttypid = 'tsvector'::regtype or not a.attisdropped
                     and a.attname in ('id', 'organization_id', 'version', 'updated_at', 'message_count'))
           ) as derived
      from pg_trigger g
      join pg_proc p on p.oid = g.tgfoid
     where g.tgname = 'z_audit' and p.proname <> 'audit_email_secrets'
  loop
    return query execute format(
      $query$
      with last as (
        select distinct on (r.object_id) r.object_id, r.object_version, r.action = 'deleted' and r.new_values is null as is_gone
          from desk.audit_records r
         where r.object_kind = %1$L and r.action not in ('redacted', 'erased', 'purged')
         order by r.object_id, r.seq desc
      ),
      members as (
        select distinct on (r.object_id, m.name) r.object_id, m.name, m.value
          from desk.audit_records r
          cross join jsonb_each(r.new_values) as m (name, value)
         where r.object_kind = %1$L and m.name not like 'fields.%%' and m.name <> 'identities' and m.name not like '%%\_password'
            or r.object_kind = %1$L and m.name like 'has\_%%'
         order by r.object_id, m.name, r.seq desc
      ),
      folded as (
        select l.object_id, l.object_version,
               coalesce((select jsonb_object_agg(m.name, m.value) from members m
                          where m.object_id = l.object_id and m.value <> 'null'), '{}') as state
          from last l
         where not l.is_gone
      ),
      present as (
        select o.id, o.version,
               (select jsonb_object_agg(m.name, m.value) from jsonb_each(to_jsonb(o) - %2$L::text[]) as m (name, value)
                 where m.value <> 'null') as state
          from %3$s o
      )
      select format('%%s %%s: version %%s of %%s, %%s of %%s', %1$L, coalesce(p.id, f.object_id), f.object_version, p.version,
                    (select jsonb_object_agg(k, f.state -> k) from jsonb_object_keys(f.state || p.state) as k where f.state -> k is distinct from p.state -> k),
                    (select jsonb_object_agg(k, p.state -> k) from jsonb_object_keys(f.state || p.state) as k where f.state -> k is distinct from p.state -> k))
        from folded f
        full join present p on p.id = f.object_id
       where f.state is distinct from p.state or f.object_version is distinct from p.version
      $query$,
      t.kind, t.derived, t.name);
  end loop;

  -- Custom fields: of the customers that are there.
  return query
    with members as (
      select distinct on (r.object_id, m.name) r.object_id, substr(m.name, 8)::uuid as field_id, m.value #>> '{}' as value
        from desk.audit_records r
        cross join jsonb_each(r.new_values) as m (name, value)
       where r.object_kind = 'customer' and m.name like 'fields.%'
         and exists (select from public.customers c where c.id = r.object_id)
       order by r.object_id, m.name, r.seq desc
    )
    select format('value of %s of %s', coalesce(m.field_id, v.field_id), coalesce(m.object_id, v.customer_id))
      from (select object_id, field_id, value from members where value is not null) m
      full join public.customer_field_values v on v.customer_id = m.object_id and v.field_id = m.field_id
     where m.value is distinct from v.value;

  -- Identities beside the primary address: of the customers that are there.
  return query
    with recorded as (
      select distinct on (r.object_id) r.object_id, coalesce(nullif(r.new_values -> 'identities', 'null'), '[]') as identities
        from desk.audit_records r
       where r.object_kind = 'customer' and r.new_values ? 'identities'
       order by r.object_id, r.seq desc
    )
    select format('identities of %s', c.id)
      from public.customers c
      left join recorded w on w.object_id = c.id
     where coalesce(w.identities, '[]') <> (
       select coalesce(jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value) order by i.created_at, i.kind, i.value), '[]')
         from desk.customer_identities i
        where i.organization_id = c.organization_id and i.customer_id = c.id
          and not (i.kind = 'email' and i.value is not distinct from c.email)
     );

  return query
    with members as (
      select distinct on (r.object_id, m.name) r.object_id, left(m.name, 4) as kind, m.value #>> '{}' as value
        from desk.audit_records r
        cross join jsonb_each(r.new_values) as m (name, value)
       where r.object_kind = 'email_account' and m.name in ('imap_password', 'smtp_password')
         and exists (select from public.email_accounts a where a.id = r.object_id)
       order by r.object_id, m.name, r.seq desc
    )
    select format('%s password of %s', coalesce(m.kind, s.kind), coalesce(m.object_id, s.email_account_id))
      from (select object_id, kind from members where value is not null) m
      full join desk.email_secrets s on s.email_account_id = m.object_id and s.kind = m.kind
     where m.object_id is null or s.email_account_id is null;
end
$$;
