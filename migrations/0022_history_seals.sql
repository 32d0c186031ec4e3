-- Seals: batches of records, one after another for each organization, each with the digests of its records and a hash
-- over them and the hash before. Records are sealed later, by maintenance, so that no writer waits for a chain.
--
-- A batch ends below the oldest transaction that still runs: what commits later has a larger xid, so that no record can
-- come to stand behind the last seal without being in the next.

-- The ticket of what belongs to one, otherwise the object itself. A column of its own, since under row level security no
-- index on coalesce serves.
alter table desk.audit_records
  add column root_id uuid not null generated always as (coalesce(ticket_id, object_id)) stored;
drop index desk.idx_audit_records_object;
create index idx_audit_records_object on desk.audit_records (organization_id, root_id, seq);

create table desk.audit_seals (
  organization_id uuid not null,
  number bigint not null,
  first_xid xid8 not null,
  last_xid xid8 not null,
  last_seq bigint not null,
  -- The records' seq, and their digests of 32 bytes each, in the order of (xid, seq).
  seqs bigint[] not null,
  digests bytea not null,
  hash bytea not null,
  created_at timestamptz not null default now(),
  constraint audit_seals_pkey primary key (organization_id, number),
  constraint audit_seals_digests_length check (octet_length(digests) = 32 * cardinality(seqs)),
  constraint audit_seals_hash_length check (octet_length(hash) = 32)
);
alter table desk.audit_seals alter column organization_id set (n_distinct = 100);
alter table desk.audit_seals enable row level security;
alter table desk.audit_seals force row level security;
revoke all on table desk.audit_seals from public, authenticated;
do $anon$
begin
  if exists (select from pg_roles where rolname = 'anon') then
    revoke all on table desk.audit_seals from anon;
  end if;
end
$anon$;
create policy audit_seals_tenant on desk.audit_seals as restrictive to authenticated
  using (organization_id = (
    select coalesce(nullif(current_setting('app.organization_id', true), '')::uuid, desk.claimed_organization())
  ));
create policy audit_seals_select on desk.audit_seals for select to authenticated
  using ((select desk.caller_role()) = 'admin');
grant select on desk.audit_seals to authenticated;
create policy audit_seals_keeper on desk.audit_seals to desk_keeper using (true);
grant select, insert, delete on desk.audit_seals to desk_keeper;

-- The digest of a record: of everything it says, of each member only its digest, so that it stays the same when members
-- are taken out. plpgsql, whose plan is kept, since it is asked for every record.
create function desk.audit_record_digest(r desk.audit_records) returns bytea
  language plpgsql stable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  return sha256(convert_to(
    jsonb_build_array(
      r.organization_id, r.seq, r.object_kind, r.object_id, r.object_version, r.ticket_id, r.action, r.actor_type,
      r.actor_id, r.impersonator, r.method, extract(epoch from r.requested_at), extract(epoch from r.created_at), r.detail,
      (
        select jsonb_object_agg(
                 k.name,
                 coalesce(
                   r.cleaned ->> k.name,
                   desk.audit_digest(
                     coalesce(decode(r.salts ->> k.name, 'hex'), desk.audit_salt(r.salt, k.name)),
                     r.old_values -> k.name, r.new_values -> k.name)))
          from jsonb_object_keys(
                 coalesce(r.old_values, '{}') || coalesce(r.new_values, '{}') || coalesce(r.cleaned, '{}')) as k (name)
      )
    )::text,
    'UTF8'));
end
$$;

create function desk.audit_seal_hash(previous bytea, number bigint, seqs bigint[], digests bytea) returns bytea
  language sql immutable parallel safe
  return sha256(
    coalesce(previous, '') || convert_to(number || ':' || array_to_string(seqs, ','), 'UTF8') || digests);

-- Seals what waits, at most so many records, at most 1,000 to a seal. Answers how many; 0 when there is nothing, or when
-- somebody else is at it.
--
-- SECURITY DEFINER: the maintenance login has no right to any table.
create function desk.seal_audit(records integer default 10000) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  horizon constant xid8 := pg_snapshot_xmin(pg_current_snapshot());
  waiting record;
  batch record;
  total integer := 0;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('desk.seal_audit', 0)) then
    return 0;
  end if;
  for waiting in
    select o.id, coalesce(s.number, 0) as number, coalesce(s.last_xid, '0') as xid, coalesce(s.last_seq, 0) as seq, s.hash
      from public.organizations o
      left join lateral (
        select l.number, l.last_xid, l.last_seq, l.hash from desk.audit_seals l
         where l.organization_id = o.id
         order by l.number desc
         limit 1
      ) as s on true
     where exists (
       select from desk.audit_records r
        where r.organization_id = o.id
          and (r.xid, r.seq) > (coalesce(s.last_xid, '0'), coalesce(s.last_seq, 0))
          and r.xid < horizon
     )
  loop
    loop
      exit when total >= records;
      select array_agg(d.seq order by d.xid, d.seq) as seqs,
             string_agg(d.digest, '' order by d.xid, d.seq) as digests,
             (array_agg(d.xid order by d.xid, d.seq))[1] as first_xid,
             (array_agg(d.xid order by d.xid desc, d.seq desc))[1] as last_xid
        into batch
        from (
          select r.xid, r.seq, desk.audit_record_digest(r) as digest
            from desk.audit_records r
           where r.organization_id = waiting.id
             and (r.xid, r.seq) > (waiting.xid, waiting.seq)
             and r.xid < horizon
           order by r.xid, r.seq
           limit least(1000, records - total)
        ) as d;
      exit when batch.seqs is null;
      waiting.number := waiting.number + 1;
      waiting.hash := desk.audit_seal_hash(waiting.hash, waiting.number, batch.seqs, batch.digests);
      waiting.xid := batch.last_xid;
      waiting.seq := batch.seqs[cardinality(batch.seqs)];
      insert into desk.audit_seals (organization_id, number, first_xid, last_xid, last_seq, seqs, digests, hash)
      values (
        waiting.id, waiting.number, batch.first_xid, batch.last_xid, waiting.seq, batch.seqs, batch.digests,
        waiting.hash);
      total := total + cardinality(batch.seqs);
    end loop;
    exit when total >= records;
  end loop;
  return total;
end
$$;

-- Walks an organization's seals from a number on and compares each with its records. Answers how many seals and records
-- were looked at, how many records had members taken out as a record of that says, how many are not sealed yet, the
-- last seal, where to go on, and the problems:
--
--   seal_missing    there is no seal of that number, or none as the caller knew it
--   seal_changed    its hash is not that of what is in it and before it
--   record_missing  a record that was sealed is gone
--   record_changed  it says something else, or a digest is another
--   record_added    it stands among sealed records and is not sealed
--   not_explained   members were taken out, and no record says so
--
-- known is the last seal as an earlier call answered it: whoever keeps it notices when the end of the chain was cut off
-- or all of it made anew.
create function desk.verify_audit(start bigint, seals integer, known jsonb default null) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  organization constant uuid := desk.current_organization();
  last record;
  seal record;
  previous bytea;
  -- Where the records of the next seal begin, at the earliest.
  from_xid xid8;
  from_seq bigint;
  expected bigint := start;
  problems jsonb := '[]';
  found_problems jsonb;
  checked_seals integer := 0;
  checked_records integer := 0;
  cleaned integer := 0;
  cleaned_here integer;
begin
  select s.number, s.hash, s.last_xid, s.last_seq into last
    from desk.audit_seals s where s.organization_id = organization
   order by s.number desc limit 1;
  select s.hash, s.last_xid, s.last_seq + 1 into previous, from_xid, from_seq
    from desk.audit_seals s where s.organization_id = organization and s.number = start - 1;
  if known is not null and not exists (
    select from desk.audit_seals s
     where s.organization_id = organization and s.number = (known ->> 'number')::bigint
       and encode(s.hash, 'hex') = known ->> 'hash'
  ) then
    problems := problems || jsonb_build_object('kind', 'seal_missing', 'seal', (known ->> 'number')::bigint);
  end if;
  for seal in
    select s.number, s.first_xid, s.last_xid, s.last_seq, s.seqs, s.digests, s.hash
      from desk.audit_seals s
     where s.organization_id = organization and s.number >= start
     order by s.number
     limit seals
  loop
    while expected < seal.number loop
      problems := problems || jsonb_build_object('kind', 'seal_missing', 'seal', expected);
      expected := expected + 1;
      previous := null;
    end loop;
    if previous is null then
      from_xid := case when seal.number = 1 then '0' else seal.first_xid end;
      from_seq := case when seal.number = 1 then 0 else seal.seqs[1] end;
    end if;
    -- After a gap there is no hash to go on from; the gap is told already.
    if (previous is not null or seal.number = 1)
       and seal.hash <> desk.audit_seal_hash(previous, seal.number, seal.seqs, seal.digests)
    then
      problems := problems || jsonb_build_object('kind', 'seal_changed', 'seal', seal.number);
    end if;
    select coalesce(jsonb_agg(f.problem order by f.seq) filter (where f.problem is not null), '[]'),
           count(*) filter (where f.is_cleaned)
      into found_problems, cleaned_here
      from (
        select coalesce(x.seq, r.seq) as seq,
               r.cleaned is not null and x.seq is not null as is_cleaned,
               case
                 when r.seq is null then jsonb_build_object('kind', 'record_missing', 'seal', seal.number, 'seq', x.seq)
                 when x.seq is null then
                   jsonb_build_object('kind', 'record_added', 'seal', seal.number, 'seq', r.seq)
                   || jsonb_build_object('object', jsonb_build_object('kind', r.object_kind, 'id', r.object_id))
                 when x.digest <> r.digest then
                   jsonb_build_object('kind', 'record_changed', 'seal', seal.number, 'seq', r.seq)
                   || jsonb_build_object('object', jsonb_build_object('kind', r.object_kind, 'id', r.object_id))
                 when r.cleaned is not null and not exists (
                   select from desk.audit_records e
                    where e.organization_id = organization
                      and e.root_id = r.root_id
                      and e.action in ('redacted', 'erased', 'purged')
                      and e.seq > r.seq
                      and e.detail -> 'members' @> (
                        select jsonb_agg(k.name) from jsonb_object_keys(r.cleaned) as k (name))
                 ) then
                   jsonb_build_object('kind', 'not_explained', 'seal', seal.number, 'seq', r.seq)
                   || jsonb_build_object('object', jsonb_build_object('kind', r.object_kind, 'id', r.object_id))
               end as problem
          from (
            select u.seq, substr(seal.digests, 32 * (u.position::integer - 1) + 1, 32) as digest
              from unnest(seal.seqs) with ordinality as u (seq, position)
          ) as x
          full join (
            select a.seq, a.object_kind, a.object_id, a.root_id, a.cleaned, desk.audit_record_digest(a) as digest
              from desk.audit_records a
             where a.organization_id = organization
               and (a.xid, a.seq) >= (from_xid, from_seq)
               and (a.xid, a.seq) <= (seal.last_xid, seal.last_seq)
          ) as r on r.seq = x.seq
      ) as f;
    problems := problems || found_problems;
    cleaned := cleaned + cleaned_here;
    checked_seals := checked_seals + 1;
    checked_records := checked_records + cardinality(seal.seqs);
    previous := seal.hash;
    from_xid := seal.last_xid;
    from_seq := seal.last_seq + 1;
    expected := seal.number + 1;
    -- An answer has an end as well.
    exit when jsonb_array_length(problems) >= 1000;
  end loop;
  return jsonb_build_object(
    'seals', checked_seals,
    'records', checked_records,
    'cleaned', cleaned,
    'unsealed', (
      select count(*)
        from (
          select from desk.audit_records r
           where r.organization_id = organization
             and (r.xid, r.seq) > (coalesce(last.last_xid, '0'), coalesce(last.last_seq, 0))
           limit 100000
        ) as u
    ),
    'last', case when last.number is not null then
      jsonb_build_object('number', last.number, 'hash', encode(last.hash, 'hex')) end,
    'next', case when expected <= last.number then expected end,
    'problems', problems
  );
end
$$;

-- Seals go with their organization, as its records do. SECURITY DEFINER: nobody else may delete them.
create function desk.forget_seals() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  delete from desk.audit_seals s where s.organization_id = old.id;
  return null;
end
$$;
create trigger z_seals after delete on public.organizations
  for each row execute function desk.forget_seals();

revoke all on function
  desk.forget_seals(),
  desk.audit_record_digest(desk.audit_records), desk.audit_seal_hash(bytea, bigint, bigint[], bytea),
  desk.seal_audit(integer), desk.verify_audit(bigint, integer, jsonb)
  from public;
grant execute on function
  desk.audit_record_digest(desk.audit_records), desk.audit_seal_hash(bytea, bigint, bigint[], bytea),
  desk.audit_salt(bytea, text), desk.audit_digest(bytea, jsonb, jsonb)
  to authenticated, desk_keeper;
grant execute on function desk.verify_audit(bigint, integer, jsonb) to authenticated;
grant execute on function desk.seal_audit(integer) to deskpipe_maintain;

grant create on schema desk to desk_keeper;
alter function desk.seal_audit(integer) owner to desk_keeper;
alter function desk.forget_seals() owner to desk_keeper;
revoke create on schema desk from desk_keeper;
