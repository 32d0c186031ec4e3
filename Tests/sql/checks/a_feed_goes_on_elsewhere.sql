-- A row of desk.feed that another transaction has written than it says was copied: the next record begins an epoch.
update desk.feed set id = id;
select checks.answers($$select written = xmin from desk.feed$$, 'false');
select checks.become('anna');
select checks.fails($$select id from desk.feed$$, '42501');
select checks.fails($$select desk.feed_xid()$$, '42501');
-- Before it, all there is has ended.
select checks.answers($$select desk.feed_horizon() = desk.feed_end()$$, 'true');
select set_config('checks.before', desk.feed_horizon()::text, true);
update tickets set subject = 'elsewhere';
savepoint later;
update tickets set subject = 'elsewhere again';
release later;
reset role;
select checks.answers(
  $$select count(*) filter (where xid >= current_setting('checks.before')::xid8) from desk.audit_records where new_values ->> 'subject' like 'elsewhere%'$$,
  '2');
select checks.answers($$select concat_ws(' ', written = xmin, relation = tableoid, epoch > 0) from desk.feed$$, 't t t');
select checks.answers($$select desk.feed_position(3, '7')$$, '844424930131975');
