-- Whatever else a row holds is kept by the desk. One right too many is a way to another version, organization or role.
select checks.answers(
         format(
           $$
           select string_agg(a.attname, ' ' order by a.attname)
             from pg_attribute a
            where a.attrelid = %L::regclass and a.attnum > 0 and has_column_privilege('authenticated', a.attrelid, a.attnum, %L)
           $$,
           name, action),
         columns)
  from (values
    ('organizations', 'insert', null),
    ('organizations', 'update', 'business_hours close_after_days holidays keep_closed_days keep_deleted_days name reopen_days search_language settings support_email time_zone'),
    ('agent_profiles', 'insert', null),
    ('agent_profiles', 'update', 'name settings status'),
    ('customers', 'insert', 'email id metadata name organization_id'),
    ('customers', 'update', 'block_reason blocked_at deleted_at email metadata name'),
    ('customer_fields', 'insert',
     'default_value description field_name field_type id is_required label maximum minimum options organization_id pattern position retired_options'),
    ('customer_fields', 'update', 'default_value description field_name field_type is_required label maximum minimum options pattern position retired_options'),
    ('customer_field_values', 'insert', 'customer_id field_id id organization_id value'),
    ('customer_field_values', 'update', 'value'),
    ('tickets', 'insert', 'assigned_to customer_id id metadata organization_id priority status subject tags'),
    ('tickets', 'update',
     'assigned_to customer_id deleted_at keep_snoozed metadata priority snoozed_until status subject tags'),
    ('ticket_messages', 'insert',
     'body delivery_status email_message_id id in_reply_to is_automatic is_internal metadata organization_id sender_id sender_type ticket_id'),
    ('ticket_messages', 'update', 'deleted_at delivery_error delivery_status email_message_id metadata'),
    ('macros', 'insert', 'actions body created_by id metadata organization_id title visibility'),
    ('macros', 'update', 'actions body deleted_at metadata title visibility'),
    ('email_accounts', 'insert', 'email_address id imap_settings is_active organization_id smtp_settings'),
    ('email_accounts', 'update', 'email_address imap_settings is_active smtp_settings'),
    ('ticket_views', 'insert',
     'columns id is_descending is_shared name organization_id owner_id query sort'),
    ('ticket_views', 'update', 'columns is_descending is_shared name query sort'),
    ('tags', 'insert', null),
    ('tags', 'update', 'name'),
    ('desk.ticket_tags', 'insert', null),
    ('desk.ticket_tags', 'update', null),
    ('desk.ticket_followers', 'insert', 'agent_id organization_id ticket_id'),
    ('desk.ticket_followers', 'update', null),
    ('desk.ticket_viewers', 'insert', 'agent_id expires_at mode organization_id ticket_id'),
    ('desk.ticket_viewers', 'update', 'expires_at mode'),
    ('desk.ticket_counters', 'insert', null),
    ('desk.ticket_counters', 'update', null),
    ('desk.email_secrets', 'insert', null),
    ('desk.email_secrets', 'update', null),
    ('desk.search_documents', 'insert', null),
    ('desk.search_documents', 'update', null),
    ('desk.idempotency_keys', 'insert', 'agent_id key method organization_id params_hash'),
    ('desk.idempotency_keys', 'update', 'answer'),
    ('desk.macro_usage', 'insert', null),
    ('desk.macro_usage', 'update', null),
    ('desk.customer_identities', 'insert', 'customer_id kind organization_id value'),
    ('desk.customer_identities', 'update', null),
    ('desk.customer_merges', 'insert', null),
    ('desk.customer_merges', 'update', null),
    ('desk.ticket_merges', 'insert', null),
    ('desk.ticket_merges', 'update', null),
    ('desk.ticket_spells', 'insert', null),
    ('desk.ticket_spells', 'update', null)
  ) as v (name, action, columns);
select checks.answers(
  $$select string_agg(name::text, ' ' order by name::text) from checks.tables where has_table_privilege('authenticated', name, 'delete')$$,
  'customer_field_values customer_fields desk.customer_identities desk.idempotency_keys desk.ticket_followers desk.ticket_viewers email_accounts tags ticket_views');
-- A table that is not named above.
select checks.answers(
  $$select count(*) from checks.tables where has_any_column_privilege('authenticated', name, 'insert, update')$$, '14');
