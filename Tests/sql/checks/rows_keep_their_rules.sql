select checks.become('anna');
-- Rules of the tables that every message writes to; their triggers hold them, under the names of constraints.
select checks.fails(
         format(
           $$insert into ticket_messages (ticket_id, sender_type, sender_id, body, %s) values
               ('71000000-0000-7000-8000-000000000001', 'agent', checks.agent('anna'), 'x', %s)$$, columns, row),
         '23514', 'ticket_messages_' || rule)
  from (values
    ('email_message_id', $$''$$, 'email_message_id_length'),
    ('email_message_id', $$repeat('x', 999)$$, 'email_message_id_length'),
    ('in_reply_to', $$''$$, 'in_reply_to_length'),
    ('in_reply_to', $$repeat('x', 999)$$, 'in_reply_to_length'),
    ('delivery_status', $$'lost'$$, 'delivery_status_known'),
    ('is_internal, delivery_status', $$true, 'sent'$$, 'delivery_internal'),
    ('metadata', $$'[]'$$, 'metadata_object'),
    ('metadata', $$jsonb_build_object('a', repeat('x', 65536))$$, 'metadata_size')
  ) as broken (columns, row, rule);
select checks.fails($$insert into ticket_messages (ticket_id, sender_type, sender_id, body) values ('71000000-0000-7000-8000-000000000001', 'system', checks.agent('anna'), 'x')$$, '23514', 'ticket_messages_sender');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body, is_internal)
values ('52000000-0000-7000-8000-000000000001', '71000000-0000-7000-8000-000000000001', 'agent', checks.agent('anna'), 'a note', true),
       ('52000000-0000-7000-8000-000000000002', '71000000-0000-7000-8000-000000000001', 'agent', checks.agent('anna'), 'a reply', false);
select checks.fails($$update ticket_messages set delivery_status = 'lost' where body = 'a reply'$$, '23514', 'ticket_messages_delivery_status_known');
select checks.fails($$update ticket_messages set delivery_status = 'sent' where body = 'a note'$$, '23514', 'ticket_messages_delivery_internal');
select checks.fails($$update ticket_messages set delivery_error = repeat('x', 2001) where body = 'a reply'$$, '23514', 'ticket_messages_delivery_error_length');
select checks.fails($$update ticket_messages set metadata = '[]' where body = 'a reply'$$, '23514', 'ticket_messages_metadata_object');
select checks.touches($$update ticket_messages set delivery_error = repeat('x', 2000) where body = 'a reply'$$, 1);

select checks.fails(format('update tickets set %s', assignment), '23514', 'tickets_' || rule)
  from (values
    ($$subject = repeat('x', 501)$$, 'subject_length'),
    ($$metadata = '[]'$$, 'metadata_object'),
    ($$metadata = jsonb_build_object('a', repeat('x', 65536))$$, 'metadata_size'),
    ($$keep_snoozed = true$$, 'keep_snoozed')
  ) as broken (assignment, rule);
select checks.fails($$insert into tickets (customer_id, subject, metadata) select id, 'x', '[]' from customers$$, '23514', 'tickets_metadata_object');
reset role;
select checks.fails(format('update tickets set %s', assignment), '23514', 'tickets_' || rule)
  from (values
    ($$deleted_with = customer_id$$, 'deleted_with'),
    ($$merged_into = id$$, 'merged_into_other')
  ) as broken (assignment, rule);
