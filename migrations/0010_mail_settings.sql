-- How the settings of a mail server change.

-- Replaces the settings that an account has for a kind of server ('imap' or 'smtp'). A kept password stays with the
-- settings that it was given for: whoever may name another host must not be able to have it sent there.
create function desk.set_mail_settings(account uuid, kind text, settings jsonb, with_password boolean) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  known boolean;
  path constant text := '/' || kind || '_settings/password';
begin
  if kind = 'imap' then
    select e.has_imap_password and e.imap_settings <> settings into known
      from public.email_accounts e where e.id = account;
  else
    select e.has_smtp_password and e.smtp_settings <> settings into known
      from public.email_accounts e where e.id = account;
  end if;
  if known and not with_password then
    perform desk.fail(
      'DK423', 'rule', 'The password was given for other settings; give it again, or null to remove it.', path);
  end if;
  if kind = 'imap' then
    update public.email_accounts e set imap_settings = settings where e.id = account;
  else
    update public.email_accounts e set smtp_settings = settings where e.id = account;
  end if;
end
$$;

revoke all on function desk.set_mail_settings(uuid, text, jsonb, boolean) from public;
grant execute on function desk.set_mail_settings(uuid, text, jsonb, boolean) to authenticated;
