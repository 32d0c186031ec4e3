-- The tables, their keys and their limits.
--
-- Every constraint has a name: a caller hears what a name means and nothing else. References are composite,
-- (organization_id, x_id), because foreign key checks bypass row level security: with a plain key a message could
-- hang on another tenant's ticket.

create type public.field_type as enum ('text', 'number', 'boolean', 'date', 'select', 'multiselect');
create type public.ticket_status as enum ('open', 'pending', 'solved', 'closed');
create type public.ticket_priority as enum ('low', 'normal', 'high', 'urgent');
create type public.sender_type as enum ('agent', 'customer', 'system');

-- One place says what a valid list of options is: an array of 1 to 200 distinct strings of 1 to 200 characters for
-- the two types that choose, nothing for the others.
create function desk.valid_field_options(type public.field_type, options jsonb) returns boolean
  language sql immutable parallel safe
  return case
    when type not in ('select', 'multiselect') then options is null
    when options is null or jsonb_typeof(options) <> 'array' then false
    else (
      select count(*) between 1 and 200
             and count(*) = count(distinct o.value)
             and bool_and(jsonb_typeof(o.value) = 'string' and char_length(o.value #>> '{}') between 1 and 200)
        from jsonb_array_elements(options) as o (value)
    )
  end;

-- What any settings of a mail server must look like; a password has no place in them.
create function desk.valid_mail_settings(settings jsonb) returns boolean
  language sql immutable parallel safe
  return jsonb_typeof(settings) = 'object'
    and not exists (
      select from jsonb_object_keys(settings) as k (name)
       where k.name ~* '(password|secret|passwd|token|credential)'
    );

create table public.organizations (
  id uuid not null default gen_random_uuid(),
  clerk_id text not null,
  name text not null,
  support_email text,
  settings jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint organizations_pkey primary key (id),
  constraint organizations_clerk_id_key unique (clerk_id),
  constraint organizations_clerk_id_length check (char_length(clerk_id) between 1 and 200),
  constraint organizations_name_length check (char_length(name) between 1 and 200),
  constraint organizations_support_email_length check (octet_length(support_email) <= 320),
  constraint organizations_support_email_format check (support_email ~ '^[^[:space:]@]+@[^[:space:]@]+$'),
  constraint organizations_settings_object check (jsonb_typeof(settings) = 'object'),
  constraint organizations_settings_size check (octet_length(settings::text) <= 65536)
);

create table public.agent_profiles (
  id uuid not null default gen_random_uuid(),
  clerk_user_id text not null,
  organization_id uuid not null,
  name text not null,
  email text,
  role text not null default 'agent',
  status text not null default 'offline',
  settings jsonb not null default '{}',
  deactivated_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint agent_profiles_pkey primary key (id),
  constraint agent_profiles_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint agent_profiles_clerk_user_id_key unique (clerk_user_id, organization_id),
  constraint agent_profiles_email_key unique (email, organization_id),
  constraint agent_profiles_clerk_user_id_length check (char_length(clerk_user_id) between 1 and 200),
  constraint agent_profiles_name_length check (char_length(name) between 1 and 200),
  constraint agent_profiles_email_length check (octet_length(email) <= 320),
  constraint agent_profiles_email_format check (email ~ '^[^[:space:]@]+@[^[:space:]@]+$'),
  constraint agent_profiles_role_known check (role in ('admin', 'agent')),
  constraint agent_profiles_status_known check (status in ('online', 'offline', 'away')),
  constraint agent_profiles_settings_object check (jsonb_typeof(settings) = 'object'),
  constraint agent_profiles_settings_size check (octet_length(settings::text) <= 65536)
);
create unique index agent_profiles_organization_id_id_key on public.agent_profiles (organization_id, id);
create index idx_agent_profiles_org_id on public.agent_profiles (organization_id);

create table public.customers (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  name text not null,
  email text,
  metadata jsonb not null default '{}',
  search tsvector,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint customers_pkey primary key (id),
  constraint customers_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint customers_email_key unique (email, organization_id),
  constraint customers_name_length check (char_length(name) between 1 and 200),
  constraint customers_email_length check (octet_length(email) <= 320),
  constraint customers_email_format check (email ~ '^[^[:space:]@]+@[^[:space:]@]+$'),
  constraint customers_metadata_object check (jsonb_typeof(metadata) = 'object'),
  constraint customers_metadata_size check (octet_length(metadata::text) <= 65536)
);
create unique index customers_organization_id_id_key on public.customers (organization_id, id);
create index idx_customers_org_id on public.customers (organization_id);
create index idx_customers_org_name on public.customers (organization_id, name, id);
create index idx_customers_org_created on public.customers (organization_id, created_at, id);
create index idx_customers_search on public.customers using gin (organization_id, search);

create table public.customer_fields (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  field_name text not null,
  field_type public.field_type not null,
  is_required boolean not null default false,
  options jsonb,
  label text,
  description text,
  position integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint customer_fields_pkey primary key (id),
  constraint customer_fields_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint customer_fields_field_name_key unique (organization_id, field_name),
  constraint customer_fields_field_name_length check (char_length(field_name) between 1 and 200),
  constraint customer_fields_label_length check (char_length(label) between 1 and 200),
  constraint customer_fields_description_length check (char_length(description) <= 2000),
  constraint customer_fields_options_valid check (desk.valid_field_options(field_type, options)),
  constraint customer_fields_options_size check (octet_length(options::text) <= 65536)
);
create unique index customer_fields_organization_id_id_key on public.customer_fields (organization_id, id);
create index idx_customer_fields_org_id on public.customer_fields (organization_id);

create table public.customer_field_values (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  customer_id uuid not null,
  field_id uuid not null,
  value text not null,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint customer_field_values_pkey primary key (id),
  constraint customer_field_values_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint customer_field_values_customer_fkey foreign key (organization_id, customer_id)
    references public.customers (organization_id, id) on delete cascade,
  constraint customer_field_values_field_fkey foreign key (organization_id, field_id)
    references public.customer_fields (organization_id, id) on delete cascade,
  constraint customer_field_values_customer_id_field_id_key unique (customer_id, field_id),
  constraint customer_field_values_value_length check (octet_length(value) <= 8192)
);
create unique index customer_field_values_organization_id_id_key
  on public.customer_field_values (organization_id, id);
create index idx_customer_field_values_org_id on public.customer_field_values (organization_id);
create index idx_customer_field_values_org_customer on public.customer_field_values (organization_id, customer_id);
create index idx_customer_field_values_org_field on public.customer_field_values (organization_id, field_id);

create table public.tickets (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  customer_id uuid not null,
  assigned_to uuid,
  subject text not null,
  status public.ticket_status not null default 'open',
  priority public.ticket_priority not null default 'normal',
  metadata jsonb not null default '{}',
  last_activity_at timestamptz not null default now(),
  first_reply_at timestamptz,
  last_reply_at timestamptz,
  -- Comparisons of an enum are not leakproof, so under row level security no index serves them; text and smallint
  -- are. (A cast of an enum to text is not immutable, hence the case.)
  status_code text not null generated always as (
    case status when 'open' then 'open' when 'pending' then 'pending' when 'solved' then 'solved' else 'closed' end
  ) stored,
  priority_rank smallint not null generated always as (
    case priority when 'low' then 1 when 'normal' then 2 when 'high' then 3 else 4 end
  ) stored,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tickets_pkey primary key (id),
  constraint tickets_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint tickets_customer_fkey foreign key (organization_id, customer_id)
    references public.customers (organization_id, id) on delete cascade,
  constraint tickets_assigned_to_fkey foreign key (organization_id, assigned_to)
    references public.agent_profiles (organization_id, id) on delete set null (assigned_to),
  constraint tickets_subject_length check (char_length(subject) between 1 and 500),
  constraint tickets_metadata_object check (jsonb_typeof(metadata) = 'object'),
  constraint tickets_metadata_size check (octet_length(metadata::text) <= 65536)
);
create unique index tickets_organization_id_id_key on public.tickets (organization_id, id);
create index idx_tickets_org_id on public.tickets (organization_id);
create index idx_tickets_status on public.tickets (status);
create index idx_tickets_org_status on public.tickets (organization_id, status);
create index idx_tickets_org_activity on public.tickets (organization_id, last_activity_at, id);
create index idx_tickets_org_created on public.tickets (organization_id, created_at, id);
create index idx_tickets_org_priority on public.tickets (organization_id, priority_rank, last_activity_at, id);
create index idx_tickets_org_status_activity on public.tickets (organization_id, status_code, last_activity_at, id);
create index idx_tickets_org_assignee on public.tickets (organization_id, assigned_to, last_activity_at, id);
-- "is null" is no equality to the planner, so the index above does not order these.
create index idx_tickets_org_unassigned on public.tickets (organization_id, last_activity_at, id)
  where assigned_to is null;
create index idx_tickets_org_customer on public.tickets (organization_id, customer_id, last_activity_at, id);
alter table public.tickets set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

create table public.ticket_messages (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  ticket_id uuid not null,
  sender_type public.sender_type not null,
  sender_id uuid,
  body text not null,
  is_internal boolean not null default false,
  email_message_id text,
  in_reply_to text,
  delivery_status text not null default 'none',
  delivery_error text,
  delivery_updated_at timestamptz,
  metadata jsonb not null default '{}',
  -- sender_id names two tables; these two carry its foreign keys.
  sender_agent_id uuid generated always as (case when sender_type = 'agent' then sender_id end) stored,
  sender_customer_id uuid generated always as (case when sender_type = 'customer' then sender_id end) stored,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ticket_messages_pkey primary key (id),
  constraint ticket_messages_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint ticket_messages_ticket_fkey foreign key (organization_id, ticket_id)
    references public.tickets (organization_id, id) on delete cascade,
  constraint ticket_messages_sender_agent_fkey foreign key (organization_id, sender_agent_id)
    references public.agent_profiles (organization_id, id),
  -- A generated column cannot be set to null: what a deleted customer wrote goes with them.
  constraint ticket_messages_sender_customer_fkey foreign key (organization_id, sender_customer_id)
    references public.customers (organization_id, id) on delete cascade,
  constraint ticket_messages_sender check ((sender_type = 'system') = (sender_id is null)),
  constraint ticket_messages_internal check (not (is_internal and sender_type = 'customer')),
  constraint ticket_messages_body_length check (octet_length(body) <= 1048576),
  constraint ticket_messages_email_message_id_length check (octet_length(email_message_id) between 1 and 998),
  constraint ticket_messages_in_reply_to_length check (octet_length(in_reply_to) between 1 and 998),
  constraint ticket_messages_delivery_status_known
    check (delivery_status in ('none', 'queued', 'sent', 'delivered', 'failed')),
  constraint ticket_messages_delivery_error_length check (char_length(delivery_error) <= 2000),
  constraint ticket_messages_delivery_internal check (not is_internal or delivery_status = 'none'),
  constraint ticket_messages_metadata_object check (jsonb_typeof(metadata) = 'object'),
  constraint ticket_messages_metadata_size check (octet_length(metadata::text) <= 65536)
);
create unique index ticket_messages_organization_id_id_key on public.ticket_messages (organization_id, id);
create unique index ticket_messages_email_message_id_key
  on public.ticket_messages (organization_id, email_message_id) where email_message_id is not null;
create index idx_ticket_messages_org_id on public.ticket_messages (organization_id);
create index idx_ticket_messages_org_ticket on public.ticket_messages (organization_id, ticket_id, created_at, id);
create index idx_ticket_messages_org_sender_agent
  on public.ticket_messages (organization_id, sender_agent_id) where sender_agent_id is not null;
create index idx_ticket_messages_org_sender_customer
  on public.ticket_messages (organization_id, sender_customer_id) where sender_customer_id is not null;

create table public.macros (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  title text not null,
  body text not null,
  created_by uuid,
  metadata jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint macros_pkey primary key (id),
  constraint macros_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint macros_created_by_fkey foreign key (organization_id, created_by)
    references public.agent_profiles (organization_id, id) on delete set null (created_by),
  constraint macros_title_key unique (organization_id, title),
  constraint macros_title_length check (char_length(title) between 1 and 200),
  constraint macros_body_length check (octet_length(body) between 1 and 32768),
  constraint macros_metadata_object check (jsonb_typeof(metadata) = 'object'),
  constraint macros_metadata_size check (octet_length(metadata::text) <= 65536)
);
create unique index macros_organization_id_id_key on public.macros (organization_id, id);
create index idx_macros_org_id on public.macros (organization_id);
create index idx_macros_org_created_by on public.macros (organization_id, created_by);

create table public.email_accounts (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  email_address text not null,
  imap_settings jsonb not null default '{}',
  smtp_settings jsonb not null default '{}',
  is_active boolean not null default true,
  has_imap_password boolean not null default false,
  has_smtp_password boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint email_accounts_pkey primary key (id),
  constraint email_accounts_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint email_accounts_email_address_key unique (organization_id, email_address),
  constraint email_accounts_email_address_length check (octet_length(email_address) <= 320),
  constraint email_accounts_email_address_format check (email_address ~ '^[^[:space:]@]+@[^[:space:]@]+$'),
  constraint email_accounts_imap_settings_valid check (desk.valid_mail_settings(imap_settings)),
  constraint email_accounts_imap_settings_size check (octet_length(imap_settings::text) <= 65536),
  constraint email_accounts_smtp_settings_valid check (desk.valid_mail_settings(smtp_settings)),
  constraint email_accounts_smtp_settings_size check (octet_length(smtp_settings::text) <= 65536)
);
create unique index email_accounts_organization_id_id_key on public.email_accounts (organization_id, id);
create index idx_email_accounts_org_id on public.email_accounts (organization_id);

-- Sealed passwords, apart from everything that a tenant's call may read.
create table desk.email_secrets (
  organization_id uuid not null,
  email_account_id uuid not null,
  kind text not null,
  key_id text not null,
  sealed text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint email_secrets_pkey primary key (organization_id, email_account_id, kind),
  constraint email_secrets_account_fkey foreign key (organization_id, email_account_id)
    references public.email_accounts (organization_id, id) on delete cascade,
  constraint email_secrets_kind_known check (kind in ('imap', 'smtp')),
  constraint email_secrets_key_id_length check (char_length(key_id) between 1 and 200),
  constraint email_secrets_sealed_length check (octet_length(sealed) between 1 and 16384)
);

-- What is searched, apart from the tickets: every message moves its ticket's last_activity_at, which is indexed, and
-- would write the ticket's entries of a GIN index again each time. source_id is a message's id, or the ticket's own
-- for its subject.
create table desk.search_documents (
  organization_id uuid not null,
  ticket_id uuid not null,
  source_id uuid not null,
  search tsvector not null,
  constraint search_documents_pkey primary key (organization_id, ticket_id, source_id),
  constraint search_documents_ticket_fkey foreign key (organization_id, ticket_id)
    references public.tickets (organization_id, id) on delete cascade
);
create index idx_search_documents_search on desk.search_documents using gin (organization_id, search);
