-- The demo desk, third part: 300 tickets of the last 90 days, told from the stories.

create temporary table demo_ticket on commit drop as
select t.*,
       case
         when t.age < interval '3 days' then
           pg_temp.one_of(t.key || 'stage', array['new', 'new', 'asked', 'pending', 'pending', 'solved'])
         when t.age < interval '14 days' then
           pg_temp.one_of(t.key || 'stage', array['new', 'asked', 'pending', 'pending', 'solved', 'solved', 'solved', 'closed'])
         else pg_temp.one_of(t.key || 'stage', array['asked', 'pending', 'solved', 'closed', 'closed', 'closed', 'closed', 'closed'])
       end as stage
  from (
    select o.organization, o.organization || i as key, i,
           pg_temp.id(o.organization) as organization_id,
           pg_temp.id('ticket ' || o.organization || i) as id,
           -- Newer days have more of them.
           power(i::double precision / o.tickets, 1.4) * interval '89 days'
             + pg_temp.pick(o.organization || i || 'minute', 1200) * interval '1 minute' as age,
           s.number as story, s.priority, s.answers, s.subjects, s.openings, s.replies, s.followups, s.resolutions, s.notes,
           c.id as customer_id, c.name as customer_name, c.city, c.company,
           a.id as agent_id, a.name as agent_name,
           pg_temp.pick(o.organization || i || 'voice', 1000) as voice
      from (values ('moorland', 180), ('tallybird', 120)) as o (organization, tickets)
      cross join lateral generate_series(1, o.tickets) as i
      join demo_story s on s.organization = o.organization
        and s.number = (i * 7 + i / 12) % (select count(*) from demo_story n where n.organization = o.organization)
      join demo_customer c on c.organization = o.organization
        and c.number = 1 + pg_temp.pick(o.organization || i || 'customer',
          (select count(*)::integer from demo_customer n where n.organization = o.organization))
      cross join lateral (
        select p.id, p.name from public.agent_profiles p
         where p.organization_id = pg_temp.id(o.organization) and p.deactivated_at is null
         order by md5(p.clerk_user_id || o.organization || i) limit 1
      ) as a
  ) as t;

-- What is filled in is decided by the ticket; every message of one ticket says the same.
create function pg_temp.tell(text_with_names text, ticket demo_ticket) returns text
  language sql stable
  return replace(replace(replace(replace(replace(replace(replace(replace(
    text_with_names,
    '{first}', split_part(ticket.customer_name, ' ', 1)),
    '{agent}', split_part(ticket.agent_name, ' ', 1)),
    '{model}', pg_temp.one_of(ticket.customer_name || 'model', array['Heron 2', 'Curlew', 'Curlew Cargo', 'Plover Mini'])),
    '{order}', 'MC-' || 20000 + pg_temp.pick(ticket.key || 'order', 9999)),
    '{city}', ticket.city),
    '{company}', coalesce(ticket.company, 'our company')),
    '{days}', (2 + pg_temp.pick(ticket.key || 'days', 26))::text),
    '{amount}', (19 + pg_temp.pick(ticket.key || 'amount', 180))::text);

create temporary table demo_message on commit drop as
with told as (
  select t.*, t as ticket, now() - t.age as opened, t.answers[1 + t.voice % 3] as answer,
         split_part(t.customer_name, ' ', 1) as first, split_part(t.agent_name, ' ', 1) as agent,
         -- From answer to answer: minutes on good days, a day on others.
         (4 + power(pg_temp.pick(t.key || 'pace', 100), 1.5)) * interval '1 minute' as pace,
         pg_temp.one_of(t.key || 'hello', array['', '', E'Hello,\n\n', E'Hi all,\n\n', E'Good morning,\n\n']) as hello,
         pg_temp.one_of(t.key || 'bye', array['', E'\n\nThanks,\n', E'\n\nBest regards\n', E'\n\nCheers, ', E'\n\n']) as bye,
         case t.organization when 'moorland' then E'\n\nBest wishes\n' else E'\n\nAll the best,\n' end as signature
    from demo_ticket t
), steps as (
  select t.*, 1 as step, interval '0' as after, 'customer' as sender, false as internal,
         case when o.opening ~ '^(Hi|Hello|Good)' then '' else t.hello end || o.opening
           || case when t.bye = '' then '' else t.bye || t.first end as body
    from told t, lateral (select t.openings[1 + t.voice % 3] as opening) as o
  union all
  select t.*, 2, t.pace * 0.3, 'system', false,
         'Assigned to ' || t.agent_name || case when t.priority = 'urgent' then ' and marked as urgent' else '' end || '.'
    from told t
   where t.stage <> 'new' and t.voice % 5 = 0
  union all
  select t.*, 3, t.pace * 0.7, 'agent', true, t.notes[least(t.answer, cardinality(t.notes))]
    from told t
   where t.stage <> 'new' and t.voice % 7 < 3
  union all
  select t.*, 4, t.pace, 'agent', false,
         t.replies[least(t.answer, cardinality(t.replies))] || t.signature || t.agent
    from told t
   where t.stage <> 'new'
  union all
  select t.*, 5, t.pace * 2.1, 'customer', false,
         t.followups[least(t.answer, cardinality(t.followups))] || case when t.bye = '' then '' else t.bye || t.first end
    from told t
   where t.stage not in ('new', 'pending') or t.stage = 'pending' and t.voice % 3 = 0
  union all
  select t.*, 6, t.pace * 2.6, 'agent', false,
         pg_temp.one_of(t.key || 'ask', array[
           'Thank you, ' || t.first || '. One more question so that I get this right: is it the same as last time, or has anything changed since?',
           'Thanks, ' || t.first || '. I''m checking with a colleague and need a photo or a screenshot from you to go with it.',
           'Understood. I''ll wait for your answer to the first part of my question, then I can finish this today.'
         ]) || t.signature || t.agent
    from told t
   where t.stage = 'pending' and t.voice % 3 = 0
  union all
  select t.*, 7, t.pace * 3, 'agent', false,
         t.resolutions[least(t.answer, cardinality(t.resolutions))] || t.signature || t.agent
    from told t
   where t.stage in ('solved', 'closed')
  union all
  select t.*, 8, t.pace * 3.4, 'customer', false,
         pg_temp.one_of(t.key || 'thanks', array[
           'That did it, thank you so much!', 'Perfect, thanks ' || t.agent || '.', 'Brilliant, all good now.',
           'Thanks for the quick help. You can close this.', 'Great service as always.'
         ])
    from told t
   where t.stage in ('solved', 'closed') and t.voice % 2 = 0
  union all
  select t.*, 9, t.pace * 3.5 + interval '7 days', 'system', false, 'Closed after seven days without a new message.'
    from told t
   where t.stage = 'closed'
)
select s.id as ticket_id, s.organization, s.organization_id, s.key, s.step, s.sender, s.internal, s.stage,
       s.voice % 4 <> 3 as by_email,
       pg_temp.id('message ' || s.key || s.step) as id,
       case s.sender when 'customer' then s.customer_id when 'agent' then s.agent_id end as sender_id,
       pg_temp.tell(s.body, s.ticket) as body,
       -- A young ticket cannot have had its whole conversation at that pace.
       s.opened + least(s.after, s.age * (s.step / 10.0)) as created_at
  from steps s;

-- What a subject is about.
create function pg_temp.tags(subject text) returns text[]
  language sql stable
  return array(
    select w.tag
      from (values
        ('battery', 'batter|charg'), ('delivery', 'deliver|parcel|order|ship|courier'), ('returns', 'return|send .* back|refund'),
        ('billing', 'invoice|vat|tax|charge[ds]|paid|payment|price'), ('workshop', 'brake|gear|service|repair|squeak|spoke|wheel'),
        ('login', 'log|password|locked|code'), ('export', 'export|csv|import')
      ) as w (tag, pattern)
     where subject ~* w.pattern);

-- With ids that are the same everywhere; tickets would make them with others.
insert into public.tags (id, organization_id, name, created_at, updated_at)
select distinct pg_temp.id('tag ' || t.organization || n.name), t.organization_id, n.name,
       now() - interval '80 days', now() - interval '80 days'
  from demo_ticket t, unnest(pg_temp.tags(pg_temp.tell(t.subjects[1 + t.voice % 3], t))) as n (name);

insert into public.tickets
  (id, organization_id, customer_id, assigned_to, subject, status, priority, metadata, tags, last_activity_at, created_at)
select t.id, t.organization_id, t.customer_id,
       case when t.stage <> 'new' or t.voice % 5 = 0 then t.agent_id end,
       pg_temp.tell(t.subjects[1 + t.voice % 3], t), 'open',
       case when pg_temp.pick(t.key || 'raised', 8) = 0 then 'high' else t.priority end,
       jsonb_build_object('channel', case when t.voice % 4 <> 3 then 'email' else 'web' end),
       pg_temp.tags(pg_temp.tell(t.subjects[1 + t.voice % 3], t)), now() - t.age, now() - t.age
  from demo_ticket t
 order by t.age desc, t.key;

-- Each ticket comes to what its messages made of it by one change, as if it had been there all the time.
alter table public.ticket_messages disable trigger z_said;
insert into public.ticket_messages
  (id, organization_id, ticket_id, sender_type, sender_id, body, is_internal, email_message_id, in_reply_to,
   delivery_status, delivery_error, delivery_updated_at, metadata, created_at, updated_at)
select m.id, m.organization_id, m.ticket_id, m.sender::public.sender_type, m.sender_id, m.body, m.internal,
       case when m.mailed then '<' || m.id || '@' || m.organization || '.example>' end,
       case when m.mailed and m.step > 1 then '<' || lag(m.id) over thread || '@' || m.organization || '.example>' end,
       m.delivery,
       case when m.delivery = 'failed' then '452 4.2.2 The mailbox is full' end,
       case when m.delivery <> 'none' then m.created_at + interval '20 seconds' end,
       '{}', m.created_at, m.created_at
  from (
    select d.*, d.by_email and d.sender <> 'system' and not d.internal as mailed,
           case
             when d.by_email and d.sender = 'agent' and not d.internal then
               case
                 -- Nobody answers what never came.
                 when d.stage = 'pending' and pg_temp.pick(d.key || 'delivery', 9) = 0
                   and d.step = max(d.step) over (partition by d.ticket_id) then 'failed'
                 when pg_temp.pick(d.key || d.step, 25) = 0 then 'sent'
                 else 'delivered'
               end
             else 'none'
           end as delivery
      from demo_message d
  ) as m
window thread as (partition by m.ticket_id, m.mailed order by m.created_at, m.step);

alter table public.ticket_messages enable trigger z_said;
update public.tickets t
   set last_activity_at = greatest(t.last_activity_at, m.last_at),
       first_reply_at = m.first_reply_at,
       last_reply_at = m.last_reply_at,
       reply_count = m.replies,
       message_count = m.messages,
       waiting_since = m.waiting_since
  from (
    select n.ticket_id, max(n.created_at) as last_at, count(*) as messages,
           count(*) filter (where n.is_reply) as replies,
           min(n.created_at) filter (where n.is_reply) as first_reply_at,
           max(n.created_at) filter (where n.is_reply) as last_reply_at,
           min(n.created_at) filter (
             where n.sender_type = 'customer' and n.created_at > coalesce(n.answered_at, '-infinity')
           ) as waiting_since
      from (
        select i.*, max(i.created_at) filter (where i.is_reply) over (partition by i.ticket_id) as answered_at
          from (
            select s.ticket_id, s.created_at, s.sender_type, s.sender_type = 'agent' and not s.is_internal as is_reply
              from public.ticket_messages s
              join demo_ticket d on d.id = s.ticket_id
          ) as i
      ) as n
     group by n.ticket_id
  ) as m
 where t.id = m.ticket_id;
insert into desk.search_documents (organization_id, ticket_id, source_id, search)
select m.organization_id, m.ticket_id, m.id, desk.search_vector(m.body)
  from public.ticket_messages m
  join demo_ticket d on d.id = m.ticket_id;

-- Messages of customers have opened every ticket; now each gets the state that its story ends in.
update public.tickets t
   set status = d.stage::public.ticket_status,
       last_activity_at = t.last_activity_at + interval '1 second'
  from demo_ticket d
 where t.id = d.id and d.stage in ('pending', 'solved', 'closed');

-- They were solved by the last reply, and closed by the last message.
update public.tickets t
   set first_solved_at = t.last_reply_at,
       last_solved_at = t.last_reply_at,
       closed_at = case when t.status = 'closed' then t.last_activity_at end
  from demo_ticket d
 where t.id = d.id and t.status in ('solved', 'closed');

-- Some wait for a day that was agreed upon, a few whatever the customer says in between.
update public.tickets t
   set snoozed_until = date_trunc('hour', now()) + (1 + pg_temp.pick(d.key || 'day', 6)) * interval '1 day',
       keep_snoozed = pg_temp.pick(d.key || 'keep', 3) = 0
  from demo_ticket d
 where t.id = d.id and d.stage = 'pending' and pg_temp.pick(d.key || 'snooze', 5) = 0;

-- The head of the desk follows what is urgent and not settled.
insert into desk.ticket_followers (organization_id, ticket_id, agent_id, created_at)
select t.organization_id, t.id, a.id, t.created_at + interval '1 hour'
  from public.tickets t
  join public.agent_profiles a on a.organization_id = t.organization_id and a.role = 'admin' and a.deactivated_at is null
 where t.organization_id in (pg_temp.id('moorland'), pg_temp.id('tallybird'))
   and t.priority = 'urgent' and t.status in ('open', 'pending');

-- A customer comes back to what was closed long ago: a ticket of its own, which names the old one.
create temporary table demo_follow_up on commit drop as
select distinct on (d.organization)
       d.*, pg_temp.id('ticket ' || d.organization || 'again') as again
  from demo_ticket d
 where d.stage = 'closed'
 order by d.organization, d.i;
insert into public.tickets
  (id, organization_id, customer_id, assigned_to, subject, metadata, tags, follow_up_of, last_activity_at, created_at)
select f.again, t.organization_id, t.customer_id, t.assigned_to, t.subject, t.metadata, t.tags, t.id,
       now() - interval '5 hours', now() - interval '5 hours'
  from demo_follow_up f join public.tickets t on t.id = f.id;
insert into public.ticket_messages
  (id, organization_id, ticket_id, sender_type, sender_id, body, created_at, updated_at)
select pg_temp.id('message ' || f.organization || 'again'), f.organization_id, f.again, 'customer', f.customer_id,
       'Hello again, it is back, exactly as it was then. Can you have another look?', now() - interval '5 hours',
       now() - interval '5 hours'
  from demo_follow_up f;

-- Loading was not an event in any row's life: versions and times are what they would be, with the triggers off.
set local session_replication_role = replica;
do $history$
declare
  demo constant uuid[] := array[pg_temp.id('moorland'), pg_temp.id('tallybird')];
  name text;
begin
  update public.tickets
     set updated_at = last_activity_at,
         version = case status when 'open' then 2 else 4 end
   where organization_id = any (demo);
  update public.customers set version = 1 where organization_id = any (demo);
  update public.organizations set updated_at = created_at where id = any (demo);
  foreach name in array array[
    'agent_profiles', 'customers', 'customer_fields', 'customer_field_values', 'macros', 'email_accounts'
  ] loop
    execute format('update public.%I set updated_at = created_at where organization_id = any ($1)', name) using demo;
  end loop;
  -- Nor did it happen when it was written.
  update desk.audit_records r
     set created_at = coalesce(
           case r.action when 'created' then r.new_values ->> 'created_at' else r.new_values ->> 'last_activity_at' end,
           c.created_at::text, r.created_at::text)::timestamptz
    from desk.audit_records a
    left join public.customers c on a.object_kind = 'customer' and c.id = a.object_id
   where r.organization_id = any (demo) and r.xid = a.xid and r.seq = a.seq and a.organization_id = r.organization_id;
  update desk.audit_records r
     set object_version = t.version
    from public.tickets t
   where r.organization_id = any (demo) and t.id = r.object_id
     and r.seq = (select max(l.seq) from desk.audit_records l where l.ticket_id = t.id and l.object_id = t.id);
end
$history$;
