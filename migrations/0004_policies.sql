-- Who may do what: one restrictive tenant guard a table, permissive policies a command, grants by column.
--
-- A guard is "column = (select one value)". The subselect runs once a statement and the index on the column serves
-- it; "in (select ...)", or a function called without the subselect, reads the whole table. The value is the setting
-- that a session resolved once; a client that sets only its claims pays for a look-up. A guard is restrictive, so
-- that no permissive policy added later can open the table, and alone says "this tenant": the permissive ones say
-- which of its people.

do $guards$
declare
  t regclass;
  name text;
begin
  for t, name in
    select format('%I.%I', v.schema, v.name)::regclass, v.name
      from (values
        ('public', 'organizations'), ('public', 'agent_profiles'), ('public', 'customers'),
        ('public', 'customer_fields'), ('public', 'customer_field_values'), ('public', 'tickets'),
        ('public', 'ticket_messages'), ('public', 'macros'), ('public', 'email_accounts'),
        ('desk', 'email_secrets'), ('desk', 'search_documents')
      ) as v (schema, name)
  loop
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('revoke all on table %s from public', t);
    -- A managed server may grant everything on a new table to its own roles.
    execute format('revoke all on table %s from authenticated', t);
    if exists (select from pg_roles where rolname = 'anon') then
      execute format('revoke all on table %s from anon', t);
    end if;
    if name <> 'organizations' then
      execute format(
        $guard$
        create policy %I on %s as restrictive to authenticated
          using (organization_id = (
            select coalesce(nullif(current_setting('app.organization_id', true), '')::uuid, desk.claimed_organization())
          ))
        $guard$,
        name || '_tenant', t);
    end if;
  end loop;
end
$guards$;

-- By its clerk_id alone: a guard that looked the organization up would ask itself.
create policy organizations_tenant on public.organizations as restrictive to authenticated
  using (clerk_id = (select desk.claim_organization(auth.jwt())));

-- organizations: everyone reads, admins change.
create policy organizations_select on public.organizations for select to authenticated using (true);
create policy organizations_update on public.organizations for update to authenticated
  using ((select desk.caller_role()) = 'admin');
grant select, update (name, support_email, settings) on public.organizations to authenticated;

-- agent_profiles: everyone reads, each changes their own profile, admins all. role, deactivated_at and the Clerk ids
-- are written by the identity functions only: under an own-row policy alone an agent could become an admin.
create policy agent_profiles_select on public.agent_profiles for select to authenticated using (true);
create policy agent_profiles_update on public.agent_profiles for update to authenticated
  using (
    (select desk.caller_role()) = 'admin'
    or clerk_user_id = (select desk.claim_subject(auth.jwt()))
  );
grant select, update (name, status, settings) on public.agent_profiles to authenticated;

-- customers and their values: everyone reads and writes, admins delete customers.
create policy customers_select on public.customers for select to authenticated using (true);
create policy customers_insert on public.customers for insert to authenticated with check (true);
create policy customers_update on public.customers for update to authenticated using (true);
create policy customers_delete on public.customers for delete to authenticated
  using ((select desk.caller_role()) = 'admin');
grant select, insert (id, organization_id, name, email, metadata), update (name, email, metadata), delete
  on public.customers to authenticated;

create policy customer_field_values_select on public.customer_field_values for select to authenticated using (true);
create policy customer_field_values_insert on public.customer_field_values for insert to authenticated
  with check (true);
create policy customer_field_values_update on public.customer_field_values for update to authenticated using (true);
create policy customer_field_values_delete on public.customer_field_values for delete to authenticated using (true);
grant select, insert (id, organization_id, customer_id, field_id, value), update (value), delete
  on public.customer_field_values to authenticated;

-- customer_fields: everyone reads, admins write.
create policy customer_fields_select on public.customer_fields for select to authenticated using (true);
create policy customer_fields_insert on public.customer_fields for insert to authenticated
  with check ((select desk.caller_role()) = 'admin');
create policy customer_fields_update on public.customer_fields for update to authenticated
  using ((select desk.caller_role()) = 'admin');
create policy customer_fields_delete on public.customer_fields for delete to authenticated
  using ((select desk.caller_role()) = 'admin');
grant select,
  insert (id, organization_id, field_name, field_type, is_required, options, label, description, position),
  update (field_name, field_type, is_required, options, label, description, position), delete
  on public.customer_fields to authenticated;

-- tickets: everyone reads and writes, admins delete.
create policy tickets_select on public.tickets for select to authenticated using (true);
create policy tickets_insert on public.tickets for insert to authenticated with check (true);
create policy tickets_update on public.tickets for update to authenticated using (true);
create policy tickets_delete on public.tickets for delete to authenticated
  using ((select desk.caller_role()) = 'admin');
grant select,
  insert (id, organization_id, customer_id, assigned_to, subject, status, priority, metadata),
  update (customer_id, assigned_to, subject, status, priority, metadata), delete
  on public.tickets to authenticated;

-- ticket_messages: everyone reads and writes, an agent only in their own name. What was said stays: no delete, and
-- of an existing message only what a bridge reports about its delivery changes.
create policy ticket_messages_select on public.ticket_messages for select to authenticated using (true);
create policy ticket_messages_insert on public.ticket_messages for insert to authenticated
  with check (
    sender_type <> 'agent'
    or sender_id = (
      select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent())
    )
  );
create policy ticket_messages_update on public.ticket_messages for update to authenticated using (true);
grant select,
  insert (id, organization_id, ticket_id, sender_type, sender_id, body, is_internal, email_message_id, in_reply_to,
          delivery_status, metadata),
  update (email_message_id, delivery_status, delivery_error, metadata)
  on public.ticket_messages to authenticated;

-- macros: everyone reads and writes; a new one bears its maker's name or none.
create policy macros_select on public.macros for select to authenticated using (true);
create policy macros_insert on public.macros for insert to authenticated
  with check (
    created_by is null
    or created_by = (
      select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent())
    )
  );
create policy macros_update on public.macros for update to authenticated using (true);
create policy macros_delete on public.macros for delete to authenticated using (true);
grant select, insert (id, organization_id, title, body, created_by, metadata), update (title, body, metadata), delete
  on public.macros to authenticated;

-- email_accounts: everyone reads (there is no secret in them), admins write.
create policy email_accounts_select on public.email_accounts for select to authenticated using (true);
create policy email_accounts_insert on public.email_accounts for insert to authenticated
  with check ((select desk.caller_role()) = 'admin');
create policy email_accounts_update on public.email_accounts for update to authenticated
  using ((select desk.caller_role()) = 'admin');
create policy email_accounts_delete on public.email_accounts for delete to authenticated
  using ((select desk.caller_role()) = 'admin');
grant select,
  insert (id, organization_id, email_address, imap_settings, smtp_settings, is_active),
  update (email_address, imap_settings, smtp_settings, is_active), delete
  on public.email_accounts to authenticated;

-- desk.email_secrets and desk.search_documents: nothing for authenticated.

-- The owners of the definer functions. FORCE binds every owner to policies, so each has its own and no more rights
-- than its functions need; none can log in, none needs BYPASSRLS, which managed servers do not give.
create policy organizations_provision on public.organizations to desk_provision using (true);
create policy agent_profiles_provision on public.agent_profiles to desk_provision using (true);
grant select, insert on public.organizations to desk_provision;
grant select, insert, update (role) on public.agent_profiles to desk_provision;

create policy agent_profiles_keeper on public.agent_profiles for select to desk_keeper using (true);
create policy customers_keeper on public.customers to desk_keeper using (true);
create policy tickets_keeper on public.tickets to desk_keeper using (true);
create policy email_accounts_keeper on public.email_accounts to desk_keeper using (true);
create policy email_secrets_keeper on desk.email_secrets to desk_keeper using (true);
create policy search_documents_keeper on desk.search_documents to desk_keeper using (true);
grant select, update (version) on public.customers to desk_keeper;
grant select, update (status, last_activity_at, first_reply_at, last_reply_at) on public.tickets to desk_keeper;
grant select, update (has_imap_password, has_smtp_password) on public.email_accounts to desk_keeper;
grant select (id, organization_id, deactivated_at) on public.agent_profiles to desk_keeper;
grant select, insert, update, delete on desk.email_secrets, desk.search_documents to desk_keeper;

create policy customers_search on public.customers for select to desk_search using (true);
create policy tickets_search on public.tickets for select to desk_search using (true);
create policy search_documents_search on desk.search_documents for select to desk_search using (true);
grant select (id, organization_id, search) on public.customers to desk_search;
grant select (id, organization_id, customer_id, last_activity_at) on public.tickets to desk_search;
grant select on desk.search_documents to desk_search;
