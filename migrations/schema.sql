-- Made by `make schema` from a migrated database.
--
-- PostgreSQL database dump
--



SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: auth; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA auth;


--
-- Name: desk; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA desk;


--
-- Name: extensions; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA extensions;


--
-- Name: btree_gin; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA extensions;


--
-- Name: EXTENSION btree_gin; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION btree_gin IS 'support for indexing common datatypes in GIN';


--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA desk;


--
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';


--
-- Name: audit_action; Type: DOMAIN; Schema: desk; Owner: -
--

CREATE DOMAIN desk.audit_action AS text COLLATE pg_catalog."C"
	CONSTRAINT audit_action_known CHECK ((VALUE = ANY (ARRAY['found'::text, 'created'::text, 'changed'::text, 'deleted'::text, 'restored'::text, 'merged'::text, 'unmerged'::text, 'redacted'::text, 'erased'::text, 'purged'::text])));


--
-- Name: audit_actor; Type: DOMAIN; Schema: desk; Owner: -
--

CREATE DOMAIN desk.audit_actor AS text COLLATE pg_catalog."C"
	CONSTRAINT audit_actor_known CHECK ((VALUE = ANY (ARRAY['agent'::text, 'customer'::text, 'system'::text])));


--
-- Name: import_key; Type: TYPE; Schema: desk; Owner: -
--

CREATE TYPE desk.import_key AS (
	kind text,
	value text,
	path text
);


--
-- Name: import_match; Type: TYPE; Schema: desk; Owner: -
--

CREATE TYPE desk.import_match AS (
	n integer,
	place integer,
	path text,
	id uuid,
	deleted_at timestamp with time zone
);


--
-- Name: import_row; Type: TYPE; Schema: desk; Owner: -
--

CREATE TYPE desk.import_row AS (
	n integer,
	turn integer,
	id uuid,
	is_new boolean,
	name text,
	email text,
	metadata jsonb,
	fields jsonb,
	kind text,
	path text,
	message text,
	keys desk.import_key[]
);


--
-- Name: import_value; Type: TYPE; Schema: desk; Owner: -
--

CREATE TYPE desk.import_value AS (
	n integer,
	customer_id uuid,
	is_new boolean,
	field_id uuid,
	is_required boolean,
	content text,
	kind text,
	path text,
	message text
);


--
-- Name: report_cell; Type: TYPE; Schema: desk; Owner: -
--

CREATE TYPE desk.report_cell AS (
	place integer,
	key text,
	part integer,
	figures jsonb
);


--
-- Name: field_type; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.field_type AS ENUM (
    'text',
    'number',
    'boolean',
    'date',
    'select',
    'multiselect'
);


--
-- Name: sender_type; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.sender_type AS ENUM (
    'agent',
    'customer',
    'system'
);


--
-- Name: ticket_priority; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.ticket_priority AS ENUM (
    'low',
    'normal',
    'high',
    'urgent'
);


--
-- Name: ticket_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.ticket_status AS ENUM (
    'open',
    'pending',
    'solved',
    'closed'
);


--
-- Name: jwt(); Type: FUNCTION; Schema: auth; Owner: -
--

CREATE FUNCTION auth.jwt() RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (COALESCE(NULLIF(current_setting('request.jwt.claim'::text, true), ''::text), NULLIF(current_setting('request.jwt.claims'::text, true), ''::text)))::jsonb;


--
-- Name: add_identities(uuid, jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.add_identities(customer uuid, identities jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  one record;
  kept text;
  owner record;
begin
  for one in
    select e.value ->> 'kind' as kind, e.value ->> 'value' as value, e.value ->> 'path' as path
      from jsonb_array_elements(identities) with ordinality as e (value, place)
     order by e.place
  loop
    kept := desk.identity_value(one.kind, one.value, one.path);
    if one.kind = 'email' and exists (
      select from public.customers c where c.id = customer and c.email is null
    ) and not exists (
      select from desk.customer_identities i where i.kind = 'email' and i.value = kept and i.customer_id <> customer
    ) then
      update public.customers c set email = kept where c.id = customer;
      continue;
    end if;
    insert into desk.customer_identities (organization_id, kind, value, customer_id)
    values (desk.current_organization(), one.kind, kept, customer)
    on conflict on constraint customer_identities_pkey do nothing;
    continue when found;
    select i.customer_id, c.deleted_at into owner
      from desk.customer_identities i
      join public.customers c on c.organization_id = i.organization_id and c.id = i.customer_id
     where i.kind = one.kind and i.value = kept;
    continue when owner.customer_id = customer;
    if owner.deleted_at is not null then
      perform desk.fail(
        'DK409', 'deleted', 'A deleted customer has this identity; restore them.', one.path,
        jsonb_build_object('id', owner.customer_id));
    end if;
    perform desk.fail(
      'DK409', 'already_exists', 'Another customer has this identity.', one.path,
      jsonb_build_object('id', owner.customer_id));
  end loop;
end
$$;


--
-- Name: address(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.address(content text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN NULLIF(lower((btrim(content, ' 	
'::text) COLLATE "C")), ''::text);


--
-- Name: unspaced(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.unspaced() RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ('[\u0E00-\u0EFF\u1000-\u11FF\u1780-\u17FF\u3005-\u3007\u3040-\u318F\u31A0-\u31BF\u31F0-\u31FF\u3400-\u9FFF'::text || '\uA960-\uA97F\uAC00-\uD7FF\uF900-\uFAFF\uFF66-\uFFDC\U00020000-\U0003FFFF]'::text);


--
-- Name: any_of_words(text[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.any_of_words(words text[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT (('(?:'::text || string_agg(((((g.before || '(?:'::text) || g.words) || ')'::text) || g.after), '|'::text ORDER BY g.longest DESC, g.words)) || ')'::text) FROM (SELECT b.before, b.after, max(char_length(w.word)) AS longest, string_agg(regexp_replace(w.word, '([^[:alnum:][:space:]_])'::text, '\\\1'::text, 'g'::text), '|'::text ORDER BY (char_length(w.word)) DESC, w.word) AS words FROM ((SELECT DISTINCT u.word FROM unnest(any_of_words.words) u(word) WHERE (char_length(u.word) >= 2)) w CROSS JOIN LATERAL (SELECT CASE WHEN ((w.word ~ '^\w'::text) AND (w.word !~ ('^'::text || desk.unspaced()))) THEN (('(?:\m|(?<='::text || desk.unspaced()) || '))'::text) ELSE ''::text END AS before, CASE WHEN ((w.word ~ '\w$'::text) AND (w.word !~ (desk.unspaced() || '$'::text))) THEN (('(?:\M|(?='::text || desk.unspaced()) || '))'::text) ELSE ''::text END AS after) b) GROUP BY b.before, b.after) g);


--
-- Name: apply_actions(uuid, jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.apply_actions(ticket uuid, actions jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  action text;
  given jsonb;
  state text;
  kind text;
  message text;
  pointer text;
begin
  -- The ticket's own members together, under the name of the first; then what takes statements of its own. A ticket is
  -- snoozed by what it has become.
  foreach action in array array[
    'status', 'assigned_to', 'priority', 'fields', 'set_tags', 'remove_tags', 'add_tags', 'add_followers', 'snooze_hours'
  ] loop
    continue when not actions ? action
      or action = 'assigned_to' and actions ? 'status'
      or action = 'priority' and actions ?| array['status', 'assigned_to'];
    given := actions -> action;
    begin
      case action
        when 'fields' then
          perform desk.set_customer_fields(t.customer_id, given) from public.tickets t where t.id = ticket;
        when 'set_tags' then
          perform desk.change_tags(ticket, '{}', null, array(select jsonb_array_elements_text(given)));
        when 'remove_tags' then
          perform desk.change_tags(ticket, '{}', array(select jsonb_array_elements_text(given)));
        when 'add_tags' then
          perform desk.change_tags(ticket, array(select jsonb_array_elements_text(given)));
        when 'add_followers' then
          perform desk.follow_ticket(ticket, case f.agent when 'me' then desk.current_agent() else f.agent::uuid end)
             from jsonb_array_elements_text(given) as f (agent);
        when 'snooze_hours' then
          update public.tickets t
             set snoozed_until = now() + make_interval(hours => (given #>> '{}')::integer),
                 keep_snoozed = false
           where t.id = ticket;
        else
          update public.tickets t
             set status = coalesce((actions ->> 'status')::public.ticket_status, t.status),
                 priority = coalesce((actions ->> 'priority')::public.ticket_priority, t.priority),
                 assigned_to = case
                   when not actions ? 'assigned_to' then t.assigned_to
                   when actions ->> 'assigned_to' = 'me' then desk.current_agent()
                   else (actions ->> 'assigned_to')::uuid
                 end
           where t.id = ticket;
      end case;
    exception when sqlstate 'DK403' or sqlstate 'DK404' or sqlstate 'DK422' or sqlstate 'DK423' then
      get stacked diagnostics
        state = returned_sqlstate, kind = constraint_name, message = message_text, pointer = column_name;
      -- Of those that were set together, the rule that was broken names one.
      if action in ('status', 'assigned_to') and actions ? substr(pointer, 2) then
        action := substr(pointer, 2);
      end if;
      perform desk.fail(state, kind, message, '/id', jsonb_build_object('action', action));
    end;
  end loop;
end
$$;


--
-- Name: apply_clerk_event(text, jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.apply_clerk_event(event_id text, event jsonb) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  kind constant text := event ->> 'type';
  -- Of one millisecond, an update comes after what made the object, and a deletion after both.
  changed_at constant timestamptz := 'epoch'::timestamptz + (event ->> 'at')::bigint * interval '1 millisecond'
    + case when (event ->> 'is_deleted')::boolean then 2 when kind like '%.updated' then 1 else 0 end
      * interval '1 microsecond';
  reason text;
begin
  -- Events are few, and one after another they need no thought about two at once.
  perform pg_advisory_xact_lock(hashtextextended('desk.clerk_events', 0));
  insert into desk.clerk_events (id, type, clerk_id)
  values (event_id, kind, event #>> '{organization,id}')
  on conflict on constraint clerk_events_pkey do nothing;
  if not found then
    reason := 'repeated';
  elsif not (
    case
      when event -> 'user' is null then desk.follow_clerk_organization(event, changed_at)
      when event -> 'organization' is null then desk.follow_clerk_user(event, changed_at)
      else desk.follow_clerk_membership(event, changed_at)
    end
  ) then
    reason := 'outdated';
  end if;
  return jsonb_build_object('id', event_id, 'type', kind, 'applied', reason is null, 'reason', reason)::text;
end
$$;


--
-- Name: audit_agent(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_agent() RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  claims constant jsonb := coalesce(
    nullif(current_setting('request.jwt.claim', true), ''),
    nullif(current_setting('request.jwt.claims', true), ''))::jsonb;
begin
  return (
    select a.id
      from public.organizations o
      join public.agent_profiles a on a.organization_id = o.id
     where o.clerk_id = desk.claim_organization(claims)
       and a.clerk_user_id = desk.claim_subject(claims)
  );
end
$$;


--
-- Name: audit_agent_profiles(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_agent_profiles() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
declare
  claims constant text := current_setting('request.jwt.claims', true);
  agent uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  customer constant uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  same text[];
  after jsonb;
begin
  if tg_op = 'UPDATE' then
    same := array[
      'id', 'organization_id', 'version', 'updated_at',
      case when new.clerk_user_id is not distinct from old.clerk_user_id then 'clerk_user_id' end,
      case when new.name is not distinct from old.name then 'name' end,
      case when new.email is not distinct from old.email then 'email' end,
      case when new.role is not distinct from old.role then 'role' end,
      case when new.status is not distinct from old.status then 'status' end,
      case when new.settings is not distinct from old.settings then 'settings' end,
      case when new.deactivated_at is not distinct from old.deactivated_at then 'deactivated_at' end,
      case when new.created_at is not distinct from old.created_at then 'created_at' end
    ];
    after := to_jsonb(new) - same;
    if after = '{}' and new.version = old.version then
      return null;
    end if;
  end if;
  if agent is null and customer is null and claims <> '' then
    agent := desk.audit_agent();
  end if;
  if tg_op = 'UPDATE' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'agent', new.id, new.version, null, 'changed',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      to_jsonb(old) - same, after, uuid_send(gen_random_uuid())
    );
  elsif tg_op = 'INSERT' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'agent', new.id, new.version, null, 'created',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      null, to_jsonb(new) - array['id', 'organization_id', 'version', 'updated_at', case when new.email is null then 'email' end, case when new.deactivated_at is null then 'deactivated_at' end], uuid_send(gen_random_uuid())
    );
  else
    if not exists (select from public.organizations o where o.id = old.organization_id) then
      return null;
    end if;
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      old.organization_id, 'agent', old.id, old.version + 1, null, 'deleted',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      to_jsonb(old) - array['id', 'organization_id', 'version', 'updated_at', case when old.email is null then 'email' end, case when old.deactivated_at is null then 'deactivated_at' end], null, uuid_send(gen_random_uuid())
    );
  end if;
  return null;
end
$$;


--
-- Name: audit_changes(uuid, jsonb, jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_changes(organization uuid, old_values jsonb, new_values jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
    select coalesce(
             jsonb_object_agg(
               coalesce(
                 case when k.name like 'fields.%' then (
                   select 'fields.' || f.field_name from public.customer_fields f
                    where f.organization_id = organization and f.id = substr(k.name, 8)::uuid
                 ) end,
                 k.name),
               jsonb_build_object('from', desk.audit_value(old_values -> k.name), 'to', desk.audit_value(new_values -> k.name))),
             '{}')
      from jsonb_object_keys(coalesce(old_values, '{}') || coalesce(new_values, '{}')) as k (name)
     where old_values -> k.name is distinct from new_values -> k.name
  );
end
$$;


--
-- Name: audit_customer_fields(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_customer_fields() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
declare
  claims constant text := current_setting('request.jwt.claims', true);
  agent uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  customer constant uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  same text[];
  before jsonb;
  after jsonb;
begin
  if tg_op = 'UPDATE' then
    same := array[
      'id', 'organization_id', 'version', 'updated_at',
      case when new.field_name is not distinct from old.field_name then 'field_name' end,
      case when new.field_type is not distinct from old.field_type then 'field_type' end,
      case when new.is_required is not distinct from old.is_required then 'is_required' end,
      case when new.options is not distinct from old.options then 'options' end,
      case when new.label is not distinct from old.label then 'label' end,
      case when new.description is not distinct from old.description then 'description' end,
      case when new."position" is not distinct from old."position" then 'position' end,
      case when new.created_at is not distinct from old.created_at then 'created_at' end,
      case when new.default_value is not distinct from old.default_value then 'default_value' end,
      case when new.pattern is not distinct from old.pattern then 'pattern' end,
      case when new.minimum is not distinct from old.minimum then 'minimum' end,
      case when new.maximum is not distinct from old.maximum then 'maximum' end,
      case when new.retired_options is not distinct from old.retired_options then 'retired_options' end
    ];
    before := to_jsonb(old) - same;
    after := to_jsonb(new) - same;
    if after = '{}' and new.version = old.version then
      return null;
    end if;
  end if;
  if agent is null and customer is null and claims <> '' then
    agent := desk.audit_agent();
  end if;
  if tg_op = 'UPDATE' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'field', new.id, new.version, null, 'changed',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      before, after, uuid_send(gen_random_uuid())
    );
  elsif tg_op = 'INSERT' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'field', new.id, new.version, null, 'created',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      null, to_jsonb(new) - array['id', 'organization_id', 'version', 'updated_at', case when new.options is null then 'options' end, case when new.label is null then 'label' end, case when new.description is null then 'description' end, case when new.default_value is null then 'default_value' end, case when new.pattern is null then 'pattern' end, case when new.minimum is null then 'minimum' end, case when new.maximum is null then 'maximum' end, case when new.retired_options is null then 'retired_options' end], uuid_send(gen_random_uuid())
    );
  else
    if not exists (select from public.organizations o where o.id = old.organization_id) then
      return null;
    end if;
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      old.organization_id, 'field', old.id, old.version + 1, null, 'deleted',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      to_jsonb(old) - array['id', 'organization_id', 'version', 'updated_at', case when old.options is null then 'options' end, case when old.label is null then 'label' end, case when old.description is null then 'description' end, case when old.default_value is null then 'default_value' end, case when old.pattern is null then 'pattern' end, case when old.minimum is null then 'minimum' end, case when old.maximum is null then 'maximum' end, case when old.retired_options is null then 'retired_options' end], null, uuid_send(gen_random_uuid())
    );
  end if;
  return null;
end
$$;


--
-- Name: audit_customers(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_customers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
declare
  claims constant text := current_setting('request.jwt.claims', true);
  agent uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  customer constant uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  same text[];
  before jsonb;
  after jsonb;
begin
  if tg_op = 'UPDATE' then
    same := array[
      'id', 'organization_id', 'search', 'version', 'updated_at',
      case when new.name is not distinct from old.name then 'name' end,
      case when new.email is not distinct from old.email then 'email' end,
      case when new.metadata is not distinct from old.metadata then 'metadata' end,
      case when new.created_at is not distinct from old.created_at then 'created_at' end,
      case when new.deleted_at is not distinct from old.deleted_at then 'deleted_at' end,
      case when new.deleted_by is not distinct from old.deleted_by then 'deleted_by' end,
      case when new.merged_into is not distinct from old.merged_into then 'merged_into' end,
      case when new.blocked_at is not distinct from old.blocked_at then 'blocked_at' end,
      case when new.blocked_by is not distinct from old.blocked_by then 'blocked_by' end,
      case when new.block_reason is not distinct from old.block_reason then 'block_reason' end,
      case when new.erased_at is not distinct from old.erased_at then 'erased_at' end
    ];
    before := to_jsonb(old) - same;
    after := to_jsonb(new) - same;
    if after = '{}' then
      return null;
    end if;
  end if;
  if agent is null and customer is null and claims <> '' then
    agent := desk.audit_agent();
  end if;
  if tg_op = 'UPDATE' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'customer', new.id, new.version, null, case when old.deleted_at is null and new.deleted_at is not null then 'deleted' when old.deleted_at is not null and new.deleted_at is null then 'restored' when old.merged_into is null and new.merged_into is not null then 'merged' when old.merged_into is not null and new.merged_into is null then 'unmerged' else 'changed' end,
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      before, after, uuid_send(gen_random_uuid())
    );
  elsif tg_op = 'INSERT' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'customer', new.id, new.version, null, 'created',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      null, to_jsonb(new) - array['id', 'organization_id', 'search', 'version', 'updated_at', case when new.email is null then 'email' end, case when new.deleted_at is null then 'deleted_at' end, case when new.deleted_by is null then 'deleted_by' end, case when new.merged_into is null then 'merged_into' end, case when new.blocked_at is null then 'blocked_at' end, case when new.blocked_by is null then 'blocked_by' end, case when new.block_reason is null then 'block_reason' end, case when new.erased_at is null then 'erased_at' end], uuid_send(gen_random_uuid())
    );
  else
    if not exists (select from public.organizations o where o.id = old.organization_id) then
      return null;
    end if;
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      old.organization_id, 'customer', old.id, old.version + 1, null, 'deleted',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      to_jsonb(old) - array['id', 'organization_id', 'search', 'version', 'updated_at', case when old.email is null then 'email' end, case when old.deleted_at is null then 'deleted_at' end, case when old.deleted_by is null then 'deleted_by' end, case when old.merged_into is null then 'merged_into' end, case when old.blocked_at is null then 'blocked_at' end, case when old.blocked_by is null then 'blocked_by' end, case when old.block_reason is null then 'block_reason' end, case when old.erased_at is null then 'erased_at' end], null, uuid_send(gen_random_uuid())
    );
  end if;
  return null;
end
$$;


--
-- Name: audit_digest(bytea, jsonb, jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_digest(salt bytea, old_value jsonb, new_value jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN encode(sha256((salt || convert_to(concat(old_value, '
', new_value), 'UTF8'::name))), 'hex'::text);


--
-- Name: audit_email_accounts(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_email_accounts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
declare
  claims constant text := current_setting('request.jwt.claims', true);
  agent uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  customer constant uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  same text[];
  after jsonb;
begin
  if tg_op = 'UPDATE' then
    same := array[
      'id', 'organization_id', 'version', 'updated_at',
      case when new.email_address is not distinct from old.email_address then 'email_address' end,
      case when new.imap_settings is not distinct from old.imap_settings then 'imap_settings' end,
      case when new.smtp_settings is not distinct from old.smtp_settings then 'smtp_settings' end,
      case when new.is_active is not distinct from old.is_active then 'is_active' end,
      case when new.has_imap_password is not distinct from old.has_imap_password then 'has_imap_password' end,
      case when new.has_smtp_password is not distinct from old.has_smtp_password then 'has_smtp_password' end,
      case when new.created_at is not distinct from old.created_at then 'created_at' end
    ];
    after := to_jsonb(new) - same;
    if after = '{}' and new.version = old.version then
      return null;
    end if;
  end if;
  if agent is null and customer is null and claims <> '' then
    agent := desk.audit_agent();
  end if;
  if tg_op = 'UPDATE' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'email_account', new.id, new.version, null, 'changed',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      to_jsonb(old) - same, after, uuid_send(gen_random_uuid())
    );
  elsif tg_op = 'INSERT' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'email_account', new.id, new.version, null, 'created',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      null, to_jsonb(new) - array['id', 'organization_id', 'version', 'updated_at'], uuid_send(gen_random_uuid())
    );
  else
    if not exists (select from public.organizations o where o.id = old.organization_id) then
      return null;
    end if;
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      old.organization_id, 'email_account', old.id, old.version + 1, null, 'deleted',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      to_jsonb(old) - array['id', 'organization_id', 'version', 'updated_at'], null, uuid_send(gen_random_uuid())
    );
  end if;
  return null;
end
$$;


--
-- Name: audit_email_secrets(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_email_secrets() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  secret desk.email_secrets := case when tg_op = 'DELETE' then old else new end;
  sealed constant jsonb := jsonb_build_object(secret.kind || '_password', 'sealed');
  none constant jsonb := jsonb_build_object(secret.kind || '_password', null);
begin
  perform desk.write_audit(
            a.organization_id, 'email_account', a.id, a.version, null, 'changed',
            case when tg_op = 'DELETE' then sealed else none end, case when tg_op = 'DELETE' then none else sealed end)
     from public.email_accounts a
    where a.organization_id = secret.organization_id and a.id = secret.email_account_id;
  return null;
end
$$;


--
-- Name: audit_field_values(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_field_values() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
begin
  if tg_op = 'INSERT' then
    perform desk.write_audit(c.organization_id, 'customer', c.id, c.version, null, 'changed', null, v.new_values)
       from (
         select n.customer_id, jsonb_object_agg('fields.' || n.field_id, n.value) as new_values
           from new_values n
          group by n.customer_id
       ) as v
       join public.customers c on c.id = v.customer_id;
  elsif tg_op = 'UPDATE' then
    perform desk.write_audit(c.organization_id, 'customer', c.id, c.version, null, 'changed', v.old_values, v.new_values)
       from (
         select n.customer_id,
                jsonb_object_agg('fields.' || n.field_id, o.value) as old_values,
                jsonb_object_agg('fields.' || n.field_id, n.value) as new_values
           from new_values n
           join old_values o on o.id = n.id
          where n.value is distinct from o.value
          group by n.customer_id
       ) as v
       join public.customers c on c.id = v.customer_id;
  else
    perform desk.write_audit(
              c.organization_id, 'customer', c.id, c.version, null, 'changed', v.old_values,
              (select jsonb_object_agg(k.name, null) from jsonb_object_keys(v.old_values) as k (name)))
       from (
         select o.customer_id, jsonb_object_agg('fields.' || o.field_id, o.value) as old_values
           from old_values o
          group by o.customer_id
       ) as v
       join public.customers c on c.id = v.customer_id;
  end if;
  return null;
end
$$;


--
-- Name: audit_macros(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_macros() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
declare
  claims constant text := current_setting('request.jwt.claims', true);
  agent uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  customer constant uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  same text[];
  after jsonb;
begin
  if tg_op = 'UPDATE' then
    same := array[
      'id', 'organization_id', 'version', 'updated_at',
      case when new.title is not distinct from old.title then 'title' end,
      case when new.body is not distinct from old.body then 'body' end,
      case when new.created_by is not distinct from old.created_by then 'created_by' end,
      case when new.metadata is not distinct from old.metadata then 'metadata' end,
      case when new.created_at is not distinct from old.created_at then 'created_at' end,
      case when new.deleted_at is not distinct from old.deleted_at then 'deleted_at' end,
      case when new.deleted_by is not distinct from old.deleted_by then 'deleted_by' end,
      case when new.actions is not distinct from old.actions then 'actions' end,
      case when new.visibility is not distinct from old.visibility then 'visibility' end
    ];
    after := to_jsonb(new) - same;
    if after = '{}' and new.version = old.version then
      return null;
    end if;
  end if;
  if agent is null and customer is null and claims <> '' then
    agent := desk.audit_agent();
  end if;
  if tg_op = 'UPDATE' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'macro', new.id, new.version, null, case when old.deleted_at is null and new.deleted_at is not null then 'deleted' when old.deleted_at is not null and new.deleted_at is null then 'restored' else 'changed' end,
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      to_jsonb(old) - same, after, uuid_send(gen_random_uuid())
    );
  elsif tg_op = 'INSERT' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'macro', new.id, new.version, null, 'created',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      null, to_jsonb(new) - array['id', 'organization_id', 'version', 'updated_at', case when new.body is null then 'body' end, case when new.created_by is null then 'created_by' end, case when new.deleted_at is null then 'deleted_at' end, case when new.deleted_by is null then 'deleted_by' end], uuid_send(gen_random_uuid())
    );
  else
    if not exists (select from public.organizations o where o.id = old.organization_id) then
      return null;
    end if;
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      old.organization_id, 'macro', old.id, old.version + 1, null, 'deleted',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      to_jsonb(old) - array['id', 'organization_id', 'version', 'updated_at', case when old.body is null then 'body' end, case when old.created_by is null then 'created_by' end, case when old.deleted_at is null then 'deleted_at' end, case when old.deleted_by is null then 'deleted_by' end], null, uuid_send(gen_random_uuid())
    );
  end if;
  return null;
end
$$;


--
-- Name: audit_organizations(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_organizations() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
declare
  claims constant text := current_setting('request.jwt.claims', true);
  agent uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  customer constant uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  same text[];
  before jsonb;
  after jsonb;
begin
  if tg_op = 'UPDATE' then
    same := array[
      'id', 'version', 'updated_at',
      case when new.clerk_id is not distinct from old.clerk_id then 'clerk_id' end,
      case when new.name is not distinct from old.name then 'name' end,
      case when new.support_email is not distinct from old.support_email then 'support_email' end,
      case when new.settings is not distinct from old.settings then 'settings' end,
      case when new.created_at is not distinct from old.created_at then 'created_at' end,
      case when new.close_after_days is not distinct from old.close_after_days then 'close_after_days' end,
      case when new.reopen_days is not distinct from old.reopen_days then 'reopen_days' end,
      case when new.search_language is not distinct from old.search_language then 'search_language' end,
      case when new.keep_deleted_days is not distinct from old.keep_deleted_days then 'keep_deleted_days' end,
      case when new.keep_closed_days is not distinct from old.keep_closed_days then 'keep_closed_days' end,
      case when new.time_zone is not distinct from old.time_zone then 'time_zone' end,
      case when new.business_hours is not distinct from old.business_hours then 'business_hours' end,
      case when new.holidays is not distinct from old.holidays then 'holidays' end
    ];
    before := to_jsonb(old) - same;
    after := to_jsonb(new) - same;
    if after = '{}' and new.version = old.version then
      return null;
    end if;
  end if;
  if agent is null and customer is null and claims <> '' then
    agent := desk.audit_agent();
  end if;
  if tg_op = 'UPDATE' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.id, 'organization', new.id, new.version, null, 'changed',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      before, after, uuid_send(gen_random_uuid())
    );
  elsif tg_op = 'INSERT' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.id, 'organization', new.id, new.version, null, 'created',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      null, to_jsonb(new) - array['id', 'version', 'updated_at', case when new.support_email is null then 'support_email' end, case when new.close_after_days is null then 'close_after_days' end, case when new.reopen_days is null then 'reopen_days' end, case when new.keep_closed_days is null then 'keep_closed_days' end, case when new.business_hours is null then 'business_hours' end], uuid_send(gen_random_uuid())
    );
  else
    delete from desk.audit_records r where r.organization_id = old.id;
  end if;
  return null;
end
$$;


--
-- Name: audit_places(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_places(organization uuid, object uuid) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  places constant uuid[] := array(
    select m.ticket_id from public.ticket_messages m where m.organization_id = organization and m.id = object
     union
    select a.ticket_id
      from desk.audit_records a
     where a.organization_id = organization and a.object_id = object
       and a.detail is not null and a.object_kind = 'message'
  );
begin
  return array(
    select object
     union
    select r.id
      from unnest(places) as p (id)
     cross join unnest(desk.audit_roots(organization, object, p.id)) as r (id)
  );
end
$$;


--
-- Name: feed_xid(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.feed_xid() RETURNS xid8
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  present integer;
  is_here boolean;
begin
  select f.epoch, f.written = f.xmin and f.relation = f.tableoid into present, is_here from desk.feed f;
  if not is_here then
    update desk.feed f
       set epoch = f.epoch + 1
     where f.epoch = present and (f.written <> f.xmin or f.relation <> f.tableoid);
    -- In the same transaction, hence of the same xmin; also within a savepoint.
    if found then
      update desk.feed f set written = f.xmin, relation = f.tableoid;
    end if;
    present := (select f.epoch from desk.feed f);
  end if;
  return desk.feed_position(present, pg_current_xact_id());
end
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: audit_records; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.audit_records (
    organization_id uuid NOT NULL,
    xid xid8 DEFAULT desk.feed_xid() NOT NULL,
    seq bigint NOT NULL,
    object_kind text NOT NULL COLLATE pg_catalog."C",
    object_id uuid NOT NULL,
    object_version integer NOT NULL,
    ticket_id uuid,
    action desk.audit_action NOT NULL,
    actor_type desk.audit_actor NOT NULL,
    actor_id uuid,
    impersonator text COLLATE pg_catalog."C",
    method text COLLATE pg_catalog."C",
    requested_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    old_values jsonb,
    new_values jsonb,
    detail jsonb,
    salt bytea,
    salts jsonb,
    cleaned jsonb,
    root_id uuid GENERATED ALWAYS AS (COALESCE(ticket_id, object_id)) STORED NOT NULL,
    client_id text DEFAULT 
CASE
    WHEN (strpos(current_setting('request.jwt.claims'::text, true), '"client_id"'::text) > 0) THEN ((current_setting('request.jwt.claims'::text, true))::jsonb ->> 'client_id'::text)
    ELSE NULL::text
END COLLATE pg_catalog."C",
    agent_id uuid
);
ALTER TABLE ONLY desk.audit_records ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY desk.audit_records FORCE ROW LEVEL SECURITY;


--
-- Name: audit_record_digest(desk.audit_records); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_record_digest(r desk.audit_records) RETURNS bytea
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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


--
-- Name: audit_roots(uuid, uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_roots(organization uuid, message uuid, ticket uuid) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
    with recursive roots (id) as (
      select ticket
       union
      select (a.old_values ->> 'ticket_id')::uuid
        from roots r
        join desk.audit_records a on a.organization_id = organization and a.root_id = r.id and a.object_id = message
       where a.old_values ? 'ticket_id'
    )
    select array_agg(r.id) from roots r where r.id is not null
  );
end
$$;


--
-- Name: audit_salt(bytea, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_salt(salt bytea, member text) RETURNS bytea
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN sha256((salt || convert_to(member, 'UTF8'::name)));


--
-- Name: audit_seal_hash(bytea, bigint, bigint[], bytea); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_seal_hash(previous bytea, number bigint, seqs bigint[], digests bytea) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN sha256(((COALESCE(previous, '\x'::bytea) || convert_to(((number || ':'::text) || array_to_string(seqs, ','::text)), 'UTF8'::name)) || digests));


--
-- Name: audit_table(regclass, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_table(t regclass, kind text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
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
      select a.attname in ('id', 'organization_id', 'version', 'updated_at', 'message_count') or a.attgenerated <> ''
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
      from unnest(often || '{version,updated_at,message_count}') with ordinality as c (name, place)
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
$_$;


--
-- Name: audit_tags(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_tags() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
declare
  claims constant text := current_setting('request.jwt.claims', true);
  agent uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  customer constant uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  same text[];
  after jsonb;
begin
  if tg_op = 'UPDATE' then
    same := array[
      'id', 'organization_id', 'version', 'updated_at',
      case when new.name is not distinct from old.name then 'name' end,
      case when new.created_at is not distinct from old.created_at then 'created_at' end
    ];
    after := to_jsonb(new) - same;
    if after = '{}' and new.version = old.version then
      return null;
    end if;
  end if;
  if agent is null and customer is null and claims <> '' then
    agent := desk.audit_agent();
  end if;
  if tg_op = 'UPDATE' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'tag', new.id, new.version, null, 'changed',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      to_jsonb(old) - same, after, uuid_send(gen_random_uuid())
    );
  elsif tg_op = 'INSERT' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'tag', new.id, new.version, null, 'created',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      null, to_jsonb(new) - array['id', 'organization_id', 'version', 'updated_at'], uuid_send(gen_random_uuid())
    );
  else
    if not exists (select from public.organizations o where o.id = old.organization_id) then
      return null;
    end if;
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      old.organization_id, 'tag', old.id, old.version + 1, null, 'deleted',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      to_jsonb(old) - array['id', 'organization_id', 'version', 'updated_at'], null, uuid_send(gen_random_uuid())
    );
  end if;
  return null;
end
$$;


--
-- Name: audit_ticket_messages(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_ticket_messages() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
declare
  claims constant text := current_setting('request.jwt.claims', true);
  agent uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  customer uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  same text[];
  before jsonb;
  after jsonb;
begin
  if tg_op = 'UPDATE' then
    same := array[
      'id', 'organization_id', 'sender_agent_id', 'sender_customer_id', 'version', 'updated_at',
      case when new.ticket_id is not distinct from old.ticket_id then 'ticket_id' end,
      case when new.sender_type is not distinct from old.sender_type then 'sender_type' end,
      case when new.sender_id is not distinct from old.sender_id then 'sender_id' end,
      case when new.body is not distinct from old.body then 'body' end,
      case when new.is_internal is not distinct from old.is_internal then 'is_internal' end,
      case when new.email_message_id is not distinct from old.email_message_id then 'email_message_id' end,
      case when new.in_reply_to is not distinct from old.in_reply_to then 'in_reply_to' end,
      case when new.delivery_status is not distinct from old.delivery_status then 'delivery_status' end,
      case when new.delivery_error is not distinct from old.delivery_error then 'delivery_error' end,
      case when new.delivery_updated_at is not distinct from old.delivery_updated_at then 'delivery_updated_at' end,
      case when new.metadata is not distinct from old.metadata then 'metadata' end,
      case when new.created_at is not distinct from old.created_at then 'created_at' end,
      case when new.deleted_at is not distinct from old.deleted_at then 'deleted_at' end,
      case when new.deleted_by is not distinct from old.deleted_by then 'deleted_by' end,
      case when new.merge_path is not distinct from old.merge_path then 'merge_path' end,
      case when new.is_automatic is not distinct from old.is_automatic then 'is_automatic' end,
      case when new.sender_path is not distinct from old.sender_path then 'sender_path' end
    ];
    before := to_jsonb(old) - same;
    after := to_jsonb(new) - same;
    if after = '{}' and new.version = old.version then
      return null;
    end if;
  end if;
  if agent is null and claims <> '' then
    agent := desk.audit_agent();
  end if;
  if tg_op = 'INSERT' then
    if new.sender_type = 'customer' then
      customer := new.sender_id;
    end if;
    if num_nonnulls(new.email_message_id, new.in_reply_to, new.delivery_error, new.delivery_updated_at, new.deleted_at, new.deleted_by, new.merge_path, new.sender_path) = 0 then
      after := jsonb_build_object('ticket_id', new.ticket_id, 'sender_type', new.sender_type, 'sender_id', new.sender_id, 'body', new.body, 'is_internal', new.is_internal, 'delivery_status', new.delivery_status, 'metadata', new.metadata, 'created_at', new.created_at, 'is_automatic', new.is_automatic) - array[case when new.sender_id is null then 'sender_id' end]::text[];
    else
      after := to_jsonb(new) - array['id', 'organization_id', 'sender_agent_id', 'sender_customer_id', 'version', 'updated_at', case when new.sender_id is null then 'sender_id' end, case when new.email_message_id is null then 'email_message_id' end, case when new.in_reply_to is null then 'in_reply_to' end, case when new.delivery_error is null then 'delivery_error' end, case when new.delivery_updated_at is null then 'delivery_updated_at' end, case when new.deleted_at is null then 'deleted_at' end, case when new.deleted_by is null then 'deleted_by' end, case when new.merge_path is null then 'merge_path' end, case when new.sender_path is null then 'sender_path' end];
    end if;
  end if;
  if tg_op = 'UPDATE' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, agent_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'message', new.id, new.version, new.ticket_id, case when old.deleted_at is null and new.deleted_at is not null then 'deleted' when old.deleted_at is not null and new.deleted_at is null then 'restored' else 'changed' end,
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when customer is not null then agent end,
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      before, after, uuid_send(gen_random_uuid())
    );
  elsif tg_op = 'INSERT' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, agent_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'message', new.id, new.version, new.ticket_id, 'created',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when customer is not null then agent end,
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      null, after, uuid_send(gen_random_uuid())
    );
  else
    if not exists (select from public.organizations o where o.id = old.organization_id) then
      return null;
    end if;
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, agent_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      old.organization_id, 'message', old.id, old.version + 1, old.ticket_id, 'deleted',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when customer is not null then agent end,
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      to_jsonb(old) - array['id', 'organization_id', 'sender_agent_id', 'sender_customer_id', 'version', 'updated_at', case when old.sender_id is null then 'sender_id' end, case when old.email_message_id is null then 'email_message_id' end, case when old.in_reply_to is null then 'in_reply_to' end, case when old.delivery_error is null then 'delivery_error' end, case when old.delivery_updated_at is null then 'delivery_updated_at' end, case when old.deleted_at is null then 'deleted_at' end, case when old.deleted_by is null then 'deleted_by' end, case when old.merge_path is null then 'merge_path' end, case when old.sender_path is null then 'sender_path' end], null, uuid_send(gen_random_uuid())
    );
  end if;
  return null;
end
$$;


--
-- Name: audit_ticket_views(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_ticket_views() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
declare
  claims constant text := current_setting('request.jwt.claims', true);
  agent uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  customer constant uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  same text[];
  after jsonb;
begin
  if tg_op = 'UPDATE' then
    same := array[
      'id', 'organization_id', 'version', 'updated_at',
      case when new.owner_id is not distinct from old.owner_id then 'owner_id' end,
      case when new.name is not distinct from old.name then 'name' end,
      case when new.query is not distinct from old.query then 'query' end,
      case when new.sort is not distinct from old.sort then 'sort' end,
      case when new.is_descending is not distinct from old.is_descending then 'is_descending' end,
      case when new.columns is not distinct from old.columns then 'columns' end,
      case when new.is_shared is not distinct from old.is_shared then 'is_shared' end,
      case when new.created_at is not distinct from old.created_at then 'created_at' end
    ];
    after := to_jsonb(new) - same;
    if after = '{}' and new.version = old.version then
      return null;
    end if;
  end if;
  if agent is null and customer is null and claims <> '' then
    agent := desk.audit_agent();
  end if;
  if tg_op = 'UPDATE' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'view', new.id, new.version, null, 'changed',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      to_jsonb(old) - same, after, uuid_send(gen_random_uuid())
    );
  elsif tg_op = 'INSERT' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'view', new.id, new.version, null, 'created',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      null, to_jsonb(new) - array['id', 'organization_id', 'version', 'updated_at'], uuid_send(gen_random_uuid())
    );
  else
    if not exists (select from public.organizations o where o.id = old.organization_id) then
      return null;
    end if;
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      old.organization_id, 'view', old.id, old.version + 1, null, 'deleted',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      to_jsonb(old) - array['id', 'organization_id', 'version', 'updated_at'], null, uuid_send(gen_random_uuid())
    );
  end if;
  return null;
end
$$;


--
-- Name: audit_tickets(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_tickets() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
declare
  claims constant text := current_setting('request.jwt.claims', true);
  agent uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  customer constant uuid := nullif(current_setting('app.customer_id', true), '')::uuid;
  same text[];
  before jsonb;
  after jsonb;
  probe public.tickets%rowtype;
begin
  if tg_op = 'UPDATE' then
    probe := new;
    probe.last_activity_at := old.last_activity_at; probe.first_reply_at := old.first_reply_at; probe.last_reply_at := old.last_reply_at; probe.waiting_since := old.waiting_since; probe.reply_count := old.reply_count; probe.version := old.version; probe.updated_at := old.updated_at; probe.message_count := old.message_count;
    if probe operator(pg_catalog.*=) old then
      before := '{}';
      after := '{}';
      if new.last_activity_at is distinct from old.last_activity_at then before := before || jsonb_build_object('last_activity_at', old.last_activity_at); after := after || jsonb_build_object('last_activity_at', new.last_activity_at); end if;
      if new.first_reply_at is distinct from old.first_reply_at then before := before || jsonb_build_object('first_reply_at', old.first_reply_at); after := after || jsonb_build_object('first_reply_at', new.first_reply_at); end if;
      if new.last_reply_at is distinct from old.last_reply_at then before := before || jsonb_build_object('last_reply_at', old.last_reply_at); after := after || jsonb_build_object('last_reply_at', new.last_reply_at); end if;
      if new.waiting_since is distinct from old.waiting_since then before := before || jsonb_build_object('waiting_since', old.waiting_since); after := after || jsonb_build_object('waiting_since', new.waiting_since); end if;
      if new.reply_count is distinct from old.reply_count then before := before || jsonb_build_object('reply_count', old.reply_count); after := after || jsonb_build_object('reply_count', new.reply_count); end if;
    else
    same := array[
      'id', 'organization_id', 'status_code', 'priority_rank', 'version', 'updated_at', 'message_count',
      case when new.customer_id is not distinct from old.customer_id then 'customer_id' end,
      case when new.assigned_to is not distinct from old.assigned_to then 'assigned_to' end,
      case when new.subject is not distinct from old.subject then 'subject' end,
      case when new.status is not distinct from old.status then 'status' end,
      case when new.priority is not distinct from old.priority then 'priority' end,
      case when new.metadata is not distinct from old.metadata then 'metadata' end,
      case when new.last_activity_at is not distinct from old.last_activity_at then 'last_activity_at' end,
      case when new.first_reply_at is not distinct from old.first_reply_at then 'first_reply_at' end,
      case when new.last_reply_at is not distinct from old.last_reply_at then 'last_reply_at' end,
      case when new.created_at is not distinct from old.created_at then 'created_at' end,
      case when new.deleted_at is not distinct from old.deleted_at then 'deleted_at' end,
      case when new.deleted_by is not distinct from old.deleted_by then 'deleted_by' end,
      case when new.deleted_with is not distinct from old.deleted_with then 'deleted_with' end,
      case when new.merged_into is not distinct from old.merged_into then 'merged_into' end,
      case when new.split_from is not distinct from old.split_from then 'split_from' end,
      case when new.number is not distinct from old.number then 'number' end,
      case when new.tags is not distinct from old.tags then 'tags' end,
      case when new.follower_ids is not distinct from old.follower_ids then 'follower_ids' end,
      case when new.snoozed_until is not distinct from old.snoozed_until then 'snoozed_until' end,
      case when new.keep_snoozed is not distinct from old.keep_snoozed then 'keep_snoozed' end,
      case when new.follow_up_of is not distinct from old.follow_up_of then 'follow_up_of' end,
      case when new.waiting_since is not distinct from old.waiting_since then 'waiting_since' end,
      case when new.first_solved_at is not distinct from old.first_solved_at then 'first_solved_at' end,
      case when new.last_solved_at is not distinct from old.last_solved_at then 'last_solved_at' end,
      case when new.closed_at is not distinct from old.closed_at then 'closed_at' end,
      case when new.reopen_count is not distinct from old.reopen_count then 'reopen_count' end,
      case when new.reply_count is not distinct from old.reply_count then 'reply_count' end,
      case when new.customer_path is not distinct from old.customer_path then 'customer_path' end
    ];
    before := to_jsonb(old) - same;
    after := to_jsonb(new) - same;
    end if;
    if after = '{}' and new.version = old.version then
      return null;
    end if;
  end if;
  if agent is null and claims <> '' then
    agent := desk.audit_agent();
  end if;
  if tg_op = 'UPDATE' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, agent_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'ticket', new.id, new.version, new.id, case when old.deleted_at is null and new.deleted_at is not null then 'deleted' when old.deleted_at is not null and new.deleted_at is null then 'restored' when old.merged_into is null and new.merged_into is not null then 'merged' when old.merged_into is not null and new.merged_into is null then 'unmerged' else 'changed' end,
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when customer is not null then agent end,
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      before, after, uuid_send(gen_random_uuid())
    );
  elsif tg_op = 'INSERT' then
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, agent_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      new.organization_id, 'ticket', new.id, new.version, new.id, 'created',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when customer is not null then agent end,
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      null, to_jsonb(new) - array['id', 'organization_id', 'status_code', 'priority_rank', 'version', 'updated_at', 'message_count', case when new.assigned_to is null then 'assigned_to' end, case when new.first_reply_at is null then 'first_reply_at' end, case when new.last_reply_at is null then 'last_reply_at' end, case when new.deleted_at is null then 'deleted_at' end, case when new.deleted_by is null then 'deleted_by' end, case when new.deleted_with is null then 'deleted_with' end, case when new.merged_into is null then 'merged_into' end, case when new.split_from is null then 'split_from' end, case when new.snoozed_until is null then 'snoozed_until' end, case when new.follow_up_of is null then 'follow_up_of' end, case when new.waiting_since is null then 'waiting_since' end, case when new.first_solved_at is null then 'first_solved_at' end, case when new.last_solved_at is null then 'last_solved_at' end, case when new.closed_at is null then 'closed_at' end, case when new.customer_path is null then 'customer_path' end], uuid_send(gen_random_uuid())
    );
  else
    if not exists (select from public.organizations o where o.id = old.organization_id) then
      return null;
    end if;
    insert into desk.audit_records (
      organization_id, object_kind, object_id, object_version, ticket_id, action,
      actor_type, actor_id, agent_id, impersonator, method, requested_at, old_values, new_values, salt
    )
    values (
      old.organization_id, 'ticket', old.id, old.version + 1, old.id, 'deleted',
      case when customer is not null then 'customer' when agent is not null then 'agent' else 'system' end,
      coalesce(customer, agent),
      case when customer is not null then agent end,
      case when strpos(claims, '"act"') > 0 then claims::jsonb -> 'act' ->> 'sub' end,
      nullif(current_setting('app.method', true), ''),
      nullif(current_setting('app.requested_at', true), '')::timestamptz,
      to_jsonb(old) - array['id', 'organization_id', 'status_code', 'priority_rank', 'version', 'updated_at', 'message_count', case when old.assigned_to is null then 'assigned_to' end, case when old.first_reply_at is null then 'first_reply_at' end, case when old.last_reply_at is null then 'last_reply_at' end, case when old.deleted_at is null then 'deleted_at' end, case when old.deleted_by is null then 'deleted_by' end, case when old.deleted_with is null then 'deleted_with' end, case when old.merged_into is null then 'merged_into' end, case when old.split_from is null then 'split_from' end, case when old.snoozed_until is null then 'snoozed_until' end, case when old.follow_up_of is null then 'follow_up_of' end, case when old.waiting_since is null then 'waiting_since' end, case when old.first_solved_at is null then 'first_solved_at' end, case when old.last_solved_at is null then 'last_solved_at' end, case when old.closed_at is null then 'closed_at' end, case when old.customer_path is null then 'customer_path' end], null, uuid_send(gen_random_uuid())
    );
  end if;
  return null;
end
$$;


--
-- Name: cut(text, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.cut(content text, bytes integer) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  raw bytea;
  length integer := bytes;
begin
  if octet_length(content) <= bytes then
    return content;
  end if;
  raw := convert_to(left(content, bytes), 'UTF8');
  if octet_length(raw) <= bytes then
    return left(content, bytes);
  end if;
  -- A byte 10xxxxxx continues a character; the cut goes before the first byte of that character.
  while length > 0 and get_byte(raw, length) & 192 = 128 loop
    length := length - 1;
  end loop;
  return convert_from(substr(raw, 1, length), 'UTF8');
end
$$;


--
-- Name: audit_value(jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.audit_value(value jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN ((jsonb_typeof(value) = 'string'::text) AND (octet_length((value #>> '{}'::text[])) > 4096)) THEN to_jsonb(desk.cut((value #>> '{}'::text[]), 4096)) ELSE value END;


--
-- Name: batch_answers(integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.batch_answers(calls integer) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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


--
-- Name: begin_maintenance(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.begin_maintenance() RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return pg_try_advisory_xact_lock(1684370285);
end
$$;


--
-- Name: both_seconds(uuid, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.both_seconds(organization uuid, start timestamp with time zone, stop timestamp with time zone) RETURNS integer[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if stop is null then
    return null;
  end if;
  return (
    select array[
             desk.business_seconds(o.time_zone, null, '{}', start, stop),
             desk.business_seconds(o.time_zone, o.business_hours, o.holidays, start, stop)]
      from public.organizations o
     where o.id = organization
  );
end
$$;


--
-- Name: break_rule(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.break_rule(name text) RETURNS void
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  raise exception using
    errcode = 'check_violation', message = format('the row breaks the rule %s', name), constraint = name;
end
$$;


--
-- Name: ticket_messages; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.ticket_messages (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid NOT NULL,
    ticket_id uuid NOT NULL,
    sender_type public.sender_type NOT NULL,
    sender_id uuid,
    body text NOT NULL,
    is_internal boolean DEFAULT false NOT NULL,
    email_message_id text,
    in_reply_to text,
    delivery_status text DEFAULT 'none'::text NOT NULL,
    delivery_error text,
    delivery_updated_at timestamp with time zone,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    sender_agent_id uuid GENERATED ALWAYS AS (
CASE
    WHEN (sender_type = 'agent'::public.sender_type) THEN sender_id
    ELSE NULL::uuid
END) STORED,
    sender_customer_id uuid GENERATED ALWAYS AS (
CASE
    WHEN (sender_type = 'customer'::public.sender_type) THEN sender_id
    ELSE NULL::uuid
END) STORED,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    merge_path uuid[],
    is_automatic boolean DEFAULT false NOT NULL,
    sender_path uuid[]
);
ALTER TABLE ONLY public.ticket_messages ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY public.ticket_messages FORCE ROW LEVEL SECURITY;


--
-- Name: broken_message_rule(public.ticket_messages); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.broken_message_rule(m public.ticket_messages) RETURNS text
    LANGUAGE sql STABLE
    RETURN CASE WHEN (((m).sender_type = 'system'::public.sender_type) <> ((m).sender_id IS NULL)) THEN 'ticket_messages_sender'::text WHEN ((m).is_internal AND ((m).sender_type = 'customer'::public.sender_type)) THEN 'ticket_messages_internal'::text WHEN (octet_length((m).body) > 1048576) THEN 'ticket_messages_body_length'::text WHEN ((octet_length((m).email_message_id) < 1) OR (octet_length((m).email_message_id) > 998)) THEN 'ticket_messages_email_message_id_length'::text WHEN ((octet_length((m).in_reply_to) < 1) OR (octet_length((m).in_reply_to) > 998)) THEN 'ticket_messages_in_reply_to_length'::text WHEN ((m).delivery_status <> ALL (ARRAY['none'::text, 'queued'::text, 'sent'::text, 'delivered'::text, 'failed'::text])) THEN 'ticket_messages_delivery_status_known'::text WHEN (char_length((m).delivery_error) > 2000) THEN 'ticket_messages_delivery_error_length'::text WHEN ((m).is_internal AND ((m).delivery_status <> 'none'::text)) THEN 'ticket_messages_delivery_internal'::text WHEN (jsonb_typeof((m).metadata) <> 'object'::text) THEN 'ticket_messages_metadata_object'::text WHEN (octet_length(((m).metadata)::text) > 65536) THEN 'ticket_messages_metadata_size'::text ELSE NULL::text END;


--
-- Name: business_seconds(text, jsonb, date[], timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.business_seconds(zone text, hours jsonb, holidays date[], start timestamp with time zone, stop timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if start is null or stop is null then
    return null;
  elsif stop <= start then
    return 0;
  elsif hours is null then
    return least(extract(epoch from stop - start), 2147483647)::integer;
  end if;
  return (
    select least(coalesce(sum(extract(epoch from least(stop, w.closes) - greatest(start, w.opens))), 0), 2147483647)::integer
      from generate_series(
             (start at time zone zone)::date::timestamp, (stop at time zone zone)::date::timestamp, interval '1 day'
           ) as d (day)
     cross join jsonb_to_recordset(
             hours -> ('{monday,tuesday,wednesday,thursday,friday,saturday,sunday}'::text[])[extract(isodow from d.day)::integer]
           ) as h ("from" time, "to" time)
     cross join lateral (
       select (d.day + h."from") at time zone zone as opens, (d.day + h."to") at time zone zone as closes
     ) as w
     where d.day::date <> all (holidays) and w.opens < stop and w.closes > start
  );
end
$$;


--
-- Name: claim_role(jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.claim_role(claims jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (CASE WHEN ((claims ->> 'v'::text) = '2'::text) THEN ((claims -> 'o'::text) ->> 'rol'::text) ELSE (claims ->> 'org_role'::text) END = ANY (ARRAY['admin'::text, 'org:admin'::text])) THEN 'admin'::text ELSE 'agent'::text END;


--
-- Name: caller_role(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.caller_role() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE(NULLIF(current_setting('app.role'::text, true), ''::text), desk.claim_role(auth.jwt()));


--
-- Name: change_tags(uuid, text[], text[], text[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.change_tags(ticket uuid, added text[], removed text[] DEFAULT NULL::text[], replaced text[] DEFAULT NULL::text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  update public.tickets t
     set tags = array(
           select u.name from unnest(coalesce(replaced, t.tags) || added) as u (name)
            where desk.tag_name(u.name) <> all (desk.tag_names(coalesce(removed, '{}')))
         )
   where t.id = ticket;
  if found then
    perform desk.own_tags(ticket, desk.tag_names(coalesce(added, '{}') || coalesce(replaced, '{}')));
  end if;
end
$$;


--
-- Name: check_assignee(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.check_assignee() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if not exists (
    select from public.agent_profiles a
     where a.organization_id = new.organization_id and a.id = new.assigned_to and a.deactivated_at is null
  ) then
    perform desk.fail('DK422', 'invalid', 'assigned_to is not an active agent of this organization.', '/assigned_to');
  end if;
  return new;
end
$$;


--
-- Name: valid_field_options(public.field_type, jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.valid_field_options(type public.field_type, options jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (type <> ALL (ARRAY['select'::public.field_type, 'multiselect'::public.field_type])) THEN (options IS NULL) WHEN ((options IS NULL) OR (jsonb_typeof(options) <> 'array'::text)) THEN false ELSE (SELECT (((count(*) >= 1) AND (count(*) <= 200)) AND (count(*) = count(DISTINCT o.value)) AND bool_and(((jsonb_typeof(o.value) = 'string'::text) AND ((char_length((o.value #>> '{}'::text[])) >= 1) AND (char_length((o.value #>> '{}'::text[])) <= 200))))) FROM jsonb_array_elements(valid_field_options.options) o(value)) END;


--
-- Name: customer_fields; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.customer_fields (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid NOT NULL,
    field_name text NOT NULL,
    field_type public.field_type NOT NULL,
    is_required boolean DEFAULT false NOT NULL,
    options jsonb,
    label text,
    description text,
    "position" integer DEFAULT 0 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    default_value jsonb,
    pattern text,
    minimum jsonb,
    maximum jsonb,
    retired_options jsonb,
    CONSTRAINT customer_fields_bounds_size CHECK ((octet_length(concat(minimum, maximum)) <= 1000)),
    CONSTRAINT customer_fields_default_size CHECK ((octet_length((default_value)::text) <= 16384)),
    CONSTRAINT customer_fields_description_length CHECK ((char_length(description) <= 2000)),
    CONSTRAINT customer_fields_field_name_length CHECK (((char_length(field_name) >= 1) AND (char_length(field_name) <= 200))),
    CONSTRAINT customer_fields_label_length CHECK (((char_length(label) >= 1) AND (char_length(label) <= 200))),
    CONSTRAINT customer_fields_options_size CHECK ((octet_length((options)::text) <= 65536)),
    CONSTRAINT customer_fields_options_valid CHECK (desk.valid_field_options(field_type, options)),
    CONSTRAINT customer_fields_pattern_length CHECK (((char_length(pattern) >= 1) AND (char_length(pattern) <= 500))),
    CONSTRAINT customer_fields_retired_size CHECK ((octet_length((retired_options)::text) <= 65536)),
    CONSTRAINT customer_fields_retired_valid CHECK (((retired_options IS NULL) OR ((options IS NOT NULL) AND desk.valid_field_options(field_type, (options || retired_options)))))
);
ALTER TABLE ONLY public.customer_fields ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY public.customer_fields FORCE ROW LEVEL SECURITY;


--
-- Name: check_field(public.customer_fields, jsonb, text, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.check_field(field public.customer_fields, value jsonb, current text, path text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  kept constant jsonb := case when current is not null then (
    select jsonb_agg(r.one order by r.place)
      from jsonb_array_elements(field.retired_options) with ordinality as r (one, place)
     where case field.field_type when 'select' then current = r.one #>> '{}' else current::jsonb @> r.one end
  ) end;
  canonical constant text := desk.check_field_value(
    field.field_type, field.options || coalesce(kept, '[]'), value, path);
begin
  if canonical is distinct from current then
    perform desk.check_field_rules(
      field.field_type, field.pattern, field.minimum, field.maximum, canonical, path);
  end if;
  return canonical;
end
$$;


--
-- Name: check_field_change(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.check_field_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  gone text;
begin
  perform pg_advisory_xact_lock(1684370283, hashtext(old.id::text));
  if new.field_type <> old.field_type then
    if exists (
      select from public.customer_field_values v
       where v.organization_id = old.organization_id and v.field_id = old.id
    ) then
      perform desk.fail('DK423', 'in_use', 'The type of a field in use cannot change.', '/field_type');
    end if;
    return new;
  end if;
  for gone in
    select o.value from jsonb_array_elements_text(coalesce(old.options || coalesce(old.retired_options, '[]'), '[]')) as o (value)
     where not coalesce(new.options || coalesce(new.retired_options, '[]'), '[]') @> to_jsonb(o.value)
  loop
    if exists (
      select from public.customer_field_values v
       where v.organization_id = old.organization_id and v.field_id = old.id
         and case old.field_type
               when 'select' then v.value = gone
               when 'multiselect' then v.value::jsonb @> to_jsonb(gone)
               else false
             end
    ) then
      perform desk.fail(
        'DK423', 'in_use', 'An option that customers have cannot be removed.', '/options',
        jsonb_build_object('option', gone));
    end if;
  end loop;
  return new;
end
$$;


--
-- Name: check_field_rules(public.field_type, text, jsonb, jsonb, text, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.check_field_rules(type public.field_type, pattern text, minimum jsonb, maximum jsonb, value text, path text) RETURNS void
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
begin
  if type = 'text' and value !~ ('^(?:' || pattern || ')$') then
    perform desk.fail(
      'DK422', 'invalid', 'This does not match the field''s pattern.', path, jsonb_build_object('pattern', pattern));
  elsif type = 'number' and value::numeric < (minimum #>> '{}')::numeric
        or type = 'date' and value < minimum #>> '{}' then
    perform desk.fail(
      'DK422', 'invalid', format('This is less than the field''s minimum, %s.', minimum #>> '{}'), path,
      jsonb_build_object('minimum', minimum));
  elsif type = 'number' and value::numeric > (maximum #>> '{}')::numeric
        or type = 'date' and value > maximum #>> '{}' then
    perform desk.fail(
      'DK422', 'invalid', format('This is more than the field''s maximum, %s.', maximum #>> '{}'), path,
      jsonb_build_object('maximum', maximum));
  end if;
end
$_$;


--
-- Name: check_field_value(public.field_type, jsonb, jsonb, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.check_field_value(type public.field_type, options jsonb, value jsonb, path text DEFAULT ''::text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  kind constant text := jsonb_typeof(value);
  content constant text := value #>> '{}';
  canonical text := content;
begin
  case type
    when 'text' then
      if kind <> 'string' then
        perform desk.fail('DK422', 'invalid', 'This field takes a string.', path);
      end if;
    when 'number' then
      if kind <> 'number' then
        perform desk.fail('DK422', 'invalid', 'This field takes a number.', path);
      end if;
    when 'boolean' then
      if kind <> 'boolean' then
        perform desk.fail('DK422', 'invalid', 'This field takes true or false.', path);
      end if;
    when 'date' then
      if kind <> 'string' or content !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then
        perform desk.fail('DK422', 'invalid', 'This field takes a date, YYYY-MM-DD.', path);
      end if;
      begin
        perform make_date(left(content, 4)::integer, substr(content, 6, 2)::integer, right(content, 2)::integer);
      exception when datetime_field_overflow then
        perform desk.fail('DK422', 'invalid', 'This is not a day of the calendar.', path);
      end;
    when 'select' then
      if kind <> 'string' or not options @> value then
        perform desk.fail('DK422', 'invalid', 'This field takes one of its options.', path);
      end if;
    when 'multiselect' then
      if kind <> 'array' then
        perform desk.fail('DK422', 'invalid', 'This field takes an array of its options.', path);
      end if;
      if not options @> value or exists (
        select from jsonb_array_elements(value) as v (one) where jsonb_typeof(v.one) <> 'string'
      ) then
        perform desk.fail('DK422', 'invalid', 'This field takes its own options only.', path);
      end if;
      if (select count(*) <> count(distinct v.one) from jsonb_array_elements(value) as v (one)) then
        perform desk.fail('DK422', 'invalid', 'This field takes each option once.', path);
      end if;
      canonical := (
        select coalesce(jsonb_agg(o.one order by o.position), '[]')::text
          from jsonb_array_elements(options) with ordinality as o (one, position)
         where value @> jsonb_build_array(o.one)
      );
  end case;
  if octet_length(canonical) > 8192 then
    perform desk.fail('DK422', 'invalid', 'This value is longer than 8 KiB.', path);
  end if;
  return canonical;
end
$_$;


--
-- Name: check_search_language(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.check_search_language() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if not desk.is_search_language(new.search_language) then
    perform desk.fail(
      'DK422', 'invalid',
      format(
        'There is no such search language here; there are %s.',
        (select string_agg(c.cfgname, ', ' order by c.cfgname) from pg_ts_config c
          where c.cfgnamespace = 'pg_catalog'::regnamespace)),
      '/search_language');
  end if;
  return new;
end
$$;


--
-- Name: check_value_row(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.check_value_row() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  field public.customer_fields;
  path text;
  typed jsonb;
begin
  perform pg_advisory_xact_lock_shared(1684370283, hashtext(new.field_id::text));
  select f.* into field from public.customer_fields f
   where f.organization_id = new.organization_id and f.id = new.field_id;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such field.');
  end if;
  path := '/fields/' || desk.pointer(field.field_name);
  begin
    typed := desk.field_value(field.field_type, new.value);
  exception when data_exception then
    perform desk.fail('DK422', 'invalid', format('This field takes a %s.', field.field_type), path);
  end;
  -- desk_keeper copies what is there already.
  new.value := desk.check_field(
    field, typed, case when tg_op = 'UPDATE' then old.value when current_user = 'desk_keeper' then new.value end, path);
  if field.is_required and new.value in ('', '[]') then
    perform desk.fail('DK422', 'required', 'This field may not be empty.', path);
  end if;
  return new;
end
$$;


--
-- Name: claim_organization(jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.claim_organization(claims jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN ((claims ->> 'v'::text) = '2'::text) THEN ((claims -> 'o'::text) ->> 'id'::text) ELSE (claims ->> 'org_id'::text) END;


--
-- Name: claim_subject(jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.claim_subject(claims jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (claims ->> 'sub'::text);


--
-- Name: claimed_agent(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.claimed_agent() RETURNS uuid
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (select a.id from public.agent_profiles a
           where a.clerk_user_id = desk.claim_subject(auth.jwt())
             and a.organization_id = desk.claimed_organization());
end
$$;


--
-- Name: claimed_organization(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.claimed_organization() RETURNS uuid
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (select o.id from public.organizations o
           where o.clerk_id = desk.claim_organization(auth.jwt()));
end
$$;


--
-- Name: clean_audit(uuid, text, uuid, text[], text, text, jsonb, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.clean_audit(organization uuid, kind text, id uuid, members text[], action text, reason text DEFAULT NULL::text, present jsonb DEFAULT NULL::jsonb, place uuid DEFAULT NULL::uuid) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_variable
declare
  r record;
  under record;
  found_names text[];
  all_names text[];
  records_here integer;
  cleaned_records integer := 0;
  version integer := 0;
begin
  if action not in ('redacted', 'erased', 'purged') then
    raise exception 'no way to clean: %', action;
  end if;
  if kind = 'message' and place is null then
    place := (select m.ticket_id from public.ticket_messages m where m.organization_id = organization and m.id = id);
  end if;
  for under in
    select u.root, u.root = coalesce(place, id) as is_last
      from unnest(
             case when kind = 'message' then desk.audit_roots(organization, id, place) else array[id] end) as u (root)
     order by is_last, u.root
  loop
    all_names := '{}';
    records_here := 0;
    for r in
      select a.xid, a.seq, a.object_version, a.old_values, a.new_values, a.salt, a.salts, a.cleaned
        from desk.audit_records a
       where a.organization_id = organization
         and a.root_id = under.root
         and a.object_kind = kind
         and a.object_id = id
       order by a.seq
         for update
    loop
      version := greatest(version, r.object_version);
      found_names := array(
        select k.name from jsonb_object_keys(coalesce(r.old_values, '{}') || coalesce(r.new_values, '{}')) as k (name)
         where members is null or k.name = any (members)
         order by k.name);
      continue when found_names = '{}';
      update desk.audit_records a
         set old_values = a.old_values - found_names,
             new_values = a.new_values - found_names,
             salt = null,
             salts = (
               select jsonb_object_agg(
                        k.name,
                        coalesce(r.salts ->> k.name, encode(desk.audit_salt(r.salt, k.name), 'hex')))
                 from jsonb_object_keys(coalesce(r.old_values, '{}') || coalesce(r.new_values, '{}')) as k (name)
                where not k.name = any (found_names)
             ),
             cleaned = coalesce(r.cleaned, '{}') || (
               select jsonb_object_agg(
                        f.name,
                        desk.audit_digest(
                          coalesce(decode(r.salts ->> f.name, 'hex'), desk.audit_salt(r.salt, f.name)),
                          r.old_values -> f.name, r.new_values -> f.name))
                 from unnest(found_names) as f (name)
             )
       where a.organization_id = organization and a.xid = r.xid and a.seq = r.seq;
      records_here := records_here + 1;
      all_names := array(select distinct u.name from unnest(all_names || found_names) as u (name) order by 1);
    end loop;
    if records_here > 0 then
      perform desk.write_audit(
        organization, kind, id, version, case when kind in ('ticket', 'message') then under.root end, action,
        null, case when under.is_last then present end,
        jsonb_build_object('members', all_names, 'records', records_here, 'reason', reason));
    end if;
    cleaned_records := cleaned_records + records_here;
  end loop;
  return cleaned_records;
end
$$;


--
-- Name: close_solved(integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.close_solved("limit" integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  done integer;
begin
  update public.tickets t
     set status = 'closed'
    from (
      select s.organization_id, s.id
        from public.organizations o
        cross join lateral (
          select u.organization_id, u.id
            from public.tickets u
           where u.organization_id = o.id and u.status_code = 'solved' and u.deleted_at is null
             and u.last_solved_at <= now() - make_interval(days => o.close_after_days)
           order by u.last_solved_at
           limit close_solved."limit"
             for no key update skip locked
        ) as s
       where o.close_after_days is not null
       limit close_solved."limit"
    ) as due
   where t.organization_id = due.organization_id
     and t.id = due.id;
  get diagnostics done = row_count;
  return done;
end
$$;


--
-- Name: conflict(text, uuid, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.conflict(kind text, id uuid, expected integer) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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


--
-- Name: count_macro_use(uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.count_macro_use(macro uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into desk.macro_usage as u (organization_id, macro_id)
  values (nullif(current_setting('app.organization_id', true), '')::uuid, macro)
  on conflict on constraint macro_usage_pkey
    do update set usage_count = u.usage_count + 1, last_used_at = now();
end
$$;


--
-- Name: count_views(jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.count_views(queries jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
             'id', q.value -> 'id', 'count', jsonb_build_object('value', f.total, 'is_exact', f.is_exact)
           ) order by q.n), '[]')
      from jsonb_array_elements(queries) with ordinality as q (value, n)
      cross join lateral (
        select t.total, t.is_exact from desk.find_tickets(q.value -> 'search', 'activity', true, 0, now()) as t
         where t.place = 0
      ) as f
  );
end
$$;


--
-- Name: cover_person(text, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.cover_person(content text, pattern text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (pattern IS NULL) THEN content ELSE regexp_replace(content, pattern, '▇'::text, 'gi'::text) END;


--
-- Name: cover_person_in(jsonb, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.cover_person_in(content jsonb, pattern text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return case jsonb_typeof(content)
    when 'string' then to_jsonb(desk.cover_person(content #>> '{}', pattern))
    when 'object' then (
      select coalesce(jsonb_object_agg(desk.cover_person(m.name, pattern), desk.cover_person_in(m.value, pattern)), '{}')
        from jsonb_each(content) as m (name, value)
    )
    when 'array' then (
      select coalesce(jsonb_agg(desk.cover_person_in(e.value, pattern) order by e.place), '[]')
        from jsonb_array_elements(content) with ordinality as e (value, place)
    )
    else content
  end;
end
$$;


--
-- Name: current_agent(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.current_agent() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent());


--
-- Name: current_organization(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.current_organization() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization());


--
-- Name: customer_address_changed(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.customer_address_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  owner uuid;
  is_new boolean := true;
  before jsonb;
begin
  if new.email is not null then
    insert into desk.customer_identities (organization_id, kind, value, customer_id)
    values (new.organization_id, 'email', new.email, new.id)
    on conflict on constraint customer_identities_pkey do nothing;
    is_new := found;
    owner := (
      select i.customer_id from desk.customer_identities i
       where i.organization_id = new.organization_id and i.kind = 'email' and i.value = new.email
    );
    if owner is distinct from new.id then
      perform desk.fail(
        'DK409', 'already_exists', 'A customer with this address exists.', '/email', jsonb_build_object('id', owner));
    end if;
  end if;
  if is_new then
    delete from desk.customer_identities i
     where i.organization_id = old.organization_id and i.kind = 'email' and i.value = old.email
       and i.customer_id = old.id;
  else
    before := (
      select jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value) order by i.created_at, i.kind, i.value)
        from desk.customer_identities i
       where i.organization_id = new.organization_id and i.customer_id = new.id
         and not (i.kind = 'email' and i.value is not distinct from old.email)
    );
    perform desk.write_audit(
      new.organization_id, 'customer', new.id, new.version, null, 'changed',
      jsonb_build_object('identities', before),
      jsonb_build_object('identities', desk.other_identities(new.organization_id, new.id)));
  end if;
  return null;
end
$$;


--
-- Name: customer_deletion_changed(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.customer_deletion_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  others uuid[];
begin
  -- In the order that everybody locks them. What is merged into theirs as well, so that its customer is not restored at
  -- the same time.
  perform from public.tickets t
    where t.organization_id = new.organization_id
      and t.id = any (array(
        select o.id from public.tickets o where o.organization_id = new.organization_id and o.customer_id = new.id
        union
        select h.id from unnest(desk.tickets_held(new.organization_id, new.id)) as h (id)
      ))
    order by t.id
      for no key update;
  if new.deleted_at is not null then
    others := array(
      select t.id from public.tickets t
       where t.organization_id = new.organization_id
         and t.id = any (array(select h.id from unnest(desk.tickets_held(new.organization_id, new.id)) as h (id)))
         and t.customer_id <> new.id and t.deleted_at is null
       order by t.number
       limit 100
    );
    if others <> '{}' then
      perform desk.fail(
        'DK423', 'rule', 'Tickets of other customers are merged into ones of theirs; unmerge those first.', '/id',
        jsonb_build_object('ticket_ids', others));
    end if;
    update public.tickets t
       set deleted_at = new.deleted_at, deleted_by = new.deleted_by, deleted_with = new.id
     where t.organization_id = new.organization_id and t.customer_id = new.id and t.deleted_at is null;
  else
    update public.tickets t
       set deleted_at = null, deleted_by = null, deleted_with = null
     where t.organization_id = new.organization_id and t.deleted_with = new.id;
    others := array(
      with recursive places (id) as (
        select t.merged_into from public.tickets t
         where t.organization_id = new.organization_id and t.customer_id = new.id and t.deleted_at is null
         union
        select t.merged_into
          from places p
          join public.tickets t on t.organization_id = new.organization_id and t.id = p.id
      )
      select distinct t.deleted_with
        from places p
        join public.tickets t on t.organization_id = new.organization_id and t.id = p.id
       where t.deleted_with is not null
       order by 1
       limit 100
    );
    if others <> '{}' then
      perform desk.fail(
        'DK423', 'rule', 'Tickets of theirs are merged into ones of a customer who is deleted; restore that one first.',
        '/id', jsonb_build_object('customer_ids', others));
    end if;
  end if;
  return null;
end
$$;


--
-- Name: customer_words(text, text, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.customer_words(name text, email text, others text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('simple'::regconfig, concat_ws(' '::text, name, email, translate(email, '@.+-_'::text, '     '::text), others));


--
-- Name: customers_inserted(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.customers_inserted() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  made bigint;
begin
  insert into desk.customer_identities (organization_id, kind, value, customer_id)
  select n.organization_id, 'email', n.email, n.id from new_customers n where n.email is not null
  on conflict on constraint customer_identities_pkey do nothing;
  get diagnostics made = row_count;
  if made < (select count(n.email) from new_customers n) then
    perform desk.fail(
              'DK409', 'already_exists', 'A customer with this address exists.', '/email',
              jsonb_build_object('id', i.customer_id))
       from new_customers n
       join desk.customer_identities i
         on i.organization_id = n.organization_id and i.kind = 'email' and i.value = n.email
      where i.customer_id <> n.id;
  end if;
  return null;
end
$$;


--
-- Name: delete_field(uuid, boolean); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.delete_field(field uuid, force boolean) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform pg_advisory_xact_lock(1684370283, hashtext(field::text));
  if not force and exists (
    select from public.customer_field_values v
     where v.organization_id = desk.current_organization() and v.field_id = field
  ) then
    perform desk.fail(
      'DK423', 'in_use', 'Customers have values of this field; force deletes these as well.', '/force');
  end if;
  delete from public.customer_fields f where f.id = field;
end
$$;


--
-- Name: doctor(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.doctor() RETURNS TABLE("check" text, ok boolean, message text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
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
                     'merge_path', 'merged_into', 'message_count', 'number', 'params_hash', 'priority_rank', 'reopen_count',
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
$_$;


--
-- Name: document_vector(uuid, uuid, uuid, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.document_vector(organization uuid, ticket uuid, source uuid, language text) RETURNS tsvector
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET client_min_messages TO 'warning'
    AS $$
declare
  configuration constant regconfig := ('pg_catalog.' || quote_ident(language))::regconfig;
  content constant text := case when source = ticket
    then (select t.subject from public.tickets t where t.organization_id = organization and t.id = ticket)
    else (select m.body from public.ticket_messages m where m.organization_id = organization and m.id = source)
  end;
begin
  return to_tsvector(configuration, desk.cut(coalesce(content, ''), 262144));
exception when program_limit_exceeded then
  return to_tsvector(configuration, desk.cut(content, 65536));
end
$$;


--
-- Name: ensure_customer(uuid, text, text, text, jsonb, jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.ensure_customer(new_id uuid, email text, name text DEFAULT NULL::text, path text DEFAULT '/email'::text, identities jsonb DEFAULT '[]'::jsonb, metadata jsonb DEFAULT '{}'::jsonb) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  -- Of two with the same value the first counts, so that the address keeps its own path.
  wanted constant jsonb := case when ensure_customer.email is null then '[]'::jsonb
    else jsonb_build_array(jsonb_build_object('kind', 'email', 'value', ensure_customer.email, 'path', path)) end
    || identities;
  address constant text := (
    select desk.identity_value('email', e.value ->> 'value', e.value ->> 'path')
      from jsonb_array_elements(wanted) with ordinality as e (value, place)
     where e.value ->> 'kind' = 'email'
     order by e.place
     limit 1
  );
  customer uuid;
begin
  if wanted = '[]' then
    perform desk.fail('DK422', 'invalid', 'An email address or another identity is needed.', path);
  end if;
  customer := desk.identified_customer(wanted);
  if customer is null then
    insert into public.customers as c (id, organization_id, email, name, metadata)
    values (
      new_id, desk.current_organization(), address,
      coalesce(ensure_customer.name, left(address, 200), left(wanted #>> '{0,value}', 200)), ensure_customer.metadata)
    on conflict on constraint customers_email_key do nothing
    returning c.id into customer;
    if customer is null then
      return desk.identified_customer(wanted);
    end if;
    perform desk.add_identities(customer, wanted);
  end if;
  return customer;
end
$$;


--
-- Name: erase_customer(uuid, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.erase_customer(customer uuid, reason text) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  nobody constant text := 'Erased customer';
  gone constant text := '[erased]';
  members constant text[] := array['body', 'metadata', 'delivery_error'];
  people uuid[];
  tickets uuid[];
  own_tickets uuid[];
  moved uuid[];
  inherited uuid[];
  subjects text[];
  names text[];
  known_by text[];
  whole text;
  queried text;
  parts text;
  objects uuid[];
  erased timestamptz;
  touched record;
  identities integer;
  field_values integer;
  messages integer := 0;
  covered integer := 0;
  views integer := 0;
  records integer := 0;
  answers integer := 0;
begin
  if current_setting('app.role', true) is distinct from 'admin' then
    perform desk.fail('DK403', 'forbidden', 'Only an admin may do that.');
  end if;
  if not exists (
    select from public.customers c
     where c.organization_id = organization and c.id = customer and c.deleted_at is null
  ) then
    perform desk.fail('DK404', 'not_found', 'There is no such customer.', '/id');
  end if;
  people := desk.merged_people(organization, customer);
  -- Tickets first, as who writes a message does; then nobody adds one any more.
  perform from public.tickets t
    where t.organization_id = organization
      and t.id = any (array(
        select o.id from public.tickets o where o.organization_id = organization and o.customer_id = any (people)
        union
        select m.ticket_id from public.ticket_messages m
         where m.organization_id = organization and m.sender_customer_id = any (people)
        union
        select m.ticket_id from public.ticket_messages m
         where m.organization_id = organization
           and m.id = any (desk.moved_from(
             organization,
             array(
               select o.id from public.tickets o
                where o.organization_id = organization and o.customer_id = any (people)
             )))
        union
        select u.id
          from unnest(desk.inherited_from(
                 organization,
                 array(
                   select o.id from public.tickets o
                    where o.organization_id = organization and o.customer_id = any (people)
                 ))) as u (id)
      ))
    order by t.id
      for no key update;
  perform from public.customers c
    where c.organization_id = organization and c.id = any (people)
    order by c.id
      for update;
  if exists (
    select from public.customers c
     where c.organization_id = organization and c.id = customer and (c.merged_into is not null or c.erased_at is not null)
  ) then
    perform desk.fail('DK423', 'rule', 'The customer was merged into another one, or erased.', '/id');
  end if;

  -- By what they were known, now and before.
  names := array(
    select c.name from public.customers c where c.organization_id = organization and c.id = any (people)
    union
    select v.name
      from desk.audit_records a
      cross join lateral (values (a.old_values ->> 'name'), (a.new_values ->> 'name')) as v (name)
     where a.organization_id = organization and a.root_id = any (people) and a.object_kind = 'customer'
       and v.name is not null
  );
  -- As it is written as a rule, whatever it was entered as.
  names := array(
    select n.name from unnest(names) as n (name)
    union
    select regexp_replace(
             n.name, '(?<=' || desk.unspaced() || ')[[:space:]]+(?=' || desk.unspaced() || ')', '', 'g')
      from unnest(names) as n (name)
  );
  known_by := array(
    select i.value from desk.customer_identities i where i.organization_id = organization and i.customer_id = any (people)
    union
    select substr(i.value, strpos(i.value, ':') + 1)
      from desk.customer_identities i
     where i.organization_id = organization and i.customer_id = any (people) and i.kind = 'chat'
    union
    select v.value
      from desk.audit_records a
      cross join lateral (
        select a.old_values ->> 'email'
        union all
        select a.new_values ->> 'email'
        union all
        select e.one ->> 'value'
          from jsonb_path_query(
                 jsonb_build_array(a.old_values -> 'identities', a.new_values -> 'identities'), '$[*][*]') as e (one)
      ) as v (value)
     where a.organization_id = organization and a.root_id = any (people) and a.object_kind = 'customer'
       and v.value is not null
  );
  whole := desk.any_of_words(names || known_by);
  -- A short name may be a qualifier as well, which what it is about follows at once.
  queried := whole || '(?!:\S)';
  -- On their own tickets a first name or a surname alone is theirs as well, unless it is as short as a common word.
  parts := desk.any_of_words(names || known_by || array(
    select distinct w.word
      from unnest(names) as n (name)
      cross join lateral regexp_split_to_table(n.name, '[[:space:]]+') as w (word)
     where n.name !~ '@' and (char_length(w.word) >= 3 or w.word ~ desk.unspaced())
  ));

  own_tickets := array(
    select t.id from public.tickets t
     where t.organization_id = organization and t.customer_id = any (people)
     order by t.id
  );
  moved := desk.moved_from(organization, own_tickets);
  tickets := array(
    select u.id from unnest(own_tickets) as u (id)
    union
    select m.ticket_id from public.ticket_messages m
     where m.organization_id = organization and (m.sender_customer_id = any (people) or m.id = any (moved))
    order by 1
  );
  objects := people || tickets;
  inherited := desk.inherited_from(organization, own_tickets);
  subjects := array(
    select t.subject from public.tickets t
     where t.organization_id = organization and t.id = any (own_tickets) and t.subject <> gone
    union
    select v.subject
      from desk.audit_records a
      cross join lateral (values (a.old_values ->> 'subject'), (a.new_values ->> 'subject')) as v (subject)
     where a.organization_id = organization and a.root_id = any (own_tickets) and a.object_kind = 'ticket'
       and v.subject <> gone
  );

  -- What they wrote goes; of what others wrote on these tickets, what names them.
  for touched in
    update public.ticket_messages m
       set body = n.body,
           metadata = n.metadata,
           delivery_error = n.delivery_error
      from public.ticket_messages o
      cross join lateral (
        select o.sender_customer_id is not null and o.sender_customer_id = any (people) as is_theirs
      ) as s
      cross join lateral (
        select case when s.is_theirs then gone else desk.cover_person(o.body, parts) end as body,
               case when s.is_theirs then '{}' else desk.cover_person_in(o.metadata, parts) end as metadata,
               case when s.is_theirs then null else desk.cover_person(o.delivery_error, parts) end as delivery_error
      ) as n
     where o.organization_id = organization
       and (o.ticket_id = any (own_tickets) or o.sender_customer_id = any (people) or o.id = any (moved))
       and m.organization_id = organization and m.id = o.id
       and (s.is_theirs or (n.body, n.metadata, n.delivery_error) is distinct from (o.body, o.metadata, o.delivery_error))
    returning m.id, m.ticket_id, m.body, m.metadata, m.delivery_error, s.is_theirs
  loop
    objects := objects || touched.id;
    if touched.is_theirs then
      messages := messages + 1;
    else
      covered := covered + 1;
    end if;
    records := records + desk.clean_audit(
      organization, 'message', touched.id, members, 'erased', reason,
      jsonb_strip_nulls(jsonb_build_object('body', touched.body, 'delivery_error', touched.delivery_error))
        || jsonb_build_object('metadata', touched.metadata),
      place => touched.ticket_id);
  end loop;
  for touched in
    update public.tickets t
       set subject = gone,
           metadata = '{}',
           -- A microsecond: nothing has happened on it, and without a time of its own the change would count as that.
           last_activity_at = t.last_activity_at + interval '1 microsecond'
     where t.organization_id = organization and t.id = any (own_tickets)
    returning t.id
  loop
    records := records + desk.clean_audit(
      organization, 'ticket', touched.id, array['subject', 'metadata'], 'erased', reason,
      jsonb_build_object('subject', gone, 'metadata', jsonb_build_object()));
  end loop;
  -- The subjects that tickets of others have from theirs, now or once.
  for touched in
    select t.id, t.subject = any (subjects) as is_theirs,
           case when t.subject = any (subjects) then gone else t.subject end as subject
      from public.tickets t
     where t.organization_id = organization and t.id = any (inherited)
       and (t.subject = any (subjects) or exists (
         select from desk.audit_records a
          where a.organization_id = organization and a.root_id = t.id and a.object_kind = 'ticket'
            and (a.old_values ->> 'subject' = any (subjects) or a.new_values ->> 'subject' = any (subjects))
       ))
     order by t.id
  loop
    objects := objects || touched.id;
    update public.tickets t
       set subject = gone,
           last_activity_at = t.last_activity_at + interval '1 microsecond'
     where t.organization_id = organization and t.id = touched.id and touched.is_theirs;
    records := records + desk.clean_audit(
      organization, 'ticket', touched.id, array['subject'], 'erased', reason,
      jsonb_build_object('subject', touched.subject));
  end loop;
  -- Views that name them, or did once; of those that are gone, only what methods wrote tells.
  for touched in
    select f.id, v.owner_id, v.name, v.query
      from (
        select v.id
          from public.ticket_views v
         where v.organization_id = organization
           and (v.name ~* whole or v.query ~* queried or exists (
             select from desk.audit_records a
              where a.organization_id = organization and a.root_id = v.id
                and (
                  concat_ws(' ', a.old_values ->> 'name', a.new_values ->> 'name') ~* whole
                  or concat_ws(' ', a.old_values ->> 'query', a.new_values ->> 'query') ~* queried
                )
           ))
        union
        select a.object_id
          from desk.audit_records a
         where a.organization_id = organization and a.method in ('views.create', 'views.update', 'views.delete')
           and a.object_kind = 'view'
           and (
             concat_ws(' ', a.old_values ->> 'name', a.new_values ->> 'name') ~* whole
             or concat_ws(' ', a.old_values ->> 'query', a.new_values ->> 'query') ~* queried
           )
      ) as f
      left join public.ticket_views v on v.organization_id = organization and v.id = f.id
     order by f.id
  loop
    objects := objects || touched.id;
    if touched.name ~* whole or touched.query ~* queried then
      touched.name := desk.cover_person(touched.name, whole);
      -- A name is one view's of its owner.
      if exists (
        select from public.ticket_views v
         where v.organization_id = organization and v.owner_id = touched.owner_id and v.name = touched.name
           and v.id <> touched.id
      ) then
        touched.name := left(touched.name, 60) || ' ' || touched.id;
      end if;
      touched.query := desk.cover_person(touched.query, queried);
      update public.ticket_views v
         set name = touched.name,
             query = touched.query
       where v.organization_id = organization and v.id = touched.id;
      views := views + 1;
    end if;
    records := records + desk.clean_audit(
      organization, 'view', touched.id, array['name', 'query'], 'erased', reason,
      case when touched.name is not null then jsonb_build_object('name', touched.name, 'query', touched.query) end);
  end loop;

  delete from public.customer_field_values v where v.organization_id = organization and v.customer_id = any (people);
  get diagnostics field_values = row_count;
  identities := (
    select count(*) from desk.customer_identities i
     where i.organization_id = organization and i.customer_id = any (people)
  );
  update public.customers c
     set name = nobody,
         email = null,
         metadata = '{}',
         block_reason = null,
         erased_at = now()
   where c.organization_id = organization and c.id = any (people);
  delete from desk.customer_identities i where i.organization_id = organization and i.customer_id = any (people);
  update public.customers c set search = '' where c.organization_id = organization and c.id = any (people);
  update desk.customer_merges g
     set prior = '{}'
   where g.organization_id = organization and (g.source_id = any (people) or g.target_id = any (people));
  for touched in
    select c.id, c.erased_at,
           jsonb_strip_nulls(to_jsonb(c)) - array['id', 'organization_id', 'search', 'version', 'updated_at'] as present
      from public.customers c
     where c.organization_id = organization and c.id = any (people)
     order by c.id
  loop
    records := records + desk.clean_audit(
      organization, 'customer', touched.id, null, 'erased', reason, touched.present);
    erased := touched.erased_at;
  end loop;
  answers := desk.forget_answers(organization, objects, names || known_by);
  return jsonb_build_object(
    'id', customer, 'erased_at', erased,
    'erased', jsonb_build_object(
      'customers', cardinality(people), 'identities', identities, 'values', field_values, 'messages', messages,
      'tickets', cardinality(own_tickets), 'covered_messages', covered, 'views', views, 'history_records', records,
      'answers', answers),
    'kept', jsonb_build_object(
      'tickets', cardinality(own_tickets),
      'messages', (
        select count(*) from public.ticket_messages m
         where m.organization_id = organization and (m.ticket_id = any (own_tickets) or m.id = any (moved))
           and m.sender_customer_id is null
      )));
end
$_$;


--
-- Name: event_news(uuid[], xid8[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.event_news(organizations uuid[], positions xid8[]) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  horizon constant xid8 := desk.feed_horizon();
begin
  return concat_ws(' ', horizon, (
    select string_agg(o.id::text, ' ')
      from unnest(organizations, positions) as o (id, xid)
     cross join lateral (
       select from desk.audit_records a
        where a.organization_id = o.id and a.xid >= o.xid and a.xid < horizon
        limit 1
     ) as a
  ));
end
$$;


--
-- Name: event_values(jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.event_values(members jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN CASE WHEN (octet_length((members)::text) <= 4000) THEN members ELSE (SELECT jsonb_object_agg(c.name, c.value) AS jsonb_object_agg FROM (SELECT m.name, m.value, sum(((octet_length((m.value)::text) + octet_length(m.name)) + 6)) OVER (ORDER BY (octet_length((m.value)::text)), m.name) AS bytes FROM (SELECT e.name, CASE WHEN ((jsonb_typeof(e.value) = 'string'::text) AND (char_length((e.value #>> '{}'::text[])) > 4000)) THEN to_jsonb("left"((e.value #>> '{}'::text[]), 4000)) ELSE e.value END AS value FROM jsonb_each(event_values.members) e(name, value)) m) c WHERE (c.bytes <= 20000)) END;


--
-- Name: expect(text, uuid, integer, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.expect(kind text, id uuid, version integer, action text DEFAULT 'update'::text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_variable
declare
  current integer;
  merged uuid;
  erased timestamptz;
  restores constant boolean := action = 'restore';
  -- What is deleted is to be redacted all the same.
  redacts constant boolean := action = 'redact';
begin
  case kind
    when 'organization' then
      select o.version into current from public.organizations o where o.id = id for no key update;
    when 'agent' then
      select o.version into current from public.agent_profiles o where o.id = id for no key update;
    when 'customer' then
      select o.version, o.merged_into, o.erased_at into current, merged, erased from public.customers o
       where o.id = id and (o.deleted_at is not null) = restores
         for no key update;
    when 'field' then
      select o.version into current from public.customer_fields o where o.id = id for no key update;
    when 'ticket' then
      -- All that unmerging may change, before this one alone.
      if action = 'unmerge' then
        perform desk.lock_way(desk.current_organization(), id, through => true, follows => true);
      end if;
      -- A merge is refused by a ticket that was merged, and need not wait for it. It stays what it is, since the caller has
      -- its advisory lock.
      select o.version, o.merged_into into current, merged from public.tickets o
       where o.id = id and (o.deleted_at is not null) = restores and (action <> 'merge' or o.merged_into is null)
         for no key update;
      if current is null and action = 'merge' then
        current := (select o.version from public.tickets o where o.id = id and o.deleted_at is null);
      end if;
    when 'message' then
      -- Its ticket first, which whoever moves messages locks first; while this waits the message may move.
      perform desk.lock_place(id);
      -- A join with the ticket would be lost where the row changed meanwhile; a subquery is asked again.
      select o.version into current from public.ticket_messages o
       where o.id = id and (redacts or (o.deleted_at is not null) = restores)
         and (
           select redacts or t.deleted_at is null
             from public.tickets t
            where t.organization_id = o.organization_id and t.id = o.ticket_id
         )
         for no key update;
    when 'macro' then
      select o.version into current from public.macros o
       where o.id = id and (o.deleted_at is not null) = restores
         for no key update;
    when 'email_account' then
      select o.version into current from public.email_accounts o where o.id = id for no key update;
    when 'tag' then
      select o.version into current from public.tags o where o.id = id for no key update;
    when 'view' then
      select o.version into current from public.ticket_views o where o.id = id for no key update;
  end case;
  if current is null then
    if desk.visible_version(kind, id) is null then
      perform desk.fail('DK404', 'not_found', format('There is no such %s.', replace(kind, '_', ' ')));
    end if;
    if restores then
      perform desk.fail('DK423', 'rule', format('The %s is not deleted.', replace(kind, '_', ' ')));
    end if;
    perform desk.fail('DK403', 'forbidden', format('You may not change this %s.', replace(kind, '_', ' ')));
  end if;
  if action in ('delete', 'restore', 'redact') and kind not in ('macro', 'view') then
    perform desk.require_admin();
  end if;
  if merged is not null and kind = 'ticket' and action = 'update' then
    perform desk.fail(
      'DK423', 'rule', 'The ticket was merged into another one; change that, or unmerge it first.', '',
      jsonb_build_object('merged_into', merged));
  elsif merged is not null and kind = 'customer' and action <> 'unmerge' then
    perform desk.fail(
      'DK423', 'rule', 'The customer was merged into another one; unmerge them first.', '',
      jsonb_build_object('merged_into', desk.merged_customer(desk.current_organization(), id)));
  end if;
  if erased is not null then
    perform desk.fail('DK423', 'rule', 'The customer was erased.', '', jsonb_build_object('erased_at', erased));
  end if;
  if version is not null and version <> current then
    perform desk.fail(
      'DK409', 'conflict',
      format('The %s has changed since you read it.', replace(kind, '_', ' ')),
      '', jsonb_build_object('version', current));
  end if;
end
$$;


--
-- Name: expect_seen(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.expect_seen(ticket uuid, seen uuid) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_variable
begin
  if not exists (
    select from public.ticket_messages m
     where m.id = seen and (m.ticket_id = ticket or ticket = any (m.merge_path))
  ) then
    perform desk.fail('DK404', 'not_found', 'There is no such message on this ticket.');
  end if;
  if exists (select from desk.missed_messages(ticket, seen)) then
    perform desk.fail('DK409', 'conflict', 'Somebody wrote to the ticket since the message you saw.');
  end if;
end
$$;


--
-- Name: expire_idempotency_keys(integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.expire_idempotency_keys(max_keys integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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


--
-- Name: expire_viewers(integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.expire_viewers("limit" integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  done integer;
begin
  delete from desk.ticket_viewers v
   using (
     select w.organization_id, w.ticket_id, w.agent_id
       from desk.ticket_viewers w
      where w.expires_at <= now()
      limit expire_viewers."limit"
        for update skip locked
   ) as gone
   where v.organization_id = gone.organization_id
     and v.ticket_id = gone.ticket_id
     and v.agent_id = gone.agent_id;
  get diagnostics done = row_count;
  return done;
end
$$;


--
-- Name: export_customer(uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.export_customer(customer uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  people constant uuid[] := desk.merged_people(desk.current_organization(), customer);
  tickets uuid[];
begin
  if not exists (select from public.customers c where c.id = customer and c.deleted_at is null) then
    return null;
  end if;
  tickets := array(select t.id from public.tickets t where t.customer_id = any (people));
  if (
    select sum(octet_length(m.body) + octet_length(m.metadata::text)) > 16 * 1024 * 1024
      from public.ticket_messages m
     where m.ticket_id = any (tickets)
  ) then
    perform desk.fail(
      'DK423', 'rule', 'Their messages have more than 16 MiB; read them with tickets.list and messages.list.', '/id');
  end if;
  return jsonb_build_object(
    'customer', (select to_jsonb(c) from desk.customer_detail c where c.id = customer),
    'merged', (
      select coalesce(jsonb_agg(to_jsonb(c) order by c.created_at, c.id), '[]')
        from desk.customer_detail c
       where c.id = any (people) and c.id <> customer
    ),
    'tickets', (
      select coalesce(
               jsonb_agg(
                 to_jsonb(t) || jsonb_build_object(
                   'messages', (
                     select coalesce(jsonb_agg(to_jsonb(m) order by m.created_at, m.id), '[]')
                       from desk.message m
                      where m.ticket_id = t.id
                   ))
                 order by t.number),
               '[]')
        from desk.ticket t
       where t.id = any (tickets)
    ),
    'messages_elsewhere', (
      select coalesce(jsonb_agg(to_jsonb(m) order by m.created_at, m.id), '[]')
        from public.ticket_messages w
        join desk.message m on m.id = w.id
       where w.sender_customer_id = any (people) and w.ticket_id <> all (tickets)
    ),
    'history', (
      select coalesce(jsonb_agg(to_jsonb(e) order by e.seq), '[]')
        from desk.audit_records r
        join desk.audit_entry e on e.seq = r.seq and e.xid = r.xid
       where r.root_id = any (people)
    ),
    'exported_at', now());
end
$$;


--
-- Name: field_value(public.field_type, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.field_value(type public.field_type, value text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (type = ANY (ARRAY['number'::public.field_type, 'boolean'::public.field_type, 'multiselect'::public.field_type])) THEN (value)::jsonb ELSE to_jsonb(value) END;


--
-- Name: merged_customer(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.merged_customer(organization uuid, customer uuid) RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  place uuid := customer;
  next uuid;
begin
  loop
    next := (select c.merged_into from public.customers c where c.organization_id = organization and c.id = place);
    exit when next is null;
    place := next;
  end loop;
  return nullif(place, customer);
end
$$;


--
-- Name: customer_identities; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.customer_identities (
    organization_id uuid DEFAULT (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    customer_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT customer_identities_form CHECK (
CASE kind
    WHEN 'email'::text THEN ((value ~ '^[^[:space:]@]+@[^[:space:]@]+$'::text) AND (value = desk.address(value)))
    WHEN 'external_id'::text THEN (value = btrim(value))
    WHEN 'chat'::text THEN (value ~ '^[a-z0-9_.-]{1,40}:[^[:space:]]'::text)
    ELSE false
END),
    CONSTRAINT customer_identities_length CHECK (((octet_length(value) >= 1) AND (octet_length(value) <= 320)))
);
ALTER TABLE ONLY desk.customer_identities ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY desk.customer_identities FORCE ROW LEVEL SECURITY;


--
-- Name: customer_field_values; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.customer_field_values (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid NOT NULL,
    customer_id uuid NOT NULL,
    field_id uuid NOT NULL,
    value text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT customer_field_values_value_length CHECK ((octet_length(value) <= 8192))
);
ALTER TABLE ONLY public.customer_field_values ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY public.customer_field_values FORCE ROW LEVEL SECURITY;


--
-- Name: customers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.customers (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid NOT NULL,
    name text NOT NULL,
    email text,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    search tsvector,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    merged_into uuid,
    blocked_at timestamp with time zone,
    blocked_by uuid,
    block_reason text,
    erased_at timestamp with time zone,
    CONSTRAINT customers_block_reason_length CHECK (((char_length(block_reason) >= 1) AND (char_length(block_reason) <= 500))),
    CONSTRAINT customers_email_format CHECK ((email ~ '^[^[:space:]@]+@[^[:space:]@]+$'::text)),
    CONSTRAINT customers_email_length CHECK ((octet_length(email) <= 320)),
    CONSTRAINT customers_merged_into_other CHECK ((merged_into <> id)),
    CONSTRAINT customers_metadata_object CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT customers_metadata_size CHECK ((octet_length((metadata)::text) <= 65536)),
    CONSTRAINT customers_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200)))
);
ALTER TABLE ONLY public.customers ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY public.customers FORCE ROW LEVEL SECURITY;


--
-- Name: exported_customers(uuid, uuid, boolean); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.exported_customers(after uuid, upto uuid, with_deleted boolean) RETURNS TABLE(id uuid, item text)
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT c.id,
     ((((((((((((((((('{"id":"'::text || (c.id)::text) || '","name":'::text) || (to_json(c.name))::text) || ',"email":'::text) || COALESCE(c.email_json, 'null'::text)) || ',"metadata":'::text) || (c.metadata)::text) || COALESCE((',"fields":'::text || f.fields), ',"fields":{}'::text)) || ',"version":'::text) || (c.version)::text) || ',"created_at":'::text) || c.created_json) || ',"updated_at":'::text) ||
         CASE
             WHEN (c.updated_at = c.created_at) THEN c.created_json
             ELSE (to_json(c.updated_at))::text
         END) ||
         CASE
             WHEN ((c.deleted_at IS NULL) AND (c.deleted_by IS NULL)) THEN ',"deleted_at":null,"deleted_by":null,"identities":['::text
             ELSE concat(',"deleted_at":', COALESCE((to_json(c.deleted_at))::text, 'null'::text), ',"deleted_by":', COALESCE((to_json(c.deleted_by))::text, 'null'::text), ',"identities":[')
         END) ||
         CASE
             WHEN ((i.count = 1) AND (i.kind = 'email'::text) AND (i.value = c.email)) THEN (((('{"kind": "email", "value": '::text || c.email_json) || ', "created_at": '::text) ||
             CASE
                 WHEN (i.created_at = c.created_at) THEN c.created_json
                 ELSE (to_json(i.created_at))::text
             END) || ', "is_primary": true}'::text)
             WHEN (i.count = 1) THEN concat('{"kind": ', to_json(i.kind), ', "value": ', to_json(i.value), ', "created_at": ', to_json(i.created_at), ', "is_primary": false}')
             ELSE COALESCE(( SELECT string_agg(concat('{"kind": ', to_json(o.kind), ', "value": ', to_json(o.value), ', "created_at": ', to_json(o.created_at), ', "is_primary": ', (o.is_primary)::text, '}'), ', '::text ORDER BY o.is_primary DESC, o.created_at, o.kind, o.value) AS string_agg
                FROM ( SELECT n.kind,
                         n.value,
                         n.created_at,
                         ((n.kind = 'email'::text) AND (NOT (n.value IS DISTINCT FROM c.email))) AS is_primary
                        FROM desk.customer_identities n
                       WHERE ((i.count > 1) AND (n.organization_id = c.organization_id) AND (n.customer_id = c.id))) o), ''::text)
         END) ||
         CASE
             WHEN (num_nonnulls(c.blocked_at, c.blocked_by, c.block_reason, c.merged_into, c.erased_at) = 0) THEN '],"blocked_at":null,"blocked_by":null,"block_reason":null,"merged_into":null,"erased_at":null}'::text
             ELSE concat('],"blocked_at":', COALESCE((to_json(c.blocked_at))::text, 'null'::text), ',"blocked_by":', COALESCE((to_json(c.blocked_by))::text, 'null'::text), ',"block_reason":', COALESCE((to_json(c.block_reason))::text, 'null'::text), ',"merged_into":', COALESCE(
             CASE
                 WHEN (c.merged_into IS NOT NULL) THEN (to_json(desk.merged_customer(c.organization_id, c.id)))::text
                 ELSE NULL::text
             END, 'null'::text), ',"erased_at":', COALESCE((to_json(c.erased_at))::text, 'null'::text), '}')
         END)
    FROM ((( SELECT c_1.id,
             c_1.organization_id,
             c_1.name,
             c_1.email,
             c_1.metadata,
             c_1.version,
             c_1.created_at,
             c_1.updated_at,
             c_1.deleted_at,
             c_1.deleted_by,
             c_1.blocked_at,
             c_1.blocked_by,
             c_1.block_reason,
             c_1.merged_into,
             c_1.erased_at,
             (to_json(c_1.created_at))::text AS created_json,
             (to_json(c_1.email))::text AS email_json
            FROM public.customers c_1
           WHERE ((c_1.id > exported_customers.after) AND (c_1.id <= exported_customers.upto) AND ((c_1.deleted_at IS NULL) OR ( SELECT (exported_customers.with_deleted AND (desk.caller_role() = 'admin'::text)))))
           ORDER BY c_1.id) c
      LEFT JOIN ( SELECT n.customer_id,
             count(*) AS count,
             min((n.kind COLLATE "C")) AS kind,
             min((n.value COLLATE "C")) AS value,
             min(n.created_at) AS created_at
            FROM desk.customer_identities n
           WHERE ((n.customer_id > exported_customers.after) AND (n.customer_id <= exported_customers.upto))
           GROUP BY n.customer_id) i ON ((i.customer_id = c.id)))
      LEFT JOIN ( SELECT v.customer_id,
             (jsonb_object_agg(d.field_name, desk.field_value(d.field_type, v.value)))::text AS fields
            FROM (public.customer_field_values v
              JOIN public.customer_fields d ON (((d.organization_id = v.organization_id) AND (d.id = v.field_id))))
           WHERE ((v.customer_id > exported_customers.after) AND (v.customer_id <= exported_customers.upto))
           GROUP BY v.customer_id) f ON ((f.customer_id = c.id)))
   ORDER BY c.id;
END;


--
-- Name: named_agents(uuid[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.named_agents(ids uuid[]) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name) order by array_position(ids, a.id)), '[]')
      from public.agent_profiles a
     where a.id = any (ids)
  );
end
$$;


--
-- Name: agent_profiles; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.agent_profiles (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    clerk_user_id text NOT NULL,
    organization_id uuid NOT NULL,
    name text NOT NULL,
    email text,
    role text DEFAULT 'agent'::text NOT NULL,
    status text DEFAULT 'offline'::text NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    deactivated_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT agent_profiles_clerk_user_id_length CHECK (((char_length(clerk_user_id) >= 1) AND (char_length(clerk_user_id) <= 200))),
    CONSTRAINT agent_profiles_email_format CHECK ((email ~ '^[^[:space:]@]+@[^[:space:]@]+$'::text)),
    CONSTRAINT agent_profiles_email_length CHECK ((octet_length(email) <= 320)),
    CONSTRAINT agent_profiles_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
    CONSTRAINT agent_profiles_role_known CHECK ((role = ANY (ARRAY['admin'::text, 'agent'::text]))),
    CONSTRAINT agent_profiles_settings_object CHECK ((jsonb_typeof(settings) = 'object'::text)),
    CONSTRAINT agent_profiles_settings_size CHECK ((octet_length((settings)::text) <= 65536)),
    CONSTRAINT agent_profiles_status_known CHECK ((status = ANY (ARRAY['online'::text, 'offline'::text, 'away'::text])))
);
ALTER TABLE ONLY public.agent_profiles ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY public.agent_profiles FORCE ROW LEVEL SECURITY;


--
-- Name: message; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.message WITH (security_invoker='true') AS
 SELECT m.id,
    m.ticket_id,
    jsonb_build_object('type', m.sender_type, 'id', m.sender_id, 'name',
        CASE
            WHEN (m.sender_agent_id IS NOT NULL) THEN ( SELECT a.name
               FROM public.agent_profiles a
              WHERE ((a.organization_id = m.organization_id) AND (a.id = m.sender_agent_id)))
            WHEN (m.sender_customer_id IS NOT NULL) THEN ( SELECT c.name
               FROM public.customers c
              WHERE ((c.organization_id = m.organization_id) AND (c.id = m.sender_customer_id) AND (c.deleted_at IS NULL)))
            ELSE NULL::text
        END) AS sender,
    m.body,
    m.is_internal,
    m.email_message_id,
    m.in_reply_to,
    m.delivery_status,
    m.delivery_error,
    m.delivery_updated_at,
    m.metadata,
    m.version,
    m.created_at,
    m.updated_at,
    m.deleted_at,
    m.deleted_by,
    m.merge_path[1] AS merged_from,
    m.is_automatic
   FROM public.ticket_messages m;


--
-- Name: message_row; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.message_row WITH (security_invoker='true') AS
 SELECT m.id,
    m.ticket_id,
    m.sender,
        CASE
            WHEN (octet_length(m.body) > 4096) THEN desk.cut(m.body, 4096)
            ELSE m.body
        END AS body,
    (octet_length(m.body) > 4096) AS truncated,
    m.is_internal,
    m.email_message_id,
    m.in_reply_to,
    m.delivery_status,
    m.delivery_error,
    m.delivery_updated_at,
    m.metadata,
    m.version,
    m.created_at,
    m.updated_at,
    m.deleted_at,
    m.deleted_by,
    m.merged_from,
    m.is_automatic
   FROM desk.message m;


--
-- Name: tickets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tickets (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid NOT NULL,
    customer_id uuid NOT NULL,
    assigned_to uuid,
    subject text NOT NULL,
    status public.ticket_status DEFAULT 'open'::public.ticket_status NOT NULL,
    priority public.ticket_priority DEFAULT 'normal'::public.ticket_priority NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    last_activity_at timestamp with time zone DEFAULT now() NOT NULL,
    first_reply_at timestamp with time zone,
    last_reply_at timestamp with time zone,
    status_code text GENERATED ALWAYS AS (
CASE status
    WHEN 'open'::public.ticket_status THEN 'open'::text
    WHEN 'pending'::public.ticket_status THEN 'pending'::text
    WHEN 'solved'::public.ticket_status THEN 'solved'::text
    ELSE 'closed'::text
END) STORED NOT NULL,
    priority_rank smallint GENERATED ALWAYS AS (
CASE priority
    WHEN 'low'::public.ticket_priority THEN 1
    WHEN 'normal'::public.ticket_priority THEN 2
    WHEN 'high'::public.ticket_priority THEN 3
    ELSE 4
END) STORED NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    deleted_with uuid,
    merged_into uuid,
    split_from uuid,
    number integer NOT NULL,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    follower_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    snoozed_until timestamp with time zone,
    keep_snoozed boolean DEFAULT false NOT NULL,
    follow_up_of uuid,
    waiting_since timestamp with time zone,
    first_solved_at timestamp with time zone,
    last_solved_at timestamp with time zone,
    closed_at timestamp with time zone,
    reopen_count integer DEFAULT 0 NOT NULL,
    reply_count integer DEFAULT 0 NOT NULL,
    customer_path uuid[],
    message_count integer DEFAULT 0 NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0.02', autovacuum_analyze_scale_factor='0.02');
ALTER TABLE ONLY public.tickets ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY public.tickets FORCE ROW LEVEL SECURITY;


--
-- Name: ticket_detail; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.ticket_detail WITH (security_invoker='true') AS
 SELECT t.id,
    t.number,
    t.subject,
    t.status,
    t.priority,
    t.customer_id,
    t.assigned_to,
    ( SELECT row_to_json(n.*) AS row_to_json
           FROM ( SELECT c.id,
                    c.name,
                    c.email
                   FROM public.customers c
                  WHERE ((c.organization_id = t.organization_id) AND (c.id = t.customer_id))) n) AS customer,
    ( SELECT row_to_json(n.*) AS row_to_json
           FROM ( SELECT a.id,
                    a.name
                   FROM public.agent_profiles a
                  WHERE ((a.organization_id = t.organization_id) AND (a.id = t.assigned_to))) n) AS assignee,
    t.tags,
    t.metadata,
    t.snoozed_until,
    t.keep_snoozed,
    t.waiting_since,
    t.last_activity_at,
    t.first_reply_at,
    t.last_reply_at,
    t.reply_count,
    t.first_solved_at,
    t.last_solved_at,
    t.closed_at,
    t.reopen_count,
    t.follow_up_of,
    t.version,
    t.created_at,
    t.updated_at,
    t.deleted_at,
    t.deleted_by,
    t.merged_into,
    t.split_from,
    t.follower_ids,
        CASE
            WHEN (t.follower_ids = '{}'::uuid[]) THEN '[]'::jsonb
            ELSE desk.named_agents(t.follower_ids)
        END AS followers,
    t.message_count,
    ( SELECT row_to_json(last.*) AS row_to_json
           FROM ( SELECT r.id,
                    r.ticket_id,
                    r.sender,
                    r.body,
                    r.truncated,
                    r.is_internal,
                    r.email_message_id,
                    r.in_reply_to,
                    r.delivery_status,
                    r.delivery_error,
                    r.delivery_updated_at,
                    r.metadata,
                    r.version,
                    r.created_at,
                    r.updated_at,
                    r.deleted_at,
                    r.deleted_by,
                    r.merged_from,
                    r.is_automatic
                   FROM desk.message_row r
                  WHERE ((r.ticket_id = t.id) AND (r.deleted_at IS NULL))
                  ORDER BY r.created_at DESC, r.id DESC
                 LIMIT 1) last) AS last_message
   FROM public.tickets t;


--
-- Name: exported_tickets(uuid, uuid, boolean); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.exported_tickets(after uuid, upto uuid, with_deleted boolean) RETURNS TABLE(id uuid, item text)
    LANGUAGE sql STABLE PARALLEL SAFE
    BEGIN ATOMIC
 SELECT t.id,
     (row_to_json(t.*))::text AS row_to_json
    FROM desk.ticket_detail t
   WHERE ((t.id > exported_tickets.after) AND (t.id <= exported_tickets.upto) AND ((t.deleted_at IS NULL) OR ( SELECT (exported_tickets.with_deleted AND (desk.caller_role() = 'admin'::text)))))
   ORDER BY t.id;
END;


--
-- Name: fail(text, text, text, text, jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.fail(code text, kind text, message text, path text DEFAULT ''::text, detail jsonb DEFAULT NULL::jsonb) RETURNS void
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  raise exception using
    errcode = code, message = message, constraint = kind, column = path, detail = coalesce(detail::text, '');
end
$$;


--
-- Name: feed_end(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.feed_end() RETURNS xid8
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
    select case
             when f.written = f.xmin and f.relation = f.tableoid
               then desk.feed_position(f.epoch, pg_snapshot_xmax(pg_current_snapshot()))
             else desk.feed_position(f.epoch + 1, '0')
           end
      from desk.feed f
  );
end
$$;


--
-- Name: feed_epoch(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.feed_epoch() RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (select f.id from desk.feed f);
end
$$;


--
-- Name: feed_horizon(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.feed_horizon() RETURNS xid8
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  feed record;
begin
  select f.epoch, f.written = f.xmin and f.relation = f.tableoid as is_here into feed from desk.feed f;
  if feed.is_here then
    return desk.feed_position(feed.epoch, pg_snapshot_xmin(pg_current_snapshot()));
  end if;
  return desk.feed_position(feed.epoch + 1, '0');
end
$$;


--
-- Name: feed_position(integer, xid8); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.feed_position(epoch integer, xid xid8) RETURNS xid8
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (((((epoch)::bigint << 48) + ((xid)::text)::bigint))::text)::xid8;


--
-- Name: field_condition(uuid, jsonb, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.field_condition(organization uuid, condition jsonb, place integer, OUT resolved jsonb, OUT test text) RETURNS record
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  name constant text := condition ->> 'name';
  field record;
  bound text;
  kind text;
begin
  select f.id, f.field_type into field from public.customer_fields f
   where f.organization_id = organization and (f.field_name = name or lower(f.field_name) = lower(name))
   order by f.field_name = name desc, f.field_name
   limit 1;
  if not found then
    perform desk.refuse_condition(
      condition,
      format('there is no field %s; ', name) || coalesce(
        'there are ' || (
          select string_agg(n.field_name, ', ' order by n.field_name)
            from (
              select f.field_name from public.customer_fields f where f.organization_id = organization
               order by f.position, f.field_name limit 20
            ) as n
        ),
        'this organization has none'));
  end if;
  resolved := condition || jsonb_build_object('field', field.id, 'field_type', field.field_type);
  kind := field.field_type::text;
  if condition ? 'present' then
    test := 'true';
    return;
  end if;
  if condition ? 'any' then
    if kind = 'number' then
      for bound in select v.value from jsonb_array_elements_text(condition -> 'any') as v (value) loop
        if desk.value_number(bound) is null then
          perform desk.refuse_condition(condition, format('%s is a field of numbers, and %s is none', name, bound));
        end if;
      end loop;
      test := format(
        'desk.value_number(v.value) = any (array(select desk.value_number(e.v) from jsonb_array_elements_text($2 #> ''{%s,any}'') as e (v)))',
        place);
    elsif kind = 'boolean' then
      resolved := jsonb_set(resolved, '{any}', (
        select jsonb_agg(case when lower(v.value) in ('true', 'yes', '1') then 'true'
                              when lower(v.value) in ('false', 'no', '0') then 'false' end)
          from jsonb_array_elements_text(condition -> 'any') as v (value)));
      if resolved -> 'any' @> 'null' then
        perform desk.refuse_condition(condition, format('%s is either true or false', name));
      end if;
      test := format(
        'desk.value_key(v.value) collate "C" = any (array(select e.v from jsonb_array_elements_text($2 #> ''{%s,any}'') as e (v)))',
        place);
    elsif kind = 'multiselect' then
      test := format(
        'desk.value_choices(v.value) && array(select desk.value_key(e.v) from jsonb_array_elements_text($2 #> ''{%s,any}'') as e (v))',
        place);
    else
      test := format(
        'desk.value_key(v.value) collate "C" = any (array(select desk.value_key(e.v) from jsonb_array_elements_text($2 #> ''{%s,any}'') as e (v)))',
        place);
    end if;
    return;
  end if;
  if kind not in ('number', 'date') then
    perform desk.refuse_condition(
      condition, format('%s is a field of the type %s, which has no larger and smaller', name, kind));
  end if;
  foreach bound in array array_remove(array[condition ->> 'from', condition ->> 'to'], null) loop
    if kind = 'number' and desk.value_number(bound) is null then
      perform desk.refuse_condition(condition, format('%s is a field of numbers, and %s is none', name, bound));
    elsif kind = 'date' and bound !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then
      perform desk.refuse_condition(
        condition, format('%s is a field of dates such as 2026-01-31, and %s is none', name, bound));
    end if;
  end loop;
  test := concat_ws(
    ' and ',
    case when condition ? 'from' then format(
      case kind when 'number' then 'desk.value_number(v.value) %s desk.value_number($2 #>> ''{%s,from}'')'
                else 'desk.value_key(v.value) collate "C" %s ($2 #>> ''{%s,from}'')' end,
      case when condition ? 'from_open' then '>' else '>=' end, place) end,
    case when condition ? 'to' then format(
      case kind when 'number' then 'desk.value_number(v.value) %s desk.value_number($2 #>> ''{%s,to}'')'
                else 'desk.value_key(v.value) collate "C" %s ($2 #>> ''{%s,to}'')' end,
      case when condition ? 'to_open' then '<' else '<=' end, place) end);
end
$_$;


--
-- Name: field_customers(uuid, jsonb, integer, text, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.field_customers(organization uuid, conditions jsonb, place integer, test text, most integer) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET max_parallel_workers_per_gather TO '0'
    AS $_$
declare
  found uuid[];
begin
  -- The options of a multiselect field are in a GIN index only; the planner would rather read all values of the field.
  if conditions #>> array[place::text, 'field_type'] = 'multiselect' then
    perform set_config('enable_indexscan', 'off', true);
  end if;
  execute
    'select array(select v.customer_id from public.customer_field_values v'
    ' where v.organization_id = $1 and v.field_id = $3 and ' || test || ' limit $4)'
    into found
    using organization, conditions, (conditions #>> array[place::text, 'field'])::uuid, most;
  perform set_config('enable_indexscan', 'on', true);
  return found;
end
$_$;


--
-- Name: field_usage(uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.field_usage(field uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  f public.customer_fields;
  customers bigint;
  counts jsonb;
begin
  select c.* into f from public.customer_fields c where c.id = field;
  if not found then
    return null;
  end if;
  if f.field_type in ('select', 'multiselect') then
    select coalesce(sum(g.customers), 0),
           coalesce(jsonb_agg(jsonb_build_object('value', g.value, 'customers', g.customers)), '[]')
      into customers, counts
      from (
        select v.value, count(*) as customers
          from public.customer_field_values v
         where v.field_id = field
         group by v.value
      ) as g;
    counts := (
      select jsonb_agg(
               jsonb_build_object(
                 'option', o.one, 'is_retired', o.place > jsonb_array_length(f.options), 'customers', coalesce(u.customers, 0))
               order by o.place)
        from jsonb_array_elements(f.options || coalesce(f.retired_options, '[]')) with ordinality as o (one, place)
        left join (
          select e.one, sum((c.value ->> 'customers')::bigint) as customers
            from jsonb_array_elements(counts) as c (value)
            cross join lateral jsonb_array_elements(
              case f.field_type when 'select' then jsonb_build_array(c.value -> 'value')
                else (c.value ->> 'value')::jsonb end) as e (one)
           group by e.one
        ) as u on u.one = o.one
    );
  else
    customers := (select count(*) from public.customer_field_values v where v.field_id = field);
  end if;
  return jsonb_build_object('id', f.id, 'field_name', f.field_name, 'customers', customers, 'options', counts);
end
$$;


--
-- Name: field_values_changed(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.field_values_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $$
begin
  if tg_op = 'INSERT' then
    update public.customers c set version = c.version + 1
      from (select distinct n.customer_id from new_values n) as v
     where c.id = v.customer_id and c.updated_at <> now();
  elsif tg_op = 'UPDATE' then
    update public.customers c set version = c.version + 1
      from (
        select distinct n.customer_id
          from new_values n join old_values o on o.id = n.id
         where n.value is distinct from o.value
      ) as v
     where c.id = v.customer_id and c.updated_at <> now();
  else
    update public.customers c set version = c.version + 1
      from (select distinct o.customer_id from old_values o) as v
     where c.id = v.customer_id and c.updated_at <> now();
  end if;
  return null;
end
$$;


--
-- Name: find_customers(jsonb, text, boolean, integer, timestamp with time zone, text[], integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.find_customers(query jsonb, sort text, descending boolean, most integer, now timestamp with time zone, after text[] DEFAULT NULL::text[], counted integer DEFAULT 1000) RETURNS TABLE(place integer, id uuid, "position" text[], total integer, is_exact boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET client_min_messages TO 'warning'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    SET max_parallel_workers_per_gather TO '0'
    AS $_$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  few constant integer := 20000;
  conditions jsonb;
  tests text[];
  condition jsonb;
  i integer := -1;
  matched uuid[];
  candidates uuid[];
  filter text;
  key constant text := case sort when 'creation' then 't.created_at' else 't.name' end;
  turn constant text := case when descending then ' desc' else '' end;
begin
  if organization is null then
    return;
  end if;
  select c.resolved, array(select replace(e.test, 't.customer_id', 't.id') from unnest(c.tests) with ordinality as e (test, n) order by e.n)
    into conditions, tests
    from desk.ticket_conditions(organization, query -> 'conditions', now) as c;
  for condition in select c.value from jsonb_array_elements(conditions) with ordinality as c (value, n) order by c.n loop
    i := i + 1;
    continue when candidates is not null or (condition ->> 'not')::boolean;
    matched := case
      when condition ? 'ids' and not condition ? 'words'
        then array(select e.v::uuid from jsonb_array_elements_text(condition -> 'ids') as e (v))
      when condition ? 'test' and not condition ? 'present'
        then desk.field_customers(organization, conditions, i, condition ->> 'test', few + 1)
    end;
    if cardinality(matched) <= few then
      candidates := matched;
    end if;
  end loop;
  filter := concat_ws(
    ' and ', 't.organization_id = $1', 't.merged_into is null and t.erased_at is null',
    case when not coalesce((query ->> 'deleted')::boolean and current_setting('app.role', true) = 'admin', false)
      then 't.deleted_at is null' end, nullif(array_to_string(tests, ' and '), ''),
    case when candidates is not null then 't.id = any ($3)' end);
  if counted > 0 then
    execute 'select count(*) from (select from public.customers t where ' || filter || ' limit $4) as c'
      into total using organization, conditions, candidates, counted + 1;
  else
    total := 0;
  end if;
  return query select 0, null::uuid, null::text[], least(total, counted), total <= counted;
  return query execute
    'select (row_number() over ())::integer, p.id, p.place, null::integer, null::boolean from ('
    'select t.id, array[' || key || '::text, t.id::text] as place from public.customers t where ' || filter
    || case when after is not null then format(
         ' and (%s, t.id) %s ($5[1]%s, $5[2]::uuid)', key, case when descending then '<=' else '>=' end,
         case sort when 'creation' then '::timestamptz' else '' end) else '' end
    || ' order by ' || key || turn || ', t.id' || turn || ' limit $4) as p'
    using organization, conditions, candidates, most + 1, after;
end
$_$;


--
-- Name: find_tags(text[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.find_tags(names text[]) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return array(select g.id from public.tags g where g.name = any (desk.tag_names(names)));
end
$$;


--
-- Name: find_tickets(jsonb, text, boolean, integer, timestamp with time zone, text[], integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.find_tickets(query jsonb, sort text, descending boolean, most integer, now timestamp with time zone, after text[] DEFAULT NULL::text[], counted integer DEFAULT 1000) RETURNS TABLE(place integer, id uuid, "position" text[], total integer, is_exact boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET client_min_messages TO 'warning'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    SET max_parallel_workers_per_gather TO '0'
    AS $_$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  cap constant integer := 1000;
  chunk constant integer := 1500;
  sampled constant integer := 4000;
  languages text[];
  statuses text[];
  ranks smallint[];
  conditions jsonb;
  tests text[];
  test text;
  term jsonb;
  one tsquery;
  asked integer := 0;
  terms tsquery[] := '{}';
  words text[] := '{}';
  positives integer[] := '{}';
  negatives integer[] := '{}';
  everything tsquery;
  lookups jsonb := '{}';
  counts integer[];
  driver integer;
  i integer;
  filter text;
  rest text;
  candidates uuid[];
  customers uuid[];
  found uuid[];
  hits uuid[];
  below bigint := 9223372036854775807;
  step integer;
  looked_at integer;
  budget integer;
  exhausted boolean := true;
  at_end boolean := false;
  turn constant text := case when descending then ' desc' else '' end;
  keys text;
  onwards text;
  ending text;
  branches text;
  agents uuid[];
  page text;
  source text;
begin
  if organization is null then
    return;
  end if;
  statuses := array(select e.v from jsonb_array_elements_text(query -> 'statuses') as e (v));
  ranks := array(select e.v::smallint from jsonb_array_elements_text(query -> 'ranks') as e (v));
  select c.resolved, c.tests into conditions, tests
    from desk.ticket_conditions(organization, query -> 'conditions', now) as c;
  languages := array_remove(
    array[(select o.search_language from public.organizations o where o.id = organization)]
    || coalesce((select r.languages from desk.search_reindexings r where r.organization_id = organization), '{}'),
    'simple') || array['simple'];

  -- What the words mean. A common word of the language means nothing, beside others.
  for term in select t.value from jsonb_array_elements(query -> 'terms') as t (value) loop
    asked := asked + case when (term ->> 'not')::boolean then 0 else 1 end;
    one := desk.term_query(term, languages);
    continue when one is null;
    terms := terms || one;
    words := words || case when (term ->> 'subject')::boolean or term ->> 'kind' <> 'word' then null
      else term ->> 'text' end;
    i := cardinality(terms);
    if (term ->> 'not')::boolean then
      negatives := negatives || i;
    else
      positives := positives || i;
      everything := case when everything is null then one else everything || one end;
    end if;
    if not (term ->> 'subject')::boolean then
      lookups := lookups || jsonb_build_object(i, jsonb_build_object(
        'plain', true,
        'tags', array(
          select g.name from public.tags g
           where g.organization_id = organization and to_tsvector('pg_catalog.simple', g.name) @@ one
           order by g.name
           limit 50)));
    end if;
  end loop;
  if asked > 0 and cardinality(positives) = 0 then
    return query select 0, null::uuid, null::text[], 0, true;
    return;
  end if;

  filter := concat_ws(
    ' and ',
    't.organization_id = $1',
    case when not coalesce((query ->> 'deleted')::boolean and current_setting('app.role', true) = 'admin', false)
      then 't.deleted_at is null' end,
    case when cardinality(statuses) > 0 then 't.status_code = any ($3)' end,
    case when cardinality(ranks) > 0 then 't.priority_rank = any ($4)' end,
    nullif(array_to_string(tests, ' and '), ''));
  foreach i in array negatives loop
    filter := filter || ' and not ' || desk.term_test(i, lookups);
  end loop;

  -- By words a ticket takes longer to look at than by a condition.
  candidates := desk.narrow_tickets(
    organization, conditions, case when cardinality(positives) > 0 then 2000 else 40000 end);
  if cardinality(positives) > 0 and candidates is null then
    hits := '{}';
    -- How common each word is shows among the newest documents.
    execute 'select array[' || (select string_agg(format('count(*) filter (where d.search @@ $2[%s])', p.i), ', ' order by p.n)
        from unnest(positives) with ordinality as p (i, n))
      || ', count(*)] from (select s.search from desk.search_documents s where s.organization_id = $1'
      || ' order by s.place desc limit $3) as d'
      into counts using organization, terms, sampled;
    looked_at := counts[cardinality(counts)];
    driver := (select p.n from unnest(positives) with ordinality as p (i, n) order by counts[p.n], p.n limit 1);
    -- A word that nothing has may be a name that is almost right.
    for i in 1 .. cardinality(positives) loop
      if counts[i] = 0 and char_length(words[positives[i]]) >= 4
         and (looked_at < sampled or cardinality(desk.matching_tickets(organization, terms[positives[i]], 1)) = 0)
         and cardinality(desk.matching_customers(organization, terms[positives[i]], 1)) = 0
         and lookups #> array[positives[i]::text, 'tags'] = '[]'
      then
        lookups := lookups || jsonb_build_object(positives[i], jsonb_build_object(
          'customers', desk.similar_customers(organization, words[positives[i]], 50),
          'agents', desk.similar_agents(organization, words[positives[i]], 10)));
        driver := i;
      end if;
    end loop;
    rest := filter;
    for i in 1 .. cardinality(positives) loop
      if i <> driver then
        rest := rest || ' and ' || desk.term_test(positives[i], lookups);
      end if;
    end loop;
    driver := positives[driver];
    one := terms[driver];
    rest := 'select array(select h.id from unnest($6) with ordinality as h (id, n) join public.tickets t on t.id = h.id'
      ' where ' || rest || ' order by h.n)';

    -- First the tickets of people and tags, then those of documents.
    candidates := '{}';
    if lookups #> array[driver::text, 'customers'] is not null then
      candidates := array(
        select t.id from public.tickets t
         where t.organization_id = organization
           and t.customer_id = any (array(
             select e.v::uuid from jsonb_array_elements_text(lookups #> array[driver::text, 'customers']) as e (v)))
         order by t.last_activity_at desc
         limit chunk + 1);
      candidates := candidates || array(
        select t.id from public.tickets t
         where t.organization_id = organization
           and t.assigned_to = any (array(
             select e.v::uuid from jsonb_array_elements_text(lookups #> array[driver::text, 'agents']) as e (v)))
         order by t.last_activity_at desc
         limit chunk + 1);
      exhausted := cardinality(candidates) <= chunk;
    elsif lookups ? driver::text then
      customers := desk.matching_customers(organization, one, 501);
      if cardinality(customers) <= 500 then
        candidates := array(
          select t.id from public.tickets t
           where t.organization_id = organization and t.customer_id = any (customers)
           order by t.last_activity_at desc
           limit chunk + 1);
        exhausted := cardinality(candidates) <= chunk;
      else
        -- A name that many have is that of some of the newest tickets' customers.
        with newest as materialized (
          select t.id, t.customer_id, t.last_activity_at from public.tickets t
           where t.organization_id = organization
           order by t.last_activity_at desc
           limit 2 * sampled
        )
        select array(
                 select n.id from newest n
                   join public.customers c on c.organization_id = organization and c.id = n.customer_id
                  where c.search @@ one
                  order by n.last_activity_at desc),
               (select count(*) from newest) < 2 * sampled
          into candidates, exhausted;
      end if;
      candidates := candidates || array(
        select l.ticket_id
          from public.tags g
          join desk.ticket_tags l on l.organization_id = organization and l.tag_id = g.id
         where g.organization_id = organization
           and g.name = any (array(
             select e.v from jsonb_array_elements_text(lookups #> array[driver::text, 'tags']) as e (v)))
         limit chunk + 1);
      exhausted := exhausted and cardinality(candidates) <= chunk;
    end if;
    if cardinality(candidates) > 0 then
      execute rest into hits
        using organization, conditions, statuses, ranks, terms, candidates, null, null, null, null, null, lookups;
    end if;

    if lookups #> array[driver::text, 'customers'] is not null then
      null;
    elsif looked_at = sampled and counts[array_position(positives, driver)] * 100 < sampled then
      candidates := desk.matching_tickets(organization, one, 50000);
      i := 1;
      while i <= cardinality(candidates) and cardinality(hits) <= cap loop
        execute rest into found
          using organization, conditions, statuses, ranks, terms, candidates[i : i + chunk - 1], null, null, null, null,
                null, lookups;
        hits := hits || found;
        i := i + chunk;
      end loop;
      exhausted := exhausted and i > cardinality(candidates) and cardinality(candidates) < 25000;
    else
      step := 2 * sampled;
      budget := 32 * sampled;
      while budget > 0 and cardinality(hits) <= cap loop
        select n.tickets, n.lowest, n.looked_at into candidates, below, looked_at
          from desk.newest_matching(organization, one, below, step) as n;
        if cardinality(candidates) > 0 then
          execute rest into found
            using organization, conditions, statuses, ranks, terms, candidates, null, null, null, null, null, lookups;
          hits := hits || found;
        end if;
        at_end := looked_at < step;
        exit when at_end;
        budget := budget - step;
        step := least(budget, step * 2);
      end loop;
      exhausted := exhausted and at_end;
    end if;
    hits := array(
      select h.id from unnest(hits) with ordinality as h (id, n) group by h.id order by min(h.n) limit cap + 1);
    exhausted := exhausted and cardinality(hits) <= cap;
    hits := hits[1 : cap];
  elsif candidates is not null then
    foreach i in array positives loop
      filter := filter || ' and ' || desk.term_test(i, lookups);
    end loop;
    execute 'select array(select t.id from public.tickets t where t.id = any ($6) and ' || filter || ')'
      into hits using organization, conditions, statuses, ranks, terms, candidates, null, null, null, null, null, lookups;
  end if;

  -- Each order ends with the id; a position names the first row of a page.
  keys := case sort
    when 'activity' then 't.last_activity_at' when 'creation' then 't.created_at'
    when 'priority' then 't.priority_rank, t.last_activity_at' else 's.score' end;
  onwards := case when after is not null then format(
    '(%s, %s.id) %s (%s, $8[%s]::uuid)',
    keys, case sort when 'relevance' then 's' else 't' end, case when descending then '<=' else '>=' end,
    case sort when 'priority' then '$8[1]::smallint, $8[2]::timestamptz' when 'relevance' then '$8[1]::double precision'
      else '$8[1]::timestamptz' end,
    case sort when 'priority' then 3 else 2 end) end;
  ending := ' order by ' || replace(keys, ',', turn || ',') || turn || ', '
    || case sort when 'relevance' then 's' else 't' end || '.id' || turn || ' limit $7';

  if hits is not null then
    return query select 0, null::uuid, null::text[], least(cardinality(hits), counted), exhausted and cardinality(hits) <= counted;
    if sort = 'relevance' then
      -- How well the best document fits, or the customer whose name it is; less for what has long been quiet.
      source := '(select t.id, (greatest(coalesce((select max(ts_rank(''{0.1, 0.2, 0.4, 1.0}'', d.search, $9))'
        ' from desk.search_documents d where d.organization_id = $1 and d.ticket_id = t.id and d.search @@ $9), 0),'
        ' case when exists (select from public.customers c where c.organization_id = $1 and c.id = t.customer_id'
        ' and c.search @@ $9) then 0.5 else 0.01 end)'
        ' / (1 + extract(epoch from greatest($10 - t.last_activity_at, interval ''0'')) / 7776000))::double precision as score'
        ' from public.tickets t where t.organization_id = $1 and t.id = any ($6) offset 0) as s';
      page := 'select s.id, array[s.score::text, s.id::text] as place from ' || source
        || coalesce(' where ' || onwards, '') || ending;
    else
      page := 'select t.id, ' || desk.position_text(sort) || ' as place from public.tickets t'
        ' where t.organization_id = $1 and t.id = any ($6)' || coalesce(' and ' || onwards, '') || ending;
    end if;
  else
    if counted > 0 then
      execute 'select count(*) from (select from public.tickets t where ' || filter || ' limit $7) as c'
        into total using organization, conditions, statuses, ranks, terms, null, counted + 1, null, null, null, null, lookups;
    else
      total := 0;
    end if;
    return query select 0, null::uuid, null::text[], least(total, counted), total <= counted;
    -- One sort scan by the index of the order; or one for each of an agent's and a status's tickets, merged.
    agents := (
      select array(select e.v::uuid from jsonb_array_elements_text(c.value -> 'ids') as e (v))
        from jsonb_array_elements(conditions) as c (value)
       where c.value ->> 'by' = 'assignee' and c.value ? 'ids' and not (c.value ->> 'not')::boolean
         and not c.value -> 'any' @> '"none"'
       limit 1);
    page := 'select t.id, ' || desk.position_text(sort) || ' as place, ' || desk.sort_columns(sort)
      || ' from public.tickets t where ' || filter || coalesce(' and ' || onwards, '');
    if sort = 'activity' and (cardinality(statuses) > 0 or agents is not null) then
      page := 'select t.id, t.place from '
        || case when agents is not null then 'unnest($11) as a (id) cross join ' else '' end
        || 'unnest($13) as o (code) cross join lateral (' || page
        || case when agents is not null then ' and t.assigned_to = a.id' else '' end
        || ' and t.status_code = o.code' || ending || ') as t' || ending;
    elsif sort = 'priority' then
      page := 'select t.id, t.place from unnest($14) as o (rank) cross join lateral (' || page
        || ' and t.priority_rank = o.rank' || ending || ') as t' || ending;
    else
      page := 'select t.id, t.place from (' || page || ending || ') as t' || ending;
    end if;
  end if;
  if most <= 0 then
    return;
  end if;
  return query execute 'select (row_number() over ())::integer, p.id, p.place, null::integer, null::boolean from (' || page || ') as p'
    using organization, conditions, statuses, ranks, terms, hits, most + 1, after, everything, now, agents, lookups,
          case when cardinality(statuses) > 0 then statuses else '{open,pending,solved,closed}' end,
          case when cardinality(ranks) > 0 then ranks else '{1,2,3,4}' end;
end
$_$;


--
-- Name: follow_clerk_membership(jsonb, timestamp with time zone); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.follow_clerk_membership(event jsonb, changed_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  organization constant text := event #>> '{organization,id}';
  person constant text := event #>> '{user,id}';
  is_deleted constant boolean := (event ->> 'is_deleted')::boolean;
begin
  if not desk.note_clerk_object(organization, person, changed_at, is_deleted, null, null) then
    return false;
  end if;
  if is_deleted then
    perform desk.retire_agents(organization, person, changed_at);
    return true;
  end if;
  if desk.is_clerk_deleted(organization, person) then
    return false;
  end if;
  -- A membership tells of its organization, with a time of its own, and of its person, without one and not as much: so
  -- whatever an event about the person says counts as newer.
  perform desk.follow_clerk_organization(event, 'epoch'::timestamptz
    + coalesce((event #>> '{organization,at}')::bigint, 0) * interval '1 millisecond');
  insert into public.agent_profiles (clerk_user_id, organization_id, name, role)
  select person, g.id, person, event ->> 'role' from public.organizations g where g.clerk_id = organization
  on conflict on constraint agent_profiles_clerk_user_id_key do nothing;
  update public.agent_profiles a
     set role = event ->> 'role',
         deactivated_at = case when a.deactivated_at > follow_clerk_membership.changed_at then a.deactivated_at end
    from public.organizations g
   where g.clerk_id = organization and a.organization_id = g.id and a.clerk_user_id = person;
  if not desk.follow_clerk_user(event, changed_at - interval '1000 years') then
    perform desk.introduce_agents(person);
  end if;
  return true;
end
$$;


--
-- Name: follow_clerk_organization(jsonb, timestamp with time zone); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.follow_clerk_organization(event jsonb, changed_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  organization constant text := event #>> '{organization,id}';
  given constant text := left(coalesce(nullif(btrim(event #>> '{organization,name}'), ''), organization), 200);
  known text;
begin
  if (event ->> 'is_deleted')::boolean and event -> 'user' is null then
    if not desk.note_clerk_object(organization, '', changed_at, true, null, null) then
      return false;
    end if;
    perform desk.retire_agents(organization, '', changed_at);
    return true;
  end if;
  select o.name into known from desk.clerk_objects o where o.clerk_user_id = '' and o.clerk_id = organization;
  if not desk.note_clerk_object(organization, '', changed_at, false, given, null) then
    return false;
  end if;
  insert into public.organizations as o (clerk_id, name)
  values (organization, given)
  on conflict on constraint organizations_clerk_id_key do update
    set name = excluded.name where excluded.name is distinct from known and excluded.name <> o.name;
  return true;
end
$$;


--
-- Name: follow_clerk_user(jsonb, timestamp with time zone); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.follow_clerk_user(event jsonb, changed_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  person constant text := event #>> '{user,id}';
  given constant text := left(nullif(btrim(event #>> '{user,name}'), ''), 200);
  address text := desk.address(event #>> '{user,email}');
begin
  if (event ->> 'is_deleted')::boolean then
    if not desk.note_clerk_object('', person, changed_at, true, null, null) then
      return false;
    end if;
    update desk.clerk_objects o set name = null where o.clerk_user_id = person and o.name is not null;
    perform desk.retire_agents('', person, changed_at);
    return true;
  end if;
  if address !~ '^[^[:space:]@]+@[^[:space:]@]+$' or octet_length(address) > 320 then
    address := null;
  end if;
  if not desk.note_clerk_object('', person, changed_at, false, given, address) then
    return false;
  end if;
  perform desk.introduce_agents(person);
  return true;
end
$_$;


--
-- Name: follow_customer(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.follow_customer() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  customer record;
begin
  if tg_op = 'UPDATE' then
    new.customer_path := null;
  end if;
  loop
    select c.merged_into, c.erased_at into customer
      from public.customers c
     where c.organization_id = new.organization_id and c.id = new.customer_id
       for key share;
    if customer.erased_at is not null then
      perform desk.fail('DK423', 'rule', 'The customer was erased.', '/customer_id');
    end if;
    exit when customer.merged_into is null;
    new.customer_path := new.customer_path || new.customer_id;
    new.customer_id := customer.merged_into;
  end loop;
  return new;
end
$$;


--
-- Name: follow_ticket(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.follow_ticket(ticket uuid, agent uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if not exists (select from public.agent_profiles a where a.id = agent and a.deactivated_at is null) then
    perform desk.fail('DK422', 'invalid', 'agent_id is not an active agent of this organization.', '/agent_id');
  end if;
  delete from desk.ticket_followers f where f.ticket_id = ticket and f.agent_id = agent and f.merged_from is not null;
  insert into desk.ticket_followers (organization_id, ticket_id, agent_id)
  values (desk.current_organization(), ticket, agent)
  on conflict on constraint ticket_followers_pkey do nothing;
  if (select count(*) > 100 from desk.ticket_followers f where f.ticket_id = ticket) then
    perform desk.fail('DK423', 'rule', 'A ticket has at most 100 followers.');
  end if;
end
$$;


--
-- Name: follow_ups(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.follow_ups(organization uuid, ticket uuid) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  places uuid[] := '{}';
  place uuid := ticket;
begin
  loop
    place := (
      select f.id
        from public.tickets f
       where f.organization_id = organization and f.follow_up_of = place and f.deleted_at is null
       order by f.number desc
       limit 1
    );
    exit when place is null;
    places := places || desk.merge_way(organization, place);
    place := places[cardinality(places)];
    exit when (
      select t.status_code <> 'closed' from public.tickets t where t.organization_id = organization and t.id = place
    );
  end loop;
  return places;
end
$$;


--
-- Name: followers_changed(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.followers_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if tg_op = 'INSERT' then
    update public.tickets t
       set follower_ids = array_append(t.follower_ids, new.agent_id)
     where t.organization_id = new.organization_id and t.id = new.ticket_id;
  else
    update public.tickets t
       set follower_ids = array_remove(t.follower_ids, old.agent_id)
     where t.organization_id = old.organization_id and t.id = old.ticket_id;
  end if;
  return null;
end
$$;


--
-- Name: forget_answers(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.forget_answers(organization uuid, about uuid) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  forgotten integer;
begin
  update desk.idempotency_keys k
     set answer = null,
         params_hash = null
   where k.organization_id = organization
     and strpos(k.answer::text, about::text) > 0;
  get diagnostics forgotten = row_count;
  return forgotten;
end
$$;


--
-- Name: forget_answers(uuid, uuid[], text[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.forget_answers(organization uuid, about uuid[], named text[] DEFAULT '{}'::text[]) RETURNS integer
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  pattern constant text := desk.any_of_words(named);
  -- As the words stand in JSON, within others too: a tenth of the time, for all that name nobody.
  hint constant text := (
    select string_agg(regexp_replace(substr(j.word, 2, char_length(j.word) - 2), '([^[:alnum:][:space:]_])', '\\\1', 'g'), '|')
      from unnest(named) as u (word)
      cross join lateral (select to_json(u.word)::text) as j (word)
     where char_length(u.word) >= 2
  );
  forgotten integer;
begin
  update desk.idempotency_keys k
     set answer = null,
         params_hash = null
   where k.organization_id = organization
     and k.answer is not null
     and (
       case when cardinality(about) <= 8 then
         exists (select from unnest(about) as u (id) where strpos(k.answer::text, u.id::text) > 0)
       else
         exists (
           select from regexp_matches(k.answer::text, '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') as f (found)
            where f.found[1]::uuid = any (about)
         )
       end
       or k.answer::text ~* hint and desk.cover_person_in(k.answer, pattern) <> k.answer
     );
  get diagnostics forgotten = row_count;
  return forgotten;
end
$$;


--
-- Name: forget_clerk_events(interval); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.forget_clerk_events(age interval DEFAULT '90 days'::interval) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  events bigint;
  objects bigint;
begin
  delete from desk.clerk_events e where e.applied_at < now() - age;
  get diagnostics events = row_count;
  delete from desk.clerk_objects o
   where o.clerk_user_id <> ''
     and o.changed_at < now() - age
     and not exists (select from public.agent_profiles a where a.clerk_user_id = o.clerk_user_id);
  get diagnostics objects = row_count;
  return events + objects;
end
$$;


--
-- Name: forget_seals(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.forget_seals() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  delete from desk.audit_seals s where s.organization_id = old.id;
  return null;
end
$$;


--
-- Name: identified_customer(jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.identified_customer(identities jsonb) RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  organization constant uuid := desk.current_organization();
  one record;
  owner record;
  kept text;
  found_id uuid;
begin
  for one in
    select e.value ->> 'kind' as kind, e.value ->> 'value' as value, e.value ->> 'path' as path
      from jsonb_array_elements(identities) with ordinality as e (value, place)
     order by e.place
  loop
    -- One by one: in a join, row level security would read all identities before it called this function.
    kept := desk.identity_value(one.kind, one.value, one.path);
    select i.customer_id, c.deleted_at into owner
      from desk.customer_identities i
      join public.customers c on c.organization_id = i.organization_id and c.id = i.customer_id
     where i.organization_id = organization and i.kind = one.kind and i.value = kept;
    continue when not found;
    if owner.deleted_at is not null then
      perform desk.fail(
        'DK409', 'deleted',
        format('A deleted customer has this %s; restore them.',
               case when one.path like '%/email' then 'address' else 'identity' end),
        one.path, jsonb_build_object('id', owner.customer_id));
    end if;
    if found_id is not null and found_id <> owner.customer_id then
      perform desk.fail(
        'DK423', 'rule', 'These identities belong to different customers; customers.merge makes one of them.', one.path,
        jsonb_build_object('ids', jsonb_build_array(found_id, owner.customer_id)));
    end if;
    found_id := owner.customer_id;
  end loop;
  return found_id;
end
$$;


--
-- Name: identity_changed(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.identity_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  changed constant desk.customer_identities := case when tg_op = 'INSERT' then new else old end;
  now_others jsonb;
  one constant jsonb := jsonb_build_object('kind', changed.kind, 'value', changed.value);
  customer record;
begin
  update public.customers c
     set version = case when c.updated_at <> now() then c.version + 1 else c.version end,
         search = desk.customer_words(c.name, c.email, desk.identity_words(c.organization_id, c.id, null))
   where c.organization_id = changed.organization_id and c.id = changed.customer_id
  returning c.version into customer;
  -- It goes with its customer.
  if not found then
    return null;
  end if;
  now_others := coalesce(desk.other_identities(changed.organization_id, changed.customer_id), '[]');
  if jsonb_array_length(now_others) > 50 then
    perform desk.fail('DK423', 'rule', 'A customer has at most 50 identities beside the primary address.');
  end if;
  perform desk.write_audit(
    changed.organization_id, 'customer', changed.customer_id, customer.version, null, 'changed',
    jsonb_build_object('identities', case when tg_op = 'INSERT' then (
      select coalesce(jsonb_agg(e.value order by e.place), '[]')
        from jsonb_array_elements(now_others) with ordinality as e (value, place) where e.value <> one
    ) else now_others || one end),
    jsonb_build_object('identities', now_others));
  return null;
end
$$;


--
-- Name: identity_value(text, text, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.identity_value(kind text, value text, path text DEFAULT '/value'::text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  kept constant text := case when kind = 'email' then desk.address(value) else btrim(value) end;
begin
  if kept is null or kept = '' or octet_length(kept) > 320 then
    perform desk.fail('DK422', 'invalid', 'An identity has 1 to 320 bytes.', path);
  elsif kind = 'email' and kept !~ '^[^[:space:]@]+@[^[:space:]@]+$' then
    perform desk.fail('DK422', 'invalid', 'This is no email address.', path);
  elsif kind = 'chat' and kept !~ '^[a-z0-9_.-]{1,40}:[^[:space:]]' then
    perform desk.fail(
      'DK422', 'invalid', 'A handle of a chat stands after its network and a colon, such as telegram:@ana.', path);
  end if;
  return kept;
end
$_$;


--
-- Name: identity_words(uuid, uuid, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.identity_words(organization uuid, customer uuid, except_address text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
    select string_agg(i.value || ' ' || translate(i.value, '@.+-_:', '      '), ' ')
      from desk.customer_identities i
     where i.organization_id = organization and i.customer_id = customer
       and not (i.kind = 'email' and i.value is not distinct from except_address)
  );
end
$$;


--
-- Name: import_changes(uuid, desk.import_row[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.import_changes(organization uuid, todo desk.import_row[]) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
declare
  changed uuid[];
  addressed uuid[];
begin
  with written as (
    update public.customers c
       set name = coalesce(g.name, c.name), metadata = coalesce(g.metadata, c.metadata)
      from unnest(todo) as g
     where not g.is_new
       and c.organization_id = organization and c.id = g.id
       and (coalesce(g.name, c.name) <> c.name or coalesce(g.metadata, c.metadata) <> c.metadata)
    returning c.id
  )
  select coalesce(array_agg(w.id), '{}') into changed from written as w;
  -- A statement of its own: what names email in its SET fires that column's triggers for every row.
  with written as (
    update public.customers c
       set email = g.email
      from unnest(todo) as g
     where not g.is_new and g.email is not null
       and c.organization_id = organization and c.id = g.id and c.email is null
    returning c.id
  )
  select coalesce(array_agg(w.id), '{}') into addressed from written as w;
  return changed || addressed;
end
$$;


--
-- Name: import_contents(uuid, desk.import_value[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.import_contents(organization uuid, contents desk.import_value[]) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
declare
  changed uuid[];
begin
  with removed as (
    delete from public.customer_field_values v
     using unnest(contents) as w
     where w.content is null and not w.is_new
       and v.customer_id = w.customer_id and v.field_id = w.field_id
    returning v.customer_id
  ),
  updated as (
    update public.customer_field_values v
       set value = w.content
      from unnest(contents) as w
     where w.content is not null and not w.is_new
       and v.customer_id = w.customer_id and v.field_id = w.field_id and v.value <> w.content
    returning v.customer_id
  ),
  inserted as (
    insert into public.customer_field_values as v (organization_id, customer_id, field_id, value)
    select organization, w.customer_id, w.field_id, w.content
      from unnest(contents) as w
     where w.content is not null
       and (w.is_new or not exists (
         select from public.customer_field_values o where o.customer_id = w.customer_id and o.field_id = w.field_id
       ))
    returning v.customer_id
  )
  select array_agg(distinct c.customer_id) into changed
    from (
      select r.customer_id from removed as r
      union all
      select u.customer_id from updated as u
      union all
      select i.customer_id from inserted as i
    ) as c;
  return coalesce(changed, '{}');
end
$$;


--
-- Name: import_customers(json, text, boolean); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.import_customers(rows json, on_conflict text, is_suspect boolean) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  organization constant uuid := desk.current_organization();
  given desk.import_row[];
  contents desk.import_value[];
  turns integer;
  -- Those of a turn that are not done, and whom they find.
  todo desk.import_row[];
  there desk.import_match[];
  defaults constant desk.import_value[] := array(
    select row(
             null, null, true, f.id, f.is_required,
             desk.check_field_value(f.field_type, f.options, f.default_value), null, null, null)::desk.import_value
      from public.customer_fields f
     where f.organization_id = organization and f.default_value is not null);
  kept uuid[];
  changed uuid[];
  created integer := 0;
  updated integer := 0;
  skipped integer := 0;
  done integer := 0;
  failed desk.import_row[];
  -- Whether a row has more than an address.
  is_keyed boolean;
  -- How often those of a turn were looked for.
  looks integer;
begin
  if json_array_length(rows) > 5000 then
    perform desk.fail('DK422', 'invalid', 'A part has at most 5,000 rows.', '/rows');
  end if;
  given := array(
    select desk.import_row(e.n::integer - 1, e.value, is_suspect)
      from json_array_elements(rows) with ordinality as e (value, n)
     order by e.n);
  contents := desk.import_values(organization, given);
  given := array(
    select case
             when f.n is null then g
             else row(g.n, null, null, null, g.name, g.email, g.metadata, g.fields, f.kind, f.path, f.message, g.keys)::desk.import_row
           end
      from unnest(given) as g
      left join (
        select distinct on (v.n) v.n, v.kind, v.path, v.message
          from unnest(contents) as v
         where v.message is not null
         order by v.n, v.path
      ) as f on f.n = g.n
     order by g.n);
  failed := array(select g from unnest(given) as g where g.kind is not null);
  given := array(select g from unnest(given) as g where g.kind is null);
  there := desk.import_there(organization, given);
  given := desk.import_turns(given, there);
  failed := failed || array(select g from unnest(given) as g where g.kind is not null);
  turns := (select max(g.turn) from unnest(given) as g where g.kind is null);
  is_keyed := exists (
    select from unnest(given) as g
     where g.kind is null and (cardinality(g.keys) > 1 or g.keys[1].kind <> 'email'));

  for step in 1 .. coalesce(turns, 0) loop
    todo := array(select g from unnest(given) as g where g.turn = step);
    looks := 0;
    while cardinality(todo) > 0 loop
      looks := looks + 1;
      if looks > 10 then
        raise exception 'others make and delete customers of these addresses all the time' using errcode = '40001';
      end if;
      if there is null then
        there := desk.import_there(organization, todo);
        -- Nobody knew that rows of a turn are of one customer when turns were counted: the whole part is tried again.
        if exists (
          select from (
              select (array_agg(t.id))[1] as id from unnest(there) as t group by t.n having count(distinct t.id) = 1
            ) as f
           group by f.id
          having count(*) > 1
        ) then
          raise exception 'a customer of several rows was made meanwhile' using errcode = '40001';
        end if;
      end if;
      todo := desk.import_match(organization, todo, there, contents, on_conflict);
      there := null;
      failed := failed || array(select g from unnest(todo) as g where g.kind is not null);
      skipped := skipped + (
        select count(*) from unnest(todo) as g where g.kind is null and not g.is_new and on_conflict = 'skip');
      todo := array(
        select g from unnest(todo) as g where g.kind is null and (g.is_new or on_conflict = 'update'));

      with inserted as (
        insert into public.customers as c (id, organization_id, email, name, metadata)
        select g.id, organization, g.email, coalesce(g.name, left(g.keys[1].value, 200)), coalesce(g.metadata, '{}')
          from unnest(todo) as g
         where g.is_new
         order by g.email, g.n
        on conflict on constraint customers_email_key do nothing
        returning c.id
      )
      select coalesce(array_agg(i.id), '{}') into kept from inserted as i;
      created := created + cardinality(kept);

      changed := desk.import_changes(organization, todo);
      if is_keyed then
        changed := changed || desk.import_identities(
          organization,
          array(
            select g from unnest(todo) as g left join unnest(kept) as k (id) on k.id = g.id
             where not g.is_new or k.id is not null));
      end if;
      if contents is not null or cardinality(defaults) > 0 and cardinality(kept) > 0 then
        changed := changed || desk.import_contents(
          organization,
          array(
            select row(v.n, g.id, g.is_new, v.field_id, v.is_required, v.content, null, null, null)::desk.import_value
              from unnest(todo) as g
              join unnest(contents) as v on v.n = g.n
              left join unnest(kept) as k (id) on k.id = g.id
             where not g.is_new or k.id is not null
             union all
            select row(g.n, g.id, true, d.field_id, d.is_required, d.content, null, null, null)::desk.import_value
              from unnest(todo) as g
              join unnest(kept) as k (id) on k.id = g.id
             cross join unnest(defaults) as d
              left join unnest(contents) as v on v.n = g.n and v.field_id = d.field_id
             where v.n is null));
      end if;
      done := done + (select count(*) from unnest(todo) as g where not g.is_new);
      updated := updated + (
        select count(distinct c.id) from unnest(changed) as c (id) join unnest(todo) as g on g.id = c.id and not g.is_new);

      -- Somebody else has made a customer of that address meanwhile.
      todo := array(
        select row(
                 g.n, g.turn, null, null, g.name, g.email, g.metadata, g.fields, null, null, null, g.keys)::desk.import_row
          from unnest(todo) as g
          left join unnest(kept) as k (id) on k.id = g.id
         where g.is_new and k.id is null);
    end loop;
  end loop;

  return jsonb_build_object(
    'rows', json_array_length(rows), 'created', created, 'updated', updated, 'unchanged', done - updated,
    'skipped', skipped, 'failed', cardinality(failed),
    'errors', (
      select coalesce(
               jsonb_agg(
                 jsonb_build_object(
                   'row', f.n, 'kind', f.kind, 'path', '/rows/' || f.n || f.path, 'message', f.message)
                 order by f.n),
               '[]')
        from unnest(failed) as f
    ));
end
$$;


--
-- Name: import_excess(desk.import_row, text, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.import_excess(given desk.import_row, path text, word text) RETURNS desk.import_row
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ROW((given).n, NULL::integer, NULL::uuid, NULL::boolean, NULL::text, NULL::text, NULL::jsonb, NULL::jsonb, 'invalid_params'::text, path, format('A part has at most 100 rows of one %s.'::text, word), NULL::desk.import_key[])::desk.import_row;


--
-- Name: import_identities(uuid, desk.import_row[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.import_identities(organization uuid, todo desk.import_row[]) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
declare
  changed uuid[];
begin
  with inserted as (
    insert into desk.customer_identities as i (organization_id, kind, value, customer_id)
    select organization, k.kind, k.value, g.id
      from unnest(todo) as g
     cross join lateral unnest(g.keys) as k
     order by k.kind, k.value
    on conflict on constraint customer_identities_pkey do nothing
    returning i.customer_id
  )
  select coalesce(array_agg(distinct i.customer_id), '{}') into changed from inserted as i;
  -- Somebody else got one of them meanwhile: the whole part is tried again.
  if exists (
    select from unnest(todo) as g
     cross join lateral unnest(g.keys) as k
     cross join lateral (
       select i.customer_id
         from desk.customer_identities i
        where i.organization_id = organization and i.kind = k.kind and i.value = k.value
        limit 1
     ) as i
     where i.customer_id <> g.id
  ) then
    raise exception 'an identity was given to somebody else meanwhile' using errcode = '40001';
  end if;
  return changed;
end
$$;


--
-- Name: import_key(jsonb, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.import_key(given jsonb, path text) RETURNS desk.import_key
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  key desk.import_key;
begin
  key.path := import_key.path;
  if jsonb_typeof(given) <> 'object' or jsonb_typeof(given -> 'value') is distinct from 'string'
    or given ->> 'kind' is null or given ->> 'kind' not in ('email', 'external_id', 'chat')
    or given - array['kind', 'value', 'is_primary', 'created_at'] <> '{}' then
    key.value := 'An identity has a kind (email, external_id or chat) and a value.';
    return key;
  end if;
  key.path := key.path || '/value';
  begin
    key.value := desk.identity_value(given ->> 'kind', given ->> 'value', key.path);
    key.kind := given ->> 'kind';
  exception when sqlstate 'DK422' then
    get stacked diagnostics key.value = message_text;
  end;
  return key;
end
$$;


--
-- Name: import_match(uuid, desk.import_row[], desk.import_match[], desk.import_value[], text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.import_match(organization uuid, todo desk.import_row[], there desk.import_match[], contents desk.import_value[], on_conflict text) RETURNS desk.import_row[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  required constant public.customer_fields[] := array(
    select f from public.customer_fields f
     where f.organization_id = organization and f.is_required
     order by f.position, f.field_name);
  -- The first that was found for each row, and what is wrong with that.
  owners desk.import_row[];
  absent desk.import_value[];
begin
  owners := array(
    select row(
             f.n, null, f.id, false, null, null, null, null, p.kind, p.path, p.message, null)::desk.import_row
      from (select distinct on (t.n) t.n, t.path, t.id, t.deleted_at from unnest(there) as t order by t.n, t.place) as f
      left join (
        select distinct on (t.n) t.n, t.path, t.id from unnest(there) as t join (
            select distinct on (o.n) o.n, o.id from unnest(there) as o order by o.n, o.place
          ) as o on o.n = t.n and o.id <> t.id
         order by t.n, t.place
      ) as s on s.n = f.n
     cross join lateral (
       select case when f.deleted_at is not null then 'deleted'
                when s.n is not null or on_conflict = 'error' then 'already_exists' end as kind,
              case when f.deleted_at is null and s.n is not null then s.path else f.path end as path,
              case
                when f.deleted_at is not null then
                  format('A deleted customer has this %s; restore them.', desk.import_word(f.path))
                when s.n is not null then
                  'These identities belong to different customers; customers.merge makes one of them.'
                else format('A customer with this %s exists.', desk.import_word(f.path))
              end as message
     ) as p);
  if exists (select from unnest(todo) as g where cardinality(g.keys) > 1 or g.keys[1].kind <> 'email') then
    owners := desk.import_room(organization, owners, todo, there);
  end if;
  if cardinality(required) > 0 then
    absent := array(
      select distinct on (g.n)
             row(
               g.n, null, null, f.id, true, null, 'invalid', '/fields/' || desk.pointer(f.field_name), 'This field is required.'
             )::desk.import_value
        from unnest(todo) as g
       cross join unnest(required) with ordinality as f
        left join unnest(owners) as c on c.n = g.n
        left join unnest(contents) as v on v.n = g.n and v.field_id = f.id and v.content is not null
        left join (
          select k.customer_id, k.field_id
            from public.customer_field_values k
           where k.customer_id = any (array(select t.id from unnest(there) as t))
        ) as k on k.customer_id = c.id and k.field_id = f.id
       where v.n is null
         and case when c.id is null
               -- Without being named it has its default.
               then f.default_value is null or coalesce(g.fields, '{}') ? f.field_name
               else on_conflict = 'update' and g.fields is not null and k.customer_id is null
             end
       order by g.n, f.ordinality);
  end if;
  return array(
    select case
             when c.kind is not null then
               row(g.n, g.turn, c.id, false, null, null, null, null, c.kind, c.path, c.message, null)::desk.import_row
             else
               row(g.n, g.turn, coalesce(c.id, desk.uuid_v7()), c.id is null, g.name, g.email, g.metadata, g.fields,
                 a.kind, a.path, a.message, g.keys)::desk.import_row
           end
      from unnest(todo) as g
      left join unnest(owners) as c on c.n = g.n
      left join unnest(absent) as a on a.n = g.n);
end
$$;


--
-- Name: import_room(uuid, desk.import_row[], desk.import_row[], desk.import_match[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.import_room(organization uuid, owners desk.import_row[], todo desk.import_row[], there desk.import_match[]) RETURNS desk.import_row[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  full_ones constant integer[] := array(
    select g.n
      from (
        select t.n, t.email, o.id, cardinality(t.keys) - coalesce(f.finds, 0) as lacking
          from unnest(todo) as t
          left join unnest(owners) as o on o.n = t.n
          left join (select h.n, count(*) as finds from unnest(there) as h group by h.n) as f on f.n = t.n
         where o.kind is null
      ) as g
     cross join lateral (
       select count(*) as there,
              (select c.email from public.customers c where c.organization_id = organization and c.id = g.id) as email
         from desk.customer_identities i
        where i.organization_id = organization and i.customer_id = g.id
     ) as c
     where g.lacking > 0 and c.there + g.lacking > 50 + (coalesce(c.email, g.email) is not null)::integer);
begin
  return array(
    select o from unnest(owners) as o left join unnest(full_ones) as f (n) on f.n = o.n where f.n is null
     union all
    select row(f.n, null, null, false, null, null, null, null, 'invalid', '/identities',
             'A customer has at most 50 identities beside the primary address.', null)::desk.import_row
      from unnest(full_ones) as f (n));
end
$$;


--
-- Name: import_row(integer, json, boolean); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.import_row(n integer, given json, is_suspect boolean) RETURNS desk.import_row
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  r desk.import_row;
  content jsonb;
  identities jsonb;
  one record;
  key desk.import_key;
begin
  r.n := n;
  r.kind := 'invalid_params';
  r.path := '';
  if json_typeof(given) <> 'object' then
    r.message := 'A row is an object.';
    return r;
  end if;
  if is_suspect and given::text ~ '(^|[^\\])(\\\\)*\\u0000' then
    r.message := 'A row must not contain U+0000.';
    return r;
  end if;
  content := given;
  if is_suspect
    and content @? '$.** ? (@.type() == "number" && (@ > 1.7976931348623157e308 || @ < -1.7976931348623157e308))' then
    r.message := 'A row must not contain numbers beyond the range of a double.';
    return r;
  end if;
  r.name := content ->> 'name';
  r.email := desk.address(content ->> 'email');
  r.metadata := nullif(content -> 'metadata', 'null');
  r.fields := nullif(content -> 'fields', 'null');
  identities := nullif(content -> 'identities', 'null');
  if content - array[
      'name', 'email', 'metadata', 'fields', 'id', 'version', 'created_at', 'updated_at', 'deleted_at', 'deleted_by',
      'identities', 'blocked_at', 'blocked_by', 'block_reason', 'merged_into', 'erased_at'
    ] <> '{}' then
    r.path := '/' || desk.pointer((
      select min(k.name)
        from jsonb_object_keys(content - array[
          'name', 'email', 'metadata', 'fields', 'id', 'version', 'created_at', 'updated_at', 'deleted_at', 'deleted_by',
          'identities', 'blocked_at', 'blocked_by', 'block_reason', 'merged_into', 'erased_at'
        ]) as k (name)));
    r.message := 'A row has no such member.';
  elsif r.name is not null and (
      jsonb_typeof(content -> 'name') <> 'string' or char_length(r.name) not between 1 and 200 or r.name !~ '\S') then
    r.path := '/name';
    r.message := 'A name is a string of 1 to 200 characters, not blank.';
  elsif content ->> 'email' is not null and (
      jsonb_typeof(content -> 'email') <> 'string' or coalesce(octet_length(r.email), 0) not between 1 and 320
      or r.email !~ '^[^[:space:]@]+@[^[:space:]@]+$' or r.email ~ '[\x01-\x20\x7f]') then
    r.path := '/email';
    r.message := 'An email address has one @, no spaces and at most 320 bytes.';
  elsif jsonb_typeof(identities) <> 'array' or jsonb_array_length(identities) > 51 then
    r.path := '/identities';
    r.message := 'Identities are a list of at most 51.';
  elsif r.name is null and r.email is null and coalesce(identities, '[]') = '[]' then
    r.message := 'A row has a name, an email address or identities.';
  elsif jsonb_typeof(r.metadata) <> 'object' or octet_length(r.metadata::text) > 65536 then
    r.path := '/metadata';
    r.message := 'Metadata is an object of at most 64 KiB.';
  elsif jsonb_typeof(r.fields) <> 'object' then
    r.path := '/fields';
    r.message := 'Fields are an object of values by field name.';
  else
    r.kind := null;
    r.path := null;
    if r.email is not null then
      r.keys := array[row('email', r.email, '/email')::desk.import_key];
    end if;
    for one in
      select e.value, '/identities/' || e.n - 1 as path from jsonb_array_elements(identities) with ordinality as e (value, n)
    loop
      key := desk.import_key(one.value, one.path);
      if key.kind is null then
        r.kind := 'invalid_params';
        r.path := key.path;
        r.message := key.value;
        return r;
      end if;
      continue when exists (select from unnest(r.keys) as k where k.kind = key.kind and k.value = key.value);
      if key.kind = 'email' and r.email is null then
        r.email := key.value;
        r.keys := key || r.keys;
      else
        r.keys := r.keys || key;
      end if;
    end loop;
  end if;
  return r;
end
$_$;


--
-- Name: import_there(uuid, desk.import_row[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.import_there(organization uuid, todo desk.import_row[]) RETURNS desk.import_match[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
declare
  finds constant desk.import_match[] := array(
    select row(g.n, k.place, k.path, i.customer_id, null)::desk.import_match
      from unnest(todo) as g
     cross join lateral unnest(g.keys) with ordinality as k (kind, value, path, place)
     cross join lateral (
       select i.customer_id
         from desk.customer_identities i
        where i.organization_id = organization and i.kind = k.kind and i.value = k.value
        limit 1
     ) as i);
begin
  return array(
    select row(f.n, f.place, f.path, c.id, c.deleted_at)::desk.import_match
      from (select f.n, f.place, f.path, f.id from unnest(finds) as f order by f.id) as f
     cross join lateral (
       select c.id, c.deleted_at
         from public.customers c
        where c.organization_id = organization and c.id = f.id
          for no key update of c
     ) as c);
end
$$;


--
-- Name: import_turns(desk.import_row[], desk.import_match[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.import_turns(given desk.import_row[], there desk.import_match[]) RETURNS desk.import_row[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  -- By the number of a row, from 1: an earlier one of the same customer, or itself; at last the first one.
  heads integer[] := array(select g.place from generate_series(1, (select max(t.n) + 1 from unnest(given) as t)) as g (place));
  tie record;
  one integer;
  other integer;
begin
  given := array(
    select case when f.n is null then g else desk.import_excess(g, f.path, desk.import_word(f.path)) end
      from unnest(given) as g
      left join (
        select distinct on (p.n) p.n, p.path
          from (
            select t.n, k.path, k.place,
                   row_number() over (partition by k.kind collate "C", k.value collate "C" order by t.n) as turn
              from unnest(given) as t
             cross join lateral unnest(t.keys) with ordinality as k (kind, value, path, place)
          ) as p
         where p.turn > 100
         order by p.n, p.place
      ) as f on f.n = g.n);
  for tie in
    with finds as (
      select distinct t.n, t.id from unnest(there) as t
    ),
    -- Who finds several customers is refused, and ties nothing.
    bound as (
      select g.n, g.keys
        from unnest(given) as g
        left join (select f.n from finds as f group by f.n having count(*) > 1) as s on s.n = g.n
       where g.kind is null and s.n is null
    )
    select t.n + 1 as place, t.head + 1 as head
      from (
        select k.n, min(k.n) over (partition by k.kind, k.value) as head
          from (
            select b.n, k.kind collate "C" as kind, k.value collate "C" as value
              from bound as b
             cross join lateral unnest(b.keys) as k
            union all
            select b.n, 'customer', f.id::text from bound as b join finds as f on f.n = b.n
          ) as k
      ) as t
     where t.head < t.n
  loop
    one := tie.place;
    while heads[one] <> one loop
      heads[one] := heads[heads[one]];
      one := heads[one];
    end loop;
    other := tie.head;
    while heads[other] <> other loop
      heads[other] := heads[heads[other]];
      other := heads[other];
    end loop;
    heads[greatest(one, other)] := least(one, other);
  end loop;
  for place in 1 .. cardinality(heads) loop
    heads[place] := heads[heads[place]];
  end loop;
  return array(
    select case
             when g.kind is not null then g
             when t.turn > 100 then desk.import_excess(g, g.keys[1].path, 'customer')
             else row(g.n, t.turn, null, null, g.name, g.email, g.metadata, g.fields, null, null, null, g.keys)::desk.import_row
           end
      from unnest(given) as g
      left join (
        select o.n, row_number() over (partition by heads[o.n + 1] order by o.n) as turn
          from unnest(given) as o
         where o.kind is null
      ) as t on t.n = g.n);
end
$$;


--
-- Name: import_value(integer, public.customer_fields, text, jsonb, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.import_value(n integer, field public.customer_fields, name text, value jsonb, current text) RETURNS desk.import_value
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v desk.import_value;
begin
  v.n := n;
  v.field_id := field.id;
  v.is_required := field.is_required;
  v.kind := 'invalid';
  v.path := '/fields/' || desk.pointer(name);
  if field.id is null then
    v.message := 'There is no field of that name.';
  elsif value = 'null' then
    v.message := case when field.is_required then 'This field is required.' end;
  else
    begin
      v.content := desk.check_field(field, value, current, v.path);
      v.message := case when field.is_required and v.content in ('', '[]') then 'This field may not be empty.' end;
    exception when sqlstate 'DK422' then
      get stacked diagnostics v.message = message_text;
    end;
  end if;
  return v;
end
$$;


--
-- Name: import_values(uuid, desk.import_row[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.import_values(organization uuid, given desk.import_row[]) RETURNS desk.import_value[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if not exists (select from unnest(given) as g where g.kind is null and g.fields <> '{}') then
    return null;
  end if;
  return array(
    select desk.import_value(
             g.n, f, e.key, e.value,
             case when coalesce(f.retired_options, f.minimum, f.maximum, to_jsonb(f.pattern)) is not null then (
               select v.value
                 from unnest(g.keys) as k
                cross join lateral (
                  select i.customer_id
                    from desk.customer_identities i
                   where i.organization_id = organization and i.kind = k.kind and i.value = k.value
                   limit 1
                ) as i
                 join public.customer_field_values v
                   on v.organization_id = organization and v.customer_id = i.customer_id and v.field_id = f.id
                limit 1
             ) end)
      from unnest(given) as g
     cross join lateral jsonb_each(g.fields) as e (key, value)
      left join public.customer_fields f on f.organization_id = organization and f.field_name = e.key
     where g.kind is null);
end
$$;


--
-- Name: import_word(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.import_word(path text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (path = '/email'::text) THEN 'address'::text ELSE 'identity'::text END;


--
-- Name: inherited_from(uuid, uuid[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.inherited_from(organization uuid, tickets uuid[]) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return array(
    with recursive heirs (id) as (
      select u.id from unnest(tickets) as u (id)
       union
      select t.id
        from heirs h
        join public.tickets t on t.organization_id = organization and (t.split_from = h.id or t.follow_up_of = h.id)
    )
    select h.id from heirs h where h.id <> all (tickets)
  );
end
$$;


--
-- Name: introduce_agents(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.introduce_agents(person text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  facts record;
  agent record;
begin
  select o.name, o.email, o.changed_at into facts
    from desk.clerk_objects o
   where o.clerk_user_id = person and o.clerk_id = '' and not o.is_deleted;
  for agent in
    select a.id, a.organization_id, a.name, a.email, g.clerk_id, m.name as given
      from public.agent_profiles a
      join public.organizations g on g.id = a.organization_id
      left join desk.clerk_objects m on m.clerk_user_id = a.clerk_user_id and m.clerk_id = g.clerk_id
     where a.clerk_user_id = person
  loop
    -- A name that is the person's id is there only for want of a better one.
    if facts.name is not null and (facts.name is distinct from agent.given or agent.name = person) then
      update public.agent_profiles a set name = facts.name where a.id = agent.id and a.name <> facts.name;
      insert into desk.clerk_objects as o (clerk_user_id, clerk_id, changed_at, name)
      values (person, agent.clerk_id, 'epoch', facts.name)
      on conflict on constraint clerk_objects_pkey do update set name = excluded.name;
    end if;
    if facts.email is not null and facts.email is distinct from agent.email then
      -- Clerk gives an address to one person at a time: of two, the one with the older news no longer has it.
      update public.agent_profiles a set email = null
       where a.organization_id = agent.organization_id
         and a.email = facts.email
         and not exists (
           select from desk.clerk_objects o
            where o.clerk_user_id = a.clerk_user_id and o.clerk_id = '' and not o.is_deleted
              and o.changed_at > facts.changed_at
         );
      update public.agent_profiles a set email = facts.email
       where a.id = agent.id
         and not exists (
           select from public.agent_profiles h
            where h.organization_id = agent.organization_id and h.email = facts.email
         );
    end if;
  end loop;
end
$$;


--
-- Name: is_clerk_deleted(text, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.is_clerk_deleted(organization text, person text) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return exists (
    select from desk.clerk_objects o
     where (o.clerk_user_id, o.clerk_id) in (('', organization), (person, ''), (person, organization))
       and o.is_deleted
  );
end
$$;


--
-- Name: is_reported(text, smallint, text, uuid, smallint, text[], boolean); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.is_reported(only_agent text, only_priority smallint, only_tag text, assigned_to uuid, priority_rank smallint, tags text[], is_counted boolean) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (is_counted AND ((only_agent IS NULL) OR CASE only_agent WHEN 'none'::text THEN (assigned_to IS NULL) ELSE (assigned_to = (only_agent)::uuid) END) AND ((only_priority IS NULL) OR (priority_rank = only_priority)) AND ((only_tag IS NULL) OR (only_tag = ANY (tags))));


--
-- Name: is_search_language(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.is_search_language(language text) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN (EXISTS (SELECT FROM pg_ts_config c WHERE ((c.cfgname = is_search_language.language) AND (c.cfgnamespace = ('pg_catalog'::regnamespace)::oid))));


--
-- Name: join_ticket(uuid, uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.join_ticket(organization uuid, source uuid, target uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  before constant uuid[] := array(
    select k.tag_id from desk.ticket_tags k where k.organization_id = organization and k.ticket_id = target
  );
begin
  insert into desk.ticket_followers (organization_id, ticket_id, agent_id, merged_from)
  select organization, target, s.agent_id, source
    from desk.ticket_followers s
   where s.organization_id = organization and s.ticket_id = source
     and not exists (
       select from desk.ticket_followers f
        where f.organization_id = organization and f.ticket_id = target and f.agent_id = s.agent_id
     )
   order by s.created_at
   limit 100 - (
     select count(*) from desk.ticket_followers f where f.organization_id = organization and f.ticket_id = target
   );
  update public.tickets t
     set tags = t.tags || j.tags
    from (
      select array(
               select u.name
                 from unnest(s.tags) as u (name)
                where u.name <> all (g.tags)
                limit 100 - cardinality(g.tags)
             ) as tags
        from public.tickets s, public.tickets g
       where s.organization_id = organization and s.id = source
         and g.organization_id = organization and g.id = target
    ) as j
   where t.organization_id = organization and t.id = target and j.tags <> '{}';
  update desk.ticket_tags k
     set merged_from = source
   where k.organization_id = organization and k.ticket_id = target and k.tag_id <> all (before);
end
$$;


--
-- Name: keep_activity(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_activity() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if new.last_activity_at <> old.last_activity_at or new.last_reply_at is distinct from old.last_reply_at
     or new.first_reply_at is distinct from old.first_reply_at
  then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;


--
-- Name: keep_agent(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_agent() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.email := desk.address(new.email);
  return new;
end
$$;


--
-- Name: keep_assignee(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_assignee() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if pg_trigger_depth() = 1 then
    perform desk.fail('DK423', 'rule', 'A solved ticket has an assignee.', '/assigned_to');
  end if;
  return new;
end
$$;


--
-- Name: keep_block(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_block() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if new.blocked_at is null then
    new.blocked_by := null;
    new.block_reason := null;
  elsif old.blocked_at is not null then
    new.blocked_at := old.blocked_at;
  else
    new.blocked_at := now();
    new.blocked_by := desk.current_agent();
  end if;
  return new;
end
$$;


--
-- Name: keep_customer(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_customer() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  others text;
begin
  new.email := desk.address(new.email);
  new.name := coalesce(nullif(btrim(new.name), ''), left(new.email, 200));
  if new.name is null then
    perform desk.fail('DK422', 'invalid', 'A customer has a name or an email address.', '/name');
  end if;
  if tg_op = 'UPDATE' then
    -- An address that another one replaces is still there; that of who has the new one already stays.
    others := desk.identity_words(
      new.organization_id, new.id,
      case when new.email is distinct from old.email and not exists (
        select from desk.customer_identities i
         where i.organization_id = new.organization_id and i.kind = 'email' and i.value = new.email
           and i.customer_id = new.id
      ) then old.email end);
  end if;
  new.search := desk.customer_words(new.name, new.email, others);
  return new;
end
$$;


--
-- Name: keep_customer_row(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_customer_row() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.updated_at := old.updated_at;
  old.search := new.search;
  if new is distinct from old then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;


--
-- Name: keep_deletion(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_deletion() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if tg_table_name <> 'macros' then
    perform desk.require_admin();
  end if;
  new.deleted_at := case when new.deleted_at is not null then now() end;
  new.deleted_by := case when new.deleted_at is not null then desk.current_agent() end;
  if new.deleted_at is not null and tg_table_name = 'customers' then
    perform from public.tickets t
      where t.organization_id = new.organization_id
        and t.id = any (array(
          select o.id from public.tickets o where o.organization_id = new.organization_id and o.customer_id = new.id
          union
          select h.id from unnest(desk.tickets_held(new.organization_id, new.id)) as h (id)
        ))
      order by t.id
        for no key update;
    -- Waits for whoever is adding a ticket: a foreign key's lock conflicts with this one only.
    perform from public.customers c where c.organization_id = new.organization_id and c.id = new.id for update;
  end if;
  return new;
end
$$;


--
-- Name: keep_document(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_document() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.language := coalesce(
    (select o.search_language from public.organizations o where o.id = new.organization_id), 'simple');
  if new.language <> 'simple' then
    new.search := desk.document_vector(new.organization_id, new.ticket_id, new.source_id, new.language);
  end if;
  if new.source_id = new.ticket_id then
    new.search := setweight(new.search, 'A');
  end if;
  return new;
end
$$;


--
-- Name: keep_email_account(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_email_account() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.email_address := coalesce(desk.address(new.email_address), '');
  return new;
end
$$;


--
-- Name: keep_field(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_field() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  bound record;
  canonical text;
begin
  if not desk.valid_field_options(new.field_type, new.options) then
    perform desk.fail(
      'DK422', 'invalid',
      case when new.field_type in ('select', 'multiselect')
        then format('A %s field takes 1 to 200 different options of 1 to 200 characters.', new.field_type)
        else format('A %s field takes no options.', new.field_type)
      end,
      '/options');
  end if;
  new.retired_options := nullif(new.retired_options, '[]');
  if new.retired_options is not null
     and (new.options is null or not desk.valid_field_options(new.field_type, new.options || new.retired_options)) then
    perform desk.fail(
      'DK422', 'invalid', 'Retired options are others than the options, 200 together with them, of a field that has options.',
      '/retired_options');
  end if;
  if new.pattern is not null then
    if new.field_type <> 'text' then
      perform desk.fail('DK422', 'invalid', 'Only a text field takes a pattern.', '/pattern');
    end if;
    begin
      perform '' ~ ('^(?:' || new.pattern || ')$');
    exception when invalid_regular_expression then
      perform desk.fail('DK422', 'invalid', 'This is no regular expression.', '/pattern');
    end;
  end if;
  for bound in
    select b.value, b.path from (values (new.minimum, '/minimum'), (new.maximum, '/maximum')) as b (value, path)
     where b.value is not null
  loop
    if new.field_type not in ('number', 'date') then
      perform desk.fail('DK422', 'invalid', 'Only fields of numbers and dates have a range.', bound.path);
    end if;
    perform desk.check_field_value(new.field_type, null, bound.value, bound.path);
  end loop;
  if new.minimum is not null then
    perform desk.check_field_rules(new.field_type, null, null, new.maximum, new.minimum #>> '{}', '/minimum');
  end if;
  if new.default_value is not null then
    canonical := desk.check_field_value(new.field_type, new.options, new.default_value, '/default_value');
    perform desk.check_field_rules(
      new.field_type, new.pattern, new.minimum, new.maximum, canonical, '/default_value');
    new.default_value := desk.field_value(new.field_type, canonical);
  end if;
  if tg_op = 'INSERT' then
    perform pg_advisory_xact_lock(1684370284, hashtext(new.organization_id::text));
    if (select count(*) >= 200 from public.customer_fields f where f.organization_id = new.organization_id) then
      perform desk.fail('DK423', 'rule', 'An organization has at most 200 fields.');
    end if;
  end if;
  return new;
end
$_$;


--
-- Name: keep_hours(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_hours() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  part record;
  previous time;
begin
  -- The list takes the server some milliseconds.
  if new.time_zone <> 'UTC' and (tg_op = 'INSERT' or new.time_zone <> old.time_zone) and not exists (
    select from pg_timezone_names z
     where z.name = new.time_zone and z.name !~ '^(posix|right)/' and z.name not in ('localtime', 'posixrules', 'Factory')
  ) then
    perform desk.fail(
      'DK422', 'invalid', 'There is no time zone of this name; they are called as Europe/Berlin is.', '/time_zone');
  end if;
  new.holidays := array(select distinct u.day from unnest(new.holidays) as u (day) where u.day is not null order by 1);
  if new.business_hours is null or tg_op = 'UPDATE' and new.business_hours is not distinct from old.business_hours then
    return new;
  end if;
  if not exists (select from jsonb_each(new.business_hours) as d (name, hours) where d.hours <> '[]') then
    perform desk.fail('DK422', 'invalid', 'A week has at least one business hour.', '/business_hours');
  end if;
  for part in
    select d.name, h.hours, h.place,
           d.name in ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')
             and h.hours ->> 'from' ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
             and h.hours ->> 'to' ~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' as is_formed
      from jsonb_each(new.business_hours) as d (name, all_hours)
     cross join jsonb_array_elements(d.all_hours) with ordinality as h (hours, place)
     order by d.name, h.place
  loop
    if part.place = 1 then
      previous := '00:00';
    end if;
    if part.is_formed is not true or (part.hours ->> 'from')::time < previous
       or (part.hours ->> 'to')::time <= (part.hours ->> 'from')::time
    then
      perform desk.fail(
        'DK422', 'invalid', 'Hours begin before they end, and not before the ones above them have ended.',
        concat('/business_hours/', part.name, '/', part.place - 1));
    end if;
    previous := part.hours ->> 'to';
  end loop;
  return new;
end
$_$;


--
-- Name: keep_merged(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_merged() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if current_user <> 'desk_keeper' then
    perform desk.fail(
      'DK423', 'rule', 'The ticket was merged into another one; unmerge it first.', '/id',
      jsonb_build_object('merged_into', old.merged_into));
  end if;
  return new;
end
$$;


--
-- Name: keep_merged_customer(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_merged_customer() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if old.erased_at is not null then
    perform desk.fail('DK423', 'rule', 'The customer was erased.', '/id', jsonb_build_object('erased_at', old.erased_at));
  end if;
  perform desk.fail(
    'DK423', 'rule', 'The customer was merged into another one; unmerge them first.', '/id',
    jsonb_build_object('merged_into', desk.merged_customer(old.organization_id, old.id)));
  return new;
end
$$;


--
-- Name: keep_message(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_message() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.version := old.version;
  new.updated_at := old.updated_at;
  new.delivery_updated_at := old.delivery_updated_at;
  if old.email_message_id is not null and new.email_message_id is distinct from old.email_message_id then
    perform desk.fail('DK423', 'immutable', 'The email message id of a message is set once.', '/email_message_id');
  end if;
  if (new.delivery_status, new.delivery_error) is distinct from (old.delivery_status, old.delivery_error) then
    new.delivery_updated_at := now();
  end if;
  if (new.ticket_id, new.sender_type, new.sender_id, new.body, new.is_internal, new.email_message_id,
      new.in_reply_to, new.delivery_status, new.delivery_error, new.metadata)
     is distinct from
     (old.ticket_id, old.sender_type, old.sender_id, old.body, old.is_internal, old.email_message_id,
      old.in_reply_to, old.delivery_status, old.delivery_error, old.metadata)
  then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;


--
-- Name: keep_message_rules(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_message_rules() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  broken constant text := desk.broken_message_rule(new);
begin
  if broken is not null then
    perform desk.break_rule(broken);
  end if;
  return new;
end
$$;


--
-- Name: keep_new_ticket(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_new_ticket() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if new.status = 'solved' then
    new.assigned_to := desk.solver(new.organization_id, new.assigned_to);
  end if;
  new.first_solved_at := coalesce(new.first_solved_at, now());
  new.last_solved_at := coalesce(new.last_solved_at, now());
  if new.status = 'closed' then
    new.closed_at := coalesce(new.closed_at, now());
  end if;
  return new;
end
$$;


--
-- Name: keep_organization(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_organization() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.support_email := desk.address(new.support_email);
  return new;
end
$$;


--
-- Name: keep_primary_address(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_primary_address() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if exists (
    select from public.customers c
     where c.organization_id = old.organization_id and c.id = old.customer_id and c.email = old.value
  ) then
    perform desk.fail(
      'DK423', 'rule', 'This is the primary address: give the customer another email, or null, instead.', '/value');
  end if;
  return old;
end
$$;


--
-- Name: keep_row(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_row() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.version := old.version;
  new.updated_at := old.updated_at;
  if new is distinct from old then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;


--
-- Name: keep_snooze(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_snooze() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if new.snoozed_until is null then
    new.keep_snoozed := false;
  elsif new.status not in ('open', 'pending') then
    perform desk.fail('DK423', 'rule', 'Only an open or pending ticket is snoozed.', '/until');
  elsif new.snoozed_until <= now() or new.snoozed_until > now() + interval '366 days' then
    perform desk.fail('DK422', 'invalid', 'A ticket is snoozed until a time within the next 366 days.', '/until');
  end if;
  return new;
end
$$;


--
-- Name: keep_spells(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_spells() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  latest integer;
  seconds integer[];
  is_response boolean;
  is_solved boolean;
begin
  if tg_op = 'DELETE' then
    -- What was solved and closed goes on counting; what was deleted never did.
    delete from desk.ticket_spells s
     where s.organization_id = old.organization_id and s.ticket_id = old.id and not s.is_counted;
    return null;
  elsif tg_op = 'INSERT' then
    seconds := desk.both_seconds(new.organization_id, new.created_at, new.last_solved_at);
    insert into desk.ticket_spells (
      organization_id, ticket_id, ordinal, opened_at, solved_at, resolution_seconds, resolution_business_seconds,
      assigned_to, priority_rank, tags, is_counted)
    values (
      new.organization_id, new.id, 0, new.created_at, new.last_solved_at, seconds[1], seconds[2],
      new.assigned_to, new.priority_rank, new.tags, new.deleted_at is null and new.merged_into is null);
    return null;
  end if;
  -- Of a trigger's own condition the server parses the text again for each statement; this is parsed once.
  if new.status = old.status and new.first_reply_at is not distinct from old.first_reply_at
     and new.last_solved_at is not distinct from old.last_solved_at
     and new.reopen_count = old.reopen_count and new.assigned_to is not distinct from old.assigned_to
     and new.priority = old.priority and new.tags = old.tags and new.merged_into is not distinct from old.merged_into
     and (new.deleted_at is null) = (old.deleted_at is null)
  then
    return null;
  end if;
  if new.first_reply_at is distinct from old.first_reply_at then
    is_response := desk.was_asked(new.organization_id, new.id, new.first_reply_at);
    seconds := desk.both_seconds(
      new.organization_id, new.created_at, case when is_response then new.first_reply_at end);
    update desk.ticket_spells s
       set responded_at = case when is_response then new.first_reply_at end,
           response_seconds = seconds[1],
           response_business_seconds = seconds[2]
     where s.organization_id = new.organization_id and s.ticket_id = new.id and s.ordinal = 0;
  end if;
  -- In one transaction a ticket may be solved twice, at the same time.
  is_solved := old.status in ('open', 'pending') and new.status in ('solved', 'closed') and new.merged_into is null;
  if is_solved or new.last_solved_at is distinct from old.last_solved_at or new.reopen_count > old.reopen_count then
    latest := (
      select max(s.ordinal) from desk.ticket_spells s
       where s.organization_id = new.organization_id and s.ticket_id = new.id
    );
    if new.reopen_count > old.reopen_count then
      update desk.ticket_spells s
         set reopened_at = now()
       where s.organization_id = new.organization_id and s.ticket_id = new.id and s.ordinal = latest;
      insert into desk.ticket_spells (
        organization_id, ticket_id, ordinal, opened_at, assigned_to, priority_rank, tags, is_counted)
      values (
        new.organization_id, new.id, latest + 1, now(), new.assigned_to, new.priority_rank, new.tags,
        new.deleted_at is null and new.merged_into is null);
    else
      seconds := desk.both_seconds(new.organization_id, new.created_at, new.last_solved_at);
      update desk.ticket_spells s
         set solved_at = new.last_solved_at,
             resolution_seconds = seconds[1],
             resolution_business_seconds = seconds[2]
       where s.organization_id = new.organization_id and s.ticket_id = new.id and s.ordinal = latest;
    end if;
  end if;
  update desk.ticket_spells s
     set assigned_to = new.assigned_to,
         priority_rank = new.priority_rank,
         tags = new.tags,
         is_counted = new.deleted_at is null and new.merged_into is null
   where s.organization_id = new.organization_id and s.ticket_id = new.id
     and (s.assigned_to, s.priority_rank, s.tags, s.is_counted)
         is distinct from
         (new.assigned_to, new.priority_rank, new.tags, new.deleted_at is null and new.merged_into is null);
  return null;
end
$$;


--
-- Name: keep_status(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_status() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if old.status = 'closed' and current_user <> 'desk_keeper' then
    perform desk.fail(
      'DK423', 'rule', 'A closed ticket takes no other status.', '/status',
      jsonb_build_object('status', 'closed'));
  end if;
  if new.status = 'solved' then
    new.assigned_to := desk.solver(new.organization_id, new.assigned_to);
  end if;
  if new.status in ('open', 'pending') then
    if old.status = 'solved' or old.closed_at is not null then
      new.reopen_count := old.reopen_count + 1;
    end if;
  else
    if old.status in ('open', 'pending') and new.merged_into is null then
      new.first_solved_at := coalesce(old.first_solved_at, now());
      new.last_solved_at := now();
    end if;
    new.waiting_since := null;
    new.snoozed_until := null;
    new.keep_snoozed := false;
  end if;
  new.closed_at := case when new.status = 'closed' and new.merged_into is null then now() end;
  return new;
end
$$;


--
-- Name: keep_tag(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_tag() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.name := desk.tag_name(new.name);
  if char_length(new.name) not between 1 and 100 then
    perform desk.fail('DK422', 'invalid', 'A tag has 1 to 100 characters.', '/name');
  end if;
  return new;
end
$$;


--
-- Name: keep_tags(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_tags() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.tags := desk.tag_names(new.tags);
  if exists (select from unnest(new.tags) as u (name) where char_length(u.name) not between 1 and 100) then
    perform desk.fail('DK422', 'invalid', 'A tag has 1 to 100 characters.', '/tags');
  end if;
  if cardinality(new.tags) > 100 then
    perform desk.fail('DK423', 'rule', 'A ticket has at most 100 tags.', '/tags');
  end if;
  return new;
end
$$;


--
-- Name: keep_ticket(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_ticket() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.version := old.version;
  new.updated_at := old.updated_at;
  if (new.customer_id, new.assigned_to, new.subject, new.status, new.priority, new.metadata)
     is distinct from
     (old.customer_id, old.assigned_to, old.subject, old.status, old.priority, old.metadata)
  then
    -- A message that reopens a ticket brings its own time.
    if new.last_activity_at is not distinct from old.last_activity_at then
      new.last_activity_at := greatest(old.last_activity_at, now());
    end if;
    new.version := old.version + 1;
    new.updated_at := now();
  elsif (new.last_activity_at, new.first_reply_at, new.last_reply_at, new.tags, new.snoozed_until, new.keep_snoozed)
        is distinct from
        (old.last_activity_at, old.first_reply_at, old.last_reply_at, old.tags, old.snoozed_until, old.keep_snoozed)
  then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;


--
-- Name: keep_ticket_restoration(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_ticket_restoration() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if exists (
    select from public.customers c
     where c.organization_id = new.organization_id and c.id = new.customer_id and c.deleted_at is not null
  ) then
    perform desk.fail(
      'DK423', 'rule', 'Its customer is deleted as well; restore the customer.', '/id',
      jsonb_build_object('customer_id', new.customer_id));
  end if;
  return new;
end
$$;


--
-- Name: keep_ticket_rules(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.keep_ticket_rules() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  broken constant text := case
    when char_length(new.subject) not between 1 and 500 then 'tickets_subject_length'
    when jsonb_typeof(new.metadata) <> 'object' then 'tickets_metadata_object'
    when octet_length(new.metadata::text) > 65536 then 'tickets_metadata_size'
    when cardinality(new.tags) > 100 then 'tickets_tags_count'
    when new.deleted_with is not null and new.deleted_at is null then 'tickets_deleted_with'
    when new.keep_snoozed and new.snoozed_until is null then 'tickets_keep_snoozed'
    when new.merged_into = new.id then 'tickets_merged_into_other'
  end;
begin
  if broken is not null then
    perform desk.break_rule(broken);
  end if;
  return new;
end
$$;


--
-- Name: land_message(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.land_message() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  customer constant text := current_setting('app.customer_id', true);
  landing record;
begin
  if new.is_automatic then
    return new;
  end if;
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
    -- It may have been put behind what was said on the closed one.
    if new.created_at >= now() then
      new.created_at := desk.message_time(new.organization_id, new.ticket_id, true, new.created_at);
      new.updated_at := greatest(new.updated_at, new.created_at);
    end if;
  end if;
  return new;
end
$$;


--
-- Name: latest_matching(uuid, tsquery, integer, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.latest_matching(organization uuid, wanted tsquery, most integer, capped integer) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return array(
    select n.id
      from (
        select t.id, t.customer_id, t.last_activity_at from public.tickets t
         where t.organization_id = organization
         order by t.last_activity_at desc, t.id desc
         limit most
      ) as n
     -- With a limit a subselect is asked ticket by ticket; an exists would first find all that match.
     where coalesce(
       (select true from desk.search_documents d
         where d.organization_id = organization and d.ticket_id = n.id and d.search @@ wanted
         limit 1),
       (select true from public.customers c
         where c.organization_id = organization and c.id = n.customer_id and c.search @@ wanted
         limit 1),
       false)
     order by n.last_activity_at desc, n.id desc
     limit capped
  );
end
$$;


--
-- Name: living_customer(uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.living_customer(customer uuid) RETURNS uuid
    LANGUAGE sql STABLE
    RETURN COALESCE(desk.merged_customer(desk.current_organization(), customer), customer);


--
-- Name: lock(jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.lock(names jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  wanted jsonb;
begin
  loop
    begin
      wanted := desk.locks(names);
      perform case
                when (l.lock ->> 1)::boolean then pg_advisory_xact_lock_shared((l.lock ->> 0)::bigint)
                else pg_advisory_xact_lock((l.lock ->> 0)::bigint)
              end
         from jsonb_array_elements(wanted) as l (lock);
      if wanted = desk.locks(names) then
        return;
      end if;
      raise sqlstate 'DK001';
    exception when sqlstate 'DK001' then
      null;
    end;
  end loop;
end
$$;


--
-- Name: lock_place(uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.lock_place(message uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  place uuid;
begin
  -- Nearly always nobody has it, and then there is nothing to let go: a subtransaction would cost a lock of two owners.
  perform from public.tickets t
    where t.id = (select m.ticket_id from public.ticket_messages m where m.id = message)
      for no key update skip locked;
  if found then
    return;
  end if;
  loop
    place := (select m.ticket_id from public.ticket_messages m where m.id = message);
    begin
      perform from public.tickets t where t.id = place for no key update;
      if place is not distinct from (select m.ticket_id from public.ticket_messages m where m.id = message) then
        return;
      end if;
      raise sqlstate 'DK000';
    exception
      when sqlstate 'DK000' then null;
    end;
  end loop;
end
$$;


--
-- Name: lock_way(uuid, uuid, boolean, boolean); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.lock_way(organization uuid, ticket uuid, through boolean DEFAULT false, follows boolean DEFAULT false) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  way uuid[];
  beyond uuid[];
begin
  loop
    way := desk.merge_way(organization, ticket);
    beyond := case
      when follows then desk.follow_ups(organization, case when through then ticket else way[cardinality(way)] end)
      else '{}'
    end;
    begin
      perform from public.tickets t
        where t.organization_id = organization
          and t.id = any (case when through then way else array[ticket, way[cardinality(way)]] end || beyond)
        order by t.id
          for no key update;
      if way = desk.merge_way(organization, ticket)
         and (
           not follows
           or beyond = desk.follow_ups(organization, case when through then ticket else way[cardinality(way)] end)
         )
      then
        return way;
      end if;
      raise sqlstate 'DK000';
    exception
      when sqlstate 'DK000' then null;
    end;
  end loop;
end
$$;


--
-- Name: locks(jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.locks(names jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_array(l.number, l.is_shared) order by l.number), '[]')
      from (
        select hashtextextended(r.name, 0) as number, bool_and(r.is_shared) as is_shared
          from (
            select case
                     when n.name like 'message %' then coalesce(
                       (select m.ticket_id::text from public.ticket_messages m where m.id = substr(n.name, 9)::uuid),
                       n.name)
                     when n.name like 'shared %' then substr(n.name, 8)
                     else n.name
                   end as name,
                   n.name like 'shared %' as is_shared
              from jsonb_array_elements_text(names) as n (name)
             where n.name not like 'people %'
             union all
            select p.id::text, false
              from jsonb_array_elements_text(names) as n (name)
              cross join lateral unnest(desk.merged_people(
                desk.current_organization(), desk.living_customer(substr(n.name, 8)::uuid))) as p (id)
             where n.name like 'people %'
          ) as r
         group by hashtextextended(r.name, 0)
      ) as l
  );
end
$$;


--
-- Name: macro_context(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.macro_context(macro uuid, ticket uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform desk.require('macro', macro, '/id');
  perform desk.require('ticket', ticket, '/ticket_id');
  return (
    select jsonb_build_object(
             'body', coalesce(m.body, ''),
             'actions', m.actions::text,
             'changes_customer', m.actions ? 'fields',
             'customer_id', t.customer_id,
             'ticket_version', t.version,
             'fields', coalesce((select jsonb_agg(f.field_name) from public.customer_fields f), '[]'),
             'context', jsonb_build_object(
               'ticket', jsonb_build_object(
                 'id', t.id, 'subject', t.subject, 'status', t.status, 'priority', t.priority,
                 'created_at', t.created_at, 'updated_at', t.updated_at, 'last_activity_at', t.last_activity_at),
               'customer', jsonb_build_object(
                 'id', c.id, 'name', c.name, 'email', c.email, 'created_at', c.created_at,
                 'fields', coalesce(
                   (
                     select jsonb_object_agg(
                              f.field_name,
                              case f.field_type
                                when 'number' then to_jsonb(v.value)
                                else desk.field_value(f.field_type, v.value)
                              end)
                       from public.customer_field_values v
                       join public.customer_fields f on f.organization_id = v.organization_id and f.id = v.field_id
                      where v.organization_id = c.organization_id and v.customer_id = c.id
                   ),
                   '{}')),
               'agent', jsonb_build_object('id', a.id, 'name', a.name, 'email', a.email),
               'organization', jsonb_build_object('id', o.id, 'name', o.name, 'support_email', o.support_email)))
      from public.macros m
      join public.organizations o on o.id = m.organization_id
      join public.tickets t on t.organization_id = m.organization_id and t.id = ticket
      join public.customers c on c.organization_id = t.organization_id and c.id = t.customer_id
      left join public.agent_profiles a on a.organization_id = m.organization_id and a.id = desk.current_agent()
     where m.id = macro
  );
end
$$;


--
-- Name: matching_customers(uuid, tsquery, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.matching_customers(organization uuid, wanted tsquery, most integer) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_indexscan TO 'off'
    SET enable_indexonlyscan TO 'off'
    AS $$
begin
  return array(
    (select c.id from public.customers c
      where c.organization_id = organization and c.search @@ wanted
      limit most)
    union
    (select v.customer_id from public.customer_field_values v
      where v.organization_id = organization and desk.value_words(v.value) @@ wanted
      limit most)
  );
end
$$;


--
-- Name: matching_tickets(uuid, tsquery, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.matching_tickets(organization uuid, wanted tsquery, most integer) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_indexscan TO 'off'
    SET enable_indexonlyscan TO 'off'
    AS $$
begin
  return array(
    select f.ticket_id
      from (
        select d.ticket_id, d.place from desk.search_documents d
         where d.organization_id = organization and d.search @@ wanted
         limit most
      ) as f
     group by f.ticket_id
     order by max(f.place) desc
  );
end
$$;


--
-- Name: members_after(uuid[], uuid, bigint); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.members_after(roots uuid[], id uuid, last bigint) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if (
    select r.new_values is null and r.action = 'deleted'
      from desk.audit_records r
     where r.root_id = any (roots) and r.object_id = members_after.id and r.seq <= last
     order by r.seq desc
     limit 1
  ) then
    return null;
  end if;
  return (
    select jsonb_object_agg(m.name, m.value)
      from (
        select distinct on (n.name) n.name, n.value
          from desk.audit_records r
          cross join jsonb_each(r.new_values) as n (name, value)
         where r.root_id = any (roots) and r.object_id = members_after.id and r.seq <= last
         order by n.name, r.seq desc
      ) as m
  );
end
$$;


--
-- Name: merge_customers(uuid[], uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.merge_customers(sources uuid[], target uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  agent constant uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  place record;
  source record;
  before jsonb;
  moved jsonb;
  given jsonb;
begin
  select c.id, c.merged_into, c.erased_at, c.email into place
    from public.customers c
   where c.organization_id = organization and c.id = target and c.deleted_at is null;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such customer.', '/id');
  end if;
  if place.merged_into is not null then
    perform desk.fail(
      'DK423', 'rule', 'This customer was merged into another one themselves.', '/id',
      jsonb_build_object('merged_into', place.merged_into));
  end if;
  if place.erased_at is not null then
    perform desk.fail('DK423', 'rule', 'The customer was erased.', '/id');
  end if;
  -- Tickets first, as who writes a message does. Then it waits for whoever is adding a ticket: a foreign key's lock conflicts
  -- with this one only.
  perform from public.tickets t
    where t.organization_id = organization
      and t.id = any (array(
        select o.id from public.tickets o where o.organization_id = organization and o.customer_id = any (sources)
        union
        select m.ticket_id from public.ticket_messages m
         where m.organization_id = organization and m.sender_customer_id = any (sources)
      ))
    order by t.id
      for no key update;
  perform from public.customers c
    where c.organization_id = organization and c.id = any (sources || target)
    order by c.id
      for update;
  for source in
    select w.id, w.position - 1 as position, c.email, c.merged_into, c.erased_at, c.id as found
      from unnest(sources) with ordinality as w (id, position)
      left join public.customers c on c.organization_id = organization and c.id = w.id and c.deleted_at is null
     order by w.position
  loop
    if source.found is null then
      perform desk.fail('DK404', 'not_found', 'There is no such customer.', '/sources/' || source.position);
    end if;
    if source.id = target then
      perform desk.fail('DK423', 'rule', 'A customer is not merged into themselves.', '/sources/' || source.position);
    end if;
    if source.merged_into is not null then
      perform desk.fail(
        'DK423', 'rule', 'This customer was merged already.', '/sources/' || source.position,
        jsonb_build_object('merged_into', source.merged_into));
    end if;
    if source.erased_at is not null then
      perform desk.fail('DK423', 'rule', 'The customer was erased.', '/sources/' || source.position);
    end if;
    before := desk.other_identities(organization, target);
    moved := (
      select coalesce(jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value)), '[]')
        from desk.customer_identities i
       where i.organization_id = organization and i.customer_id = source.id
    );
    update public.tickets t
       set customer_id = target,
           customer_path = t.customer_path || source.id,
           -- A microsecond: nothing has happened on it, and without a time of its own the change would count as that.
           last_activity_at = t.last_activity_at + interval '1 microsecond'
     where t.organization_id = organization and t.customer_id = source.id;
    update public.ticket_messages m
       set sender_id = target,
           sender_path = m.sender_path || source.id
     where m.organization_id = organization and m.sender_customer_id = source.id;
    with made as (
      insert into public.customer_field_values as n (organization_id, customer_id, field_id, value)
      select organization, target, v.field_id, v.value
        from public.customer_field_values v
       where v.organization_id = organization and v.customer_id = source.id
         and not exists (
           select from public.customer_field_values o
            where o.organization_id = organization and o.customer_id = target and o.field_id = v.field_id
         )
      returning n.field_id, n.value
    )
    select coalesce(jsonb_object_agg(m.field_id, m.value), '{}') into given from made m;
    update desk.customer_identities i
       set customer_id = target
     where i.organization_id = organization and i.customer_id = source.id;
    update public.customers c
       set email = null,
           merged_into = target
     where c.organization_id = organization and c.id = source.id;
    update public.customers c set search = '' where c.organization_id = organization and c.id = source.id;
    if place.email is null and source.email is not null then
      place.email := source.email;
      update public.customers c
         set email = source.email
       where c.organization_id = organization and c.id = target;
    end if;
    perform desk.search_customer_again(organization, target);
    if jsonb_array_length(coalesce(desk.other_identities(organization, target), '[]')) > 50 then
      perform desk.fail('DK423', 'rule', 'Together they have more than 50 identities beside an email.', '/sources');
    end if;
    perform desk.write_audit(
              organization, 'customer', target, c.version, null, 'changed',
              jsonb_build_object('identities', before),
              jsonb_build_object('identities', desk.other_identities(organization, target)),
              jsonb_build_object('merged_from', source.id))
       from public.customers c
      where c.organization_id = organization and c.id = target;
    insert into desk.customer_merges (organization_id, source_id, target_id, merged_by, merged_at, prior)
    values (
      organization, source.id, target, agent,
      -- Of two in one transaction, each has its own.
      greatest(
        now(),
        (
          select max(g.merged_at) + interval '1 microsecond' from desk.customer_merges g
           where g.organization_id = organization and g.source_id = source.id
        )),
      jsonb_build_object('email', source.email, 'identities', moved, 'fields', given));
  end loop;
end
$$;


--
-- Name: merge_patch(jsonb, jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.merge_patch(target jsonb, patch jsonb) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  base constant jsonb := case when jsonb_typeof(target) = 'object' then target else '{}' end;
begin
  if jsonb_typeof(patch) is distinct from 'object' then
    return patch;
  end if;
  return coalesce(
    (
      select jsonb_object_agg(m.name, m.value)
        from (
          select b.name, b.value
            from jsonb_each(base) as b (name, value)
           where not patch ? b.name
          union all
          select p.name, desk.merge_patch(base -> p.name, p.value)
            from jsonb_each(patch) as p (name, value)
           where jsonb_typeof(p.value) <> 'null'
        ) as m
    ),
    '{}'
  );
end
$$;


--
-- Name: merge_tags(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.merge_tags(tag uuid, target uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if tag = target then
    perform desk.fail('DK423', 'rule', 'A tag is not merged into itself.', '/into');
  end if;
  perform desk.require('tag', target, '/into');
  update public.tickets t
     set tags = array_append(t.tags, (select g.name from public.tags g where g.id = target))
   where t.id in (select g.ticket_id from desk.ticket_tags g where g.tag_id = tag);
  delete from public.tags g where g.id = tag;
end
$$;


--
-- Name: merge_tickets(uuid[], uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.merge_tickets(sources uuid[], target uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  place record;
  source record;
  note uuid;
begin
  select t.id, t.status, t.merged_into into place
    from public.tickets t
   where t.organization_id = organization and t.id = target and t.deleted_at is null;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/id');
  end if;
  if place.merged_into is not null then
    perform desk.fail(
      'DK423', 'rule', 'This ticket was merged into another one itself.', '/id',
      jsonb_build_object('merged_into', place.merged_into));
  end if;
  if place.status = 'closed' then
    perform desk.fail(
      'DK423', 'rule', 'A closed ticket takes no messages.', '/id', jsonb_build_object('status', 'closed'));
  end if;
  for source in
    select w.id, w.position, t.status, t.merged_into, t.id as found, t.waiting_since,
           jsonb_build_object(
             'status', t.status, 'assigned_to', t.assigned_to, 'snoozed_until', t.snoozed_until,
             'keep_snoozed', t.keep_snoozed, 'first_solved_at', t.first_solved_at, 'last_solved_at', t.last_solved_at,
             'closed_at', t.closed_at, 'reopen_count', t.reopen_count) as prior
      from unnest(sources) with ordinality as w (id, position)
      left join public.tickets t on t.organization_id = organization and t.id = w.id and t.deleted_at is null
     order by w.position
  loop
    if source.found is null then
      perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/sources/' || source.position - 1);
    end if;
    if source.id = target then
      perform desk.fail('DK423', 'rule', 'A ticket is not merged into itself.', '/sources/' || source.position - 1);
    end if;
    if source.merged_into is not null then
      perform desk.fail(
        'DK423', 'rule', 'This ticket was merged already.', '/sources/' || source.position - 1,
        jsonb_build_object('merged_into', source.merged_into));
    end if;
    note := desk.note_on_ticket(
      organization, source.id, 'Merged into ' || desk.ticket_title(organization, target), 'merged_into', target);
    update public.ticket_messages m
       set ticket_id = target,
           merge_path = m.merge_path || source.id
     where m.organization_id = organization and m.ticket_id = source.id and m.id <> note;
    update public.tickets t
       set merged_into = target,
           status = 'closed'
     where t.organization_id = organization and t.id = source.id;
    perform desk.join_ticket(organization, source.id, target);
    perform desk.recompute_ticket(organization, source.id);
    note := desk.note_on_ticket(
      organization, target, 'Took in ' || desk.ticket_title(organization, source.id), 'merged_from', source.id);
    insert into desk.ticket_merges (organization_id, source_id, target_id, merged_by, merged_at, prior)
    select organization, source.id, target, nullif(current_setting('app.agent_id', true), '')::uuid, m.created_at,
           source.prior
      from public.ticket_messages m
     where m.organization_id = organization and m.id = note;
    -- Who waits there waits here, as if they had asked here.
    update public.tickets t
       set status = 'open'
     where t.organization_id = organization and t.id = target
       and t.status <> 'open' and (source.status = 'open' or source.waiting_since is not null);
    update public.tickets t
       set snoozed_until = null
     where t.organization_id = organization and t.id = target
       and t.snoozed_until is not null and not t.keep_snoozed and source.waiting_since is not null;
  end loop;
  perform desk.recompute_ticket(organization, target);
end
$$;


--
-- Name: merge_way(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.merge_way(organization uuid, ticket uuid) RETURNS uuid[]
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  way uuid[] := array[ticket];
  next uuid;
begin
  loop
    next := (
      select t.merged_into from public.tickets t
       where t.organization_id = organization and t.id = way[cardinality(way)]
    );
    exit when next is null;
    way := way || next;
  end loop;
  return way;
end
$$;


--
-- Name: merged_people(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.merged_people(organization uuid, customer uuid) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
    with recursive people (id) as (
      select customer
       union
      select c.id
        from people p
        join public.customers c on c.organization_id = organization and c.merged_into = p.id
    )
    select array_agg(p.id order by p.id) from people p
  );
end
$$;


--
-- Name: message_deletion_changed(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.message_deletion_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform desk.recompute_ticket(new.organization_id, new.ticket_id);
  return null;
end
$$;


--
-- Name: message_said(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.message_said() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  customer text;
begin
  if new.sender_type = 'customer' then
    -- What it does to the ticket is the customer's doing.
    customer := coalesce(current_setting('app.customer_id', true), '');
    perform set_config('app.customer_id', new.sender_id::text, true);
  end if;
  if new.sender_type = 'customer' and not new.is_automatic then
    update public.tickets t
       set message_count = t.message_count + 1,
           last_activity_at = greatest(t.last_activity_at, new.created_at),
           waiting_since = case
             when t.status_code = 'closed' then null
             when t.last_reply_at > new.created_at then t.waiting_since
             else least(t.waiting_since, new.created_at)
           end,
           status = case when t.status_code = 'closed' then t.status else 'open' end,
           snoozed_until = case when t.keep_snoozed then t.snoozed_until end
     where t.organization_id = new.organization_id
       and t.id = new.ticket_id;
  elsif new.sender_type = 'agent' and not new.is_internal and not new.is_automatic then
    update public.tickets t
       set message_count = t.message_count + 1,
           last_activity_at = greatest(t.last_activity_at, new.created_at),
           last_reply_at = greatest(t.last_reply_at, new.created_at),
           reply_count = t.reply_count + 1,
           waiting_since = case when t.waiting_since > new.created_at then t.waiting_since end
     where t.organization_id = new.organization_id
       and t.id = new.ticket_id
       and t.first_reply_at <= new.created_at;
    if not found then
      update public.tickets t
         set message_count = t.message_count + 1,
             last_activity_at = greatest(t.last_activity_at, new.created_at),
             first_reply_at = new.created_at,
             last_reply_at = greatest(t.last_reply_at, new.created_at),
             reply_count = t.reply_count + 1,
             waiting_since = case when t.waiting_since > new.created_at then t.waiting_since end
       where t.organization_id = new.organization_id
         and t.id = new.ticket_id;
    end if;
  else
    update public.tickets t
       set message_count = t.message_count + 1,
           last_activity_at = greatest(t.last_activity_at, new.created_at),
           waiting_since = case when t.status_code = 'closed' then null else t.waiting_since end
     where t.organization_id = new.organization_id
       and t.id = new.ticket_id;
  end if;
  if customer is not null then
    perform set_config('app.customer_id', customer, true);
  end if;
  insert into desk.search_documents (organization_id, ticket_id, source_id, search)
  values (
    new.organization_id, new.ticket_id, new.id,
    -- No word of it can be too long, of which PostgreSQL would tell the client.
    case when octet_length(new.body) < 2048 then to_tsvector('pg_catalog.simple', new.body)
      else desk.search_vector(new.body)
    end);
  return null;
end
$$;


--
-- Name: message_searched(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.message_searched() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if tg_op = 'UPDATE' and new.body = old.body and new.deleted_at is null and old.deleted_at is null then
    update desk.search_documents d
       set ticket_id = new.ticket_id
     where d.organization_id = old.organization_id and d.ticket_id = old.ticket_id and d.source_id = old.id;
    return null;
  end if;
  delete from desk.search_documents d
   where d.organization_id = old.organization_id and d.ticket_id = old.ticket_id and d.source_id = old.id;
  if tg_op = 'UPDATE' and new.deleted_at is null then
    insert into desk.search_documents (organization_id, ticket_id, source_id, search)
    values (new.organization_id, new.ticket_id, new.id, desk.search_vector(new.body));
  end if;
  return null;
end
$$;


--
-- Name: message_time(uuid, uuid, boolean, timestamp with time zone); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.message_time(organization uuid, ticket uuid, of_customer boolean, wanted timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  latest constant timestamptz := greatest(
    (select max(m.created_at) from public.ticket_messages m where m.organization_id = organization and m.ticket_id = ticket),
    case when of_customer then
      (select t.last_solved_at from public.tickets t where t.organization_id = organization and t.id = ticket)
    end);
begin
  return case when latest >= wanted then latest + interval '1 microsecond' else wanted end;
end
$$;


--
-- Name: missed(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.missed(ticket uuid, seen uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
    select jsonb_build_object(
             'missed', coalesce(jsonb_agg(to_jsonb(r) order by m.place) filter (where m.place <= 10), '[]'),
             'missed_count', count(*))
      from desk.missed_messages(ticket, seen) with ordinality as m (id, place)
      left join desk.message_row r on m.place <= 10 and r.id = m.id
  );
end
$$;


--
-- Name: missed_messages(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.missed_messages(ticket uuid, seen uuid) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_variable
declare
  way constant uuid[] := desk.merge_way(desk.current_organization(), ticket);
begin
  return query
    select m.id
      from desk.message m
      join public.ticket_messages s on s.id = seen
     where m.ticket_id = way[cardinality(way)]
       and m.deleted_at is null
       and (m.created_at, m.id) > (s.created_at, s.id)
       and m.sender ->> 'type' <> 'system'
       and m.sender ->> 'id' is distinct from current_setting('app.agent_id', true)
     order by m.created_at, m.id;
end
$$;


--
-- Name: moved_from(uuid, uuid[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.moved_from(organization uuid, tickets uuid[]) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return array(
    -- Wherever a merge has taken anything of them, undone merges included.
    with recursive places (id) as (
      select g.target_id
        from desk.ticket_merges g
       where g.organization_id = organization and g.source_id = any (tickets)
       union
      select g.target_id
        from places p
        join desk.ticket_merges g on g.organization_id = organization and g.source_id = p.id
    )
    select m.id
      from places p
      join public.ticket_messages m on m.organization_id = organization and m.ticket_id = p.id
     where m.merge_path && tickets
     union
    select m.id
      from desk.audit_records a
      join public.ticket_messages m on m.organization_id = organization and m.id = a.object_id
     where a.organization_id = organization and a.object_kind = 'message' and a.action in ('created', 'found')
       and (
         a.root_id = any (tickets)
         or a.root_id = any (array(select p.id from places p))
            and a.new_values -> 'merge_path' ?| array(select u.id::text from unnest(tickets) as u (id))
       )
       and m.ticket_id <> all (tickets)
  );
end
$$;


--
-- Name: moved_members(text, uuid, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.moved_members(kind text, id uuid, since_version integer) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_variable
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  roots constant uuid[] := case when kind = 'message' then desk.audit_places(organization, id) else array[id] end;
begin
  return (
    select coalesce(jsonb_agg(distinct coalesce('fields.' || f.field_name, k.name)), '[]')
      from desk.audit_records a
      cross join jsonb_object_keys(coalesce(a.old_values, '{}') || coalesce(a.new_values, '{}')) as k (name)
      left join public.customer_fields f
        on k.name like 'fields.%' and f.organization_id = organization and f.id::text = substr(k.name, 8)
     where a.organization_id = organization
       and a.root_id = any (roots)
       and a.object_kind = kind
       and a.object_id = id
       and a.object_version > since_version
       -- What was made since did not move.
       and a.action not in ('created', 'found')
       and a.old_values -> k.name is distinct from a.new_values -> k.name
  );
end
$$;


--
-- Name: narrow_tickets(uuid, jsonb, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.narrow_tickets(organization uuid, resolved jsonb, few integer) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET max_parallel_workers_per_gather TO '0'
    AS $$
declare
  condition jsonb;
  place integer := -1;
  customers uuid[];
  tickets uuid[];
  rarest uuid[];
begin
  for condition in select c.value from jsonb_array_elements(resolved) with ordinality as c (value, n) order by c.n loop
    place := place + 1;
    continue when (condition ->> 'not')::boolean;
    customers := null;
    tickets := null;
    case condition ->> 'by'
      when 'number' then
        if condition ? 'any' then
          tickets := array(
            select t.id from public.tickets t
             where t.organization_id = organization
               and t.number = any (array(select e.v::integer from jsonb_array_elements_text(condition -> 'any') as e (v))));
        end if;
      when 'tag' then
        if condition ? 'names' then
          tickets := array(
            select l.ticket_id from desk.ticket_tags l
             where l.organization_id = organization
               and l.tag_id = any (array(
                 select g.id from public.tags g
                  where g.organization_id = organization
                    and g.name = any (array(select e.v from jsonb_array_elements_text(condition -> 'names') as e (v)))))
             limit few + 1);
        end if;
      when 'text' then
        tickets := array(select e.v::uuid from jsonb_array_elements_text(condition -> 'ids') as e (v));
      when 'snoozed' then
        tickets := array(
          select t.id from public.tickets t
           where t.organization_id = organization and t.snoozed_until > now()
           limit few + 1);
      when 'note' then
        tickets := array(
          select m.ticket_id from public.ticket_messages m
           where m.organization_id = organization and m.is_internal
           limit few + 1);
      when 'created' then
        if condition ?& '{from,to}' then
          tickets := array(
            select t.id from public.tickets t
             where t.organization_id = organization
               and t.created_at >= (condition ->> 'from')::timestamptz
               and t.created_at <= (condition ->> 'to')::timestamptz
             limit few + 1);
        end if;
      when 'customer' then
        if condition ? 'words' then
          customers := desk.matching_customers(organization, (condition ->> 'words')::tsquery, few / 2 + 1)
            || array(select e.v::uuid from jsonb_array_elements_text(condition -> 'ids') as e (v));
        else
          customers := array(select e.v::uuid from jsonb_array_elements_text(condition -> 'ids') as e (v));
        end if;
      when 'field' then
        if not condition ? 'present' then
          customers := desk.field_customers(organization, resolved, place, condition ->> 'test', few / 2 + 1);
        end if;
      else
        null;
    end case;
    if customers is not null and cardinality(customers) <= few / 2 then
      tickets := array(
        select t.id from public.tickets t
         where t.organization_id = organization and t.customer_id = any (customers)
         limit few + 1);
    end if;
    if cardinality(tickets) <= few and (rarest is null or cardinality(tickets) < cardinality(rarest)) then
      rarest := tickets;
      exit when cardinality(rarest) <= 100;
    end if;
  end loop;
  return rarest;
end
$$;


--
-- Name: newest_matching(uuid, tsquery, bigint, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.newest_matching(organization uuid, wanted tsquery, below bigint, most integer, OUT tickets uuid[], OUT lowest bigint, OUT looked_at integer) RETURNS record
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  with newest as materialized (
    select d.ticket_id, d.place, d.search @@ wanted as hit from desk.search_documents d
     where d.organization_id = organization and d.place < below
     order by d.place desc
     limit most
  )
  select array(
           select n.ticket_id from newest n where n.hit group by n.ticket_id order by max(n.place) desc
         ),
         min(n.place), count(*)
    into tickets, lowest, looked_at
    from newest n;
end
$$;


--
-- Name: next_version(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.next_version() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end
$$;


--
-- Name: note_clerk_object(text, text, timestamp with time zone, boolean, text, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.note_clerk_object(organization text, person text, changed_at timestamp with time zone, is_deleted boolean, name text, email text) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into desk.clerk_objects as o (clerk_user_id, clerk_id, changed_at, is_deleted, name, email)
  values (
    person, organization, note_clerk_object.changed_at, note_clerk_object.is_deleted, note_clerk_object.name,
    note_clerk_object.email
  )
  on conflict on constraint clerk_objects_pkey do update
    set changed_at = excluded.changed_at,
        is_deleted = excluded.is_deleted,
        -- What a membership's agent was given is kept by desk.introduce_agents.
        name = case when excluded.clerk_user_id = '' or excluded.clerk_id = '' then excluded.name else o.name end,
        email = excluded.email
    where o.changed_at <= excluded.changed_at
      -- Clerk gives the id of a deleted organization or user to no other; a membership can come back.
      and (not o.is_deleted or excluded.clerk_user_id <> '' and excluded.clerk_id <> '');
  return found;
end
$$;


--
-- Name: note_on_ticket(uuid, uuid, text, text, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.note_on_ticket(organization uuid, ticket uuid, note text, event text, other uuid) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  agent constant uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
  made uuid;
begin
  insert into public.ticket_messages as m (organization_id, ticket_id, sender_type, body, is_internal, metadata)
  values (
    organization, ticket, 'system',
    note || coalesce(
      ', by ' || (select a.name from public.agent_profiles a where a.organization_id = organization and a.id = agent), '')
      || '.',
    true, jsonb_build_object('event', event, 'ticket_id', other, 'agent_id', agent))
  returning m.id into made;
  return made;
end
$$;


--
-- Name: number_ticket(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.number_ticket() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into desk.ticket_counters as c (organization_id, last_number)
  values (new.organization_id, 1)
  on conflict on constraint ticket_counters_pkey do update set last_number = c.last_number + 1
  returning c.last_number into new.number;
  return new;
end
$$;


--
-- Name: open_session(jsonb, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.open_session(claims jsonb, provision text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  clerk_organization constant text := desk.claim_organization(claims);
  clerk_user constant text := desk.claim_subject(claims);
  claimed_role constant text := desk.claim_role(claims);
  tells_role constant boolean :=
    case when claims ->> 'v' = '2' then claims -> 'o' ->> 'rol' else claims ->> 'org_role' end is not null;
  organization record;
  agent record;
begin
  if provision is null or provision not in ('organizations', 'agents', 'none') then
    perform desk.fail('DK422', 'invalid', 'provision is organizations, agents or none.');
  end if;
  if clerk_organization is null or clerk_user is null then
    perform desk.fail('DK410', 'organization_unknown', 'The token names no organization or no user.');
  end if;

  select o.id, o.name into organization from public.organizations o where o.clerk_id = clerk_organization;
  if not found and provision = 'organizations' and not desk.is_clerk_deleted(clerk_organization, '') then
    -- Of two first sessions at once one inserts; the other waits for it, inserts nothing and reads it.
    insert into public.organizations (clerk_id, name)
    values (
      clerk_organization,
      left(coalesce(nullif(claims ->> 'org_slug', ''), nullif(claims -> 'o' ->> 'slg', ''), clerk_organization), 200)
    )
    on conflict on constraint organizations_clerk_id_key do nothing;
    select o.id, o.name into organization from public.organizations o where o.clerk_id = clerk_organization;
  end if;
  if organization.id is null then
    perform desk.fail('DK410', 'organization_unknown', 'This organization has no desk here.');
  end if;

  select a.id, a.name, a.role, a.status, a.deactivated_at into agent
    from public.agent_profiles a
   where a.clerk_user_id = clerk_user and a.organization_id = organization.id;
  if not found and provision in ('organizations', 'agents') then
    if desk.is_clerk_deleted(clerk_organization, clerk_user) then
      perform desk.fail('DK410', 'agent_deactivated', 'This person is no longer a member of the organization.');
    end if;
    insert into public.agent_profiles (clerk_user_id, organization_id, name, role)
    values (clerk_user, organization.id, left(coalesce(nullif(claims ->> 'name', ''), clerk_user), 200), claimed_role)
    on conflict on constraint agent_profiles_clerk_user_id_key do nothing;
    -- What webhooks have told of this person before.
    perform desk.introduce_agents(clerk_user);
    select a.id, a.name, a.role, a.status, a.deactivated_at into agent
      from public.agent_profiles a
     where a.clerk_user_id = clerk_user and a.organization_id = organization.id;
  end if;
  if agent.id is null then
    perform desk.fail('DK410', 'agent_unknown', 'This person is not an agent of the organization.');
  end if;
  if agent.deactivated_at is not null then
    perform desk.fail('DK410', 'agent_deactivated', 'This agent was deactivated.');
  end if;
  if tells_role and agent.role <> claimed_role then
    update public.agent_profiles a set role = claimed_role where a.id = agent.id;
  end if;
  return jsonb_build_object(
    'organization_id', organization.id,
    'organization_name', organization.name,
    'agent_id', agent.id,
    'agent_name', agent.name,
    'role', claimed_role,
    'status', agent.status
  )::text;
end
$$;


--
-- Name: other_identities(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.other_identities(organization uuid, customer uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
    select jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value) order by i.created_at, i.kind, i.value)
      from desk.customer_identities i
      join public.customers c on c.organization_id = i.organization_id and c.id = i.customer_id
     where i.organization_id = organization and i.customer_id = customer
       and not (i.kind = 'email' and i.value is not distinct from c.email)
  );
end
$$;


--
-- Name: own_tags(uuid, text[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.own_tags(ticket uuid, names text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
begin
  update desk.ticket_tags k
     set merged_from = null
    from public.tags g
   where k.organization_id = organization and k.ticket_id = ticket and k.merged_from is not null
     and g.organization_id = organization and g.id = k.tag_id and g.name = any (names);
end
$$;


--
-- Name: part_ticket(uuid, uuid, uuid, uuid[], uuid[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.part_ticket(organization uuid, source uuid, target uuid, tags uuid[] DEFAULT NULL::uuid[], followers uuid[] DEFAULT NULL::uuid[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  lost_tags uuid[];
  lost_followers uuid[];
  beyond uuid;
begin
  lost_tags := array(
    select k.tag_id
      from desk.ticket_tags k
     where k.organization_id = organization and k.ticket_id = target and k.merged_from = source
       and (part_ticket.tags is null or k.tag_id = any (part_ticket.tags))
  );
  lost_followers := array(
    select f.agent_id
      from desk.ticket_followers f
     where f.organization_id = organization and f.ticket_id = target and f.merged_from = source
       and (part_ticket.followers is null or f.agent_id = any (part_ticket.followers))
  );
  update desk.ticket_tags k
     set merged_from = h.source_id
    from (
      select distinct on (s.tag_id) s.tag_id, g.source_id
        from desk.ticket_merges g
        join desk.ticket_tags s on s.organization_id = organization and s.ticket_id = g.source_id
       where g.organization_id = organization and g.target_id = target and g.undone_at is null and g.source_id <> source
         and s.tag_id = any (lost_tags)
       order by s.tag_id, g.merged_at
    ) as h
   where k.organization_id = organization and k.ticket_id = target and k.tag_id = h.tag_id;
  update desk.ticket_followers f
     set merged_from = h.source_id
    from (
      select distinct on (s.agent_id) s.agent_id, g.source_id
        from desk.ticket_merges g
        join desk.ticket_followers s on s.organization_id = organization and s.ticket_id = g.source_id
       where g.organization_id = organization and g.target_id = target and g.undone_at is null and g.source_id <> source
         and s.agent_id = any (lost_followers)
       order by s.agent_id, g.merged_at
    ) as h
   where f.organization_id = organization and f.ticket_id = target and f.agent_id = h.agent_id;
  lost_tags := array(
    select k.tag_id
      from desk.ticket_tags k
     where k.organization_id = organization and k.ticket_id = target and k.merged_from = source
       and k.tag_id = any (lost_tags)
  );
  delete from desk.ticket_followers f
   where f.organization_id = organization and f.ticket_id = target and f.merged_from = source
     and f.agent_id = any (lost_followers);
  lost_followers := array(
    select u.id
      from unnest(lost_followers) as u (id)
     where not exists (
       select from desk.ticket_followers f
        where f.organization_id = organization and f.ticket_id = target and f.agent_id = u.id
     )
  );
  update public.tickets t
     set tags = array(
           select u.name
             from unnest(t.tags) as u (name)
            where u.name <> all (array(
              select g.name from public.tags g where g.organization_id = organization and g.id = any (lost_tags)))
         )
   where t.organization_id = organization and t.id = target and lost_tags <> '{}';
  beyond := (select t.merged_into from public.tickets t where t.organization_id = organization and t.id = target);
  if beyond is not null then
    perform desk.part_ticket(organization, target, beyond, lost_tags, lost_followers);
  end if;
end
$$;


--
-- Name: place_message(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.place_message() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  customer record;
  ticket record;
  way uuid[];
  broken text;
begin
  -- Nearly always the message stays here. It stays so while this waits, since the caller has its advisory lock.
  select t.deleted_at, t.status_code, t.last_activity_at into ticket
    from public.tickets t
   where t.organization_id = new.organization_id and t.id = new.ticket_id and t.merged_into is null
     and (t.status_code <> 'closed' or new.sender_type <> 'customer')
     for no key update;
  if not found then
    way := desk.lock_way(
      new.organization_id, new.ticket_id, follows => new.sender_type = 'customer' and not new.is_automatic);
    select t.deleted_at into ticket
      from public.tickets t
     where t.organization_id = new.organization_id and t.id = new.ticket_id;
    if not found or (ticket.deleted_at is not null and current_user <> 'desk_keeper') then
      perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/ticket_id');
    end if;
    select t.deleted_at, t.status_code, t.last_activity_at into ticket
      from public.tickets t
     where t.organization_id = new.organization_id and t.id = way[cardinality(way)];
    if cardinality(way) > 1 then
      new.merge_path := new.merge_path || way[:cardinality(way) - 1];
      new.ticket_id := way[cardinality(way)];
    end if;
  elsif ticket.deleted_at is not null and current_user <> 'desk_keeper' then
    perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/ticket_id');
  end if;
  if ticket.deleted_at is not null and new.merge_path is not null then
    perform desk.fail('DK404', 'not_found', 'The ticket was merged into one that is deleted.', '/ticket_id');
  elsif ticket.status_code = 'closed' and (new.sender_type <> 'customer' or new.is_automatic)
        and current_user <> 'desk_keeper'
  then
    perform desk.fail(
      'DK423', 'rule', 'A closed ticket takes no messages.', '/ticket_id', jsonb_build_object('status', 'closed'));
  end if;

  -- Behind the ticket, as whoever deletes, merges and erases customers locks.
  if new.sender_type = 'customer' then
    loop
      select c.merged_into, c.blocked_at into customer
        from public.customers c
       where c.organization_id = new.organization_id and c.id = new.sender_id
         for key share;
      exit when customer.merged_into is null;
      new.sender_path := new.sender_path || new.sender_id;
      new.sender_id := customer.merged_into;
    end loop;
    if customer.blocked_at is not null then
      perform desk.fail(
        'DK423', 'blocked', 'The customer is blocked: what they say is not taken.', '',
        jsonb_build_object('customer_id', new.sender_id, 'blocked_at', customer.blocked_at));
    end if;
  end if;

  -- Nothing was said and nothing solved since a ticket's last activity, but while it is merged, split or taken apart, which
  -- ends with a note of the desk.
  if new.created_at = now() and (ticket.last_activity_at >= now() or new.sender_type = 'system') then
    new.created_at := desk.message_time(
      new.organization_id, new.ticket_id, new.sender_type = 'customer', new.created_at);
    new.updated_at := greatest(new.updated_at, new.created_at);
  end if;
  broken := desk.broken_message_rule(new);
  if broken is not null then
    perform desk.break_rule(broken);
  end if;
  return new;
end
$$;


--
-- Name: pointer(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.pointer(name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN replace(replace(name, '~'::text, '~0'::text), '/'::text, '~1'::text);


--
-- Name: position_text(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.position_text(sort text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE sort WHEN 'creation'::text THEN 'array[t.created_at::text, t.id::text]'::text WHEN 'priority'::text THEN 'array[t.priority_rank::text, t.last_activity_at::text, t.id::text]'::text ELSE 'array[t.last_activity_at::text, t.id::text]'::text END;


--
-- Name: purge_customer(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.purge_customer(organization uuid, customer uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  written constant jsonb := coalesce(
    (
      select jsonb_object_agg(m.id, m.ticket_id)
        from public.ticket_messages m
       where m.organization_id = organization and m.sender_customer_id = customer
    ),
    '{}');
begin
  -- Who was merged into them goes along.
  perform desk.purge_customer(organization, s.id)
     from public.customers s
    where s.organization_id = organization and s.merged_into = customer;
  delete from public.customers c where c.organization_id = organization and c.id = customer;
  perform desk.clean_audit(
            organization, 'message', w.id::uuid, null, 'purged', 'deleted', place => w.ticket::uuid)
     from jsonb_each_text(written) as w (id, ticket);
  perform desk.clean_audit(organization, 'customer', customer, null, 'purged', 'deleted');
  perform desk.recompute_ticket(organization, t.ticket::uuid)
     from (select distinct w.ticket from jsonb_each_text(written) as w (id, ticket) order by w.ticket) as t;
  perform desk.forget_answers(
    organization, customer || array(select w.id::uuid from jsonb_object_keys(written) as w (id)));
end
$$;


--
-- Name: purge_deleted(integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.purge_deleted("limit" integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  rest integer := "limit";
  due record;
begin
  -- First what belongs to something, then what it belongs to.
  for due in
    select t.organization_id, t.id, t.is_deleted
      from public.organizations o
      cross join lateral (
        select x.organization_id, x.id, true as is_deleted
          from (
            select d.organization_id, d.id
              from public.tickets d
             where d.organization_id = o.id and d.deleted_at <= now() - make_interval(days => o.keep_deleted_days)
             limit rest
               for update skip locked
          ) as x
        union all
        select y.organization_id, y.id, false
          from (
            select c.organization_id, c.id
              from public.tickets c
             where c.organization_id = o.id and c.closed_at <= now() - make_interval(days => o.keep_closed_days)
               and c.status_code = 'closed' and c.deleted_at is null
               -- What was merged goes with the ticket that has its messages.
               and c.merged_into is null
             limit rest
               for update skip locked
          ) as y
      ) as t
     limit rest
  loop
    perform desk.purge_ticket(due.organization_id, due.id, case when due.is_deleted then 'deleted' else 'closed' end);
    rest := rest - 1;
  end loop;
  for due in
    select d.organization_id, d.id, d.ticket_id
      from public.organizations o
      cross join lateral (
        select m.organization_id, m.id, m.ticket_id
          from public.ticket_messages m
         where m.organization_id = o.id and m.deleted_at <= now() - make_interval(days => o.keep_deleted_days)
         limit rest
           for update skip locked
      ) as d
     limit rest
  loop
    delete from public.ticket_messages m where m.organization_id = due.organization_id and m.id = due.id;
    perform desk.clean_audit(due.organization_id, 'message', due.id, null, 'purged', 'deleted', place => due.ticket_id);
    perform desk.forget_answers(due.organization_id, due.id);
    rest := rest - 1;
  end loop;
  for due in
    select d.organization_id, d.id
      from public.organizations o
      cross join lateral (
        select c.organization_id, c.id
          from public.customers c
         where c.organization_id = o.id and c.deleted_at <= now() - make_interval(days => o.keep_deleted_days)
           and not exists (
             select from public.tickets t where t.organization_id = c.organization_id and t.customer_id = c.id
           )
         limit rest
           for update skip locked
      ) as d
     limit rest
  loop
    perform desk.purge_customer(due.organization_id, due.id);
    rest := rest - 1;
  end loop;
  for due in
    select d.organization_id, d.id
      from public.organizations o
      cross join lateral (
        select m.organization_id, m.id
          from public.macros m
         where m.organization_id = o.id and m.deleted_at <= now() - make_interval(days => o.keep_deleted_days)
         limit rest
           for update skip locked
      ) as d
     limit rest
  loop
    delete from public.macros m where m.organization_id = due.organization_id and m.id = due.id;
    perform desk.clean_audit(due.organization_id, 'macro', due.id, null, 'purged', 'deleted');
    perform desk.forget_answers(due.organization_id, due.id);
    rest := rest - 1;
  end loop;
  return "limit" - rest;
end
$$;


--
-- Name: purge_ticket(uuid, uuid, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.purge_ticket(organization uuid, ticket uuid, reason text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  moved constant uuid[] := array(
    select distinct a.object_id
      from desk.audit_records a
     where a.organization_id = organization and a.root_id = ticket
       and a.object_kind = 'message' and a.old_values ? 'ticket_id'
  );
  -- What was told of those that were written elsewhere may not name this ticket.
  told constant uuid[] := array(
    select m.id
      from public.ticket_messages m
     where m.organization_id = organization and m.ticket_id = ticket and m.id = any (moved)
  );
begin
  perform desk.purge_ticket(organization, s.id, reason)
     from public.tickets s
    where s.organization_id = organization and s.merged_into = ticket;
  delete from public.tickets t where t.organization_id = organization and t.id = ticket;
  perform desk.clean_audit(organization, 'message', m.id, null, 'purged', reason, place => ticket)
     from unnest(moved) as m (id)
    where not exists (
      select from public.ticket_messages k where k.organization_id = organization and k.id = m.id
    );
  -- What went on to another ticket is not this one's.
  perform desk.clean_audit(organization, 'message', m.id, null, 'purged', reason, place => ticket)
     from (
       select distinct a.object_id as id
         from desk.audit_records a
        where a.organization_id = organization and a.root_id = ticket
          and a.object_kind = 'message' and a.object_id <> all (moved)
     ) as m
    where not exists (
      select from public.ticket_messages k where k.organization_id = organization and k.id = m.id
    );
  perform desk.clean_audit(organization, 'ticket', ticket, null, 'purged', reason);
  perform desk.forget_answers(organization, ticket || told);
end
$$;


--
-- Name: query_instant(text, timestamp with time zone); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.query_instant(content text, now timestamp with time zone) RETURNS timestamp with time zone
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if left(content, 4) = 'ago ' then
    return now - substr(content, 5)::interval;
  elsif left(content, 4) = 'day ' then
    return (date_trunc('day', now at time zone 'UTC') - make_interval(days => substr(content, 5)::integer))
           at time zone 'UTC';
  end if;
  return content::timestamptz;
exception when data_exception then
  return '-infinity';
end
$$;


--
-- Name: range_test(text, text, jsonb, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.range_test(column_name text, type text, condition jsonb, place integer) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN concat_ws(' and '::text, CASE WHEN (condition ? 'from'::text) THEN format('%s %s ($2 #>> ''{%s,from}'')::%s'::text, column_name, CASE WHEN (condition ? 'from_open'::text) THEN '>'::text ELSE '>='::text END, place, type) ELSE NULL::text END, CASE WHEN (condition ? 'to'::text) THEN format('%s %s ($2 #>> ''{%s,to}'')::%s'::text, column_name, CASE WHEN (condition ? 'to_open'::text) THEN '<'::text ELSE '<='::text END, place, type) ELSE NULL::text END);


--
-- Name: recall(text, text, bytea); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.recall(key text, method text, params_hash bytea) RETURNS SETOF text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_variable
declare
  found_key record;
begin
  select k.method, k.params_hash, k.answer into found_key
    from desk.idempotency_keys k
   where k.key = key and k.created_at >= now() - interval '24 hours';
  if not found then
    return;
  end if;
  -- Before anything is compared: this tells the same to every guess.
  if found_key.answer is null then
    perform desk.fail(
      'DK423', 'answer_gone', 'It was done, but what it answered has been erased since.', '/idempotency_key');
  end if;
  if found_key.method <> method or found_key.params_hash <> params_hash then
    perform desk.fail(
      'DK409', 'idempotency_mismatch', 'This key was used for another call.', '/idempotency_key',
      jsonb_build_object('method', found_key.method));
  end if;
  return next found_key.answer::text;
end
$$;


--
-- Name: recompute_ticket(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.recompute_ticket(organization uuid, ticket uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  asked timestamptz;
begin
  -- What is being said on it meanwhile is counted too.
  perform from public.tickets t where t.organization_id = organization and t.id = ticket for no key update;
  with said as materialized (
    select m.id, m.created_at, m.merge_path,
           m.sender_type = 'agent' and not m.is_internal and not m.is_automatic as is_reply,
           m.sender_type = 'customer' and not m.is_automatic as is_question
      from public.ticket_messages m
     where m.organization_id = organization and m.ticket_id = ticket and m.deleted_at is null
  ),
  stays as materialized (
    select s.id, s.created_at, s.is_reply, s.is_question, p.ticket_id, p.step,
           case when p.step = 1 then '-infinity' else coalesce(g.merged_at, '-infinity') end as since
      from said s
     cross join unnest(s.merge_path || ticket) with ordinality as p (ticket_id, step)
      left join desk.ticket_merges g
             on g.organization_id = organization and g.source_id = s.merge_path[p.step - 1] and g.undone_at is null
     where s.is_reply or s.is_question
  ),
  replies as (
    select distinct on (w.ticket_id) w.ticket_id, w.created_at, w.id
      from (
        select distinct on (s.id) s.id, s.created_at, s.ticket_id
          from stays s
         where s.is_reply and s.since <= s.created_at
         order by s.id, s.step desc
      ) as w
     order by w.ticket_id, w.created_at desc, w.id desc
  )
  select min(q.created_at) into asked
    from said q
   where q.is_question
     and not exists (
       select
         from stays s
         left join public.tickets t on t.organization_id = organization and t.id = s.ticket_id
         left join replies r on r.ticket_id = s.ticket_id
        where s.id = q.id
          and (t.last_solved_at >= greatest(q.created_at, s.since)
               or (r.created_at, r.id) > (q.created_at, q.id) and r.created_at >= s.since)
     );
  update public.tickets t
     set version = t.version + 1,
         first_reply_at = m.first_reply_at,
         last_reply_at = m.last_reply_at,
         reply_count = m.replies,
         message_count = m.messages,
         waiting_since = case when t.status_code in ('open', 'pending') then asked end
    from (
      select count(*) as messages,
             count(*) filter (where i.is_reply) as replies,
             min(i.created_at) filter (where i.is_reply) as first_reply_at,
             max(i.created_at) filter (where i.is_reply) as last_reply_at
        from (
          select o.created_at, o.sender_type = 'agent' and not o.is_internal and not o.is_automatic as is_reply
            from public.ticket_messages o
           where o.organization_id = organization and o.ticket_id = ticket and o.deleted_at is null
        ) as i
    ) as m
   where t.organization_id = organization
     and t.id = ticket;
end
$$;


--
-- Name: redact_json(jsonb, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.redact_json(content jsonb, secret text) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return case jsonb_typeof(content)
    when 'string' then to_jsonb(desk.redact_text(content #>> '{}', secret))
    when 'number' then
      case when strpos(content #>> '{}', secret) > 0 then to_jsonb(desk.redact_text(content #>> '{}', secret))
        else content
      end
    when 'object' then (
      select coalesce(jsonb_object_agg(desk.redact_text(m.name, secret), desk.redact_json(m.value, secret)), '{}')
        from jsonb_each(content) as m (name, value)
    )
    when 'array' then (
      select coalesce(jsonb_agg(desk.redact_json(e.value, secret) order by e.place), '[]')
        from jsonb_array_elements(content) with ordinality as e (value, place)
    )
    else content
  end;
end
$$;


--
-- Name: redact_message(uuid, text, jsonb, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.redact_message(message uuid, secret text, ranges jsonb, reason text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  old record;
  redacted record;
  part record;
  content text;
begin
  if current_setting('app.role', true) is distinct from 'admin' then
    perform desk.fail('DK403', 'forbidden', 'Only an admin may do that.');
  end if;
  select m.body, m.metadata, m.delivery_error into old
    from public.ticket_messages m
   where m.organization_id = organization and m.id = message
     for no key update;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such message.', '/id');
  end if;
  content := old.body;
  if secret is not null then
    content := desk.redact_text(content, secret);
    if content = old.body and desk.redact_json(old.metadata, secret) = old.metadata
       and desk.redact_text(old.delivery_error, secret) is not distinct from old.delivery_error then
      perform desk.fail('DK422', 'invalid', 'The message does not have that text.', '/text');
    end if;
  end if;
  -- From the end, so that the numbers of those before stay true.
  for part in
    select (r.value ->> 'from')::integer as first, (r.value ->> 'to')::integer as past, r.place - 1 as place,
           lag((r.value ->> 'from')::integer) over (order by (r.value ->> 'from')::integer desc) as next_first
      from jsonb_array_elements(ranges) with ordinality as r (value, place)
     order by 1 desc
  loop
    if part.past <= part.first or part.past > char_length(old.body) or part.past > part.next_first then
      perform desk.fail(
        'DK422', 'invalid', 'Ranges have characters, lie within the body and do not overlap.', '/ranges/' || part.place);
    end if;
    content := overlay(
      content placing repeat('▇', least(part.past - part.first, 8)) from part.first + 1 for part.past - part.first);
  end loop;
  update public.ticket_messages m
     set body = content,
         metadata = case when secret is null then m.metadata else desk.redact_json(m.metadata, secret) end,
         delivery_error = desk.redact_text(m.delivery_error, coalesce(secret, ''))
   where m.organization_id = organization and m.id = message
  returning m.body, m.metadata, m.delivery_error into redacted;
  perform desk.clean_audit(
    organization, 'message', message, array['body', 'metadata', 'delivery_error'], 'redacted', reason,
    jsonb_strip_nulls(jsonb_build_object('body', redacted.body, 'delivery_error', redacted.delivery_error))
      || jsonb_build_object('metadata', redacted.metadata));
  perform desk.forget_answers(organization, message);
end
$$;


--
-- Name: redact_text(text, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.redact_text(content text, secret text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN replace(content, secret, repeat('▇'::text, LEAST(char_length(secret), 8)));


--
-- Name: refuse_change(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform desk.fail('DK423', 'immutable', 'An object keeps its id, its organization and its creation time.');
  return null;
end
$$;


--
-- Name: refuse_condition(jsonb, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.refuse_condition(condition jsonb, message text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if condition ? 'place' then
    perform desk.fail(
      'DK422', 'query_error',
      format('At character %s: %s.', (condition #>> '{place,position}')::integer + 1, message),
      condition ->> 'path', condition -> 'place');
  end if;
  perform desk.fail('DK422', 'query_error', upper(left(message, 1)) || substr(message, 2) || '.', condition ->> 'path');
end
$$;


--
-- Name: refuse_deleted_customer(text, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.refuse_deleted_customer(address text, path text DEFAULT '/email'::text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  customer constant uuid := (
    select c.id
      from desk.customer_identities i
      join public.customers c on c.organization_id = i.organization_id and c.id = i.customer_id
     where i.kind = 'email' and i.value = desk.address(address) and c.deleted_at is not null
  );
begin
  if customer is not null then
    perform desk.fail(
      'DK409', 'deleted', 'A deleted customer has this address; restore them.', path,
      jsonb_build_object('id', customer));
  end if;
end
$$;


--
-- Name: refuse_deleted_macro(text, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.refuse_deleted_macro(title text, path text DEFAULT '/title'::text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  macro constant uuid := (
    select m.id from public.macros m where m.title = refuse_deleted_macro.title and m.deleted_at is not null
  );
begin
  if macro is not null then
    perform desk.fail(
      'DK409', 'deleted', 'A deleted macro has this title; restore it.', path, jsonb_build_object('id', macro));
  end if;
end
$$;


--
-- Name: reindex_search(integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.reindex_search(most integer DEFAULT 1000) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  job desk.search_reindexings;
  wanted text;
  reached bigint;
  looked_at integer;
begin
  select r.* into job from desk.search_reindexings r order by r.organization_id limit 1 for update skip locked;
  if not found then
    return 0;
  end if;
  wanted := (select o.search_language from public.organizations o where o.id = job.organization_id);
  select max(b.place), count(*) into reached, looked_at
    from (
      select d.place from desk.search_documents d
       where d.organization_id = job.organization_id and d.place > job.place
       order by d.place
       limit greatest(most, 1)
    ) as b;
  if looked_at = 0 then
    delete from desk.search_reindexings r where r.organization_id = job.organization_id;
    return 1;
  end if;
  update desk.search_documents d
     set search = desk.document_vector(d.organization_id, d.ticket_id, d.source_id, wanted)
   where d.organization_id = job.organization_id and d.place > job.place and d.place <= reached
     and d.language <> wanted;
  update desk.search_reindexings r set place = reached where r.organization_id = job.organization_id;
  return looked_at;
end
$$;


--
-- Name: remove_identity(uuid, text, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.remove_identity(customer uuid, kind text, value text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  kept constant text := desk.identity_value(kind, value);
begin
  delete from desk.customer_identities i
   where i.kind = remove_identity.kind and i.value = kept and i.customer_id = customer;
  if not found then
    perform desk.fail('DK404', 'not_found', 'The customer has no such identity.', '/value');
  end if;
end
$$;


--
-- Name: reopen_or_follow_up(uuid, uuid, timestamp with time zone); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.reopen_or_follow_up(organization uuid, closed uuid, said_at timestamp with time zone, OUT ticket uuid, OUT path uuid[]) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  days constant integer := (select o.reopen_days from public.organizations o where o.id = organization);
  place record;
  source record;
begin
  ticket := closed;
  loop
    -- Two messages at once meet here, so that they make one follow-up.
    select t.id, t.status_code, t.closed_at, t.customer_id, t.assigned_to, t.subject, t.metadata, t.tags, t.merged_into,
           t.deleted_at
      into place
      from public.tickets t
     where t.organization_id = organization and t.id = ticket
       for no key update;
    if place.merged_into is not null then
      path := path || ticket;
      ticket := place.merged_into;
      continue;
    end if;
    -- Where the follow-up was merged into a ticket that is deleted, there is none any more.
    exit when path is not null and place.deleted_at is not null;
    if place.status_code <> 'closed' then
      return;
    end if;
    if days is null or place.closed_at + make_interval(days => days) > said_at then
      update public.tickets t set status = 'open' where t.organization_id = organization and t.id = ticket;
      return;
    end if;
    -- No part of a merge any longer.
    path := null;
    source := place;
    ticket := (
      select f.id
        from public.tickets f
       where f.organization_id = organization and f.follow_up_of = source.id and f.deleted_at is null
       order by f.number desc
       limit 1
    );
    exit when ticket is null;
  end loop;
  path := null;
  insert into public.tickets as f
    (organization_id, customer_id, assigned_to, subject, metadata, tags, follow_up_of)
  values (
    organization, source.customer_id,
    (
      select a.id from public.agent_profiles a
       where a.organization_id = organization and a.id = source.assigned_to and a.deactivated_at is null
    ),
    source.subject, source.metadata, source.tags, source.id)
  returning f.id into ticket;
end
$$;


--
-- Name: report(record, text, text, desk.report_cell[], jsonb, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.report(period record, step text, dimension text, cells desk.report_cell[], nothing jsonb, omitted integer) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
    with cell as (
      select c.place, c.key, c.part, c.figures from unnest(cells) as c
       where c.part > 0 or c.place > 0
       union all
      select 0, null, 0, nothing || coalesce((select c.figures from unnest(cells) as c where c.place = 0 and c.part = 0), '{}')
    ),
    told as (
      select g.place,
             case
               when g.place = 0 then '{}'
               when dimension = 'agent' then jsonb_build_object('agent', (
                 select jsonb_build_object('id', a.id, 'name', a.name) from public.agent_profiles a
                  where g.key <> '' and a.id = nullif(g.key, '')::uuid
               ))
               when dimension = 'tag' then jsonb_build_object('tag', nullif(g.key, ''))
               else jsonb_build_object('priority', ('{low,normal,high,urgent}'::text[])[g.key::integer])
             end
             || nothing || g.figures
             || jsonb_build_object('periods', case when step is null then '[]' else (
                  select jsonb_agg(
                           jsonb_build_object('from', d.day) || nothing || coalesce(c.figures, '{}') order by d.place)
                    from unnest(period.days) with ordinality as d (day, place)
                    left join cell c on c.place = g.place and c.part = d.place
                ) end) as figures
        from cell g
       where g.part = 0
    )
    select jsonb_build_object(
             'time_zone', period.zone, 'from', period.first, 'to', period.last,
             'total', (select t.figures from told t where t.place = 0),
             'groups', coalesce((select jsonb_agg(t.figures order by t.place) from told t where t.place > 0), '[]'),
             'omitted_groups', omitted)
  );
end
$$;


--
-- Name: report_backlog(date, date, text, text, text, smallint, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.report_backlog(from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET work_mem TO '64MB'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  p record;
  stops timestamptz[];
  parts integer;
  cells desk.report_cell[];
  groups integer;
  room integer;
begin
  select r.first, r.last, r.zone, r.days, r.starts, r.stop into p
    from desk.report_period(from_day, to_day, step) as r;
  stops := p.starts[2:] || p.stop;
  parts := cardinality(stops);
  room := desk.report_room(parts, 400);
  -- Each spell counts from one part to another. What is unsolved now is read from its index alone: there is much more
  -- of it than was solved in a period.
  with open as materialized (
    select case when s.opened_at < stops[1] then 1 else width_bucket(s.opened_at, stops) + 1 end as first,
           case dimension when 'agent' then s.assigned_to end as agent,
           case dimension when 'priority' then s.priority_rank end as rank,
           case when dimension = 'tag' or only_tag is not null then s.tag_set end as tag_set,
           count(*)::integer as n, min(s.opened_at) as opened_at
      from desk.ticket_spells s
     where s.solved_at is null and s.is_counted and s.opened_at < p.stop
       and desk.is_reported(only_agent, only_priority, null, s.assigned_to, s.priority_rank, null, true)
     group by 1, 2, 3, 4
  ),
  -- The tags of each set, of one of its spells.
  tagged as (
    select e.tag_set,
           (
             select s.tags
               from desk.ticket_spells s
              where s.solved_at is null and s.is_counted and s.opened_at = e.opened_at and s.tag_set = e.tag_set
              limit 1
           ) as tags
      from (
        select o.tag_set, min(o.opened_at) as opened_at from open o where o.tag_set is not null group by o.tag_set
      ) as e
  ),
  -- Of few parts and groups, spells are counted first; nearly each by tag is the only one of its kind.
  ended as (
    select case when s.opened_at < stops[1] then 1 else width_bucket(s.opened_at, stops) + 1 end as first,
           width_bucket(s.solved_at, stops) as last,
           case dimension when 'agent' then s.assigned_to end as agent,
           case dimension when 'priority' then s.priority_rank end as rank,
           count(*)::integer as n
      from desk.ticket_spells s
     where dimension is distinct from 'tag' and s.solved_at >= stops[1] and s.opened_at < p.stop
       and desk.is_reported(only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, s.is_counted)
     group by 1, 2, 3, 4
  ),
  spell as materialized (
    select o.first, parts as last, o.agent, o.rank, case dimension when 'tag' then t.tags end as tags, o.n
      from open o
      left join tagged t on t.tag_set = o.tag_set
     where o.first <= parts and (only_tag is null or only_tag = any (t.tags))
     union all
    select e.first, e.last, e.agent, e.rank, null, e.n from ended e where e.first <= e.last
     union all
    select e.first, e.last, null, null, e.tags, 1
      from (
        select case when s.opened_at < stops[1] then 1 else width_bucket(s.opened_at, stops) + 1 end as first,
               width_bucket(s.solved_at, stops) as last, s.tags
          from desk.ticket_spells s
         where dimension = 'tag' and s.solved_at >= stops[1] and s.opened_at < p.stop
           and desk.is_reported(
                 only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, s.is_counted)
      ) as e
     where e.first <= e.last
  ),
  -- The n that begin to count with a part, and those that end with one.
  total as materialized (
    select t.part, sum(t.change)::integer as change
      from (
        select s.first as part, s.n as change from spell s
         union all
        select s.last + 1, -s.n from spell s where s.last < parts
      ) as t
     group by t.part
  ),
  keyed as materialized (
    select unnest(desk.report_groups(dimension, s.agent, s.rank, s.tags)) collate "C" as key, s.first, s.last, s.n
      from spell s
     where dimension is not null
  ),
  changed as (
    select t.key, t.part, sum(t.change)::integer as change
      from (
        select k.key, k.first as part, k.n as change from keyed k
         union all
        select k.key, k.last + 1, -k.n from keyed k where k.last < parts
      ) as t
     group by t.key, t.part
  ),
  grown as materialized (
    select c.key, c.part, c.change, sum(c.change) over (partition by c.key order by c.part) as unsolved from changed c
  ),
  -- A group is as large as it ever was.
  whole as (
    select g.key, sum(g.change) as unsolved,
           row_number() over (order by max(g.unsolved) desc, g.key collate "default")::integer as place
      from grown g
     group by g.key
    having max(g.unsolved) > 0
  ),
  told as materialized (
    select 0 as place, null::text as key, sum(t.change) as unsolved from total t
     union all
    select w.place, w.key, w.unsolved from whole w where w.place <= room
  ),
  step_change as materialized (
    select 0 as place, t.part, t.change from total t where step is not null
     union all
    select w.place, g.part, g.change
      from told w
      join grown g on g.key = w.key
     where step is not null
  ),
  figure as (
    select t.place, t.key, 0 as part, t.unsolved from told t where t.unsolved is not null
     union all
    select t.place, t.key, n.part, sum(coalesce(c.change, 0)) over (partition by t.place order by n.part)
      from told t
     cross join generate_series(1, parts) as n (part)
      left join step_change c on c.place = t.place and c.part = n.part
     where step is not null
  )
  select array_agg(row(f.place, f.key, f.part, jsonb_build_object('unsolved', f.unsolved))::desk.report_cell),
         (select count(*) from whole w)
    into cells, groups
    from figure f;
  return desk.report(p, step, dimension, cells, '{"unsolved": 0}', greatest(0, groups - room));
end
$$;


--
-- Name: report_groups(text, uuid, smallint, text[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.report_groups(dimension text, agent uuid, rank smallint, tags text[]) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE dimension WHEN 'agent'::text THEN ARRAY[COALESCE((agent)::text, ''::text)] WHEN 'priority'::text THEN ARRAY[(rank)::text] WHEN 'tag'::text THEN CASE WHEN (tags = '{}'::text[]) THEN ARRAY[''::text] ELSE tags END ELSE NULL::text[] END;


--
-- Name: report_period(date, date, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.report_period(INOUT first date, INOUT last date, step text, OUT zone text, OUT days date[], OUT starts timestamp with time zone[], OUT stop timestamp with time zone) RETURNS record
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  today date;
begin
  zone := (select o.time_zone from public.organizations o where o.id = desk.current_organization());
  today := (now() at time zone zone)::date;
  last := least(coalesce(last, today), today);
  first := coalesce(first, last - 29);
  if first > last then
    perform desk.fail('DK422', 'invalid', 'A period begins before it ends, and not after today.', '/from');
  elsif last - first > 91 then
    perform desk.fail('DK422', 'invalid', 'A period has at most 92 days.', '/from');
  end if;
  days := array(
    select d.day::date
      from generate_series(first::timestamp, last::timestamp, interval '1 day') as d (day)
     where d.day::date = first
        or step = 'day' or step = 'week' and extract(isodow from d.day) = 1 or step = 'month' and extract(day from d.day) = 1
     order by 1);
  starts := array(select u.day::timestamp at time zone zone from unnest(days) with ordinality as u (day, place) order by u.place);
  stop := (last + 1)::timestamp at time zone zone;
end
$$;


--
-- Name: report_room(integer, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.report_room(parts integer, cells integer) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN GREATEST(1, LEAST(50, (cells / parts)));


--
-- Name: report_times(date, date, text, text, text, smallint, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.report_times(from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET work_mem TO '64MB'
    AS $$
declare
  -- No null, which no join could look up.
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  p record;
  cells desk.report_cell[];
  groups integer;
  room integer;
begin
  select r.first, r.last, r.zone, r.days, r.starts, r.stop into p
    from desk.report_period(from_day, to_day, step) as r;
  room := desk.report_room(cardinality(p.days), 180);
  with measured as materialized (
    select 0 as measure, width_bucket(s.responded_at, p.starts) as part, s.response_seconds as clock,
           s.response_business_seconds as business,
           case dimension when 'agent' then coalesce(s.assigned_to, nobody) else nobody end as agent,
           case dimension when 'priority' then s.priority_rank else 0 end as rank,
           case dimension when 'tag' then s.tags else '{}' end as tags
      from desk.ticket_spells s
     where s.responded_at >= p.starts[1] and s.responded_at < p.stop
       and desk.is_reported(only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, s.is_counted)
     union all
    select 1 as measure, width_bucket(s.solved_at, p.starts) as part, s.resolution_seconds as clock,
           s.resolution_business_seconds as business,
           case dimension when 'agent' then coalesce(s.assigned_to, nobody) else nobody end as agent,
           case dimension when 'priority' then s.priority_rank else 0 end as rank,
           case dimension when 'tag' then s.tags else '{}' end as tags
      from desk.ticket_spells s
     where s.solved_at >= p.starts[1] and s.solved_at < p.stop and s.reopened_at is null
       and desk.is_reported(only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, s.is_counted)
  ),
  -- What groups there are, each with all that its tickets may have in common.
  common as (
    select m.agent, m.rank, m.tags, count(*) as n from measured m where dimension is not null group by 1, 2, 3
  ),
  ranked as (
    select k.key, row_number() over (order by sum(c.n) desc, k.key)::integer as place
      from common c
     cross join unnest(desk.report_groups(dimension, nullif(c.agent, nobody), c.rank::smallint, c.tags)) as k (key)
     group by k.key
  ),
  member as materialized (
    select c.agent, c.rank, c.tags, r.place
      from common c
     cross join unnest(desk.report_groups(dimension, nullif(c.agent, nobody), c.rank::smallint, c.tags)) as k (key)
      join ranked r on r.key = k.key
     where r.place <= room
  ),
  grouped as materialized (
    select r.place, m.measure, m.part, m.clock, m.business
      from measured m
      join member r on r.agent = m.agent and r.rank = m.rank and r.tags = m.tags
  ),
  figure as (
    select 0 as place, 0 as part, m.measure, count(*) as n,
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by m.clock) as clock,
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by m.business) as business
      from measured m
     group by m.measure
     union all
    select 0, m.part, m.measure, count(*),
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by m.clock),
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by m.business)
      from measured m
     where step is not null
     group by m.part, m.measure
     union all
    select g.place, 0, g.measure, count(*),
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by g.clock),
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by g.business)
      from grouped g
     group by g.place, g.measure
     union all
    select g.place, g.part, g.measure, count(*),
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by g.clock),
           percentile_disc('{0.5,0.9}'::float8[]) within group (order by g.business)
      from grouped g
     where step is not null
     group by g.place, g.part, g.measure
  ),
  told as (
    select f.place, f.part,
           jsonb_object_agg(('{first_response,resolution}'::text[])[f.measure + 1], jsonb_build_object(
             'count', f.n,
             'clock', jsonb_build_object('median', f.clock[1], 'p90', f.clock[2]),
             'business', jsonb_build_object('median', f.business[1], 'p90', f.business[2]))) as figures
      from figure f
     group by f.place, f.part
  )
  select array_agg(row(t.place, r.key, t.part, t.figures)::desk.report_cell), (select count(*) from ranked)
    into cells, groups
    from told t
    left join ranked r on r.place = t.place;
  return desk.report(
    p, step, dimension, cells,
    '{
      "first_response": {
        "count": 0, "clock": {"median": null, "p90": null}, "business": {"median": null, "p90": null}},
      "resolution": {
        "count": 0, "clock": {"median": null, "p90": null}, "business": {"median": null, "p90": null}}
    }',
    greatest(0, groups - room));
end
$$;


--
-- Name: report_volume(date, date, text, text, text, smallint, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.report_volume(from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET work_mem TO '64MB'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  p record;
  cells desk.report_cell[];
  groups integer;
  room integer;
begin
  select r.first, r.last, r.zone, r.days, r.starts, r.stop into p
    from desk.report_period(from_day, to_day, step) as r;
  room := desk.report_room(cardinality(p.days), 400);
  -- Lists of tags are told apart by their number.
  with turn as materialized (
    select width_bucket(s.opened_at, p.starts) as part,
           case dimension when 'agent' then s.assigned_to end as agent,
           case dimension when 'priority' then s.priority_rank end as rank,
           case dimension when 'tag' then s.tag_set end as tag_set,
           min(case dimension when 'tag' then s.tags end) as tags,
           (count(*) filter (where s.ordinal = 0))::integer as created,
           (count(*) filter (where s.ordinal > 0))::integer as reopened,
           0 as solved, 0 as returned
      from desk.ticket_spells s
     where s.opened_at >= p.starts[1] and s.opened_at < p.stop
       and desk.is_reported(only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, s.is_counted)
     group by 1, 2, 3, 4
     union all
    select width_bucket(s.solved_at, p.starts),
           case dimension when 'agent' then s.assigned_to end,
           case dimension when 'priority' then s.priority_rank end,
           case dimension when 'tag' then s.tag_set end,
           min(case dimension when 'tag' then s.tags end),
           0, 0, count(*)::integer, (count(*) filter (where s.reopened_at is not null))::integer
      from desk.ticket_spells s
     where s.solved_at >= p.starts[1] and s.solved_at < p.stop
       and desk.is_reported(only_agent, only_priority, only_tag, s.assigned_to, s.priority_rank, s.tags, s.is_counted)
     group by 1, 2, 3, 4
  ),
  total as materialized (
    select t.part, sum(t.created) as created, sum(t.solved) as solved, sum(t.reopened) as reopened,
           sum(t.returned) as returned
      from turn t
     group by t.part
  ),
  counted as materialized (
    select k.key, k.part, sum(k.created)::integer as created, sum(k.solved)::integer as solved,
           sum(k.reopened)::integer as reopened, sum(k.returned)::integer as returned
      from (
        select unnest(desk.report_groups(dimension, t.agent, t.rank, t.tags)) collate "C" as key, t.part, t.created,
               t.solved, t.reopened, t.returned
          from turn t
         where dimension is not null
      ) as k
     group by k.key, k.part
  ),
  whole as (
    select c.key, sum(c.created) as created, sum(c.solved) as solved, sum(c.reopened) as reopened,
           sum(c.returned) as returned,
           row_number() over (
             order by sum(c.created + c.solved + c.reopened) desc, c.key collate "default")::integer as place
      from counted c
     group by c.key
  ),
  figure as (
    select 0 as place, null::text as key, 0 as part, sum(t.created) as created, sum(t.solved) as solved,
           sum(t.reopened) as reopened, sum(t.returned) as returned
      from total t
    having count(*) > 0
     union all
    select 0, null, t.part, t.created, t.solved, t.reopened, t.returned from total t where step is not null
     union all
    select w.place, w.key, 0, w.created, w.solved, w.reopened, w.returned from whole w where w.place <= room
     union all
    select w.place, w.key, c.part, c.created, c.solved, c.reopened, c.returned
      from whole w
      join counted c on c.key = w.key
     where step is not null and w.place <= room
  )
  select array_agg(row(
           f.place, f.key, f.part,
           jsonb_build_object(
             'created', f.created, 'solved', f.solved, 'reopened', f.reopened,
             'reopen_rate', trim_scale(round(f.returned::numeric / nullif(f.solved, 0), 4))))::desk.report_cell),
         (select count(*) from whole w)
    into cells, groups
    from figure f;
  return desk.report(
    p, step, dimension, cells, '{"created": 0, "solved": 0, "reopened": 0, "reopen_rate": null}',
    greatest(0, groups - room));
end
$$;


--
-- Name: require(text, uuid, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.require(kind text, id uuid, path text DEFAULT ''::text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if id is not null and desk.visible_version(kind, id) is null then
    perform desk.fail('DK404', 'not_found', format('There is no such %s.', replace(kind, '_', ' ')), path);
  end if;
end
$$;


--
-- Name: require_admin(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.require_admin() RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if desk.caller_role() <> 'admin' then
    perform desk.fail('DK403', 'forbidden', 'Only an admin may do that.');
  end if;
end
$$;


--
-- Name: require_epoch(text, xid8); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.require_epoch(epoch text, xid xid8) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  present constant text := desk.feed_epoch();
begin
  if epoch <> present or epoch is not null and xid > desk.feed_end() then
    perform desk.fail(
      'DK410', 'cursor_foreign', 'The cursor does not belong to this database; read what there is, then start anew.',
      '/cursor');
  end if;
  return present;
end
$$;


--
-- Name: retire_agents(text, text, timestamp with time zone); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.retire_agents(organization text, person text, changed_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  update public.agent_profiles a set deactivated_at = retire_agents.changed_at, status = 'offline'
    from public.organizations g
   where g.id = a.organization_id
     and (organization = '' or g.clerk_id = organization)
     and (person = '' or a.clerk_user_id = person)
     and a.deactivated_at is null;
end
$$;


--
-- Name: schema_version(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.schema_version() RETURNS integer
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (select coalesce(max(m.number), 0) from desk.migrations m);
end
$$;


--
-- Name: seal_audit(integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.seal_audit(records integer DEFAULT 10000) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  horizon constant xid8 := desk.feed_horizon();
  waiting record;
  batch record;
  total integer := 0;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('desk.seal_audit', 0)) then
    return 0;
  end if;
  for waiting in
    select o.id, coalesce(s.number, 0) as number, coalesce(s.last_xid, '0') as xid, coalesce(s.last_seq, 0) as seq, s.hash
      from public.organizations o
      left join lateral (
        select l.number, l.last_xid, l.last_seq, l.hash from desk.audit_seals l
         where l.organization_id = o.id
         order by l.number desc
         limit 1
      ) as s on true
     where exists (
       select from desk.audit_records r
        where r.organization_id = o.id
          and (r.xid, r.seq) > (coalesce(s.last_xid, '0'), coalesce(s.last_seq, 0))
          and r.xid < horizon
     )
  loop
    loop
      exit when total >= records;
      select array_agg(d.seq order by d.xid, d.seq) as seqs,
             string_agg(d.digest, '' order by d.xid, d.seq) as digests,
             (array_agg(d.xid order by d.xid, d.seq))[1] as first_xid,
             (array_agg(d.xid order by d.xid desc, d.seq desc))[1] as last_xid
        into batch
        from (
          select r.xid, r.seq, desk.audit_record_digest(r) as digest
            from desk.audit_records r
           where r.organization_id = waiting.id
             and (r.xid, r.seq) > (waiting.xid, waiting.seq)
             and r.xid < horizon
           order by r.xid, r.seq
           limit least(1000, records - total)
        ) as d;
      exit when batch.seqs is null;
      waiting.number := waiting.number + 1;
      waiting.hash := desk.audit_seal_hash(waiting.hash, waiting.number, batch.seqs, batch.digests);
      waiting.xid := batch.last_xid;
      waiting.seq := batch.seqs[cardinality(batch.seqs)];
      insert into desk.audit_seals (organization_id, number, first_xid, last_xid, last_seq, seqs, digests, hash)
      values (
        waiting.id, waiting.number, batch.first_xid, batch.last_xid, waiting.seq, batch.seqs, batch.digests,
        waiting.hash);
      total := total + cardinality(batch.seqs);
    end loop;
    exit when total >= records;
  end loop;
  return total;
end
$$;


--
-- Name: search_all_tickets(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.search_all_tickets(query text) RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET client_min_messages TO 'warning'
    AS $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  wanted constant tsquery := websearch_to_tsquery('pg_catalog.simple', query);
begin
  if organization is null or wanted is null or numnode(wanted) = 0 then
    return '{}';
  end if;
  return array(
    select d.ticket_id from desk.search_documents d
     where d.organization_id = organization and d.search @@ wanted
     union
    select t.id
      from public.customers c
      join public.tickets t on t.organization_id = c.organization_id and t.customer_id = c.id
     where c.organization_id = organization and c.search @@ wanted
  );
end
$$;


--
-- Name: search_customer_again(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.search_customer_again(organization uuid, customer uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  update public.customers c
     set version = c.version + 1,
         search = desk.customer_words(c.name, c.email, desk.identity_words(c.organization_id, c.id, null))
   where c.organization_id = organization and c.id = customer;
end
$$;


--
-- Name: search_customers(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.search_customers(query text) RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET client_min_messages TO 'warning'
    AS $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  wanted tsquery;
begin
  -- The words as they stand, or the parts of an address typed halfway.
  select string_agg(w.words, ' | ')::tsquery into wanted
    from (
      select '(' || string_agg(
               '''' || replace(replace(l.lexeme, '\', '\\'), '''', '''''') || ''':*', ' & ') || ')' as words
        from (values (query), (translate(query, '@.+-_', '     '))) as form (content),
             unnest(to_tsvector('pg_catalog.simple', form.content)) as l (lexeme, positions, weights)
       group by form.content
    ) as w;
  if organization is null or wanted is null then
    return '{}';
  end if;
  return array(
    select c.id from public.customers c
     where c.organization_id = organization and c.search @@ wanted and c.merged_into is null and c.erased_at is null
     order by c.created_at desc, c.id desc
     limit 1000
  );
end
$$;


--
-- Name: search_language_changed(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.search_language_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into desk.search_reindexings as r (organization_id, languages)
  values (new.id, array[old.search_language])
  on conflict (organization_id) do update
     set languages = array(select distinct l.name from unnest(r.languages || excluded.languages) as l (name)),
         place = 0;
  return null;
end
$$;


--
-- Name: search_tickets(text, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.search_tickets(query text, max_hits integer DEFAULT 1000) RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET client_min_messages TO 'warning'
    AS $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  wanted constant tsquery := websearch_to_tsquery('pg_catalog.simple', query);
  capped constant integer := least(greatest(max_hits, 0), 1000);
  most constant integer := 2000;
  hits uuid[];
begin
  if organization is null or wanted is null or numnode(wanted) = 0 then
    return '{}';
  end if;
  -- The index tells all that have a word before it tells the first.
  if cardinality(desk.latest_matching(organization, wanted, 128, 8)) = 8 then
    return desk.latest_matching(organization, wanted, most, capped);
  end if;
  hits := array(
    (select d.ticket_id from desk.search_documents d
      where d.organization_id = organization and d.search @@ wanted
      limit most + 1)
    union all
    (select t.id
       from public.customers c
       join public.tickets t on t.organization_id = c.organization_id and t.customer_id = c.id
      where c.organization_id = organization and c.search @@ wanted
      limit most + 1)
  );
  if cardinality(hits) > most then
    return desk.latest_matching(organization, wanted, most, capped);
  end if;
  return array(
    select t.id from public.tickets t
     where t.organization_id = organization and t.id = any (hits)
     order by t.last_activity_at desc, t.id desc
     limit capped
  );
end
$$;


--
-- Name: search_vector(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.search_vector(content text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET client_min_messages TO 'warning'
    AS $$
begin
  if octet_length(content) <= 65536 then
    return to_tsvector('pg_catalog.simple', content);
  end if;
  begin
    return to_tsvector('pg_catalog.simple', desk.cut(content, 262144));
  exception when program_limit_exceeded then
    return to_tsvector('pg_catalog.simple', desk.cut(content, 65536));
  end;
end
$$;


--
-- Name: set_customer_fields(uuid, jsonb, boolean, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.set_customer_fields(customer uuid, fields jsonb, is_new boolean DEFAULT false, base text DEFAULT ''::text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  organization constant uuid := desk.current_organization();
  given record;
  path text;
  removed uuid[] := '{}';
  ids uuid[] := '{}';
  contents text[] := '{}';
  missing text;
begin
  perform desk.require('customer', customer, base || case when base <> '' then '/id' else '' end);
  if fields is null or jsonb_typeof(fields) <> 'object' then
    perform desk.fail('DK422', 'invalid', 'fields is an object of values by field name.', base || '/fields');
  end if;
  if is_new then
    fields := (
      select coalesce(jsonb_object_agg(f.field_name, f.default_value), '{}')
        from public.customer_fields f
       where f.organization_id = organization and f.default_value is not null
    ) || fields;
  end if;
  for given in
    select e.key, e.value, f as field, v.value as current
      from jsonb_each(fields) as e (key, value)
      left join public.customer_fields f on f.organization_id = organization and f.field_name = e.key
      left join public.customer_field_values v
             on v.organization_id = organization and v.customer_id = customer and v.field_id = f.id
     order by e.key
  loop
    path := base || '/fields/' || desk.pointer(given.key);
    if (given.field).id is null then
      perform desk.fail('DK422', 'unknown_field', 'There is no field of that name.', path);
    end if;
    if jsonb_typeof(given.value) <> 'null' then
      ids := ids || (given.field).id;
      contents := contents || desk.check_field(given.field, given.value, given.current, path);
    elsif (given.field).is_required then
      perform desk.fail('DK422', 'required', 'This field is required.', path);
    else
      removed := removed || (given.field).id;
    end if;
  end loop;

  if cardinality(removed) > 0 then
    delete from public.customer_field_values v
     where v.customer_id = customer and v.field_id = any (removed);
  end if;
  if cardinality(ids) > 0 then
    update public.customer_field_values v
       set value = g.value
      from unnest(ids, contents) as g (field_id, value)
     where v.customer_id = customer and v.field_id = g.field_id and v.value <> g.value;
    insert into public.customer_field_values (organization_id, customer_id, field_id, value)
    select organization, customer, g.field_id, g.value
      from unnest(ids, contents) as g (field_id, value)
     where not exists (
       select from public.customer_field_values v where v.customer_id = customer and v.field_id = g.field_id
     );
  end if;

  select f.field_name into missing from public.customer_fields f
   where f.organization_id = organization and f.is_required
     and not exists (
       select from public.customer_field_values v where v.customer_id = customer and v.field_id = f.id
     )
   order by f.position, f.field_name
   limit 1;
  if missing is not null then
    perform desk.fail('DK422', 'required', 'This field is required.', base || '/fields/' || desk.pointer(missing));
  end if;
end
$$;


--
-- Name: set_email_secret(uuid, text, text, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.set_email_secret(account uuid, kind text, key_id text, sealed text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_variable
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
begin
  if current_setting('app.role', true) is distinct from 'admin' then
    perform desk.fail('DK403', 'forbidden', 'Only an admin may do that.');
  end if;
  if not exists (
    select from public.email_accounts a where a.organization_id = organization and a.id = account
  ) then
    perform desk.fail('DK404', 'not_found', 'There is no such email account.');
  end if;
  delete from desk.email_secrets s
   where s.organization_id = organization and s.email_account_id = account and s.kind = kind;
  if sealed is not null then
    insert into desk.email_secrets (organization_id, email_account_id, kind, key_id, sealed)
    values (organization, account, kind, key_id, sealed);
  end if;
  if kind = 'imap' then
    update public.email_accounts a set has_imap_password = sealed is not null
     where a.organization_id = organization and a.id = account;
  else
    update public.email_accounts a set has_smtp_password = sealed is not null
     where a.organization_id = organization and a.id = account;
  end if;
end
$$;


--
-- Name: set_fields_of_customers(jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.set_fields_of_customers(customers jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform desk.set_customer_fields(
            (e.value ->> 'id')::uuid, e.value -> 'fields', false, '/customers/' || e.place - 1)
     from jsonb_array_elements(customers) with ordinality as e (value, place);
end
$$;


--
-- Name: set_mail_settings(uuid, text, jsonb, boolean); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.set_mail_settings(account uuid, kind text, settings jsonb, with_password boolean) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_variable
declare
  known boolean;
  path constant text := '/' || kind || '_settings/password';
begin
  if kind = 'imap' then
    select e.has_imap_password and e.imap_settings <> settings into known
      from public.email_accounts e where e.id = account;
  else
    select e.has_smtp_password and e.smtp_settings <> settings into known
      from public.email_accounts e where e.id = account;
  end if;
  if known and not with_password then
    perform desk.fail(
      'DK423', 'rule', 'The password was given for other settings; give it again, or null to remove it.', path);
  end if;
  if kind = 'imap' then
    update public.email_accounts e set imap_settings = settings where e.id = account;
  else
    update public.email_accounts e set smtp_settings = settings where e.id = account;
  end if;
end
$$;


--
-- Name: shown(text, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.shown(kind text, id uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_variable
declare
  shows_deleted constant boolean := desk.caller_role() = 'admin';
begin
  case kind
    when 'organization' then return (select to_jsonb(o) from desk.organization o where o.id = id);
    when 'agent' then return (select to_jsonb(o) from desk.agent o where o.id = id);
    when 'customer' then
      return (
        select to_jsonb(o) from desk.customer_detail o where o.id = id and (shows_deleted or o.deleted_at is null));
    when 'field' then return (select to_jsonb(o) from desk.field o where o.id = id);
    when 'ticket' then
      return (
        select to_jsonb(o) from desk.ticket_detail o where o.id = id and (shows_deleted or o.deleted_at is null));
    when 'message' then
      return (select to_jsonb(o) from desk.message o where o.id = id and (shows_deleted or o.deleted_at is null));
    -- A macro every agent can restore.
    when 'macro' then return (select to_jsonb(o) from desk.macro o where o.id = id);
    when 'email_account' then return (select to_jsonb(o) from desk.email_account o where o.id = id);
    when 'tag' then return (select to_jsonb(o) from desk.tag o where o.id = id);
    when 'view' then return (select to_jsonb(o) from desk.ticket_view o where o.id = id);
  end case;
end
$$;


--
-- Name: similar_agents(uuid, text, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.similar_agents(organization uuid, word text, most integer) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'desk', 'pg_temp'
    AS $$
    begin
      return array(
        select a.id
          from public.agent_profiles a
         where a.organization_id = organization and word_similarity(word, a.name) >= 0.25
         order by word_similarity(word, a.name) desc, a.id
         limit most
      );
    end
    $$;


--
-- Name: similar_customers(uuid, text, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.similar_customers(organization uuid, word text, most integer) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'desk', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_indexscan TO 'off'
    SET enable_indexonlyscan TO 'off'
    AS $$
    begin
      -- Not among the settings above: only a superuser may keep one of an extension in a function.
      perform set_config('pg_trgm.word_similarity_threshold', '0.25', true);
      return array(
        select r.id
          from (
            select s.id, s.likeness, max(s.likeness) over () as best
              from (
                select c.id, word_similarity(word, c.name) as likeness
                  from public.customers c
                 where c.organization_id = organization and c.name %> word
                 order by likeness desc, c.id
                 limit most
              ) as s
          ) as r
         where r.likeness >= r.best - 0.05
         order by r.likeness desc, r.id
      );
    end
    $$;


--
-- Name: solver(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.solver(organization uuid, assignee uuid) RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  solver constant uuid := coalesce(assignee, desk.working_agent(organization));
begin
  if solver is null then
    perform desk.fail('DK423', 'rule', 'A solved ticket has an assignee, and nobody is there to be it.', '/status');
  end if;
  return solver;
end
$$;


--
-- Name: sort_columns(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.sort_columns(sort text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE sort WHEN 'creation'::text THEN 't.created_at'::text WHEN 'priority'::text THEN 't.priority_rank, t.last_activity_at'::text ELSE 't.last_activity_at'::text END;


--
-- Name: split_ticket(uuid, uuid, uuid, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.split_ticket(ticket uuid, message uuid, new_id uuid, subject text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  source record;
  first record;
begin
  select t.id, t.subject, t.customer_id, t.priority, t.assigned_to, t.tags into source
    from public.tickets t
   where t.organization_id = organization and t.id = ticket and t.deleted_at is null
     for no key update;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/id');
  end if;
  select m.created_at, m.id, c.id as customer_id, m.metadata ? 'event' and m.sender_type = 'system' as is_event
    into first
    from public.ticket_messages m
    left join public.customers c
           on c.organization_id = m.organization_id and c.id = m.sender_customer_id and c.deleted_at is null
   where m.organization_id = organization and m.ticket_id = ticket and m.id = message and m.deleted_at is null;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such message on this ticket.', '/message_id');
  end if;
  if first.is_event then
    perform desk.fail('DK423', 'rule', 'What the desk noted about a ticket stays with it.', '/message_id');
  end if;
  if not exists (
    select from public.ticket_messages m
     where m.organization_id = organization and m.ticket_id = ticket and m.deleted_at is null
       and (m.created_at, m.id) < (first.created_at, first.id)
  ) then
    perform desk.fail('DK423', 'rule', 'Nothing would be left: this is the first message.', '/message_id');
  end if;
  insert into public.tickets (
    organization_id, id, customer_id, assigned_to, subject, priority, tags, split_from)
  values (
    organization, new_id, coalesce(first.customer_id, source.customer_id),
    (
      select a.id
        from public.agent_profiles a
       where a.organization_id = organization and a.id = source.assigned_to and a.deactivated_at is null
    ),
    coalesce(split_ticket.subject, source.subject), source.priority, source.tags, ticket);
  update public.ticket_messages m
     set ticket_id = new_id,
         merge_path = null
   where m.organization_id = organization and m.ticket_id = ticket
     and (m.created_at, m.id) >= (first.created_at, first.id)
     and not (m.sender_type = 'system' and m.metadata ? 'event');
  perform desk.note_on_ticket(
    organization, ticket, 'Split off ' || desk.ticket_title(organization, new_id), 'split_into', new_id);
  perform desk.note_on_ticket(
    organization, new_id, 'Split from ' || desk.ticket_title(organization, ticket), 'split_from', ticket);
  perform desk.recompute_ticket(organization, ticket), desk.recompute_ticket(organization, new_id);
end
$$;


--
-- Name: tag_changed(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.tag_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  update public.tickets t
     set tags = case tg_op
           when 'UPDATE' then array_replace(t.tags, old.name, new.name)
           else array_remove(t.tags, old.name)
         end
   where t.organization_id = old.organization_id
     and t.id in (
       select k.ticket_id from desk.ticket_tags k
        where k.organization_id = old.organization_id and k.tag_id = old.id
     );
  return case tg_op when 'DELETE' then old end;
end
$$;


--
-- Name: tag_name(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.tag_name(content text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(lower(btrim(NORMALIZE(content, NFC), ' 	
v   '::text)), '[[:space:]\u00a0\u2028\u2029]+'::text, '-'::text, 'g'::text);


--
-- Name: tag_names(text[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.tag_names(names text[]) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return array(
    select distinct desk.tag_name(n.name) collate "C" as name
      from unnest(names) as n (name)
     where n.name is not null
     order by 1
  );
end
$$;


--
-- Name: tagged_tickets(text[], boolean, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.tagged_tickets(names text[], wants_all boolean, most integer) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  wanted constant uuid[] := desk.find_tags(names);
  rarest uuid;
  hits uuid[];
begin
  if wants_all and cardinality(wanted) < cardinality(desk.tag_names(names)) then
    return '{}';
  end if;
  if not wants_all then
    -- Tag by tag, so that no more is read than counts; a ticket that has several is there more than once.
    hits := array(
      select k.ticket_id
        from unnest(wanted) as w (id)
        cross join lateral (select l.ticket_id from desk.ticket_tags l where l.tag_id = w.id and not l.is_deleted limit most + 1) as k
       limit most + 1
    );
    if cardinality(hits) > most then
      return null;
    end if;
    return array(select distinct h.id from unnest(hits) as h (id));
  end if;
  -- The tag with the fewest tickets, as far as they are worth counting.
  rarest := (
    select w.id
      from unnest(wanted) as w (id)
      cross join lateral (
        select count(*) as n
          from (select from desk.ticket_tags k where k.tag_id = w.id and not k.is_deleted limit coalesce(most, 2000) + 1) as k
      ) as c
     order by c.n, w.id
     limit 1
  );
  hits := array(
    select k.ticket_id
      from desk.ticket_tags k
     where k.tag_id = rarest and not k.is_deleted
       and not exists (
         select from unnest(wanted) as w (id)
          where w.id <> rarest
            and not exists (select from desk.ticket_tags l where l.ticket_id = k.ticket_id and l.tag_id = w.id)
       )
     limit most + 1
  );
  return case when most is null or cardinality(hits) <= most then hits end;
end
$$;


--
-- Name: term_query(jsonb, text[]); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.term_query(term jsonb, languages text[]) RETURNS tsquery
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET client_min_messages TO 'warning'
    AS $$
declare
  content constant text := term ->> 'text';
  configuration regconfig;
  language text;
  one tsquery;
  found tsquery;
begin
  foreach language in array languages loop
    configuration := ('pg_catalog.' || quote_ident(language))::regconfig;
    one := case term ->> 'kind'
      when 'phrase' then phraseto_tsquery(configuration, content)
      when 'prefix' then to_tsquery(
        configuration, '''' || replace(replace(content, '\', '\\'), '''', '''''') || ''':*')
      else plainto_tsquery(configuration, content)
    end;
    if numnode(one) = 0 then
      if found is null then
        return null;
      end if;
    else
      found := case when found is null or found = one then one else found || one end;
    end if;
  end loop;
  if (term ->> 'subject')::boolean then
    -- Quotes within a lexeme are doubled in the text of a query, so that this finds the end of each.
    found := replace(
      regexp_replace(found::text, '(''(?:[^'']|'''')*'')(:\*)?', '\1\2:A', 'g'), ''':*:A', ''':*A')::tsquery;
  end if;
  return found;
end
$$;


--
-- Name: term_test(integer, jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.term_test(term integer, lookups jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
begin
  if lookups #> array[term::text, 'customers'] is not null then
    return format(
      '(t.customer_id = any (array(select e.v::uuid from jsonb_array_elements_text($12 #> ''{%1$s,customers}'') as e (v)))'
      ' or coalesce(t.assigned_to = any (array(select e.v::uuid from jsonb_array_elements_text($12 #> ''{%1$s,agents}'') as e (v))), false))',
      term);
  end if;
  return format(
    '((select true from desk.search_documents d where d.organization_id = $1 and d.ticket_id = t.id'
    ' and d.search @@ $5[%s] limit 1) is not null', term)
    || case when lookups ? term::text then format(
         ' or (select c.search @@ $5[%1$s] from public.customers c'
         ' where c.organization_id = $1 and c.id = t.customer_id)'
         ' or (select true from public.customer_field_values v where v.organization_id = $1'
         ' and v.customer_id = t.customer_id and desk.value_words(v.value) @@ $5[%1$s] limit 1) is not null',
         term) else '' end
    || case when lookups #> array[term::text, 'tags'] <> '[]' then format(
         ' or t.tags && array(select e.v from jsonb_array_elements_text($12 #> ''{%s,tags}'') as e (v))',
         term) else '' end
    || ')';
end
$_$;


--
-- Name: ticket_at(uuid, timestamp with time zone); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.ticket_at(ticket uuid, instant timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  organization constant uuid := desk.current_organization();
  own constant bigint := desk.ticket_record(ticket, null, instant);
  state constant jsonb := desk.members_after(array[ticket], ticket, own);
  last_seq bigint;
  last_message uuid;
  messages integer;
  said jsonb;
begin
  if state is null then
    return null;
  end if;
  select max(l.seq), count(*),
         -- What a message said that is deleted by now is not told.
         (array_agg(l.id order by l.created_at desc, l.id desc) filter (where l.is_told))[1]
    into last_seq, messages, last_message
    from (
      select w.seq, w.id, m.created_at,
             m.deleted_at is null and t.id is not null and (t.deleted_at is null or t.id = ticket) as is_told
        from (
          select r.object_id as id,
                 max(r.seq) filter (where r.created_at <= instant) as seq,
                 (array_agg(r.action order by r.seq desc) filter (
                   where r.created_at <= instant and r.action not in ('redacted', 'erased', 'purged')))[1] as action,
                 bool_or(r.old_values ? 'ticket_id') as has_come
            from desk.audit_records r
           where r.root_id = ticket
             and r.object_kind = 'message'
           group by r.object_id
        ) as w
        left join public.ticket_messages m on m.id = w.id
        left join public.tickets t on t.organization_id = m.organization_id and t.id = m.ticket_id
       where w.action <> 'deleted'
         and (not w.has_come and m.ticket_id = ticket
              or ticket = (
                select r.ticket_id
                  from desk.audit_records r
                 where r.root_id = any (desk.audit_places(organization, w.id))
                   and r.object_id = w.id
                   and r.created_at <= instant
                   and r.action not in ('redacted', 'erased', 'purged')
                 order by r.seq desc
                 limit 1
              ))
    ) as l;
  said := desk.members_after(desk.audit_roots(organization, last_message, ticket), last_message, last_seq);
  return (
    select jsonb_build_object(
             'id', ticket, 'version', r.object_version, 'changed_at', r.created_at, 'ticket', state,
             'message_count', coalesce(messages, 0),
             'last_message',
             jsonb_build_object('id', last_message)
               || said || jsonb_build_object('body', desk.audit_value(said -> 'body')))
      from desk.audit_records r
     where r.root_id = ticket and r.object_id = ticket and r.seq = own
  );
end
$$;


--
-- Name: ticket_conditions(uuid, jsonb, timestamp with time zone); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.ticket_conditions(organization uuid, conditions jsonb, now timestamp with time zone, OUT resolved jsonb, OUT tests text[]) RETURNS record
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  condition jsonb;
  place integer := -1;
  test text;
  words text;
  ids uuid[];
begin
  resolved := '[]';
  tests := '{}';
  for condition in select c.value from jsonb_array_elements(conditions) with ordinality as c (value, n) order by c.n loop
    place := place + 1;
    test := null;
    case condition ->> 'by'
      when 'assignee' then
        if condition ? 'present' then
          test := 't.assigned_to is not null';
        else
          ids := array(
            select a.id from public.agent_profiles a
             where a.organization_id = organization
               and (a.id::text in (select lower(e.v) from jsonb_array_elements_text(condition -> 'any') as e (v))
                    or a.email in (select desk.address(e.v) from jsonb_array_elements_text(condition -> 'any') as e (v)))
          );
          condition := condition || jsonb_build_object('ids', ids);
          test := concat_ws(
            ' or ',
            case when condition -> 'any' @> '"none"' then 't.assigned_to is null' end,
            case when cardinality(ids) > 0 or not condition -> 'any' @> '"none"' then format(
              't.assigned_to = any (array(select e.v::uuid from jsonb_array_elements_text($2 #> ''{%s,ids}'') as e (v)))',
              place) end);
        end if;
      when 'customer' then
        ids := array(
          select coalesce(desk.merged_customer(c.organization_id, c.id), c.id) from public.customers c
           where c.organization_id = organization
             and c.id = any (array(
               select e.v::uuid from jsonb_array_elements_text(condition -> 'any') as e (v)
                where e.v ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'))
          union
          select i.customer_id from desk.customer_identities i
           where i.organization_id = organization
             and i.kind = any ('{email,external_id,chat}')
             and i.value = any (array(
               select u.v
                 from jsonb_array_elements_text(condition -> 'any') as e (v)
                 cross join lateral (values (desk.address(e.v)), (btrim(e.v))) as u (v)))
        );
        words := (
          select string_agg('(' || q.words || ')', ' | ')
            from (
              select plainto_tsquery('pg_catalog.simple', e.v)::text as words
                from jsonb_array_elements_text(condition -> 'any') as e (v)
               where e.v not like '%@%'
                 and e.v !~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
            ) as q
           where q.words <> ''
        );
        condition := condition || jsonb_build_object('ids', ids)
          || case when words is null then '{}' else jsonb_build_object('words', words) end;
        test := concat_ws(
          ' or ',
          format(
            't.customer_id = any (array(select e.v::uuid from jsonb_array_elements_text($2 #> ''{%s,ids}'') as e (v)))',
            place),
          case when words is not null then format(
            '(select c.search @@ ($2 #>> ''{%s,words}'')::tsquery from public.customers c'
            ' where c.organization_id = $1 and c.id = t.customer_id)', place) end);
      when 'tag' then
        if condition ? 'present' then
          test := 'cardinality(t.tags) > 0';
        else
          condition := condition || jsonb_build_object(
            'names', desk.tag_names(array(select e.v from jsonb_array_elements_text(condition -> 'any') as e (v))));
          test := format(
            't.tags && array(select e.v from jsonb_array_elements_text($2 #> ''{%s,names}'') as e (v))', place);
        end if;
      when 'number' then
        test := case when condition ? 'any' then format(
            't.number = any (array(select e.v::integer from jsonb_array_elements_text($2 #> ''{%s,any}'') as e (v)))',
            place)
          else desk.range_test('t.number', 'integer', condition, place) end;
      when 'created', 'updated', 'activity', 'solved' then
        condition := condition
          || case when condition ? 'from'
               then jsonb_build_object('from', desk.query_instant(condition ->> 'from', now)) else '{}' end
          || case when condition ? 'to'
               then jsonb_build_object('to', desk.query_instant(condition ->> 'to', now)) else '{}' end;
        test := desk.range_test(
          case condition ->> 'by' when 'created' then 't.created_at' when 'updated' then 't.updated_at'
            when 'activity' then 't.last_activity_at' else 't.last_solved_at' end,
          'timestamptz', condition, place);
      when 'note' then
        test := '(select true from public.ticket_messages m where m.organization_id = $1 and m.ticket_id = t.id'
          ' and m.is_internal and m.deleted_at is null limit 1) is not null';
      when 'reply' then test := 't.first_reply_at is not null';
      when 'snoozed' then test := 't.snoozed_until > now()';
      when 'waiting' then test := 't.waiting_since is not null';
      when 'text' then
        condition := condition || jsonb_build_object('ids', desk.search_tickets(condition #>> '{any,0}'));
        test := format(
          't.id = any (array(select e.v::uuid from jsonb_array_elements_text($2 #> ''{%s,ids}'') as e (v)))', place);
      when 'customer_text' then
        condition := condition || jsonb_build_object('ids', desk.search_customers(condition #>> '{any,0}'));
        test := format(
          't.customer_id = any (array(select e.v::uuid from jsonb_array_elements_text($2 #> ''{%s,ids}'') as e (v)))',
          place);
      when 'address' then
        test := format(
          't.id = (select i.customer_id from desk.customer_identities i where i.organization_id = $1'
          ' and i.kind = ''email'' and i.value = desk.address($2 #>> ''{%s,any,0}''))', place);
      when 'blocked' then test := 't.blocked_at is not null';
      when 'identity' then
        test := format(
          't.id = (select i.customer_id from desk.customer_identities i where i.organization_id = $1'
          ' and i.kind = $2 #>> ''{%1$s,name}'' and i.value'
          ' = desk.identity_value($2 #>> ''{%1$s,name}'', $2 #>> ''{%1$s,any,0}'', ''/identity/value''))',
          place);
      when 'field' then
        select f.resolved, f.test into condition, words from desk.field_condition(organization, condition, place) as f;
        condition := condition || jsonb_build_object('test', words);
        test := format(
          '(select true from public.customer_field_values v where v.organization_id = $1'
          ' and v.customer_id = t.customer_id and v.field_id = ($2 #>> ''{%s,field}'')::uuid and %s limit 1) is not null',
          place, words);
    end case;
    resolved := resolved || jsonb_build_array(condition);
    tests := tests || case when (condition ->> 'not')::boolean
      then format('not coalesce(%s, false)', test) else format('(%s)', test) end;
  end loop;
end
$_$;


--
-- Name: ticket_customer(uuid, text, text, jsonb, jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.ticket_customer(new_id uuid, email text, name text, fields jsonb, identities jsonb DEFAULT '[]'::jsonb) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  customer constant uuid := desk.ensure_customer(new_id, email, name, '/customer/email', identities);
begin
  if customer = new_id then
    perform desk.set_customer_fields(customer, fields, true, '/customer');
  end if;
  return customer;
end
$$;


--
-- Name: ticket_customer_checked(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.ticket_customer_checked() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if exists (
    select from public.customers c
     where c.organization_id = new.organization_id and c.id = new.customer_id and c.deleted_at is not null
  ) then
    perform desk.fail('DK404', 'not_found', 'There is no such customer.', '/customer_id');
  end if;
  return null;
end
$$;


--
-- Name: ticket_diff(uuid, integer, timestamp with time zone, integer, timestamp with time zone); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.ticket_diff(ticket uuid, from_version integer, from_instant timestamp with time zone, to_version integer, to_instant timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  first constant bigint := desk.ticket_record(ticket, from_version, from_instant);
  last constant bigint := desk.ticket_record(ticket, to_version, to_instant);
  before constant jsonb := desk.members_after(array[ticket], ticket, first);
  after constant jsonb := desk.members_after(array[ticket], ticket, last);
begin
  if first is null or last is null then
    return null;
  end if;
  return (
    select jsonb_build_object(
             'id', ticket,
             'from', jsonb_build_object('version', f.object_version, 'changed_at', f.created_at),
             'to', jsonb_build_object('version', l.object_version, 'changed_at', l.created_at),
             'changes', desk.audit_changes(f.organization_id, before, after))
      from desk.audit_records f
      join desk.audit_records l
        on l.root_id = ticket and l.object_id = ticket and l.seq = last
     where f.root_id = ticket and f.object_id = ticket and f.seq = first
  );
end
$$;


--
-- Name: ticket_record(uuid, integer, timestamp with time zone); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.ticket_record(ticket uuid, version integer, instant timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
    select max(r.seq)
      from desk.audit_records r
     where r.root_id = ticket
       and r.object_id = ticket
       and (version is null or r.object_version <= version)
       and (
         instant is null
         or r.seq < coalesce(
           (
             select min(l.seq)
               from desk.audit_records l
              where l.root_id = ticket and l.object_id = ticket and l.created_at > instant
           ),
           9223372036854775807)
       )
  );
end
$$;


--
-- Name: ticket_records(uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.ticket_records(ticket uuid) RETURNS TABLE(xid xid8, seq bigint, object_kind text, action text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
begin
  return query
    select a.xid, a.seq, a.object_kind::text, a.action::text
      from desk.audit_records a
     where a.organization_id = organization and coalesce(a.ticket_id, a.object_id) = ticket;
end
$$;


--
-- Name: ticket_snippet(uuid, jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.ticket_snippet(ticket uuid, query jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET client_min_messages TO 'warning'
    AS $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  language text := (select o.search_language from public.organizations o where o.id = organization);
  languages text[];
  wanted tsquery;
  -- The same without weights, which are no part of a text.
  marked tsquery;
  one tsquery;
  term jsonb;
  source uuid;
  content text;
begin
  languages := array_remove(
    array[language]
    || coalesce((select r.languages from desk.search_reindexings r where r.organization_id = organization), '{}'),
    'simple') || array['simple'];
  for term in
    select t.value from jsonb_array_elements(query -> 'terms') as t (value) where not (t.value ->> 'not')::boolean
  loop
    one := desk.term_query(term, languages);
    if one is not null then
      wanted := case when wanted is null then one else wanted || one end;
      one := desk.term_query(term || '{"subject": false}', languages);
      marked := case when marked is null then one else marked || one end;
    end if;
  end loop;
  if wanted is null then
    return null;
  end if;
  select d.source_id, d.language into source, language
    from desk.search_documents d
   where d.organization_id = organization and d.ticket_id = ticket and d.search @@ wanted
   order by ts_rank('{0.1, 0.2, 0.4, 1.0}', d.search, wanted) desc, d.place desc
   limit 1;
  if source is null then
    return null;
  end if;
  content := case when source = ticket
    then (select t.subject from public.tickets t where t.organization_id = organization and t.id = ticket)
    else (select m.body from public.ticket_messages m where m.organization_id = organization and m.id = source)
  end;
  return jsonb_build_object(
    'message_id', nullif(source, ticket),
    'text', ts_headline(
      ('pg_catalog.' || quote_ident(language))::regconfig,
      translate(desk.cut(content, 32768), U&'\27E6\27E7', ''),
      marked,
      U&'StartSel=\27E6, StopSel=\27E7, ' || case when char_length(content) <= 300 then 'HighlightAll=true'
        else 'MaxFragments=2, MaxWords=30, MinWords=10, FragmentDelimiter=" … "' end));
end
$$;


--
-- Name: ticket_subject_changed(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.ticket_subject_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  insert into desk.search_documents as d (organization_id, ticket_id, source_id, search)
  values (new.organization_id, new.id, new.id, desk.search_vector(new.subject))
  on conflict (organization_id, ticket_id, source_id) do update set search = excluded.search;
  return null;
end
$$;


--
-- Name: ticket_tagged(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.ticket_tagged() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  found_ids uuid[];
begin
  found_ids := array(
    select g.id from public.tags g where g.organization_id = new.organization_id and g.name = any (new.tags));
  if cardinality(found_ids) < cardinality(new.tags) then
    insert into public.tags (organization_id, name)
    select new.organization_id, u.name from unnest(new.tags) with ordinality as u (name, place) order by u.place
    on conflict on constraint tags_name_key do nothing;
    found_ids := array(
      select g.id from public.tags g where g.organization_id = new.organization_id and g.name = any (new.tags));
  end if;
  if tg_op = 'UPDATE' then
    delete from desk.ticket_tags k
     where k.organization_id = new.organization_id and k.ticket_id = new.id and k.tag_id <> all (found_ids);
    update desk.ticket_tags k
       set is_deleted = new.deleted_at is not null
     where k.organization_id = new.organization_id and k.ticket_id = new.id
       and k.is_deleted <> (new.deleted_at is not null);
  end if;
  insert into desk.ticket_tags (organization_id, ticket_id, tag_id, is_deleted)
  select new.organization_id, new.id, u.id, new.deleted_at is not null from unnest(found_ids) as u (id)
  on conflict on constraint ticket_tags_pkey do nothing;
  return null;
end
$$;


--
-- Name: ticket_title(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.ticket_title(organization uuid, ticket uuid) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (select '#' || t.number from public.tickets t where t.organization_id = organization and t.id = ticket);
end
$$;


--
-- Name: tickets_held(uuid, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.tickets_held(organization uuid, customer uuid) RETURNS uuid[]
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return array(
    with recursive held (id) as (
      select t.id from public.tickets t
       where t.organization_id = organization and t.customer_id = customer and t.deleted_at is null
       union
      select s.id
        from held h
        join public.tickets s on s.organization_id = organization and s.merged_into = h.id
    )
    select h.id from held h
  );
end
$$;


--
-- Name: unmerge_customer(uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.unmerge_customer(source uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  customer record;
  place uuid := source;
  merge record;
  before jsonb;
  returned uuid[];
begin
  -- From source to target, as a ticket goes.
  loop
    select c.id, c.merged_into, c.deleted_at, c.erased_at, c.email into customer
      from public.customers c
     where c.organization_id = organization and c.id = place
       for no key update;
    if not found then
      perform desk.fail('DK404', 'not_found', 'There is no such customer.', '/id');
    end if;
    exit when customer.merged_into is null;
    place := customer.merged_into;
  end loop;
  if place = source then
    perform desk.fail('DK423', 'rule', 'The customer was not merged.', '/id');
  end if;
  if customer.erased_at is not null then
    perform desk.fail('DK423', 'rule', 'The customer was erased.', '/id');
  end if;
  if customer.deleted_at is not null then
    perform desk.fail(
      'DK423', 'rule', 'The customer that they were merged into is deleted; restore that one first.', '/id',
      jsonb_build_object('customer_id', place));
  end if;
  update desk.customer_merges g
     set undone_at = clock_timestamp(),
         undone_by = nullif(current_setting('app.agent_id', true), '')::uuid
   where g.organization_id = organization and g.source_id = source and g.undone_at is null
  returning g.prior, g.merged_at into merge;
  if merge.merged_at < now() - interval '30 days' then
    perform desk.fail(
      'DK423', 'rule', 'A merge can be undone for 30 days.', '/id', jsonb_build_object('merged_at', merge.merged_at));
  end if;
  before := desk.other_identities(organization, place);
  perform from public.tickets t
    where t.organization_id = organization
      and t.id = any (array(
        select o.id from public.tickets o
         where o.organization_id = organization and o.customer_id = place and source = any (o.customer_path)
        union
        select m.ticket_id from public.ticket_messages m
         where m.organization_id = organization and m.sender_customer_id = place and source = any (m.sender_path)
      ))
    order by t.id
      for no key update;
  perform from public.customers c
    where c.organization_id = organization and c.id in (source, place)
    order by c.id
      for update;
  with back as (
    update public.tickets t
       set customer_id = source,
           customer_path = nullif(t.customer_path[:array_position(t.customer_path, source) - 1], '{}'),
           last_activity_at = t.last_activity_at + interval '1 microsecond'
     where t.organization_id = organization and t.customer_id = place and source = any (t.customer_path)
    returning t.id
  )
  select coalesce(array_agg(b.id), '{}') into returned from back b;
  update public.ticket_messages m
     set sender_id = source,
         sender_path = nullif(m.sender_path[:array_position(m.sender_path, source) - 1], '{}')
   where m.organization_id = organization and m.sender_customer_id = place and source = any (m.sender_path);
  -- What was said since on a ticket that goes back was said by whom it is of.
  update public.ticket_messages m
     set sender_id = source
   where m.organization_id = organization and m.ticket_id = any (returned) and m.sender_customer_id = place
     and m.sender_path is null and m.created_at >= merge.merged_at;
  delete from public.customer_field_values v
   using jsonb_each_text(merge.prior -> 'fields') as g (field_id, value)
   where v.organization_id = organization and v.customer_id = place and v.field_id = g.field_id::uuid
     and v.value = g.value;
  update desk.customer_identities i
     set customer_id = source
    from jsonb_to_recordset(merge.prior -> 'identities') as g (kind text, value text)
   where i.organization_id = organization and i.kind = g.kind and i.value = g.value and i.customer_id = place;
  if not exists (
    select from desk.customer_identities i
     where i.organization_id = organization and i.kind = 'email' and i.value = customer.email and i.customer_id = place
  ) then
    update public.customers c
       set email = (
             select i.value from desk.customer_identities i
              where i.organization_id = organization and i.kind = 'email' and i.customer_id = place
              order by i.created_at, i.value
              limit 1
           )
     where c.organization_id = organization and c.id = place;
  end if;
  update public.customers c
     set merged_into = null,
         email = (
           select i.value from desk.customer_identities i
            where i.organization_id = organization and i.kind = 'email' and i.value = merge.prior ->> 'email'
              and i.customer_id = source
         )
   where c.organization_id = organization and c.id = source;
  perform desk.search_customer_again(organization, source), desk.search_customer_again(organization, place);
  perform desk.write_audit(
            organization, 'customer', place, c.version, null, 'changed',
            jsonb_build_object('identities', before),
            jsonb_build_object('identities', desk.other_identities(organization, place)),
            jsonb_build_object('unmerged', source))
     from public.customers c
    where c.organization_id = organization and c.id = place;
  perform desk.write_audit(
            organization, 'customer', source, c.version, null, 'changed',
            jsonb_build_object('identities', null),
            jsonb_build_object('identities', desk.other_identities(organization, source)),
            jsonb_build_object('unmerged_from', place))
     from public.customers c
    where c.organization_id = organization and c.id = source;
end
$$;


--
-- Name: unmerge_ticket(uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.unmerge_ticket(source uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  ticket record;
  way uuid[];
  place uuid;
  merge record;
  first_news timestamptz;
  is_open boolean;
  landing record;
begin
  select t.merged_into, t.deleted_at into ticket
    from public.tickets t
   where t.organization_id = organization and t.id = source
     for no key update;
  if not found then
    perform desk.fail('DK404', 'not_found', 'There is no such ticket.', '/id');
  end if;
  if ticket.merged_into is null then
    perform desk.fail('DK423', 'rule', 'The ticket was not merged.', '/id');
  end if;
  way := desk.lock_way(organization, source, through => true, follows => true);
  place := way[cardinality(way)];
  select t.merged_into, t.deleted_at into ticket
    from public.tickets t
   where t.organization_id = organization and t.id = place;
  if ticket.deleted_at is not null then
    perform desk.fail(
      'DK423', 'rule', 'The ticket that its messages are in is deleted; restore that first.', '/id',
      jsonb_build_object('ticket_id', place));
  end if;
  update desk.ticket_merges g
     set undone_at = clock_timestamp(),
         undone_by = nullif(current_setting('app.agent_id', true), '')::uuid
   where g.organization_id = organization and g.source_id = source and g.undone_at is null
  returning g.prior, g.merged_at, g.target_id into merge;
  first_news := (
    select min(m.created_at)
      from public.ticket_messages m
     where m.organization_id = organization and m.ticket_id = place and source = any (m.merge_path)
       and m.sender_type = 'customer' and not m.is_automatic and m.created_at > merge.merged_at
       and m.deleted_at is null
  );
  is_open := first_news is not null and merge.prior ->> 'status' <> 'closed';
  update public.ticket_messages m
     set ticket_id = source,
         merge_path = nullif(m.merge_path[:array_position(m.merge_path, source) - 1], '{}')
   where m.organization_id = organization and m.ticket_id = place and source = any (m.merge_path);
  update public.tickets t
     set merged_into = null,
         assigned_to = (
           select a.id
             from public.agent_profiles a
            where a.organization_id = organization and a.deactivated_at is null
              and a.id = (merge.prior ->> 'assigned_to')::uuid
         )
   where t.organization_id = organization and t.id = source;
  update public.tickets t
     set status = case when is_open then 'open' else (merge.prior ->> 'status')::public.ticket_status end
   where t.organization_id = organization and t.id = source;
  -- Merging solved, closed and woke nothing.
  update public.tickets t
     set first_solved_at = p.first_solved_at,
         last_solved_at = p.last_solved_at,
         closed_at = case when t.status = 'closed' then p.closed_at end,
         reopen_count = p.reopen_count + case when is_open and p.status = 'solved' then 1 else 0 end,
         snoozed_until = case when not is_open and p.snoozed_until > now() then p.snoozed_until end,
         keep_snoozed = not is_open and p.snoozed_until > now() and p.keep_snoozed
    from jsonb_to_record(merge.prior) as p (
      status text, first_solved_at timestamptz, last_solved_at timestamptz, closed_at timestamptz, reopen_count integer,
      snoozed_until timestamptz, keep_snoozed boolean)
   where t.organization_id = organization and t.id = source;
  perform desk.part_ticket(organization, source, merge.target_id);
  if first_news is not null and not is_open then
    landing := desk.reopen_or_follow_up(organization, source, first_news);
    if landing.ticket <> source then
      update public.ticket_messages m
         set ticket_id = landing.ticket,
             merge_path = landing.path
       where m.organization_id = organization and m.ticket_id = source and m.created_at >= first_news
         and not (m.sender_type = 'system' and m.metadata ? 'event');
      update public.tickets t
         set status = 'open',
             snoozed_until = case when t.keep_snoozed then t.snoozed_until end,
             last_activity_at = greatest(
               t.last_activity_at,
               (
                 select max(m.created_at) from public.ticket_messages m
                  where m.organization_id = organization and m.ticket_id = landing.ticket
               ))
       where t.organization_id = organization and t.id = landing.ticket;
      perform desk.recompute_ticket(organization, landing.ticket);
    end if;
  end if;
  perform desk.note_on_ticket(
    organization, source, 'Taken out of ' || desk.ticket_title(organization, place) || ' again', 'unmerged_from', place);
  perform desk.note_on_ticket(
    organization, place, 'Gave back ' || desk.ticket_title(organization, source), 'unmerged', source);
  perform desk.recompute_ticket(organization, source), desk.recompute_ticket(organization, place);
end
$$;


--
-- Name: upsert_customer(uuid, text, text, jsonb, jsonb, jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.upsert_customer(new_id uuid, email text, name text, metadata jsonb, fields jsonb, identities jsonb DEFAULT '[]'::jsonb) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  customer constant uuid := desk.ensure_customer(
    new_id, email, name, '/email', identities, coalesce(metadata, '{}'));
  is_new constant boolean := customer = new_id;
begin
  if not is_new then
    perform desk.expect('customer', customer, null);
    perform desk.add_identities(
      customer,
      case when upsert_customer.email is null then '[]'::jsonb
        else jsonb_build_array(jsonb_build_object('kind', 'email', 'value', upsert_customer.email, 'path', '/email')) end
        || identities);
    update public.customers c
       set name = coalesce(upsert_customer.name, c.name),
           metadata = coalesce(upsert_customer.metadata, c.metadata)
     where c.id = customer;
  end if;
  if is_new or fields is not null then
    perform desk.set_customer_fields(customer, coalesce(fields, '{}'), is_new);
  end if;
  return customer;
end
$$;


--
-- Name: use_key(text, text, bytea); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.use_key(key text, method text, params_hash bytea) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_variable
begin
  delete from desk.idempotency_keys k where k.key = key and k.created_at < now() - interval '24 hours';
  insert into desk.idempotency_keys (key, method, params_hash) values (key, method, params_hash);
end
$$;


--
-- Name: uuid_v7(); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.uuid_v7() RETURNS uuid
    LANGUAGE sql PARALLEL SAFE
    RETURN (encode(set_bit(set_bit(OVERLAY(uuid_send(gen_random_uuid()) PLACING SUBSTRING(int8send(((EXTRACT(epoch FROM clock_timestamp()) * (1000)::numeric))::bigint) FROM 3) FROM 1 FOR 6), (52)::bigint, 1), (53)::bigint, 1), 'hex'::text))::uuid;


--
-- Name: valid_macro_actions(jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.valid_macro_actions(actions jsonb) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  action record;
  agent constant text := '^(me|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$';
begin
  if jsonb_typeof(actions) <> 'object' or actions ? 'set_tags' and actions ?| '{add_tags,remove_tags}' then
    return false;
  end if;
  -- A solved ticket has an assignee and does not sleep.
  if actions ->> 'status' = 'solved' and (actions -> 'assigned_to' = 'null' or actions ? 'snooze_hours') then
    return false;
  end if;
  for action in select a.name, a.value, jsonb_typeof(a.value) as type from jsonb_each(actions) as a (name, value) loop
    if not coalesce(
      case action.name
        when 'status' then action.value <@ '["open", "pending", "solved"]' and action.type = 'string'
        when 'priority' then action.value <@ '["low", "normal", "high", "urgent"]' and action.type = 'string'
        when 'assigned_to' then action.type = 'null' or action.type = 'string' and action.value #>> '{}' ~ agent
        when 'fields' then action.type = 'object' and action.value <> '{}'
        when 'snooze_hours' then
          action.type = 'number' and (action.value #>> '{}')::numeric between 1 and 8760
          and (action.value #>> '{}')::numeric % 1 = 0
        when 'add_followers' then
          action.type = 'array' and jsonb_array_length(action.value) between 1 and 100
          and not exists (
            select from jsonb_array_elements(action.value) as e (value)
             where jsonb_typeof(e.value) <> 'string' or e.value #>> '{}' !~ agent
          )
        when 'add_tags' then desk.valid_tag_list(action.value, 1)
        when 'remove_tags' then desk.valid_tag_list(action.value, 1)
        when 'set_tags' then desk.valid_tag_list(action.value, 0)
      end, false)
    then
      return false;
    end if;
  end loop;
  return true;
end
$_$;


--
-- Name: valid_mail_settings(jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.valid_mail_settings(settings jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((jsonb_typeof(settings) = 'object'::text) AND (NOT (EXISTS (SELECT FROM jsonb_object_keys(valid_mail_settings.settings) k(name) WHERE (k.name ~* '(password|secret|passwd|token|credential)'::text)))));


--
-- Name: valid_tag_list(jsonb, integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.valid_tag_list(tags jsonb, least_count integer) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if jsonb_typeof(tags) <> 'array' then
    return false;
  end if;
  return jsonb_array_length(tags) between least_count and 100
    and not exists (
      select from jsonb_array_elements(tags) as e (value)
       where jsonb_typeof(e.value) <> 'string' or char_length(btrim(e.value #>> '{}')) not between 1 and 100
    );
end
$$;


--
-- Name: value_choices(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.value_choices(value text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
begin
  if left(value, 2) = '["' and value ~
       '^\["([^"\\[:cntrl:]]|\\["\\bfnrt]|\\u00(0[1-9a-f]|1[0-9a-f]))*"(, "([^"\\[:cntrl:]]|\\["\\bfnrt]|\\u00(0[1-9a-f]|1[0-9a-f]))*")*\]$'
  then
    return array(select desk.value_key(c.one) from jsonb_array_elements_text(value::jsonb) as c (one));
  end if;
  return null;
end
$_$;


--
-- Name: value_key(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.value_key(value text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return lower(left(value, 200));
end
$$;


--
-- Name: value_number(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.value_number(value text) RETURNS double precision
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
begin
  if value ~ '^[+-]?[0-9]{1,200}([.][0-9]{1,100})?([eE][+-]?[0-9]{1,2})?$' then
    return value::double precision;
  end if;
  return null;
end
$_$;


--
-- Name: value_words(text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.value_words(value text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return to_tsvector('pg_catalog.simple', left(value, 2000));
end
$$;


--
-- Name: verify_audit(bigint, integer, jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.verify_audit(start bigint, seals integer, known jsonb DEFAULT NULL::jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  organization constant uuid := desk.current_organization();
  last record;
  seal record;
  previous bytea;
  -- Where the records of the next seal begin, at the earliest.
  from_xid xid8;
  from_seq bigint;
  expected bigint := start;
  problems jsonb := '[]';
  found_problems jsonb;
  checked_seals integer := 0;
  checked_records integer := 0;
  cleaned integer := 0;
  cleaned_here integer;
begin
  select s.number, s.hash, s.last_xid, s.last_seq into last
    from desk.audit_seals s where s.organization_id = organization
   order by s.number desc limit 1;
  select s.hash, s.last_xid, s.last_seq + 1 into previous, from_xid, from_seq
    from desk.audit_seals s where s.organization_id = organization and s.number = start - 1;
  if known is not null and not exists (
    select from desk.audit_seals s
     where s.organization_id = organization and s.number = (known ->> 'number')::bigint
       and encode(s.hash, 'hex') = known ->> 'hash'
  ) then
    problems := problems || jsonb_build_object('kind', 'seal_missing', 'seal', (known ->> 'number')::bigint);
  end if;
  for seal in
    select s.number, s.first_xid, s.last_xid, s.last_seq, s.seqs, s.digests, s.hash
      from desk.audit_seals s
     where s.organization_id = organization and s.number >= start
     order by s.number
     limit seals
  loop
    while expected < seal.number loop
      problems := problems || jsonb_build_object('kind', 'seal_missing', 'seal', expected);
      expected := expected + 1;
      previous := null;
    end loop;
    if previous is null then
      from_xid := case when seal.number = 1 then '0' else seal.first_xid end;
      from_seq := case when seal.number = 1 then 0 else seal.seqs[1] end;
    end if;
    -- After a gap there is no hash to go on from; the gap is told already.
    if (previous is not null or seal.number = 1)
       and seal.hash <> desk.audit_seal_hash(previous, seal.number, seal.seqs, seal.digests)
    then
      problems := problems || jsonb_build_object('kind', 'seal_changed', 'seal', seal.number);
    end if;
    select coalesce(jsonb_agg(f.problem order by f.seq) filter (where f.problem is not null), '[]'),
           count(*) filter (where f.is_cleaned)
      into found_problems, cleaned_here
      from (
        select coalesce(x.seq, r.seq) as seq,
               r.cleaned is not null and x.seq is not null as is_cleaned,
               case
                 when r.seq is null then jsonb_build_object('kind', 'record_missing', 'seal', seal.number, 'seq', x.seq)
                 when x.seq is null then
                   jsonb_build_object('kind', 'record_added', 'seal', seal.number, 'seq', r.seq)
                   || jsonb_build_object('object', jsonb_build_object('kind', r.object_kind, 'id', r.object_id))
                 when x.digest <> r.digest then
                   jsonb_build_object('kind', 'record_changed', 'seal', seal.number, 'seq', r.seq)
                   || jsonb_build_object('object', jsonb_build_object('kind', r.object_kind, 'id', r.object_id))
                 when r.cleaned is not null and not exists (
                   select from desk.audit_records e
                    where e.organization_id = organization
                      and e.root_id = r.root_id
                      and e.action in ('redacted', 'erased', 'purged')
                      -- What was purged took along what belonged to it.
                      and (e.object_id = r.object_id or e.object_id = e.root_id and e.action = 'purged')
                      and e.seq > r.seq
                      and e.detail -> 'members' @> (
                        select jsonb_agg(k.name) from jsonb_object_keys(r.cleaned) as k (name))
                 ) then
                   jsonb_build_object('kind', 'not_explained', 'seal', seal.number, 'seq', r.seq)
                   || jsonb_build_object('object', jsonb_build_object('kind', r.object_kind, 'id', r.object_id))
               end as problem
          from (
            select u.seq, substr(seal.digests, 32 * (u.position::integer - 1) + 1, 32) as digest
              from unnest(seal.seqs) with ordinality as u (seq, position)
          ) as x
          full join (
            select a.seq, a.object_kind, a.object_id, a.root_id, a.cleaned, desk.audit_record_digest(a) as digest
              from desk.audit_records a
             where a.organization_id = organization
               and (a.xid, a.seq) >= (from_xid, from_seq)
               and (a.xid, a.seq) <= (seal.last_xid, seal.last_seq)
          ) as r on r.seq = x.seq
      ) as f;
    problems := problems || found_problems;
    cleaned := cleaned + cleaned_here;
    checked_seals := checked_seals + 1;
    checked_records := checked_records + cardinality(seal.seqs);
    previous := seal.hash;
    from_xid := seal.last_xid;
    from_seq := seal.last_seq + 1;
    expected := seal.number + 1;
    -- An answer has an end as well.
    exit when jsonb_array_length(problems) >= 1000;
  end loop;
  return jsonb_build_object(
    'seals', checked_seals,
    'records', checked_records,
    'cleaned', cleaned,
    'unsealed', (
      select count(*)
        from (
          select from desk.audit_records r
           where r.organization_id = organization
             and (r.xid, r.seq) > (coalesce(last.last_xid, '0'), coalesce(last.last_seq, 0))
           limit 100000
        ) as u
    ),
    'last', case when last.number is not null then
      jsonb_build_object('number', last.number, 'hash', encode(last.hash, 'hex')) end,
    'next', case when expected <= last.number then expected end,
    'problems', problems
  );
end
$$;


--
-- Name: view_ticket(uuid, text); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.view_ticket(ticket uuid, mode text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform desk.require('ticket', ticket, '/ticket_id');
  if mode = 'none' then
    delete from desk.ticket_viewers v where v.ticket_id = ticket and v.agent_id = desk.current_agent();
  else
    insert into desk.ticket_viewers as v (organization_id, ticket_id, agent_id, mode, expires_at)
    values (desk.current_organization(), ticket, desk.current_agent(), mode, now() + interval '60 seconds')
    on conflict on constraint ticket_viewers_pkey
      do update set mode = excluded.mode, expires_at = excluded.expires_at;
  end if;
end
$$;


--
-- Name: visible_version(text, uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.visible_version(kind text, id uuid) RETURNS integer
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_variable
begin
  case kind
    when 'organization' then return (select o.version from public.organizations o where o.id = id);
    when 'agent' then return (select o.version from public.agent_profiles o where o.id = id);
    when 'customer' then
      return (select o.version from public.customers o where o.id = id and o.deleted_at is null);
    when 'field' then return (select o.version from public.customer_fields o where o.id = id);
    when 'ticket' then return (select o.version from public.tickets o where o.id = id and o.deleted_at is null);
    when 'message' then
      return (
        select o.version from public.ticket_messages o
          join public.tickets t on t.organization_id = o.organization_id and t.id = o.ticket_id
         where o.id = id and o.deleted_at is null and t.deleted_at is null
      );
    when 'macro' then return (select o.version from public.macros o where o.id = id and o.deleted_at is null);
    when 'email_account' then return (select o.version from public.email_accounts o where o.id = id);
    when 'tag' then return (select o.version from public.tags o where o.id = id);
    when 'view' then return (select o.version from public.ticket_views o where o.id = id);
  end case;
end
$$;


--
-- Name: wake_snoozed(integer); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.wake_snoozed("limit" integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  done integer;
begin
  update public.tickets t
     set snoozed_until = null,
         last_activity_at = greatest(t.last_activity_at, now())
    from (
      select u.organization_id, u.id
        from public.tickets u
       where u.snoozed_until <= now()
       order by u.snoozed_until
       limit wake_snoozed."limit"
         for no key update skip locked
    ) as due
   where t.organization_id = due.organization_id
     and t.id = due.id;
  get diagnostics done = row_count;
  return done;
end
$$;


--
-- Name: was_asked(uuid, uuid, timestamp with time zone); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.was_asked(organization uuid, ticket uuid, replied_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return replied_at is not null and exists (
    select from public.ticket_messages m
     where m.organization_id = organization and m.ticket_id = ticket and m.sender_type = 'customer'
       and not m.is_automatic and m.deleted_at is null and m.created_at <= replied_at
  );
end
$$;


--
-- Name: working_agent(uuid); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.working_agent(organization uuid) RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  caller uuid := nullif(current_setting('app.agent_id', true), '')::uuid;
begin
  -- Claims alone are looked up for whoever may read them.
  if caller is null and current_user <> 'desk_keeper' then
    caller := desk.claimed_agent();
  end if;
  return (
    select a.id from public.agent_profiles a
     where a.organization_id = organization and a.id = caller and a.deactivated_at is null
  );
end
$$;


--
-- Name: write_audit(uuid, text, uuid, integer, uuid, text, jsonb, jsonb, jsonb); Type: FUNCTION; Schema: desk; Owner: -
--

CREATE FUNCTION desk.write_audit(organization uuid, kind text, id uuid, version integer, ticket uuid, action text, old_values jsonb, new_values jsonb, detail jsonb DEFAULT NULL::jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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


--
-- Name: agent; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.agent WITH (security_invoker='true') AS
 SELECT a.id,
    a.clerk_user_id,
    a.name,
    a.email,
    a.role,
    a.status,
    a.settings,
    a.deactivated_at,
    a.version,
    a.created_at,
    a.updated_at
   FROM public.agent_profiles a;


--
-- Name: audit_entry; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.audit_entry WITH (security_invoker='true') AS
 SELECT r.seq,
    r.xid,
    jsonb_build_object('kind', r.object_kind, 'id', r.object_id) AS object,
    r.ticket_id,
    r.object_version AS version,
    r.action,
    jsonb_build_object('type', r.actor_type, 'id', r.actor_id, 'name',
        CASE r.actor_type
            WHEN 'agent'::text THEN ( SELECT a.name
               FROM public.agent_profiles a
              WHERE ((a.organization_id = r.organization_id) AND (a.id = r.actor_id)))
            WHEN 'customer'::text THEN ( SELECT c.name
               FROM public.customers c
              WHERE ((c.organization_id = r.organization_id) AND (c.id = r.actor_id)))
            ELSE NULL::text
        END, 'impersonator', r.impersonator, 'client_id', r.client_id, 'agent_id', r.agent_id) AS actor,
    r.method,
    r.requested_at,
    r.created_at,
    desk.audit_changes(r.organization_id, r.old_values, r.new_values) AS changes,
    COALESCE(( SELECT jsonb_agg(k.name) AS jsonb_agg
           FROM jsonb_object_keys(r.cleaned) k(name)), '[]'::jsonb) AS cleaned,
    r.detail
   FROM desk.audit_records r;


--
-- Name: audit_records_seq_seq; Type: SEQUENCE; Schema: desk; Owner: -
--

ALTER TABLE desk.audit_records ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME desk.audit_records_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: audit_seals; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.audit_seals (
    organization_id uuid NOT NULL,
    number bigint NOT NULL,
    first_xid xid8 NOT NULL,
    last_xid xid8 NOT NULL,
    last_seq bigint NOT NULL,
    seqs bigint[] NOT NULL,
    digests bytea NOT NULL,
    hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT audit_seals_digests_length CHECK ((octet_length(digests) = (32 * cardinality(seqs)))),
    CONSTRAINT audit_seals_hash_length CHECK ((octet_length(hash) = 32))
);
ALTER TABLE ONLY desk.audit_seals ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY desk.audit_seals FORCE ROW LEVEL SECURITY;


--
-- Name: clerk_events; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.clerk_events (
    id text NOT NULL,
    type text NOT NULL,
    clerk_id text,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT clerk_events_clerk_id_length CHECK (((char_length(clerk_id) >= 1) AND (char_length(clerk_id) <= 200))),
    CONSTRAINT clerk_events_id_length CHECK (((char_length(id) >= 1) AND (char_length(id) <= 256))),
    CONSTRAINT clerk_events_type_length CHECK (((char_length(type) >= 1) AND (char_length(type) <= 100)))
);

ALTER TABLE ONLY desk.clerk_events FORCE ROW LEVEL SECURITY;


--
-- Name: clerk_objects; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.clerk_objects (
    clerk_user_id text DEFAULT ''::text NOT NULL,
    clerk_id text DEFAULT ''::text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    is_deleted boolean DEFAULT false NOT NULL,
    name text,
    email text,
    CONSTRAINT clerk_objects_clerk_id_length CHECK ((char_length(clerk_id) <= 200)),
    CONSTRAINT clerk_objects_clerk_user_id_length CHECK ((char_length(clerk_user_id) <= 200)),
    CONSTRAINT clerk_objects_email_length CHECK ((octet_length(email) <= 320)),
    CONSTRAINT clerk_objects_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
    CONSTRAINT clerk_objects_named CHECK (((clerk_user_id <> ''::text) OR (clerk_id <> ''::text)))
);

ALTER TABLE ONLY desk.clerk_objects FORCE ROW LEVEL SECURITY;


--
-- Name: customer; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.customer WITH (security_invoker='true') AS
 SELECT c.id,
    c.name,
    c.email,
    c.metadata,
    c.version,
    c.created_at,
    c.updated_at,
    c.deleted_at,
    c.deleted_by,
    c.blocked_at,
    c.blocked_by,
    c.block_reason,
        CASE
            WHEN (c.merged_into IS NOT NULL) THEN desk.merged_customer(c.organization_id, c.id)
            ELSE NULL::uuid
        END AS merged_into,
    c.erased_at
   FROM public.customers c;


--
-- Name: customer_detail; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.customer_detail WITH (security_invoker='true') AS
 SELECT c.id,
    c.name,
    c.email,
    c.metadata,
    COALESCE(( SELECT jsonb_object_agg(f.field_name, desk.field_value(f.field_type, v.value)) AS jsonb_object_agg
           FROM (public.customer_field_values v
             JOIN public.customer_fields f ON (((f.organization_id = v.organization_id) AND (f.id = v.field_id))))
          WHERE ((v.organization_id = c.organization_id) AND (v.customer_id = c.id))), '{}'::jsonb) AS fields,
    c.version,
    c.created_at,
    c.updated_at,
    c.deleted_at,
    c.deleted_by,
    COALESCE(( SELECT jsonb_agg(jsonb_build_object('kind', i.kind, 'value', i.value, 'is_primary', ((i.kind = 'email'::text) AND (NOT (i.value IS DISTINCT FROM c.email))), 'created_at', i.created_at) ORDER BY ((i.kind = 'email'::text) AND (NOT (i.value IS DISTINCT FROM c.email))) DESC, i.created_at, i.kind, i.value) AS jsonb_agg
           FROM desk.customer_identities i
          WHERE ((i.organization_id = c.organization_id) AND (i.customer_id = c.id))), '[]'::jsonb) AS identities,
    c.blocked_at,
    c.blocked_by,
    c.block_reason,
        CASE
            WHEN (c.merged_into IS NOT NULL) THEN desk.merged_customer(c.organization_id, c.id)
            ELSE NULL::uuid
        END AS merged_into,
    c.erased_at
   FROM public.customers c;


--
-- Name: customer_merges; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.customer_merges (
    organization_id uuid NOT NULL,
    source_id uuid NOT NULL,
    target_id uuid NOT NULL,
    merged_by uuid,
    merged_at timestamp with time zone NOT NULL,
    undone_by uuid,
    undone_at timestamp with time zone,
    prior jsonb NOT NULL
);
ALTER TABLE ONLY desk.customer_merges ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY desk.customer_merges FORCE ROW LEVEL SECURITY;


--
-- Name: email_accounts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.email_accounts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid NOT NULL,
    email_address text NOT NULL,
    imap_settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    smtp_settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    has_imap_password boolean DEFAULT false NOT NULL,
    has_smtp_password boolean DEFAULT false NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT email_accounts_email_address_format CHECK ((email_address ~ '^[^[:space:]@]+@[^[:space:]@]+$'::text)),
    CONSTRAINT email_accounts_email_address_length CHECK ((octet_length(email_address) <= 320)),
    CONSTRAINT email_accounts_imap_settings_size CHECK ((octet_length((imap_settings)::text) <= 65536)),
    CONSTRAINT email_accounts_imap_settings_valid CHECK (desk.valid_mail_settings(imap_settings)),
    CONSTRAINT email_accounts_smtp_settings_size CHECK ((octet_length((smtp_settings)::text) <= 65536)),
    CONSTRAINT email_accounts_smtp_settings_valid CHECK (desk.valid_mail_settings(smtp_settings))
);
ALTER TABLE ONLY public.email_accounts ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY public.email_accounts FORCE ROW LEVEL SECURITY;


--
-- Name: email_account; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.email_account WITH (security_invoker='true') AS
 SELECT e.id,
    e.email_address,
    e.imap_settings,
    e.smtp_settings,
    e.has_imap_password,
    e.has_smtp_password,
    e.is_active,
    e.version,
    e.created_at,
    e.updated_at
   FROM public.email_accounts e;


--
-- Name: email_secrets; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.email_secrets (
    organization_id uuid NOT NULL,
    email_account_id uuid NOT NULL,
    kind text NOT NULL,
    key_id text NOT NULL,
    sealed text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT email_secrets_key_id_length CHECK (((char_length(key_id) >= 1) AND (char_length(key_id) <= 200))),
    CONSTRAINT email_secrets_kind_known CHECK ((kind = ANY (ARRAY['imap'::text, 'smtp'::text]))),
    CONSTRAINT email_secrets_sealed_length CHECK (((octet_length(sealed) >= 1) AND (octet_length(sealed) <= 16384)))
);
ALTER TABLE ONLY desk.email_secrets ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY desk.email_secrets FORCE ROW LEVEL SECURITY;


--
-- Name: event; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.event WITH (security_invoker='true') AS
 SELECT concat_ws('-'::text, '1', ( SELECT desk.feed_epoch() AS feed_epoch), a.xid, a.seq) AS id,
    (a.xid)::text AS transaction,
    ((a.object_kind || '.'::text) || (a.action)::text) AS type,
    a.object_kind,
    a.object_id,
    a.object_version AS version,
    a.ticket_id,
    jsonb_build_object('type', a.actor_type, 'id', a.actor_id, 'agent_id', a.agent_id) AS actor,
    a.method,
    a.created_at,
    COALESCE(v.old_values, '{}'::jsonb) AS old_values,
    COALESCE(v.new_values, '{}'::jsonb) AS new_values,
    ((v.old_values IS DISTINCT FROM a.old_values) OR (v.new_values IS DISTINCT FROM a.new_values)) AS truncated,
    a.xid,
    a.seq
   FROM (desk.audit_records a
     CROSS JOIN LATERAL ( SELECT desk.event_values(a.old_values) AS old_values,
            desk.event_values(a.new_values) AS new_values
         OFFSET 0) v);


--
-- Name: feed; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.feed (
    is_only boolean DEFAULT true NOT NULL,
    id text NOT NULL,
    epoch integer NOT NULL,
    written xid NOT NULL,
    relation oid NOT NULL,
    CONSTRAINT feed_epoch_range CHECK (((epoch >= 0) AND (epoch <= 32767))),
    CONSTRAINT feed_id_form CHECK ((id ~ '^[0-9a-f]{16}$'::text)),
    CONSTRAINT feed_one CHECK (is_only)
);

ALTER TABLE ONLY desk.feed FORCE ROW LEVEL SECURITY;


--
-- Name: field; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.field WITH (security_invoker='true') AS
 SELECT f.id,
    f.field_name,
    f.field_type,
    f.is_required,
    f.options,
    f.label,
    f.description,
    f."position",
    f.version,
    f.created_at,
    f.updated_at,
    f.default_value,
    f.pattern,
    f.minimum,
    f.maximum,
        CASE
            WHEN (f.field_type = ANY (ARRAY['select'::public.field_type, 'multiselect'::public.field_type])) THEN COALESCE(f.retired_options, '[]'::jsonb)
            ELSE NULL::jsonb
        END AS retired_options
   FROM public.customer_fields f;


--
-- Name: idempotency_keys; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.idempotency_keys (
    organization_id uuid DEFAULT (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid NOT NULL,
    agent_id uuid DEFAULT (NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid NOT NULL,
    key text NOT NULL,
    method text NOT NULL,
    params_hash bytea,
    answer jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT idempotency_keys_key_length CHECK (((char_length(key) >= 1) AND (char_length(key) <= 255))),
    CONSTRAINT idempotency_keys_method_length CHECK (((char_length(method) >= 1) AND (char_length(method) <= 200))),
    CONSTRAINT idempotency_keys_params_hash_length CHECK ((octet_length(params_hash) = 32))
);
ALTER TABLE ONLY desk.idempotency_keys ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY desk.idempotency_keys FORCE ROW LEVEL SECURITY;


--
-- Name: listed_customer; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.listed_customer WITH (security_invoker='true') AS
 SELECT c.organization_id,
    c.id,
    c.name,
    c.email,
    c.created_at,
    c.updated_at,
    c.deleted_at,
    c.blocked_at
   FROM public.customers c
  WHERE ((c.merged_into IS NULL) AND (c.erased_at IS NULL));


--
-- Name: macro_usage; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.macro_usage (
    organization_id uuid NOT NULL,
    macro_id uuid NOT NULL,
    usage_count integer DEFAULT 1 NOT NULL,
    last_used_at timestamp with time zone DEFAULT now() NOT NULL
)
WITH (fillfactor='70');
ALTER TABLE ONLY desk.macro_usage ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY desk.macro_usage FORCE ROW LEVEL SECURITY;


--
-- Name: macros; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.macros (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid NOT NULL,
    title text NOT NULL,
    body text,
    created_by uuid,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    deleted_by uuid,
    actions jsonb DEFAULT '{}'::jsonb NOT NULL,
    visibility text DEFAULT 'all'::text NOT NULL,
    CONSTRAINT macros_actions_size CHECK ((octet_length((actions)::text) <= 65536)),
    CONSTRAINT macros_actions_valid CHECK (desk.valid_macro_actions(actions)),
    CONSTRAINT macros_body_length CHECK (((octet_length(body) >= 1) AND (octet_length(body) <= 32768))),
    CONSTRAINT macros_does_something CHECK (((body IS NOT NULL) OR (actions <> '{}'::jsonb))),
    CONSTRAINT macros_metadata_object CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT macros_metadata_size CHECK ((octet_length((metadata)::text) <= 65536)),
    CONSTRAINT macros_title_length CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200))),
    CONSTRAINT macros_visibility_known CHECK ((visibility = ANY (ARRAY['me'::text, 'all'::text])))
);
ALTER TABLE ONLY public.macros ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY public.macros FORCE ROW LEVEL SECURITY;


--
-- Name: macro; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.macro WITH (security_invoker='true') AS
 SELECT m.id,
    m.title,
    m.body,
    m.actions,
    m.visibility,
    m.created_by,
    m.metadata,
    COALESCE(u.usage_count, 0) AS usage_count,
    u.last_used_at,
    m.version,
    m.created_at,
    m.updated_at,
    m.deleted_at,
    m.deleted_by
   FROM (public.macros m
     LEFT JOIN desk.macro_usage u ON (((u.organization_id = m.organization_id) AND (u.macro_id = m.id))));


--
-- Name: macro_row; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.macro_row WITH (security_invoker='true') AS
 SELECT m.id,
    m.title,
        CASE
            WHEN (octet_length(m.body) > 4096) THEN desk.cut(m.body, 4096)
            ELSE m.body
        END AS body,
    COALESCE((octet_length(m.body) > 4096), false) AS truncated,
    m.actions,
    m.visibility,
    m.created_by,
    m.metadata,
    m.usage_count,
    m.last_used_at,
    m.version,
    m.created_at,
    m.updated_at,
    m.deleted_at,
    m.deleted_by
   FROM desk.macro m;


--
-- Name: migrations; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.migrations (
    number integer NOT NULL,
    title text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: organizations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.organizations (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    clerk_id text NOT NULL,
    name text NOT NULL,
    support_email text,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    close_after_days integer DEFAULT 28,
    reopen_days integer DEFAULT 0,
    search_language text DEFAULT 'simple'::text NOT NULL,
    keep_deleted_days integer DEFAULT 30 NOT NULL,
    keep_closed_days integer,
    time_zone text DEFAULT 'UTC'::text NOT NULL,
    business_hours jsonb,
    holidays date[] DEFAULT '{}'::date[] NOT NULL,
    CONSTRAINT organizations_business_hours_object CHECK ((jsonb_typeof(business_hours) = 'object'::text)),
    CONSTRAINT organizations_business_hours_size CHECK ((octet_length((business_hours)::text) <= 8192)),
    CONSTRAINT organizations_clerk_id_length CHECK (((char_length(clerk_id) >= 1) AND (char_length(clerk_id) <= 200))),
    CONSTRAINT organizations_close_after_days_range CHECK (((close_after_days >= 1) AND (close_after_days <= 3650))),
    CONSTRAINT organizations_holidays_count CHECK ((cardinality(holidays) <= 400)),
    CONSTRAINT organizations_keep_closed_days_range CHECK (((keep_closed_days >= 1) AND (keep_closed_days <= 36500))),
    CONSTRAINT organizations_keep_deleted_days_range CHECK (((keep_deleted_days >= 1) AND (keep_deleted_days <= 3650))),
    CONSTRAINT organizations_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
    CONSTRAINT organizations_reopen_days_range CHECK (((reopen_days >= 0) AND (reopen_days <= 3650))),
    CONSTRAINT organizations_search_language_length CHECK (((char_length(search_language) >= 1) AND (char_length(search_language) <= 63))),
    CONSTRAINT organizations_settings_object CHECK ((jsonb_typeof(settings) = 'object'::text)),
    CONSTRAINT organizations_settings_size CHECK ((octet_length((settings)::text) <= 65536)),
    CONSTRAINT organizations_support_email_format CHECK ((support_email ~ '^[^[:space:]@]+@[^[:space:]@]+$'::text)),
    CONSTRAINT organizations_support_email_length CHECK ((octet_length(support_email) <= 320)),
    CONSTRAINT organizations_time_zone_length CHECK (((char_length(time_zone) >= 1) AND (char_length(time_zone) <= 100)))
);

ALTER TABLE ONLY public.organizations FORCE ROW LEVEL SECURITY;


--
-- Name: organization; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.organization WITH (security_invoker='true') AS
 SELECT o.id,
    o.clerk_id,
    o.name,
    o.support_email,
    o.settings,
    o.version,
    o.created_at,
    o.updated_at,
    o.close_after_days,
    o.reopen_days,
    o.search_language,
    o.keep_deleted_days,
    o.keep_closed_days,
    o.time_zone,
    o.business_hours,
    to_jsonb(o.holidays) AS holidays
   FROM public.organizations o;


--
-- Name: search_places; Type: SEQUENCE; Schema: desk; Owner: -
--

CREATE SEQUENCE desk.search_places
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: search_documents; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.search_documents (
    organization_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    source_id uuid NOT NULL,
    search tsvector NOT NULL,
    place bigint DEFAULT nextval('desk.search_places'::regclass) NOT NULL,
    language text DEFAULT 'simple'::text NOT NULL
);
ALTER TABLE ONLY desk.search_documents ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY desk.search_documents FORCE ROW LEVEL SECURITY;


--
-- Name: search_reindexings; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.search_reindexings (
    organization_id uuid NOT NULL,
    languages text[] NOT NULL,
    place bigint DEFAULT 0 NOT NULL
);
ALTER TABLE ONLY desk.search_reindexings ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY desk.search_reindexings FORCE ROW LEVEL SECURITY;


--
-- Name: ticket_tags; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.ticket_tags (
    organization_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    tag_id uuid NOT NULL,
    is_deleted boolean DEFAULT false NOT NULL,
    merged_from uuid
);
ALTER TABLE ONLY desk.ticket_tags ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY desk.ticket_tags FORCE ROW LEVEL SECURITY;


--
-- Name: tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tags (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid NOT NULL,
    name text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT tags_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100)))
);
ALTER TABLE ONLY public.tags ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY public.tags FORCE ROW LEVEL SECURITY;


--
-- Name: tag; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.tag WITH (security_invoker='true') AS
 SELECT g.id,
    g.name,
    (( SELECT count(*) AS count
           FROM desk.ticket_tags k
          WHERE ((k.tag_id = g.id) AND (NOT k.is_deleted))))::integer AS ticket_count,
    g.version,
    g.created_at,
    g.updated_at
   FROM public.tags g;


--
-- Name: ticket; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.ticket WITH (security_invoker='true') AS
 SELECT t.id,
    t.number,
    t.subject,
    t.status,
    t.priority,
    t.customer_id,
    t.assigned_to,
    ( SELECT jsonb_build_object('id', c.id, 'name', c.name, 'email', c.email) AS jsonb_build_object
           FROM public.customers c
          WHERE ((c.organization_id = t.organization_id) AND (c.id = t.customer_id))) AS customer,
    ( SELECT jsonb_build_object('id', a.id, 'name', a.name) AS jsonb_build_object
           FROM public.agent_profiles a
          WHERE ((a.organization_id = t.organization_id) AND (a.id = t.assigned_to))) AS assignee,
    t.tags,
    t.metadata,
    t.snoozed_until,
    t.waiting_since,
    t.last_activity_at,
    t.first_reply_at,
    t.last_reply_at,
    t.version,
    t.created_at,
    t.updated_at,
    t.deleted_at,
    t.deleted_by,
    t.merged_into,
    t.split_from
   FROM public.tickets t;


--
-- Name: ticket_counters; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.ticket_counters (
    organization_id uuid NOT NULL,
    last_number integer NOT NULL
)
WITH (fillfactor='50');
ALTER TABLE ONLY desk.ticket_counters ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY desk.ticket_counters FORCE ROW LEVEL SECURITY;


--
-- Name: ticket_entry; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.ticket_entry WITH (security_invoker='true') AS
 SELECT e.seq,
    e.xid,
    e.object,
    e.ticket_id,
    e.version,
    e.action,
    e.actor,
    e.method,
    e.requested_at,
    e.created_at,
        CASE
            WHEN (((e.object ->> 'kind'::text) <> 'message'::text) OR (EXISTS ( SELECT
               FROM (public.ticket_messages m
                 JOIN public.tickets t ON (((t.organization_id = m.organization_id) AND (t.id = m.ticket_id))))
              WHERE ((m.id = ((e.object ->> 'id'::text))::uuid) AND (m.deleted_at IS NULL) AND ((t.deleted_at IS NULL) OR (t.id = e.ticket_id)))))) THEN e.changes
            ELSE '{}'::jsonb
        END AS changes,
    e.cleaned,
    e.detail,
        CASE
            WHEN ((e.changes ? 'status'::text) AND ((e.action)::text <> 'created'::text) AND ((e.object ->> 'kind'::text) = 'ticket'::text)) THEN ( SELECT jsonb_build_object('status', (e.changes #> '{status,from}'::text[]), 'since', b.since, 'seconds', GREATEST((0)::numeric, floor(EXTRACT(epoch FROM (e.created_at - b.since))))) AS jsonb_build_object
               FROM ( SELECT b_1.seq,
                        LEAST(b_1.created_at, ((b_1.new_values ->> 'created_at'::text))::timestamp with time zone) AS since,
                        b_1.root_id,
                        b_1.object_id,
                        b_1.new_values,
                        b_1.action
                       FROM desk.audit_records b_1) b
              WHERE ((b.root_id = e.ticket_id) AND (b.object_id = e.ticket_id) AND (b.seq < e.seq) AND ((b.new_values ? 'status'::text) OR ((b.action)::text = ANY (ARRAY['created'::text, 'found'::text]))))
              ORDER BY b.seq DESC
             LIMIT 1)
            ELSE NULL::jsonb
        END AS ended
   FROM desk.audit_entry e;


--
-- Name: ticket_followers; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.ticket_followers (
    organization_id uuid DEFAULT (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid NOT NULL,
    ticket_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    merged_from uuid
);
ALTER TABLE ONLY desk.ticket_followers ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY desk.ticket_followers FORCE ROW LEVEL SECURITY;


--
-- Name: ticket_merges; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.ticket_merges (
    organization_id uuid NOT NULL,
    source_id uuid NOT NULL,
    target_id uuid NOT NULL,
    merged_by uuid,
    merged_at timestamp with time zone NOT NULL,
    undone_by uuid,
    undone_at timestamp with time zone,
    prior jsonb NOT NULL
);
ALTER TABLE ONLY desk.ticket_merges ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY desk.ticket_merges FORCE ROW LEVEL SECURITY;


--
-- Name: ticket_spells; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.ticket_spells (
    organization_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    ordinal integer NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    solved_at timestamp with time zone,
    reopened_at timestamp with time zone,
    resolution_seconds integer,
    resolution_business_seconds integer,
    responded_at timestamp with time zone,
    response_seconds integer,
    response_business_seconds integer,
    assigned_to uuid,
    priority_rank smallint NOT NULL,
    tags text[] NOT NULL,
    is_counted boolean NOT NULL,
    tag_set bigint GENERATED ALWAYS AS (hash_array_extended(tags, (0)::bigint)) STORED NOT NULL
)
WITH (fillfactor='80', autovacuum_vacuum_scale_factor='0.02', autovacuum_analyze_scale_factor='0.02');
ALTER TABLE ONLY desk.ticket_spells ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY desk.ticket_spells FORCE ROW LEVEL SECURITY;


--
-- Name: ticket_views; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.ticket_views (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    organization_id uuid DEFAULT (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid NOT NULL,
    owner_id uuid DEFAULT (NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid NOT NULL,
    name text NOT NULL,
    query text DEFAULT ''::text NOT NULL,
    sort text DEFAULT 'activity'::text NOT NULL,
    is_descending boolean DEFAULT true NOT NULL,
    columns jsonb DEFAULT '[]'::jsonb NOT NULL,
    is_shared boolean DEFAULT false NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ticket_views_columns_array CHECK ((jsonb_typeof(columns) = 'array'::text)),
    CONSTRAINT ticket_views_columns_size CHECK ((octet_length((columns)::text) <= 8192)),
    CONSTRAINT ticket_views_name_length CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
    CONSTRAINT ticket_views_query_length CHECK ((char_length(query) <= 1000)),
    CONSTRAINT ticket_views_sort_known CHECK ((sort = ANY (ARRAY['activity'::text, 'creation'::text, 'priority'::text])))
);
ALTER TABLE ONLY public.ticket_views ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY public.ticket_views FORCE ROW LEVEL SECURITY;


--
-- Name: ticket_view; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.ticket_view WITH (security_invoker='true') AS
 SELECT v.id,
    v.name,
    v.query,
    v.sort,
    v.is_descending AS descending,
    v.columns,
    v.is_shared,
    jsonb_build_object('id', a.id, 'name', a.name) AS owner,
    v.version,
    v.created_at,
    v.updated_at
   FROM (public.ticket_views v
     JOIN public.agent_profiles a ON (((a.organization_id = v.organization_id) AND (a.id = v.owner_id))));


--
-- Name: ticket_viewers; Type: TABLE; Schema: desk; Owner: -
--

CREATE TABLE desk.ticket_viewers (
    organization_id uuid DEFAULT (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid NOT NULL,
    ticket_id uuid NOT NULL,
    agent_id uuid DEFAULT (NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid NOT NULL,
    mode text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT ticket_viewers_mode_known CHECK ((mode = ANY (ARRAY['reading'::text, 'writing'::text])))
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='1000');
ALTER TABLE ONLY desk.ticket_viewers ALTER COLUMN organization_id SET (n_distinct=100);

ALTER TABLE ONLY desk.ticket_viewers FORCE ROW LEVEL SECURITY;


--
-- Name: ticket_viewer; Type: VIEW; Schema: desk; Owner: -
--

CREATE VIEW desk.ticket_viewer WITH (security_invoker='true') AS
 SELECT v.ticket_id,
    v.agent_id AS id,
    a.name,
    v.mode,
    v.expires_at
   FROM (desk.ticket_viewers v
     JOIN public.agent_profiles a ON (((a.organization_id = v.organization_id) AND (a.id = v.agent_id))))
  WHERE (v.expires_at > now());


--
-- Name: audit_records audit_records_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.audit_records
    ADD CONSTRAINT audit_records_pkey PRIMARY KEY (organization_id, xid, seq);


--
-- Name: audit_seals audit_seals_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.audit_seals
    ADD CONSTRAINT audit_seals_pkey PRIMARY KEY (organization_id, number);


--
-- Name: clerk_events clerk_events_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.clerk_events
    ADD CONSTRAINT clerk_events_pkey PRIMARY KEY (id);


--
-- Name: clerk_objects clerk_objects_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.clerk_objects
    ADD CONSTRAINT clerk_objects_pkey PRIMARY KEY (clerk_user_id, clerk_id);


--
-- Name: customer_identities customer_identities_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.customer_identities
    ADD CONSTRAINT customer_identities_pkey PRIMARY KEY (organization_id, kind, value);


--
-- Name: customer_merges customer_merges_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.customer_merges
    ADD CONSTRAINT customer_merges_pkey PRIMARY KEY (organization_id, source_id, merged_at);


--
-- Name: email_secrets email_secrets_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.email_secrets
    ADD CONSTRAINT email_secrets_pkey PRIMARY KEY (organization_id, email_account_id, kind);


--
-- Name: feed feed_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.feed
    ADD CONSTRAINT feed_pkey PRIMARY KEY (is_only);


--
-- Name: idempotency_keys idempotency_keys_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (organization_id, agent_id, key);


--
-- Name: macro_usage macro_usage_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.macro_usage
    ADD CONSTRAINT macro_usage_pkey PRIMARY KEY (organization_id, macro_id);


--
-- Name: migrations migrations_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (number);


--
-- Name: search_documents search_documents_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.search_documents
    ADD CONSTRAINT search_documents_pkey PRIMARY KEY (organization_id, ticket_id, source_id);


--
-- Name: search_reindexings search_reindexings_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.search_reindexings
    ADD CONSTRAINT search_reindexings_pkey PRIMARY KEY (organization_id);


--
-- Name: ticket_counters ticket_counters_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_counters
    ADD CONSTRAINT ticket_counters_pkey PRIMARY KEY (organization_id);


--
-- Name: ticket_followers ticket_followers_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_followers
    ADD CONSTRAINT ticket_followers_pkey PRIMARY KEY (organization_id, ticket_id, agent_id);


--
-- Name: ticket_merges ticket_merges_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_merges
    ADD CONSTRAINT ticket_merges_pkey PRIMARY KEY (organization_id, source_id, target_id, merged_at);


--
-- Name: ticket_spells ticket_spells_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_spells
    ADD CONSTRAINT ticket_spells_pkey PRIMARY KEY (organization_id, ticket_id, ordinal);


--
-- Name: ticket_tags ticket_tags_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_tags
    ADD CONSTRAINT ticket_tags_pkey PRIMARY KEY (organization_id, ticket_id, tag_id);


--
-- Name: ticket_viewers ticket_viewers_pkey; Type: CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_viewers
    ADD CONSTRAINT ticket_viewers_pkey PRIMARY KEY (organization_id, ticket_id, agent_id);


--
-- Name: agent_profiles agent_profiles_clerk_user_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agent_profiles
    ADD CONSTRAINT agent_profiles_clerk_user_id_key UNIQUE (clerk_user_id, organization_id);


--
-- Name: agent_profiles agent_profiles_email_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agent_profiles
    ADD CONSTRAINT agent_profiles_email_key UNIQUE (email, organization_id);


--
-- Name: agent_profiles agent_profiles_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agent_profiles
    ADD CONSTRAINT agent_profiles_pkey PRIMARY KEY (id);


--
-- Name: customer_field_values customer_field_values_customer_id_field_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customer_field_values
    ADD CONSTRAINT customer_field_values_customer_id_field_id_key UNIQUE (customer_id, field_id);


--
-- Name: customer_field_values customer_field_values_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customer_field_values
    ADD CONSTRAINT customer_field_values_pkey PRIMARY KEY (id);


--
-- Name: customer_fields customer_fields_field_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customer_fields
    ADD CONSTRAINT customer_fields_field_name_key UNIQUE (organization_id, field_name);


--
-- Name: customer_fields customer_fields_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customer_fields
    ADD CONSTRAINT customer_fields_pkey PRIMARY KEY (id);


--
-- Name: customers customers_email_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_email_key UNIQUE (email, organization_id);


--
-- Name: customers customers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_pkey PRIMARY KEY (id);


--
-- Name: email_accounts email_accounts_email_address_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.email_accounts
    ADD CONSTRAINT email_accounts_email_address_key UNIQUE (organization_id, email_address);


--
-- Name: email_accounts email_accounts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.email_accounts
    ADD CONSTRAINT email_accounts_pkey PRIMARY KEY (id);


--
-- Name: macros macros_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.macros
    ADD CONSTRAINT macros_pkey PRIMARY KEY (id);


--
-- Name: macros macros_title_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.macros
    ADD CONSTRAINT macros_title_key UNIQUE (organization_id, title);


--
-- Name: organizations organizations_clerk_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_clerk_id_key UNIQUE (clerk_id);


--
-- Name: organizations organizations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (id);


--
-- Name: tags tags_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_name_key UNIQUE (organization_id, name);


--
-- Name: tags tags_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_pkey PRIMARY KEY (id);


--
-- Name: ticket_messages ticket_messages_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ticket_messages
    ADD CONSTRAINT ticket_messages_pkey PRIMARY KEY (id);


--
-- Name: ticket_views ticket_views_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ticket_views
    ADD CONSTRAINT ticket_views_name_key UNIQUE (organization_id, owner_id, name);


--
-- Name: ticket_views ticket_views_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ticket_views
    ADD CONSTRAINT ticket_views_pkey PRIMARY KEY (id);


--
-- Name: tickets tickets_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_pkey PRIMARY KEY (id);


--
-- Name: customer_merges_source_key; Type: INDEX; Schema: desk; Owner: -
--

CREATE UNIQUE INDEX customer_merges_source_key ON desk.customer_merges USING btree (organization_id, source_id) WHERE (undone_at IS NULL);


--
-- Name: idx_audit_records_actor; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_audit_records_actor ON desk.audit_records USING btree (organization_id, actor_id, created_at, seq) WHERE (actor_id IS NOT NULL);


--
-- Name: idx_audit_records_agent; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_audit_records_agent ON desk.audit_records USING btree (organization_id, agent_id, created_at, seq) WHERE (agent_id IS NOT NULL);


--
-- Name: idx_audit_records_created; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_audit_records_created ON desk.audit_records USING btree (organization_id, created_at, seq);


--
-- Name: idx_audit_records_method; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_audit_records_method ON desk.audit_records USING btree (organization_id, method, created_at, seq) WHERE (method IS NOT NULL);


--
-- Name: idx_audit_records_object; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_audit_records_object ON desk.audit_records USING btree (organization_id, root_id, seq);


--
-- Name: idx_audit_records_taken; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_audit_records_taken ON desk.audit_records USING btree (organization_id, object_id, seq) WHERE (detail IS NOT NULL);


--
-- Name: idx_clerk_events_applied_at; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_clerk_events_applied_at ON desk.clerk_events USING btree (applied_at);


--
-- Name: idx_customer_identities_org_customer; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_customer_identities_org_customer ON desk.customer_identities USING btree (organization_id, customer_id);


--
-- Name: idx_customer_merges_org_target; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_customer_merges_org_target ON desk.customer_merges USING btree (organization_id, target_id);


--
-- Name: idx_idempotency_keys_created_at; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_idempotency_keys_created_at ON desk.idempotency_keys USING btree (created_at);


--
-- Name: idx_search_documents_org_place; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_search_documents_org_place ON desk.search_documents USING btree (organization_id, place);


--
-- Name: idx_search_documents_search; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_search_documents_search ON desk.search_documents USING gin (organization_id, search);


--
-- Name: idx_ticket_followers_org_agent; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_ticket_followers_org_agent ON desk.ticket_followers USING btree (organization_id, agent_id, ticket_id);


--
-- Name: idx_ticket_followers_org_merged_from; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_ticket_followers_org_merged_from ON desk.ticket_followers USING btree (organization_id, merged_from) WHERE (merged_from IS NOT NULL);


--
-- Name: idx_ticket_merges_org_target; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_ticket_merges_org_target ON desk.ticket_merges USING btree (organization_id, target_id);


--
-- Name: idx_ticket_spells_org_opened; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_ticket_spells_org_opened ON desk.ticket_spells USING btree (organization_id, opened_at);


--
-- Name: idx_ticket_spells_org_responded; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_ticket_spells_org_responded ON desk.ticket_spells USING btree (organization_id, responded_at) WHERE (responded_at IS NOT NULL);


--
-- Name: idx_ticket_spells_org_solved; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_ticket_spells_org_solved ON desk.ticket_spells USING btree (organization_id, solved_at, opened_at) WHERE (solved_at IS NOT NULL);


--
-- Name: idx_ticket_spells_org_unsolved; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_ticket_spells_org_unsolved ON desk.ticket_spells USING btree (organization_id, opened_at) INCLUDE (assigned_to, priority_rank, tag_set) WHERE ((solved_at IS NULL) AND is_counted);


--
-- Name: idx_ticket_tags_org_merged_from; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_ticket_tags_org_merged_from ON desk.ticket_tags USING btree (organization_id, merged_from) WHERE (merged_from IS NOT NULL);


--
-- Name: idx_ticket_tags_org_tag; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_ticket_tags_org_tag ON desk.ticket_tags USING btree (organization_id, tag_id, ticket_id) INCLUDE (is_deleted);


--
-- Name: idx_ticket_viewers_org_agent; Type: INDEX; Schema: desk; Owner: -
--

CREATE INDEX idx_ticket_viewers_org_agent ON desk.ticket_viewers USING btree (organization_id, agent_id);


--
-- Name: ticket_merges_source_key; Type: INDEX; Schema: desk; Owner: -
--

CREATE UNIQUE INDEX ticket_merges_source_key ON desk.ticket_merges USING btree (organization_id, source_id) WHERE (undone_at IS NULL);


--
-- Name: agent_profiles_organization_id_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX agent_profiles_organization_id_id_key ON public.agent_profiles USING btree (organization_id, id);


--
-- Name: customer_field_values_organization_id_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX customer_field_values_organization_id_id_key ON public.customer_field_values USING btree (organization_id, id);


--
-- Name: customer_fields_organization_id_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX customer_fields_organization_id_id_key ON public.customer_fields USING btree (organization_id, id);


--
-- Name: customers_organization_id_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX customers_organization_id_id_key ON public.customers USING btree (organization_id, id);


--
-- Name: email_accounts_organization_id_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX email_accounts_organization_id_id_key ON public.email_accounts USING btree (organization_id, id);


--
-- Name: idx_agent_profiles_org_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_agent_profiles_org_id ON public.agent_profiles USING btree (organization_id);


--
-- Name: idx_customer_field_values_org_choices; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customer_field_values_org_choices ON public.customer_field_values USING gin (organization_id, field_id, desk.value_choices(value)) WHERE (desk.value_choices(value) IS NOT NULL);


--
-- Name: idx_customer_field_values_org_customer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customer_field_values_org_customer ON public.customer_field_values USING btree (organization_id, customer_id);


--
-- Name: idx_customer_field_values_org_field; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customer_field_values_org_field ON public.customer_field_values USING btree (organization_id, field_id);


--
-- Name: idx_customer_field_values_org_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customer_field_values_org_id ON public.customer_field_values USING btree (organization_id);


--
-- Name: idx_customer_field_values_org_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customer_field_values_org_key ON public.customer_field_values USING btree (organization_id, field_id, desk.value_key(value) COLLATE "C", customer_id);


--
-- Name: idx_customer_field_values_org_number; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customer_field_values_org_number ON public.customer_field_values USING btree (organization_id, field_id, desk.value_number(value), customer_id) WHERE (desk.value_number(value) IS NOT NULL);


--
-- Name: idx_customer_field_values_org_words; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customer_field_values_org_words ON public.customer_field_values USING gin (organization_id, desk.value_words(value));


--
-- Name: idx_customer_fields_org_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customer_fields_org_id ON public.customer_fields USING btree (organization_id);


--
-- Name: idx_customers_org_blocked; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customers_org_blocked ON public.customers USING btree (organization_id, name, id) WHERE (blocked_at IS NOT NULL);


--
-- Name: idx_customers_org_created; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customers_org_created ON public.customers USING btree (organization_id, created_at, id);


--
-- Name: idx_customers_org_deleted; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customers_org_deleted ON public.customers USING btree (organization_id, deleted_at, id) WHERE (deleted_at IS NOT NULL);


--
-- Name: idx_customers_org_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customers_org_id ON public.customers USING btree (organization_id);


--
-- Name: idx_customers_org_merged_into; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customers_org_merged_into ON public.customers USING btree (organization_id, merged_into) WHERE (merged_into IS NOT NULL);


--
-- Name: idx_customers_org_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customers_org_name ON public.customers USING btree (organization_id, name, id);


--
-- Name: idx_customers_org_name_trigrams; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customers_org_name_trigrams ON public.customers USING gin (organization_id, name desk.gin_trgm_ops);


--
-- Name: idx_customers_search; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_customers_search ON public.customers USING gin (organization_id, search);


--
-- Name: idx_email_accounts_org_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_email_accounts_org_id ON public.email_accounts USING btree (organization_id);


--
-- Name: idx_macros_org_created_by; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_macros_org_created_by ON public.macros USING btree (organization_id, created_by);


--
-- Name: idx_macros_org_deleted; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_macros_org_deleted ON public.macros USING btree (organization_id, deleted_at, id) WHERE (deleted_at IS NOT NULL);


--
-- Name: idx_macros_org_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_macros_org_id ON public.macros USING btree (organization_id);


--
-- Name: idx_ticket_messages_org_deleted; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_ticket_messages_org_deleted ON public.ticket_messages USING btree (organization_id, deleted_at, id) WHERE (deleted_at IS NOT NULL);


--
-- Name: idx_ticket_messages_org_internal; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_ticket_messages_org_internal ON public.ticket_messages USING btree (organization_id, ticket_id) WHERE is_internal;


--
-- Name: idx_ticket_messages_org_sender_agent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_ticket_messages_org_sender_agent ON public.ticket_messages USING btree (organization_id, sender_agent_id) WHERE (sender_agent_id IS NOT NULL);


--
-- Name: idx_ticket_messages_org_sender_customer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_ticket_messages_org_sender_customer ON public.ticket_messages USING btree (organization_id, sender_customer_id) WHERE (sender_customer_id IS NOT NULL);


--
-- Name: idx_ticket_messages_org_ticket; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_ticket_messages_org_ticket ON public.ticket_messages USING btree (organization_id, ticket_id, created_at, id) INCLUDE (deleted_at);


--
-- Name: idx_ticket_views_org_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_ticket_views_org_name ON public.ticket_views USING btree (organization_id, name, id);


--
-- Name: idx_tickets_org_activity; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_activity ON public.tickets USING btree (organization_id, last_activity_at, id);


--
-- Name: idx_tickets_org_assignee; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_assignee ON public.tickets USING btree (organization_id, assigned_to, status_code, last_activity_at, id);


--
-- Name: idx_tickets_org_closed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_closed ON public.tickets USING btree (organization_id, closed_at) WHERE (closed_at IS NOT NULL);


--
-- Name: idx_tickets_org_counts; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_counts ON public.tickets USING btree (organization_id, status_code, assigned_to) WHERE (deleted_at IS NULL);


--
-- Name: idx_tickets_org_created; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_created ON public.tickets USING btree (organization_id, created_at, id);


--
-- Name: idx_tickets_org_customer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_customer ON public.tickets USING btree (organization_id, customer_id, last_activity_at, id);


--
-- Name: idx_tickets_org_deleted; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_deleted ON public.tickets USING btree (organization_id, deleted_at, id) WHERE (deleted_at IS NOT NULL);


--
-- Name: idx_tickets_org_deleted_with; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_deleted_with ON public.tickets USING btree (organization_id, deleted_with) WHERE (deleted_with IS NOT NULL);


--
-- Name: idx_tickets_org_follow_up_of; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_follow_up_of ON public.tickets USING btree (organization_id, follow_up_of) WHERE (follow_up_of IS NOT NULL);


--
-- Name: idx_tickets_org_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_id ON public.tickets USING btree (organization_id);


--
-- Name: idx_tickets_org_merged_into; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_merged_into ON public.tickets USING btree (organization_id, merged_into) WHERE (merged_into IS NOT NULL);


--
-- Name: idx_tickets_org_priority; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_priority ON public.tickets USING btree (organization_id, priority_rank, last_activity_at, id);


--
-- Name: idx_tickets_org_snoozed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_snoozed ON public.tickets USING btree (organization_id, last_activity_at, id) WHERE (snoozed_until IS NOT NULL);


--
-- Name: idx_tickets_org_solved; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_solved ON public.tickets USING btree (organization_id, last_solved_at) WHERE (status_code = 'solved'::text);


--
-- Name: idx_tickets_org_split_from; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_split_from ON public.tickets USING btree (organization_id, split_from) WHERE (split_from IS NOT NULL);


--
-- Name: idx_tickets_org_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_status ON public.tickets USING btree (organization_id, status);


--
-- Name: idx_tickets_org_status_activity; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_status_activity ON public.tickets USING btree (organization_id, status_code, last_activity_at, id);


--
-- Name: idx_tickets_org_unassigned; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_org_unassigned ON public.tickets USING btree (organization_id, last_activity_at, id) WHERE (assigned_to IS NULL);


--
-- Name: idx_tickets_snoozed_until; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_snoozed_until ON public.tickets USING btree (snoozed_until) WHERE (snoozed_until IS NOT NULL);


--
-- Name: idx_tickets_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_tickets_status ON public.tickets USING btree (status);


--
-- Name: macros_organization_id_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX macros_organization_id_id_key ON public.macros USING btree (organization_id, id);


--
-- Name: tags_organization_id_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX tags_organization_id_id_key ON public.tags USING btree (organization_id, id);


--
-- Name: ticket_messages_email_message_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX ticket_messages_email_message_id_key ON public.ticket_messages USING btree (organization_id, email_message_id) WHERE (email_message_id IS NOT NULL);


--
-- Name: ticket_messages_organization_id_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX ticket_messages_organization_id_id_key ON public.ticket_messages USING btree (organization_id, id);


--
-- Name: ticket_views_organization_id_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX ticket_views_organization_id_id_key ON public.ticket_views USING btree (organization_id, id);


--
-- Name: tickets_number_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX tickets_number_key ON public.tickets USING btree (organization_id, number);


--
-- Name: tickets_organization_id_id_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX tickets_organization_id_id_key ON public.tickets USING btree (organization_id, id);


--
-- Name: search_documents a_language; Type: TRIGGER; Schema: desk; Owner: -
--

CREATE TRIGGER a_language BEFORE INSERT OR UPDATE OF search ON desk.search_documents FOR EACH ROW EXECUTE FUNCTION desk.keep_document();


--
-- Name: customer_identities a_primary; Type: TRIGGER; Schema: desk; Owner: -
--

CREATE TRIGGER a_primary BEFORE DELETE ON desk.customer_identities FOR EACH ROW WHEN (((old.kind = 'email'::text) AND (CURRENT_USER <> 'desk_keeper'::name))) EXECUTE FUNCTION desk.keep_primary_address();


--
-- Name: ticket_followers d_followers; Type: TRIGGER; Schema: desk; Owner: -
--

CREATE TRIGGER d_followers AFTER INSERT OR DELETE ON desk.ticket_followers FOR EACH ROW EXECUTE FUNCTION desk.followers_changed();


--
-- Name: email_secrets z_audit; Type: TRIGGER; Schema: desk; Owner: -
--

CREATE TRIGGER z_audit AFTER INSERT OR DELETE OR UPDATE ON desk.email_secrets FOR EACH ROW EXECUTE FUNCTION desk.audit_email_secrets();


--
-- Name: customer_identities z_identity; Type: TRIGGER; Schema: desk; Owner: -
--

CREATE TRIGGER z_identity AFTER INSERT OR DELETE ON desk.customer_identities FOR EACH ROW WHEN ((CURRENT_USER <> 'desk_keeper'::name)) EXECUTE FUNCTION desk.identity_changed();


--
-- Name: tickets a_assignee_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_assignee_insert BEFORE INSERT ON public.tickets FOR EACH ROW WHEN ((new.assigned_to IS NOT NULL)) EXECUTE FUNCTION desk.check_assignee();


--
-- Name: tickets a_assignee_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_assignee_update BEFORE UPDATE OF assigned_to ON public.tickets FOR EACH ROW WHEN (((new.assigned_to IS NOT NULL) AND (new.assigned_to IS DISTINCT FROM old.assigned_to))) EXECUTE FUNCTION desk.check_assignee();


--
-- Name: customers a_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_block BEFORE UPDATE OF blocked_at, block_reason ON public.customers FOR EACH ROW EXECUTE FUNCTION desk.keep_block();


--
-- Name: ticket_messages a_chain; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_chain BEFORE INSERT ON public.ticket_messages FOR EACH ROW EXECUTE FUNCTION desk.place_message();


--
-- Name: tickets a_customer; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_customer BEFORE INSERT ON public.tickets FOR EACH ROW EXECUTE FUNCTION desk.follow_customer();


--
-- Name: tickets a_customer_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_customer_update BEFORE UPDATE OF customer_id ON public.tickets FOR EACH ROW WHEN (((new.customer_id <> old.customer_id) AND (CURRENT_USER <> 'desk_keeper'::name))) EXECUTE FUNCTION desk.follow_customer();


--
-- Name: customers a_deletion; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_deletion BEFORE UPDATE OF deleted_at ON public.customers FOR EACH ROW WHEN ((new.deleted_at IS DISTINCT FROM old.deleted_at)) EXECUTE FUNCTION desk.keep_deletion();


--
-- Name: macros a_deletion; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_deletion BEFORE UPDATE OF deleted_at ON public.macros FOR EACH ROW WHEN ((new.deleted_at IS DISTINCT FROM old.deleted_at)) EXECUTE FUNCTION desk.keep_deletion();


--
-- Name: ticket_messages a_deletion; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_deletion BEFORE UPDATE OF deleted_at ON public.ticket_messages FOR EACH ROW WHEN ((new.deleted_at IS DISTINCT FROM old.deleted_at)) EXECUTE FUNCTION desk.keep_deletion();


--
-- Name: tickets a_deletion; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_deletion BEFORE UPDATE OF deleted_at ON public.tickets FOR EACH ROW WHEN (((new.deleted_at IS DISTINCT FROM old.deleted_at) AND (NOT (new.deleted_with IS DISTINCT FROM old.deleted_with)))) EXECUTE FUNCTION desk.keep_deletion();


--
-- Name: agent_profiles a_form; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_form BEFORE INSERT OR UPDATE OF email ON public.agent_profiles FOR EACH ROW EXECUTE FUNCTION desk.keep_agent();


--
-- Name: customer_fields a_form; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_form BEFORE INSERT OR UPDATE OF field_type, options, retired_options, default_value, pattern, minimum, maximum ON public.customer_fields FOR EACH ROW EXECUTE FUNCTION desk.keep_field();


--
-- Name: customers a_form; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_form BEFORE INSERT OR UPDATE OF name, email ON public.customers FOR EACH ROW EXECUTE FUNCTION desk.keep_customer();


--
-- Name: email_accounts a_form; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_form BEFORE INSERT OR UPDATE OF email_address ON public.email_accounts FOR EACH ROW EXECUTE FUNCTION desk.keep_email_account();


--
-- Name: organizations a_form; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_form BEFORE INSERT OR UPDATE OF support_email ON public.organizations FOR EACH ROW EXECUTE FUNCTION desk.keep_organization();


--
-- Name: tags a_form; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_form BEFORE INSERT OR UPDATE OF name ON public.tags FOR EACH ROW EXECUTE FUNCTION desk.keep_tag();


--
-- Name: organizations a_hours; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_hours BEFORE INSERT OR UPDATE OF time_zone, business_hours, holidays ON public.organizations FOR EACH ROW EXECUTE FUNCTION desk.keep_hours();


--
-- Name: customer_fields a_in_use; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_in_use BEFORE UPDATE OF field_type, options, retired_options ON public.customer_fields FOR EACH ROW WHEN (((new.field_type <> old.field_type) OR (new.options IS DISTINCT FROM old.options) OR (new.retired_options IS DISTINCT FROM old.retired_options))) EXECUTE FUNCTION desk.check_field_change();


--
-- Name: ticket_messages a_landing; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_landing BEFORE INSERT ON public.ticket_messages FOR EACH ROW WHEN ((new.sender_type = 'customer'::public.sender_type)) EXECUTE FUNCTION desk.land_message();


--
-- Name: customers a_merged; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_merged BEFORE UPDATE ON public.customers FOR EACH ROW WHEN ((((old.merged_into IS NOT NULL) OR (old.erased_at IS NOT NULL)) AND (CURRENT_USER <> 'desk_keeper'::name))) EXECUTE FUNCTION desk.keep_merged_customer();


--
-- Name: tickets a_merged; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_merged BEFORE UPDATE OF status ON public.tickets FOR EACH ROW WHEN (((old.merged_into IS NOT NULL) AND (new.status <> old.status))) EXECUTE FUNCTION desk.keep_merged();


--
-- Name: tickets a_new; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_new BEFORE INSERT ON public.tickets FOR EACH ROW WHEN ((new.status = ANY (ARRAY['solved'::public.ticket_status, 'closed'::public.ticket_status]))) EXECUTE FUNCTION desk.keep_new_ticket();


--
-- Name: tickets a_number; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_number BEFORE INSERT ON public.tickets FOR EACH ROW EXECUTE FUNCTION desk.number_ticket();


--
-- Name: tickets a_restoration; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_restoration BEFORE UPDATE OF deleted_at ON public.tickets FOR EACH ROW WHEN (((new.deleted_at IS NULL) AND (old.deleted_at IS NOT NULL))) EXECUTE FUNCTION desk.keep_ticket_restoration();


--
-- Name: organizations a_search_language; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_search_language BEFORE INSERT OR UPDATE OF search_language ON public.organizations FOR EACH ROW EXECUTE FUNCTION desk.check_search_language();


--
-- Name: tickets a_snooze_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_snooze_insert BEFORE INSERT ON public.tickets FOR EACH ROW WHEN ((new.snoozed_until IS NOT NULL)) EXECUTE FUNCTION desk.keep_snooze();


--
-- Name: tickets a_snooze_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_snooze_update BEFORE UPDATE OF snoozed_until ON public.tickets FOR EACH ROW WHEN ((new.snoozed_until IS DISTINCT FROM old.snoozed_until)) EXECUTE FUNCTION desk.keep_snooze();


--
-- Name: tickets a_solved; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_solved BEFORE UPDATE OF assigned_to ON public.tickets FOR EACH ROW WHEN (((new.assigned_to IS NULL) AND (old.assigned_to IS NOT NULL) AND (new.status = 'solved'::public.ticket_status))) EXECUTE FUNCTION desk.keep_assignee();


--
-- Name: tickets a_status; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_status BEFORE UPDATE OF status ON public.tickets FOR EACH ROW WHEN ((new.status <> old.status)) EXECUTE FUNCTION desk.keep_status();


--
-- Name: tickets a_tags_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_tags_insert BEFORE INSERT ON public.tickets FOR EACH ROW WHEN ((new.tags <> '{}'::text[])) EXECUTE FUNCTION desk.keep_tags();


--
-- Name: tickets a_tags_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_tags_update BEFORE UPDATE OF tags ON public.tickets FOR EACH ROW WHEN ((new.tags <> old.tags)) EXECUTE FUNCTION desk.keep_tags();


--
-- Name: tags a_tickets; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_tickets BEFORE DELETE ON public.tags FOR EACH ROW EXECUTE FUNCTION desk.tag_changed();


--
-- Name: customer_field_values a_value; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_value BEFORE INSERT OR UPDATE OF value, field_id ON public.customer_field_values FOR EACH ROW EXECUTE FUNCTION desk.check_value_row();


--
-- Name: tickets b_activity; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_activity BEFORE UPDATE OF last_activity_at, first_reply_at, last_reply_at ON public.tickets FOR EACH ROW EXECUTE FUNCTION desk.keep_activity();


--
-- Name: agent_profiles b_row; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_row BEFORE UPDATE ON public.agent_profiles FOR EACH ROW EXECUTE FUNCTION desk.keep_row();


--
-- Name: customer_field_values b_row; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_row BEFORE UPDATE ON public.customer_field_values FOR EACH ROW EXECUTE FUNCTION desk.keep_row();


--
-- Name: customer_fields b_row; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_row BEFORE UPDATE ON public.customer_fields FOR EACH ROW EXECUTE FUNCTION desk.keep_row();


--
-- Name: customers b_row; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_row BEFORE UPDATE ON public.customers FOR EACH ROW EXECUTE FUNCTION desk.keep_customer_row();


--
-- Name: email_accounts b_row; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_row BEFORE UPDATE ON public.email_accounts FOR EACH ROW EXECUTE FUNCTION desk.keep_row();


--
-- Name: macros b_row; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_row BEFORE UPDATE ON public.macros FOR EACH ROW EXECUTE FUNCTION desk.keep_row();


--
-- Name: organizations b_row; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_row BEFORE UPDATE ON public.organizations FOR EACH ROW EXECUTE FUNCTION desk.keep_row();


--
-- Name: tags b_row; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_row BEFORE UPDATE ON public.tags FOR EACH ROW EXECUTE FUNCTION desk.keep_row();


--
-- Name: ticket_messages b_row; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_row BEFORE UPDATE ON public.ticket_messages FOR EACH ROW EXECUTE FUNCTION desk.keep_message();


--
-- Name: ticket_views b_row; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_row BEFORE UPDATE ON public.ticket_views FOR EACH ROW EXECUTE FUNCTION desk.keep_row();


--
-- Name: tickets b_row; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_row BEFORE UPDATE OF customer_id, assigned_to, subject, status, priority, metadata, tags, snoozed_until, keep_snoozed, version, updated_at ON public.tickets FOR EACH ROW EXECUTE FUNCTION desk.keep_ticket();


--
-- Name: ticket_messages b_row_deletion; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_row_deletion BEFORE UPDATE OF deleted_at ON public.ticket_messages FOR EACH ROW WHEN ((new.deleted_at IS DISTINCT FROM old.deleted_at)) EXECUTE FUNCTION desk.next_version();


--
-- Name: tickets b_row_deletion; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_row_deletion BEFORE UPDATE OF deleted_at ON public.tickets FOR EACH ROW WHEN ((new.deleted_at IS DISTINCT FROM old.deleted_at)) EXECUTE FUNCTION desk.next_version();


--
-- Name: tickets b_row_merge; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_row_merge BEFORE UPDATE OF merged_into ON public.tickets FOR EACH ROW WHEN ((new.merged_into IS DISTINCT FROM old.merged_into)) EXECUTE FUNCTION desk.next_version();


--
-- Name: tickets b_row_version; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER b_row_version BEFORE UPDATE OF version ON public.tickets FOR EACH ROW EXECUTE FUNCTION desk.next_version();


--
-- Name: agent_profiles c_immutable; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER c_immutable BEFORE UPDATE OF id, organization_id, created_at ON public.agent_profiles FOR EACH ROW WHEN (((old.id <> new.id) OR (old.organization_id <> new.organization_id) OR (old.created_at <> new.created_at))) EXECUTE FUNCTION desk.refuse_change();


--
-- Name: customer_field_values c_immutable; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER c_immutable BEFORE UPDATE OF id, organization_id, created_at ON public.customer_field_values FOR EACH ROW WHEN (((old.id <> new.id) OR (old.organization_id <> new.organization_id) OR (old.created_at <> new.created_at))) EXECUTE FUNCTION desk.refuse_change();


--
-- Name: customer_fields c_immutable; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER c_immutable BEFORE UPDATE OF id, organization_id, created_at ON public.customer_fields FOR EACH ROW WHEN (((old.id <> new.id) OR (old.organization_id <> new.organization_id) OR (old.created_at <> new.created_at))) EXECUTE FUNCTION desk.refuse_change();


--
-- Name: customers c_immutable; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER c_immutable BEFORE UPDATE OF id, organization_id, created_at ON public.customers FOR EACH ROW WHEN (((old.id <> new.id) OR (old.organization_id <> new.organization_id) OR (old.created_at <> new.created_at))) EXECUTE FUNCTION desk.refuse_change();


--
-- Name: email_accounts c_immutable; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER c_immutable BEFORE UPDATE OF id, organization_id, created_at ON public.email_accounts FOR EACH ROW WHEN (((old.id <> new.id) OR (old.organization_id <> new.organization_id) OR (old.created_at <> new.created_at))) EXECUTE FUNCTION desk.refuse_change();


--
-- Name: macros c_immutable; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER c_immutable BEFORE UPDATE OF id, organization_id, created_at ON public.macros FOR EACH ROW WHEN (((old.id <> new.id) OR (old.organization_id <> new.organization_id) OR (old.created_at <> new.created_at))) EXECUTE FUNCTION desk.refuse_change();


--
-- Name: organizations c_immutable; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER c_immutable BEFORE UPDATE OF id, clerk_id, created_at ON public.organizations FOR EACH ROW WHEN (((old.id <> new.id) OR (old.clerk_id <> new.clerk_id) OR (old.created_at <> new.created_at))) EXECUTE FUNCTION desk.refuse_change();


--
-- Name: tags c_immutable; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER c_immutable BEFORE UPDATE OF id, organization_id, created_at ON public.tags FOR EACH ROW WHEN (((old.id <> new.id) OR (old.organization_id <> new.organization_id) OR (old.created_at <> new.created_at))) EXECUTE FUNCTION desk.refuse_change();


--
-- Name: ticket_messages c_immutable; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER c_immutable BEFORE UPDATE OF id, organization_id, created_at ON public.ticket_messages FOR EACH ROW WHEN (((old.id <> new.id) OR (old.organization_id <> new.organization_id) OR (old.created_at <> new.created_at))) EXECUTE FUNCTION desk.refuse_change();


--
-- Name: ticket_views c_immutable; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER c_immutable BEFORE UPDATE OF id, organization_id, created_at ON public.ticket_views FOR EACH ROW WHEN (((old.id <> new.id) OR (old.organization_id <> new.organization_id) OR (old.created_at <> new.created_at))) EXECUTE FUNCTION desk.refuse_change();


--
-- Name: tickets c_immutable; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER c_immutable BEFORE UPDATE OF id, organization_id, created_at ON public.tickets FOR EACH ROW WHEN (((old.id <> new.id) OR (old.organization_id <> new.organization_id) OR (old.created_at <> new.created_at))) EXECUTE FUNCTION desk.refuse_change();


--
-- Name: ticket_messages c_rules; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER c_rules BEFORE UPDATE ON public.ticket_messages FOR EACH ROW EXECUTE FUNCTION desk.keep_message_rules();


--
-- Name: tickets c_rules; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER c_rules BEFORE INSERT OR UPDATE OF subject, status, metadata, tags, deleted_at, deleted_with, snoozed_until, keep_snoozed, merged_into ON public.tickets FOR EACH ROW EXECUTE FUNCTION desk.keep_ticket_rules();


--
-- Name: customers d_deletion; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_deletion AFTER UPDATE OF deleted_at ON public.customers FOR EACH ROW WHEN ((new.deleted_at IS DISTINCT FROM old.deleted_at)) EXECUTE FUNCTION desk.customer_deletion_changed();


--
-- Name: ticket_messages d_deletion; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_deletion AFTER UPDATE OF deleted_at ON public.ticket_messages FOR EACH ROW WHEN ((new.deleted_at IS DISTINCT FROM old.deleted_at)) EXECUTE FUNCTION desk.message_deletion_changed();


--
-- Name: customers d_identities; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_identities AFTER INSERT ON public.customers REFERENCING NEW TABLE AS new_customers FOR EACH STATEMENT EXECUTE FUNCTION desk.customers_inserted();


--
-- Name: customers d_identities_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_identities_update AFTER UPDATE OF email ON public.customers FOR EACH ROW WHEN ((new.email IS DISTINCT FROM old.email)) EXECUTE FUNCTION desk.customer_address_changed();


--
-- Name: ticket_messages d_search_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_search_delete AFTER DELETE ON public.ticket_messages FOR EACH ROW EXECUTE FUNCTION desk.message_searched();


--
-- Name: tickets d_search_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_search_insert AFTER INSERT ON public.tickets FOR EACH ROW EXECUTE FUNCTION desk.ticket_subject_changed();


--
-- Name: organizations d_search_language; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_search_language AFTER UPDATE OF search_language ON public.organizations FOR EACH ROW WHEN ((new.search_language <> old.search_language)) EXECUTE FUNCTION desk.search_language_changed();


--
-- Name: ticket_messages d_search_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_search_update AFTER UPDATE OF body, ticket_id, deleted_at ON public.ticket_messages FOR EACH ROW WHEN (((new.body IS DISTINCT FROM old.body) OR (new.ticket_id <> old.ticket_id) OR (new.deleted_at IS DISTINCT FROM old.deleted_at))) EXECUTE FUNCTION desk.message_searched();


--
-- Name: tickets d_search_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_search_update AFTER UPDATE OF subject ON public.tickets FOR EACH ROW WHEN ((new.subject IS DISTINCT FROM old.subject)) EXECUTE FUNCTION desk.ticket_subject_changed();


--
-- Name: tickets d_spells_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_spells_delete AFTER DELETE ON public.tickets FOR EACH ROW EXECUTE FUNCTION desk.keep_spells();


--
-- Name: tickets d_spells_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_spells_insert AFTER INSERT ON public.tickets FOR EACH ROW EXECUTE FUNCTION desk.keep_spells();


--
-- Name: tickets d_spells_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_spells_update AFTER UPDATE OF status, first_reply_at, last_solved_at, reopen_count, assigned_to, priority, tags, merged_into, deleted_at ON public.tickets FOR EACH ROW EXECUTE FUNCTION desk.keep_spells();


--
-- Name: tickets d_tags_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_tags_insert AFTER INSERT ON public.tickets FOR EACH ROW WHEN ((new.tags <> '{}'::text[])) EXECUTE FUNCTION desk.ticket_tagged();


--
-- Name: tickets d_tags_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_tags_update AFTER UPDATE OF tags, deleted_at ON public.tickets FOR EACH ROW WHEN (((new.tags <> old.tags) OR ((new.tags <> '{}'::text[]) AND (new.deleted_at IS DISTINCT FROM old.deleted_at)))) EXECUTE FUNCTION desk.ticket_tagged();


--
-- Name: tags d_tickets; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_tickets AFTER UPDATE OF name ON public.tags FOR EACH ROW WHEN ((new.name <> old.name)) EXECUTE FUNCTION desk.tag_changed();


--
-- Name: customer_field_values d_values_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_values_delete AFTER DELETE ON public.customer_field_values REFERENCING OLD TABLE AS old_values FOR EACH STATEMENT EXECUTE FUNCTION desk.field_values_changed();


--
-- Name: customer_field_values d_values_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_values_insert AFTER INSERT ON public.customer_field_values REFERENCING NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION desk.field_values_changed();


--
-- Name: customer_field_values d_values_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER d_values_update AFTER UPDATE ON public.customer_field_values REFERENCING OLD TABLE AS old_values NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION desk.field_values_changed();


--
-- Name: agent_profiles z_audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_audit AFTER INSERT OR DELETE OR UPDATE ON public.agent_profiles FOR EACH ROW EXECUTE FUNCTION desk.audit_agent_profiles();


--
-- Name: customer_fields z_audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_audit AFTER INSERT OR DELETE OR UPDATE ON public.customer_fields FOR EACH ROW EXECUTE FUNCTION desk.audit_customer_fields();


--
-- Name: customers z_audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_audit AFTER INSERT OR DELETE OR UPDATE ON public.customers FOR EACH ROW EXECUTE FUNCTION desk.audit_customers();


--
-- Name: email_accounts z_audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_audit AFTER INSERT OR DELETE OR UPDATE ON public.email_accounts FOR EACH ROW EXECUTE FUNCTION desk.audit_email_accounts();


--
-- Name: macros z_audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_audit AFTER INSERT OR DELETE OR UPDATE ON public.macros FOR EACH ROW EXECUTE FUNCTION desk.audit_macros();


--
-- Name: organizations z_audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_audit AFTER INSERT OR DELETE OR UPDATE ON public.organizations FOR EACH ROW EXECUTE FUNCTION desk.audit_organizations();


--
-- Name: tags z_audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_audit AFTER INSERT OR DELETE OR UPDATE ON public.tags FOR EACH ROW EXECUTE FUNCTION desk.audit_tags();


--
-- Name: ticket_messages z_audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_audit AFTER INSERT OR DELETE OR UPDATE ON public.ticket_messages FOR EACH ROW EXECUTE FUNCTION desk.audit_ticket_messages();


--
-- Name: ticket_views z_audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_audit AFTER INSERT OR DELETE OR UPDATE ON public.ticket_views FOR EACH ROW EXECUTE FUNCTION desk.audit_ticket_views();


--
-- Name: tickets z_audit; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_audit AFTER INSERT OR DELETE OR UPDATE ON public.tickets FOR EACH ROW EXECUTE FUNCTION desk.audit_tickets();


--
-- Name: customer_field_values z_audit_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_audit_delete AFTER DELETE ON public.customer_field_values REFERENCING OLD TABLE AS old_values FOR EACH STATEMENT EXECUTE FUNCTION desk.audit_field_values();


--
-- Name: customer_field_values z_audit_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_audit_insert AFTER INSERT ON public.customer_field_values REFERENCING NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION desk.audit_field_values();


--
-- Name: customer_field_values z_audit_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_audit_update AFTER UPDATE ON public.customer_field_values REFERENCING OLD TABLE AS old_values NEW TABLE AS new_values FOR EACH STATEMENT EXECUTE FUNCTION desk.audit_field_values();


--
-- Name: tickets z_customer; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_customer AFTER INSERT OR UPDATE OF customer_id ON public.tickets FOR EACH ROW EXECUTE FUNCTION desk.ticket_customer_checked();


--
-- Name: ticket_messages z_said; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_said AFTER INSERT ON public.ticket_messages FOR EACH ROW EXECUTE FUNCTION desk.message_said();


--
-- Name: organizations z_seals; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER z_seals AFTER DELETE ON public.organizations FOR EACH ROW EXECUTE FUNCTION desk.forget_seals();


--
-- Name: customer_identities customer_identities_customer_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.customer_identities
    ADD CONSTRAINT customer_identities_customer_fkey FOREIGN KEY (organization_id, customer_id) REFERENCES public.customers(organization_id, id) ON DELETE CASCADE;


--
-- Name: customer_merges customer_merges_merged_by_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.customer_merges
    ADD CONSTRAINT customer_merges_merged_by_fkey FOREIGN KEY (organization_id, merged_by) REFERENCES public.agent_profiles(organization_id, id) ON DELETE SET NULL (merged_by);


--
-- Name: customer_merges customer_merges_source_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.customer_merges
    ADD CONSTRAINT customer_merges_source_fkey FOREIGN KEY (organization_id, source_id) REFERENCES public.customers(organization_id, id) ON DELETE CASCADE;


--
-- Name: customer_merges customer_merges_target_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.customer_merges
    ADD CONSTRAINT customer_merges_target_fkey FOREIGN KEY (organization_id, target_id) REFERENCES public.customers(organization_id, id) ON DELETE CASCADE;


--
-- Name: customer_merges customer_merges_undone_by_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.customer_merges
    ADD CONSTRAINT customer_merges_undone_by_fkey FOREIGN KEY (organization_id, undone_by) REFERENCES public.agent_profiles(organization_id, id) ON DELETE SET NULL (undone_by);


--
-- Name: email_secrets email_secrets_account_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.email_secrets
    ADD CONSTRAINT email_secrets_account_fkey FOREIGN KEY (organization_id, email_account_id) REFERENCES public.email_accounts(organization_id, id) ON DELETE CASCADE;


--
-- Name: idempotency_keys idempotency_keys_agent_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.idempotency_keys
    ADD CONSTRAINT idempotency_keys_agent_fkey FOREIGN KEY (organization_id, agent_id) REFERENCES public.agent_profiles(organization_id, id) ON DELETE CASCADE;


--
-- Name: macro_usage macro_usage_macro_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.macro_usage
    ADD CONSTRAINT macro_usage_macro_fkey FOREIGN KEY (organization_id, macro_id) REFERENCES public.macros(organization_id, id) ON DELETE CASCADE;


--
-- Name: search_documents search_documents_ticket_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.search_documents
    ADD CONSTRAINT search_documents_ticket_fkey FOREIGN KEY (organization_id, ticket_id) REFERENCES public.tickets(organization_id, id) ON DELETE CASCADE;


--
-- Name: search_reindexings search_reindexings_organization_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.search_reindexings
    ADD CONSTRAINT search_reindexings_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: ticket_counters ticket_counters_organization_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_counters
    ADD CONSTRAINT ticket_counters_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: ticket_followers ticket_followers_agent_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_followers
    ADD CONSTRAINT ticket_followers_agent_fkey FOREIGN KEY (organization_id, agent_id) REFERENCES public.agent_profiles(organization_id, id) ON DELETE CASCADE;


--
-- Name: ticket_followers ticket_followers_merged_from_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_followers
    ADD CONSTRAINT ticket_followers_merged_from_fkey FOREIGN KEY (organization_id, merged_from) REFERENCES public.tickets(organization_id, id) ON DELETE SET NULL (merged_from);


--
-- Name: ticket_followers ticket_followers_organization_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_followers
    ADD CONSTRAINT ticket_followers_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: ticket_followers ticket_followers_ticket_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_followers
    ADD CONSTRAINT ticket_followers_ticket_fkey FOREIGN KEY (organization_id, ticket_id) REFERENCES public.tickets(organization_id, id) ON DELETE CASCADE;


--
-- Name: ticket_merges ticket_merges_merged_by_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_merges
    ADD CONSTRAINT ticket_merges_merged_by_fkey FOREIGN KEY (organization_id, merged_by) REFERENCES public.agent_profiles(organization_id, id) ON DELETE SET NULL (merged_by);


--
-- Name: ticket_merges ticket_merges_source_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_merges
    ADD CONSTRAINT ticket_merges_source_fkey FOREIGN KEY (organization_id, source_id) REFERENCES public.tickets(organization_id, id) ON DELETE CASCADE;


--
-- Name: ticket_merges ticket_merges_target_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_merges
    ADD CONSTRAINT ticket_merges_target_fkey FOREIGN KEY (organization_id, target_id) REFERENCES public.tickets(organization_id, id) ON DELETE CASCADE;


--
-- Name: ticket_merges ticket_merges_undone_by_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_merges
    ADD CONSTRAINT ticket_merges_undone_by_fkey FOREIGN KEY (organization_id, undone_by) REFERENCES public.agent_profiles(organization_id, id) ON DELETE SET NULL (undone_by);


--
-- Name: ticket_spells ticket_spells_organization_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_spells
    ADD CONSTRAINT ticket_spells_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: ticket_tags ticket_tags_merged_from_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_tags
    ADD CONSTRAINT ticket_tags_merged_from_fkey FOREIGN KEY (organization_id, merged_from) REFERENCES public.tickets(organization_id, id) ON DELETE SET NULL (merged_from);


--
-- Name: ticket_tags ticket_tags_organization_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_tags
    ADD CONSTRAINT ticket_tags_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: ticket_tags ticket_tags_tag_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_tags
    ADD CONSTRAINT ticket_tags_tag_fkey FOREIGN KEY (organization_id, tag_id) REFERENCES public.tags(organization_id, id) ON DELETE CASCADE;


--
-- Name: ticket_tags ticket_tags_ticket_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_tags
    ADD CONSTRAINT ticket_tags_ticket_fkey FOREIGN KEY (organization_id, ticket_id) REFERENCES public.tickets(organization_id, id) ON DELETE CASCADE;


--
-- Name: ticket_viewers ticket_viewers_agent_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_viewers
    ADD CONSTRAINT ticket_viewers_agent_fkey FOREIGN KEY (organization_id, agent_id) REFERENCES public.agent_profiles(organization_id, id) ON DELETE CASCADE;


--
-- Name: ticket_viewers ticket_viewers_organization_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_viewers
    ADD CONSTRAINT ticket_viewers_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: ticket_viewers ticket_viewers_ticket_fkey; Type: FK CONSTRAINT; Schema: desk; Owner: -
--

ALTER TABLE ONLY desk.ticket_viewers
    ADD CONSTRAINT ticket_viewers_ticket_fkey FOREIGN KEY (organization_id, ticket_id) REFERENCES public.tickets(organization_id, id) ON DELETE CASCADE;


--
-- Name: agent_profiles agent_profiles_organization_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agent_profiles
    ADD CONSTRAINT agent_profiles_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: customer_field_values customer_field_values_customer_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customer_field_values
    ADD CONSTRAINT customer_field_values_customer_fkey FOREIGN KEY (organization_id, customer_id) REFERENCES public.customers(organization_id, id) ON DELETE CASCADE;


--
-- Name: customer_field_values customer_field_values_field_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customer_field_values
    ADD CONSTRAINT customer_field_values_field_fkey FOREIGN KEY (organization_id, field_id) REFERENCES public.customer_fields(organization_id, id) ON DELETE CASCADE;


--
-- Name: customer_field_values customer_field_values_organization_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customer_field_values
    ADD CONSTRAINT customer_field_values_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: customer_fields customer_fields_organization_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customer_fields
    ADD CONSTRAINT customer_fields_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: customers customers_blocked_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_blocked_by_fkey FOREIGN KEY (organization_id, blocked_by) REFERENCES public.agent_profiles(organization_id, id) ON DELETE SET NULL (blocked_by);


--
-- Name: customers customers_deleted_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_deleted_by_fkey FOREIGN KEY (organization_id, deleted_by) REFERENCES public.agent_profiles(organization_id, id) ON DELETE SET NULL (deleted_by);


--
-- Name: customers customers_merged_into_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_merged_into_fkey FOREIGN KEY (organization_id, merged_into) REFERENCES public.customers(organization_id, id) ON DELETE CASCADE;


--
-- Name: customers customers_organization_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customers
    ADD CONSTRAINT customers_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: email_accounts email_accounts_organization_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.email_accounts
    ADD CONSTRAINT email_accounts_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: macros macros_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.macros
    ADD CONSTRAINT macros_created_by_fkey FOREIGN KEY (organization_id, created_by) REFERENCES public.agent_profiles(organization_id, id) ON DELETE SET NULL (created_by);


--
-- Name: macros macros_deleted_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.macros
    ADD CONSTRAINT macros_deleted_by_fkey FOREIGN KEY (organization_id, deleted_by) REFERENCES public.agent_profiles(organization_id, id) ON DELETE SET NULL (deleted_by);


--
-- Name: macros macros_organization_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.macros
    ADD CONSTRAINT macros_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: tags tags_organization_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: ticket_messages ticket_messages_deleted_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ticket_messages
    ADD CONSTRAINT ticket_messages_deleted_by_fkey FOREIGN KEY (organization_id, deleted_by) REFERENCES public.agent_profiles(organization_id, id) ON DELETE SET NULL (deleted_by);


--
-- Name: ticket_messages ticket_messages_organization_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ticket_messages
    ADD CONSTRAINT ticket_messages_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: ticket_messages ticket_messages_sender_agent_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ticket_messages
    ADD CONSTRAINT ticket_messages_sender_agent_fkey FOREIGN KEY (organization_id, sender_agent_id) REFERENCES public.agent_profiles(organization_id, id);


--
-- Name: ticket_messages ticket_messages_sender_customer_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ticket_messages
    ADD CONSTRAINT ticket_messages_sender_customer_fkey FOREIGN KEY (organization_id, sender_customer_id) REFERENCES public.customers(organization_id, id) ON DELETE CASCADE;


--
-- Name: ticket_messages ticket_messages_ticket_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ticket_messages
    ADD CONSTRAINT ticket_messages_ticket_fkey FOREIGN KEY (organization_id, ticket_id) REFERENCES public.tickets(organization_id, id) ON DELETE CASCADE;


--
-- Name: ticket_views ticket_views_organization_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ticket_views
    ADD CONSTRAINT ticket_views_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: ticket_views ticket_views_owner_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ticket_views
    ADD CONSTRAINT ticket_views_owner_fkey FOREIGN KEY (organization_id, owner_id) REFERENCES public.agent_profiles(organization_id, id) ON DELETE CASCADE;


--
-- Name: tickets tickets_assigned_to_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_assigned_to_fkey FOREIGN KEY (organization_id, assigned_to) REFERENCES public.agent_profiles(organization_id, id) ON DELETE SET NULL (assigned_to);


--
-- Name: tickets tickets_customer_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_customer_fkey FOREIGN KEY (organization_id, customer_id) REFERENCES public.customers(organization_id, id) ON DELETE CASCADE;


--
-- Name: tickets tickets_deleted_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_deleted_by_fkey FOREIGN KEY (organization_id, deleted_by) REFERENCES public.agent_profiles(organization_id, id) ON DELETE SET NULL (deleted_by);


--
-- Name: tickets tickets_deleted_with_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_deleted_with_fkey FOREIGN KEY (organization_id, deleted_with) REFERENCES public.customers(organization_id, id) ON DELETE CASCADE;


--
-- Name: tickets tickets_follow_up_of_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_follow_up_of_fkey FOREIGN KEY (organization_id, follow_up_of) REFERENCES public.tickets(organization_id, id) ON DELETE SET NULL (follow_up_of);


--
-- Name: tickets tickets_merged_into_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_merged_into_fkey FOREIGN KEY (organization_id, merged_into) REFERENCES public.tickets(organization_id, id) ON DELETE SET NULL (merged_into);


--
-- Name: tickets tickets_organization_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_organization_fkey FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE;


--
-- Name: tickets tickets_split_from_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tickets
    ADD CONSTRAINT tickets_split_from_fkey FOREIGN KEY (organization_id, split_from) REFERENCES public.tickets(organization_id, id) ON DELETE SET NULL (split_from);


--
-- Name: audit_records; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.audit_records ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_records audit_records_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY audit_records_keeper ON desk.audit_records TO desk_keeper USING (true);


--
-- Name: audit_records audit_records_select; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY audit_records_select ON desk.audit_records FOR SELECT TO authenticated USING (((object_kind = ANY (ARRAY['ticket'::text, 'message'::text, 'customer'::text])) OR (( SELECT desk.caller_role() AS caller_role) = 'admin'::text)));


--
-- Name: audit_records audit_records_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY audit_records_tenant ON desk.audit_records AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: audit_seals; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.audit_seals ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_seals audit_seals_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY audit_seals_keeper ON desk.audit_seals TO desk_keeper USING (true);


--
-- Name: audit_seals audit_seals_select; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY audit_seals_select ON desk.audit_seals FOR SELECT TO authenticated USING ((( SELECT desk.caller_role() AS caller_role) = 'admin'::text));


--
-- Name: audit_seals audit_seals_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY audit_seals_tenant ON desk.audit_seals AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: clerk_events; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.clerk_events ENABLE ROW LEVEL SECURITY;

--
-- Name: clerk_events clerk_events_provision; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY clerk_events_provision ON desk.clerk_events TO desk_provision USING (true);


--
-- Name: clerk_events clerk_events_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY clerk_events_tenant ON desk.clerk_events AS RESTRICTIVE TO authenticated USING ((clerk_id = ( SELECT desk.claim_organization(auth.jwt()) AS claim_organization)));


--
-- Name: clerk_objects; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.clerk_objects ENABLE ROW LEVEL SECURITY;

--
-- Name: clerk_objects clerk_objects_provision; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY clerk_objects_provision ON desk.clerk_objects TO desk_provision USING (true);


--
-- Name: clerk_objects clerk_objects_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY clerk_objects_tenant ON desk.clerk_objects AS RESTRICTIVE TO authenticated USING ((clerk_id = ( SELECT desk.claim_organization(auth.jwt()) AS claim_organization)));


--
-- Name: customer_identities; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.customer_identities ENABLE ROW LEVEL SECURITY;

--
-- Name: customer_identities customer_identities_delete; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY customer_identities_delete ON desk.customer_identities FOR DELETE TO authenticated USING (true);


--
-- Name: customer_identities customer_identities_insert; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY customer_identities_insert ON desk.customer_identities FOR INSERT TO authenticated WITH CHECK (true);


--
-- Name: customer_identities customer_identities_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY customer_identities_keeper ON desk.customer_identities TO desk_keeper USING (true);


--
-- Name: customer_identities customer_identities_search; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY customer_identities_search ON desk.customer_identities FOR SELECT TO desk_search USING (true);


--
-- Name: customer_identities customer_identities_select; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY customer_identities_select ON desk.customer_identities FOR SELECT TO authenticated USING (true);


--
-- Name: customer_identities customer_identities_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY customer_identities_tenant ON desk.customer_identities AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: customer_merges; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.customer_merges ENABLE ROW LEVEL SECURITY;

--
-- Name: customer_merges customer_merges_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY customer_merges_keeper ON desk.customer_merges TO desk_keeper USING (true);


--
-- Name: customer_merges customer_merges_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY customer_merges_tenant ON desk.customer_merges AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: email_secrets; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.email_secrets ENABLE ROW LEVEL SECURITY;

--
-- Name: email_secrets email_secrets_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY email_secrets_keeper ON desk.email_secrets TO desk_keeper USING (true);


--
-- Name: email_secrets email_secrets_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY email_secrets_tenant ON desk.email_secrets AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: feed; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.feed ENABLE ROW LEVEL SECURITY;

--
-- Name: feed feed_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY feed_keeper ON desk.feed TO desk_keeper USING (true);


--
-- Name: idempotency_keys; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.idempotency_keys ENABLE ROW LEVEL SECURITY;

--
-- Name: idempotency_keys idempotency_keys_delete; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY idempotency_keys_delete ON desk.idempotency_keys FOR DELETE TO authenticated USING (((agent_id = ( SELECT COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent()) AS "coalesce")) AND (created_at < (now() - '24:00:00'::interval))));


--
-- Name: idempotency_keys idempotency_keys_insert; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY idempotency_keys_insert ON desk.idempotency_keys FOR INSERT TO authenticated WITH CHECK ((agent_id = ( SELECT COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent()) AS "coalesce")));


--
-- Name: idempotency_keys idempotency_keys_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY idempotency_keys_keeper ON desk.idempotency_keys TO desk_keeper USING (true);


--
-- Name: idempotency_keys idempotency_keys_select; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY idempotency_keys_select ON desk.idempotency_keys FOR SELECT TO authenticated USING ((agent_id = ( SELECT COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent()) AS "coalesce")));


--
-- Name: idempotency_keys idempotency_keys_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY idempotency_keys_tenant ON desk.idempotency_keys AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: idempotency_keys idempotency_keys_update; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY idempotency_keys_update ON desk.idempotency_keys FOR UPDATE TO authenticated USING ((agent_id = ( SELECT COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent()) AS "coalesce")));


--
-- Name: macro_usage; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.macro_usage ENABLE ROW LEVEL SECURITY;

--
-- Name: macro_usage macro_usage_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY macro_usage_keeper ON desk.macro_usage TO desk_keeper USING (true);


--
-- Name: macro_usage macro_usage_select; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY macro_usage_select ON desk.macro_usage FOR SELECT TO authenticated USING (true);


--
-- Name: macro_usage macro_usage_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY macro_usage_tenant ON desk.macro_usage AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: search_documents; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.search_documents ENABLE ROW LEVEL SECURITY;

--
-- Name: search_documents search_documents_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY search_documents_keeper ON desk.search_documents TO desk_keeper USING (true);


--
-- Name: search_documents search_documents_search; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY search_documents_search ON desk.search_documents FOR SELECT TO desk_search USING (true);


--
-- Name: search_documents search_documents_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY search_documents_tenant ON desk.search_documents AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: search_reindexings; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.search_reindexings ENABLE ROW LEVEL SECURITY;

--
-- Name: search_reindexings search_reindexings_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY search_reindexings_keeper ON desk.search_reindexings TO desk_keeper USING (true);


--
-- Name: search_reindexings search_reindexings_search; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY search_reindexings_search ON desk.search_reindexings FOR SELECT TO desk_search USING (true);


--
-- Name: search_reindexings search_reindexings_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY search_reindexings_tenant ON desk.search_reindexings AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: ticket_counters; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.ticket_counters ENABLE ROW LEVEL SECURITY;

--
-- Name: ticket_counters ticket_counters_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_counters_keeper ON desk.ticket_counters TO desk_keeper USING (true);


--
-- Name: ticket_counters ticket_counters_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_counters_tenant ON desk.ticket_counters AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: ticket_followers; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.ticket_followers ENABLE ROW LEVEL SECURITY;

--
-- Name: ticket_followers ticket_followers_delete; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_followers_delete ON desk.ticket_followers FOR DELETE TO authenticated USING (true);


--
-- Name: ticket_followers ticket_followers_insert; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_followers_insert ON desk.ticket_followers FOR INSERT TO authenticated WITH CHECK (true);


--
-- Name: ticket_followers ticket_followers_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_followers_keeper ON desk.ticket_followers TO desk_keeper USING (true);


--
-- Name: ticket_followers ticket_followers_select; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_followers_select ON desk.ticket_followers FOR SELECT TO authenticated USING (true);


--
-- Name: ticket_followers ticket_followers_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_followers_tenant ON desk.ticket_followers AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: ticket_merges; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.ticket_merges ENABLE ROW LEVEL SECURITY;

--
-- Name: ticket_merges ticket_merges_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_merges_keeper ON desk.ticket_merges TO desk_keeper USING (true);


--
-- Name: ticket_merges ticket_merges_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_merges_tenant ON desk.ticket_merges AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: ticket_spells; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.ticket_spells ENABLE ROW LEVEL SECURITY;

--
-- Name: ticket_spells ticket_spells_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_spells_keeper ON desk.ticket_spells TO desk_keeper USING (true);


--
-- Name: ticket_spells ticket_spells_select; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_spells_select ON desk.ticket_spells FOR SELECT TO authenticated USING (true);


--
-- Name: ticket_spells ticket_spells_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_spells_tenant ON desk.ticket_spells AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: ticket_tags; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.ticket_tags ENABLE ROW LEVEL SECURITY;

--
-- Name: ticket_tags ticket_tags_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_tags_keeper ON desk.ticket_tags TO desk_keeper USING (true);


--
-- Name: ticket_tags ticket_tags_search; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_tags_search ON desk.ticket_tags FOR SELECT TO desk_search USING (true);


--
-- Name: ticket_tags ticket_tags_select; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_tags_select ON desk.ticket_tags FOR SELECT TO authenticated USING (true);


--
-- Name: ticket_tags ticket_tags_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_tags_tenant ON desk.ticket_tags AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: ticket_viewers; Type: ROW SECURITY; Schema: desk; Owner: -
--

ALTER TABLE desk.ticket_viewers ENABLE ROW LEVEL SECURITY;

--
-- Name: ticket_viewers ticket_viewers_delete; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_viewers_delete ON desk.ticket_viewers FOR DELETE TO authenticated USING ((agent_id = ( SELECT COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent()) AS "coalesce")));


--
-- Name: ticket_viewers ticket_viewers_insert; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_viewers_insert ON desk.ticket_viewers FOR INSERT TO authenticated WITH CHECK ((agent_id = ( SELECT COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent()) AS "coalesce")));


--
-- Name: ticket_viewers ticket_viewers_keeper; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_viewers_keeper ON desk.ticket_viewers TO desk_keeper USING (true);


--
-- Name: ticket_viewers ticket_viewers_select; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_viewers_select ON desk.ticket_viewers FOR SELECT TO authenticated USING (true);


--
-- Name: ticket_viewers ticket_viewers_tenant; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_viewers_tenant ON desk.ticket_viewers AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: ticket_viewers ticket_viewers_update; Type: POLICY; Schema: desk; Owner: -
--

CREATE POLICY ticket_viewers_update ON desk.ticket_viewers FOR UPDATE TO authenticated USING ((agent_id = ( SELECT COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent()) AS "coalesce")));


--
-- Name: agent_profiles; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.agent_profiles ENABLE ROW LEVEL SECURITY;

--
-- Name: agent_profiles agent_profiles_keeper; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY agent_profiles_keeper ON public.agent_profiles FOR SELECT TO desk_keeper USING (true);


--
-- Name: agent_profiles agent_profiles_provision; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY agent_profiles_provision ON public.agent_profiles TO desk_provision USING (true);


--
-- Name: agent_profiles agent_profiles_search; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY agent_profiles_search ON public.agent_profiles FOR SELECT TO desk_search USING (true);


--
-- Name: agent_profiles agent_profiles_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY agent_profiles_select ON public.agent_profiles FOR SELECT TO authenticated USING (true);


--
-- Name: agent_profiles agent_profiles_tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY agent_profiles_tenant ON public.agent_profiles AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: agent_profiles agent_profiles_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY agent_profiles_update ON public.agent_profiles FOR UPDATE TO authenticated USING (((( SELECT desk.caller_role() AS caller_role) = 'admin'::text) OR (clerk_user_id = ( SELECT desk.claim_subject(auth.jwt()) AS claim_subject))));


--
-- Name: customer_field_values; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.customer_field_values ENABLE ROW LEVEL SECURITY;

--
-- Name: customer_field_values customer_field_values_delete; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customer_field_values_delete ON public.customer_field_values FOR DELETE TO authenticated USING (true);


--
-- Name: customer_field_values customer_field_values_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customer_field_values_insert ON public.customer_field_values FOR INSERT TO authenticated WITH CHECK (true);


--
-- Name: customer_field_values customer_field_values_keeper; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customer_field_values_keeper ON public.customer_field_values TO desk_keeper USING (true);


--
-- Name: customer_field_values customer_field_values_search; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customer_field_values_search ON public.customer_field_values FOR SELECT TO desk_search USING (true);


--
-- Name: customer_field_values customer_field_values_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customer_field_values_select ON public.customer_field_values FOR SELECT TO authenticated USING (true);


--
-- Name: customer_field_values customer_field_values_tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customer_field_values_tenant ON public.customer_field_values AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: customer_field_values customer_field_values_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customer_field_values_update ON public.customer_field_values FOR UPDATE TO authenticated USING (true);


--
-- Name: customer_fields; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.customer_fields ENABLE ROW LEVEL SECURITY;

--
-- Name: customer_fields customer_fields_delete; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customer_fields_delete ON public.customer_fields FOR DELETE TO authenticated USING ((( SELECT desk.caller_role() AS caller_role) = 'admin'::text));


--
-- Name: customer_fields customer_fields_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customer_fields_insert ON public.customer_fields FOR INSERT TO authenticated WITH CHECK ((( SELECT desk.caller_role() AS caller_role) = 'admin'::text));


--
-- Name: customer_fields customer_fields_keeper; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customer_fields_keeper ON public.customer_fields FOR SELECT TO desk_keeper USING (true);


--
-- Name: customer_fields customer_fields_search; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customer_fields_search ON public.customer_fields FOR SELECT TO desk_search USING (true);


--
-- Name: customer_fields customer_fields_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customer_fields_select ON public.customer_fields FOR SELECT TO authenticated USING (true);


--
-- Name: customer_fields customer_fields_tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customer_fields_tenant ON public.customer_fields AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: customer_fields customer_fields_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customer_fields_update ON public.customer_fields FOR UPDATE TO authenticated USING ((( SELECT desk.caller_role() AS caller_role) = 'admin'::text));


--
-- Name: customers; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.customers ENABLE ROW LEVEL SECURITY;

--
-- Name: customers customers_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customers_insert ON public.customers FOR INSERT TO authenticated WITH CHECK (true);


--
-- Name: customers customers_keeper; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customers_keeper ON public.customers TO desk_keeper USING (true);


--
-- Name: customers customers_search; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customers_search ON public.customers FOR SELECT TO desk_search USING (true);


--
-- Name: customers customers_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customers_select ON public.customers FOR SELECT TO authenticated USING (true);


--
-- Name: customers customers_tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customers_tenant ON public.customers AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: customers customers_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY customers_update ON public.customers FOR UPDATE TO authenticated USING (true);


--
-- Name: email_accounts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.email_accounts ENABLE ROW LEVEL SECURITY;

--
-- Name: email_accounts email_accounts_delete; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY email_accounts_delete ON public.email_accounts FOR DELETE TO authenticated USING ((( SELECT desk.caller_role() AS caller_role) = 'admin'::text));


--
-- Name: email_accounts email_accounts_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY email_accounts_insert ON public.email_accounts FOR INSERT TO authenticated WITH CHECK ((( SELECT desk.caller_role() AS caller_role) = 'admin'::text));


--
-- Name: email_accounts email_accounts_keeper; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY email_accounts_keeper ON public.email_accounts TO desk_keeper USING (true);


--
-- Name: email_accounts email_accounts_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY email_accounts_select ON public.email_accounts FOR SELECT TO authenticated USING (true);


--
-- Name: email_accounts email_accounts_tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY email_accounts_tenant ON public.email_accounts AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: email_accounts email_accounts_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY email_accounts_update ON public.email_accounts FOR UPDATE TO authenticated USING ((( SELECT desk.caller_role() AS caller_role) = 'admin'::text));


--
-- Name: macros; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.macros ENABLE ROW LEVEL SECURITY;

--
-- Name: macros macros_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY macros_insert ON public.macros FOR INSERT TO authenticated WITH CHECK ((((created_by IS NULL) AND (visibility = 'all'::text)) OR (created_by = ( SELECT COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent()) AS "coalesce"))));


--
-- Name: macros macros_keeper; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY macros_keeper ON public.macros TO desk_keeper USING (true);


--
-- Name: macros macros_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY macros_select ON public.macros FOR SELECT TO authenticated USING (((visibility = 'all'::text) OR (created_by = ( SELECT COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent()) AS "coalesce"))));


--
-- Name: macros macros_tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY macros_tenant ON public.macros AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: macros macros_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY macros_update ON public.macros FOR UPDATE TO authenticated USING (((visibility = 'all'::text) OR (created_by = ( SELECT COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent()) AS "coalesce"))));


--
-- Name: organizations; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY;

--
-- Name: organizations organizations_keeper; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY organizations_keeper ON public.organizations FOR SELECT TO desk_keeper USING (true);


--
-- Name: organizations organizations_provision; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY organizations_provision ON public.organizations TO desk_provision USING (true);


--
-- Name: organizations organizations_search; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY organizations_search ON public.organizations FOR SELECT TO desk_search USING (true);


--
-- Name: organizations organizations_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY organizations_select ON public.organizations FOR SELECT TO authenticated USING (true);


--
-- Name: organizations organizations_tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY organizations_tenant ON public.organizations AS RESTRICTIVE TO authenticated USING ((clerk_id = ( SELECT desk.claim_organization(auth.jwt()) AS claim_organization)));


--
-- Name: organizations organizations_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY organizations_update ON public.organizations FOR UPDATE TO authenticated USING ((( SELECT desk.caller_role() AS caller_role) = 'admin'::text));


--
-- Name: tags; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tags ENABLE ROW LEVEL SECURITY;

--
-- Name: tags tags_delete; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tags_delete ON public.tags FOR DELETE TO authenticated USING ((( SELECT desk.caller_role() AS caller_role) = 'admin'::text));


--
-- Name: tags tags_keeper; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tags_keeper ON public.tags TO desk_keeper USING (true);


--
-- Name: tags tags_search; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tags_search ON public.tags FOR SELECT TO desk_search USING (true);


--
-- Name: tags tags_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tags_select ON public.tags FOR SELECT TO authenticated USING (true);


--
-- Name: tags tags_tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tags_tenant ON public.tags AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: tags tags_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tags_update ON public.tags FOR UPDATE TO authenticated USING ((( SELECT desk.caller_role() AS caller_role) = 'admin'::text));


--
-- Name: ticket_messages; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.ticket_messages ENABLE ROW LEVEL SECURITY;

--
-- Name: ticket_messages ticket_messages_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY ticket_messages_insert ON public.ticket_messages FOR INSERT TO authenticated WITH CHECK (((sender_type <> 'agent'::public.sender_type) OR (sender_id = ( SELECT COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent()) AS "coalesce"))));


--
-- Name: ticket_messages ticket_messages_keeper; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY ticket_messages_keeper ON public.ticket_messages TO desk_keeper USING (true);


--
-- Name: ticket_messages ticket_messages_search; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY ticket_messages_search ON public.ticket_messages FOR SELECT TO desk_search USING (true);


--
-- Name: ticket_messages ticket_messages_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY ticket_messages_select ON public.ticket_messages FOR SELECT TO authenticated USING (true);


--
-- Name: ticket_messages ticket_messages_tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY ticket_messages_tenant ON public.ticket_messages AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: ticket_messages ticket_messages_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY ticket_messages_update ON public.ticket_messages FOR UPDATE TO authenticated USING (true);


--
-- Name: ticket_views; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.ticket_views ENABLE ROW LEVEL SECURITY;

--
-- Name: ticket_views ticket_views_delete; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY ticket_views_delete ON public.ticket_views FOR DELETE TO authenticated USING (((owner_id = ( SELECT COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent()) AS "coalesce")) OR (is_shared AND (( SELECT desk.caller_role() AS caller_role) = 'admin'::text))));


--
-- Name: ticket_views ticket_views_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY ticket_views_insert ON public.ticket_views FOR INSERT TO authenticated WITH CHECK ((owner_id = ( SELECT COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent()) AS "coalesce")));


--
-- Name: ticket_views ticket_views_keeper; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY ticket_views_keeper ON public.ticket_views TO desk_keeper USING (true);


--
-- Name: ticket_views ticket_views_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY ticket_views_select ON public.ticket_views FOR SELECT TO authenticated USING ((is_shared OR (owner_id = ( SELECT COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent()) AS "coalesce"))));


--
-- Name: ticket_views ticket_views_tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY ticket_views_tenant ON public.ticket_views AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: ticket_views ticket_views_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY ticket_views_update ON public.ticket_views FOR UPDATE TO authenticated USING (((owner_id = ( SELECT COALESCE((NULLIF(current_setting('app.agent_id'::text, true), ''::text))::uuid, desk.claimed_agent()) AS "coalesce")) OR (is_shared AND (( SELECT desk.caller_role() AS caller_role) = 'admin'::text))));


--
-- Name: tickets; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tickets ENABLE ROW LEVEL SECURITY;

--
-- Name: tickets tickets_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tickets_insert ON public.tickets FOR INSERT TO authenticated WITH CHECK (true);


--
-- Name: tickets tickets_keeper; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tickets_keeper ON public.tickets TO desk_keeper USING (true);


--
-- Name: tickets tickets_search; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tickets_search ON public.tickets FOR SELECT TO desk_search USING (true);


--
-- Name: tickets tickets_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tickets_select ON public.tickets FOR SELECT TO authenticated USING (true);


--
-- Name: tickets tickets_tenant; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tickets_tenant ON public.tickets AS RESTRICTIVE TO authenticated USING ((organization_id = ( SELECT COALESCE((NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid, desk.claimed_organization()) AS "coalesce")));


--
-- Name: tickets tickets_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY tickets_update ON public.tickets FOR UPDATE TO authenticated USING (true);


--
-- Name: SCHEMA auth; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA auth TO authenticated;


--
-- Name: SCHEMA desk; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA desk TO authenticated;
GRANT USAGE ON SCHEMA desk TO deskpipe_identity;
GRANT USAGE ON SCHEMA desk TO deskpipe_maintain;
GRANT USAGE ON SCHEMA desk TO deskpipe_serve;
GRANT USAGE ON SCHEMA desk TO desk_search;
GRANT USAGE ON SCHEMA desk TO desk_keeper;
GRANT USAGE ON SCHEMA desk TO desk_provision;


--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA public TO authenticated;
GRANT USAGE ON SCHEMA public TO desk_search;
GRANT USAGE ON SCHEMA public TO desk_keeper;
GRANT USAGE ON SCHEMA public TO desk_provision;


--
-- Name: FUNCTION jwt(); Type: ACL; Schema: auth; Owner: -
--

REVOKE ALL ON FUNCTION auth.jwt() FROM PUBLIC;
GRANT ALL ON FUNCTION auth.jwt() TO authenticated;


--
-- Name: FUNCTION add_identities(customer uuid, identities jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.add_identities(customer uuid, identities jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.add_identities(customer uuid, identities jsonb) TO authenticated;


--
-- Name: FUNCTION address(content text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.address(content text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.address(content text) TO authenticated;
GRANT ALL ON FUNCTION desk.address(content text) TO desk_keeper;
GRANT ALL ON FUNCTION desk.address(content text) TO desk_provision;
GRANT ALL ON FUNCTION desk.address(content text) TO desk_search;


--
-- Name: FUNCTION unspaced(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.unspaced() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.unspaced() TO desk_keeper;


--
-- Name: FUNCTION any_of_words(words text[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.any_of_words(words text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.any_of_words(words text[]) TO desk_keeper;


--
-- Name: FUNCTION apply_actions(ticket uuid, actions jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.apply_actions(ticket uuid, actions jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.apply_actions(ticket uuid, actions jsonb) TO authenticated;


--
-- Name: FUNCTION apply_clerk_event(event_id text, event jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.apply_clerk_event(event_id text, event jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.apply_clerk_event(event_id text, event jsonb) TO deskpipe_identity;


--
-- Name: FUNCTION audit_agent(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_agent() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.audit_agent() TO desk_keeper;


--
-- Name: FUNCTION audit_agent_profiles(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_agent_profiles() FROM PUBLIC;


--
-- Name: FUNCTION audit_changes(organization uuid, old_values jsonb, new_values jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_changes(organization uuid, old_values jsonb, new_values jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.audit_changes(organization uuid, old_values jsonb, new_values jsonb) TO authenticated;


--
-- Name: FUNCTION audit_customer_fields(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_customer_fields() FROM PUBLIC;


--
-- Name: FUNCTION audit_customers(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_customers() FROM PUBLIC;


--
-- Name: FUNCTION audit_digest(salt bytea, old_value jsonb, new_value jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_digest(salt bytea, old_value jsonb, new_value jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.audit_digest(salt bytea, old_value jsonb, new_value jsonb) TO desk_keeper;
GRANT ALL ON FUNCTION desk.audit_digest(salt bytea, old_value jsonb, new_value jsonb) TO authenticated;


--
-- Name: FUNCTION audit_email_accounts(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_email_accounts() FROM PUBLIC;


--
-- Name: FUNCTION audit_email_secrets(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_email_secrets() FROM PUBLIC;


--
-- Name: FUNCTION audit_field_values(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_field_values() FROM PUBLIC;


--
-- Name: FUNCTION audit_macros(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_macros() FROM PUBLIC;


--
-- Name: FUNCTION audit_organizations(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_organizations() FROM PUBLIC;


--
-- Name: FUNCTION audit_places(organization uuid, object uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_places(organization uuid, object uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.audit_places(organization uuid, object uuid) TO authenticated;
GRANT ALL ON FUNCTION desk.audit_places(organization uuid, object uuid) TO desk_keeper;


--
-- Name: FUNCTION feed_xid(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.feed_xid() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.feed_xid() TO desk_keeper;


--
-- Name: TABLE audit_records; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.audit_records TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE desk.audit_records TO desk_keeper;


--
-- Name: COLUMN audit_records.old_values; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(old_values) ON TABLE desk.audit_records TO desk_keeper;


--
-- Name: COLUMN audit_records.new_values; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(new_values) ON TABLE desk.audit_records TO desk_keeper;


--
-- Name: COLUMN audit_records.salt; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(salt) ON TABLE desk.audit_records TO desk_keeper;


--
-- Name: COLUMN audit_records.salts; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(salts) ON TABLE desk.audit_records TO desk_keeper;


--
-- Name: COLUMN audit_records.cleaned; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(cleaned) ON TABLE desk.audit_records TO desk_keeper;


--
-- Name: FUNCTION audit_record_digest(r desk.audit_records); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_record_digest(r desk.audit_records) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.audit_record_digest(r desk.audit_records) TO authenticated;
GRANT ALL ON FUNCTION desk.audit_record_digest(r desk.audit_records) TO desk_keeper;


--
-- Name: FUNCTION audit_roots(organization uuid, message uuid, ticket uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_roots(organization uuid, message uuid, ticket uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.audit_roots(organization uuid, message uuid, ticket uuid) TO authenticated;
GRANT ALL ON FUNCTION desk.audit_roots(organization uuid, message uuid, ticket uuid) TO desk_keeper;


--
-- Name: FUNCTION audit_salt(salt bytea, member text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_salt(salt bytea, member text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.audit_salt(salt bytea, member text) TO desk_keeper;
GRANT ALL ON FUNCTION desk.audit_salt(salt bytea, member text) TO authenticated;


--
-- Name: FUNCTION audit_seal_hash(previous bytea, number bigint, seqs bigint[], digests bytea); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_seal_hash(previous bytea, number bigint, seqs bigint[], digests bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.audit_seal_hash(previous bytea, number bigint, seqs bigint[], digests bytea) TO authenticated;
GRANT ALL ON FUNCTION desk.audit_seal_hash(previous bytea, number bigint, seqs bigint[], digests bytea) TO desk_keeper;


--
-- Name: FUNCTION audit_table(t regclass, kind text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_table(t regclass, kind text) FROM PUBLIC;


--
-- Name: FUNCTION audit_tags(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_tags() FROM PUBLIC;


--
-- Name: FUNCTION audit_ticket_messages(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_ticket_messages() FROM PUBLIC;


--
-- Name: FUNCTION audit_ticket_views(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_ticket_views() FROM PUBLIC;


--
-- Name: FUNCTION audit_tickets(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_tickets() FROM PUBLIC;


--
-- Name: FUNCTION cut(content text, bytes integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.cut(content text, bytes integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.cut(content text, bytes integer) TO authenticated;
GRANT ALL ON FUNCTION desk.cut(content text, bytes integer) TO desk_keeper;
GRANT ALL ON FUNCTION desk.cut(content text, bytes integer) TO desk_provision;
GRANT ALL ON FUNCTION desk.cut(content text, bytes integer) TO desk_search;


--
-- Name: FUNCTION audit_value(value jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.audit_value(value jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.audit_value(value jsonb) TO authenticated;


--
-- Name: FUNCTION batch_answers(calls integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.batch_answers(calls integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.batch_answers(calls integer) TO authenticated;


--
-- Name: FUNCTION begin_maintenance(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.begin_maintenance() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.begin_maintenance() TO deskpipe_maintain;


--
-- Name: FUNCTION both_seconds(organization uuid, start timestamp with time zone, stop timestamp with time zone); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.both_seconds(organization uuid, start timestamp with time zone, stop timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.both_seconds(organization uuid, start timestamp with time zone, stop timestamp with time zone) TO desk_keeper;


--
-- Name: FUNCTION break_rule(name text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.break_rule(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.break_rule(name text) TO authenticated;
GRANT ALL ON FUNCTION desk.break_rule(name text) TO desk_keeper;


--
-- Name: TABLE ticket_messages; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.ticket_messages TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.ticket_messages TO desk_keeper;


--
-- Name: COLUMN ticket_messages.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.ticket_messages TO authenticated;
GRANT SELECT(id) ON TABLE public.ticket_messages TO desk_keeper;
GRANT SELECT(id) ON TABLE public.ticket_messages TO desk_search;


--
-- Name: COLUMN ticket_messages.organization_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(organization_id) ON TABLE public.ticket_messages TO authenticated;
GRANT SELECT(organization_id) ON TABLE public.ticket_messages TO desk_keeper;
GRANT SELECT(organization_id) ON TABLE public.ticket_messages TO desk_search;


--
-- Name: COLUMN ticket_messages.ticket_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(ticket_id) ON TABLE public.ticket_messages TO authenticated;
GRANT SELECT(ticket_id),UPDATE(ticket_id) ON TABLE public.ticket_messages TO desk_keeper;
GRANT SELECT(ticket_id) ON TABLE public.ticket_messages TO desk_search;


--
-- Name: COLUMN ticket_messages.sender_type; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(sender_type) ON TABLE public.ticket_messages TO authenticated;


--
-- Name: COLUMN ticket_messages.sender_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(sender_id) ON TABLE public.ticket_messages TO authenticated;
GRANT UPDATE(sender_id) ON TABLE public.ticket_messages TO desk_keeper;


--
-- Name: COLUMN ticket_messages.body; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(body) ON TABLE public.ticket_messages TO authenticated;
GRANT SELECT(body) ON TABLE public.ticket_messages TO desk_search;
GRANT UPDATE(body) ON TABLE public.ticket_messages TO desk_keeper;


--
-- Name: COLUMN ticket_messages.is_internal; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(is_internal) ON TABLE public.ticket_messages TO authenticated;
GRANT SELECT(is_internal) ON TABLE public.ticket_messages TO desk_search;


--
-- Name: COLUMN ticket_messages.email_message_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(email_message_id),UPDATE(email_message_id) ON TABLE public.ticket_messages TO authenticated;


--
-- Name: COLUMN ticket_messages.in_reply_to; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(in_reply_to) ON TABLE public.ticket_messages TO authenticated;


--
-- Name: COLUMN ticket_messages.delivery_status; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(delivery_status),UPDATE(delivery_status) ON TABLE public.ticket_messages TO authenticated;


--
-- Name: COLUMN ticket_messages.delivery_error; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(delivery_error) ON TABLE public.ticket_messages TO authenticated;
GRANT UPDATE(delivery_error) ON TABLE public.ticket_messages TO desk_keeper;


--
-- Name: COLUMN ticket_messages.metadata; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(metadata),UPDATE(metadata) ON TABLE public.ticket_messages TO authenticated;
GRANT UPDATE(metadata) ON TABLE public.ticket_messages TO desk_keeper;


--
-- Name: COLUMN ticket_messages.deleted_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(deleted_at) ON TABLE public.ticket_messages TO authenticated;
GRANT SELECT(deleted_at) ON TABLE public.ticket_messages TO desk_search;


--
-- Name: COLUMN ticket_messages.merge_path; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(merge_path) ON TABLE public.ticket_messages TO desk_keeper;


--
-- Name: COLUMN ticket_messages.is_automatic; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(is_automatic) ON TABLE public.ticket_messages TO authenticated;


--
-- Name: COLUMN ticket_messages.sender_path; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(sender_path) ON TABLE public.ticket_messages TO desk_keeper;


--
-- Name: FUNCTION broken_message_rule(m public.ticket_messages); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.broken_message_rule(m public.ticket_messages) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.broken_message_rule(m public.ticket_messages) TO authenticated;
GRANT ALL ON FUNCTION desk.broken_message_rule(m public.ticket_messages) TO desk_keeper;


--
-- Name: FUNCTION business_seconds(zone text, hours jsonb, holidays date[], start timestamp with time zone, stop timestamp with time zone); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.business_seconds(zone text, hours jsonb, holidays date[], start timestamp with time zone, stop timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.business_seconds(zone text, hours jsonb, holidays date[], start timestamp with time zone, stop timestamp with time zone) TO authenticated;
GRANT ALL ON FUNCTION desk.business_seconds(zone text, hours jsonb, holidays date[], start timestamp with time zone, stop timestamp with time zone) TO desk_keeper;


--
-- Name: FUNCTION claim_role(claims jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.claim_role(claims jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.claim_role(claims jsonb) TO authenticated;
GRANT ALL ON FUNCTION desk.claim_role(claims jsonb) TO desk_provision;


--
-- Name: FUNCTION caller_role(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.caller_role() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.caller_role() TO authenticated;


--
-- Name: FUNCTION change_tags(ticket uuid, added text[], removed text[], replaced text[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.change_tags(ticket uuid, added text[], removed text[], replaced text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.change_tags(ticket uuid, added text[], removed text[], replaced text[]) TO authenticated;


--
-- Name: FUNCTION check_assignee(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.check_assignee() FROM PUBLIC;


--
-- Name: FUNCTION valid_field_options(type public.field_type, options jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.valid_field_options(type public.field_type, options jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.valid_field_options(type public.field_type, options jsonb) TO authenticated;


--
-- Name: TABLE customer_fields; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,DELETE ON TABLE public.customer_fields TO authenticated;
GRANT SELECT ON TABLE public.customer_fields TO desk_keeper;


--
-- Name: COLUMN customer_fields.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.customer_fields TO authenticated;
GRANT SELECT(id) ON TABLE public.customer_fields TO desk_keeper;
GRANT SELECT(id) ON TABLE public.customer_fields TO desk_search;


--
-- Name: COLUMN customer_fields.organization_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(organization_id) ON TABLE public.customer_fields TO authenticated;
GRANT SELECT(organization_id) ON TABLE public.customer_fields TO desk_keeper;
GRANT SELECT(organization_id) ON TABLE public.customer_fields TO desk_search;


--
-- Name: COLUMN customer_fields.field_name; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(field_name),UPDATE(field_name) ON TABLE public.customer_fields TO authenticated;
GRANT SELECT(field_name) ON TABLE public.customer_fields TO desk_keeper;
GRANT SELECT(field_name) ON TABLE public.customer_fields TO desk_search;


--
-- Name: COLUMN customer_fields.field_type; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(field_type),UPDATE(field_type) ON TABLE public.customer_fields TO authenticated;
GRANT SELECT(field_type) ON TABLE public.customer_fields TO desk_search;


--
-- Name: COLUMN customer_fields.is_required; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(is_required),UPDATE(is_required) ON TABLE public.customer_fields TO authenticated;


--
-- Name: COLUMN customer_fields.options; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(options),UPDATE(options) ON TABLE public.customer_fields TO authenticated;


--
-- Name: COLUMN customer_fields.label; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(label),UPDATE(label) ON TABLE public.customer_fields TO authenticated;


--
-- Name: COLUMN customer_fields.description; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(description),UPDATE(description) ON TABLE public.customer_fields TO authenticated;


--
-- Name: COLUMN customer_fields."position"; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT("position"),UPDATE("position") ON TABLE public.customer_fields TO authenticated;
GRANT SELECT("position") ON TABLE public.customer_fields TO desk_search;


--
-- Name: COLUMN customer_fields.default_value; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(default_value),UPDATE(default_value) ON TABLE public.customer_fields TO authenticated;


--
-- Name: COLUMN customer_fields.pattern; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(pattern),UPDATE(pattern) ON TABLE public.customer_fields TO authenticated;


--
-- Name: COLUMN customer_fields.minimum; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(minimum),UPDATE(minimum) ON TABLE public.customer_fields TO authenticated;


--
-- Name: COLUMN customer_fields.maximum; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(maximum),UPDATE(maximum) ON TABLE public.customer_fields TO authenticated;


--
-- Name: COLUMN customer_fields.retired_options; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(retired_options),UPDATE(retired_options) ON TABLE public.customer_fields TO authenticated;


--
-- Name: FUNCTION check_field(field public.customer_fields, value jsonb, current text, path text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.check_field(field public.customer_fields, value jsonb, current text, path text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.check_field(field public.customer_fields, value jsonb, current text, path text) TO authenticated;
GRANT ALL ON FUNCTION desk.check_field(field public.customer_fields, value jsonb, current text, path text) TO desk_keeper;


--
-- Name: FUNCTION check_field_change(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.check_field_change() FROM PUBLIC;


--
-- Name: FUNCTION check_field_rules(type public.field_type, pattern text, minimum jsonb, maximum jsonb, value text, path text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.check_field_rules(type public.field_type, pattern text, minimum jsonb, maximum jsonb, value text, path text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.check_field_rules(type public.field_type, pattern text, minimum jsonb, maximum jsonb, value text, path text) TO authenticated;
GRANT ALL ON FUNCTION desk.check_field_rules(type public.field_type, pattern text, minimum jsonb, maximum jsonb, value text, path text) TO desk_keeper;


--
-- Name: FUNCTION check_field_value(type public.field_type, options jsonb, value jsonb, path text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.check_field_value(type public.field_type, options jsonb, value jsonb, path text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.check_field_value(type public.field_type, options jsonb, value jsonb, path text) TO authenticated;
GRANT ALL ON FUNCTION desk.check_field_value(type public.field_type, options jsonb, value jsonb, path text) TO desk_keeper;


--
-- Name: FUNCTION check_search_language(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.check_search_language() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.check_search_language() TO desk_search;


--
-- Name: FUNCTION check_value_row(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.check_value_row() FROM PUBLIC;


--
-- Name: FUNCTION claim_organization(claims jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.claim_organization(claims jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.claim_organization(claims jsonb) TO authenticated;
GRANT ALL ON FUNCTION desk.claim_organization(claims jsonb) TO desk_provision;
GRANT ALL ON FUNCTION desk.claim_organization(claims jsonb) TO desk_keeper;


--
-- Name: FUNCTION claim_subject(claims jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.claim_subject(claims jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.claim_subject(claims jsonb) TO authenticated;
GRANT ALL ON FUNCTION desk.claim_subject(claims jsonb) TO desk_provision;
GRANT ALL ON FUNCTION desk.claim_subject(claims jsonb) TO desk_keeper;


--
-- Name: FUNCTION claimed_agent(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.claimed_agent() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.claimed_agent() TO authenticated;


--
-- Name: FUNCTION claimed_organization(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.claimed_organization() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.claimed_organization() TO authenticated;


--
-- Name: FUNCTION clean_audit(organization uuid, kind text, id uuid, members text[], action text, reason text, present jsonb, place uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.clean_audit(organization uuid, kind text, id uuid, members text[], action text, reason text, present jsonb, place uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.clean_audit(organization uuid, kind text, id uuid, members text[], action text, reason text, present jsonb, place uuid) TO desk_keeper;


--
-- Name: FUNCTION close_solved("limit" integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.close_solved("limit" integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.close_solved("limit" integer) TO deskpipe_maintain;


--
-- Name: FUNCTION conflict(kind text, id uuid, expected integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.conflict(kind text, id uuid, expected integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.conflict(kind text, id uuid, expected integer) TO authenticated;


--
-- Name: FUNCTION count_macro_use(macro uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.count_macro_use(macro uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.count_macro_use(macro uuid) TO authenticated;


--
-- Name: FUNCTION count_views(queries jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.count_views(queries jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.count_views(queries jsonb) TO authenticated;


--
-- Name: FUNCTION cover_person(content text, pattern text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.cover_person(content text, pattern text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.cover_person(content text, pattern text) TO desk_keeper;


--
-- Name: FUNCTION cover_person_in(content jsonb, pattern text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.cover_person_in(content jsonb, pattern text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.cover_person_in(content jsonb, pattern text) TO desk_keeper;


--
-- Name: FUNCTION current_agent(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.current_agent() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.current_agent() TO authenticated;


--
-- Name: FUNCTION current_organization(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.current_organization() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.current_organization() TO authenticated;


--
-- Name: FUNCTION customer_address_changed(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.customer_address_changed() FROM PUBLIC;


--
-- Name: FUNCTION customer_deletion_changed(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.customer_deletion_changed() FROM PUBLIC;


--
-- Name: FUNCTION customer_words(name text, email text, others text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.customer_words(name text, email text, others text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.customer_words(name text, email text, others text) TO authenticated;
GRANT ALL ON FUNCTION desk.customer_words(name text, email text, others text) TO desk_keeper;


--
-- Name: FUNCTION customers_inserted(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.customers_inserted() FROM PUBLIC;


--
-- Name: FUNCTION delete_field(field uuid, force boolean); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.delete_field(field uuid, force boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.delete_field(field uuid, force boolean) TO authenticated;


--
-- Name: FUNCTION doctor(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.doctor() FROM PUBLIC;


--
-- Name: FUNCTION document_vector(organization uuid, ticket uuid, source uuid, language text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.document_vector(organization uuid, ticket uuid, source uuid, language text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.document_vector(organization uuid, ticket uuid, source uuid, language text) TO desk_search;
GRANT ALL ON FUNCTION desk.document_vector(organization uuid, ticket uuid, source uuid, language text) TO desk_keeper;


--
-- Name: FUNCTION ensure_customer(new_id uuid, email text, name text, path text, identities jsonb, metadata jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.ensure_customer(new_id uuid, email text, name text, path text, identities jsonb, metadata jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.ensure_customer(new_id uuid, email text, name text, path text, identities jsonb, metadata jsonb) TO authenticated;


--
-- Name: FUNCTION erase_customer(customer uuid, reason text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.erase_customer(customer uuid, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.erase_customer(customer uuid, reason text) TO authenticated;


--
-- Name: FUNCTION event_news(organizations uuid[], positions xid8[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.event_news(organizations uuid[], positions xid8[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.event_news(organizations uuid[], positions xid8[]) TO deskpipe_identity;


--
-- Name: FUNCTION event_values(members jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.event_values(members jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.event_values(members jsonb) TO authenticated;


--
-- Name: FUNCTION expect(kind text, id uuid, version integer, action text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.expect(kind text, id uuid, version integer, action text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.expect(kind text, id uuid, version integer, action text) TO authenticated;


--
-- Name: FUNCTION expect_seen(ticket uuid, seen uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.expect_seen(ticket uuid, seen uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.expect_seen(ticket uuid, seen uuid) TO authenticated;


--
-- Name: FUNCTION expire_idempotency_keys(max_keys integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.expire_idempotency_keys(max_keys integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.expire_idempotency_keys(max_keys integer) TO deskpipe_maintain;


--
-- Name: FUNCTION expire_viewers("limit" integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.expire_viewers("limit" integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.expire_viewers("limit" integer) TO deskpipe_maintain;


--
-- Name: FUNCTION export_customer(customer uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.export_customer(customer uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.export_customer(customer uuid) TO authenticated;


--
-- Name: FUNCTION field_value(type public.field_type, value text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.field_value(type public.field_type, value text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.field_value(type public.field_type, value text) TO authenticated;
GRANT ALL ON FUNCTION desk.field_value(type public.field_type, value text) TO desk_keeper;


--
-- Name: FUNCTION merged_customer(organization uuid, customer uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.merged_customer(organization uuid, customer uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.merged_customer(organization uuid, customer uuid) TO authenticated;
GRANT ALL ON FUNCTION desk.merged_customer(organization uuid, customer uuid) TO desk_keeper;
GRANT ALL ON FUNCTION desk.merged_customer(organization uuid, customer uuid) TO desk_search;


--
-- Name: TABLE customer_identities; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT,DELETE ON TABLE desk.customer_identities TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE desk.customer_identities TO desk_keeper;
GRANT SELECT ON TABLE desk.customer_identities TO desk_search;


--
-- Name: COLUMN customer_identities.organization_id; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(organization_id) ON TABLE desk.customer_identities TO authenticated;


--
-- Name: COLUMN customer_identities.kind; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(kind) ON TABLE desk.customer_identities TO authenticated;


--
-- Name: COLUMN customer_identities.value; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(value) ON TABLE desk.customer_identities TO authenticated;


--
-- Name: COLUMN customer_identities.customer_id; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(customer_id) ON TABLE desk.customer_identities TO authenticated;
GRANT UPDATE(customer_id) ON TABLE desk.customer_identities TO desk_keeper;


--
-- Name: TABLE customer_field_values; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,DELETE ON TABLE public.customer_field_values TO authenticated;
GRANT SELECT,DELETE ON TABLE public.customer_field_values TO desk_keeper;


--
-- Name: COLUMN customer_field_values.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.customer_field_values TO authenticated;


--
-- Name: COLUMN customer_field_values.organization_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(organization_id) ON TABLE public.customer_field_values TO authenticated;
GRANT SELECT(organization_id) ON TABLE public.customer_field_values TO desk_search;
GRANT INSERT(organization_id) ON TABLE public.customer_field_values TO desk_keeper;


--
-- Name: COLUMN customer_field_values.customer_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(customer_id) ON TABLE public.customer_field_values TO authenticated;
GRANT SELECT(customer_id) ON TABLE public.customer_field_values TO desk_search;
GRANT INSERT(customer_id) ON TABLE public.customer_field_values TO desk_keeper;


--
-- Name: COLUMN customer_field_values.field_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(field_id) ON TABLE public.customer_field_values TO authenticated;
GRANT SELECT(field_id) ON TABLE public.customer_field_values TO desk_search;
GRANT INSERT(field_id) ON TABLE public.customer_field_values TO desk_keeper;


--
-- Name: COLUMN customer_field_values.value; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(value),UPDATE(value) ON TABLE public.customer_field_values TO authenticated;
GRANT SELECT(value) ON TABLE public.customer_field_values TO desk_search;
GRANT INSERT(value) ON TABLE public.customer_field_values TO desk_keeper;


--
-- Name: TABLE customers; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.customers TO authenticated;
GRANT SELECT,DELETE ON TABLE public.customers TO desk_keeper;


--
-- Name: COLUMN customers.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.customers TO authenticated;
GRANT SELECT(id) ON TABLE public.customers TO desk_search;


--
-- Name: COLUMN customers.organization_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(organization_id) ON TABLE public.customers TO authenticated;
GRANT SELECT(organization_id) ON TABLE public.customers TO desk_search;


--
-- Name: COLUMN customers.name; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(name),UPDATE(name) ON TABLE public.customers TO authenticated;
GRANT SELECT(name) ON TABLE public.customers TO desk_search;
GRANT UPDATE(name) ON TABLE public.customers TO desk_keeper;


--
-- Name: COLUMN customers.email; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(email),UPDATE(email) ON TABLE public.customers TO authenticated;
GRANT SELECT(email) ON TABLE public.customers TO desk_search;
GRANT UPDATE(email) ON TABLE public.customers TO desk_keeper;


--
-- Name: COLUMN customers.metadata; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(metadata),UPDATE(metadata) ON TABLE public.customers TO authenticated;
GRANT UPDATE(metadata) ON TABLE public.customers TO desk_keeper;


--
-- Name: COLUMN customers.search; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(search) ON TABLE public.customers TO desk_search;
GRANT UPDATE(search) ON TABLE public.customers TO desk_keeper;


--
-- Name: COLUMN customers.version; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(version) ON TABLE public.customers TO desk_keeper;


--
-- Name: COLUMN customers.created_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(created_at) ON TABLE public.customers TO desk_search;


--
-- Name: COLUMN customers.updated_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(updated_at) ON TABLE public.customers TO desk_search;


--
-- Name: COLUMN customers.deleted_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(deleted_at) ON TABLE public.customers TO authenticated;
GRANT SELECT(deleted_at) ON TABLE public.customers TO desk_search;


--
-- Name: COLUMN customers.merged_into; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(merged_into) ON TABLE public.customers TO desk_search;
GRANT UPDATE(merged_into) ON TABLE public.customers TO desk_keeper;


--
-- Name: COLUMN customers.blocked_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(blocked_at) ON TABLE public.customers TO authenticated;
GRANT SELECT(blocked_at) ON TABLE public.customers TO desk_search;


--
-- Name: COLUMN customers.block_reason; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(block_reason) ON TABLE public.customers TO authenticated;
GRANT UPDATE(block_reason) ON TABLE public.customers TO desk_keeper;


--
-- Name: COLUMN customers.erased_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(erased_at) ON TABLE public.customers TO desk_search;
GRANT UPDATE(erased_at) ON TABLE public.customers TO desk_keeper;


--
-- Name: FUNCTION exported_customers(after uuid, upto uuid, with_deleted boolean); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.exported_customers(after uuid, upto uuid, with_deleted boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.exported_customers(after uuid, upto uuid, with_deleted boolean) TO authenticated;


--
-- Name: FUNCTION named_agents(ids uuid[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.named_agents(ids uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.named_agents(ids uuid[]) TO authenticated;


--
-- Name: TABLE agent_profiles; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.agent_profiles TO authenticated;
GRANT SELECT,INSERT ON TABLE public.agent_profiles TO desk_provision;


--
-- Name: COLUMN agent_profiles.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.agent_profiles TO desk_keeper;
GRANT SELECT(id) ON TABLE public.agent_profiles TO desk_search;


--
-- Name: COLUMN agent_profiles.clerk_user_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(clerk_user_id) ON TABLE public.agent_profiles TO desk_keeper;


--
-- Name: COLUMN agent_profiles.organization_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(organization_id) ON TABLE public.agent_profiles TO desk_keeper;
GRANT SELECT(organization_id) ON TABLE public.agent_profiles TO desk_search;


--
-- Name: COLUMN agent_profiles.name; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(name) ON TABLE public.agent_profiles TO authenticated;
GRANT UPDATE(name) ON TABLE public.agent_profiles TO desk_provision;
GRANT SELECT(name) ON TABLE public.agent_profiles TO desk_keeper;
GRANT SELECT(name) ON TABLE public.agent_profiles TO desk_search;


--
-- Name: COLUMN agent_profiles.email; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(email) ON TABLE public.agent_profiles TO desk_provision;
GRANT SELECT(email) ON TABLE public.agent_profiles TO desk_search;


--
-- Name: COLUMN agent_profiles.role; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(role) ON TABLE public.agent_profiles TO desk_provision;


--
-- Name: COLUMN agent_profiles.status; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(status) ON TABLE public.agent_profiles TO authenticated;
GRANT UPDATE(status) ON TABLE public.agent_profiles TO desk_provision;


--
-- Name: COLUMN agent_profiles.settings; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(settings) ON TABLE public.agent_profiles TO authenticated;


--
-- Name: COLUMN agent_profiles.deactivated_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(deactivated_at) ON TABLE public.agent_profiles TO desk_provision;
GRANT SELECT(deactivated_at) ON TABLE public.agent_profiles TO desk_keeper;


--
-- Name: TABLE message; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.message TO authenticated;


--
-- Name: TABLE message_row; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.message_row TO authenticated;


--
-- Name: TABLE tickets; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.tickets TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.tickets TO authenticated;
GRANT SELECT(id) ON TABLE public.tickets TO desk_search;


--
-- Name: COLUMN tickets.organization_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(organization_id) ON TABLE public.tickets TO authenticated;
GRANT SELECT(organization_id) ON TABLE public.tickets TO desk_search;
GRANT INSERT(organization_id) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.customer_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(customer_id),UPDATE(customer_id) ON TABLE public.tickets TO authenticated;
GRANT SELECT(customer_id) ON TABLE public.tickets TO desk_search;
GRANT INSERT(customer_id),UPDATE(customer_id) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.assigned_to; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(assigned_to),UPDATE(assigned_to) ON TABLE public.tickets TO authenticated;
GRANT INSERT(assigned_to),UPDATE(assigned_to) ON TABLE public.tickets TO desk_keeper;
GRANT SELECT(assigned_to) ON TABLE public.tickets TO desk_search;


--
-- Name: COLUMN tickets.subject; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(subject),UPDATE(subject) ON TABLE public.tickets TO authenticated;
GRANT INSERT(subject),UPDATE(subject) ON TABLE public.tickets TO desk_keeper;
GRANT SELECT(subject) ON TABLE public.tickets TO desk_search;


--
-- Name: COLUMN tickets.status; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(status),UPDATE(status) ON TABLE public.tickets TO authenticated;
GRANT UPDATE(status) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.priority; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(priority),UPDATE(priority) ON TABLE public.tickets TO authenticated;


--
-- Name: COLUMN tickets.metadata; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(metadata),UPDATE(metadata) ON TABLE public.tickets TO authenticated;
GRANT INSERT(metadata),UPDATE(metadata) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.last_activity_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(last_activity_at) ON TABLE public.tickets TO desk_keeper;
GRANT SELECT(last_activity_at) ON TABLE public.tickets TO desk_search;


--
-- Name: COLUMN tickets.first_reply_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(first_reply_at) ON TABLE public.tickets TO desk_keeper;
GRANT SELECT(first_reply_at) ON TABLE public.tickets TO desk_search;


--
-- Name: COLUMN tickets.last_reply_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(last_reply_at) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.status_code; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(status_code) ON TABLE public.tickets TO desk_search;


--
-- Name: COLUMN tickets.priority_rank; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(priority_rank) ON TABLE public.tickets TO desk_search;


--
-- Name: COLUMN tickets.version; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(version) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.created_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(created_at) ON TABLE public.tickets TO desk_search;


--
-- Name: COLUMN tickets.updated_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(updated_at) ON TABLE public.tickets TO desk_search;


--
-- Name: COLUMN tickets.deleted_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(deleted_at) ON TABLE public.tickets TO authenticated;
GRANT UPDATE(deleted_at) ON TABLE public.tickets TO desk_keeper;
GRANT SELECT(deleted_at) ON TABLE public.tickets TO desk_search;


--
-- Name: COLUMN tickets.deleted_by; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(deleted_by) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.deleted_with; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(deleted_with) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.merged_into; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(merged_into) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.number; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(number) ON TABLE public.tickets TO desk_search;


--
-- Name: COLUMN tickets.tags; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(tags),UPDATE(tags) ON TABLE public.tickets TO authenticated;
GRANT INSERT(tags),UPDATE(tags) ON TABLE public.tickets TO desk_keeper;
GRANT SELECT(tags) ON TABLE public.tickets TO desk_search;


--
-- Name: COLUMN tickets.follower_ids; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(follower_ids) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.snoozed_until; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(snoozed_until) ON TABLE public.tickets TO authenticated;
GRANT UPDATE(snoozed_until) ON TABLE public.tickets TO desk_keeper;
GRANT SELECT(snoozed_until) ON TABLE public.tickets TO desk_search;


--
-- Name: COLUMN tickets.keep_snoozed; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(keep_snoozed) ON TABLE public.tickets TO authenticated;
GRANT UPDATE(keep_snoozed) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.follow_up_of; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(follow_up_of) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.waiting_since; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(waiting_since) ON TABLE public.tickets TO desk_keeper;
GRANT SELECT(waiting_since) ON TABLE public.tickets TO desk_search;


--
-- Name: COLUMN tickets.first_solved_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(first_solved_at) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.last_solved_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(last_solved_at) ON TABLE public.tickets TO desk_search;
GRANT UPDATE(last_solved_at) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.closed_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(closed_at) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.reopen_count; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(reopen_count) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.reply_count; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(reply_count) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.customer_path; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(customer_path) ON TABLE public.tickets TO desk_keeper;


--
-- Name: COLUMN tickets.message_count; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(message_count) ON TABLE public.tickets TO desk_keeper;


--
-- Name: TABLE ticket_detail; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.ticket_detail TO authenticated;


--
-- Name: FUNCTION exported_tickets(after uuid, upto uuid, with_deleted boolean); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.exported_tickets(after uuid, upto uuid, with_deleted boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.exported_tickets(after uuid, upto uuid, with_deleted boolean) TO authenticated;


--
-- Name: FUNCTION fail(code text, kind text, message text, path text, detail jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.fail(code text, kind text, message text, path text, detail jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.fail(code text, kind text, message text, path text, detail jsonb) TO authenticated;
GRANT ALL ON FUNCTION desk.fail(code text, kind text, message text, path text, detail jsonb) TO desk_keeper;
GRANT ALL ON FUNCTION desk.fail(code text, kind text, message text, path text, detail jsonb) TO desk_provision;
GRANT ALL ON FUNCTION desk.fail(code text, kind text, message text, path text, detail jsonb) TO desk_search;


--
-- Name: FUNCTION feed_end(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.feed_end() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.feed_end() TO authenticated;


--
-- Name: FUNCTION feed_epoch(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.feed_epoch() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.feed_epoch() TO authenticated;


--
-- Name: FUNCTION feed_horizon(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.feed_horizon() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.feed_horizon() TO authenticated;


--
-- Name: FUNCTION feed_position(epoch integer, xid xid8); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.feed_position(epoch integer, xid xid8) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.feed_position(epoch integer, xid xid8) TO desk_keeper;


--
-- Name: FUNCTION field_condition(organization uuid, condition jsonb, place integer, OUT resolved jsonb, OUT test text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.field_condition(organization uuid, condition jsonb, place integer, OUT resolved jsonb, OUT test text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.field_condition(organization uuid, condition jsonb, place integer, OUT resolved jsonb, OUT test text) TO desk_search;


--
-- Name: FUNCTION field_customers(organization uuid, conditions jsonb, place integer, test text, most integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.field_customers(organization uuid, conditions jsonb, place integer, test text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.field_customers(organization uuid, conditions jsonb, place integer, test text, most integer) TO desk_search;


--
-- Name: FUNCTION field_usage(field uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.field_usage(field uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.field_usage(field uuid) TO authenticated;


--
-- Name: FUNCTION field_values_changed(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.field_values_changed() FROM PUBLIC;


--
-- Name: FUNCTION find_customers(query jsonb, sort text, descending boolean, most integer, now timestamp with time zone, after text[], counted integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.find_customers(query jsonb, sort text, descending boolean, most integer, now timestamp with time zone, after text[], counted integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.find_customers(query jsonb, sort text, descending boolean, most integer, now timestamp with time zone, after text[], counted integer) TO authenticated;


--
-- Name: FUNCTION find_tags(names text[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.find_tags(names text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.find_tags(names text[]) TO authenticated;


--
-- Name: FUNCTION find_tickets(query jsonb, sort text, descending boolean, most integer, now timestamp with time zone, after text[], counted integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.find_tickets(query jsonb, sort text, descending boolean, most integer, now timestamp with time zone, after text[], counted integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.find_tickets(query jsonb, sort text, descending boolean, most integer, now timestamp with time zone, after text[], counted integer) TO authenticated;


--
-- Name: FUNCTION follow_clerk_membership(event jsonb, changed_at timestamp with time zone); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.follow_clerk_membership(event jsonb, changed_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.follow_clerk_membership(event jsonb, changed_at timestamp with time zone) TO desk_provision;


--
-- Name: FUNCTION follow_clerk_organization(event jsonb, changed_at timestamp with time zone); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.follow_clerk_organization(event jsonb, changed_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.follow_clerk_organization(event jsonb, changed_at timestamp with time zone) TO desk_provision;


--
-- Name: FUNCTION follow_clerk_user(event jsonb, changed_at timestamp with time zone); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.follow_clerk_user(event jsonb, changed_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.follow_clerk_user(event jsonb, changed_at timestamp with time zone) TO desk_provision;


--
-- Name: FUNCTION follow_customer(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.follow_customer() FROM PUBLIC;


--
-- Name: FUNCTION follow_ticket(ticket uuid, agent uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.follow_ticket(ticket uuid, agent uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.follow_ticket(ticket uuid, agent uuid) TO authenticated;


--
-- Name: FUNCTION follow_ups(organization uuid, ticket uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.follow_ups(organization uuid, ticket uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.follow_ups(organization uuid, ticket uuid) TO authenticated;
GRANT ALL ON FUNCTION desk.follow_ups(organization uuid, ticket uuid) TO desk_keeper;


--
-- Name: FUNCTION followers_changed(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.followers_changed() FROM PUBLIC;


--
-- Name: FUNCTION forget_answers(organization uuid, about uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.forget_answers(organization uuid, about uuid) FROM PUBLIC;


--
-- Name: FUNCTION forget_answers(organization uuid, about uuid[], named text[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.forget_answers(organization uuid, about uuid[], named text[]) FROM PUBLIC;


--
-- Name: FUNCTION forget_clerk_events(age interval); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.forget_clerk_events(age interval) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.forget_clerk_events(age interval) TO deskpipe_maintain;


--
-- Name: FUNCTION forget_seals(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.forget_seals() FROM PUBLIC;


--
-- Name: FUNCTION identified_customer(identities jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.identified_customer(identities jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.identified_customer(identities jsonb) TO authenticated;


--
-- Name: FUNCTION identity_changed(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.identity_changed() FROM PUBLIC;


--
-- Name: FUNCTION identity_value(kind text, value text, path text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.identity_value(kind text, value text, path text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.identity_value(kind text, value text, path text) TO authenticated;
GRANT ALL ON FUNCTION desk.identity_value(kind text, value text, path text) TO desk_keeper;
GRANT ALL ON FUNCTION desk.identity_value(kind text, value text, path text) TO desk_search;


--
-- Name: FUNCTION identity_words(organization uuid, customer uuid, except_address text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.identity_words(organization uuid, customer uuid, except_address text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.identity_words(organization uuid, customer uuid, except_address text) TO authenticated;
GRANT ALL ON FUNCTION desk.identity_words(organization uuid, customer uuid, except_address text) TO desk_keeper;


--
-- Name: FUNCTION import_changes(organization uuid, todo desk.import_row[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.import_changes(organization uuid, todo desk.import_row[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.import_changes(organization uuid, todo desk.import_row[]) TO authenticated;


--
-- Name: FUNCTION import_contents(organization uuid, contents desk.import_value[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.import_contents(organization uuid, contents desk.import_value[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.import_contents(organization uuid, contents desk.import_value[]) TO authenticated;


--
-- Name: FUNCTION import_customers(rows json, on_conflict text, is_suspect boolean); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.import_customers(rows json, on_conflict text, is_suspect boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.import_customers(rows json, on_conflict text, is_suspect boolean) TO authenticated;


--
-- Name: FUNCTION import_excess(given desk.import_row, path text, word text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.import_excess(given desk.import_row, path text, word text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.import_excess(given desk.import_row, path text, word text) TO authenticated;


--
-- Name: FUNCTION import_identities(organization uuid, todo desk.import_row[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.import_identities(organization uuid, todo desk.import_row[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.import_identities(organization uuid, todo desk.import_row[]) TO authenticated;


--
-- Name: FUNCTION import_key(given jsonb, path text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.import_key(given jsonb, path text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.import_key(given jsonb, path text) TO authenticated;


--
-- Name: FUNCTION import_match(organization uuid, todo desk.import_row[], there desk.import_match[], contents desk.import_value[], on_conflict text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.import_match(organization uuid, todo desk.import_row[], there desk.import_match[], contents desk.import_value[], on_conflict text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.import_match(organization uuid, todo desk.import_row[], there desk.import_match[], contents desk.import_value[], on_conflict text) TO authenticated;


--
-- Name: FUNCTION import_room(organization uuid, owners desk.import_row[], todo desk.import_row[], there desk.import_match[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.import_room(organization uuid, owners desk.import_row[], todo desk.import_row[], there desk.import_match[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.import_room(organization uuid, owners desk.import_row[], todo desk.import_row[], there desk.import_match[]) TO authenticated;


--
-- Name: FUNCTION import_row(n integer, given json, is_suspect boolean); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.import_row(n integer, given json, is_suspect boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.import_row(n integer, given json, is_suspect boolean) TO authenticated;


--
-- Name: FUNCTION import_there(organization uuid, todo desk.import_row[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.import_there(organization uuid, todo desk.import_row[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.import_there(organization uuid, todo desk.import_row[]) TO authenticated;


--
-- Name: FUNCTION import_turns(given desk.import_row[], there desk.import_match[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.import_turns(given desk.import_row[], there desk.import_match[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.import_turns(given desk.import_row[], there desk.import_match[]) TO authenticated;


--
-- Name: FUNCTION import_value(n integer, field public.customer_fields, name text, value jsonb, current text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.import_value(n integer, field public.customer_fields, name text, value jsonb, current text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.import_value(n integer, field public.customer_fields, name text, value jsonb, current text) TO authenticated;


--
-- Name: FUNCTION import_values(organization uuid, given desk.import_row[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.import_values(organization uuid, given desk.import_row[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.import_values(organization uuid, given desk.import_row[]) TO authenticated;


--
-- Name: FUNCTION import_word(path text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.import_word(path text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.import_word(path text) TO authenticated;


--
-- Name: FUNCTION inherited_from(organization uuid, tickets uuid[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.inherited_from(organization uuid, tickets uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.inherited_from(organization uuid, tickets uuid[]) TO desk_keeper;


--
-- Name: FUNCTION introduce_agents(person text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.introduce_agents(person text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.introduce_agents(person text) TO desk_provision;


--
-- Name: FUNCTION is_clerk_deleted(organization text, person text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.is_clerk_deleted(organization text, person text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.is_clerk_deleted(organization text, person text) TO desk_provision;


--
-- Name: FUNCTION is_reported(only_agent text, only_priority smallint, only_tag text, assigned_to uuid, priority_rank smallint, tags text[], is_counted boolean); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.is_reported(only_agent text, only_priority smallint, only_tag text, assigned_to uuid, priority_rank smallint, tags text[], is_counted boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.is_reported(only_agent text, only_priority smallint, only_tag text, assigned_to uuid, priority_rank smallint, tags text[], is_counted boolean) TO authenticated;


--
-- Name: FUNCTION is_search_language(language text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.is_search_language(language text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.is_search_language(language text) TO desk_search;
GRANT ALL ON FUNCTION desk.is_search_language(language text) TO authenticated;
GRANT ALL ON FUNCTION desk.is_search_language(language text) TO desk_provision;


--
-- Name: FUNCTION join_ticket(organization uuid, source uuid, target uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.join_ticket(organization uuid, source uuid, target uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.join_ticket(organization uuid, source uuid, target uuid) TO desk_keeper;


--
-- Name: FUNCTION keep_activity(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_activity() FROM PUBLIC;


--
-- Name: FUNCTION keep_agent(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_agent() FROM PUBLIC;


--
-- Name: FUNCTION keep_assignee(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_assignee() FROM PUBLIC;


--
-- Name: FUNCTION keep_block(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_block() FROM PUBLIC;


--
-- Name: FUNCTION keep_customer(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_customer() FROM PUBLIC;


--
-- Name: FUNCTION keep_customer_row(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_customer_row() FROM PUBLIC;


--
-- Name: FUNCTION keep_deletion(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_deletion() FROM PUBLIC;


--
-- Name: FUNCTION keep_document(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_document() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.keep_document() TO desk_search;


--
-- Name: FUNCTION keep_email_account(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_email_account() FROM PUBLIC;


--
-- Name: FUNCTION keep_field(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_field() FROM PUBLIC;


--
-- Name: FUNCTION keep_hours(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_hours() FROM PUBLIC;


--
-- Name: FUNCTION keep_merged(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_merged() FROM PUBLIC;


--
-- Name: FUNCTION keep_merged_customer(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_merged_customer() FROM PUBLIC;


--
-- Name: FUNCTION keep_message(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_message() FROM PUBLIC;


--
-- Name: FUNCTION keep_message_rules(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_message_rules() FROM PUBLIC;


--
-- Name: FUNCTION keep_new_ticket(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_new_ticket() FROM PUBLIC;


--
-- Name: FUNCTION keep_organization(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_organization() FROM PUBLIC;


--
-- Name: FUNCTION keep_primary_address(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_primary_address() FROM PUBLIC;


--
-- Name: FUNCTION keep_row(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_row() FROM PUBLIC;


--
-- Name: FUNCTION keep_snooze(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_snooze() FROM PUBLIC;


--
-- Name: FUNCTION keep_spells(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_spells() FROM PUBLIC;


--
-- Name: FUNCTION keep_status(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_status() FROM PUBLIC;


--
-- Name: FUNCTION keep_tag(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_tag() FROM PUBLIC;


--
-- Name: FUNCTION keep_tags(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_tags() FROM PUBLIC;


--
-- Name: FUNCTION keep_ticket(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_ticket() FROM PUBLIC;


--
-- Name: FUNCTION keep_ticket_restoration(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_ticket_restoration() FROM PUBLIC;


--
-- Name: FUNCTION keep_ticket_rules(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.keep_ticket_rules() FROM PUBLIC;


--
-- Name: FUNCTION land_message(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.land_message() FROM PUBLIC;


--
-- Name: FUNCTION latest_matching(organization uuid, wanted tsquery, most integer, capped integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.latest_matching(organization uuid, wanted tsquery, most integer, capped integer) FROM PUBLIC;


--
-- Name: FUNCTION living_customer(customer uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.living_customer(customer uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.living_customer(customer uuid) TO authenticated;


--
-- Name: FUNCTION lock(names jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.lock(names jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.lock(names jsonb) TO authenticated;


--
-- Name: FUNCTION lock_place(message uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.lock_place(message uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.lock_place(message uuid) TO authenticated;


--
-- Name: FUNCTION lock_way(organization uuid, ticket uuid, through boolean, follows boolean); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.lock_way(organization uuid, ticket uuid, through boolean, follows boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.lock_way(organization uuid, ticket uuid, through boolean, follows boolean) TO authenticated;
GRANT ALL ON FUNCTION desk.lock_way(organization uuid, ticket uuid, through boolean, follows boolean) TO desk_keeper;


--
-- Name: FUNCTION locks(names jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.locks(names jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.locks(names jsonb) TO authenticated;


--
-- Name: FUNCTION macro_context(macro uuid, ticket uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.macro_context(macro uuid, ticket uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.macro_context(macro uuid, ticket uuid) TO authenticated;


--
-- Name: FUNCTION matching_customers(organization uuid, wanted tsquery, most integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.matching_customers(organization uuid, wanted tsquery, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.matching_customers(organization uuid, wanted tsquery, most integer) TO desk_search;


--
-- Name: FUNCTION matching_tickets(organization uuid, wanted tsquery, most integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.matching_tickets(organization uuid, wanted tsquery, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.matching_tickets(organization uuid, wanted tsquery, most integer) TO desk_search;


--
-- Name: FUNCTION members_after(roots uuid[], id uuid, last bigint); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.members_after(roots uuid[], id uuid, last bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.members_after(roots uuid[], id uuid, last bigint) TO authenticated;


--
-- Name: FUNCTION merge_customers(sources uuid[], target uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.merge_customers(sources uuid[], target uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.merge_customers(sources uuid[], target uuid) TO authenticated;


--
-- Name: FUNCTION merge_patch(target jsonb, patch jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.merge_patch(target jsonb, patch jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.merge_patch(target jsonb, patch jsonb) TO authenticated;


--
-- Name: FUNCTION merge_tags(tag uuid, target uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.merge_tags(tag uuid, target uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.merge_tags(tag uuid, target uuid) TO authenticated;


--
-- Name: FUNCTION merge_tickets(sources uuid[], target uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.merge_tickets(sources uuid[], target uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.merge_tickets(sources uuid[], target uuid) TO authenticated;


--
-- Name: FUNCTION merge_way(organization uuid, ticket uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.merge_way(organization uuid, ticket uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.merge_way(organization uuid, ticket uuid) TO authenticated;
GRANT ALL ON FUNCTION desk.merge_way(organization uuid, ticket uuid) TO desk_keeper;


--
-- Name: FUNCTION merged_people(organization uuid, customer uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.merged_people(organization uuid, customer uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.merged_people(organization uuid, customer uuid) TO desk_keeper;
GRANT ALL ON FUNCTION desk.merged_people(organization uuid, customer uuid) TO authenticated;


--
-- Name: FUNCTION message_deletion_changed(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.message_deletion_changed() FROM PUBLIC;


--
-- Name: FUNCTION message_said(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.message_said() FROM PUBLIC;


--
-- Name: FUNCTION message_searched(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.message_searched() FROM PUBLIC;


--
-- Name: FUNCTION message_time(organization uuid, ticket uuid, of_customer boolean, wanted timestamp with time zone); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.message_time(organization uuid, ticket uuid, of_customer boolean, wanted timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.message_time(organization uuid, ticket uuid, of_customer boolean, wanted timestamp with time zone) TO authenticated;
GRANT ALL ON FUNCTION desk.message_time(organization uuid, ticket uuid, of_customer boolean, wanted timestamp with time zone) TO desk_keeper;


--
-- Name: FUNCTION missed(ticket uuid, seen uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.missed(ticket uuid, seen uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.missed(ticket uuid, seen uuid) TO authenticated;


--
-- Name: FUNCTION missed_messages(ticket uuid, seen uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.missed_messages(ticket uuid, seen uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.missed_messages(ticket uuid, seen uuid) TO authenticated;


--
-- Name: FUNCTION moved_from(organization uuid, tickets uuid[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.moved_from(organization uuid, tickets uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.moved_from(organization uuid, tickets uuid[]) TO desk_keeper;


--
-- Name: FUNCTION moved_members(kind text, id uuid, since_version integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.moved_members(kind text, id uuid, since_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.moved_members(kind text, id uuid, since_version integer) TO authenticated;


--
-- Name: FUNCTION narrow_tickets(organization uuid, resolved jsonb, few integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.narrow_tickets(organization uuid, resolved jsonb, few integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.narrow_tickets(organization uuid, resolved jsonb, few integer) TO desk_search;


--
-- Name: FUNCTION newest_matching(organization uuid, wanted tsquery, below bigint, most integer, OUT tickets uuid[], OUT lowest bigint, OUT looked_at integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.newest_matching(organization uuid, wanted tsquery, below bigint, most integer, OUT tickets uuid[], OUT lowest bigint, OUT looked_at integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.newest_matching(organization uuid, wanted tsquery, below bigint, most integer, OUT tickets uuid[], OUT lowest bigint, OUT looked_at integer) TO desk_search;


--
-- Name: FUNCTION next_version(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.next_version() FROM PUBLIC;


--
-- Name: FUNCTION note_clerk_object(organization text, person text, changed_at timestamp with time zone, is_deleted boolean, name text, email text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.note_clerk_object(organization text, person text, changed_at timestamp with time zone, is_deleted boolean, name text, email text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.note_clerk_object(organization text, person text, changed_at timestamp with time zone, is_deleted boolean, name text, email text) TO desk_provision;


--
-- Name: FUNCTION note_on_ticket(organization uuid, ticket uuid, note text, event text, other uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.note_on_ticket(organization uuid, ticket uuid, note text, event text, other uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.note_on_ticket(organization uuid, ticket uuid, note text, event text, other uuid) TO desk_keeper;


--
-- Name: FUNCTION number_ticket(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.number_ticket() FROM PUBLIC;


--
-- Name: FUNCTION open_session(claims jsonb, provision text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.open_session(claims jsonb, provision text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.open_session(claims jsonb, provision text) TO deskpipe_identity;


--
-- Name: FUNCTION other_identities(organization uuid, customer uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.other_identities(organization uuid, customer uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.other_identities(organization uuid, customer uuid) TO desk_keeper;


--
-- Name: FUNCTION own_tags(ticket uuid, names text[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.own_tags(ticket uuid, names text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.own_tags(ticket uuid, names text[]) TO authenticated;


--
-- Name: FUNCTION part_ticket(organization uuid, source uuid, target uuid, tags uuid[], followers uuid[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.part_ticket(organization uuid, source uuid, target uuid, tags uuid[], followers uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.part_ticket(organization uuid, source uuid, target uuid, tags uuid[], followers uuid[]) TO desk_keeper;


--
-- Name: FUNCTION place_message(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.place_message() FROM PUBLIC;


--
-- Name: FUNCTION pointer(name text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.pointer(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.pointer(name text) TO authenticated;
GRANT ALL ON FUNCTION desk.pointer(name text) TO desk_keeper;


--
-- Name: FUNCTION position_text(sort text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.position_text(sort text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.position_text(sort text) TO desk_search;


--
-- Name: FUNCTION purge_customer(organization uuid, customer uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.purge_customer(organization uuid, customer uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.purge_customer(organization uuid, customer uuid) TO desk_keeper;


--
-- Name: FUNCTION purge_deleted("limit" integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.purge_deleted("limit" integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.purge_deleted("limit" integer) TO deskpipe_maintain;


--
-- Name: FUNCTION purge_ticket(organization uuid, ticket uuid, reason text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.purge_ticket(organization uuid, ticket uuid, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.purge_ticket(organization uuid, ticket uuid, reason text) TO desk_keeper;


--
-- Name: FUNCTION query_instant(content text, now timestamp with time zone); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.query_instant(content text, now timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.query_instant(content text, now timestamp with time zone) TO desk_search;


--
-- Name: FUNCTION range_test(column_name text, type text, condition jsonb, place integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.range_test(column_name text, type text, condition jsonb, place integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.range_test(column_name text, type text, condition jsonb, place integer) TO desk_search;


--
-- Name: FUNCTION recall(key text, method text, params_hash bytea); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.recall(key text, method text, params_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.recall(key text, method text, params_hash bytea) TO authenticated;


--
-- Name: FUNCTION recompute_ticket(organization uuid, ticket uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.recompute_ticket(organization uuid, ticket uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.recompute_ticket(organization uuid, ticket uuid) TO desk_keeper;


--
-- Name: FUNCTION redact_json(content jsonb, secret text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.redact_json(content jsonb, secret text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.redact_json(content jsonb, secret text) TO desk_keeper;


--
-- Name: FUNCTION redact_message(message uuid, secret text, ranges jsonb, reason text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.redact_message(message uuid, secret text, ranges jsonb, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.redact_message(message uuid, secret text, ranges jsonb, reason text) TO authenticated;


--
-- Name: FUNCTION redact_text(content text, secret text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.redact_text(content text, secret text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.redact_text(content text, secret text) TO desk_keeper;


--
-- Name: FUNCTION refuse_change(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.refuse_change() FROM PUBLIC;


--
-- Name: FUNCTION refuse_condition(condition jsonb, message text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.refuse_condition(condition jsonb, message text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.refuse_condition(condition jsonb, message text) TO desk_search;


--
-- Name: FUNCTION refuse_deleted_customer(address text, path text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.refuse_deleted_customer(address text, path text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.refuse_deleted_customer(address text, path text) TO authenticated;


--
-- Name: FUNCTION refuse_deleted_macro(title text, path text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.refuse_deleted_macro(title text, path text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.refuse_deleted_macro(title text, path text) TO authenticated;


--
-- Name: FUNCTION reindex_search(most integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.reindex_search(most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.reindex_search(most integer) TO desk_search;
GRANT ALL ON FUNCTION desk.reindex_search(most integer) TO deskpipe_maintain;


--
-- Name: FUNCTION remove_identity(customer uuid, kind text, value text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.remove_identity(customer uuid, kind text, value text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.remove_identity(customer uuid, kind text, value text) TO authenticated;


--
-- Name: FUNCTION reopen_or_follow_up(organization uuid, closed uuid, said_at timestamp with time zone, OUT ticket uuid, OUT path uuid[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.reopen_or_follow_up(organization uuid, closed uuid, said_at timestamp with time zone, OUT ticket uuid, OUT path uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.reopen_or_follow_up(organization uuid, closed uuid, said_at timestamp with time zone, OUT ticket uuid, OUT path uuid[]) TO desk_keeper;


--
-- Name: FUNCTION report(period record, step text, dimension text, cells desk.report_cell[], nothing jsonb, omitted integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.report(period record, step text, dimension text, cells desk.report_cell[], nothing jsonb, omitted integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.report(period record, step text, dimension text, cells desk.report_cell[], nothing jsonb, omitted integer) TO authenticated;


--
-- Name: FUNCTION report_backlog(from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.report_backlog(from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.report_backlog(from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text) TO authenticated;


--
-- Name: FUNCTION report_groups(dimension text, agent uuid, rank smallint, tags text[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.report_groups(dimension text, agent uuid, rank smallint, tags text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.report_groups(dimension text, agent uuid, rank smallint, tags text[]) TO authenticated;


--
-- Name: FUNCTION report_period(INOUT first date, INOUT last date, step text, OUT zone text, OUT days date[], OUT starts timestamp with time zone[], OUT stop timestamp with time zone); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.report_period(INOUT first date, INOUT last date, step text, OUT zone text, OUT days date[], OUT starts timestamp with time zone[], OUT stop timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.report_period(INOUT first date, INOUT last date, step text, OUT zone text, OUT days date[], OUT starts timestamp with time zone[], OUT stop timestamp with time zone) TO authenticated;


--
-- Name: FUNCTION report_room(parts integer, cells integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.report_room(parts integer, cells integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.report_room(parts integer, cells integer) TO authenticated;


--
-- Name: FUNCTION report_times(from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.report_times(from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.report_times(from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text) TO authenticated;


--
-- Name: FUNCTION report_volume(from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.report_volume(from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.report_volume(from_day date, to_day date, step text, dimension text, only_agent text, only_priority smallint, only_tag text) TO authenticated;


--
-- Name: FUNCTION require(kind text, id uuid, path text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.require(kind text, id uuid, path text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.require(kind text, id uuid, path text) TO authenticated;


--
-- Name: FUNCTION require_admin(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.require_admin() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.require_admin() TO authenticated;


--
-- Name: FUNCTION require_epoch(epoch text, xid xid8); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.require_epoch(epoch text, xid xid8) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.require_epoch(epoch text, xid xid8) TO authenticated;


--
-- Name: FUNCTION retire_agents(organization text, person text, changed_at timestamp with time zone); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.retire_agents(organization text, person text, changed_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.retire_agents(organization text, person text, changed_at timestamp with time zone) TO desk_provision;


--
-- Name: FUNCTION schema_version(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.schema_version() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.schema_version() TO deskpipe_serve;
GRANT ALL ON FUNCTION desk.schema_version() TO deskpipe_identity;
GRANT ALL ON FUNCTION desk.schema_version() TO deskpipe_maintain;


--
-- Name: FUNCTION seal_audit(records integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.seal_audit(records integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.seal_audit(records integer) TO deskpipe_maintain;


--
-- Name: FUNCTION search_all_tickets(query text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.search_all_tickets(query text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.search_all_tickets(query text) TO authenticated;


--
-- Name: FUNCTION search_customer_again(organization uuid, customer uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.search_customer_again(organization uuid, customer uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.search_customer_again(organization uuid, customer uuid) TO desk_keeper;


--
-- Name: FUNCTION search_customers(query text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.search_customers(query text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.search_customers(query text) TO authenticated;


--
-- Name: FUNCTION search_language_changed(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.search_language_changed() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.search_language_changed() TO desk_search;


--
-- Name: FUNCTION search_tickets(query text, max_hits integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.search_tickets(query text, max_hits integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.search_tickets(query text, max_hits integer) TO authenticated;


--
-- Name: FUNCTION search_vector(content text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.search_vector(content text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.search_vector(content text) TO desk_keeper;


--
-- Name: FUNCTION set_customer_fields(customer uuid, fields jsonb, is_new boolean, base text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.set_customer_fields(customer uuid, fields jsonb, is_new boolean, base text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.set_customer_fields(customer uuid, fields jsonb, is_new boolean, base text) TO authenticated;


--
-- Name: FUNCTION set_email_secret(account uuid, kind text, key_id text, sealed text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.set_email_secret(account uuid, kind text, key_id text, sealed text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.set_email_secret(account uuid, kind text, key_id text, sealed text) TO authenticated;


--
-- Name: FUNCTION set_fields_of_customers(customers jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.set_fields_of_customers(customers jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.set_fields_of_customers(customers jsonb) TO authenticated;


--
-- Name: FUNCTION set_mail_settings(account uuid, kind text, settings jsonb, with_password boolean); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.set_mail_settings(account uuid, kind text, settings jsonb, with_password boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.set_mail_settings(account uuid, kind text, settings jsonb, with_password boolean) TO authenticated;


--
-- Name: FUNCTION shown(kind text, id uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.shown(kind text, id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.shown(kind text, id uuid) TO authenticated;


--
-- Name: FUNCTION similar_agents(organization uuid, word text, most integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.similar_agents(organization uuid, word text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.similar_agents(organization uuid, word text, most integer) TO desk_search;


--
-- Name: FUNCTION similar_customers(organization uuid, word text, most integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.similar_customers(organization uuid, word text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.similar_customers(organization uuid, word text, most integer) TO desk_search;


--
-- Name: FUNCTION solver(organization uuid, assignee uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.solver(organization uuid, assignee uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.solver(organization uuid, assignee uuid) TO authenticated;
GRANT ALL ON FUNCTION desk.solver(organization uuid, assignee uuid) TO desk_keeper;


--
-- Name: FUNCTION sort_columns(sort text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.sort_columns(sort text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.sort_columns(sort text) TO desk_search;


--
-- Name: FUNCTION split_ticket(ticket uuid, message uuid, new_id uuid, subject text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.split_ticket(ticket uuid, message uuid, new_id uuid, subject text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.split_ticket(ticket uuid, message uuid, new_id uuid, subject text) TO authenticated;


--
-- Name: FUNCTION tag_changed(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.tag_changed() FROM PUBLIC;


--
-- Name: FUNCTION tag_name(content text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.tag_name(content text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.tag_name(content text) TO authenticated;
GRANT ALL ON FUNCTION desk.tag_name(content text) TO desk_keeper;
GRANT ALL ON FUNCTION desk.tag_name(content text) TO desk_search;


--
-- Name: FUNCTION tag_names(names text[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.tag_names(names text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.tag_names(names text[]) TO authenticated;
GRANT ALL ON FUNCTION desk.tag_names(names text[]) TO desk_keeper;
GRANT ALL ON FUNCTION desk.tag_names(names text[]) TO desk_search;


--
-- Name: FUNCTION tagged_tickets(names text[], wants_all boolean, most integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.tagged_tickets(names text[], wants_all boolean, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.tagged_tickets(names text[], wants_all boolean, most integer) TO authenticated;


--
-- Name: FUNCTION term_query(term jsonb, languages text[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.term_query(term jsonb, languages text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.term_query(term jsonb, languages text[]) TO desk_search;


--
-- Name: FUNCTION term_test(term integer, lookups jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.term_test(term integer, lookups jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.term_test(term integer, lookups jsonb) TO desk_search;


--
-- Name: FUNCTION ticket_at(ticket uuid, instant timestamp with time zone); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.ticket_at(ticket uuid, instant timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.ticket_at(ticket uuid, instant timestamp with time zone) TO authenticated;


--
-- Name: FUNCTION ticket_conditions(organization uuid, conditions jsonb, now timestamp with time zone, OUT resolved jsonb, OUT tests text[]); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.ticket_conditions(organization uuid, conditions jsonb, now timestamp with time zone, OUT resolved jsonb, OUT tests text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.ticket_conditions(organization uuid, conditions jsonb, now timestamp with time zone, OUT resolved jsonb, OUT tests text[]) TO desk_search;


--
-- Name: FUNCTION ticket_customer(new_id uuid, email text, name text, fields jsonb, identities jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.ticket_customer(new_id uuid, email text, name text, fields jsonb, identities jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.ticket_customer(new_id uuid, email text, name text, fields jsonb, identities jsonb) TO authenticated;


--
-- Name: FUNCTION ticket_customer_checked(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.ticket_customer_checked() FROM PUBLIC;


--
-- Name: FUNCTION ticket_diff(ticket uuid, from_version integer, from_instant timestamp with time zone, to_version integer, to_instant timestamp with time zone); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.ticket_diff(ticket uuid, from_version integer, from_instant timestamp with time zone, to_version integer, to_instant timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.ticket_diff(ticket uuid, from_version integer, from_instant timestamp with time zone, to_version integer, to_instant timestamp with time zone) TO authenticated;


--
-- Name: FUNCTION ticket_record(ticket uuid, version integer, instant timestamp with time zone); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.ticket_record(ticket uuid, version integer, instant timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.ticket_record(ticket uuid, version integer, instant timestamp with time zone) TO authenticated;


--
-- Name: FUNCTION ticket_records(ticket uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.ticket_records(ticket uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.ticket_records(ticket uuid) TO authenticated;


--
-- Name: FUNCTION ticket_snippet(ticket uuid, query jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.ticket_snippet(ticket uuid, query jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.ticket_snippet(ticket uuid, query jsonb) TO authenticated;


--
-- Name: FUNCTION ticket_subject_changed(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.ticket_subject_changed() FROM PUBLIC;


--
-- Name: FUNCTION ticket_tagged(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.ticket_tagged() FROM PUBLIC;


--
-- Name: FUNCTION ticket_title(organization uuid, ticket uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.ticket_title(organization uuid, ticket uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.ticket_title(organization uuid, ticket uuid) TO desk_keeper;


--
-- Name: FUNCTION tickets_held(organization uuid, customer uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.tickets_held(organization uuid, customer uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.tickets_held(organization uuid, customer uuid) TO desk_keeper;
GRANT ALL ON FUNCTION desk.tickets_held(organization uuid, customer uuid) TO authenticated;


--
-- Name: FUNCTION unmerge_customer(source uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.unmerge_customer(source uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.unmerge_customer(source uuid) TO authenticated;


--
-- Name: FUNCTION unmerge_ticket(source uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.unmerge_ticket(source uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.unmerge_ticket(source uuid) TO authenticated;


--
-- Name: FUNCTION upsert_customer(new_id uuid, email text, name text, metadata jsonb, fields jsonb, identities jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.upsert_customer(new_id uuid, email text, name text, metadata jsonb, fields jsonb, identities jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.upsert_customer(new_id uuid, email text, name text, metadata jsonb, fields jsonb, identities jsonb) TO authenticated;


--
-- Name: FUNCTION use_key(key text, method text, params_hash bytea); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.use_key(key text, method text, params_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.use_key(key text, method text, params_hash bytea) TO authenticated;


--
-- Name: FUNCTION uuid_v7(); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.uuid_v7() FROM PUBLIC;
GRANT ALL ON FUNCTION desk.uuid_v7() TO authenticated;


--
-- Name: FUNCTION valid_macro_actions(actions jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.valid_macro_actions(actions jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.valid_macro_actions(actions jsonb) TO authenticated;
GRANT ALL ON FUNCTION desk.valid_macro_actions(actions jsonb) TO desk_keeper;


--
-- Name: FUNCTION valid_mail_settings(settings jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.valid_mail_settings(settings jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.valid_mail_settings(settings jsonb) TO authenticated;
GRANT ALL ON FUNCTION desk.valid_mail_settings(settings jsonb) TO desk_keeper;


--
-- Name: FUNCTION valid_tag_list(tags jsonb, least_count integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.valid_tag_list(tags jsonb, least_count integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.valid_tag_list(tags jsonb, least_count integer) TO authenticated;
GRANT ALL ON FUNCTION desk.valid_tag_list(tags jsonb, least_count integer) TO desk_keeper;


--
-- Name: FUNCTION value_choices(value text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.value_choices(value text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.value_choices(value text) TO desk_search;
GRANT ALL ON FUNCTION desk.value_choices(value text) TO authenticated;
GRANT ALL ON FUNCTION desk.value_choices(value text) TO desk_keeper;


--
-- Name: FUNCTION value_key(value text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.value_key(value text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.value_key(value text) TO desk_search;
GRANT ALL ON FUNCTION desk.value_key(value text) TO authenticated;
GRANT ALL ON FUNCTION desk.value_key(value text) TO desk_keeper;


--
-- Name: FUNCTION value_number(value text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.value_number(value text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.value_number(value text) TO desk_search;
GRANT ALL ON FUNCTION desk.value_number(value text) TO authenticated;
GRANT ALL ON FUNCTION desk.value_number(value text) TO desk_keeper;


--
-- Name: FUNCTION value_words(value text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.value_words(value text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.value_words(value text) TO desk_search;
GRANT ALL ON FUNCTION desk.value_words(value text) TO authenticated;
GRANT ALL ON FUNCTION desk.value_words(value text) TO desk_keeper;


--
-- Name: FUNCTION verify_audit(start bigint, seals integer, known jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.verify_audit(start bigint, seals integer, known jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.verify_audit(start bigint, seals integer, known jsonb) TO authenticated;


--
-- Name: FUNCTION view_ticket(ticket uuid, mode text); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.view_ticket(ticket uuid, mode text) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.view_ticket(ticket uuid, mode text) TO authenticated;


--
-- Name: FUNCTION visible_version(kind text, id uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.visible_version(kind text, id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.visible_version(kind text, id uuid) TO authenticated;


--
-- Name: FUNCTION wake_snoozed("limit" integer); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.wake_snoozed("limit" integer) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.wake_snoozed("limit" integer) TO deskpipe_maintain;


--
-- Name: FUNCTION was_asked(organization uuid, ticket uuid, replied_at timestamp with time zone); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.was_asked(organization uuid, ticket uuid, replied_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.was_asked(organization uuid, ticket uuid, replied_at timestamp with time zone) TO desk_keeper;


--
-- Name: FUNCTION working_agent(organization uuid); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.working_agent(organization uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.working_agent(organization uuid) TO authenticated;
GRANT ALL ON FUNCTION desk.working_agent(organization uuid) TO desk_keeper;


--
-- Name: FUNCTION write_audit(organization uuid, kind text, id uuid, version integer, ticket uuid, action text, old_values jsonb, new_values jsonb, detail jsonb); Type: ACL; Schema: desk; Owner: -
--

REVOKE ALL ON FUNCTION desk.write_audit(organization uuid, kind text, id uuid, version integer, ticket uuid, action text, old_values jsonb, new_values jsonb, detail jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION desk.write_audit(organization uuid, kind text, id uuid, version integer, ticket uuid, action text, old_values jsonb, new_values jsonb, detail jsonb) TO desk_keeper;


--
-- Name: TABLE agent; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.agent TO authenticated;


--
-- Name: TABLE audit_entry; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.audit_entry TO authenticated;


--
-- Name: TABLE audit_seals; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.audit_seals TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE desk.audit_seals TO desk_keeper;


--
-- Name: TABLE clerk_events; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT,INSERT,DELETE ON TABLE desk.clerk_events TO desk_provision;


--
-- Name: TABLE clerk_objects; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE desk.clerk_objects TO desk_provision;


--
-- Name: TABLE customer; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.customer TO authenticated;


--
-- Name: TABLE customer_detail; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.customer_detail TO authenticated;


--
-- Name: TABLE customer_merges; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT,INSERT ON TABLE desk.customer_merges TO desk_keeper;


--
-- Name: COLUMN customer_merges.undone_by; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(undone_by) ON TABLE desk.customer_merges TO desk_keeper;


--
-- Name: COLUMN customer_merges.undone_at; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(undone_at) ON TABLE desk.customer_merges TO desk_keeper;


--
-- Name: COLUMN customer_merges.prior; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(prior) ON TABLE desk.customer_merges TO desk_keeper;


--
-- Name: TABLE email_accounts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,DELETE ON TABLE public.email_accounts TO authenticated;
GRANT SELECT ON TABLE public.email_accounts TO desk_keeper;


--
-- Name: COLUMN email_accounts.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.email_accounts TO authenticated;


--
-- Name: COLUMN email_accounts.organization_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(organization_id) ON TABLE public.email_accounts TO authenticated;


--
-- Name: COLUMN email_accounts.email_address; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(email_address),UPDATE(email_address) ON TABLE public.email_accounts TO authenticated;


--
-- Name: COLUMN email_accounts.imap_settings; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(imap_settings),UPDATE(imap_settings) ON TABLE public.email_accounts TO authenticated;


--
-- Name: COLUMN email_accounts.smtp_settings; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(smtp_settings),UPDATE(smtp_settings) ON TABLE public.email_accounts TO authenticated;


--
-- Name: COLUMN email_accounts.is_active; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(is_active),UPDATE(is_active) ON TABLE public.email_accounts TO authenticated;


--
-- Name: COLUMN email_accounts.has_imap_password; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(has_imap_password) ON TABLE public.email_accounts TO desk_keeper;


--
-- Name: COLUMN email_accounts.has_smtp_password; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(has_smtp_password) ON TABLE public.email_accounts TO desk_keeper;


--
-- Name: TABLE email_account; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.email_account TO authenticated;


--
-- Name: TABLE email_secrets; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE desk.email_secrets TO desk_keeper;


--
-- Name: TABLE event; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.event TO authenticated;


--
-- Name: TABLE feed; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.feed TO desk_keeper;


--
-- Name: COLUMN feed.epoch; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(epoch) ON TABLE desk.feed TO desk_keeper;


--
-- Name: COLUMN feed.written; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(written) ON TABLE desk.feed TO desk_keeper;


--
-- Name: COLUMN feed.relation; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(relation) ON TABLE desk.feed TO desk_keeper;


--
-- Name: TABLE field; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.field TO authenticated;


--
-- Name: TABLE idempotency_keys; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT,DELETE ON TABLE desk.idempotency_keys TO authenticated;
GRANT SELECT,DELETE ON TABLE desk.idempotency_keys TO desk_keeper;


--
-- Name: COLUMN idempotency_keys.organization_id; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(organization_id) ON TABLE desk.idempotency_keys TO authenticated;


--
-- Name: COLUMN idempotency_keys.agent_id; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(agent_id) ON TABLE desk.idempotency_keys TO authenticated;


--
-- Name: COLUMN idempotency_keys.key; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(key) ON TABLE desk.idempotency_keys TO authenticated;


--
-- Name: COLUMN idempotency_keys.method; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(method) ON TABLE desk.idempotency_keys TO authenticated;


--
-- Name: COLUMN idempotency_keys.params_hash; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(params_hash) ON TABLE desk.idempotency_keys TO authenticated;
GRANT UPDATE(params_hash) ON TABLE desk.idempotency_keys TO desk_keeper;


--
-- Name: COLUMN idempotency_keys.answer; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(answer) ON TABLE desk.idempotency_keys TO authenticated;
GRANT UPDATE(answer) ON TABLE desk.idempotency_keys TO desk_keeper;


--
-- Name: TABLE listed_customer; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.listed_customer TO authenticated;


--
-- Name: TABLE macro_usage; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.macro_usage TO authenticated;
GRANT SELECT,INSERT ON TABLE desk.macro_usage TO desk_keeper;


--
-- Name: COLUMN macro_usage.usage_count; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(usage_count) ON TABLE desk.macro_usage TO desk_keeper;


--
-- Name: COLUMN macro_usage.last_used_at; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(last_used_at) ON TABLE desk.macro_usage TO desk_keeper;


--
-- Name: TABLE macros; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.macros TO authenticated;
GRANT DELETE ON TABLE public.macros TO desk_keeper;


--
-- Name: COLUMN macros.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.macros TO authenticated;
GRANT SELECT(id) ON TABLE public.macros TO desk_keeper;


--
-- Name: COLUMN macros.organization_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(organization_id) ON TABLE public.macros TO authenticated;
GRANT SELECT(organization_id) ON TABLE public.macros TO desk_keeper;


--
-- Name: COLUMN macros.title; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(title),UPDATE(title) ON TABLE public.macros TO authenticated;


--
-- Name: COLUMN macros.body; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(body),UPDATE(body) ON TABLE public.macros TO authenticated;


--
-- Name: COLUMN macros.created_by; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(created_by) ON TABLE public.macros TO authenticated;


--
-- Name: COLUMN macros.metadata; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(metadata),UPDATE(metadata) ON TABLE public.macros TO authenticated;


--
-- Name: COLUMN macros.deleted_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(deleted_at) ON TABLE public.macros TO authenticated;
GRANT SELECT(deleted_at),UPDATE(deleted_at) ON TABLE public.macros TO desk_keeper;


--
-- Name: COLUMN macros.actions; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(actions),UPDATE(actions) ON TABLE public.macros TO authenticated;


--
-- Name: COLUMN macros.visibility; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(visibility),UPDATE(visibility) ON TABLE public.macros TO authenticated;


--
-- Name: TABLE macro; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.macro TO authenticated;


--
-- Name: TABLE macro_row; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.macro_row TO authenticated;


--
-- Name: TABLE migrations; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.migrations TO deskpipe_serve;
GRANT SELECT ON TABLE desk.migrations TO deskpipe_identity;
GRANT SELECT ON TABLE desk.migrations TO deskpipe_maintain;


--
-- Name: TABLE organizations; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.organizations TO authenticated;
GRANT SELECT,INSERT ON TABLE public.organizations TO desk_provision;


--
-- Name: COLUMN organizations.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.organizations TO desk_keeper;
GRANT SELECT(id) ON TABLE public.organizations TO desk_search;


--
-- Name: COLUMN organizations.clerk_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(clerk_id) ON TABLE public.organizations TO desk_keeper;


--
-- Name: COLUMN organizations.name; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(name) ON TABLE public.organizations TO authenticated;
GRANT UPDATE(name) ON TABLE public.organizations TO desk_provision;


--
-- Name: COLUMN organizations.support_email; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(support_email) ON TABLE public.organizations TO authenticated;


--
-- Name: COLUMN organizations.settings; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(settings) ON TABLE public.organizations TO authenticated;


--
-- Name: COLUMN organizations.close_after_days; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(close_after_days) ON TABLE public.organizations TO authenticated;
GRANT SELECT(close_after_days) ON TABLE public.organizations TO desk_keeper;


--
-- Name: COLUMN organizations.reopen_days; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(reopen_days) ON TABLE public.organizations TO authenticated;
GRANT SELECT(reopen_days) ON TABLE public.organizations TO desk_keeper;


--
-- Name: COLUMN organizations.search_language; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(search_language) ON TABLE public.organizations TO authenticated;
GRANT SELECT(search_language) ON TABLE public.organizations TO desk_keeper;
GRANT SELECT(search_language) ON TABLE public.organizations TO desk_search;


--
-- Name: COLUMN organizations.keep_deleted_days; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(keep_deleted_days) ON TABLE public.organizations TO authenticated;
GRANT SELECT(keep_deleted_days) ON TABLE public.organizations TO desk_keeper;


--
-- Name: COLUMN organizations.keep_closed_days; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(keep_closed_days) ON TABLE public.organizations TO authenticated;
GRANT SELECT(keep_closed_days) ON TABLE public.organizations TO desk_keeper;


--
-- Name: COLUMN organizations.time_zone; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(time_zone) ON TABLE public.organizations TO authenticated;
GRANT SELECT(time_zone) ON TABLE public.organizations TO desk_keeper;


--
-- Name: COLUMN organizations.business_hours; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(business_hours) ON TABLE public.organizations TO authenticated;
GRANT SELECT(business_hours) ON TABLE public.organizations TO desk_keeper;


--
-- Name: COLUMN organizations.holidays; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(holidays) ON TABLE public.organizations TO authenticated;
GRANT SELECT(holidays) ON TABLE public.organizations TO desk_keeper;


--
-- Name: TABLE organization; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.organization TO authenticated;


--
-- Name: SEQUENCE search_places; Type: ACL; Schema: desk; Owner: -
--

GRANT USAGE ON SEQUENCE desk.search_places TO desk_keeper;


--
-- Name: TABLE search_documents; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE desk.search_documents TO desk_keeper;
GRANT SELECT ON TABLE desk.search_documents TO desk_search;


--
-- Name: TABLE search_reindexings; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE desk.search_reindexings TO desk_keeper;
GRANT SELECT ON TABLE desk.search_reindexings TO desk_search;


--
-- Name: TABLE ticket_tags; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.ticket_tags TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE desk.ticket_tags TO desk_keeper;


--
-- Name: COLUMN ticket_tags.organization_id; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT(organization_id) ON TABLE desk.ticket_tags TO desk_search;


--
-- Name: COLUMN ticket_tags.ticket_id; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT(ticket_id) ON TABLE desk.ticket_tags TO desk_search;


--
-- Name: COLUMN ticket_tags.tag_id; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT(tag_id) ON TABLE desk.ticket_tags TO desk_search;


--
-- Name: COLUMN ticket_tags.is_deleted; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(is_deleted) ON TABLE desk.ticket_tags TO desk_keeper;


--
-- Name: COLUMN ticket_tags.merged_from; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(merged_from) ON TABLE desk.ticket_tags TO desk_keeper;


--
-- Name: TABLE tags; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,DELETE ON TABLE public.tags TO authenticated;
GRANT SELECT ON TABLE public.tags TO desk_keeper;


--
-- Name: COLUMN tags.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.tags TO desk_search;


--
-- Name: COLUMN tags.organization_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(organization_id) ON TABLE public.tags TO desk_keeper;
GRANT SELECT(organization_id) ON TABLE public.tags TO desk_search;


--
-- Name: COLUMN tags.name; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(name) ON TABLE public.tags TO authenticated;
GRANT INSERT(name) ON TABLE public.tags TO desk_keeper;
GRANT SELECT(name) ON TABLE public.tags TO desk_search;


--
-- Name: TABLE tag; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.tag TO authenticated;


--
-- Name: TABLE ticket; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.ticket TO authenticated;


--
-- Name: TABLE ticket_counters; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE desk.ticket_counters TO desk_keeper;


--
-- Name: TABLE ticket_entry; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.ticket_entry TO authenticated;


--
-- Name: TABLE ticket_followers; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT,DELETE ON TABLE desk.ticket_followers TO authenticated;
GRANT SELECT,INSERT,DELETE ON TABLE desk.ticket_followers TO desk_keeper;


--
-- Name: COLUMN ticket_followers.organization_id; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(organization_id) ON TABLE desk.ticket_followers TO authenticated;


--
-- Name: COLUMN ticket_followers.ticket_id; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(ticket_id) ON TABLE desk.ticket_followers TO authenticated;


--
-- Name: COLUMN ticket_followers.agent_id; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(agent_id) ON TABLE desk.ticket_followers TO authenticated;


--
-- Name: COLUMN ticket_followers.merged_from; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(merged_from) ON TABLE desk.ticket_followers TO desk_keeper;


--
-- Name: TABLE ticket_merges; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT,INSERT ON TABLE desk.ticket_merges TO desk_keeper;


--
-- Name: COLUMN ticket_merges.undone_by; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(undone_by) ON TABLE desk.ticket_merges TO desk_keeper;


--
-- Name: COLUMN ticket_merges.undone_at; Type: ACL; Schema: desk; Owner: -
--

GRANT UPDATE(undone_at) ON TABLE desk.ticket_merges TO desk_keeper;


--
-- Name: TABLE ticket_spells; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.ticket_spells TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE desk.ticket_spells TO desk_keeper;


--
-- Name: TABLE ticket_views; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,DELETE ON TABLE public.ticket_views TO authenticated;
GRANT SELECT ON TABLE public.ticket_views TO desk_keeper;


--
-- Name: COLUMN ticket_views.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.ticket_views TO authenticated;


--
-- Name: COLUMN ticket_views.organization_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(organization_id) ON TABLE public.ticket_views TO authenticated;


--
-- Name: COLUMN ticket_views.owner_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(owner_id) ON TABLE public.ticket_views TO authenticated;


--
-- Name: COLUMN ticket_views.name; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(name),UPDATE(name) ON TABLE public.ticket_views TO authenticated;
GRANT UPDATE(name) ON TABLE public.ticket_views TO desk_keeper;


--
-- Name: COLUMN ticket_views.query; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(query),UPDATE(query) ON TABLE public.ticket_views TO authenticated;
GRANT UPDATE(query) ON TABLE public.ticket_views TO desk_keeper;


--
-- Name: COLUMN ticket_views.sort; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(sort),UPDATE(sort) ON TABLE public.ticket_views TO authenticated;


--
-- Name: COLUMN ticket_views.is_descending; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(is_descending),UPDATE(is_descending) ON TABLE public.ticket_views TO authenticated;


--
-- Name: COLUMN ticket_views.columns; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(columns),UPDATE(columns) ON TABLE public.ticket_views TO authenticated;


--
-- Name: COLUMN ticket_views.is_shared; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(is_shared),UPDATE(is_shared) ON TABLE public.ticket_views TO authenticated;


--
-- Name: TABLE ticket_view; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.ticket_view TO authenticated;


--
-- Name: TABLE ticket_viewers; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT,DELETE ON TABLE desk.ticket_viewers TO authenticated;
GRANT SELECT,DELETE ON TABLE desk.ticket_viewers TO desk_keeper;


--
-- Name: COLUMN ticket_viewers.organization_id; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(organization_id) ON TABLE desk.ticket_viewers TO authenticated;


--
-- Name: COLUMN ticket_viewers.ticket_id; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(ticket_id) ON TABLE desk.ticket_viewers TO authenticated;


--
-- Name: COLUMN ticket_viewers.agent_id; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(agent_id) ON TABLE desk.ticket_viewers TO authenticated;


--
-- Name: COLUMN ticket_viewers.mode; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(mode),UPDATE(mode) ON TABLE desk.ticket_viewers TO authenticated;


--
-- Name: COLUMN ticket_viewers.expires_at; Type: ACL; Schema: desk; Owner: -
--

GRANT INSERT(expires_at),UPDATE(expires_at) ON TABLE desk.ticket_viewers TO authenticated;
GRANT UPDATE(expires_at) ON TABLE desk.ticket_viewers TO desk_keeper;


--
-- Name: TABLE ticket_viewer; Type: ACL; Schema: desk; Owner: -
--

GRANT SELECT ON TABLE desk.ticket_viewer TO authenticated;


--
-- PostgreSQL database dump complete
--


