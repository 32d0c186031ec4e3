-- Tickets are found by the ids of customers who were merged, too: under them programs have noted whom they know.

-- Who has all that was a customer's: the one that they were merged into, through any number of merges, or they themselves.
create function desk.living_customer(customer uuid) returns uuid
  language sql stable
  return coalesce(desk.merged_customer(desk.current_organization(), customer), customer);

-- A query's conditions on a ticket t: each as a constant text that tests it, "true" where it holds, and the conditions
-- with what was looked up for them. A customer is t.customer_id, so that the same texts serve customers (as c.id).
create or replace function desk.ticket_conditions(
  organization uuid, conditions jsonb, now timestamptz, out resolved jsonb, out tests text[]
)
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  condition jsonb;
  place integer := -1;
  test text;
  words text;
  ids uuid[];
begin
  resolved := '[]';
  tests := '{}';
  for condition in select c.value from jsonb_array_elements(conditions) with ordinality as c (value, n) order by c.n loop
    place := place + 1;
    test := null;
    case condition ->> 'by'
      when 'assignee' then
        if condition ? 'present' then
          test := 't.assigned_to is not null';
        else
          ids := array(
            select a.id from public.agent_profiles a
             where a.organization_id = organization
               and (a.id::text in (select lower(e.v) from jsonb_array_elements_text(condition -> 'any') as e (v))
                    or a.email in (select desk.address(e.v) from jsonb_array_elements_text(condition -> 'any') as e (v)))
          );
          condition := condition || jsonb_build_object('ids', ids);
          test := concat_ws(
            ' or ',
            case when condition -> 'any' @> '"none"' then 't.assigned_to is null' end,
            case when cardinality(ids) > 0 or not condition -> 'any' @> '"none"' then format(
              't.assigned_to = any (array(select e.v::uuid from jsonb_array_elements_text($2 #> ''{%s,ids}'') as e (v)))',
              place) end);
        end if;
      when 'customer' then
        ids := array(
          select coalesce(desk.merged_customer(c.organization_id, c.id), c.id) from public.customers c
           where c.organization_id = organization
             and c.id = any (array(
               select e.v::uuid from jsonb_array_elements_text(condition -> 'any') as e (v)
                where e.v ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'))
          union
          select i.customer_id from desk.customer_identities i
           where i.organization_id = organization
             and i.kind = any ('{email,external_id,chat}')
             and i.value = any (array(
               select u.v
                 from jsonb_array_elements_text(condition -> 'any') as e (v)
                 cross join lateral (values (desk.address(e.v)), (btrim(e.v))) as u (v)))
        );
        words := (
          select string_agg('(' || q.words || ')', ' | ')
            from (
              select plainto_tsquery('pg_catalog.simple', e.v)::text as words
                from jsonb_array_elements_text(condition -> 'any') as e (v)
               where e.v not like '%@%'
                 and e.v !~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
            ) as q
           where q.words <> ''
        );
        condition := condition || jsonb_build_object('ids', ids)
          || case when words is null then '{}' else jsonb_build_object('words', words) end;
        test := concat_ws(
          ' or ',
          format(
            't.customer_id = any (array(select e.v::uuid from jsonb_array_elements_text($2 #> ''{%s,ids}'') as e (v)))',
            place),
          case when words is not null then format(
            '(select c.search @@ ($2 #>> ''{%s,words}'')::tsquery from public.customers c'
            ' where c.organization_id = $1 and c.id = t.customer_id)', place) end);
      when 'tag' then
        if condition ? 'present' then
          test := 'cardinality(t.tags) > 0';
        else
          condition := condition || jsonb_build_object(
            'names', desk.tag_names(array(select e.v from jsonb_array_elements_text(condition -> 'any') as e (v))));
          test := format(
            't.tags && array(select e.v from jsonb_array_elements_text($2 #> ''{%s,names}'') as e (v))', place);
        end if;
      when 'number' then
        test := case when condition ? 'any' then format(
            't.number = any (array(select e.v::integer from jsonb_array_elements_text($2 #> ''{%s,any}'') as e (v)))',
            place)
          else desk.range_test('t.number', 'integer', condition, place) end;
      when 'created', 'updated', 'activity', 'solved' then
        condition := condition
          || case when condition ? 'from'
               then jsonb_build_object('from', desk.query_instant(condition ->> 'from', now)) else '{}' end
          || case when condition ? 'to'
               then jsonb_build_object('to', desk.query_instant(condition ->> 'to', now)) else '{}' end;
        test := desk.range_test(
          case condition ->> 'by' when 'created' then 't.created_at' when 'updated' then 't.updated_at'
            when 'activity' then 't.last_activity_at' else 't.last_solved_at' end,
          'timestamptz', condition, place);
      when 'note' then
        test := '(select true from public.ticket_messages m where m.organization_id = $1 and m.ticket_id = t.id'
          ' and m.is_internal and m.deleted_at is null limit 1) is not null';
      when 'reply' then test := 't.first_reply_at is not null';
      when 'snoozed' then test := 't.snoozed_until > now()';
      when 'waiting' then test := 't.waiting_since is not null';
      when 'text' then
        condition := condition || jsonb_build_object('ids', desk.search_tickets(condition #>> '{any,0}'));
        test := format(
          't.id = any (array(select e.v::uuid from jsonb_array_elements_text($2 #> ''{%s,ids}'') as e (v)))', place);
      when 'customer_text' then
        condition := condition || jsonb_build_object('ids', desk.search_customers(condition #>> '{any,0}'));
        test := format(
          't.customer_id = any (array(select e.v::uuid from jsonb_array_elements_text($2 #> ''{%s,ids}'') as e (v)))',
          place);
      when 'address' then
        test := format(
          't.id = (select i.customer_id from desk.customer_identities i where i.organization_id = $1'
          ' and i.kind = ''email'' and i.value = desk.address($2 #>> ''{%s,any,0}''))', place);
      when 'blocked' then test := 't.blocked_at is not null';
      when 'identity' then
        test := format(
          't.id = (select i.customer_id from desk.customer_identities i where i.organization_id = $1'
          ' and i.kind = $2 #>> ''{%1$s,name}'' and i.value'
          ' = desk.identity_value($2 #>> ''{%1$s,name}'', $2 #>> ''{%1$s,any,0}'', ''/identity/value''))',
          place);
      when 'field' then
        select f.resolved, f.test into condition, words from desk.field_condition(organization, condition, place) as f;
        condition := condition || jsonb_build_object('test', words);
        test := format(
          '(select true from public.customer_field_values v where v.organization_id = $1'
          ' and v.customer_id = t.customer_id and v.field_id = ($2 #>> ''{%s,field}'')::uuid and %s limit 1) is not null',
          place, words);
    end case;
    resolved := resolved || jsonb_build_array(condition);
    tests := tests || case when (condition ->> 'not')::boolean
      then format('not coalesce(%s, false)', test) else format('(%s)', test) end;
  end loop;
end
$$;

revoke all on function desk.living_customer(uuid) from public;
grant execute on function desk.living_customer(uuid) to authenticated;
grant execute on function desk.merged_customer(uuid, uuid) to desk_search;
