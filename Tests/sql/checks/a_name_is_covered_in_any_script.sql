-- A person's name is covered wherever it stands as a word, and in scripts without spaces between words wherever it stands;
-- short names are names as well, but what is left of others' words stays.
create temporary table cases (name text, entered text, body text, covered text) on commit drop;
grant select on cases to public;
insert into cases values
  ('han', '王伟', 'Hello 王伟, 王伟先生你好', 'Hello ▇, ▇先生你好'),
  ('kanji', '山田太郎', '私は山田太郎です。山田太郎', '私は▇です。▇'),
  ('spaced', '山田 花子', '山田花子様、山田様、花子様、花様', '▇様、▇様、▇様、花様'),
  ('kana', 'サトウ', 'サトウさんとブサトウ', '▇さんとブ▇'),
  ('thai', 'สมชาย', 'สวัสดีสมชายครับ', 'สวัสดี▇ครับ'),
  ('hangul', '김철수', '김철수는 김철', '▇는 김철'),
  ('rare', '𠮷野', '𠮷野家の𠮷', '▇家の𠮷'),
  ('short', 'Bo', 'BO, bo先生 先Bo: Bob, hobo', '▇, ▇先生 先▇: Bob, hobo'),
  ('part', 'Li Zhang', 'Li Zhang: li is no word of theirs, zhang is', '▇: li is no word of theirs, ▇ is');
select checks.become('bob');
insert into customers (id, name) select md5(c.name)::uuid, c.entered from cases c;
insert into tickets (id, customer_id, subject) select md5('t' || c.name)::uuid, md5(c.name)::uuid, 'x' from cases c;
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body)
select md5('m' || c.name)::uuid, md5('t' || c.name)::uuid, 'agent', checks.agent('bob'), c.body from cases c;
-- A query is what it was but for the name in it, also where that is how a qualifier is called.
insert into customers (id, name) values (md5('is')::uuid, 'Is');
insert into ticket_views (id, name, query) values
  ('f1000000-0000-7000-8000-000000000001', '王伟的工单', 'customer:王伟 is:unassigned'),
  ('f1000000-0000-7000-8000-000000000002', 'Bob', 'customer:Bo "for Is" is:unassigned');
insert into desk.idempotency_keys (key, method, params_hash)
select c.name, 'x', sha256('x') from cases c where c.name in ('kanji', 'short', 'thai');
insert into desk.idempotency_keys (key, method, params_hash) values ('other', 'x', sha256('x'));
update desk.idempotency_keys k set answer = jsonb_build_object('said', coalesce((select c.body from cases c where c.name = k.key), 'Bob'));

select checks.become('anna');
do $$
begin
  perform desk.erase_customer(md5(n.name)::uuid, null) from (select c.name from cases c union select 'is') as n;
end
$$;
select checks.answers(format('select body from ticket_messages where id = %L', md5('m' || c.name)::uuid), c.covered) from cases c;
reset role;
select checks.answers($$select string_agg(concat_ws(' | ', v.name, v.query), ', ' order by v.id) from ticket_views v$$,
  '▇的工单 | customer:▇ is:unassigned, Bob | customer:▇ "for ▇" is:unassigned');
select checks.answers($$select string_agg(k.key, ' ') from desk.idempotency_keys k where k.answer is not null$$, 'other');
select checks.answers($$select count(*) from desk.audit_records r where concat(r.old_values, r.new_values) ~ '王伟|太郎|サトウ|สมชาย|김철수|𠮷野|Zhang'$$, '0');
