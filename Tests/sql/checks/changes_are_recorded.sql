-- One record for each change of each object: who, what, from and to.
create temporary table start on commit drop as select coalesce(max(r.seq), 0) as seq from desk.audit_records r;
create function pg_temp.recorded() returns text language sql as $$
  select string_agg(
           concat_ws(' ', r.object_kind, r.action, r.object_version, r.actor_type,
             (select p.name from checks.people p where checks.agent(p.name) = r.actor_id), r.method,
             r.old_values - '{created_at,last_activity_at,delivery_updated_at}'::text[], '->',
             r.new_values - '{created_at,last_activity_at,delivery_updated_at}'::text[]),
           E'\n' order by r.seq)
    from desk.audit_records r
   where r.seq > (select s.seq from start s) and r.organization_id = checks.organization('anna')
$$;
create function pg_temp.record(statement text, person text default 'anna', only_claims boolean default false)
returns text language plpgsql as $$
begin
  perform set_config('role', 'none', true);
  update start set seq = (select max(r.seq) from desk.audit_records r);
  if person is not null then
    perform checks.become(person, only_claims);
  end if;
  execute statement;
  perform set_config('role', 'none', true), set_config('request.jwt.claims', '', true),
          set_config('app.agent_id', '', true), set_config('app.organization_id', '', true);
  return coalesce(pg_temp.recorded(), 'nothing');
end
$$;
select set_config('app.method', 'some.method', true);
select checks.answers(
  format('select pg_temp.record(%L, %L, %L)', statement, person, only_claims), expected)
  from (values
    (1, $$update tickets set status = 'pending', priority = 'high' where id = '71000000-0000-7000-8000-000000000001'$$, 'bob', false,
     'ticket changed 2 agent bob some.method {"status": "open", "priority": "normal"} -> {"status": "pending", "priority": "high"}'),
    (2, $$update tickets set status = 'pending' where id = '71000000-0000-7000-8000-000000000001'$$, 'bob', false, 'nothing'),
    -- A client that sets only its claims.
    (3, $$update tickets set assigned_to = null where id = '71000000-0000-7000-8000-000000000001'$$, 'bob', true,
     format('ticket changed 3 agent bob some.method {"assigned_to": "%s"} -> {"assigned_to": null}', checks.agent('bob'))),
    -- The owner.
    (4, $$update tickets set subject = 'Owned' where id = '71000000-0000-7000-8000-000000000001'$$, null, false,
     'ticket changed 4 system some.method {"subject": "Printer on fire"} -> {"subject": "Owned"}'),
    (5, $$insert into ticket_messages (id, ticket_id, sender_type, body) values ('51000000-0000-7000-8000-000000000009', '71000000-0000-7000-8000-000000000001', 'system', 'Hello')$$, 'bob', false,
     'message created 1 agent bob some.method -> {"body": "Hello", "metadata": {}, "ticket_id": "71000000-0000-7000-8000-000000000001", "is_internal": false, "sender_type": "system", "is_automatic": false, "delivery_status": "none"}'),
    (6, $$update ticket_messages set delivery_error = 'x' where id = '51000000-0000-7000-8000-000000000009'$$, 'bob', false,
     'message changed 2 agent bob some.method {"delivery_error": null} -> {"delivery_error": "x"}'),
    (7, $$insert into macros (id, title, body) values ('a1000000-0000-7000-8000-000000000001', 'T', 'B')$$, 'anna', false,
     'macro created 1 agent anna some.method -> {"body": "B", "title": "T", "actions": {}, "metadata": {}, "visibility": "all"}'),
    (8, $$delete from macros where id = 'a1000000-0000-7000-8000-000000000001'$$, null, false,
     'macro deleted 2 system some.method {"body": "B", "title": "T", "actions": {}, "metadata": {}, "visibility": "all"} ->'),
    (9, $$update organizations set settings = '{"a": null}'$$, 'anna', false,
     'organization changed 2 agent anna some.method {"settings": {}} -> {"settings": {"a": null}}'),
    (10, $$update agent_profiles set status = 'online' where id = checks.agent('bob')$$, 'anna', false,
     'agent changed 2 agent anna some.method {"status": "offline"} -> {"status": "online"}'),
    -- Only that a password was set.
    (11, $$select desk.set_email_secret('e1000000-0000-7000-8000-000000000001', 'smtp', 'key-1', 'sealed')$$, 'anna', false,
     'email_account changed 2 agent anna some.method {"smtp_password": null} -> {"smtp_password": "sealed"}' || E'\n'
     'email_account changed 3 agent anna some.method {"has_smtp_password": false} -> {"has_smtp_password": true}')
  ) as v (position, statement, person, only_claims, expected)
 order by position;

-- Values are members of their customer; one record a statement. What goes with a customer is told with it.
select checks.answers(
  $$
  select replace(replace(pg_temp.record(
    'select desk.set_customer_fields(''c1000000-0000-7000-8000-000000000001'', ''{"plan":"free","age":null}'')', 'bob'),
    (select id::text from customer_fields where field_name = 'plan' and organization_id = checks.organization('anna')), 'plan'),
    (select id::text from customer_fields where field_name = 'age'), 'age')
  $$,
  'customer changed 2 agent bob some.method {"fields.age": "1.50"} -> {"fields.age": null}' || E'\n'
  'customer changed 2 agent bob some.method {"fields.plan": "pro"} -> {"fields.plan": "free"}');
select checks.become('anna');
select checks.answers($$select desk.moved_members('customer', 'c1000000-0000-7000-8000-000000000001', 1)::text$$, '["fields.age", "fields.plan"]');
select checks.answers($$select desk.moved_members('customer', 'c1000000-0000-7000-8000-000000000001', 2)::text$$, '[]');
select checks.answers($$select desk.moved_members('ticket', '71000000-0000-7000-8000-000000000001', 2)::text$$, '["assigned_to", "subject"]');
select checks.answers($$select desk.moved_members('message', '51000000-0000-7000-8000-000000000009', 1)::text$$, '["delivery_error", "delivery_updated_at"]');
select checks.become('bob');
select checks.answers($$select desk.moved_members('organization', checks.organization('bob'), 1)::text$$, '["settings"]');
select checks.answers($$select count(distinct object_kind) from desk.audit_records$$, '3');
select checks.fails($$update desk.audit_records set method = 'x'$$, '42501');
select checks.fails($$insert into desk.audit_records (organization_id, object_kind, object_id, object_version, action, actor_type) values (checks.organization('bob'), 'ticket', gen_random_uuid(), 1, 'changed', 'system')$$, '42501');
select checks.become('zoe');
select checks.answers($$select desk.moved_members('ticket', '71000000-0000-7000-8000-000000000001', 1)::text$$, '[]');

-- Someone acts in another's name.
select checks.become('bob');
select set_config('request.jwt.claims', '{"sub":"user_bob","org_id":"org_one","act":{"sub":"user_support"}}', true);
update tickets set subject = 'As Bob' where id = '71000000-0000-7000-8000-000000000001';
select set_config('app.customer_id', 'c1000000-0000-7000-8000-000000000001', true);
update tickets set subject = 'As Carl' where id = '71000000-0000-7000-8000-000000000001';
select set_config('app.customer_id', '', true), set_config('role', 'none', true);
select checks.answers(
  $$
  select string_agg(concat_ws(' ', r.actor_type, r.impersonator, r.actor_id = checks.agent('bob')), ', ' order by r.seq)
    from desk.audit_records r
   where r.new_values ->> 'subject' in ('As Bob', 'As Carl')
  $$,
  'agent user_support t, customer user_support f');

-- An agent who lets a program act, by an access token; a word that is like the claim's name is no claim.
select checks.become('bob');
select set_config('request.jwt.claims', '{"sub":"user_bob","client_id":"client_editor","org_id":"org_one"}', true);
update tickets set subject = 'By a program' where id = '71000000-0000-7000-8000-000000000001';
select set_config('request.jwt.claims', '{"sub":"user_bob","org_id":"org_one","org_slug":"client_id"}', true);
update tickets set subject = 'By hand' where id = '71000000-0000-7000-8000-000000000001';
select checks.answers(
  $$
  select string_agg(e.changes #>> '{subject,to}' || ' ' || (e.actor -> 'client_id'), ', ' order by e.seq)
    from desk.audit_entry e
   where e.changes #>> '{subject,to}' like 'By %'
  $$,
  'By a program "client_editor", By hand null');
reset role;

-- Redaction: value and salt go, the digest stays, the record says so; what is now is known still.
select checks.become('bob');
insert into ticket_messages (id, ticket_id, sender_type, body) values ('51000000-0000-7000-8000-000000000007', '71000000-0000-7000-8000-000000000001', 'system', 'My card is 4111');
reset role;
create temporary table digests on commit drop as
select desk.audit_digest(desk.audit_salt(r.salt, 'body'), null, r.new_values -> 'body') as body,
       encode(desk.audit_salt(r.salt, 'metadata'), 'hex') as metadata
  from desk.audit_records r where r.object_id = '51000000-0000-7000-8000-000000000007';
update ticket_messages set body = 'My card is ****' where id = '51000000-0000-7000-8000-000000000007';
set local role desk_keeper;
select checks.answers(
  $$select desk.clean_audit(checks.organization('anna'), 'message', '51000000-0000-7000-8000-000000000007', '{body}', 'redacted', 'a card''s number', '{"body": "My card is ****"}')$$, '2');
select checks.answers(
  $$select desk.clean_audit(checks.organization('anna'), 'message', '51000000-0000-7000-8000-000000000008', null, 'redacted')$$, '0');
reset role;
select checks.answers($$select count(*) from desk.audit_records r where r::text like '%card is 4111%'$$, '0');
select checks.answers(
  $$
  select string_agg(concat_ws(' ', r.action, r.salt is null, r.new_values ->> 'body', r.detail), ', ' order by r.seq)
    from desk.audit_records r
   where r.object_id = '51000000-0000-7000-8000-000000000007'
  $$,
  'created t, changed t, redacted f My card is **** {"reason": "a card''s number", "members": ["body"], "records": 2}');
select checks.answers(
  $$
  select concat_ws(' ', r.cleaned = jsonb_build_object('body', d.body), r.salts ->> 'metadata' = d.metadata, r.salts ? 'body',
                   r.new_values ->> 'metadata')
    from desk.audit_records r, digests d
   where r.object_id = '51000000-0000-7000-8000-000000000007' and r.action = 'created'
  $$,
  't t f {}');
-- What was said before a message was moved to another ticket goes as well.
select checks.become('anna');
insert into tickets (id, customer_id, subject) values ('71000000-0000-7000-8000-000000000002', 'c1000000-0000-7000-8000-000000000001', 'Other');
insert into ticket_messages (id, ticket_id, sender_type, body) values ('51000000-0000-7000-8000-000000000006', '71000000-0000-7000-8000-000000000002', 'system', 'Card 4222');
reset role;
update ticket_messages set ticket_id = '71000000-0000-7000-8000-000000000001' where id = '51000000-0000-7000-8000-000000000006';
set local role desk_keeper;
select checks.answers(
  $$select desk.clean_audit(checks.organization('anna'), 'message', '51000000-0000-7000-8000-000000000006', '{body}', 'redacted')$$, '1');
reset role;
select checks.answers($$select count(*) from desk.audit_records r where r::text like '%Card 4222%'$$, '0');
-- Being merged is a version of its own.
create temporary table versions on commit drop as
select t.version from tickets t where t.id = '71000000-0000-7000-8000-000000000002';
update tickets set merged_into = '71000000-0000-7000-8000-000000000001' where id = '71000000-0000-7000-8000-000000000002';
update tickets set merged_into = null where id = '71000000-0000-7000-8000-000000000002';
select checks.answers(
  $$
  select string_agg(concat_ws(' ', r.action, r.object_version - v.version), ', ' order by r.seq)
    from desk.audit_records r, versions v
   where r.object_id = '71000000-0000-7000-8000-000000000002' and r.action in ('merged', 'unmerged')
  $$,
  'merged 1, unmerged 2');

-- Cascades are no way around.
select checks.become('anna');
reset role;
delete from customers where id = 'c1000000-0000-7000-8000-000000000001';
reset role;
select checks.answers(
  $$
  select string_agg(r.object_kind || ' ' || r.actor_type, ', ' order by r.object_kind, r.object_id)
    from desk.audit_records r where r.action = 'deleted' and r.object_kind <> 'macro'
  $$,
  'customer agent, message agent, message agent, message agent, message agent, ticket agent, ticket agent');

-- A record says one of a few things.
select checks.fails($$update desk.audit_records set action = 'x'$$, '23514', 'audit_action_known');
select checks.fails($$update desk.audit_records set actor_type = 'x'$$, '23514', 'audit_actor_known');
