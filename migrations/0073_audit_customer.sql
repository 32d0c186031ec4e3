-- What a customer said is told as theirs in the history, with the agent by whom it came.

-- The agent through whom a customer did something; null where the agent is the actor, or nobody is.
alter table desk.audit_records add column agent_id uuid;
create index idx_audit_records_agent on desk.audit_records (organization_id, agent_id, created_at, seq)
  where agent_id is not null;

-- The digest of a record: of everything it says, of each member only its digest, so that it stays the same when members
-- are taken out. A record without a client or an agent has the digest that it had before there were any. plpgsql, whose
-- plan is kept, since it is asked for every record.
create or replace function desk.audit_record_digest(r desk.audit_records) returns bytea
  language plpgsql stable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  return sha256(convert_to(
    (jsonb_build_array(
      r.organization_id, r.seq, r.object_kind, r.object_id, r.object_version, r.ticket_id, r.action, r.actor_type,
      r.actor_id, r.impersonator, r.method, extract(epoch from r.requested_at), extract(epoch from r.created_at), r.detail,
      (
        select jsonb_object_agg(
                 k.name,
                 coalesce(
                   r.cleaned ->> k.name,
                   desk.audit_digest(
                     coalesce(decode(r.salts ->> k.name, 'hex'), desk.audit_salt(r.salt, k.name)),
                     r.old_values -> k.name, r.new_values -> k.name)))
          from jsonb_object_keys(
                 coalesce(r.old_values, '{}') || coalesce(r.new_values, '{}') || coalesce(r.cleaned, '{}')) as k (name)
      )
    ) || case
      when r.agent_id is not null then jsonb_build_array(r.client_id, r.agent_id)
      when r.client_id is not null then jsonb_build_array(r.client_id)
      else '[]'
    end)::text,
    'UTF8'));
end
$$;

create or replace view desk.audit_entry with (security_invoker = true) as
select r.seq, r.xid,
       jsonb_build_object('kind', r.object_kind, 'id', r.object_id) as object,
       r.ticket_id, r.object_version as version, r.action,
       jsonb_build_object(
         'type', r.actor_type, 'id', r.actor_id,
         'name', case r.actor_type
           when 'agent' then (
             select a.name from public.agent_profiles a
              where a.organization_id = r.organization_id and a.id = r.actor_id)
           when 'customer' then (
             select c.name from public.customers c where c.organization_id = r.organization_id and c.id = r.actor_id)
         end,
         'impersonator', r.impersonator,
         'client_id', r.client_id,
         'agent_id', r.agent_id
       ) as actor,
       r.method, r.requested_at, r.created_at,
       desk.audit_changes(r.organization_id, r.old_values, r.new_values) as changes,
       coalesce((select jsonb_agg(k.name) from jsonb_object_keys(r.cleaned) as k (name)), '[]') as cleaned,
       r.detail
  from desk.audit_records r;

create or replace view desk.event with (security_invoker = true) as
select concat_ws('-', '1', (select desk.feed_epoch()), a.xid, a.seq) as id,
       a.xid::text as transaction,
       a.object_kind || '.' || a.action as type,
       a.object_kind,
       a.object_id,
       a.object_version as version,
       a.ticket_id,
       jsonb_build_object('type', a.actor_type, 'id', a.actor_id, 'agent_id', a.agent_id) as actor,
       a.method,
       a.created_at,
       coalesce(v.old_values, '{}') as old_values,
       coalesce(v.new_values, '{}') as new_values,
       v.old_values is distinct from a.old_values or v.new_values is distinct from a.new_values as truncated,
       a.xid,
       a.seq
  from desk.audit_records a
 cross join lateral (
   select desk.event_values(a.old_values) as old_values, desk.event_values(a.new_values) as new_values offset 0
 ) as v;

-- Adds a record about an object; what the triggers below do in their own bodies, for everything else that has to.
create or replace function desk.write_audit(
  organization uuid, kind text, id uuid, version integer, ticket uuid, action text, old_values jsonb, new_values jsonb,
  detail jsonb default null
) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  claims constant text := current_setting('request.jwt.claims', true);
  agent uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  customer constant uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
begin
  if agent is null and claims <> '' then
    agent := desk.audit_agent();
  end if;
  insert into desk.audit_records (
    organization_id, object_kind, object_id, object_version, ticket_id, action, actor_type, actor_id, agent_id, impersonator,
    method, requested_at, old_values, new_values, detail, salt
  )
  values (
    organization, kind, id, version, ticket, action,
    case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
    coalesce(customer, agent),
    case when customer is not null then agent end,
    case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
    nullif(current_setting('app.method', true), ''),
    nullif(current_setting('app.requested_at', true), '')::timestamptz,
    old_values, new_values, detail, uuid_send(gen_random_uuid())
  );
end
$$;

-- Makes, or makes anew, the trigger that keeps the history of a table whose rows are objects of that kind: to be called
-- for every new table, and again when columns were added or dropped. A column added since the last call is in every
-- record of a change, whether it changed or not; so none is ever lost.
--
-- Left out are the columns that a record has itself (id, organization_id, version), updated_at, which is the record's
-- time, generated columns and search vectors. Setting or clearing deleted_at is told as deleted and restored, merged_into
-- as merged and unmerged. A new version alone is a change as well, except a customer's, which comes with its values.
--
-- What a customer said is theirs, whoever brought it; what else a customer does is told by app.customer_id.
--
-- Where nothing but what changes often has changed, its members are put together one by one: making objects of both rows
-- to take nearly all of it out again costs ten times as much.
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
      null, to_jsonb(new) - array[%2$s%10$s], uuid_send(gen_random_uuid())
    );
  else
    %12$s
  end if;
  return null;
end
$audit$
    $function$,
    name, derived, compared, header, case when is_organization then 'id' else 'organization_id' end, kind,
    format(ticket, 'new'), action, circumstances, ', ' || nulls_new, ', ' || nulls_old,
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
      E'\n  if tg_op = ''INSERT'' and new.sender_type = ''customer'' then\n    customer := new.sender_id;\n  end if;'
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
  perform desk.audit_table('public.tickets', 'ticket'), desk.audit_table('public.ticket_messages', 'message');
end
$again$;

-- Takes a customer's message to a closed ticket to where it goes. SECURITY DEFINER: the desk alone opens a closed ticket.
create or replace function desk.land_message() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  customer constant text := current_setting('app.customer_id', true);
  landing record;
begin
  perform from public.tickets t
    where t.organization_id = new.organization_id and t.id = new.ticket_id and t.status_code = 'closed'
      for no key update;
  if not found then
    return new;
  end if;
  -- Reopening and following up are the customer's doing.
  perform set_config('app.customer_id', new.sender_id::text, true);
  landing := desk.reopen_or_follow_up(new.organization_id, new.ticket_id, now());
  perform set_config('app.customer_id', coalesce(customer, ''), true);
  if landing.ticket <> new.ticket_id then
    new.merge_path := landing.path;
    new.ticket_id := landing.ticket;
  end if;
  return new;
end
$$;

create or replace function desk.messages_inserted() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  one record;
  is_reply boolean;
  customer text;
begin
  select n.organization_id, n.ticket_id, n.id, n.created_at, n.body, n.sender_type, n.sender_id, n.is_internal, n.is_automatic,
         count(*) over () as count
    into one
    from new_messages n
   limit 1;
  if one.count is null then
    return null;
  elsif one.count = 1 then
    -- Nearly always, and cheaper than what follows. What is not set has no trigger looked at, so that a reply leaves the
    -- status and the snooze out.
    is_reply := one.sender_type = 'agent' and not one.is_internal and not one.is_automatic;
    if one.sender_type = 'customer' then
      customer := coalesce(current_setting('app.customer_id', true), '');
      perform set_config('app.customer_id', one.sender_id::text, true);
    end if;
    if one.sender_type = 'customer' and not one.is_automatic then
      update public.tickets t
         set last_activity_at = greatest(t.last_activity_at, one.created_at),
             waiting_since = case when t.status_code = 'closed' then null else least(t.waiting_since, one.created_at) end,
             status = case when t.status_code = 'closed' then t.status else 'open' end,
             snoozed_until = case when t.keep_snoozed then t.snoozed_until end
       where t.organization_id = one.organization_id
         and t.id = one.ticket_id;
    elsif is_reply then
      update public.tickets t
         set last_activity_at = greatest(t.last_activity_at, one.created_at),
             first_reply_at = least(t.first_reply_at, one.created_at),
             last_reply_at = greatest(t.last_reply_at, one.created_at),
             reply_count = t.reply_count + 1,
             waiting_since = null
       where t.organization_id = one.organization_id
         and t.id = one.ticket_id;
    else
      update public.tickets t
         set last_activity_at = greatest(t.last_activity_at, one.created_at),
             waiting_since = case when t.status_code = 'closed' then null else t.waiting_since end
       where t.organization_id = one.organization_id
         and t.id = one.ticket_id;
    end if;
    if customer is not null then
      perform set_config('app.customer_id', customer, true);
    end if;
    insert into desk.search_documents (organization_id, ticket_id, source_id, search)
    values (
      one.organization_id, one.ticket_id, one.id,
      -- No word of it can be too long, of which PostgreSQL would tell the client.
      case when octet_length(one.body) < 2048 then to_tsvector('pg_catalog.simple', one.body)
        else desk.search_vector(one.body)
      end);
    return null;
  end if;

  -- A ticket's change has one actor: the customer where nobody else said anything.
  if not exists (
    select from new_messages n
     where n.sender_type <> 'customer' or n.sender_id <> one.sender_id
  ) then
    customer := coalesce(current_setting('app.customer_id', true), '');
    perform set_config('app.customer_id', one.sender_id::text, true);
  end if;
  update public.tickets t
     set last_activity_at = greatest(t.last_activity_at, m.last_at),
         first_reply_at = least(t.first_reply_at, m.first_reply_at),
         last_reply_at = greatest(t.last_reply_at, m.last_reply_at),
         reply_count = t.reply_count + m.replies,
         waiting_since = case
           when t.status_code = 'closed' then null
           when m.replies > 0 then m.asked_again_at
           else least(t.waiting_since, m.asked_at)
         end,
         status = case when m.asked_at is not null and t.status_code <> 'closed' then 'open' else t.status end,
         snoozed_until = case when m.asked_at is not null and not t.keep_snoozed then null else t.snoozed_until end
    from (
      select n.organization_id,
             n.ticket_id,
             max(n.created_at) as last_at,
             count(*) filter (where n.is_reply) as replies,
             min(n.created_at) filter (where n.is_reply) as first_reply_at,
             max(n.created_at) filter (where n.is_reply) as last_reply_at,
             min(n.created_at) filter (where n.is_question) as asked_at,
             min(n.created_at) filter (where n.is_question and n.place > n.answered) as asked_again_at
        from (
          select p.organization_id, p.ticket_id, p.created_at, p.place, p.is_reply, p.is_question,
                 coalesce(max(p.place) filter (where p.is_reply) over (partition by p.ticket_id), 0) as answered
            from (
              select i.organization_id, i.ticket_id, i.created_at,
                     row_number() over (order by i.created_at) as place,
                     i.sender_type = 'agent' and not i.is_internal and not i.is_automatic as is_reply,
                     i.sender_type = 'customer' and not i.is_automatic as is_question
                from new_messages i
            ) as p
        ) as n
       group by n.organization_id, n.ticket_id
    ) as m
   where t.organization_id = m.organization_id
     and t.id = m.ticket_id;
  if customer is not null then
    perform set_config('app.customer_id', customer, true);
  end if;

  insert into desk.search_documents (organization_id, ticket_id, source_id, search)
  select n.organization_id, n.ticket_id, n.id, desk.search_vector(n.body)
    from new_messages n;
  return null;
end
$$;
