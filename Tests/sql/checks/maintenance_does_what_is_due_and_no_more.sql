select checks.become('anna');
insert into tickets (customer_id, subject, status) select c.id, n::text, 'solved' from customers c, generate_series(2, 5) n;
update tickets set snoozed_until = now() + interval '1 hour', keep_snoozed = true where number = 1;
select checks.become('zoe');
update organizations set close_after_days = null;
update tickets set status = 'solved', assigned_to = checks.agent('zoe');
reset role;
-- Time passes: three are due in the one organization; in the other nothing ever is.
alter table tickets disable trigger user;
update tickets set last_solved_at = now() - interval '28 days' where status = 'solved' and number <> 5;
update tickets set snoozed_until = now(), last_activity_at = now() - interval '1 day' where number = 1 and snoozed_until is not null;
update desk.ticket_viewers set expires_at = now();
alter table tickets enable trigger user;
set local role deskpipe_maintain;
select checks.fails('select count(*) from tickets', '42501');
select checks.answers('select desk.begin_maintenance()', 'true');
select checks.answers('select desk.close_solved(2)', '2');
select checks.answers('select desk.close_solved(2)', '1');
select checks.answers('select desk.close_solved(2)', '0');
select checks.answers('select desk.wake_snoozed(5)', '1');
select checks.answers('select desk.wake_snoozed(5)', '0');
select checks.answers('select desk.expire_viewers(5)', '1');
select checks.answers('select desk.expire_viewers(5)', '0');
reset role;
select checks.answers(
  $$select string_agg(concat(number, status, snoozed_until, case when keep_snoozed then 'k' end), ' ' order by number) from tickets where organization_id = checks.organization('anna')$$,
  '1open 2closed 3closed 4closed 5solved');
select checks.answers($$select last_activity_at = now() from tickets where number = 1 and organization_id = checks.organization('anna')$$, 'true');
select checks.answers($$select status from tickets where organization_id = checks.organization('zoe')$$, 'solved');
select checks.become('anna');
select checks.fails('select desk.close_solved(2)', '42501');
select checks.fails('select desk.wake_snoozed(2)', '42501');
select checks.fails('select desk.recompute_ticket(organization_id, id) from tickets', '42501');
