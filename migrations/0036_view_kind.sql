-- A view is a kind of object like the others: it is looked for, locked and shown by its id. Its maker deletes it without
-- being an admin, which the policy says.

create or replace function desk.visible_version(kind text, id uuid) returns integer
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
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

create or replace function desk.expect(kind text, id uuid, version integer, action text default 'update')
  returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  current integer;
  restores constant boolean := action = 'restore';
begin
  case kind
    when 'organization' then
      select o.version into current from public.organizations o where o.id = id for no key update;
    when 'agent' then
      select o.version into current from public.agent_profiles o where o.id = id for no key update;
    when 'customer' then
      select o.version into current from public.customers o
       where o.id = id and (o.deleted_at is not null) = restores
         for no key update;
    when 'field' then
      select o.version into current from public.customer_fields o where o.id = id for no key update;
    when 'ticket' then
      select o.version into current from public.tickets o
       where o.id = id and (o.deleted_at is not null) = restores
         for no key update;
    when 'message' then
      select o.version into current from public.ticket_messages o
       where o.id = id and (o.deleted_at is not null) = restores
         and exists (
           select from public.tickets t
            where t.organization_id = o.organization_id and t.id = o.ticket_id and t.deleted_at is null
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
  if action in ('delete', 'restore') and kind not in ('macro', 'view') then
    perform desk.require_admin();
  end if;
  if version is not null and version <> current then
    perform desk.fail(
      'DK409', 'conflict',
      format('The %s has changed since you read it.', replace(kind, '_', ' ')),
      '', jsonb_build_object('version', current));
  end if;
end
$$;

create or replace function desk.shown(kind text, id uuid) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
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

create or replace view desk.organization with (security_invoker = true) as
select o.id, o.clerk_id, o.name, o.support_email, o.settings, o.version, o.created_at, o.updated_at,
       o.close_after_days, o.reopen_days, o.search_language
  from public.organizations o;

-- Their history, and that of an organization's new column.
do $history$
begin
  perform desk.audit_table('public.ticket_views', 'view'), desk.audit_table('public.organizations', 'organization');
end
$history$;
