-- How long an organization keeps what is deleted or closed, and the purging of it for good.

alter table public.organizations
  -- Days after which what is deleted is purged.
  add column keep_deleted_days integer not null default 30,
  -- Days after which closed tickets are purged; null is never.
  add column keep_closed_days integer,
  add constraint organizations_keep_deleted_days_range check (keep_deleted_days between 1 and 3650),
  add constraint organizations_keep_closed_days_range check (keep_closed_days between 1 and 36500);
grant update (keep_deleted_days, keep_closed_days) on public.organizations to authenticated;
grant select (keep_deleted_days, keep_closed_days) on public.organizations to desk_keeper;
create index idx_tickets_org_closed on public.tickets (organization_id, closed_at) where closed_at is not null;

create or replace view desk.organization with (security_invoker = true) as
select o.id, o.clerk_id, o.name, o.support_email, o.settings, o.version, o.created_at, o.updated_at,
       o.close_after_days, o.reopen_days, o.search_language, o.keep_deleted_days, o.keep_closed_days
  from public.organizations o;

create policy macros_keeper on public.macros to desk_keeper using (true);
grant select (id, organization_id, deleted_at), update (deleted_at), delete on public.macros to desk_keeper;
grant delete on public.customers, public.tickets, public.ticket_messages to desk_keeper;

-- Deletes a ticket with its messages for good, and those that were merged into it, which are empty; and takes what they
-- held out of the history, also where messages were written to another ticket and came here later.
create function desk.purge_ticket(organization uuid, ticket uuid, reason text) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  moved constant uuid[] := array(
    select distinct a.object_id
      from desk.audit_records a
     where a.organization_id = organization and a.root_id = ticket
       and a.object_kind = 'message' and a.old_values ? 'ticket_id'
  );
begin
  perform desk.purge_ticket(organization, s.id, reason)
     from public.tickets s
    where s.organization_id = organization and s.merged_into = ticket;
  delete from public.tickets t where t.organization_id = organization and t.id = ticket;
  perform desk.clean_audit(organization, 'message', m.id, null, 'purged', reason, place => ticket)
     from unnest(moved) as m (id)
    where not exists (
      select from public.ticket_messages k where k.organization_id = organization and k.id = m.id
    );
  -- What went on to another ticket is not this one's.
  perform desk.clean_audit(organization, 'message', m.id, null, 'purged', reason, place => ticket)
     from (
       select distinct a.object_id as id
         from desk.audit_records a
        where a.organization_id = organization and a.root_id = ticket
          and a.object_kind = 'message' and a.object_id <> all (moved)
     ) as m
    where not exists (
      select from public.ticket_messages k where k.organization_id = organization and k.id = m.id
    );
  perform desk.clean_audit(organization, 'ticket', ticket, null, 'purged', reason);
  perform desk.forget_answers(organization, ticket);
end
$$;

-- Purges what was deleted longer ago than its organization keeps it, and tickets closed longer ago than they are kept:
-- at most so many objects, in no particular order. Their values leave the history, which keeps digests and a record that
-- they were purged. Answers how many there were; what somebody else is changing is left for the next time.
--
-- SECURITY DEFINER: the maintenance login has no right to any table.
create function desk.purge_deleted("limit" integer) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  rest integer := "limit";
  due record;
begin
  -- First what belongs to something, then what it belongs to.
  for due in
    select t.organization_id, t.id, t.is_deleted
      from public.organizations o
      cross join lateral (
        select x.organization_id, x.id, true as is_deleted
          from (
            select d.organization_id, d.id
              from public.tickets d
             where d.organization_id = o.id and d.deleted_at <= now() - make_interval(days => o.keep_deleted_days)
             limit rest
               for update skip locked
          ) as x
        union all
        select y.organization_id, y.id, false
          from (
            select c.organization_id, c.id
              from public.tickets c
             where c.organization_id = o.id and c.closed_at <= now() - make_interval(days => o.keep_closed_days)
               and c.status_code = 'closed' and c.deleted_at is null
             limit rest
               for update skip locked
          ) as y
      ) as t
     limit rest
  loop
    perform desk.purge_ticket(due.organization_id, due.id, case when due.is_deleted then 'deleted' else 'closed' end);
    rest := rest - 1;
  end loop;
  for due in
    select d.organization_id, d.id, d.ticket_id
      from public.organizations o
      cross join lateral (
        select m.organization_id, m.id, m.ticket_id
          from public.ticket_messages m
         where m.organization_id = o.id and m.deleted_at <= now() - make_interval(days => o.keep_deleted_days)
         limit rest
           for update skip locked
      ) as d
     limit rest
  loop
    delete from public.ticket_messages m where m.organization_id = due.organization_id and m.id = due.id;
    perform desk.clean_audit(due.organization_id, 'message', due.id, null, 'purged', 'deleted', place => due.ticket_id);
    perform desk.forget_answers(due.organization_id, due.id);
    rest := rest - 1;
  end loop;
  for due in
    select d.organization_id, d.id
      from public.organizations o
      cross join lateral (
        select c.organization_id, c.id
          from public.customers c
         where c.organization_id = o.id and c.deleted_at <= now() - make_interval(days => o.keep_deleted_days)
           and not exists (
             select from public.tickets t where t.organization_id = c.organization_id and t.customer_id = c.id
           )
         limit rest
           for update skip locked
      ) as d
     limit rest
  loop
    perform desk.purge_customer(due.organization_id, due.id);
    rest := rest - 1;
  end loop;
  for due in
    select d.organization_id, d.id
      from public.organizations o
      cross join lateral (
        select m.organization_id, m.id
          from public.macros m
         where m.organization_id = o.id and m.deleted_at <= now() - make_interval(days => o.keep_deleted_days)
         limit rest
           for update skip locked
      ) as d
     limit rest
  loop
    delete from public.macros m where m.organization_id = due.organization_id and m.id = due.id;
    perform desk.clean_audit(due.organization_id, 'macro', due.id, null, 'purged', 'deleted');
    rest := rest - 1;
  end loop;
  return "limit" - rest;
end
$$;

-- Deletes a customer for good, and with them what they wrote in other customers' tickets.
create function desk.purge_customer(organization uuid, customer uuid) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  written constant jsonb := coalesce(
    (
      select jsonb_object_agg(m.id, m.ticket_id)
        from public.ticket_messages m
       where m.organization_id = organization and m.sender_customer_id = customer
    ),
    '{}');
begin
  delete from public.customers c where c.organization_id = organization and c.id = customer;
  perform desk.clean_audit(
            organization, 'message', w.id::uuid, null, 'purged', 'deleted', place => w.ticket::uuid)
     from jsonb_each_text(written) as w (id, ticket);
  perform desk.clean_audit(organization, 'customer', customer, null, 'purged', 'deleted');
  perform desk.recompute_ticket(organization, t.ticket::uuid)
     from (select distinct w.ticket from jsonb_each_text(written) as w (id, ticket)) as t;
  perform desk.forget_answers(organization, customer);
end
$$;

revoke all on function
  desk.purge_ticket(uuid, uuid, text), desk.purge_customer(uuid, uuid), desk.purge_deleted(integer)
  from public;
grant execute on function desk.purge_ticket(uuid, uuid, text), desk.purge_customer(uuid, uuid) to desk_keeper;
grant execute on function desk.purge_deleted(integer) to deskpipe_maintain;
-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_keeper;
alter function desk.purge_deleted(integer) owner to desk_keeper;
revoke create on schema desk from desk_keeper;

do $history$
begin
  perform desk.audit_table('public.organizations', 'organization');
end
$history$;
