-- Who makes a ticket that is solved solved it, there and then.
select checks.become('bob');
insert into tickets (id, customer_id, subject, status)
select '71000000-0000-7000-8000-000000000003', id, 'done', 'solved' from customers limit 1;
select checks.answers(
  $$select concat_ws(' ', assigned_to = checks.agent('bob'), first_solved_at = now(), last_solved_at = now(), closed_at is null)
      from tickets where id = '71000000-0000-7000-8000-000000000003'$$,
  't t t t');
