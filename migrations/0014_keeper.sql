-- desk_keeper has nothing to look up among agents: whether an assignee works is checked under the caller's own rights.
drop policy agent_profiles_keeper on public.agent_profiles;
revoke select (id, organization_id, deactivated_at) on public.agent_profiles from desk_keeper;
