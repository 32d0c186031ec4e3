-- Saved views: a query in the search language under a name, an agent's own or shared with all.

create table public.ticket_views (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid,
  owner_id uuid not null default nullif(current_setting('app.agent_id', true), '')::uuid,
  name text not null,
  query text not null default '',
  sort text not null default 'activity',
  is_descending boolean not null default true,
  columns jsonb not null default '[]',
  is_shared boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ticket_views_pkey primary key (id),
  constraint ticket_views_organization_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint ticket_views_owner_fkey foreign key (organization_id, owner_id)
    references public.agent_profiles (organization_id, id) on delete cascade,
  constraint ticket_views_name_key unique (organization_id, owner_id, name),
  constraint ticket_views_name_length check (char_length(name) between 1 and 100),
  constraint ticket_views_query_length check (char_length(query) <= 1000),
  constraint ticket_views_sort_known check (sort in ('activity', 'creation', 'priority')),
  constraint ticket_views_columns_array check (jsonb_typeof(columns) = 'array'),
  constraint ticket_views_columns_size check (octet_length(columns::text) <= 8192)
);
create unique index ticket_views_organization_id_id_key on public.ticket_views (organization_id, id);
create index idx_ticket_views_org_name on public.ticket_views (organization_id, name, id);

create trigger b_row before update on public.ticket_views for each row execute function desk.keep_row();
create trigger c_immutable before update of id, organization_id, created_at on public.ticket_views
  for each row
  when (old.id <> new.id or old.organization_id <> new.organization_id or old.created_at <> new.created_at)
  execute function desk.refuse_change();

do $guards$
declare
  t constant regclass := 'public.ticket_views';
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format('revoke all on table %s from public, authenticated', t);
  if exists (select from pg_roles where rolname = 'anon') then
    execute format('revoke all on table %s from anon', t);
  end if;
  execute format('alter table %s alter column organization_id set (n_distinct = 100)', t);
end
$guards$;
create policy ticket_views_tenant on public.ticket_views as restrictive to authenticated
  using (organization_id = (
    select coalesce(nullif(current_setting('app.organization_id', true), '')::uuid, desk.claimed_organization())
  ));

-- Everyone reads their own and what is shared, and makes their own; a shared one is changed by its maker and by admins.
create policy ticket_views_select on public.ticket_views for select to authenticated
  using (
    is_shared
    or owner_id = (select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent()))
  );
create policy ticket_views_insert on public.ticket_views for insert to authenticated
  with check (
    owner_id = (select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent()))
  );
create policy ticket_views_update on public.ticket_views for update to authenticated
  using (
    owner_id = (select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent()))
    or is_shared and (select desk.caller_role()) = 'admin'
  );
create policy ticket_views_delete on public.ticket_views for delete to authenticated
  using (
    owner_id = (select coalesce(nullif(current_setting('app.agent_id', true), '')::uuid, desk.claimed_agent()))
    or is_shared and (select desk.caller_role()) = 'admin'
  );
grant select,
  insert (id, organization_id, owner_id, name, query, sort, is_descending, columns, is_shared),
  update (name, query, sort, is_descending, columns, is_shared), delete
  on public.ticket_views to authenticated;

create view desk.ticket_view with (security_invoker = true) as
select v.id, v.name, v.query, v.sort, v.is_descending as descending, v.columns, v.is_shared,
       jsonb_build_object('id', a.id, 'name', a.name) as owner,
       v.version, v.created_at, v.updated_at
  from public.ticket_views v
  join public.agent_profiles a on a.organization_id = v.organization_id and a.id = v.owner_id;
revoke all on desk.ticket_view from public;
grant select on desk.ticket_view to authenticated;

-- How many tickets each of these queries finds, up to a thousand: an array of {id, count}, in their order.
create function desk.count_views(queries jsonb) returns jsonb
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
             'id', q.value -> 'id', 'count', jsonb_build_object('value', f.total, 'is_exact', f.is_exact)
           ) order by q.n), '[]')
      from jsonb_array_elements(queries) with ordinality as q (value, n)
      cross join lateral (
        select t.total, t.is_exact from desk.find_tickets(q.value -> 'search', 'activity', true, 0, now()) as t
         where t.place = 0
      ) as f
  );
end
$$;
revoke all on function desk.count_views(jsonb) from public;
grant execute on function desk.count_views(jsonb) to authenticated;
