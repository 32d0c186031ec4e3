-- With its seals; no transaction of the cluster is as old as this says.
update desk.audit_records set xid = '10';
select desk.seal_audit();
create temporary table before on commit drop as
select checks.fingerprint(checks.organization('zoe')) as hash;
select checks.touches($$delete from organizations where clerk_id = 'org_one'$$, 1);
select checks.answers($$select checks.census(checks.organization('anna')) ~ ' [1-9]'$$, 'false');
select checks.answers($$select hash = checks.fingerprint(checks.organization('zoe')) from before$$, 'true');
