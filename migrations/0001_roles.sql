-- Roles, schemas, the one extension, and auth.jwt() where it is missing.
--
-- Roles belong to the whole cluster: they may have been made beforehand, or by another database of the same
-- cluster at this very moment, so each is made only if missing and a lost race is not an error.

do $roles$
declare
  wanted record;
  options text;
begin
  for wanted in
    select r.name, r.attributes
      from (values
        ('authenticated',     'nologin'),            -- every call of a tenant
        ('deskpipe_identity', 'nologin'),            -- opens sessions; functions only, no table
        ('desk_search',       'nologin'),            -- owns the search function; reads only
        ('desk_keeper',       'nologin'),            -- owns the triggers and functions that keep derived columns
        ('desk_provision',    'nologin'),            -- owns the functions that deskpipe_identity may run
        ('deskpipe_maintain', 'login'),              -- maintenance functions only
        ('deskpipe_serve',    'login noinherit')     -- the service's login; may become the first two
      ) as r (name, attributes)
  loop
    if not exists (select from pg_roles where rolname = wanted.name) then
      begin
        execute format('create role %I %s', wanted.name, wanted.attributes);
      exception when duplicate_object or unique_violation then
        null;
      end;
    end if;
  end loop;

  if exists (select from pg_roles where rolname = 'deskpipe_serve' and (rolinherit or not rolcanlogin)) then
    alter role deskpipe_serve login noinherit;
  end if;

  -- What serve may become. From 16 on inheritance is a property of the membership, before that of the role.
  options := case when current_setting('server_version_num')::integer >= 160000
    then ' with inherit false, set true' else '' end;
  for wanted in select unnest(array['authenticated', 'deskpipe_identity']) as name loop
    if not exists (
      select from pg_auth_members
       where roleid = wanted.name::regrole and member = 'deskpipe_serve'::regrole
    ) then
      begin
        execute format('grant %I to deskpipe_serve%s', wanted.name, options);
      exception when insufficient_privilege then
        raise exception using
          errcode = 'insufficient_privilege',
          message = format('the role %I exists, and %I may not grant it to deskpipe_serve', wanted.name, current_user),
          hint = format('run as its administrator: grant %I to deskpipe_serve%s', wanted.name, options);
      end;
    end if;
  end loop;

  -- A function can be given only to a role that the giver belongs to. A superuser needs no membership.
  if not (select rolsuper from pg_roles where rolname = current_user) then
    options := case when current_setting('server_version_num')::integer >= 160000
      then ' with inherit true, set true' else '' end;
    for wanted in select unnest(array['desk_search', 'desk_keeper', 'desk_provision']) as name loop
      if not pg_has_role(current_user, wanted.name, 'usage') then
        begin
          execute format('grant %I to current_user%s', wanted.name, options);
        exception when insufficient_privilege then
          raise exception using
            errcode = 'insufficient_privilege',
            message = format('the role %I exists, but %I does not belong to it', wanted.name, current_user),
            hint = format('run as its administrator: grant %I to %I%s', wanted.name, current_user, options);
        end;
      end if;
    end loop;
  end if;
end
$roles$;

create schema if not exists desk;

-- Tenants get no right to make anything: an attacker's temporary table is the classic way into a definer function.
do $database$
begin
  execute format('revoke create, temporary on database %I from public', current_database());
  execute format('grant connect on database %I to deskpipe_serve, deskpipe_maintain', current_database());
  if has_schema_privilege('public', 'public', 'create') then
    revoke create on schema public from public;
  end if;
end
$database$;

revoke all on schema desk from public;
grant usage on schema desk to authenticated, deskpipe_identity, deskpipe_maintain, deskpipe_serve;
grant usage on schema desk to desk_search, desk_keeper, desk_provision;
grant usage on schema public to authenticated, desk_search, desk_keeper, desk_provision;

-- btree_gin lets one GIN index hold organization_id beside the search vector. It is a trusted extension: the owner
-- of the database may make it. The schema has the name it has on Supabase.
do $extensions$
begin
  if not exists (select from pg_extension where extname = 'btree_gin') then
    create schema if not exists extensions;
    create extension btree_gin with schema extensions;
  end if;
end
$extensions$;

-- auth.jwt() as on Supabase; one that is there already is left alone, whoever owns it.
do $auth$
begin
  if not exists (
    select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'auth' and p.proname = 'jwt' and p.pronargs = 0
  ) then
    create schema if not exists auth;
    create function auth.jwt() returns jsonb
      language sql stable parallel safe
      return coalesce(
        nullif(current_setting('request.jwt.claim', true), ''),
        nullif(current_setting('request.jwt.claims', true), '')
      )::jsonb;
    revoke all on schema auth from public;
    revoke all on function auth.jwt() from public;
    grant usage on schema auth to authenticated;
    grant execute on function auth.jwt() to authenticated;
  elsif not has_schema_privilege('auth', 'usage') or not has_schema_privilege('authenticated', 'auth', 'usage') then
    raise exception using
      errcode = 'insufficient_privilege',
      message = 'the schema auth exists, but its function auth.jwt() is out of reach',
      hint = format('run as its owner: grant usage on schema auth to authenticated, %I', current_user);
  end if;
end
$auth$;
