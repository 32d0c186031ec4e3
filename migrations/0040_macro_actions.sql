-- Macros that do something: actions beside or instead of a text, for everyone or for their maker alone, and how often each
-- is used.

-- What a macro may do, each kind at most once: {status, priority, assigned_to, add_tags, remove_tags, set_tags, fields,
-- add_followers, snooze_hours}. assigned_to is an agent's id, me or null for nobody; so are followers, but null. Who and
-- what is named need not exist: applying tells.
create function desk.valid_macro_actions(actions jsonb) returns boolean
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  action record;
  agent constant text := '^(me|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$';
begin
  if jsonb_typeof(actions) <> 'object' or actions ? 'set_tags' and actions ?| '{add_tags,remove_tags}' then
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
$$;

create function desk.valid_tag_list(tags jsonb, least_count integer) returns boolean
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
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

alter table public.macros
  alter column body drop not null,
  add column actions jsonb not null default '{}',
  add column visibility text not null default 'all',
  add constraint macros_actions_valid check (desk.valid_macro_actions(actions)),
  add constraint macros_actions_size check (octet_length(actions::text) <= 65536),
  add constraint macros_does_something check (body is not null or actions <> '{}'),
  add constraint macros_visibility_known check (visibility in ('me', 'all'));
grant insert (actions, visibility), update (actions, visibility) on public.macros to authenticated;

-- A macro for its maker alone is nobody else's, an admin's neither.
alter policy macros_select on public.macros
  using (
    visibility = 'all'
    or created_by = (select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent()))
  );
alter policy macros_update on public.macros
  using (
    visibility = 'all'
    or created_by = (select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent()))
  );
alter policy macros_insert on public.macros
  with check (
    created_by is null and visibility = 'all'
    or created_by = (select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent()))
  );

-- How often a macro was applied: no change of the macro, so it is kept apart.
create table desk.macro_usage (
  organization_id uuid not null,
  macro_id uuid not null,
  usage_count integer not null default 1,
  last_used_at timestamptz not null default now(),
  constraint macro_usage_pkey primary key (organization_id, macro_id),
  constraint macro_usage_macro_fkey foreign key (organization_id, macro_id)
    references public.macros (organization_id, id) on delete cascade
) with (fillfactor = 70);
alter table desk.macro_usage alter column organization_id set (n_distinct = 100);
alter table desk.macro_usage enable row level security;
alter table desk.macro_usage force row level security;
revoke all on table desk.macro_usage from public, authenticated;
do $anon$
begin
  if exists (select from pg_roles where rolname = 'anon') then
    revoke all on table desk.macro_usage from anon;
  end if;
end
$anon$;
create policy macro_usage_tenant on desk.macro_usage as restrictive to authenticated
  using (organization_id = (
    select coalesce(nullif(current_setting('app.organization_id', true), '')::uuid, desk.claimed_organization())
  ));
create policy macro_usage_select on desk.macro_usage for select to authenticated using (true);
create policy macro_usage_keeper on desk.macro_usage to desk_keeper using (true);
grant select on desk.macro_usage to authenticated;
grant select, insert, update (usage_count, last_used_at) on desk.macro_usage to desk_keeper;

-- Counts a use. SECURITY DEFINER: nobody may count otherwise. The organization comes from the caller's settings.
create function desk.count_macro_use(macro uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into desk.macro_usage as u (organization_id, macro_id)
  values (nullif(current_setting('app.organization_id', true), '')::uuid, macro)
  on conflict on constraint macro_usage_pkey
    do update set usage_count = u.usage_count + 1, last_used_at = now();
end
$$;

-- Does on a ticket what a macro's actions say, each with the caller's rights and checked as if it were alone; all or
-- nothing. What cannot be done is told with the name of the action.
create function desk.apply_actions(ticket uuid, actions jsonb) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  action text;
  given jsonb;
  state text;
  kind text;
  message text;
begin
  -- Whoever gets the ticket and what describes it comes before the status, which may ask for them.
  foreach action in array array[
    'priority', 'assigned_to', 'fields', 'set_tags', 'remove_tags', 'add_tags', 'add_followers', 'status', 'snooze_hours'
  ] loop
    continue when not actions ? action;
    given := actions -> action;
    begin
      case action
        when 'priority' then
          update public.tickets t set priority = (given #>> '{}')::public.ticket_priority where t.id = ticket;
        when 'assigned_to' then
          update public.tickets t
             set assigned_to = case given #>> '{}' when 'me' then desk.current_agent() else (given #>> '{}')::uuid end
           where t.id = ticket;
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
        when 'status' then
          update public.tickets t set status = (given #>> '{}')::public.ticket_status where t.id = ticket;
        when 'snooze_hours' then
          update public.tickets t
             set snoozed_until = now() + make_interval(hours => (given #>> '{}')::integer)
           where t.id = ticket;
      end case;
    exception when sqlstate 'DK403' or sqlstate 'DK404' or sqlstate 'DK422' or sqlstate 'DK423' then
      get stacked diagnostics state = returned_sqlstate, kind = constraint_name, message = message_text;
      perform desk.fail(state, kind, message, '/id', jsonb_build_object('action', action));
    end;
  end loop;
end
$$;

-- A macro's body and actions, and what it is rendered over: the ticket, its customer, the caller and the organization, all of one
-- snapshot. fields are the names that the organization has fields of. Numbers come as text, since they may have more
-- digits than a double.
create or replace function desk.macro_context(macro uuid, ticket uuid) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
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

drop view desk.macro_row;
drop view desk.macro;
create view desk.macro with (security_invoker = true) as
select m.id, m.title, m.body, m.actions, m.visibility, m.created_by, m.metadata,
       coalesce(u.usage_count, 0) as usage_count, u.last_used_at,
       m.version, m.created_at, m.updated_at, m.deleted_at, m.deleted_by
  from public.macros m
  left join desk.macro_usage u on u.organization_id = m.organization_id and u.macro_id = m.id;

-- A macro in a list: a long body is cut at 4 KiB.
create view desk.macro_row with (security_invoker = true) as
select m.id, m.title,
       desk.cut(m.body, 4096) as body,
       coalesce(octet_length(m.body) > 4096, false) as truncated,
       m.actions, m.visibility, m.created_by, m.metadata, m.usage_count, m.last_used_at,
       m.version, m.created_at, m.updated_at, m.deleted_at, m.deleted_by
  from desk.macro m;
revoke all on desk.macro, desk.macro_row from public;
grant select on desk.macro, desk.macro_row to authenticated;

revoke all on function
  desk.valid_macro_actions(jsonb), desk.valid_tag_list(jsonb, integer), desk.count_macro_use(uuid),
  desk.apply_actions(uuid, jsonb)
  from public;
grant execute on function
  desk.valid_macro_actions(jsonb), desk.valid_tag_list(jsonb, integer), desk.count_macro_use(uuid),
  desk.apply_actions(uuid, jsonb)
  to authenticated;
-- A check constraint runs as whoever writes the row.
grant execute on function desk.valid_macro_actions(jsonb), desk.valid_tag_list(jsonb, integer) to desk_keeper;
-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_keeper;
alter function desk.count_macro_use(uuid) owner to desk_keeper;
revoke create on schema desk from desk_keeper;

do $history$
begin
  perform desk.audit_table('public.macros', 'macro');
end
$history$;
