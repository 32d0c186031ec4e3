import Foundation
import Postgres
import TestSupport
import Testing

/// The binary through a real PgBouncer in transaction mode with fewer connections to the server than it has itself, so
/// that each segment may meet another server process.
@Suite struct PgBouncerTests {
  /// Prepared statements off, as PgBouncer before 1.21 needs them, and on, which then has to be noticed.
  @Test(arguments: ["0", "500"]) func servesEveryKindOfCall(_ prepared: String) throws {
    let desk = try Desk(["prepared_statements": prepared])
    let pooler = try PgBouncer(for: desk.database.endpoints.serve, settings: ["default_pool_size = 2"])
    let child = try desk.serve(through: pooler)
    child.send(try Desk.opening())
    #expect(child.line()?.contains("\"result\"") == true)
    let ticket = try #require(try desk.anyTicket())
    let calls = [
      ("tickets.get", #"{"id":"\#(ticket)"}"#), ("tickets.list", #"{"limit":3}"#), ("tickets.count", "{}"),
      ("customers.list", #"{"limit":3}"#), ("tickets.list", #"{"text":"the"}"#),
      ("messages.create", #"{"ticket_id":"\#(ticket)","body":"Hello."}"#),
      ("messages.create", #"{"ticket_id":"\#(ticket)","body":"Only tried.","dry_run":true}"#),
      ("tickets.update", #"{"id":"\#(ticket)","subject":"Hello again"}"#),
    ]
    let lines = (1...400).map { id in
      let (method, params) = calls[id % calls.count]
      return #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"# + "\n"
    }
    #expect(child.send(lines.joined()))
    for _ in lines {
      let line = try #require(child.line(within: 60))
      #expect(line.contains("\"result\":"), "\(line.prefix(300))")
    }
    child.closeInput()
    #expect(child.status() == 0)
    #expect(try desk.messages(saying: "Hello.") == 50)
    #expect(try desk.messages(saying: "Only tried.") == 0)
  }

  /// Whatever a segment sets ends with it: the next one on the server connection is anybody's.
  @Test func leavesNothingBehindOnAServerConnection() throws {
    let desk = try Desk(["prepared_statements": "0"])
    let pooler = try PgBouncer(for: desk.database.endpoints.serve, settings: ["default_pool_size = 1"])
    let child = try desk.serve(through: pooler)
    child.send(try Desk.opening())
    _ = child.line()
    child.send(#"{"jsonrpc":"2.0","id":1,"method":"tickets.list","params":{"limit":1}}"# + "\n")
    #expect(child.line()?.contains("\"result\"") == true)
    let stranger = try Session(pooler.conninfo)
    let left = try stranger.query(
      """
      select current_user::text, current_setting('request.jwt.claims', true), current_setting('app.organization_id', true),
        current_setting('transaction_read_only'), current_setting('plan_cache_mode')
      """)
    #expect(left == [["deskpipe_serve", "", "", "off", "auto"]])
  }
}

extension Desk {
  fileprivate func serve(through pooler: PgBouncer) throws -> Child {
    try Child(["serve", "--config", settings.path, "--database", pooler.conninfo])
  }

  fileprivate func messages(saying body: String) throws -> Int? {
    try Session(database.endpoints.superuser)
      .value("select count(*) from public.ticket_messages where body = $1", [body]).flatMap { Int($0) }
  }
}
