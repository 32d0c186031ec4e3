-- What a call with an idempotency key did: the key goes in with what it does, in one transaction, and keeps the answer.

create table desk.idempotency_keys (
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  agent_id uuid not null default nullif(current_setting('app.agent_id', true), '')::uuid,
  key text not null,
  method text not null,
  -- Of the params without those that every call may carry. Passwords go into it under a key of the service's own.
  params_hash bytea not null,
  -- Null while the call runs, which nobody else sees, and where the answer has been forgotten.
  answer jsonb,
  created_at timestamptz not null default now(),
  constraint idempotency_keys_pkey primary key (organization_id, agent_id, key),
  constraint idempotency_keys_agent_fkey foreign key (organization_id, agent_id)
    references public.agent_profiles (organization_id, id) on delete cascade,
  constraint idempotency_keys_key_length check (char_length(key) between 1 and 255),
  constraint idempotency_keys_method_length check (char_length(method) between 1 and 200),
  constraint idempotency_keys_params_hash_length check (octet_length(params_hash) = 32)
);
-- For expiry alone, which knows no organization.
create index idx_idempotency_keys_created_at on desk.idempotency_keys (created_at);
alter table desk.idempotency_keys alter column organization_id set (n_distinct = 100);

alter table desk.idempotency_keys enable row level security;
alter table desk.idempotency_keys force row level security;
revoke all on table desk.idempotency_keys from public, authenticated;
do $anon$
begin
  if exists (select from pg_roles where rolname = 'anon') then
    revoke all on table desk.idempotency_keys from anon;
  end if;
end
$anon$;
create policy idempotency_keys_tenant on desk.idempotency_keys as restrictive to authenticated
  using (organization_id = (
    select coalesce(nullif(current_setting('app.organization_id', true), '')::uuid, desk.claimed_organization())
  ));

-- Everyone has keys of their own.
create policy idempotency_keys_select on desk.idempotency_keys for select to authenticated
  using (agent_id = (select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent())));
create policy idempotency_keys_insert on desk.idempotency_keys for insert to authenticated
  with check (
    agent_id = (select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent()))
  );
create policy idempotency_keys_update on desk.idempotency_keys for update to authenticated
  using (agent_id = (select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent())));
grant select, insert (organization_id, agent_id, key, method, params_hash), update (answer)
  on desk.idempotency_keys to authenticated;

create policy idempotency_keys_keeper on desk.idempotency_keys to desk_keeper using (true);
grant select, update (answer), delete on desk.idempotency_keys to desk_keeper;

-- What a key's call answered; no row where the caller has no such key. The same key for another call is refused.
create function desk.recall(key text, method text, params_hash bytea) returns setof text
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  found_key record;
begin
  select k.method, k.params_hash, k.answer into found_key from desk.idempotency_keys k where k.key = key;
  if not found then
    return;
  end if;
  if found_key.method <> method or found_key.params_hash <> params_hash then
    perform desk.fail(
      'DK409', 'idempotency_mismatch', 'This key was used for another call.', '/idempotency_key',
      jsonb_build_object('method', found_key.method));
  end if;
  if found_key.answer is null then
    perform desk.fail(
      'DK423', 'answer_gone', 'It was done, but what it answered has been erased since.', '/idempotency_key');
  end if;
  return next found_key.answer::text;
end
$$;

-- Forgets keys of more than 24 hours ago, the oldest first and at most so many; answers how many.
--
-- SECURITY DEFINER: the maintenance login has no right to any table.
create function desk.expire_idempotency_keys(max_keys integer) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  expired integer;
begin
  delete from desk.idempotency_keys k
   using (
     select o.organization_id, o.agent_id, o.key
       from desk.idempotency_keys o
      where o.created_at < now() - interval '24 hours'
      order by o.created_at
      limit max_keys
   ) as e
   where k.organization_id = e.organization_id and k.agent_id = e.agent_id and k.key = e.key;
  get diagnostics expired = row_count;
  return expired;
end
$$;

-- Forgets the answers of an organization's keys that tell of an object, as when it is erased: who asks again hears
-- that it was done. Answers how many. For functions of desk_keeper, which owns it, and for nobody else.
create function desk.forget_answers(organization uuid, about uuid) returns integer
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  forgotten integer;
begin
  update desk.idempotency_keys k
     set answer = null
   where k.organization_id = organization
     and strpos(k.answer::text, about::text) > 0;
  get diagnostics forgotten = row_count;
  return forgotten;
end
$$;

-- What has become of an object that was expected in an earlier version: its version now, all of it, and the names of the
-- members that moved since.
create or replace function desk.conflict(kind text, id uuid, expected integer) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  current constant jsonb := desk.shown(kind, id);
begin
  if current is null then
    return null;
  end if;
  return jsonb_build_object(
    'version', current -> 'version', 'current', current, 'moved', desk.moved_members(kind, id, expected));
end
$$;

-- The answers of a batch's calls, each kept in a setting of the transaction, as one.
create function desk.batch_answers(calls integer) returns text
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  answers text;
begin
  select string_agg(
           '{"result": ' || coalesce(nullif(current_setting('app.answer_' || i, true), ''), 'null') || '}', ', '
           order by i)
    into answers
    from generate_series(0, calls - 1) as i;
  if octet_length(answers) > 16777216 then
    perform desk.fail('DK423', 'rule', 'The answers of a batch have at most 16 MiB.');
  end if;
  return '{"results": [' || answers || ']}';
end
$$;

revoke all on function
  desk.recall(text, text, bytea), desk.expire_idempotency_keys(integer), desk.forget_answers(uuid, uuid),
  desk.batch_answers(integer)
  from public;
grant execute on function desk.recall(text, text, bytea), desk.batch_answers(integer) to authenticated;
grant execute on function desk.expire_idempotency_keys(integer) to deskpipe_maintain;

-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_keeper;
alter function desk.expire_idempotency_keys(integer) owner to desk_keeper;
alter function desk.forget_answers(uuid, uuid) owner to desk_keeper;
revoke create on schema desk from desk_keeper;
