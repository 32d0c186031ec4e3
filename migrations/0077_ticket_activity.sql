-- What a message changes of its ticket, and what is looked at then, less of it.

-- One message: what is not set has no trigger looked at, so that a reply leaves the status and the snooze out, and a later
-- one the first reply.
create or replace function desk.messages_inserted() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  one record;
  customer text;
begin
  select n.organization_id, n.ticket_id, n.id, n.created_at, n.body, n.sender_type, n.sender_id, n.is_automatic,
         n.sender_type = 'agent' and not n.is_internal and not n.is_automatic as is_reply,
         (select count(*) from new_messages) as count,
         (
           select t.first_reply_at from public.tickets t
            where t.organization_id = n.organization_id and t.id = n.ticket_id
         ) as first_reply_at
    into one
    from new_messages n
   limit 1;
  if one.count is null then
    return null;
  elsif one.count = 1 then
    if one.sender_type = 'customer' then
      customer := coalesce(current_setting('app.customer_id', true), '');
      perform set_config('app.customer_id', one.sender_id::text, true);
    end if;
    if one.sender_type = 'customer' and not one.is_automatic then
      update public.tickets t
         set last_activity_at = greatest(t.last_activity_at, one.created_at),
             waiting_since = case when t.status_code = 'closed' then null else least(t.waiting_since, one.created_at) end,
             status = case when t.status_code = 'closed' then t.status else 'open' end,
             snoozed_until = case when t.keep_snoozed then t.snoozed_until end
       where t.organization_id = one.organization_id
         and t.id = one.ticket_id;
    elsif one.is_reply and one.first_reply_at <= one.created_at then
      update public.tickets t
         set last_activity_at = greatest(t.last_activity_at, one.created_at),
             last_reply_at = greatest(t.last_reply_at, one.created_at),
             reply_count = t.reply_count + 1,
             waiting_since = null
       where t.organization_id = one.organization_id
         and t.id = one.ticket_id;
    elsif one.is_reply then
      update public.tickets t
         set last_activity_at = greatest(t.last_activity_at, one.created_at),
             first_reply_at = one.created_at,
             last_reply_at = greatest(t.last_reply_at, one.created_at),
             reply_count = t.reply_count + 1,
             waiting_since = null
       where t.organization_id = one.organization_id
         and t.id = one.ticket_id;
    else
      update public.tickets t
         set last_activity_at = greatest(t.last_activity_at, one.created_at),
             waiting_since = case when t.status_code = 'closed' then null else t.waiting_since end
       where t.organization_id = one.organization_id
         and t.id = one.ticket_id;
    end if;
    if customer is not null then
      perform set_config('app.customer_id', customer, true);
    end if;
    insert into desk.search_documents (organization_id, ticket_id, source_id, search)
    values (
      one.organization_id, one.ticket_id, one.id,
      -- No word of it can be too long, of which PostgreSQL would tell the client.
      case when octet_length(one.body) < 2048 then to_tsvector('pg_catalog.simple', one.body)
        else desk.search_vector(one.body)
      end);
    return null;
  end if;

  -- A ticket's change has one actor: the customer where nobody else said anything.
  if not exists (
    select from new_messages n
     where n.sender_type <> 'customer' or n.sender_id <> one.sender_id
  ) then
    customer := coalesce(current_setting('app.customer_id', true), '');
    perform set_config('app.customer_id', one.sender_id::text, true);
  end if;
  update public.tickets t
     set last_activity_at = greatest(t.last_activity_at, m.last_at),
         first_reply_at = least(t.first_reply_at, m.first_reply_at),
         last_reply_at = greatest(t.last_reply_at, m.last_reply_at),
         reply_count = t.reply_count + m.replies,
         waiting_since = case
           when t.status_code = 'closed' then null
           when m.replies > 0 then m.asked_again_at
           else least(t.waiting_since, m.asked_at)
         end,
         status = case when m.asked_at is not null and t.status_code <> 'closed' then 'open' else t.status end,
         snoozed_until = case when m.asked_at is not null and not t.keep_snoozed then null else t.snoozed_until end
    from (
      select n.organization_id,
             n.ticket_id,
             max(n.created_at) as last_at,
             count(*) filter (where n.is_reply) as replies,
             min(n.created_at) filter (where n.is_reply) as first_reply_at,
             max(n.created_at) filter (where n.is_reply) as last_reply_at,
             min(n.created_at) filter (where n.is_question) as asked_at,
             min(n.created_at) filter (where n.is_question and n.place > n.answered) as asked_again_at
        from (
          select p.organization_id, p.ticket_id, p.created_at, p.place, p.is_reply, p.is_question,
                 coalesce(max(p.place) filter (where p.is_reply) over (partition by p.ticket_id), 0) as answered
            from (
              select i.organization_id, i.ticket_id, i.created_at,
                     row_number() over (order by i.created_at) as place,
                     i.sender_type = 'agent' and not i.is_internal and not i.is_automatic as is_reply,
                     i.sender_type = 'customer' and not i.is_automatic as is_question
                from new_messages i
            ) as p
        ) as n
       group by n.organization_id, n.ticket_id
    ) as m
   where t.organization_id = m.organization_id
     and t.id = m.ticket_id;
  if customer is not null then
    perform set_config('app.customer_id', customer, true);
  end if;

  insert into desk.search_documents (organization_id, ticket_id, source_id, search)
  select n.organization_id, n.ticket_id, n.id, desk.search_vector(n.body)
    from new_messages n;
  return null;
end
$$;

-- A change of what messages change alone is a version of the ticket too.
create function desk.keep_activity() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if new.last_activity_at <> old.last_activity_at or new.last_reply_at is distinct from old.last_reply_at
     or new.first_reply_at is distinct from old.first_reply_at
  then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;

-- By columns: for a reply the rest of the row is not compared.
create trigger b_activity
  before update of last_activity_at, first_reply_at, last_reply_at on public.tickets
  for each row execute function desk.keep_activity();
drop trigger b_row on public.tickets;
create trigger b_row
  before update of
    customer_id, assigned_to, subject, status, priority, metadata, tags, snoozed_until, keep_snoozed, version, updated_at
  on public.tickets
  for each row execute function desk.keep_ticket();

revoke all on function desk.keep_activity() from public;
