-- However long ago the fixture was made.
update desk.ticket_viewers set expires_at = now() + interval '60 seconds';
select checks.become('bob');
select checks.answers($$select followers::text ~ 'anna' from desk.ticket_detail$$, 'true');
select desk.follow_ticket('71000000-0000-7000-8000-000000000001', checks.agent('bob'));
select desk.follow_ticket('71000000-0000-7000-8000-000000000001', checks.agent('bob'));
select checks.answers($$select (select string_agg(f ->> 'name', ' ') from jsonb_array_elements(followers) f) || version from desk.ticket_detail$$, 'user_anna user_bob1');
select checks.fails($$select desk.follow_ticket('71000000-0000-7000-8000-000000000001', checks.agent('zoe'))$$, 'DK422', 'invalid', '/agent_id');
select checks.touches($$delete from desk.ticket_followers where agent_id = checks.agent('anna')$$, 1);
select checks.answers($$select follower_ids = array[checks.agent('bob')] from tickets$$, 'true');
-- Everyone speaks for themselves.
select checks.answers($$select mode from desk.ticket_viewer$$, 'reading');
select checks.touches($$update desk.ticket_viewers set mode = 'writing'$$, 0);
select checks.touches($$delete from desk.ticket_viewers$$, 0);
select checks.fails($$insert into desk.ticket_viewers (ticket_id, agent_id, mode, expires_at) select id, checks.agent('anna'), 'reading', now() from tickets$$, '42501');
select checks.fails($$insert into desk.ticket_viewers (ticket_id, mode, expires_at) select id, 'dancing', now() from tickets$$, '23514', 'ticket_viewers_mode_known');
select desk.view_ticket('71000000-0000-7000-8000-000000000001', 'reading');
select desk.view_ticket('71000000-0000-7000-8000-000000000001', 'writing');
select checks.answers($$select string_agg(mode, ' ' order by mode) from desk.ticket_viewer$$, 'reading writing');
select checks.touches($$update desk.ticket_viewers set expires_at = now()$$, 1);
select checks.answers($$select string_agg(mode, ' ') from desk.ticket_viewer$$, 'reading');
select desk.view_ticket('71000000-0000-7000-8000-000000000001', 'none');
select checks.answers($$select count(*) || ' ' || (select version from tickets) from desk.ticket_viewers$$, '1 1');
reset role;
update agent_profiles set deactivated_at = now() where clerk_user_id = 'user_bob';
select checks.become('anna');
select checks.fails($$select desk.follow_ticket('71000000-0000-7000-8000-000000000001', checks.agent('bob'))$$, 'DK422', 'invalid', '/agent_id');
