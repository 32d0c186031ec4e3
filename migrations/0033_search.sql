-- Search: what is searched carries its language and its place; typed values of fields have indexes of their own; one
-- function finds tickets and one finds customers, by words and by everything else.

-- pg_trgm finds names that are almost right. A trusted extension, as btree_gin is; in a schema of ours, since the role that
-- searches needs the use of it and another's schema may not be ours to give.
do $extensions$
begin
  if not exists (select from pg_extension where extname = 'pg_trgm') then
    create extension pg_trgm with schema desk;
  end if;
end
$extensions$;

-- The language of what an organization's people write: a text search configuration of PostgreSQL. 'simple' takes
-- words as they stand.
alter table public.organizations
  add column search_language text not null default 'simple',
  add constraint organizations_search_language_length check (char_length(search_language) between 1 and 63);
grant update (search_language) on public.organizations to authenticated;

create function desk.is_search_language(language text) returns boolean
  language sql stable
  return exists (
    select from pg_catalog.pg_ts_config c
     where c.cfgname = language and c.cfgnamespace = 'pg_catalog'::regnamespace
  );

create function desk.check_search_language() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not desk.is_search_language(new.search_language) then
    perform desk.fail(
      'DK422', 'invalid',
      format(
        'There is no such search language here; there are %s.',
        (select string_agg(c.cfgname, ', ' order by c.cfgname) from pg_ts_config c
          where c.cfgnamespace = 'pg_catalog'::regnamespace)),
      '/search_language');
  end if;
  return new;
end
$$;
create trigger a_search_language before insert or update of search_language on public.organizations
  for each row execute function desk.check_search_language();

-- An organization whose documents are not all in its language yet: those languages, and how far desk.reindex_search
-- has come.
create table desk.search_reindexings (
  organization_id uuid not null,
  languages text[] not null,
  place bigint not null default 0,
  constraint search_reindexings_pkey primary key (organization_id),
  constraint search_reindexings_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade
);

-- Documents are numbered as they are written: the newest are read first, and of a common word nothing else.
create sequence desk.search_places;
alter table desk.search_documents no force row level security;
alter table desk.search_documents
  add column place bigint not null default nextval('desk.search_places'),
  add column language text not null default 'simple';
update desk.search_documents d set search = setweight(d.search, 'A') where d.source_id = d.ticket_id;
alter table desk.search_documents force row level security;
create index idx_search_documents_org_place on desk.search_documents (organization_id, place);

-- A document in its organization's language, a subject heavier than a message. Whoever writes one gives the words as
-- they stand; those of another language than 'simple' are read from the source again.
create function desk.keep_document() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  new.language := coalesce(
    (select o.search_language from public.organizations o where o.id = new.organization_id), 'simple');
  if new.language <> 'simple' then
    new.search := desk.document_vector(new.organization_id, new.ticket_id, new.source_id, new.language);
  end if;
  if new.source_id = new.ticket_id then
    new.search := setweight(new.search, 'A');
  end if;
  return new;
end
$$;

create function desk.document_vector(organization uuid, ticket uuid, source uuid, language text) returns tsvector
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set client_min_messages = warning
as $$
declare
  configuration constant regconfig := ('pg_catalog.' || quote_ident(language))::regconfig;
  content constant text := case when source = ticket
    then (select t.subject from public.tickets t where t.organization_id = organization and t.id = ticket)
    else (select m.body from public.ticket_messages m where m.organization_id = organization and m.id = source)
  end;
begin
  return to_tsvector(configuration, desk.cut(coalesce(content, ''), 262144));
exception when program_limit_exceeded then
  return to_tsvector(configuration, desk.cut(content, 65536));
end
$$;
create trigger a_language before insert or update of search on desk.search_documents
  for each row execute function desk.keep_document();

-- Another language: new documents have it at once, older ones when desk.reindex_search comes to them. Until then words
-- are looked for in both.
create function desk.search_language_changed() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into desk.search_reindexings as r (organization_id, languages)
  values (new.id, array[old.search_language])
  on conflict (organization_id) do update
     set languages = array(select distinct l.name from unnest(r.languages || excluded.languages) as l (name)),
         place = 0;
  return null;
end
$$;
create trigger d_search_language after update of search_language on public.organizations
  for each row when (new.search_language <> old.search_language)
  execute function desk.search_language_changed();

-- Brings at most so many documents into their organization's language; answers how many were looked at, 0 when all
-- are. SECURITY DEFINER: maintenance has no right on any table.
create function desk.reindex_search(most integer default 1000) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  job desk.search_reindexings;
  wanted text;
  reached bigint;
  looked_at integer;
begin
  select r.* into job from desk.search_reindexings r order by r.organization_id limit 1 for update skip locked;
  if not found then
    return 0;
  end if;
  wanted := (select o.search_language from public.organizations o where o.id = job.organization_id);
  select max(b.place), count(*) into reached, looked_at
    from (
      select d.place from desk.search_documents d
       where d.organization_id = job.organization_id and d.place > job.place
       order by d.place
       limit greatest(most, 1)
    ) as b;
  if looked_at = 0 then
    delete from desk.search_reindexings r where r.organization_id = job.organization_id;
    return 1;
  end if;
  update desk.search_documents d
     set search = desk.document_vector(d.organization_id, d.ticket_id, d.source_id, wanted)
   where d.organization_id = job.organization_id and d.place > job.place and d.place <= reached
     and d.language <> wanted;
  update desk.search_reindexings r set place = reached where r.organization_id = job.organization_id;
  return looked_at;
end
$$;

-- Typed values of fields -----------------------------------------------------------------------------------------------
--
-- The functions that find things belong to desk_search, whose policies do not filter, so that any immutable expression
-- can have an index; columns of their own would make each value's row longer for nothing.

-- A value as it is compared: without regard to case, its first 200 characters. Dates sort as texts.
create function desk.value_key(value text) returns text
  language plpgsql immutable strict parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  return lower(left(value, 200));
end
$$;

-- A value that is a number, as one; null for others and for those beyond 10^200. No exception is caught, since that
-- would keep indexes from being built in parallel.
create function desk.value_number(value text) returns double precision
  language plpgsql immutable strict parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  if value ~ '^[+-]?[0-9]{1,200}([.][0-9]{1,100})?([eE][+-]?[0-9]{1,2})?$' then
    return value::double precision;
  end if;
  return null;
end
$$;

-- The options in a value of a multiselect field, as they are compared; null for other values. What jsonb writes as an
-- array of strings is told from what a text may look like.
create function desk.value_choices(value text) returns text[]
  language plpgsql immutable strict parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  if left(value, 2) = '["' and value ~
       '^\["([^"\\[:cntrl:]]|\\["\\bfnrt]|\\u00(0[1-9a-f]|1[0-9a-f]))*"(, "([^"\\[:cntrl:]]|\\["\\bfnrt]|\\u00(0[1-9a-f]|1[0-9a-f]))*")*\]$'
  then
    return array(select desk.value_key(c.one) from jsonb_array_elements_text(value::jsonb) as c (one));
  end if;
  return null;
end
$$;

-- The words of a value.
create function desk.value_words(value text) returns tsvector
  language plpgsql immutable strict parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  return to_tsvector('pg_catalog.simple', left(value, 2000));
end
$$;

create index idx_customer_field_values_org_key
  on public.customer_field_values (organization_id, field_id, desk.value_key(value) collate "C", customer_id);
create index idx_customer_field_values_org_number
  on public.customer_field_values (organization_id, field_id, desk.value_number(value), customer_id)
  where desk.value_number(value) is not null;
create index idx_customer_field_values_org_choices
  on public.customer_field_values using gin (organization_id, field_id, desk.value_choices(value))
  where desk.value_choices(value) is not null;
create index idx_customer_field_values_org_words
  on public.customer_field_values using gin (organization_id, desk.value_words(value));
create index idx_ticket_messages_org_internal
  on public.ticket_messages (organization_id, ticket_id) where is_internal;

-- Names that are almost right. The operator class is named with its schema, which differs from server to server.
do $trigrams$
declare
  schema constant name := (
    select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm');
begin
  execute format(
    'create index idx_customers_org_name_trigrams on public.customers using gin (organization_id, name %I.gin_trgm_ops)',
    schema);
  if not has_schema_privilege('desk_search', schema, 'usage') then
    execute format('grant usage on schema %I to desk_search', schema);
  end if;
  if not has_schema_privilege('desk_search', schema, 'usage') then
    raise exception using
      errcode = 'insufficient_privilege',
      message = 'the extension pg_trgm exists, but its schema is out of reach',
      hint = format('run as its owner: grant usage on schema %I to desk_search', schema);
  end if;
end
$trigrams$;
