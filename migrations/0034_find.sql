-- desk.find_tickets and what it stands on.
--
-- Everything here that reads past the policies is SECURITY DEFINER and belongs to desk_search: text search, typed
-- values and trigrams are not leakproof, so under row level security no index serves them. Each takes the organization
-- from the setting and from nowhere else and answers ids, which its caller joins under its own policies.
--
-- Statements are composed of constant pieces, one a condition, with numbers of places in arrays; whatever came from a
-- caller is a parameter.

-- An instant in a query: as it is, so long before "now", or the beginning of a day in UTC, counted back from "now".
create function desk.query_instant(content text, now timestamptz) returns timestamptz
  language plpgsql immutable strict parallel safe
  set search_path = pg_catalog, pg_temp
as $$
begin
  if left(content, 4) = 'ago ' then
    return now - substr(content, 5)::interval;
  elsif left(content, 4) = 'day ' then
    return (date_trunc('day', now at time zone 'UTC') - make_interval(days => substr(content, 5)::integer))
           at time zone 'UTC';
  end if;
  return content::timestamptz;
exception when data_exception then
  return '-infinity';
end
$$;

-- What a word, a phrase or a prefix means in any of these languages; null where it is nothing but common words of the
-- first. In a subject, only words of weight A count.
create function desk.term_query(term jsonb, languages text[]) returns tsquery
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set client_min_messages = warning
as $$
declare
  content constant text := term ->> 'text';
  configuration regconfig;
  language text;
  one tsquery;
  found tsquery;
begin
  foreach language in array languages loop
    configuration := ('pg_catalog.' || quote_ident(language))::regconfig;
    one := case term ->> 'kind'
      when 'phrase' then phraseto_tsquery(configuration, content)
      when 'prefix' then to_tsquery(
        configuration, '''' || replace(replace(content, '\', '\\'), '''', '''''') || ''':*')
      else plainto_tsquery(configuration, content)
    end;
    if numnode(one) = 0 then
      if found is null then
        return null;
      end if;
    else
      found := case when found is null or found = one then one else found || one end;
    end if;
  end loop;
  if (term ->> 'subject')::boolean then
    -- Quotes within a lexeme are doubled in the text of a query, so that this finds the end of each.
    found := replace(
      regexp_replace(found::text, '(''(?:[^'']|'''')*'')(:\*)?', '\1\2:A', 'g'), ''':*:A', ''':*A')::tsquery;
  end if;
  return found;
end
$$;

-- The tickets of documents that match, those of the newest documents first, at most so many documents. No plan but the
-- one by the GIN index is allowed: the planner takes a rare word for a common one.
create function desk.matching_tickets(organization uuid, wanted tsquery, most integer) returns uuid[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  set enable_indexscan = off
  set enable_indexonlyscan = off
as $$
begin
  return array(
    select f.ticket_id
      from (
        select d.ticket_id, d.place from desk.search_documents d
         where d.organization_id = organization and d.search @@ wanted
         limit most
      ) as f
     group by f.ticket_id
     order by max(f.place) desc
  );
end
$$;

-- Customers whose name, address or a value matches, at most so many.
create function desk.matching_customers(organization uuid, wanted tsquery, most integer) returns uuid[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  set enable_indexscan = off
  set enable_indexonlyscan = off
as $$
begin
  return array(
    (select c.id from public.customers c
      where c.organization_id = organization and c.search @@ wanted
      limit most)
    union
    (select v.customer_id from public.customer_field_values v
      where v.organization_id = organization and desk.value_words(v.value) @@ wanted
      limit most)
  );
end
$$;

-- People whose names are almost a word: customers, then agents, the most similar only.
do $similar$
declare
  extension constant name := (
    select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm');
begin
  execute format(
    $function$
    create function desk.similar_customers(organization uuid, word text, most integer) returns uuid[]
      language plpgsql stable
      set search_path = pg_catalog, %1$I, pg_temp
      set enable_seqscan = off
      set enable_indexscan = off
      set enable_indexonlyscan = off
    as $body$
    begin
      -- Not among the settings above: only a superuser may keep one of an extension in a function.
      perform set_config('pg_trgm.word_similarity_threshold', '0.25', true);
      return array(
        select r.id
          from (
            select s.id, s.likeness, max(s.likeness) over () as best
              from (
                select c.id, word_similarity(word, c.name) as likeness
                  from public.customers c
                 where c.organization_id = organization and c.name %%> word
                 order by likeness desc, c.id
                 limit most
              ) as s
          ) as r
         where r.likeness >= r.best - 0.05
         order by r.likeness desc, r.id
      );
    end
    $body$;
    create function desk.similar_agents(organization uuid, word text, most integer) returns uuid[]
      language plpgsql stable
      set search_path = pg_catalog, %1$I, pg_temp
    as $body$
    begin
      return array(
        select a.id
          from public.agent_profiles a
         where a.organization_id = organization and word_similarity(word, a.name) >= 0.25
         order by word_similarity(word, a.name) desc, a.id
         limit most
      );
    end
    $body$
    $function$,
    extension);
end
$similar$;

-- Fails, pointing at the place in the query or the parameter that a condition comes from.
create function desk.refuse_condition(condition jsonb, message text) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  if condition ? 'place' then
    perform desk.fail(
      'DK422', 'query_error',
      format('At character %s: %s.', (condition #>> '{place,position}')::integer + 1, message),
      condition ->> 'path', condition -> 'place');
  end if;
  perform desk.fail('DK422', 'query_error', upper(left(message, 1)) || substr(message, 2) || '.', condition ->> 'path');
end
$$;

-- A condition on a field: which field, and a test of its value v.value in the words of SQL, with "$2 #> {place,...}"
-- for what it compares with. Fails where the field does not exist or the values do not fit its type.
create function desk.field_condition(organization uuid, condition jsonb, place integer, out resolved jsonb, out test text)
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
declare
  name constant text := condition ->> 'name';
  field record;
  bound text;
  kind text;
begin
  select f.id, f.field_type into field from public.customer_fields f
   where f.organization_id = organization and (f.field_name = name or lower(f.field_name) = lower(name))
   order by f.field_name = name desc, f.field_name
   limit 1;
  if not found then
    perform desk.refuse_condition(
      condition,
      format('there is no field %s; ', name) || coalesce(
        'there are ' || (
          select string_agg(n.field_name, ', ' order by n.field_name)
            from (
              select f.field_name from public.customer_fields f where f.organization_id = organization
               order by f.position, f.field_name limit 20
            ) as n
        ),
        'this organization has none'));
  end if;
  resolved := condition || jsonb_build_object('field', field.id, 'field_type', field.field_type);
  kind := field.field_type::text;
  if condition ? 'present' then
    test := 'true';
    return;
  end if;
  if condition ? 'any' then
    if kind = 'number' then
      for bound in select v.value from jsonb_array_elements_text(condition -> 'any') as v (value) loop
        if desk.value_number(bound) is null then
          perform desk.refuse_condition(condition, format('%s is a field of numbers, and %s is none', name, bound));
        end if;
      end loop;
      test := format(
        'desk.value_number(v.value) = any (array(select desk.value_number(e.v) from jsonb_array_elements_text($2 #> ''{%s,any}'') as e (v)))',
        place);
    elsif kind = 'boolean' then
      resolved := jsonb_set(resolved, '{any}', (
        select jsonb_agg(case when lower(v.value) in ('true', 'yes', '1') then 'true'
                              when lower(v.value) in ('false', 'no', '0') then 'false' end)
          from jsonb_array_elements_text(condition -> 'any') as v (value)));
      if resolved -> 'any' @> 'null' then
        perform desk.refuse_condition(condition, format('%s is either true or false', name));
      end if;
      test := format(
        'desk.value_key(v.value) collate "C" = any (array(select e.v from jsonb_array_elements_text($2 #> ''{%s,any}'') as e (v)))',
        place);
    elsif kind = 'multiselect' then
      test := format(
        'desk.value_choices(v.value) && array(select desk.value_key(e.v) from jsonb_array_elements_text($2 #> ''{%s,any}'') as e (v))',
        place);
    else
      test := format(
        'desk.value_key(v.value) collate "C" = any (array(select desk.value_key(e.v) from jsonb_array_elements_text($2 #> ''{%s,any}'') as e (v)))',
        place);
    end if;
    return;
  end if;
  if kind not in ('number', 'date') then
    perform desk.refuse_condition(
      condition, format('%s is a field of the type %s, which has no larger and smaller', name, kind));
  end if;
  foreach bound in array array_remove(array[condition ->> 'from', condition ->> 'to'], null) loop
    if kind = 'number' and desk.value_number(bound) is null then
      perform desk.refuse_condition(condition, format('%s is a field of numbers, and %s is none', name, bound));
    elsif kind = 'date' and bound !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then
      perform desk.refuse_condition(
        condition, format('%s is a field of dates such as 2026-01-31, and %s is none', name, bound));
    end if;
  end loop;
  test := concat_ws(
    ' and ',
    case when condition ? 'from' then format(
      case kind when 'number' then 'desk.value_number(v.value) %s desk.value_number($2 #>> ''{%s,from}'')'
                else 'desk.value_key(v.value) collate "C" %s ($2 #>> ''{%s,from}'')' end,
      case when condition ? 'from_open' then '>' else '>=' end, place) end,
    case when condition ? 'to' then format(
      case kind when 'number' then 'desk.value_number(v.value) %s desk.value_number($2 #>> ''{%s,to}'')'
                else 'desk.value_key(v.value) collate "C" %s ($2 #>> ''{%s,to}'')' end,
      case when condition ? 'to_open' then '<' else '<=' end, place) end);
end
$$;

-- Customers who have such a value, at most so many: one select by the index of its type.
create function desk.field_customers(organization uuid, conditions jsonb, place integer, test text, most integer)
  returns uuid[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  set max_parallel_workers_per_gather = 0
as $$
declare
  found uuid[];
begin
  -- The options of a multiselect field are in a GIN index only; the planner would rather read all values of the field.
  if conditions #>> array[place::text, 'field_type'] = 'multiselect' then
    perform set_config('enable_indexscan', 'off', true);
  end if;
  execute
    'select array(select v.customer_id from public.customer_field_values v'
    ' where v.organization_id = $1 and v.field_id = $3 and ' || test || ' limit $4)'
    into found
    using organization, conditions, (conditions #>> array[place::text, 'field'])::uuid, most;
  perform set_config('enable_indexscan', 'on', true);
  return found;
end
$$;

-- A query's conditions on a ticket t: each as a constant text that tests it, "true" where it holds, and the conditions
-- with what was looked up for them. A customer is t.customer_id, so that the same texts serve customers (as c.id).
create function desk.ticket_conditions(
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
          select c.id from public.customers c
           where c.organization_id = organization
             and c.id = any (array(
               select e.v::uuid from jsonb_array_elements_text(condition -> 'any') as e (v)
                where e.v ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'))
          union
          select c.id from public.customers c
           where c.organization_id = organization
             and c.email = any (array(
               select desk.address(e.v) from jsonb_array_elements_text(condition -> 'any') as e (v)
                where e.v like '%@%'))
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
        test := format('t.email = desk.address($2 #>> ''{%s,any,0}'')', place);
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

-- A column's half-open or closed range.
create function desk.range_test(column_name text, type text, condition jsonb, place integer) returns text
  language sql immutable parallel safe
  return concat_ws(
    ' and ',
    case when condition ? 'from' then format(
      '%s %s ($2 #>> ''{%s,from}'')::%s', column_name, case when condition ? 'from_open' then '>' else '>=' end, place,
      type) end,
    case when condition ? 'to' then format(
      '%s %s ($2 #>> ''{%s,to}'')::%s', column_name, case when condition ? 'to_open' then '<' else '<=' end, place,
      type) end);

-- The tickets of a query's rarest condition, at most so many; null where none is that rare.
create function desk.narrow_tickets(organization uuid, resolved jsonb, few integer) returns uuid[]
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  set max_parallel_workers_per_gather = 0
as $$
declare
  condition jsonb;
  place integer := -1;
  customers uuid[];
  tickets uuid[];
  rarest uuid[];
begin
  for condition in select c.value from jsonb_array_elements(resolved) with ordinality as c (value, n) order by c.n loop
    place := place + 1;
    continue when (condition ->> 'not')::boolean;
    customers := null;
    tickets := null;
    case condition ->> 'by'
      when 'number' then
        if condition ? 'any' then
          tickets := array(
            select t.id from public.tickets t
             where t.organization_id = organization
               and t.number = any (array(select e.v::integer from jsonb_array_elements_text(condition -> 'any') as e (v))));
        end if;
      when 'tag' then
        if condition ? 'names' then
          tickets := array(
            select l.ticket_id from desk.ticket_tags l
             where l.organization_id = organization
               and l.tag_id = any (array(
                 select g.id from public.tags g
                  where g.organization_id = organization
                    and g.name = any (array(select e.v from jsonb_array_elements_text(condition -> 'names') as e (v)))))
             limit few + 1);
        end if;
      when 'text' then
        tickets := array(select e.v::uuid from jsonb_array_elements_text(condition -> 'ids') as e (v));
      when 'snoozed' then
        tickets := array(
          select t.id from public.tickets t
           where t.organization_id = organization and t.snoozed_until > now()
           limit few + 1);
      when 'note' then
        tickets := array(
          select m.ticket_id from public.ticket_messages m
           where m.organization_id = organization and m.is_internal
           limit few + 1);
      when 'created' then
        if condition ?& '{from,to}' then
          tickets := array(
            select t.id from public.tickets t
             where t.organization_id = organization
               and t.created_at >= (condition ->> 'from')::timestamptz
               and t.created_at <= (condition ->> 'to')::timestamptz
             limit few + 1);
        end if;
      when 'customer' then
        if condition ? 'words' then
          customers := desk.matching_customers(organization, (condition ->> 'words')::tsquery, few / 2 + 1)
            || array(select e.v::uuid from jsonb_array_elements_text(condition -> 'ids') as e (v));
        else
          customers := array(select e.v::uuid from jsonb_array_elements_text(condition -> 'ids') as e (v));
        end if;
      when 'field' then
        if not condition ? 'present' then
          customers := desk.field_customers(organization, resolved, place, condition ->> 'test', few / 2 + 1);
        end if;
      else
        null;
    end case;
    if customers is not null and cardinality(customers) <= few / 2 then
      tickets := array(
        select t.id from public.tickets t
         where t.organization_id = organization and t.customer_id = any (customers)
         limit few + 1);
    end if;
    if cardinality(tickets) <= few and (rarest is null or cardinality(tickets) < cardinality(rarest)) then
      rarest := tickets;
      exit when cardinality(rarest) <= 100;
    end if;
  end loop;
  return rarest;
end
$$;

-- The tickets of the newest documents that match, from a place on downwards.
create function desk.newest_matching(organization uuid, wanted tsquery, below bigint, most integer,
  out tickets uuid[], out lowest bigint, out looked_at integer
)
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
as $$
begin
  with newest as materialized (
    select d.ticket_id, d.place, d.search @@ wanted as hit from desk.search_documents d
     where d.organization_id = organization and d.place < below
     order by d.place desc
     limit most
  )
  select array(
           select n.ticket_id from newest n where n.hit group by n.ticket_id order by max(n.place) desc
         ),
         min(n.place), count(*)
    into tickets, lowest, looked_at
    from newest n;
end
$$;

-- Whether a ticket t has a word: in a document, in its customer's name, address or values, in a tag; or, where nothing
-- has the word, whether its customer or assignee is almost called that.
create function desk.term_test(term integer, lookups jsonb) returns text
  language plpgsql immutable
  set search_path = pg_catalog, pg_temp
as $$
begin
  if lookups #> array[term::text, 'customers'] is not null then
    return format(
      '(t.customer_id = any (array(select e.v::uuid from jsonb_array_elements_text($12 #> ''{%1$s,customers}'') as e (v)))'
      ' or coalesce(t.assigned_to = any (array(select e.v::uuid from jsonb_array_elements_text($12 #> ''{%1$s,agents}'') as e (v))), false))',
      term);
  end if;
  return format(
    '((select true from desk.search_documents d where d.organization_id = $1 and d.ticket_id = t.id'
    ' and d.search @@ $5[%s] limit 1) is not null', term)
    || case when lookups ? term::text then format(
         ' or (select c.search @@ $5[%1$s] from public.customers c'
         ' where c.organization_id = $1 and c.id = t.customer_id)'
         ' or (select true from public.customer_field_values v where v.organization_id = $1'
         ' and v.customer_id = t.customer_id and desk.value_words(v.value) @@ $5[%1$s] limit 1) is not null',
         term) else '' end
    || case when lookups #> array[term::text, 'tags'] <> '[]' then format(
         ' or t.tags && array(select e.v from jsonb_array_elements_text($12 #> ''{%s,tags}'') as e (v))',
         term) else '' end
    || ')';
end
$$;

create function desk.sort_columns(sort text) returns text
  language sql immutable parallel safe
  return case sort when 'creation' then 't.created_at' when 'priority' then 't.priority_rank, t.last_activity_at'
    else 't.last_activity_at' end;

create function desk.position_text(sort text) returns text
  language sql immutable parallel safe
  return case sort when 'creation' then 'array[t.created_at::text, t.id::text]'
    when 'priority' then 'array[t.priority_rank::text, t.last_activity_at::text, t.id::text]'
    else 'array[t.last_activity_at::text, t.id::text]' end;

-- Tickets by words and conditions, in an order, from a position on: what tickets.list, search and views.counts ask.
--
-- The first row has place 0 and no id: its total is how many tickets there are, up to "counted", and whether that is
-- all. Then the ids with their positions, one more than "most". Only a query with words has a relevance.
--
-- Words: of each, one of the ticket's documents, its customer or a tag must have it. Of a rare word all documents are
-- read by the GIN index; of a common one only the newest, until a thousand tickets are found.
create function desk.find_tickets(
  query jsonb, sort text, descending boolean, most integer, now timestamptz, after text[] default null,
  counted integer default 1000
)
  returns table (place integer, id uuid, "position" text[], total integer, is_exact boolean)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  set client_min_messages = warning
  -- A condition is tested for the tickets that are met, never the other way round: how many values of a field there
  -- are, the planner cannot know for one organization.
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_seqscan = off
  set max_parallel_workers_per_gather = 0
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  cap constant integer := 1000;
  chunk constant integer := 1500;
  sampled constant integer := 4000;
  languages text[];
  statuses text[];
  ranks smallint[];
  conditions jsonb;
  tests text[];
  test text;
  term jsonb;
  one tsquery;
  asked integer := 0;
  terms tsquery[] := '{}';
  words text[] := '{}';
  positives integer[] := '{}';
  negatives integer[] := '{}';
  everything tsquery;
  lookups jsonb := '{}';
  counts integer[];
  driver integer;
  i integer;
  filter text;
  rest text;
  candidates uuid[];
  customers uuid[];
  found uuid[];
  hits uuid[];
  below bigint := 9223372036854775807;
  step integer;
  looked_at integer;
  budget integer;
  exhausted boolean := true;
  at_end boolean := false;
  turn constant text := case when descending then ' desc' else '' end;
  keys text;
  onwards text;
  ending text;
  branches text;
  agents uuid[];
  page text;
  source text;
begin
  if organization is null then
    return;
  end if;
  statuses := array(select e.v from jsonb_array_elements_text(query -> 'statuses') as e (v));
  ranks := array(select e.v::smallint from jsonb_array_elements_text(query -> 'ranks') as e (v));
  select c.resolved, c.tests into conditions, tests
    from desk.ticket_conditions(organization, query -> 'conditions', now) as c;
  languages := array_remove(
    array[(select o.search_language from public.organizations o where o.id = organization)]
    || coalesce((select r.languages from desk.search_reindexings r where r.organization_id = organization), '{}'),
    'simple') || array['simple'];

  -- What the words mean. A common word of the language means nothing, beside others.
  for term in select t.value from jsonb_array_elements(query -> 'terms') as t (value) loop
    asked := asked + case when (term ->> 'not')::boolean then 0 else 1 end;
    one := desk.term_query(term, languages);
    continue when one is null;
    terms := terms || one;
    words := words || case when (term ->> 'subject')::boolean or term ->> 'kind' <> 'word' then null
      else term ->> 'text' end;
    i := cardinality(terms);
    if (term ->> 'not')::boolean then
      negatives := negatives || i;
    else
      positives := positives || i;
      everything := case when everything is null then one else everything || one end;
    end if;
    if not (term ->> 'subject')::boolean then
      lookups := lookups || jsonb_build_object(i, jsonb_build_object(
        'plain', true,
        'tags', array(
          select g.name from public.tags g
           where g.organization_id = organization and to_tsvector('pg_catalog.simple', g.name) @@ one
           order by g.name
           limit 50)));
    end if;
  end loop;
  if asked > 0 and cardinality(positives) = 0 then
    return query select 0, null::uuid, null::text[], 0, true;
    return;
  end if;

  filter := concat_ws(
    ' and ',
    't.organization_id = $1',
    case when not coalesce((query ->> 'deleted')::boolean and current_setting('app.role', true) = 'admin', false)
      then 't.deleted_at is null' end,
    case when cardinality(statuses) > 0 then 't.status_code = any ($3)' end,
    case when cardinality(ranks) > 0 then 't.priority_rank = any ($4)' end,
    nullif(array_to_string(tests, ' and '), ''));
  foreach i in array negatives loop
    filter := filter || ' and not ' || desk.term_test(i, lookups);
  end loop;

  -- By words a ticket takes longer to look at than by a condition.
  candidates := desk.narrow_tickets(
    organization, conditions, case when cardinality(positives) > 0 then 2000 else 40000 end);
  if cardinality(positives) > 0 and candidates is null then
    hits := '{}';
    -- How common each word is shows among the newest documents.
    execute 'select array[' || (select string_agg(format('count(*) filter (where d.search @@ $2[%s])', p.i), ', ' order by p.n)
        from unnest(positives) with ordinality as p (i, n))
      || ', count(*)] from (select s.search from desk.search_documents s where s.organization_id = $1'
      || ' order by s.place desc limit $3) as d'
      into counts using organization, terms, sampled;
    looked_at := counts[cardinality(counts)];
    driver := (select p.n from unnest(positives) with ordinality as p (i, n) order by counts[p.n], p.n limit 1);
    -- A word that nothing has may be a name that is almost right.
    for i in 1 .. cardinality(positives) loop
      if counts[i] = 0 and char_length(words[positives[i]]) >= 4
         and (looked_at < sampled or cardinality(desk.matching_tickets(organization, terms[positives[i]], 1)) = 0)
         and cardinality(desk.matching_customers(organization, terms[positives[i]], 1)) = 0
         and lookups #> array[positives[i]::text, 'tags'] = '[]'
      then
        lookups := lookups || jsonb_build_object(positives[i], jsonb_build_object(
          'customers', desk.similar_customers(organization, words[positives[i]], 50),
          'agents', desk.similar_agents(organization, words[positives[i]], 10)));
        driver := i;
      end if;
    end loop;
    rest := filter;
    for i in 1 .. cardinality(positives) loop
      if i <> driver then
        rest := rest || ' and ' || desk.term_test(positives[i], lookups);
      end if;
    end loop;
    driver := positives[driver];
    one := terms[driver];
    rest := 'select array(select h.id from unnest($6) with ordinality as h (id, n) join public.tickets t on t.id = h.id'
      ' where ' || rest || ' order by h.n)';

    -- First the tickets of people and tags, then those of documents.
    candidates := '{}';
    if lookups #> array[driver::text, 'customers'] is not null then
      candidates := array(
        select t.id from public.tickets t
         where t.organization_id = organization
           and t.customer_id = any (array(
             select e.v::uuid from jsonb_array_elements_text(lookups #> array[driver::text, 'customers']) as e (v)))
         order by t.last_activity_at desc
         limit chunk + 1);
      candidates := candidates || array(
        select t.id from public.tickets t
         where t.organization_id = organization
           and t.assigned_to = any (array(
             select e.v::uuid from jsonb_array_elements_text(lookups #> array[driver::text, 'agents']) as e (v)))
         order by t.last_activity_at desc
         limit chunk + 1);
      exhausted := cardinality(candidates) <= chunk;
    elsif lookups ? driver::text then
      customers := desk.matching_customers(organization, one, 501);
      if cardinality(customers) <= 500 then
        candidates := array(
          select t.id from public.tickets t
           where t.organization_id = organization and t.customer_id = any (customers)
           order by t.last_activity_at desc
           limit chunk + 1);
        exhausted := cardinality(candidates) <= chunk;
      else
        -- A name that many have is that of some of the newest tickets' customers.
        with newest as materialized (
          select t.id, t.customer_id, t.last_activity_at from public.tickets t
           where t.organization_id = organization
           order by t.last_activity_at desc
           limit 2 * sampled
        )
        select array(
                 select n.id from newest n
                   join public.customers c on c.organization_id = organization and c.id = n.customer_id
                  where c.search @@ one
                  order by n.last_activity_at desc),
               (select count(*) from newest) < 2 * sampled
          into candidates, exhausted;
      end if;
      candidates := candidates || array(
        select l.ticket_id
          from public.tags g
          join desk.ticket_tags l on l.organization_id = organization and l.tag_id = g.id
         where g.organization_id = organization
           and g.name = any (array(
             select e.v from jsonb_array_elements_text(lookups #> array[driver::text, 'tags']) as e (v)))
         limit chunk + 1);
      exhausted := exhausted and cardinality(candidates) <= chunk;
    end if;
    if cardinality(candidates) > 0 then
      execute rest into hits
        using organization, conditions, statuses, ranks, terms, candidates, null, null, null, null, null, lookups;
    end if;

    if lookups #> array[driver::text, 'customers'] is not null then
      null;
    elsif looked_at = sampled and counts[array_position(positives, driver)] * 100 < sampled then
      candidates := desk.matching_tickets(organization, one, 50000);
      i := 1;
      while i <= cardinality(candidates) and cardinality(hits) <= cap loop
        execute rest into found
          using organization, conditions, statuses, ranks, terms, candidates[i : i + chunk - 1], null, null, null, null,
                null, lookups;
        hits := hits || found;
        i := i + chunk;
      end loop;
      exhausted := exhausted and i > cardinality(candidates) and cardinality(candidates) < 25000;
    else
      step := 2 * sampled;
      budget := 32 * sampled;
      while budget > 0 and cardinality(hits) <= cap loop
        select n.tickets, n.lowest, n.looked_at into candidates, below, looked_at
          from desk.newest_matching(organization, one, below, step) as n;
        if cardinality(candidates) > 0 then
          execute rest into found
            using organization, conditions, statuses, ranks, terms, candidates, null, null, null, null, null, lookups;
          hits := hits || found;
        end if;
        at_end := looked_at < step;
        exit when at_end;
        budget := budget - step;
        step := least(budget, step * 2);
      end loop;
      exhausted := exhausted and at_end;
    end if;
    hits := array(
      select h.id from unnest(hits) with ordinality as h (id, n) group by h.id order by min(h.n) limit cap + 1);
    exhausted := exhausted and cardinality(hits) <= cap;
    hits := hits[1 : cap];
  elsif candidates is not null then
    foreach i in array positives loop
      filter := filter || ' and ' || desk.term_test(i, lookups);
    end loop;
    execute 'select array(select t.id from public.tickets t where t.id = any ($6) and ' || filter || ')'
      into hits using organization, conditions, statuses, ranks, terms, candidates, null, null, null, null, null, lookups;
  end if;

  -- Each order ends with the id; a position names the first row of a page.
  keys := case sort
    when 'activity' then 't.last_activity_at' when 'creation' then 't.created_at'
    when 'priority' then 't.priority_rank, t.last_activity_at' else 's.score' end;
  onwards := case when after is not null then format(
    '(%s, %s.id) %s (%s, $8[%s]::uuid)',
    keys, case sort when 'relevance' then 's' else 't' end, case when descending then '<=' else '>=' end,
    case sort when 'priority' then '$8[1]::smallint, $8[2]::timestamptz' when 'relevance' then '$8[1]::double precision'
      else '$8[1]::timestamptz' end,
    case sort when 'priority' then 3 else 2 end) end;
  ending := ' order by ' || replace(keys, ',', turn || ',') || turn || ', '
    || case sort when 'relevance' then 's' else 't' end || '.id' || turn || ' limit $7';

  if hits is not null then
    return query select 0, null::uuid, null::text[], least(cardinality(hits), counted), exhausted and cardinality(hits) <= counted;
    if sort = 'relevance' then
      -- How well the best document fits, or the customer whose name it is; less for what has long been quiet.
      source := '(select t.id, (greatest(coalesce((select max(ts_rank(''{0.1, 0.2, 0.4, 1.0}'', d.search, $9))'
        ' from desk.search_documents d where d.organization_id = $1 and d.ticket_id = t.id and d.search @@ $9), 0),'
        ' case when exists (select from public.customers c where c.organization_id = $1 and c.id = t.customer_id'
        ' and c.search @@ $9) then 0.5 else 0.01 end)'
        ' / (1 + extract(epoch from greatest($10 - t.last_activity_at, interval ''0'')) / 7776000))::double precision as score'
        ' from public.tickets t where t.organization_id = $1 and t.id = any ($6) offset 0) as s';
      page := 'select s.id, array[s.score::text, s.id::text] as place from ' || source
        || coalesce(' where ' || onwards, '') || ending;
    else
      page := 'select t.id, ' || desk.position_text(sort) || ' as place from public.tickets t'
        ' where t.organization_id = $1 and t.id = any ($6)' || coalesce(' and ' || onwards, '') || ending;
    end if;
  else
    if counted > 0 then
      execute 'select count(*) from (select from public.tickets t where ' || filter || ' limit $7) as c'
        into total using organization, conditions, statuses, ranks, terms, null, counted + 1, null, null, null, null, lookups;
    else
      total := 0;
    end if;
    return query select 0, null::uuid, null::text[], least(total, counted), total <= counted;
    -- One sort scan by the index of the order; or one for each of an agent's and a status's tickets, merged.
    agents := (
      select array(select e.v::uuid from jsonb_array_elements_text(c.value -> 'ids') as e (v))
        from jsonb_array_elements(conditions) as c (value)
       where c.value ->> 'by' = 'assignee' and c.value ? 'ids' and not (c.value ->> 'not')::boolean
         and not c.value -> 'any' @> '"none"'
       limit 1);
    page := 'select t.id, ' || desk.position_text(sort) || ' as place, ' || desk.sort_columns(sort)
      || ' from public.tickets t where ' || filter || coalesce(' and ' || onwards, '');
    if sort = 'activity' and (cardinality(statuses) > 0 or agents is not null) then
      page := 'select t.id, t.place from '
        || case when agents is not null then 'unnest($11) as a (id) cross join ' else '' end
        || 'unnest($13) as o (code) cross join lateral (' || page
        || case when agents is not null then ' and t.assigned_to = a.id' else '' end
        || ' and t.status_code = o.code' || ending || ') as t' || ending;
    elsif sort = 'priority' then
      page := 'select t.id, t.place from unnest($14) as o (rank) cross join lateral (' || page
        || ' and t.priority_rank = o.rank' || ending || ') as t' || ending;
    else
      page := 'select t.id, t.place from (' || page || ending || ') as t' || ending;
    end if;
  end if;
  if most <= 0 then
    return;
  end if;
  return query execute 'select (row_number() over ())::integer, p.id, p.place, null::integer, null::boolean from (' || page || ') as p'
    using organization, conditions, statuses, ranks, terms, hits, most + 1, after, everything, now, agents, lookups,
          case when cardinality(statuses) > 0 then statuses else '{open,pending,solved,closed}' end,
          case when cardinality(ranks) > 0 then ranks else '{1,2,3,4}' end;
end
$$;

-- Customers by conditions, in an order, from a position on: desk.find_tickets for customers.list. The conditions are the
-- same, t being the customer.
create function desk.find_customers(
  query jsonb, sort text, descending boolean, most integer, now timestamptz, after text[] default null,
  counted integer default 1000
)
  returns table (place integer, id uuid, "position" text[], total integer, is_exact boolean)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  set client_min_messages = warning
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_seqscan = off
  set max_parallel_workers_per_gather = 0
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  few constant integer := 20000;
  conditions jsonb;
  tests text[];
  condition jsonb;
  i integer := -1;
  matched uuid[];
  candidates uuid[];
  filter text;
  key constant text := case sort when 'creation' then 't.created_at' else 't.name' end;
  turn constant text := case when descending then ' desc' else '' end;
begin
  if organization is null then
    return;
  end if;
  select c.resolved, array(select replace(e.test, 't.customer_id', 't.id') from unnest(c.tests) with ordinality as e (test, n) order by e.n)
    into conditions, tests
    from desk.ticket_conditions(organization, query -> 'conditions', now) as c;
  for condition in select c.value from jsonb_array_elements(conditions) with ordinality as c (value, n) order by c.n loop
    i := i + 1;
    continue when candidates is not null or (condition ->> 'not')::boolean;
    matched := case
      when condition ? 'ids' and not condition ? 'words'
        then array(select e.v::uuid from jsonb_array_elements_text(condition -> 'ids') as e (v))
      when condition ? 'test' and not condition ? 'present'
        then desk.field_customers(organization, conditions, i, condition ->> 'test', few + 1)
    end;
    if cardinality(matched) <= few then
      candidates := matched;
    end if;
  end loop;
  filter := concat_ws(
    ' and ', 't.organization_id = $1',
    case when not coalesce((query ->> 'deleted')::boolean and current_setting('app.role', true) = 'admin', false)
      then 't.deleted_at is null' end, nullif(array_to_string(tests, ' and '), ''),
    case when candidates is not null then 't.id = any ($3)' end);
  if counted > 0 then
    execute 'select count(*) from (select from public.customers t where ' || filter || ' limit $4) as c'
      into total using organization, conditions, candidates, counted + 1;
  else
    total := 0;
  end if;
  return query select 0, null::uuid, null::text[], least(total, counted), total <= counted;
  return query execute
    'select (row_number() over ())::integer, p.id, p.place, null::integer, null::boolean from ('
    'select t.id, array[' || key || '::text, t.id::text] as place from public.customers t where ' || filter
    || case when after is not null then format(
         ' and (%s, t.id) %s ($5[1]%s, $5[2]::uuid)', key, case when descending then '<=' else '>=' end,
         case sort when 'creation' then '::timestamptz' else '' end) else '' end
    || ' order by ' || key || turn || ', t.id' || turn || ' limit $4) as p'
    using organization, conditions, candidates, most + 1, after;
end
$$;

-- The piece of a ticket that fits a query's words best: where it is, and its text around them. A word that was found
-- stands between U+27E6 and U+27E7, which the text itself never contains. At most some 60 words, from the first 32 KiB.
create function desk.ticket_snippet(ticket uuid, query jsonb) returns jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  set client_min_messages = warning
as $$
declare
  organization constant uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  language text := (select o.search_language from public.organizations o where o.id = organization);
  languages text[];
  wanted tsquery;
  -- The same without weights, which are no part of a text.
  marked tsquery;
  one tsquery;
  term jsonb;
  source uuid;
  content text;
begin
  languages := array_remove(
    array[language]
    || coalesce((select r.languages from desk.search_reindexings r where r.organization_id = organization), '{}'),
    'simple') || array['simple'];
  for term in
    select t.value from jsonb_array_elements(query -> 'terms') as t (value) where not (t.value ->> 'not')::boolean
  loop
    one := desk.term_query(term, languages);
    if one is not null then
      wanted := case when wanted is null then one else wanted || one end;
      one := desk.term_query(term || '{"subject": false}', languages);
      marked := case when marked is null then one else marked || one end;
    end if;
  end loop;
  if wanted is null then
    return null;
  end if;
  select d.source_id, d.language into source, language
    from desk.search_documents d
   where d.organization_id = organization and d.ticket_id = ticket and d.search @@ wanted
   order by ts_rank('{0.1, 0.2, 0.4, 1.0}', d.search, wanted) desc, d.place desc
   limit 1;
  if source is null then
    return null;
  end if;
  content := case when source = ticket
    then (select t.subject from public.tickets t where t.organization_id = organization and t.id = ticket)
    else (select m.body from public.ticket_messages m where m.organization_id = organization and m.id = source)
  end;
  return jsonb_build_object(
    'message_id', nullif(source, ticket),
    'text', ts_headline(
      ('pg_catalog.' || quote_ident(language))::regconfig,
      translate(desk.cut(content, 32768), U&'\27E6\27E7', ''),
      marked,
      U&'StartSel=\27E6, StopSel=\27E7, ' || case when char_length(content) <= 300 then 'HighlightAll=true'
        else 'MaxFragments=2, MaxWords=30, MinWords=10, FragmentDelimiter=" … "' end));
end
$$;

do $guards$
declare
  t constant regclass := 'desk.search_reindexings';
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
create policy search_reindexings_tenant on desk.search_reindexings as restrictive to authenticated
  using (organization_id = (
    select coalesce(nullif(current_setting('app.organization_id', true), '')::uuid, desk.claimed_organization())
  ));

-- What the keepers of documents read, and what is searched.
create policy search_reindexings_keeper on desk.search_reindexings to desk_keeper using (true);
grant select, insert, update, delete on desk.search_reindexings to desk_keeper;
grant select (id, search_language) on public.organizations to desk_keeper;
grant usage on sequence desk.search_places to desk_keeper;

create policy organizations_search on public.organizations for select to desk_search using (true);
create policy agent_profiles_search on public.agent_profiles for select to desk_search using (true);
create policy customer_fields_search on public.customer_fields for select to desk_search using (true);
create policy customer_field_values_search on public.customer_field_values for select to desk_search using (true);
create policy ticket_messages_search on public.ticket_messages for select to desk_search using (true);
create policy tags_search on public.tags for select to desk_search using (true);
create policy ticket_tags_search on desk.ticket_tags for select to desk_search using (true);
create policy search_reindexings_search on desk.search_reindexings for select to desk_search using (true);
grant select (id, search_language) on public.organizations to desk_search;
grant select (id, organization_id, name, email) on public.agent_profiles to desk_search;
grant select (id, organization_id, field_name, field_type, position) on public.customer_fields to desk_search;
grant select (organization_id, customer_id, field_id, value) on public.customer_field_values to desk_search;
grant select (id, organization_id, ticket_id, body, is_internal, deleted_at) on public.ticket_messages to desk_search;
grant select (id, organization_id, name, email, search, created_at, updated_at, deleted_at) on public.customers
  to desk_search;
grant select (
    id, organization_id, customer_id, assigned_to, subject, status_code, priority_rank, number, tags, snoozed_until,
    waiting_since, first_reply_at, last_activity_at, last_solved_at, created_at, updated_at, deleted_at
  ) on public.tickets to desk_search;
grant select (id, organization_id, name) on public.tags to desk_search;
grant select (organization_id, ticket_id, tag_id) on desk.ticket_tags to desk_search;
grant select on desk.search_reindexings to desk_search;

do $rights$
declare
  f regprocedure;
begin
  -- What only the functions that find things call, and what both they and writers of values do.
  for f in
    select p.oid from pg_proc p
     where p.pronamespace = 'desk'::regnamespace
       and p.proname in (
         'query_instant', 'term_query', 'matching_tickets', 'matching_customers', 'similar_customers', 'similar_agents',
         'refuse_condition', 'field_condition', 'field_customers', 'ticket_conditions', 'range_test', 'narrow_tickets',
         'newest_matching', 'term_test', 'sort_columns', 'position_text', 'find_tickets', 'find_customers', 'ticket_snippet',
         'is_search_language', 'check_search_language', 'keep_document', 'document_vector', 'search_language_changed',
         'reindex_search', 'value_key', 'value_number', 'value_choices', 'value_words')
  loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to desk_search', f);
  end loop;
end
$rights$;
grant execute on function desk.fail(text, text, text, text, jsonb), desk.address(text), desk.cut(text, integer),
  desk.tag_name(text), desk.tag_names(text[])
  to desk_search;
grant execute on function desk.document_vector(uuid, uuid, uuid, text) to desk_keeper;
grant execute on function
  desk.find_tickets(jsonb, text, boolean, integer, timestamptz, text[], integer),
  desk.find_customers(jsonb, text, boolean, integer, timestamptz, text[], integer), desk.ticket_snippet(uuid, jsonb)
  to authenticated;
grant execute on function desk.is_search_language(text) to authenticated, desk_provision;
-- An index's expression runs as whoever writes the row.
grant execute on function
  desk.value_key(text), desk.value_number(text), desk.value_choices(text), desk.value_words(text)
  to authenticated, desk_keeper;
grant execute on function desk.reindex_search(integer) to deskpipe_maintain;

-- A new owner needs CREATE on the schema at the moment it is given a function, and at no other.
grant create on schema desk to desk_search, desk_keeper;
alter function desk.find_tickets(jsonb, text, boolean, integer, timestamptz, text[], integer) owner to desk_search;
alter function desk.find_customers(jsonb, text, boolean, integer, timestamptz, text[], integer) owner to desk_search;
alter function desk.ticket_snippet(uuid, jsonb) owner to desk_search;
alter function desk.search_language_changed() owner to desk_keeper;
alter function desk.reindex_search(integer) owner to desk_keeper;
revoke create on schema desk from desk_search, desk_keeper;
