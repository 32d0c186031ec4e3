-- A search of tickets takes no longer for a word that everybody writes.
--
-- Of 500,000 tickets with a word each the index alone takes 300 ms to tell them all, only for all but 1,000 to be thrown
-- away. So a word is common where the latest tickets are full of it, or where more than 2,000 documents have it; it is
-- then looked for in the 2,000 tickets of latest activity and in no others.

-- The tickets among so many of latest activity that match, the latest first. It belongs to desk_search, which alone may
-- read what is searched, and runs only inside of desk.search_tickets.
create function desk.latest_matching(organization uuid, wanted tsquery, most integer, capped integer) returns uuid[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return array(
    select n.id
      from (
        select t.id, t.customer_id, t.last_activity_at from public.tickets t
         where t.organization_id = organization
         order by t.last_activity_at desc, t.id desc
         limit most
      ) as n
     -- With a limit a subselect is asked ticket by ticket; an exists would first find all that match.
     where coalesce(
       (select true from desk.search_documents d
         where d.organization_id = organization and d.ticket_id = n.id and d.search @@ wanted
         limit 1),
       (select true from public.customers c
         where c.organization_id = organization and c.id = n.customer_id and c.search @@ wanted
         limit 1),
       false)
     order by n.last_activity_at desc, n.id desc
     limit capped
  );
end
$$;

create or replace function desk.search_tickets(query text, max_hits integer default 1000) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  set client_min_messages = warning
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  wanted constant tsquery := websearch_to_tsquery('pg_catalog.simple', query);
  capped constant integer := least(greatest(max_hits, 0), 1000);
  most constant integer := 2000;
  hits uuid[];
begin
  if organization is null or wanted is null or numnode(wanted) = 0 then
    return '{}';
  end if;
  -- The index tells all that have a word before it tells the first.
  if cardinality(desk.latest_matching(organization, wanted, 128, 8)) = 8 then
    return desk.latest_matching(organization, wanted, most, capped);
  end if;
  hits := array(
    (select d.ticket_id from desk.search_documents d
      where d.organization_id = organization and d.search @@ wanted
      limit most + 1)
    union all
    (select t.id
       from public.customers c
       join public.tickets t on t.organization_id = c.organization_id and t.customer_id = c.id
      where c.organization_id = organization and c.search @@ wanted
      limit most + 1)
  );
  if cardinality(hits) > most then
    return desk.latest_matching(organization, wanted, most, capped);
  end if;
  return array(
    select t.id from public.tickets t
     where t.organization_id = organization and t.id = any (hits)
     order by t.last_activity_at desc, t.id desc
     limit capped
  );
end
$$;

revoke all on function desk.latest_matching(uuid, tsquery, integer, integer) from public;
-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_search;
alter function desk.latest_matching(uuid, tsquery, integer, integer) owner to desk_search;
revoke create on schema desk from desk_search;
