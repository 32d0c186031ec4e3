-- Every table of tenants goes with its organization: by a key of its own, or, as these, by that of what its rows belong to.
select checks.answers(
  $$select string_agg(t.name::text, ' ' order by t.name::text)
      from checks.tables t
     where not exists (
       select from pg_constraint k
        where k.conrelid = t.name
          and k.contype = 'f'
          and k.confrelid = 'public.organizations'::regclass
          and k.confdeltype = 'c')$$,
  'desk.audit_records desk.audit_seals desk.customer_identities desk.customer_merges desk.email_secrets desk.idempotency_keys desk.macro_usage '
    || 'desk.search_documents desk.ticket_merges');
