import Postgres
import TestSupport
import Testing

/// `deskpipe maintain` as a timer runs it.
@Suite struct MaintainTests {
  private func maintain(_ database: TestDatabase) throws -> Run {
    try Run(["maintain"], environment: ["DATABASE_MAINTAIN_URL": database.endpoints.maintain])
  }

  /// Three solved tickets, two that sleep and one viewer, all of whom it is time for.
  private func fallDue(_ database: TestDatabase) throws {
    try database.superuser().run(
      """
      set session_replication_role = replica;
      update public.tickets set last_solved_at = now() where status_code = 'solved';
      update public.tickets set snoozed_until = null, keep_snoozed = false;
      update public.tickets set last_solved_at = now() - interval '29 days'
       where id in (select id from public.tickets where status_code = 'solved' order by id limit 3);
      update public.tickets set snoozed_until = now() - interval '1 second'
       where id in (select id from public.tickets where status_code = 'open' order by id limit 2);
      insert into desk.ticket_viewers (organization_id, ticket_id, agent_id, mode, expires_at)
      select t.organization_id, t.id, a.id, 'reading', now() - interval '1 second'
        from public.tickets t join public.agent_profiles a on a.organization_id = t.organization_id
       order by t.id, a.id limit 1;
      """)
  }

  @Test func doesWhatIsDueOnce() throws {
    let database = try TestCluster.createDemoDatabase()
    try fallDue(database)
    let first = try maintain(database)
    #expect(first.status == 0 && first.errors.isEmpty, "\(first)")
    #expect(first.output.hasPrefix(#"{"closed": 3, "woken": 2, "viewers": 1, "#), "\(first)")
    #expect(first.output.hasSuffix(#""clerk_events": 0, "failed": [], "busy": false}"#), "\(first)")
    let rows = "select md5(string_agg(t::text, '' order by t.id)) from public.tickets t"
    let before = try database.superuser().value(rows)
    let second = try maintain(database)
    #expect(second.status == 0 && second.output.hasPrefix(#"{"closed": 0, "woken": 0, "viewers": 0, "#), "\(second)")
    #expect(try database.superuser().value(rows) == before)
  }

  @Test func leavesItToWhoIsAtIt() throws {
    let database = try TestCluster.createDemoDatabase()
    try fallDue(database)
    let other = try database.maintain()
    try other.run("begin")
    #expect(try other.value("select desk.begin_maintenance()") == "t")
    let run = try maintain(database)
    #expect(run.status == 0 && run.output == #"{"closed": 0, "failed": [], "busy": true}"#, "\(run)")
    try other.run("rollback")
    #expect(try maintain(database).output.hasPrefix(#"{"closed": 3, "woken": 2, "#))
  }

  /// What is not allowed is said, and the rest is done.
  @Test func goesOnWhereOneDutyFails() throws {
    let database = try TestCluster.createDemoDatabase()
    try fallDue(database)
    try database.superuser().run("revoke execute on function desk.close_solved(integer) from deskpipe_maintain")
    let run = try maintain(database)
    #expect(run.status == 1 && run.output.hasPrefix(#"{"woken": 2, "viewers": 1, "#), "\(run)")
    #expect(run.output.hasSuffix(#""failed": ["closed"], "busy": false}"#), "\(run)")
    #expect(run.errors.hasPrefix("deskpipe: closed: "), "\(run)")
  }

  @Test(
    arguments: [
      ([:], 2, "maintain_database (DATABASE_MAINTAIN_URL, --maintain-database) is not set"),
      (["DATABASE_MAINTAIN_URL": "host=/nowhere"], 1, "PostgreSQL cannot be reached"),
    ] as [([String: String], Int32, String)])
  func saysWhatIsMissing(_ environment: [String: String], _ status: Int32, _ words: String) throws {
    let run = try Run(["maintain"], environment: environment)
    #expect(run.status == status && run.output.isEmpty && run.errors.contains(words), "\(run)")
  }
}
