-- desk.doctor() of what there is by now: the one table that is no tenant's, and more columns that only the desk writes.

create or replace function desk.doctor() returns table ("check" text, ok boolean, message text)
  language sql stable
  set search_path = pg_catalog, pg_temp
as $$
with
desk_tables as (
  select c.oid, n.nspname || '.' || c.relname as name, c.relowner, c.relrowsecurity, c.relforcerowsecurity, c.relacl
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p')
     and n.nspname in ('public', 'desk')
     and (n.nspname = 'public' or c.relname <> 'migrations')
     -- Other people's tables may live in public; a table is ours by its owner.
     and c.relowner = (select t.relowner from pg_class t where t.oid = 'public.tickets'::regclass)
     and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
),
columns as (
  select t.oid, t.name, a.attname, a.attnum, a.attgenerated
    from desk_tables t
    join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
),
policies as (
  select t.oid, t.name, p.polname, p.polpermissive, p.polcmd,
         p.polroles && array['authenticated'::regrole::oid, 0::oid] as for_tenants,
         coalesce(pg_get_expr(p.polqual, p.polrelid), '') as using_text,
         coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') as check_text
    from desk_tables t
    join pg_policy p on p.polrelid = t.oid
),
functions as (
  select p.oid, p.oid::regprocedure::text as name, p.prosecdef, p.proacl, p.proowner, p.proconfig, l.lanname,
         p.prosqlbody is not null as bound
    from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    join pg_language l on l.oid = p.prolang
   where (n.nspname = 'desk' or (n.nspname = 'public' and p.prosecdef))
     and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
),
strangers as (
  select r.oid, r.rolname
    from pg_roles r
   where r.rolname in ('anon', 'authenticated', 'deskpipe_identity', 'deskpipe_serve', 'deskpipe_maintain')
),
keepers as (
  select r.oid, r.rolname from pg_roles r where r.rolname in ('desk_search', 'desk_keeper', 'desk_provision')
),
checks (position, name, holds) as (
  values
    (1, 'server_version', 'the server is patched against CVE-2026-120154'),
    (2, 'row_security', 'enabled and forced on every table'),
    (3, 'tenant_guard', 'a restrictive guard for tenants on every table'),
    (4, 'policy_form', 'every policy compares with one selected value'),
    (5, 'foreign_keys', 'every reference between tenants'' tables carries organization_id'),
    (6, 'unique_keys', 'every unique key is scoped to an organization'),
    (7, 'table_rights', 'tenants have no right beyond reading and writing rows'),
    (8, 'column_rights', 'tenants cannot write what the desk keeps'),
    (9, 'create_rights', 'nobody but the owner may create or use temporary tables'),
    (10, 'public_execute', 'no function is executable by everyone'),
    (11, 'definer_functions', 'definer functions are pinned and owned by a role without attributes'),
    (12, 'function_paths', 'every function has a fixed search path'),
    (13, 'views', 'every view runs with its caller''s rights'),
    (14, 'serve_role', 'deskpipe_serve logs in, inherits nothing, owns nothing'),
    (15, 'role_attributes', 'no role of the desk has an attribute'),
    (16, 'role_members', 'nobody belongs to a role they should not'),
    (17, 'triggers', 'every table keeps its version, its ids and its organization'),
    (18, 'constraints', 'every constraint is validated, every index valid')
),
findings (name, found) as (
  select 'server_version', 'PostgreSQL ' || current_setting('server_version') || ' has a hole in ON CONFLICT'
   where current_setting('server_version_num')::integer < case current_setting('server_version_num')::integer / 10000
           when 15 then 150020 when 16 then 160016 when 17 then 170012 when 18 then 180007 else 150020 end
  union all
  select 'row_security', t.name || case when not t.relrowsecurity then ': not enabled' else ': not forced' end
    from desk_tables t where not (t.relrowsecurity and t.relforcerowsecurity)
  union all
  select 'tenant_guard', t.name || ': none'
    from desk_tables t
   -- The desk's own, which no tenant has a right to.
   where t.name <> 'desk.feed'
     and not exists (
       select from policies p
        where p.oid = t.oid and not p.polpermissive and p.polcmd = '*' and p.for_tenants
          and p.using_text ~ '^\((organization_id|clerk_id) = \( SELECT ' and p.check_text = ''
     )
  union all
  select 'policy_form', p.name || ': ' || p.polname
    from policies p
   where p.for_tenants
     and (
       (p.using_text || p.check_text) ~* '(\mIN\M|ANY)\s*\(\s*SELECT|\mEXISTS\M'
       or (p.using_text || p.check_text) ~ '(current_setting|jwt|desk\.)'
          and (p.using_text || p.check_text) !~ 'SELECT'
     )
  union all
  select 'foreign_keys', t.name || ': ' || k.conname
    from desk_tables t
    join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
   where k.confrelid <> 'public.organizations'::regclass
     and not exists (
       select from unnest(k.conkey, k.confkey) as pair (here, there)
         join pg_attribute h on h.attrelid = k.conrelid and h.attnum = pair.here and h.attname = 'organization_id'
         join pg_attribute x on x.attrelid = k.confrelid and x.attnum = pair.there and x.attname = 'organization_id'
     )
  union all
  select 'unique_keys', t.name || ': ' || i.indexrelid::regclass
    from desk_tables t
    join pg_index i on i.indrelid = t.oid and i.indisunique and not i.indisprimary
   where i.indexrelid::regclass::text not in
           ('organizations_clerk_id_key', 'public.organizations_clerk_id_key',
            'customer_field_values_customer_id_field_id_key', 'public.customer_field_values_customer_id_field_id_key')
     and not exists (
       select from columns c where c.oid = t.oid and c.attname = 'organization_id' and c.attnum = any (i.indkey)
     )
  union all
  select 'table_rights', t.name || ': ' || a.privilege_type || ' to ' || coalesce(r.rolname, 'public')
    from desk_tables t
    cross join aclexplode(t.relacl) a
    left join pg_roles r on r.oid = a.grantee
   where (a.grantee = 0 or r.oid in (select s.oid from strangers s))
     and (
       r.rolname is distinct from 'authenticated'
       or a.privilege_type not in ('SELECT', 'DELETE')
       or t.name in ('desk.email_secrets', 'desk.search_documents', 'desk.feed', 'desk.customer_merges')
     )
  union all
  select 'column_rights', c.name || '.' || c.attname
    from columns c
   where has_column_privilege('authenticated', c.oid, c.attnum, 'update')
     and (
       c.attname in ('id', 'organization_id', 'created_at', 'updated_at', 'version', 'role', 'clerk_id',
                     'clerk_user_id', 'deactivated_at', 'last_activity_at', 'first_reply_at', 'last_reply_at',
                     'has_imap_password', 'has_smtp_password', 'body', 'sender_type', 'sender_id', 'search',
                     'blocked_by', 'closed_at', 'created_by', 'customer_path', 'deleted_by', 'erased_at',
                     'first_solved_at', 'follow_up_of', 'is_automatic', 'is_internal', 'last_solved_at',
                     'merge_path', 'merged_into', 'number', 'params_hash', 'priority_rank', 'reopen_count',
                     'reply_count', 'sender_path', 'split_from', 'usage_count', 'waiting_since')
         and c.name || '.' || c.attname <> 'public.macros.body'
       or c.attgenerated <> ''
     )
  union all
  select 'create_rights', 'database: ' || a.privilege_type || ' to ' || coalesce(r.rolname, 'public')
    from pg_database d
    cross join aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
    left join pg_roles r on r.oid = a.grantee
   where d.datname = current_database()
     and a.privilege_type in ('CREATE', 'TEMPORARY')
     and (a.grantee = 0 or r.oid in (select s.oid from strangers s union all select k.oid from keepers k))
  union all
  select 'create_rights', 'schema ' || n.nspname || ': CREATE to ' || coalesce(r.rolname, 'public')
    from pg_namespace n
    cross join aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
    left join pg_roles r on r.oid = a.grantee
   where n.nspname in ('public', 'desk')
     and a.privilege_type = 'CREATE'
     and (a.grantee = 0 or r.oid in (select s.oid from strangers s union all select k.oid from keepers k))
  union all
  select 'public_execute', f.name || ' to ' || coalesce(r.rolname, 'public')
    from functions f
    cross join aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a
    left join pg_roles r on r.oid = a.grantee
   where a.grantee = 0 or r.rolname = 'anon'
  union all
  select 'definer_functions', f.name
    from functions f
   where f.prosecdef
     and not (
       f.proowner in (select k.oid from keepers k)
       and exists (select from unnest(f.proconfig) as s (setting) where s.setting ~ '^search_path=.*pg_temp$')
     )
  union all
  select 'function_paths', f.name
    from functions f
   where not f.bound
     and not exists (select from unnest(f.proconfig) as s (setting) where s.setting ~ '^search_path=.*pg_temp$')
  union all
  select 'views', n.nspname || '.' || c.relname
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
   where n.nspname in ('public', 'desk')
     and c.relowner = (select t.relowner from pg_class t where t.oid = 'public.tickets'::regclass)
     and (
       c.relkind = 'm'
       or c.relkind = 'v' and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on'], false)
     )
  union all
  select 'serve_role', 'the role does not exist'
   where not exists (select from pg_roles where rolname = 'deskpipe_serve')
  union all
  select 'serve_role', 'it must log in and inherit nothing'
    from pg_roles r where r.rolname = 'deskpipe_serve' and (not r.rolcanlogin or r.rolinherit)
  union all
  select 'serve_role', 'it owns something'
   where exists (
     select from pg_shdepend d join pg_roles r on r.oid = d.refobjid
      where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o'
        and r.rolname in ('deskpipe_serve', 'authenticated', 'deskpipe_identity')
   )
  union all
  select 'serve_role', 'it is not a member of ' || w.name
    from (values ('authenticated'), ('deskpipe_identity')) as w (name)
   where not exists (
     select from pg_auth_members m
       join pg_roles g on g.oid = m.roleid and g.rolname = w.name
       join pg_roles r on r.oid = m.member and r.rolname = 'deskpipe_serve'
   )
  union all
  select 'role_attributes', r.rolname
    from pg_roles r
   where (r.oid in (select s.oid from strangers s) or r.oid in (select k.oid from keepers k))
     and (
       r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolbypassrls or r.rolreplication
       or r.rolcanlogin <> (r.rolname in ('deskpipe_serve', 'deskpipe_maintain'))
     )
  union all
  select 'role_members', r.rolname || ' belongs to ' || g.rolname
    from pg_auth_members m
    join pg_roles g on g.oid = m.roleid
    join pg_roles r on r.oid = m.member
   where not r.rolsuper
     and (
       -- A role that makes roles may be the owner of another desk of the cluster, and could join any role anyway.
       g.oid in (select k.oid from keepers k) and not r.rolcreaterole
         and r.oid not in (select t.relowner from desk_tables t)
       or r.oid in (select k.oid from keepers k)
       or r.rolname in ('authenticated', 'deskpipe_identity', 'deskpipe_maintain')
       or r.rolname = 'deskpipe_serve' and g.rolname not in ('authenticated', 'deskpipe_identity')
     )
  union all
  select 'triggers', c.name || ': ' || w.name || ' is missing'
    from columns c
    cross join (values ('b_row'), ('c_immutable')) as w (name)
   where c.attname = 'version'
     and not exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgname = w.name)
  union all
  select 'triggers', t.name || ': ' || g.tgname || ' is disabled'
    from desk_tables t join pg_trigger g on g.tgrelid = t.oid
   where g.tgenabled <> 'O'
  union all
  select 'constraints', t.name || ': ' || k.conname
    from desk_tables t join pg_constraint k on k.conrelid = t.oid
   where not k.convalidated
  union all
  select 'constraints', t.name || ': ' || i.indexrelid::regclass
    from desk_tables t join pg_index i on i.indrelid = t.oid
   where not (i.indisvalid and i.indisready)
)
select c.name,
       count(f.found) = 0,
       coalesce(string_agg(f.found, ', ' order by f.found), c.holds)
  from checks c
  left join findings f on f.name = c.name
 group by c.position, c.name, c.holds
 order by c.position
$$;
