-- How many rows the planner takes an organization to have.
--
-- A statement's plan is made once for all organizations, so for one of average size: where most are small, that is a few
-- rows. To read them all then looks as cheap as to read a page of them by an index, and of the one organization with a
-- million tickets it does read them all (measured: 100,000 tickets beside 5,000 organizations of 20, first page 103 ms,
-- with this 2 ms). Taken for a hundredth of its table, a giant gets its page by an index, and to a small one that is
-- all the same. A hundredth, not more: at a twentieth a whole table looks cheaper than a giant's part of it.
do $statistics$
declare
  t regclass;
begin
  foreach t in array array[
    'public.agent_profiles', 'public.customers', 'public.customer_fields', 'public.customer_field_values',
    'public.tickets', 'public.ticket_messages', 'public.macros', 'public.email_accounts', 'desk.email_secrets',
    'desk.search_documents'
  ]::regclass[] loop
    execute format('alter table %s alter column organization_id set (n_distinct = 100)', t);
  end loop;
end
$statistics$;
