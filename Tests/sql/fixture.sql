-- What the checks under checks/ stand on: functions to say what is expected, three people of two organizations, and a
-- little of everything in the first. Run once in a migrated database, by a superuser. Each check then runs in a
-- transaction that is rolled back; what did not hold is found in checks.failures before that.

create schema checks;
grant usage on schema checks to public;
create table checks.failures (message text not null);
grant insert on checks.failures to public;

create function checks.fails(statement text, state text, kind text default null, pointer text default null)
returns void language plpgsql as $$
declare
  got_state text := 'success';
  got_kind text := '';
  got_pointer text := '';
begin
  begin
    execute statement;
  exception when others then
    get stacked diagnostics
      got_state = returned_sqlstate, got_kind = constraint_name, got_pointer = column_name;
  end;
  if got_state <> state or got_kind <> coalesce(kind, got_kind) or got_pointer <> coalesce(pointer, got_pointer) then
    insert into checks.failures
    values (format('expected %s, got %s: %s', concat_ws(' ', state, kind, pointer),
                   concat_ws(' ', got_state, got_kind, got_pointer), statement));
  end if;
end
$$;

-- One value, as text.
create function checks.answers(statement text, expected text) returns void language plpgsql as $$
declare
  got text;
begin
  begin
    execute statement into got;
  exception when others then
    got := sqlstate || ' ' || sqlerrm;
  end;
  if got is distinct from expected then
    insert into checks.failures
    values (format('expected %s, got %s: %s', coalesce(expected, 'null'), coalesce(got, 'null'), statement));
  end if;
end
$$;

-- The rows that a statement changes.
create function checks.touches(statement text, expected integer) returns void language plpgsql as $$
declare
  count integer;
  got text;
begin
  begin
    execute statement;
    get diagnostics count = row_count;
    got := count::text;
  exception when others then
    got := sqlstate || ' ' || sqlerrm;
  end;
  if got <> expected::text then
    insert into checks.failures values (format('expected %s rows, got %s: %s', expected, got, statement));
  end if;
end
$$;

create table checks.people (name text primary key, claims jsonb not null, opened jsonb);
grant select on checks.people to public;
grant update on checks.people to deskpipe_identity;
insert into checks.people (name, claims) values
  ('anna', '{"sub":"user_anna","org_id":"org_one","org_role":"org:admin","org_slug":"one"}'),
  ('bob', '{"sub":"user_bob","v":2,"o":{"id":"org_one","rol":"member","slg":"one"}}'),
  ('zoe', '{"sub":"user_zoe","org_id":"org_two","org_role":"admin"}');

-- Becomes someone until the end of the transaction, as the service does; or as a client that sets its claims only.
create function checks.become(person text, only_claims boolean default false) returns void language plpgsql as $$
declare
  p checks.people;
begin
  perform set_config('role', 'none', true);
  select * into strict p from checks.people where name = person;
  perform set_config('request.jwt.claims', p.claims::text, true),
          set_config('request.jwt.claim', '', true),
          set_config('app.organization_id', case when only_claims then '' else p.opened ->> 'organization_id' end, true),
          set_config('app.agent_id', case when only_claims then '' else p.opened ->> 'agent_id' end, true),
          set_config('app.role', case when only_claims then '' else p.opened ->> 'role' end, true),
          set_config('plan_cache_mode', 'force_generic_plan', true),
          set_config('role', 'authenticated', true);
end
$$;
create function checks.agent(person text) returns uuid language sql stable as
  $$select (opened ->> 'agent_id')::uuid from checks.people where name = person$$;
create function checks.organization(person text) returns uuid language sql stable as
  $$select (opened ->> 'organization_id')::uuid from checks.people where name = person$$;

-- Gives something to whom the desk belongs.
create function checks.own(what text) returns void language plpgsql as $$
begin
  execute format('alter %s owner to %s', what, (select relowner::regrole from pg_class where oid = 'public.tickets'::regclass));
end
$$;

-- Every table of tenants but organizations, whoever adds it.
create view checks.tables as
select c.oid::regclass as name
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
 where c.relkind in ('r', 'p') and c.relnamespace in ('public'::regnamespace, 'desk'::regnamespace);
grant select on checks.tables to public;

-- How many rows an organization has, a table each; for a superuser, who sees them all.
create function checks.census(organization uuid) returns text language plpgsql as $$
declare
  line record;
  rows bigint;
  result text := '';
begin
  for line in select t.name from checks.tables t order by t.name::text loop
    execute format('select count(*) from %s where organization_id = $1', line.name) into rows using organization;
    result := result || format('%s %s ', line.name, rows);
  end loop;
  return result;
end
$$;

-- A hash of all that an organization has, its own row included.
create function checks.fingerprint(organization uuid) returns text language plpgsql as $$
declare
  line record;
  hash text;
  result text;
begin
  select md5(o::text) into result from public.organizations o where o.id = organization;
  for line in select t.name from checks.tables t order by t.name::text loop
    execute format($f$select md5(string_agg(t::text, '' order by t::text)) from %s t where organization_id = $1$f$, line.name)
       into hash using organization;
    result := md5(concat(result, hash));
  end loop;
  return result;
end
$$;

begin;
set local role deskpipe_identity;
update checks.people set opened = desk.open_session(claims, 'organizations')::jsonb where name <> 'bob';
update checks.people set opened = desk.open_session(claims, 'agents')::jsonb where name = 'bob';
commit;

begin;
select checks.become('anna');
insert into customer_fields (field_name, field_type, is_required, options) values
  ('plan', 'select', true, '["free", "pro"]'), ('tags', 'multiselect', false, '["a", "b", "c"]'),
  ('age', 'number', false, null), ('vip', 'boolean', false, null), ('born', 'date', false, null),
  ('no/te~', 'text', false, null);
insert into customers (id, email) values ('c1000000-0000-7000-8000-000000000001', ' Carl+Desk@Example.COM ');
select desk.set_customer_fields(
  'c1000000-0000-7000-8000-000000000001',
  '{"plan":"pro","tags":["c","a"],"age":1.50,"vip":true,"born":"2024-02-29","no/te~":"x"}');
insert into tickets (id, customer_id, subject, assigned_to, tags)
values ('71000000-0000-7000-8000-000000000001', 'c1000000-0000-7000-8000-000000000001', 'Printer on fire',
        checks.agent('bob'), '{Fire  drill}');
insert into desk.ticket_followers (ticket_id, agent_id)
values ('71000000-0000-7000-8000-000000000001', checks.agent('anna'));
select desk.view_ticket('71000000-0000-7000-8000-000000000001', 'reading');
insert into ticket_messages (id, ticket_id, sender_type, sender_id, body, email_message_id)
values ('51000000-0000-7000-8000-000000000001', '71000000-0000-7000-8000-000000000001', 'customer',
        'c1000000-0000-7000-8000-000000000001', 'It burns, zebra', '<1@mail>');
insert into macros (title, body, created_by) values ('Hello', 'Hello {{customer.name}}', checks.agent('anna'));
insert into email_accounts (id, email_address, imap_settings)
values ('e1000000-0000-7000-8000-000000000001', ' Help@One.test', '{"host":"imap.one.test"}');
select desk.set_email_secret('e1000000-0000-7000-8000-000000000001', 'imap', 'key-1', 'sealed');
select checks.become('zoe');
insert into customers (id, email) values ('c2000000-0000-7000-8000-000000000001', 'carl+desk@example.com');
insert into customer_fields (id, field_name, field_type) values ('f2000000-0000-7000-8000-000000000001', 'plan', 'text');
insert into tickets (id, customer_id, subject)
values ('72000000-0000-7000-8000-000000000001', 'c2000000-0000-7000-8000-000000000001', 'Printer cold');
commit;
