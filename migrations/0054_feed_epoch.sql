-- Positions in the feed that go on after a dump is restored, where transaction ids begin anew.
--
-- A record's xid is the transaction's, and above its 48 bits the epoch of the feed: how often the desk has come to another
-- server. So what is written there comes after all that was brought along, in seals as well, and a cursor goes on.

create table desk.feed (
  is_only boolean not null default true,
  -- Of this desk, wherever it is: part of every cursor.
  id text not null,
  epoch integer not null,
  -- The row's own xmin and tableoid where they were written. A dump brings these values along, but not xmin itself.
  written xid not null,
  relation oid not null,
  constraint feed_pkey primary key (is_only),
  constraint feed_one check (is_only),
  constraint feed_id_form check (id ~ '^[0-9a-f]{16}$'),
  constraint feed_epoch_range check (epoch between 0 and 32767)
);
alter table desk.feed enable row level security;
alter table desk.feed force row level security;
revoke all on table desk.feed from public, authenticated;
do $anon$
begin
  if exists (select from pg_roles where rolname = 'anon') then
    revoke all on table desk.feed from anon;
  end if;
end
$anon$;
create policy feed_keeper on desk.feed to desk_keeper using (true);
grant select, update (epoch, written, relation) on desk.feed to desk_keeper;

alter table desk.feed no force row level security;
insert into desk.feed (id, epoch, written, relation)
values (substr(encode(sha256(uuid_send(gen_random_uuid())), 'hex'), 1, 16), 0, '0', 0);
update desk.feed f set written = f.xmin, relation = f.tableoid;
alter table desk.feed force row level security;

-- A transaction as a position of an epoch.
create function desk.feed_position(epoch integer, xid xid8) returns xid8
  language sql immutable parallel safe
  return ((epoch::bigint << 48) + xid::text::bigint)::text::xid8;

-- The position of the transaction that asks, for desk_keeper, who writes the history. The first that writes in another
-- database than the last one did begins an epoch; others wait for it.
create function desk.feed_xid() returns xid8
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  present integer;
  is_here boolean;
begin
  select f.epoch, f.written = f.xmin and f.relation = f.tableoid into present, is_here from desk.feed f;
  if not is_here then
    update desk.feed f
       set epoch = f.epoch + 1
     where f.epoch = present and (f.written <> f.xmin or f.relation <> f.tableoid);
    -- In the same transaction, hence of the same xmin; also within a savepoint.
    if found then
      update desk.feed f set written = f.xmin, relation = f.tableoid;
    end if;
    present := (select f.epoch from desk.feed f);
  end if;
  return desk.feed_position(present, pg_current_xact_id());
end
$$;

-- Below this everything has ended. Before anything was written here, that is all that was brought along.
--
-- SECURITY DEFINER: every reader of the feed asks.
create function desk.feed_horizon() returns xid8
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  feed record;
begin
  select f.epoch, f.written = f.xmin and f.relation = f.tableoid as is_here into feed from desk.feed f;
  if feed.is_here then
    return desk.feed_position(feed.epoch, pg_snapshot_xmin(pg_current_snapshot()));
  end if;
  return desk.feed_position(feed.epoch + 1, '0');
end
$$;

create or replace function desk.feed_epoch() returns text
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (select f.id from desk.feed f);
end
$$;

-- Answers the feed's identity, for whoever reads on from a position of that one; null is a position of nowhere. A
-- transaction that has not been yet is one that a standby lost before it took over.
create or replace function desk.require_epoch(epoch text, xid xid8) returns text
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  present constant text := desk.feed_epoch();
begin
  if epoch <> present or epoch is not null and xid > desk.feed_end() then
    perform desk.fail(
      'DK410', 'cursor_foreign', 'The cursor does not belong to this database; read what there is, then start anew.',
      '/cursor');
  end if;
  return present;
end
$$;

-- No transaction has come this far.
create function desk.feed_end() returns xid8
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select case
             when f.written = f.xmin and f.relation = f.tableoid
               then desk.feed_position(f.epoch, pg_snapshot_xmax(pg_current_snapshot()))
             else desk.feed_position(f.epoch + 1, '0')
           end
      from desk.feed f
  );
end
$$;

alter table desk.audit_records alter column xid set default desk.feed_xid();

-- As before, with positions in place of transactions.
create or replace function desk.seal_audit(records integer default 10000) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  horizon constant xid8 := desk.feed_horizon();
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

create or replace function desk.event_news(organizations uuid[], positions xid8[]) returns text
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  horizon constant xid8 := desk.feed_horizon();
begin
  return concat_ws(' ', horizon, (
    select string_agg(o.id::text, ' ')
      from unnest(organizations, positions) as o (id, xid)
     cross join lateral (
       select from desk.audit_records a
        where a.organization_id = o.id and a.xid >= o.xid and a.xid < horizon
        limit 1
     ) as a
  ));
end
$$;

revoke all on function
  desk.feed_position(integer, xid8), desk.feed_xid(), desk.feed_horizon(), desk.feed_end()
  from public;
grant execute on function desk.feed_position(integer, xid8), desk.feed_xid() to desk_keeper;
grant execute on function desk.feed_horizon(), desk.feed_end() to authenticated, desk_keeper;
grant create on schema desk to desk_keeper;
alter function desk.feed_horizon() owner to desk_keeper;
alter function desk.feed_end() owner to desk_keeper;
alter function desk.feed_epoch() owner to desk_keeper;
revoke create on schema desk from desk_keeper;
