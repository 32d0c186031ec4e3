-- Sessions of tokens that tell no role.

-- The organization and agent behind verified claims. provision: 'organizations' makes both where they are missing,
-- 'agents' the agent only, 'none' neither. The token says who is admin; the profile follows. A token
-- without a role (an OAuth access token) acts with an agent's rights and leaves the profile as it is. A deactivated agent
-- is refused and never reactivated here, nor does a token make an agent of whom Clerk has removed in the meantime.
--
-- SECURITY DEFINER: it runs before there is a tenant, so no policy of a tenant can let it read or write. It belongs
-- to desk_provision; only deskpipe_identity may call it.
create or replace function desk.open_session(claims jsonb, provision text) returns text
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
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
