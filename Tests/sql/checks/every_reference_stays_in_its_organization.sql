-- Row level security does not hold for the checks of foreign keys, so the keys themselves carry the organization.
-- Every column that names a row has one; but sender_id, which names two tables, and source_id, two as well; and those of
-- the history, which outlives what it tells of and goes with its organization by a trigger.
select checks.answers(
  $$
  select string_agg(t.name || '.' || a.attname, ' ' order by t.name::text collate "C" desc, a.attname)
    from checks.tables t
    join pg_attribute a on a.attrelid = t.name and a.atttypid = 'uuid'::regtype and a.attnum > 0 and a.attname <> 'id'
   where not exists (
     select from pg_constraint k
      where k.contype = 'f' and k.conrelid = t.name and a.attnum = any (k.conkey)
        and (k.confrelid = 'organizations'::regclass) = (cardinality(k.conkey) = 1)
        and (k.confrelid = 'organizations'::regclass) <= (a.attname = 'organization_id')
   )
  $$,
  'ticket_messages.sender_id desk.ticket_spells.assigned_to desk.ticket_spells.ticket_id '
  'desk.search_documents.source_id desk.audit_seals.organization_id '
  'desk.audit_records.actor_id desk.audit_records.agent_id desk.audit_records.object_id desk.audit_records.organization_id '
  'desk.audit_records.root_id desk.audit_records.ticket_id');
-- Every table of public names its organization by a key of its own as well.
select checks.answers(
  $$
  select string_agg(t.name::text, ' ')
    from checks.tables t join pg_class c on c.oid = t.name
   where c.relnamespace = 'public'::regnamespace
     and not exists (
       select from pg_constraint k
        where k.contype = 'f' and k.conrelid = t.name and k.confrelid = 'organizations'::regclass and k.confdeltype = 'c')
  $$,
  null);

-- Not even without the triggers that look first, nor for a superuser.
insert into tags (organization_id, name) values (checks.organization('zoe'), 'x');
alter table desk.ticket_followers disable trigger user;
alter table tickets disable trigger user;
alter table ticket_messages disable trigger user;
alter table customer_field_values disable trigger user;
alter table customers disable trigger user;
alter table macros disable trigger user;
select checks.fails(
         format('insert into %s (organization_id, %s) values (checks.organization(''zoe''), %s)', name, columns, row),
         '23503', key)
  from (values
    ('tickets', 'number, customer_id, subject', $$9, 'c1000000-0000-7000-8000-000000000001', 'x'$$, 'tickets_customer_fkey'),
    ('tickets', 'number, customer_id, subject, follow_up_of', $$9, 'c2000000-0000-7000-8000-000000000001', 'x', '71000000-0000-7000-8000-000000000001'$$, 'tickets_follow_up_of_fkey'),
    ('desk.ticket_tags', 'ticket_id, tag_id', $$'71000000-0000-7000-8000-000000000001', (select id from tags where organization_id = checks.organization('zoe'))$$, 'ticket_tags_ticket_fkey'),
    ('desk.ticket_tags', 'ticket_id, tag_id', $$'72000000-0000-7000-8000-000000000001', (select id from tags where organization_id = checks.organization('anna'))$$, 'ticket_tags_tag_fkey'),
    ('desk.ticket_followers', 'ticket_id, agent_id', $$'71000000-0000-7000-8000-000000000001', checks.agent('zoe')$$, 'ticket_followers_ticket_fkey'),
    ('desk.ticket_followers', 'ticket_id, agent_id', $$'72000000-0000-7000-8000-000000000001', checks.agent('anna')$$, 'ticket_followers_agent_fkey'),
    ('desk.ticket_viewers', 'ticket_id, agent_id, mode, expires_at', $$'71000000-0000-7000-8000-000000000001', checks.agent('zoe'), 'reading', now()$$, 'ticket_viewers_ticket_fkey'),
    ('desk.ticket_viewers', 'ticket_id, agent_id, mode, expires_at', $$'72000000-0000-7000-8000-000000000001', checks.agent('anna'), 'reading', now()$$, 'ticket_viewers_agent_fkey'),
    ('tickets', 'number, customer_id, subject, assigned_to', $$9, 'c2000000-0000-7000-8000-000000000001', 'x', checks.agent('anna')$$, 'tickets_assigned_to_fkey'),
    ('ticket_messages', 'ticket_id, sender_type, body', $$'71000000-0000-7000-8000-000000000001', 'system', 'x'$$, 'ticket_messages_ticket_fkey'),
    ('ticket_messages', 'ticket_id, sender_type, sender_id, body', $$'72000000-0000-7000-8000-000000000001', 'agent', checks.agent('anna'), 'x'$$, 'ticket_messages_sender_agent_fkey'),
    ('ticket_messages', 'ticket_id, sender_type, sender_id, body', $$'72000000-0000-7000-8000-000000000001', 'customer', 'c1000000-0000-7000-8000-000000000001', 'x'$$, 'ticket_messages_sender_customer_fkey'),
    ('customer_field_values', 'customer_id, field_id, value', $$'c1000000-0000-7000-8000-000000000001', 'f2000000-0000-7000-8000-000000000001', 'x'$$, 'customer_field_values_customer_fkey'),
    ('customer_field_values', 'customer_id, field_id, value', $$'c2000000-0000-7000-8000-000000000001', (select id from customer_fields where field_name = 'age'), 'x'$$, 'customer_field_values_field_fkey'),
    ('desk.customer_identities', 'customer_id, kind, value', $$'c1000000-0000-7000-8000-000000000001', 'chat', 'x:y'$$, 'customer_identities_customer_fkey'),
    ('macros', 'title, body, created_by', $$'x', 'x', checks.agent('anna')$$, 'macros_created_by_fkey'),
    ('customers', 'name, merged_into', $$'x', 'c1000000-0000-7000-8000-000000000001'$$, 'customers_merged_into_fkey'),
    ('customers', 'name, blocked_at, blocked_by', $$'x', now(), checks.agent('anna')$$, 'customers_blocked_by_fkey'),
    ('desk.customer_merges', 'source_id, target_id, merged_at, prior', $$'c2000000-0000-7000-8000-000000000001', 'c1000000-0000-7000-8000-000000000001', now(), '{}'$$, 'customer_merges_target_fkey'),
    ('desk.customer_merges', 'target_id, source_id, merged_at, prior', $$'c2000000-0000-7000-8000-000000000001', 'c1000000-0000-7000-8000-000000000001', now(), '{}'$$, 'customer_merges_source_fkey'),
    ('desk.customer_merges', 'target_id, source_id, merged_by, merged_at, prior', $$'c2000000-0000-7000-8000-000000000001', 'c2000000-0000-7000-8000-000000000001', checks.agent('anna'), now(), '{}'$$, 'customer_merges_merged_by_fkey'),
    ('desk.customer_merges', 'target_id, source_id, undone_by, merged_at, prior', $$'c2000000-0000-7000-8000-000000000001', 'c2000000-0000-7000-8000-000000000001', checks.agent('anna'), now(), '{}'$$, 'customer_merges_undone_by_fkey'),
    ('customers', 'name, deleted_by', $$'x', checks.agent('anna')$$, 'customers_deleted_by_fkey'),
    ('tickets', 'number, customer_id, subject, deleted_by', $$9, 'c2000000-0000-7000-8000-000000000001', 'x', checks.agent('anna')$$, 'tickets_deleted_by_fkey'),
    ('tickets', 'number, customer_id, subject, deleted_at, deleted_with', $$9, 'c2000000-0000-7000-8000-000000000001', 'x', now(), 'c1000000-0000-7000-8000-000000000001'$$, 'tickets_deleted_with_fkey'),
    ('tickets', 'number, customer_id, subject, merged_into', $$9, 'c2000000-0000-7000-8000-000000000001', 'x', '71000000-0000-7000-8000-000000000001'$$, 'tickets_merged_into_fkey'),
    ('tickets', 'number, customer_id, subject, split_from', $$9, 'c2000000-0000-7000-8000-000000000001', 'x', '71000000-0000-7000-8000-000000000001'$$, 'tickets_split_from_fkey'),
    ('desk.macro_usage', 'macro_id', $$(select id from macros where title = 'Hello')$$, 'macro_usage_macro_fkey'),
    ('desk.ticket_merges', 'source_id, target_id, merged_at, prior', $$'72000000-0000-7000-8000-000000000001', '71000000-0000-7000-8000-000000000001', now(), '{}'$$, 'ticket_merges_target_fkey'),
    ('desk.ticket_merges', 'target_id, source_id, merged_at, prior', $$'72000000-0000-7000-8000-000000000001', '71000000-0000-7000-8000-000000000001', now(), '{}'$$, 'ticket_merges_source_fkey'),
    ('desk.ticket_merges', 'target_id, source_id, merged_by, merged_at, prior', $$'72000000-0000-7000-8000-000000000001', '72000000-0000-7000-8000-000000000001', checks.agent('anna'), now(), '{}'$$, 'ticket_merges_merged_by_fkey'),
    ('desk.ticket_merges', 'target_id, source_id, undone_by, merged_at, prior', $$'72000000-0000-7000-8000-000000000001', '72000000-0000-7000-8000-000000000001', checks.agent('anna'), now(), '{}'$$, 'ticket_merges_undone_by_fkey'),
    ('ticket_messages', 'ticket_id, sender_type, body, deleted_by', $$'72000000-0000-7000-8000-000000000001', 'system', 'x', checks.agent('anna')$$, 'ticket_messages_deleted_by_fkey'),
    ('macros', 'title, body, deleted_by', $$'x', 'x', checks.agent('anna')$$, 'macros_deleted_by_fkey'),
    ('desk.email_secrets', 'email_account_id, kind, key_id, sealed', $$'e1000000-0000-7000-8000-000000000001', 'smtp', 'k', 's'$$, 'email_secrets_account_fkey'),
    ('desk.search_documents', 'ticket_id, source_id, search', $$'71000000-0000-7000-8000-000000000001', gen_random_uuid(), ''$$, 'search_documents_ticket_fkey')
  ) as v (name, columns, row, key);
