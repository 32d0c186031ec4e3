-- What each message writes once more, less of it.

-- The longer one of messages by ticket begins with it.
drop index public.idx_ticket_messages_org_id;

create or replace function desk.audit_table(t regclass, kind text) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $outer$
declare
  name constant text := (select c.relname from pg_class c where c.oid = t);
  is_organization constant boolean := t = 'public.organizations'::regclass;
  derived text;
  compared text;
  nulls_new text;
  nulls_old text;
  columns text[];
  ticket text;
  action text;
  -- What changes with every message; the rest of a ticket seldom does.
  often constant text[] := case
    when t = 'public.tickets'::regclass then
      '{last_activity_at,first_reply_at,last_reply_at,waiting_since,reply_count}'::text[]
    else '{}'::text[]
  end;
  probe text;
  -- What nearly every row has, where most of the others are seldom there: built by itself, without making the whole row into
  -- jsonb and taking most of it away again.
  usual constant text[] := case
    when t = 'public.ticket_messages'::regclass then
      '{ticket_id,sender_type,sender_id,body,is_internal,delivery_status,metadata,created_at,is_automatic}'::text[]
    else '{}'::text[]
  end;
  created text;
  built text;
  header constant text := $header$organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, agent_id, impersonator, method, requested_at, old_values, new_values, salt$header$;
  circumstances constant text := $values$case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when customer is not null then agent end,
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz$values$;
begin
  select array_agg(a.attname::text),
         string_agg(quote_literal(a.attname), ', ' order by a.attnum) filter (where d.derived),
         string_agg(
           format('case when new.%1$I is not distinct from old.%1$I then %1$L end', a.attname), E',\n      '
           order by a.attnum) filter (where not d.derived),
         string_agg(format('case when new.%1$I is null then %1$L end', a.attname), ', ' order by a.attnum)
           filter (where not d.derived and not a.attnotnull),
         string_agg(format('case when old.%1$I is null then %1$L end', a.attname), ', ' order by a.attnum)
           filter (where not d.derived and not a.attnotnull)
    into columns, derived, compared, nulls_new, nulls_old
    from pg_attribute a
    cross join lateral (
      select a.attname in ('id', 'organization_id', 'version', 'updated_at') or a.attgenerated <> ''
             or a.atttypid = 'tsvector'::regtype as derived
    ) as d
   where a.attrelid = t and a.attnum > 0 and not a.attisdropped;
  ticket := case when kind = 'ticket' then '%1$s.id' when 'ticket_id' = any (columns) then '%1$s.ticket_id' else 'null' end;
  action := concat(
    case when 'deleted_at' = any (columns) then
      $when$when old.deleted_at is null and new.deleted_at is not null then 'deleted' when old.deleted_at is not null and new.deleted_at is null then 'restored' $when$
    end,
    case when 'merged_into' = any (columns) then
      $when$when old.merged_into is null and new.merged_into is not null then 'merged' when old.merged_into is not null and new.merged_into is null then 'unmerged' $when$
    end);
  probe := (
    select string_agg(format('probe.%1$I := old.%1$I;', c.name), ' ' order by c.place)
      from unnest(often || '{version,updated_at}') with ordinality as c (name, place)
  );
  created := format('to_jsonb(new) - array[%s%s]', derived, ', ' || nulls_new);
  if usual <> '{}' then
    built := (
      select format(
               $built$
    if num_nonnulls(%1$s) = 0 then
      after := jsonb_build_object(%2$s) - array[%3$s]::text[];
    else
      after := %4$s;
    end if;$built$,
               string_agg(format('new.%I', a.attname), ', ' order by a.attnum) filter (where a.attname <> all (usual)),
               string_agg(format('%1$L, new.%1$I', a.attname), ', ' order by a.attnum)
                 filter (where a.attname = any (usual)),
               string_agg(format('case when new.%1$I is null then %1$L end', a.attname), ', ' order by a.attnum)
                 filter (where a.attname = any (usual) and not a.attnotnull),
               created)
        from pg_attribute a
       where a.attrelid = t and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
         and (a.attname = any (usual) or not a.attnotnull)
    );
    created := 'after';
  end if;
  action := case when action = '' then '''changed''' else format('case %selse ''changed'' end', action) end;

  execute format(
    $function$
create or replace function desk.audit_%1$s() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set timezone = 'UTC'
as $audit$
declare
  claims constant text := current_setting('request.jwt.claims', true);
  agent uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  customer%17$s uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  same text[];
  before jsonb;
  after jsonb;%14$s
begin
  if tg_op = 'UPDATE' then
    %15$ssame := array[
      %2$s,
      %3$s
    ];
    before := to_jsonb(old) - same;
    after := to_jsonb(new) - same;%16$s
    if after = '{}'%13$s then
      return null;
    end if;
  end if;
  if agent is null and claims <> '' then
    agent := desk.audit_agent();
  end if;%18$s
  if tg_op = 'UPDATE' then
    insert into desk.audit_records (
      %4$s
    )
    values (
      new.%5$I, %6$L, new.id, new.version, %7$s, %8$s,
      %9$s,
      before, after, uuid_send(gen_random_uuid())
    );
  elsif tg_op = 'INSERT' then
    insert into desk.audit_records (
      %4$s
    )
    values (
      new.%5$I, %6$L, new.id, new.version, %7$s, 'created',
      %9$s,
      null, %10$s, uuid_send(gen_random_uuid())
    );
  else
    %12$s
  end if;
  return null;
end
$audit$
    $function$,
    name, derived, compared, header, case when is_organization then 'id' else 'organization_id' end, kind,
    format(ticket, 'new'), action, circumstances, created, ', ' || nulls_old,
    case
      -- Nothing is kept of an organization that is gone, not even that it was.
      when is_organization then
        'delete from desk.audit_records r where r.organization_id = old.id;'
      else
        format(
          $delete$if not exists (select from public.organizations o where o.id = old.organization_id) then
      return null;
    end if;
    insert into desk.audit_records (
      %1$s
    )
    values (
      old.organization_id, %2$L, old.id, old.version + 1, %3$s, 'deleted',
      %4$s,
      to_jsonb(old) - array[%5$s%6$s], null, uuid_send(gen_random_uuid())
    );$delete$,
          header, kind, format(ticket, 'old'), circumstances, derived, ', ' || nulls_old)
    end,
    case when kind <> 'customer' then ' and new.version = old.version' end,
    case when often <> '{}' then format(E'\n  probe %s%%rowtype;', t) end,
    case when often <> '{}' then
      format(
        $often$probe := new;
    %s
    if probe operator(pg_catalog.*=) old then
      before := '{}';
      after := '{}';
      %s
    else
    $often$,
        probe,
        (
          select string_agg(
                   format(
                     'if new.%1$I is distinct from old.%1$I then before := before || jsonb_build_object(%1$L, old.%1$I); '
                       || 'after := after || jsonb_build_object(%1$L, new.%1$I); end if;', c.name),
                   E'\n      ' order by c.place)
            from unnest(often) with ordinality as c (name, place)
        ))
    end,
    case when often <> '{}' then E'\n    end if;' end,
    case when kind <> 'message' then ' constant' end,
    case when kind = 'message' then
      format(
        $said$
  if tg_op = 'INSERT' then
    if new.sender_type = 'customer' then
      customer := new.sender_id;
    end if;%s
  end if;$said$,
        built)
    end);
  execute format('revoke all on function desk.audit_%s() from public', name);
  -- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
  grant create on schema desk to desk_keeper;
  execute format('alter function desk.audit_%s() owner to desk_keeper', name);
  revoke create on schema desk from desk_keeper;
  execute format(
    'create or replace trigger z_audit after insert or update or delete on %s for each row execute function desk.audit_%s()',
    t, name);
end
$outer$;

do $again$
begin
  perform desk.audit_table('public.ticket_messages', 'message');
end
$again$;
