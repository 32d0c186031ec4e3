-- Which organizations have news: what a process that serves subscriptions asks again and again, for all of them at once.

-- Answers the transaction below which everything has ended, then the organizations that have records of transactions from
-- their position on and below that one, all separated by spaces.
--
-- SECURITY DEFINER: whoever asks does so for many organizations and for none of them, and learns nothing but their ids.
-- For each, the newest end of one index is looked at.
create function desk.event_news(organizations uuid[], positions xid8[]) returns text
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  horizon constant xid8 := pg_snapshot_xmin(pg_current_snapshot());
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
revoke all on function desk.event_news(uuid[], xid8[]) from public;
grant execute on function desk.event_news(uuid[], xid8[]) to deskpipe_identity;
grant create on schema desk to desk_keeper;
alter function desk.event_news(uuid[], xid8[]) owner to desk_keeper;
revoke create on schema desk from desk_keeper;
