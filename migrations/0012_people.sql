-- What the methods of organizations, agents, customers and fields call.

-- JSON Merge Patch (RFC 7396): members of the patch replace those of the same name, objects within objects are merged
-- in the same way, null removes.
create function desk.merge(target jsonb, patch jsonb) returns jsonb
  language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  base constant jsonb := case when jsonb_typeof(target) = 'object' then target else '{}' end;
begin
  if jsonb_typeof(patch) is distinct from 'object' then
    return patch;
  end if;
  return coalesce(
    (
      select jsonb_object_agg(m.name, m.value)
        from (
          select b.name, b.value
            from jsonb_each(base) as b (name, value)
           where not patch ? b.name
          union all
          select p.name, desk.merge(base -> p.name, p.value)
            from jsonb_each(patch) as p (name, value)
           where jsonb_typeof(p.value) <> 'null'
        ) as m
    ),
    '{}'
  );
end
$$;

-- Says what a check constraint can only refuse. The number of fields bounds what a customer looks like on the wire;
-- the lock, in a space of its own, keeps two at once from passing it.
create function desk.keep_field() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not desk.valid_field_options(new.field_type, new.options) then
    perform desk.fail(
      'DK422', 'invalid',
      case when new.field_type in ('select', 'multiselect')
        then format('A %s field takes 1 to 200 different options of 1 to 200 characters.', new.field_type)
        else format('A %s field takes no options.', new.field_type)
      end,
      '/options');
  end if;
  if tg_op = 'INSERT' then
    perform pg_advisory_xact_lock(1684370284, hashtext(new.organization_id::text));
    if (select count(*) >= 200 from public.customer_fields f where f.organization_id = new.organization_id) then
      perform desk.fail('DK423', 'rule', 'An organization has at most 200 fields.');
    end if;
  end if;
  return new;
end
$$;

create trigger a_form before insert or update of field_type, options on public.customer_fields
  for each row execute function desk.keep_field();

-- Deletes a field; with its values only if that is wanted. The lock is the one that a writer of values takes, so that
-- no value appears in between.
create function desk.delete_field(field uuid, force boolean) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(1684370283, hashtext(field::text));
  if not force and exists (
    select from public.customer_field_values v
     where v.organization_id = desk.current_organization() and v.field_id = field
  ) then
    perform desk.fail(
      'DK423', 'in_use', 'Customers have values of this field; force deletes these as well.', '/force');
  end if;
  delete from public.customer_fields f where f.id = field;
end
$$;

-- The customer with that address, made with the given id if there is none, otherwise changed where something is given
-- (not null). A new one is asked for every required field, an existing one only if fields are given.
create function desk.upsert_customer(new_id uuid, email text, name text, metadata jsonb, fields jsonb) returns uuid
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  wanted constant text := desk.address(upsert_customer.email);
  customer uuid := (select c.id from public.customers c where c.email = wanted);
begin
  if customer is null then
    -- Of two at once one inserts; the other waits for it, inserts nothing and changes it.
    insert into public.customers as c (id, organization_id, email, name, metadata)
    values (
      new_id, desk.current_organization(), wanted, upsert_customer.name, coalesce(upsert_customer.metadata, '{}'))
    on conflict on constraint customers_email_key do nothing
    returning c.id into customer;
    if customer is not null then
      perform desk.set_customer_fields(customer, coalesce(fields, '{}'));
      return customer;
    end if;
    customer := (select c.id from public.customers c where c.email = wanted);
  end if;
  perform desk.expect('customer', customer, null);
  update public.customers c
     set name = coalesce(upsert_customer.name, c.name),
         metadata = coalesce(upsert_customer.metadata, c.metadata)
   where c.id = customer;
  if fields is not null then
    perform desk.set_customer_fields(customer, fields);
  end if;
  return customer;
end
$$;

-- The customers whose name or address has a word beginning with each word of the query, at most 1,000, the newest
-- first. An address counts as one word and as its parts.
--
-- SECURITY DEFINER: text search is not leakproof, so under row level security no index serves it. It belongs to
-- desk_search, takes the organization from the setting and from nowhere else, and answers ids only, which the caller
-- joins under its own policies.
create function desk.search_customers(query text) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  set client_min_messages = warning
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  wanted tsquery;
begin
  -- The words as they stand, or the parts of an address typed halfway.
  select string_agg(w.words, ' | ')::tsquery into wanted
    from (
      select '(' || string_agg(
               '''' || replace(replace(l.lexeme, '\', '\\'), '''', '''''') || ''':*', ' & ') || ')' as words
        from (values (query), (translate(query, '@.+-_', '     '))) as form (content),
             unnest(to_tsvector('pg_catalog.simple', form.content)) as l (lexeme, positions, weights)
       group by form.content
    ) as w;
  if organization is null or wanted is null then
    return '{}';
  end if;
  return array(
    select c.id from public.customers c
     where c.organization_id = organization and c.search @@ wanted
     order by c.created_at desc, c.id desc
     limit 1000
  );
end
$$;
grant select (created_at) on public.customers to desk_search;

revoke all on function
  desk.merge(jsonb, jsonb), desk.keep_field(), desk.delete_field(uuid, boolean),
  desk.upsert_customer(uuid, text, text, jsonb, jsonb), desk.search_customers(text)
  from public;
grant execute on function
  desk.merge(jsonb, jsonb), desk.delete_field(uuid, boolean),
  desk.upsert_customer(uuid, text, text, jsonb, jsonb), desk.search_customers(text)
  to authenticated;
-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_search;
alter function desk.search_customers(text) owner to desk_search;
revoke create on schema desk from desk_search;
