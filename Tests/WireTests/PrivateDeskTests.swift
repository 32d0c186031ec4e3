import Glibc
import Postgres
import TestSupport
import Testing
import Token

/// What a private database's own server process does without being asked, and what nobody waits for there.
@Suite struct PrivateDeskTests {
  private static let ticket = "121d1e36-6e72-4d50-8b26-a0319f3ab03c"

  /// A demo desk that is there and that nobody serves, and its database as a superuser sees it.
  private static func loaded(_ home: DemoHome) throws -> Session {
    let run = try home.run(["demo"], input: "")
    #expect(run.status == 0, "\(run)")
    return try Session(Cluster(home: home.folder).endpoints().superuser)
  }

  /// Nobody runs `deskpipe maintain`: who serves the desk does, without a call.
  @Test(arguments: ["demo", "serve"]) func isMaintainedByWhoServesIt(_ command: String) throws {
    let home = try DemoHome()
    let database = try Self.loaded(home)
    try database.run(
      """
      create temporary table due as
      (select id, 'closed' as becomes from public.tickets where status_code = 'solved' order by id limit 1)
      union all
      (select id, 'awake' from public.tickets where status_code = 'open' and id <> '\(Self.ticket)' order by id limit 1);
      set session_replication_role = replica;
      update public.tickets set last_solved_at = now() - interval '29 days'
       where id in (select id from due where becomes = 'closed');
      update public.tickets set snoozed_until = now() - interval '1 second'
       where id in (select id from due where becomes = 'awake');
      """)
    let done = """
      select string_agg(d.becomes, ' ' order by d.becomes)
        from due d join public.tickets t on t.id = d.id
       where t.status_code = d.becomes or d.becomes = 'awake' and t.snoozed_until is null
      """
    #expect(try database.value(done) == nil)
    let server = try Child(
      [command],
      environment: home.environment.merging(
        [
          "DATABASE_URL": "private", "CLERK_JWT_KEY": Desk.signer.publicPEM, "CLERK_ISSUER": Desk.issuer,
        ]) { $1 })
    let end = Clock.now + 60_000_000_000
    while try database.value(done) != "awake closed", Clock.now < end { poll(nil, 0, 100) }
    #expect(try database.value(done) == "awake closed", "\(server.errorText)")
    server.closeInput()
    #expect(server.status() == 0)
  }

  /// A standby that never comes holds up whoever waits for their commit to be safe. Who looks at a ticket does not.
  @Test func lookingAtATicketWaitsForNoFlush() throws {
    let home = try DemoHome()
    let database = try Self.loaded(home)
    let desk = try Child(["demo"], environment: home.environment)
    let looking = #""method":"tickets.viewing","params":{"ticket_id":"\#(Self.ticket)","mode":"#
    desk.send(#"{"jsonrpc":"2.0","id":1,\#(looking)"reading"}}"# + "\n")
    #expect(desk.line()?.hasPrefix(#"{"jsonrpc":"2.0","id":1,"result""#) == true, "\(desk.errorText)")
    defer { _ = try? Self.confirm(by: "", in: database) }
    try Self.confirm(by: "nobody", in: database)
    let held = try Self.heldUp(desk, database)

    desk.send(#"{"jsonrpc":"2.0","id":2,\#(looking)"writing"}}"# + "\n")
    #expect(desk.line()?.hasPrefix(#"{"jsonrpc":"2.0","id":2,"result""#) == true)
    #expect(try database.value("select string_agg(mode, ' ') from desk.ticket_viewers") == "writing")
    #expect(try database.value(Self.waiting) == "1")
    try Self.confirm(by: "", in: database)
    #expect(desk.line()?.hasPrefix(#"{"jsonrpc":"2.0","id":"\#(held)","result""#) == true)
    desk.closeInput()
    #expect(desk.status() == 0)
  }

  private static let waiting = "select count(*) from pg_stat_activity where wait_event = 'SyncRep'"

  /// Makes changes until one is held up, since the server takes new settings over when it comes to it; answers its id.
  private static func heldUp(_ desk: Child, _ database: Session) throws -> String {
    for attempt in 0..<100 {
      let params = #"{"title":"Held \#(attempt)","body":"x"}"#
      desk.send(#"{"jsonrpc":"2.0","id":"\#(attempt)","method":"macros.create","params":\#(params)}"# + "\n")
      for _ in 0..<50 {
        if desk.line(within: 0.1) != nil { break }
        if try database.value(waiting) == "1" { return "\(attempt)" }
      }
    }
    throw Complaint.nothingWaits
  }

  private enum Complaint: Error { case nothingWaits }

  /// Whose confirmation commits wait for from now on; nobody's where it is empty.
  private static func confirm(by standby: String, in database: Session) throws {
    try database.run("alter system set synchronous_standby_names = '\(standby)'")
    try database.run("select pg_reload_conf()")
  }
}
