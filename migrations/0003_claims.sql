-- How a session's claims are read, in one place for the service and for the policies.
--
-- Bodies in the standard form (return ...) are bound when they are made, so no search_path can change what they
-- mean, and they can be inlined.

create function desk.claim_organization(claims jsonb) returns text
  language sql immutable parallel safe
  return case when claims ->> 'v' = '2' then claims -> 'o' ->> 'id' else claims ->> 'org_id' end;

create function desk.claim_role(claims jsonb) returns text
  language sql immutable parallel safe
  return case
    when case when claims ->> 'v' = '2' then claims -> 'o' ->> 'rol' else claims ->> 'org_role' end
         in ('admin', 'org:admin') then 'admin'
    else 'agent'
  end;

create function desk.claim_subject(claims jsonb) returns text
  language sql immutable parallel safe
  return claims ->> 'sub';

-- The organization of a client that sets only its claims. plpgsql, not sql: inside a policy it costs nothing until it
-- is called, while a subselect written into the policy is set up for every table of every statement.
create function desk.claimed_organization() returns uuid
  language plpgsql stable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (select o.id from public.organizations o
           where o.clerk_id = desk.claim_organization(auth.jwt()));
end
$$;

create function desk.claimed_agent() returns uuid
  language plpgsql stable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (select a.id from public.agent_profiles a
           where a.clerk_user_id = desk.claim_subject(auth.jwt())
             and a.organization_id = desk.claimed_organization());
end
$$;

-- For functions and defaults. Policies spell the expression out.
create function desk.current_organization() returns uuid
  language sql stable parallel safe
  return coalesce(nullif(current_setting('app.organization_id', true), '')::uuid, desk.claimed_organization());

create function desk.current_agent() returns uuid
  language sql stable parallel safe
  return coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent());

create function desk.caller_role() returns text
  language sql stable parallel safe
  return coalesce(nullif(current_setting('app.role', true), ''), desk.claim_role(auth.jwt()));

revoke all on all functions in schema desk from public;
grant execute on function
  desk.claim_organization(jsonb), desk.claim_role(jsonb), desk.claim_subject(jsonb),
  desk.claimed_organization(), desk.claimed_agent(),
  desk.current_organization(), desk.current_agent(), desk.caller_role(),
  desk.valid_field_options(public.field_type, jsonb), desk.valid_mail_settings(jsonb)
  to authenticated;
-- A check constraint runs as whoever writes the row.
grant execute on function desk.valid_mail_settings(jsonb) to desk_keeper;
