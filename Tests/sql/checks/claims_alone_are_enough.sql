-- A client that sets only request.jwt.claims, as Supabase's does.
select checks.become('bob', true);
select checks.answers('select count(*) from tickets', '1');
select checks.answers('select count(*) from organizations', '1');
select checks.touches($$update agent_profiles set name = 'Bob'$$, 1);
select checks.touches($$update organizations set name = 'x'$$, 0);
select checks.fails($$update tickets set deleted_at = now()$$, 'DK403', 'forbidden');
select checks.touches($$insert into ticket_messages (organization_id, ticket_id, sender_type, sender_id, body) select organization_id, id, 'agent', checks.agent('bob'), 'x' from tickets$$, 1);
select checks.fails($$insert into ticket_messages (organization_id, ticket_id, sender_type, sender_id, body) select organization_id, id, 'agent', checks.agent('anna'), 'x' from tickets$$, '42501');
select checks.touches($$insert into macros (organization_id, title, body, created_by) values (checks.organization('bob'), 'x', 'x', checks.agent('bob'))$$, 1);
select checks.become('zoe', true);
select checks.answers('select string_agg(subject, '' '') from tickets', 'Printer cold');
select checks.fails($$insert into customers (organization_id, name) values (checks.organization('anna'), 'x')$$, '42501');
select checks.become('anna', true);
select checks.touches($$update tickets set deleted_at = now()$$, 1);
