import Foundation
import Postgres
import TestSupport
import Testing

/// Who may do what, tried as other people; and the doctor, which has to know when that no longer holds.
///
/// Serialized: what the tests do to one database is undone, but would block or deadlock one another.
@Suite(.serialized) struct PolicyTests {
  @Test(arguments: Origin.allCases, SQLFile.checks) func holds(_ origin: Origin, _ check: SQLFile) throws {
    let session = try Session(origin.endpoints().superuser)
    try session.run("begin")
    let failures = try check.failures(session)
    for failure in failures { Issue.record("\(failure)") }
    // Whatever it did to them.
    try session.run("reset role")
    #expect(try session.query(Self.miscounted) == [])
  }

  /// Tickets that do not know how many messages they have.
  private static let miscounted = """
    select t.id, t.message_count
      from public.tickets t
     where t.message_count <> (
             select count(*) from public.ticket_messages m where m.ticket_id = t.id and m.deleted_at is null
           )
    """

  @Test func anOwnerWithoutTheRightToMakeRolesIsToldWhatToGrant() throws {
    #expect(
      try Origin.refusals() == [
        "migration 0001_roles failed: the role authenticated exists, and deskpipe_owner may not grant it to deskpipe_serve",
        "migration 0001_roles failed: the role desk_search exists, but deskpipe_owner does not belong to it",
      ])
  }

  @Test(arguments: Origin.allCases) func theDoctorIsContentWithAMigratedDatabase(_ origin: Origin) throws {
    let session = try Session(origin.endpoints().superuser)
    let rows = try session.query(#"select d."check", d.ok from desk.doctor() d"#)
    let isPatched = session.serverVersion >= (Self.patched[session.serverVersion / 10_000] ?? 0)
    #expect(rows.count == 18)
    #expect(rows.filter { $0[1] != "t" }.map { $0[0] } == (isPatched ? [] : ["server_version"]))
  }

  /// The minor versions without CVE-2026-120154.
  private static let patched = [15: 150_020, 16: 160_016, 17: 170_012, 18: 180_007]

  @Test(arguments: Fault.all, isLong ? Origin.allCases : [.owner])
  func theDoctorFinds(_ fault: Fault, _ origin: Origin) throws {
    let session = try Session(origin.endpoints().superuser)
    try session.run("begin; \(fault.statement)")
    #expect(try session.value(#"select d.ok from desk.doctor() d where d."check" = $1"#, [fault.check]) == "f")
  }

  private static let isLong = ProcessInfo.processInfo.environment["DESKPIPE_LONG"] != nil
}

/// Something that must not be in a database, and the check that has to find it.
struct Fault: Sendable, CustomTestStringConvertible {
  let statement: String
  let check: String

  var testDescription: String { statement }

  static let all: [Fault] = [
    ("alter table tickets no force row level security", "row_security"),
    ("alter table desk.email_secrets disable row level security", "row_security"),
    ("create table more (organization_id uuid); select checks.own('table more')", "row_security"),
    ("drop policy tickets_tenant on tickets", "tenant_guard"),
    ("alter policy tickets_tenant on tickets using (true)", "tenant_guard"),
    ("alter policy tickets_tenant on tickets to deskpipe_identity", "tenant_guard"),
    (
      "alter policy tickets_select on tickets using (organization_id in (select id from organizations))",
      "policy_form"
    ),
    (
      "alter policy tickets_select on tickets using (organization_id = current_setting('app.organization_id')::uuid)",
      "policy_form"
    ),
    ("alter table tickets add constraint bad foreign key (customer_id) references customers (id)", "foreign_keys"),
    ("create unique index bad on email_accounts (email_address)", "unique_keys"),
    ("grant truncate on tickets to authenticated", "table_rights"),
    ("grant select on tickets to public", "table_rights"),
    ("grant select on desk.email_secrets to authenticated", "table_rights"),
    ("grant select on tickets to deskpipe_identity", "table_rights"),
    ("grant update on agent_profiles to authenticated", "table_rights"),
    ("grant update (role) on agent_profiles to authenticated", "column_rights"),
    ("grant create on schema desk to authenticated", "create_rights"),
    ("grant create on schema public to public", "create_rights"),
    ("grant execute on function desk.open_session(jsonb, text) to public", "public_execute"),
    ("alter function desk.open_session(jsonb, text) reset search_path", "definer_functions"),
    ("alter function desk.open_session(jsonb, text) owner to current_user", "definer_functions"),
    ("alter function desk.expect(text, uuid, integer, text) security definer", "definer_functions"),
    ("alter function desk.expect(text, uuid, integer, text) reset all", "function_paths"),
    ("alter view desk.ticket set (security_invoker = false)", "views"),
    (
      "create materialized view desk.leak as select 1 as x; select checks.own('materialized view desk.leak')", "views"
    ),
    ("alter role deskpipe_serve inherit", "serve_role"),
    (
      // From 16 on a membership is revoked as who granted it.
      """
      do $$ declare g oid; begin
        for g in select grantor from pg_auth_members
                  where roleid = 'authenticated'::regrole and member = 'deskpipe_serve'::regrole loop
          if current_setting('server_version_num')::integer >= 160000 then
            execute format('revoke authenticated from deskpipe_serve granted by %s', g::regrole);
          else
            revoke authenticated from deskpipe_serve;
          end if;
        end loop; end $$
      """, "serve_role"
    ),
    ("alter role desk_search bypassrls", "role_attributes"),
    ("alter role authenticated login", "role_attributes"),
    ("grant desk_keeper to deskpipe_serve", "role_members"),
    ("grant pg_read_all_data to authenticated", "role_members"),
    ("drop trigger b_row on macros", "triggers"),
    ("alter table tickets disable trigger d_search_insert", "triggers"),
    ("alter table macros add constraint bad check (title <> '') not valid", "constraints"),
  ].map(Fault.init)
}
