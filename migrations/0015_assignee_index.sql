-- What an agent has to do is asked for by assignee and status together; by assignee and activity alone the index was
-- walked through all that they ever closed. A list without a status reads it once for each of the four.
drop index public.idx_tickets_org_assignee;
create index idx_tickets_org_assignee
  on public.tickets (organization_id, assigned_to, status_code, last_activity_at, id);
