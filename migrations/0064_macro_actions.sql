-- A macro's priority, assignee and status are one change, judged as the ticket is afterwards: a solved ticket can be opened
-- and given to nobody. A macro's snooze is what tickets.snooze does.

-- Does on a ticket what a macro's actions say, with the caller's rights; all or nothing. What cannot be done is told with the
-- name of the action.
create or replace function desk.apply_actions(ticket uuid, actions jsonb) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  action text;
  given jsonb;
  state text;
  kind text;
  message text;
  pointer text;
begin
  -- The ticket's own members together, under the name of the first; then what takes statements of its own. A ticket is
  -- snoozed by what it has become.
  foreach action in array array[
    'status', 'assigned_to', 'priority', 'fields', 'set_tags', 'remove_tags', 'add_tags', 'add_followers', 'snooze_hours'
  ] loop
    continue when not actions ? action
      or action = 'assigned_to' and actions ? 'status'
      or action = 'priority' and actions ?| array['status', 'assigned_to'];
    given := actions -> action;
    begin
      case action
        when 'fields' then
          perform desk.set_customer_fields(t.customer_id, given) from public.tickets t where t.id = ticket;
        when 'set_tags' then
          perform desk.change_tags(ticket, '{}', null, array(select jsonb_array_elements_text(given)));
        when 'remove_tags' then
          perform desk.change_tags(ticket, '{}', array(select jsonb_array_elements_text(given)));
        when 'add_tags' then
          perform desk.change_tags(ticket, array(select jsonb_array_elements_text(given)));
        when 'add_followers' then
          perform desk.follow_ticket(ticket, case f.agent when 'me' then desk.current_agent() else f.agent::uuid end)
             from jsonb_array_elements_text(given) as f (agent);
        when 'snooze_hours' then
          update public.tickets t
             set snoozed_until = now() + make_interval(hours => (given #>> '{}')::integer),
                 keep_snoozed = false
           where t.id = ticket;
        else
          update public.tickets t
             set status = coalesce((actions ->> 'status')::public.ticket_status, t.status),
                 priority = coalesce((actions ->> 'priority')::public.ticket_priority, t.priority),
                 assigned_to = case
                   when not actions ? 'assigned_to' then t.assigned_to
                   when actions ->> 'assigned_to' = 'me' then desk.current_agent()
                   else (actions ->> 'assigned_to')::uuid
                 end
           where t.id = ticket;
      end case;
    exception when sqlstate 'DK403' or sqlstate 'DK404' or sqlstate 'DK422' or sqlstate 'DK423' then
      get stacked diagnostics
        state = returned_sqlstate, kind = constraint_name, message = message_text, pointer = column_name;
      -- Of those that were set together, the rule that was broken names one.
      if action in ('status', 'assigned_to') and actions ? substr(pointer, 2) then
        action := substr(pointer, 2);
      end if;
      perform desk.fail(state, kind, message, '/id', jsonb_build_object('action', action));
    end;
  end loop;
end
$$;
