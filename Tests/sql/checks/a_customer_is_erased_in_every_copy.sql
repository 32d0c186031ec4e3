-- A word of theirs, a name that they had, an address: nowhere any more, whatever table it is in. What seals say is still so.
create function pg_temp.copies(word text) returns text language plpgsql as $$
declare
  line record;
  found boolean;
  result text := '';
begin
  for line in select t.name from checks.tables t order by t.name::text loop
    execute format('select exists (select from %s t where organization_id = $2 and (t::text ~* $1 or to_jsonb(t)::text ~* $1))', line.name)
       into found using word, checks.organization('anna');
    result := result || case when found then line.name || ' ' else '' end;
  end loop;
  return result;
end
$$;
create function pg_temp.customer(letter text) returns uuid language sql stable as
  $$select ('c1000000-0000-7000-8000-00000000000' || translate(letter, 'AB', '12'))::uuid$$;
select checks.become('bob');
update customers set name = 'Quirina "Q" Zweig', metadata = '{"shoe":"xmeta"}' where id = pg_temp.customer('A');
update customers set name = 'Quentin Vogel', email = 'carl@qhome.test' where id = pg_temp.customer('A');
select desk.add_identities(pg_temp.customer('A'), '[{"kind":"chat","value":"telegram:@quvo"},{"kind":"email","value":"qv@qhome.test"}]');
update customers set blocked_at = now(), block_reason = 'xreason' where id = pg_temp.customer('A');
update customers set blocked_at = null where id = pg_temp.customer('A');
select desk.set_customer_fields(pg_temp.customer('A'), '{"no/te~":"xvalue"}');
insert into customers (id, name, email) values (pg_temp.customer('B'), 'Old Quentin', 'qold@qhome.test');
insert into tickets (id, customer_id, subject, metadata) values ('71000000-0000-7000-8000-00000000000b', pg_temp.customer('B'), 'xsubject', '{"a":"xticket"}');
insert into ticket_messages (ticket_id, sender_type, sender_id, body, metadata, email_message_id) values
  ('71000000-0000-7000-8000-00000000000b', 'customer', pg_temp.customer('B'), 'xbody', '{"b":"xmessage"}', '<b@x>'),
  ('71000000-0000-7000-8000-00000000000b', 'agent', checks.agent('bob'), 'Dear Quentin, QUENTIN VOGEL of qv@qhome.test (@quvo), was vogel, no Vogelsang nor unvogel', '{"to":"Carl@QHOME.test"}', null),
  ('71000000-0000-7000-8000-00000000000b', 'system', null, 'Nothing of theirs', '{}', null);
-- Queries that name them, did once, and did until the view was deleted.
select set_config('app.method', 'views.create', true);
insert into ticket_views (id, name, query) values
  ('f1000000-0000-7000-8000-000000000001', 'v', 'customer:qv@qhome.test status:open'),
  ('f1000000-0000-7000-8000-000000000002', 'once', 'customer:qonce@qhome.test'),
  ('f1000000-0000-7000-8000-000000000003', 'gone', 'customer:qold@qhome.test'),
  ('f1000000-0000-7000-8000-000000000004', 'other', 'customer:dora@qother.test'),
  ('f1000000-0000-7000-8000-000000000005', 'Quentin Vogel', 'status:open'),
  ('f1000000-0000-7000-8000-000000000006', 'quentin vogel', 'Vogelsang'),
  ('f1000000-0000-7000-8000-000000000007', '▇', '');
select desk.add_identities(pg_temp.customer('A'), '[{"kind":"email","value":"qonce@qhome.test"}]');
update ticket_views set query = 'status:open' where name = 'once';
delete from ticket_views where name = 'gone';
select set_config('app.method', '', true);
select desk.merge_customers(array[pg_temp.customer('B')], pg_temp.customer('A'));
-- Another customer, whose ticket has a word of theirs.
insert into customers (id, name) values ('c1000000-0000-7000-8000-000000000003', 'Dora');
insert into tickets (id, customer_id, subject) values ('71000000-0000-7000-8000-00000000000c', 'c1000000-0000-7000-8000-000000000003', 'Of Dora');
insert into ticket_messages (ticket_id, sender_type, sender_id, body) values ('71000000-0000-7000-8000-00000000000c', 'customer', pg_temp.customer('A'), 'xelsewhere');
insert into ticket_messages (ticket_id, sender_type, sender_id, body) values ('71000000-0000-7000-8000-00000000000c', 'customer', 'c1000000-0000-7000-8000-000000000003', 'Dora says ydora');
-- Tickets of theirs that were merged into Dora's, what was said there late, and what was split off since.
insert into tickets (id, customer_id, subject) values
  ('71000000-0000-7000-8000-0000000000a1', pg_temp.customer('A'), 'M'), ('71000000-0000-7000-8000-0000000000a2', pg_temp.customer('A'), 'S');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body) values
  ('51000000-0000-7000-8000-0000000000a1', '71000000-0000-7000-8000-0000000000a1', 'agent', checks.agent('bob'), 'moved to vogel'),
  ('51000000-0000-7000-8000-0000000000a2', '71000000-0000-7000-8000-0000000000a2', 'agent', checks.agent('bob'), 'split from vogel'),
  ('51000000-0000-7000-8000-0000000000a3', '71000000-0000-7000-8000-00000000000c', 'agent', checks.agent('bob'), 'Dora on vogel');
select desk.merge_tickets(array['71000000-0000-7000-8000-0000000000a1', '71000000-0000-7000-8000-0000000000a2']::uuid[], '71000000-0000-7000-8000-00000000000c');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body)
values ('51000000-0000-7000-8000-0000000000a4', '71000000-0000-7000-8000-0000000000a1', 'agent', checks.agent('bob'), 'late to vogel');
select desk.split_ticket('71000000-0000-7000-8000-00000000000c', '51000000-0000-7000-8000-0000000000a2', '71000000-0000-7000-8000-0000000000a3', 'Split');
-- Answers that tell of them by whatever: an id, a view, a message, a name in a text.
insert into desk.idempotency_keys (key, method, params_hash)
select k, 'x', sha256('x') from unnest('{customer,view,changed,gone,message,text,name,mail,other,part}'::text[]) as k;
update desk.idempotency_keys k set answer = v.answer
  from (values
    ('customer', jsonb_build_object('id', pg_temp.customer('B'), 'name', 'xanswer')),
    ('view', '{"id":"f1000000-0000-7000-8000-000000000001","query":"xanswer"}'),
    ('changed', '{"id":"f1000000-0000-7000-8000-000000000002","query":"xanswer"}'),
    ('gone', '{"id":"f1000000-0000-7000-8000-000000000003","query":"xanswer"}'),
    ('message', '{"id":"51000000-0000-7000-8000-0000000000a2","body":"xanswer"}'),
    ('text', '{"lines":["Dear\nQuentin vogel", "xanswer"]}'),
    ('name', '{"Quirina \"Q\" Zweig":"xanswer"}'),
    ('mail', '{"to":["Carl@qhome.test"],"body":"xanswer"}'),
    ('other', '{"id":"f1000000-0000-7000-8000-000000000004","body":"yanswer"}'),
    ('part', '{"body":"yvogel, Vogelsang"}')
  ) as v (key, answer) where v.key = k.key;
reset role;
-- Sealed beforehand; no transaction of the cluster is as old as this says.
update desk.audit_records set xid = '10';
select desk.seal_audit();
alter table tickets disable trigger user;
update tickets set last_activity_at = now() - interval '1 day' where subject = 'xsubject';
alter table tickets enable trigger user;
select checks.answers(format('select pg_temp.copies(%L) ~ %L', word, 'audit_records'), 'true')
  from (values ('xmeta'), ('xreason'), ('xvalue'), ('xsubject'), ('xticket'), ('xbody'), ('xmessage'), ('xelsewhere'), ('quvo'), ('qhome')) as v (word);
create temporary table receipt (told jsonb) on commit drop;
grant insert, select on receipt to public;

-- Everything in one value, before.
select checks.become('anna');
select checks.answers(
  $$select concat_ws(' ', e #>> '{customer,name}', e #>> '{merged,0,name}', jsonb_array_length(e -> 'merged'), jsonb_array_length(e -> 'tickets'),
      (select string_agg(m ->> 'body', ',' order by m ->> 'body') from jsonb_path_query(e, '$.tickets[*].messages[*]') as m), e #>> '{messages_elsewhere,0,body}',
      jsonb_array_length(e -> 'messages_elsewhere'), jsonb_array_length(e -> 'history') > 5, e #>> '{customer,identities,1,value}')
     from desk.export_customer(pg_temp.customer('A')) as e$$,
  'Quentin Vogel Old Quentin 1 4 Dear Quentin, QUENTIN VOGEL of qv@qhome.test (@quvo), was vogel, no Vogelsang nor unvogel,It burns, zebra,Merged into #3, by user_bob.,Merged into #3, by user_bob.,Nothing of theirs,xbody xelsewhere 1 t telegram:@quvo');
select checks.answers($$select desk.export_customer('c2000000-0000-7000-8000-000000000001')$$, null);

-- Admins alone; nobody's, nobody merged.
select checks.become('bob');
select checks.fails($$select desk.erase_customer(pg_temp.customer('A'), null)$$, 'DK403', 'forbidden');
select checks.become('zoe');
select checks.fails($$select desk.erase_customer(pg_temp.customer('A'), null)$$, 'DK404', 'not_found', '/id');
select checks.answers($$select desk.export_customer(pg_temp.customer('A'))$$, null);
select checks.become('anna');
select checks.fails($$select desk.erase_customer(pg_temp.customer('B'), null)$$, 'DK423', 'rule', '/id');

insert into receipt select desk.erase_customer(pg_temp.customer('A'), 'asked by letter');
select checks.answers($$select (told -> 'erased') - 'history_records' from receipt$$,
  '{"views": 3, "values": 6, "answers": 8, "tickets": 4, "messages": 3, "customers": 2, "identities": 5, "covered_messages": 4}');
select checks.answers($$select (told #>> '{erased,history_records}')::integer > 15 and (told #>> '{kept,messages}')::integer >= 2 from receipt$$, 'true');
select checks.answers($$select string_agg(concat_ws(' ', name, email, metadata, erased_at = now(), (select name from customers o where o.id = c.merged_into)), ', ' order by id) from desk.customer_detail c where erased_at is not null$$,
  'Erased customer {} t, Erased customer {} t Erased customer');
select checks.answers($$select body || metadata from ticket_messages where sender_type = 'agent' and metadata <> '{}'$$, 'Dear ▇, ▇ of ▇ (▇), was ▇, no Vogelsang nor unvogel{"to": "▇"}');
select checks.answers($$select string_agg(body, ',' order by body) from ticket_messages where ticket_id in ('71000000-0000-7000-8000-00000000000c', '71000000-0000-7000-8000-0000000000a3') and sender_type <> 'system'$$,
  'Dora on vogel,Dora says ydora,[erased],late to ▇,moved to ▇,split from ▇');
select checks.answers($$select count(*) from desk.audit_entry where changes::text ~* 'to vogel|from vogel'$$, '0');
select checks.answers($$select concat_ws(' ', subject, last_activity_at < now() - interval '1 hour', number > 0) from tickets where id = '71000000-0000-7000-8000-00000000000b'$$, '[erased] t t');
select checks.answers($$select subject from tickets where id = '71000000-0000-7000-8000-00000000000c'$$, 'Of Dora');
-- The id of a mail stays, so that it does not come in again.
select checks.answers($$select body from ticket_messages where email_message_id = '<b@x>'$$, '[erased]');
select checks.answers($$select count(*) from desk.listed_customer$$, '1');
select checks.answers($$select desk.search_tickets('xbody')::text || desk.search_customers('quentin')::text$$, '{}{}');
-- It ends there.
select checks.fails($$select desk.erase_customer(pg_temp.customer('A'), null)$$, 'DK423', 'rule', '/id');
select checks.fails($$select desk.unmerge_customer(pg_temp.customer('B'))$$, 'DK423', 'rule');
select checks.fails($$update customers set name = 'x' where id = pg_temp.customer('A')$$, 'DK423', 'rule', '/id');
select checks.fails($$insert into tickets (customer_id, subject) values (pg_temp.customer('A'), 'x')$$, 'DK423', 'rule', '/customer_id');
select checks.fails($$select desk.expect('customer', pg_temp.customer('A'), null)$$, 'DK423', 'rule');
reset role;
select checks.answers($$select string_agg(k.key, ',' order by k.key) from desk.idempotency_keys k where k.answer is not null$$, 'other,part');
select checks.answers($$select string_agg(concat_ws(' ', name, query), ', ' order by id) from ticket_views$$,
  'v customer:▇ status:open, once status:open, other customer:dora@qother.test, ▇ f1000000-0000-7000-8000-000000000005 status:open, ▇ f1000000-0000-7000-8000-000000000006 Vogelsang, ▇ ');
select checks.answers(format('select pg_temp.copies(%L)', word), '')
  from (values ('xmeta'), ('xreason'), ('xvalue'), ('xsubject'), ('xticket'), ('xbody'), ('xmessage'), ('xelsewhere'), ('xanswer'),
               ('qhome'), ('quvo'), ('quentin'), ('quirina'), ('zweig'), ('carl.desk'), ('zebra')) as v (word);
select checks.become('anna');
select checks.answers($$select desk.verify_audit(1, 100) -> 'problems'$$, '[]');
select checks.answers(
  $$select count(*) > 0 and bool_and(detail ->> 'reason' = 'asked by letter') from desk.audit_entry where action = 'erased' and object ->> 'kind' = 'customer'$$, 'true');
-- And the address is free.
select checks.answers($$select desk.ensure_customer('c1000000-0000-7000-8000-000000000004', 'qv@qhome.test')$$, 'c1000000-0000-7000-8000-000000000004');
-- A ticket of another customer that has its subject from theirs: split off, split off that, followed up; now or once. A
-- subject of its own stays.
insert into customers (id, name) values ('c1000000-0000-7000-8000-000000000005', 'Wanda'), ('c1000000-0000-7000-8000-000000000006', 'Rita');
insert into tickets (id, customer_id, subject) values
  ('71000000-0000-7000-8000-0000000000b1', 'c1000000-0000-7000-8000-000000000005', 'zwombat bill'),
  ('71000000-0000-7000-8000-0000000000b2', 'c1000000-0000-7000-8000-000000000006', 'Of Rita');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body)
select m.id::uuid, m.ticket_id::uuid, 'customer', m.sender_id::uuid, 'x'
  from (values
    (1, '51000000-0000-7000-8000-0000000000b1', '71000000-0000-7000-8000-0000000000b1', 'c1000000-0000-7000-8000-000000000005'),
    (2, '51000000-0000-7000-8000-0000000000b2', '71000000-0000-7000-8000-0000000000b2', 'c1000000-0000-7000-8000-000000000006'),
    (3, '51000000-0000-7000-8000-0000000000b3', '71000000-0000-7000-8000-0000000000b2', 'c1000000-0000-7000-8000-000000000006'),
    (4, '51000000-0000-7000-8000-0000000000b4', '71000000-0000-7000-8000-0000000000b2', 'c1000000-0000-7000-8000-000000000006'),
    (5, '51000000-0000-7000-8000-0000000000b5', '71000000-0000-7000-8000-0000000000b2', 'c1000000-0000-7000-8000-000000000006')
  ) as m (place, id, ticket_id, sender_id)
 order by m.place;
select desk.merge_tickets(array['71000000-0000-7000-8000-0000000000b2']::uuid[], '71000000-0000-7000-8000-0000000000b1');
select desk.split_ticket('71000000-0000-7000-8000-0000000000b1', '51000000-0000-7000-8000-0000000000b5', '71000000-0000-7000-8000-0000000000b5', 'Rita alone');
select desk.split_ticket('71000000-0000-7000-8000-0000000000b1', '51000000-0000-7000-8000-0000000000b4', '71000000-0000-7000-8000-0000000000b4', null);
update tickets set subject = 'Rita renamed' where id = '71000000-0000-7000-8000-0000000000b4';
select desk.split_ticket('71000000-0000-7000-8000-0000000000b1', '51000000-0000-7000-8000-0000000000b2', '71000000-0000-7000-8000-0000000000b3', null);
select desk.split_ticket('71000000-0000-7000-8000-0000000000b3', '51000000-0000-7000-8000-0000000000b3', '71000000-0000-7000-8000-0000000000b6', null);
update tickets set subject = 'Wanda renamed' where id = '71000000-0000-7000-8000-0000000000b1';
reset role;
insert into tickets (organization_id, id, customer_id, subject, follow_up_of)
values (checks.organization('anna'), '71000000-0000-7000-8000-0000000000b7', 'c1000000-0000-7000-8000-000000000006', 'zwombat bill', '71000000-0000-7000-8000-0000000000b6');
select checks.answers($$select pg_temp.copies('zwombat') ~ 'tickets' and pg_temp.copies('zwombat') ~ 'audit_records'$$, 'true');
select checks.answers($$select string_agg(c.name, ' ' order by t.id) from tickets t join customers c on c.id = t.customer_id where t.id::text like '%0000b_'$$, 'Wanda Rita Rita Rita Rita Rita Rita');
select checks.become('anna');
select checks.answers($$select desk.erase_customer('c1000000-0000-7000-8000-000000000005', null) #>> '{erased,tickets}'$$, '1');
select checks.answers($$select string_agg(subject, ', ' order by id) from tickets where id::text like '%0000b_'$$,
  '[erased], Of Rita, [erased], Rita renamed, Rita alone, [erased], [erased]');
reset role;
select checks.answers($$select pg_temp.copies('zwombat')$$, '');
select checks.become('anna');
select checks.answers($$select desk.verify_audit(1, 100) -> 'problems'$$, '[]');
