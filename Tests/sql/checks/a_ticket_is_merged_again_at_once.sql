-- Merged, taken out and merged into another one at the same moment: what each says of it has the same time.
select checks.become('anna');
insert into tickets (id, customer_id, subject)
select ('76000000-0000-7000-8000-00000000000' || n)::uuid, 'c1000000-0000-7000-8000-000000000001', 'ticket ' || n
  from generate_series(1, 3) as n;
-- As many as go along with the first into the third.
insert into ticket_messages (ticket_id, sender_type, sender_id, body)
select '76000000-0000-7000-8000-000000000002', 'agent', checks.agent('anna'), 'message ' || n from generate_series(1, 2) as n;
select desk.merge_tickets(array['76000000-0000-7000-8000-000000000001'::uuid], '76000000-0000-7000-8000-000000000002');
select desk.unmerge_ticket('76000000-0000-7000-8000-000000000001');
select desk.merge_tickets(array['76000000-0000-7000-8000-000000000001'::uuid], '76000000-0000-7000-8000-000000000003');
reset role;
select checks.answers(
  $$select concat_ws(' ', count(*), count(g.undone_at), count(distinct g.merged_at))
      from desk.ticket_merges g where g.source_id = '76000000-0000-7000-8000-000000000001'$$, '2 1 1');
