-- A key is known to the agent who used it and to nobody else.
select checks.become('bob');
insert into desk.idempotency_keys (key, method, params_hash) values ('k', 'tickets.create', sha256('1'));
select checks.become('zoe');
select checks.answers($$select count(*) from desk.idempotency_keys$$, '0');
select checks.touches($$update desk.idempotency_keys set answer = '{}'$$, 0);
select checks.fails($$insert into desk.idempotency_keys (organization_id, key, method, params_hash) values (checks.organization('bob'), 'z', 'x', sha256('1'))$$, '42501');
select checks.become('anna');
select checks.answers($$select count(*) from desk.idempotency_keys$$, '0');
select checks.touches($$update desk.idempotency_keys set answer = '{}'$$, 0);
select checks.fails($$insert into desk.idempotency_keys (agent_id, key, method, params_hash) values (checks.agent('bob'), 'z', 'x', sha256('1'))$$, '42501');
select checks.answers($$select count(*) from desk.recall('k', 'tickets.create', sha256('1'))$$, '0');
-- The same key of another agent is another key.
select checks.touches($$insert into desk.idempotency_keys (key, method, params_hash) values ('k', 'x', sha256('2'))$$, 1);
select checks.fails($$select desk.forget_answers(checks.organization('anna'), gen_random_uuid())$$, '42501');
select checks.fails($$select desk.expire_idempotency_keys(1)$$, '42501');
select checks.become('bob');
select checks.fails($$insert into desk.idempotency_keys (key, method, params_hash) values ('k', 'x', sha256('1'))$$, '23505', 'idempotency_keys_pkey');
select checks.fails($$select desk.use_key('k', 'x', sha256('1'))$$, '23505', 'idempotency_keys_pkey');
select checks.touches($$delete from desk.idempotency_keys$$, 0);
select checks.fails($$select desk.recall('k', 'tickets.create', sha256('1'))$$, 'DK423', 'answer_gone', '/idempotency_key');
select checks.touches($$update desk.idempotency_keys set answer = '{"id": "71000000-0000-7000-8000-000000000001"}' where key = 'k'$$, 1);
select checks.answers($$select desk.recall('k', 'tickets.create', sha256('1'))$$, '{"id": "71000000-0000-7000-8000-000000000001"}');
select checks.fails($$select desk.recall('k', 'tickets.create', sha256('2'))$$, 'DK409', 'idempotency_mismatch', '/idempotency_key');
select checks.fails($$select desk.recall('k', 'tickets.update', sha256('1'))$$, 'DK409', 'idempotency_mismatch', '/idempotency_key');
-- What is erased is forgotten here as well, and that only.
reset role;
set local role desk_keeper;
select checks.answers($$select desk.forget_answers(checks.organization('zoe'), '71000000-0000-7000-8000-000000000001')$$, '0');
select checks.answers($$select desk.forget_answers(checks.organization('bob'), '71000000-0000-7000-8000-000000000002')$$, '0');
select checks.answers($$select desk.forget_answers(checks.organization('bob'), '71000000-0000-7000-8000-000000000001')$$, '1');
-- Nothing is left that a guess could be tried on, and every guess is told the same.
reset role;
select checks.answers($$select count(*) from desk.idempotency_keys where agent_id = checks.agent('bob') and params_hash is null$$, '1');
select checks.become('bob');
select checks.fails($$select desk.recall('k', 'tickets.create', sha256('1'))$$, 'DK423', 'answer_gone');
select checks.fails($$select desk.recall('k', 'tickets.create', sha256('2'))$$, 'DK423', 'answer_gone');
-- Keys live for a day, whether or not they have been swept away since, and can then be used again by their agent.
reset role;
update desk.idempotency_keys set created_at = now() - interval '25 hours';
select checks.become('anna');
select checks.touches($$delete from desk.idempotency_keys where agent_id = checks.agent('bob')$$, 0);
select checks.become('zoe');
select checks.touches($$delete from desk.idempotency_keys$$, 0);
select checks.become('bob');
select checks.answers($$select count(*) from desk.recall('k', 'tickets.create', sha256('2'))$$, '0');
select checks.answers($$select desk.use_key('k', 'tickets.update', sha256('2'))$$, '');
select checks.touches($$update desk.idempotency_keys set answer = '{}' where key = 'k'$$, 1);
select checks.answers($$select desk.recall('k', 'tickets.update', sha256('2'))$$, '{}');
-- The oldest go first, a few at a time.
reset role;
update desk.idempotency_keys set created_at = now() where agent_id = checks.agent('anna');
update desk.idempotency_keys set created_at = now() - interval '25 hours' where agent_id = checks.agent('bob');
insert into desk.idempotency_keys (organization_id, agent_id, key, method, params_hash, created_at)
select checks.organization('bob'), checks.agent('bob'), 'old ' || i, 'x', sha256('1'), now() - i * interval '26 hours'
  from generate_series(1, 2) as i;
set local role deskpipe_maintain;
select checks.answers($$select desk.expire_idempotency_keys(1)$$, '1');
reset role;
select checks.answers($$select string_agg(key, ', ' order by key) from desk.idempotency_keys where agent_id = checks.agent('bob')$$, 'k, old 1');
set local role deskpipe_maintain;
select checks.answers($$select desk.expire_idempotency_keys(10)$$, '2');
select checks.answers($$select desk.expire_idempotency_keys(10)$$, '0');
reset role;
select checks.answers($$select count(*) from desk.idempotency_keys where agent_id = checks.agent('anna')$$, '1');
