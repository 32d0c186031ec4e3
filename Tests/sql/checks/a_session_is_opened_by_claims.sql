set local role deskpipe_identity;
select checks.fails($$select desk.open_session('{"sub":"u","org_id":"org_none"}', 'none')$$, 'DK410', 'organization_unknown');
select checks.fails($$select desk.open_session('{"sub":"u","org_id":"org_none"}', 'agents')$$, 'DK410', 'organization_unknown');
select checks.fails($$select desk.open_session('{"sub":"u"}', 'organizations')$$, 'DK410', 'organization_unknown');
select checks.fails($$select desk.open_session('{"org_id":"org_one"}', 'organizations')$$, 'DK410', 'organization_unknown');
select checks.fails($$select desk.open_session('{"sub":"u","org_id":"org_one"}', 'none')$$, 'DK410', 'agent_unknown');
select checks.fails($$select desk.open_session('{"sub":"u","org_id":"org_one"}', 'some')$$, 'DK422', 'invalid');
select checks.answers($$select desk.open_session('{"sub":"u","org_id":"org_new","org_role":"org:admin","org_slug":"new"}', 'organizations')::jsonb ->> 'organization_name'$$, 'new');
-- Of version 2 only what stands in o counts.
select checks.fails($$select desk.open_session('{"sub":"u","v":2,"org_id":"org_one"}', 'organizations')$$, 'DK410', 'organization_unknown');
select checks.answers($$select desk.open_session('{"sub":"u","v":2,"o":{"id":"org_one","rol":"member"},"org_role":"org:admin"}', 'agents')::jsonb ->> 'role'$$, 'agent');

select checks.answers($$select string_agg(opened ->> 'role', ' ' order by name) from checks.people$$, 'admin agent admin');
select checks.answers($$select string_agg(opened ->> 'organization_name', ' ' order by name) from checks.people$$, 'one one org_two');
-- The token decides: the same person comes back as an admin, and as an agent again.
select checks.answers($$select desk.open_session('{"sub":"user_bob","org_id":"org_one","org_role":"org:admin"}', 'none')::jsonb ->> 'role'$$, 'admin');
reset role;
select checks.answers($$select role from agent_profiles where clerk_user_id = 'user_bob'$$, 'admin');
set local role deskpipe_identity;
select checks.answers($$select desk.open_session('{"sub":"user_bob","org_id":"org_one","org_role":"org:member"}', 'none')::jsonb ->> 'role'$$, 'agent');

-- A token without a role acts as an agent, and says nothing about who is an admin.
select checks.answers($$select desk.open_session('{"sub":"user_bob","org_id":"org_one","org_role":"org:admin"}', 'none')::jsonb ->> 'role'$$, 'admin');
select checks.answers($$select desk.open_session('{"sub":"user_bob","org_id":"org_one","client_id":"c"}', 'none')::jsonb ->> 'role'$$, 'agent');
select checks.answers($$select desk.open_session('{"sub":"user_bob","v":2,"o":{"id":"org_one"},"org_role":"org:admin"}', 'none')::jsonb ->> 'role'$$, 'agent');
select checks.answers($$select desk.open_session('{"sub":"u2","org_id":"org_one","client_id":"c"}', 'agents')::jsonb ->> 'role'$$, 'agent');
reset role;
select checks.answers($$select string_agg(role, ' ' order by clerk_user_id) from agent_profiles where clerk_user_id in ('user_bob', 'u2')$$, 'agent admin');
set local role deskpipe_identity;
select checks.answers($$select desk.open_session('{"sub":"user_bob","org_id":"org_one","org_role":"org:member"}', 'none')::jsonb ->> 'role'$$, 'agent');

-- A live token brings nobody back.
reset role;
update agent_profiles set deactivated_at = now() where clerk_user_id = 'user_bob';
set local role deskpipe_identity;
select checks.fails($$select desk.open_session('{"sub":"user_bob","org_id":"org_one","org_role":"org:admin"}', 'organizations')$$, 'DK410', 'agent_deactivated');

-- Whoever opens sessions reads no table.
select checks.fails('select 1 from ' || name, '42501') from checks.tables;
select checks.fails('select 1 from organizations', '42501');
