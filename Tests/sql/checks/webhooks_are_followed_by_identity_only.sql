create function checks.event(type text, at bigint, organization text, person text) returns text language sql as $$
  select desk.apply_clerk_event(
    concat(type, at, organization, person),
    jsonb_strip_nulls(jsonb_build_object(
      'type', type, 'at', at, 'is_deleted', type like '%deleted', 'role', 'agent',
      'organization', case when organization is not null then jsonb_build_object('id', organization) end,
      'user', case when person is not null then jsonb_build_object('id', person, 'name', 'Bobby') end)))::jsonb ->> 'applied'
$$;

select checks.become('anna');
select checks.fails($$select desk.apply_clerk_event('x', '{}')$$, '42501');
select checks.fails($$select desk.note_clerk_object('org_one', '', now(), true, null, null)$$, '42501');
select checks.fails($$select desk.retire_agents('org_one', '', now())$$, '42501');
select checks.fails($$select desk.forget_clerk_events()$$, '42501');
select checks.fails($$select 1 from desk.clerk_events$$, '42501');
select checks.fails($$select 1 from desk.clerk_objects$$, '42501');

set local role deskpipe_maintain;
select checks.fails($$select desk.apply_clerk_event('x', '{}')$$, '42501');
select checks.fails($$select 1 from desk.clerk_objects$$, '42501');
select checks.answers($$select desk.forget_clerk_events()$$, '0');

set local role deskpipe_identity;
select checks.fails($$select 1 from desk.clerk_events$$, '42501');
select checks.fails($$select desk.follow_clerk_user('{}', now())$$, '42501');
select checks.fails($$select desk.forget_clerk_events()$$, '42501');
select checks.answers($$select checks.event('organizationMembership.deleted', 2, 'org_one', 'user_bob')$$, 'true');
select checks.answers($$select checks.event('organizationMembership.updated', 1, 'org_one', 'user_bob')$$, 'false');
select checks.answers($$select checks.event('organizationMembership.deleted', 2, 'org_one', 'user_bob')$$, 'false');
select checks.fails($$select desk.open_session('{"sub":"user_bob","org_id":"org_one","org_role":"org:admin"}', 'organizations')$$, 'DK410', 'agent_deactivated');

-- Bob's ticket is still his, and nothing else of the organization has changed.
reset role;
select checks.answers($$select count(*) from tickets where assigned_to = checks.agent('bob')$$, '1');
select checks.answers($$select string_agg(name || ' ' || (deactivated_at is null), ', ' order by clerk_user_id) from agent_profiles$$,
  'user_anna true, user_bob false, user_zoe true');
set local role deskpipe_identity;
select checks.answers($$select checks.event('organization.deleted', 3, 'org_two', null)$$, 'true');
reset role;
select checks.answers($$select string_agg(name || ' ' || (deactivated_at is null), ', ' order by clerk_user_id) from agent_profiles$$,
  'user_anna true, user_bob false, user_zoe false');
select checks.answers($$select count(*) from tickets$$, '2');
