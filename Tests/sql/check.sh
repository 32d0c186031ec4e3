#!/bin/bash
# Checks the migrations by hand on a cluster that may be littered: applies them as an owner without superuser rights,
# as a superuser, and beside an auth schema of someone else, then runs check.sql in each, and plans.sql in the first.
#
#   PGHOST=/run/somewhere PGUSER=postgres Tests/sql/check.sh
#
# Needs psql and a superuser. It makes and drops databases named desk_check_*.
set -eu
cd "$(dirname "$0")/../.."

run() { psql -X -q -v ON_ERROR_STOP=1 "$@"; }

# One file, one transaction, sent whole, with the settings that every migration runs under.
migrate() {
  local database=$1 user=$2 file
  for file in migrations/[0-9]*.sql; do
    run -U "$user" -d "$database" -c "
      set client_min_messages = warning; begin; set local lock_timeout = '5s'; set local row_security = off;
      $(cat "$file")
      ; commit" || { echo "failed: $file" >&2; return 1; }
  done
}

run -d postgres -c "do \$\$ begin
  if to_regrole('deskpipe_owner') is null then create role deskpipe_owner login createrole; end if;
  if to_regrole('desk_check_admin') is null then create role desk_check_admin; end if;
end \$\$"
for name in owner super beside; do
  run -d postgres -c "drop database if exists desk_check_$name" 2> /dev/null
done
run -d postgres -c "create database desk_check_owner owner deskpipe_owner"
run -d postgres -c "create database desk_check_super"
run -d postgres -c "create database desk_check_beside owner deskpipe_owner"
run -d desk_check_beside -c "
  create schema auth authorization desk_check_admin;
  create schema extensions;
  do \$\$ begin
    if to_regrole('anon') is null then create role anon; end if;
    if to_regrole('authenticated') is null then create role authenticated; end if;
  end \$\$;
  grant authenticated to deskpipe_owner with admin option;
  grant usage on schema auth to anon, authenticated, deskpipe_owner;
  grant usage on schema extensions to anon, authenticated, deskpipe_owner;
  grant create on schema extensions to deskpipe_owner;
  create function auth.jwt() returns jsonb language sql stable as
    \$\$select coalesce(nullif(current_setting('request.jwt.claim', true), ''),
                        nullif(current_setting('request.jwt.claims', true), ''))::jsonb\$\$;
  alter function auth.jwt() owner to desk_check_admin;
  alter default privileges for role deskpipe_owner in schema public grant all on tables to anon, authenticated"

migrate desk_check_owner deskpipe_owner
migrate desk_check_super "${PGUSER:-postgres}"
migrate desk_check_beside deskpipe_owner
for name in owner super beside; do
  echo "== desk_check_$name"
  run -d "desk_check_$name" -At -f Tests/sql/check.sql
done
echo "== plans"
run -d desk_check_owner -At -f Tests/sql/plans.sql
for name in owner super beside; do
  run -d postgres -c "drop database desk_check_$name"
done
