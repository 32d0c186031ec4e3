-- What a blocked customer says is not taken, on old tickets and new ones; whoever works here goes on.
create function pg_temp.say(sender sender_type, is_automatic boolean) returns void language sql as $$
  insert into ticket_messages (ticket_id, sender_type, sender_id, body, is_automatic)
  select t.id, sender, case sender when 'customer' then t.customer_id when 'agent' then checks.agent('bob') end, 'x', is_automatic
    from tickets t where t.id = '71000000-0000-7000-8000-000000000001'
$$;
select checks.become('bob');
update customers set blocked_at = '2020-01-01', block_reason = 'Spam' where email = 'carl+desk@example.com';
select checks.answers($$select concat_ws(' ', blocked_at = now(), blocked_by = checks.agent('bob'), block_reason, version) from customers where email = 'carl+desk@example.com'$$, 't t Spam 2');
select checks.fails($$select pg_temp.say('customer', false)$$, 'DK423', 'blocked', '');
select checks.fails($$select pg_temp.say('customer', true)$$, 'DK423', 'blocked', '');
select pg_temp.say('agent', false), pg_temp.say('system', false);
insert into tickets (customer_id, subject) values ('c1000000-0000-7000-8000-000000000001', 'x');
-- Another reason is no other block; none comes with no block.
update customers set blocked_at = now(), block_reason = 'Threats' where email = 'carl+desk@example.com';
select checks.answers($$select concat_ws(' ', blocked_by = checks.agent('bob'), block_reason) from customers where email = 'carl+desk@example.com'$$, 't Threats');
select checks.fails($$update customers set block_reason = ''$$, '23514', 'customers_block_reason_length');
update customers set blocked_at = null, block_reason = 'x' where email = 'carl+desk@example.com';
select checks.answers($$select concat_ws(' ', blocked_at, blocked_by, block_reason) from customers where email = 'carl+desk@example.com'$$, '');
select pg_temp.say('customer', false);
