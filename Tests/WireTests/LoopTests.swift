import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

/// The process as its users meet it: floods, trickles, broken pipes, signals and a database that goes away.
@Suite struct LoopTests {
  private static let ping = #"{"jsonrpc":"2.0","id":1,"method":"system.ping"}"#

  @Test(arguments: [Child.Channel.pipe, .socket])
  func servesTenThousandRequestsWrittenBeforeOneAnswerIsRead(_ channel: Child.Channel) throws {
    let child = try Desk().serve(over: channel)
    child.send(try Desk.opening())
    #expect(child.line()?.contains("\"id\":0,\"result\"") == true)
    let lines = (1...10_000).map { id in
      #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(id.isMultiple(of: 10) ? "tickets.list" : "session.whoami")"}"# + "\n"
    }
    #expect(child.send(lines.joined()))
    var ids: Set<Int> = []
    for _ in 1...10_000 {
      let line = try #require(child.line(within: 60))
      #expect(line.contains("\"result\":"), "\(line.prefix(200))")
      ids.insert(try #require(id(of: line)))
    }
    #expect(ids == Set(1...10_000))
    child.closeInput()
    #expect(child.status() == 0)
  }

  @Test func readsLinesAByteAtATime() throws {
    let child = try Desk().serve()
    for byte in Array((Self.ping + "\n" + Self.ping + "\n").utf8) { child.send([byte]) }
    #expect(child.line() == child.line())
    child.closeInput()
    #expect(child.status() == 0)
  }

  @Test func refusesALineOverTheLimitAndServesTheNext() throws {
    let child = try Desk().serve()
    child.send(#"{"jsonrpc":"2.0","id":1,"method":""# + String(repeating: "x", count: 9 << 20) + "\"}\n" + Self.ping)
    child.closeInput()
    let lines = child.lines()
    #expect(lines.count == 2)
    #expect(lines.first?.contains("-32600") == true)
    #expect(lines.last?.contains("pong") == true)
  }

  @Test func passesAMebibyteThrough() throws {
    let desk = try Desk()
    let child = try desk.serve()
    child.send(try Desk.opening())
    _ = child.line()
    let ticket = try #require(try desk.anyTicket())
    let body = String(repeating: "0123456789abcde\u{e9}", count: (1 << 20) / 17)
    child.send(
      #"{"jsonrpc":"2.0","id":1,"method":"messages.create","params":{"ticket_id":"\#(ticket)","body":"\#(body)"}}"#
        + "\n")
    let line = try #require(child.line())
    #expect(line.contains(body), "\(line.prefix(300))")
  }

  @Test func cancelsACallThatRunsInTheDatabase() throws {
    let desk = try Desk()
    let child = try desk.serve()
    child.send(try Desk.opening())
    _ = child.line()
    let ticket = try #require(try desk.anyTicket())
    let blocker = try desk.database.owner()
    try blocker.run("begin; select pg_advisory_xact_lock(hashtextextended('\(ticket)', 0))")
    child.send(
      #"{"jsonrpc":"2.0","id":"slow","method":"tickets.set_status","params":{"id":"\#(ticket)","status":"solved"}}"#
        + "\n")
    try desk.waitForABlockedCall()
    child.send(Self.ping + "\n")
    #expect(child.line()?.contains("pong") == true)
    child.send(#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"slow"}}"# + "\n")
    let line = try #require(child.line())
    #expect(line.hasPrefix(#"{"jsonrpc":"2.0","id":"slow","error":{"code":-32800,"#))
    try blocker.run("rollback")
    child.send(
      #"{"jsonrpc":"2.0","id":2,"method":"tickets.set_status","params":{"id":"\#(ticket)","status":"solved"}}"# + "\n")
    #expect(child.line()?.contains("\"status\":\"solved\"") == true)
  }

  @Test func finishesWhatIsUnderWayAtTheEndOfItsInput() throws {
    let child = try Desk().serve()
    child.send(try Desk.opening() + #"{"jsonrpc":"2.0","id":1,"method":"tickets.list"}"#)
    child.closeInput()
    let lines = child.lines()
    #expect(lines.count == 2)
    #expect(child.status(within: 2) == 0)
  }

  @Test func answersAllOfAFileOfRequests() throws {
    let child = try Desk().serve()
    child.send(try Desk.opening())
    _ = child.line()
    let lines = (1...5_000).map { #"{"jsonrpc":"2.0","id":\#($0),"method":"tickets.list","params":{"limit":5}}"# }
    child.send(lines.joined(separator: "\n"))
    child.closeInput()
    #expect(child.lines().count == 5_000)
    #expect(child.status() == 0)
  }

  @Test func answersEvenWhatItCannotFinish() throws {
    let desk = try Desk()
    let child = try desk.serve()
    child.send(try Desk.opening())
    _ = child.line()
    let ticket = try #require(try desk.anyTicket())
    let blocker = try desk.database.owner()
    try blocker.run("begin; select pg_advisory_xact_lock(hashtextextended('\(ticket)', 0))")
    child.send(
      #"{"jsonrpc":"2.0","id":1,"method":"tickets.set_status","params":{"id":"\#(ticket)","status":"solved"}}"# + "\n")
    try desk.waitForABlockedCall()
    child.closeInput()
    #expect(child.line()?.contains("\"kind\":\"outcome_unknown\"") == true)
    #expect(child.status(within: 4) == 1)
  }

  /// Answers that need no database, more of them than may wait at once.
  @Test func servesAClientThatReadsLate() throws {
    let child = try Desk().serve()
    let calls = (1...200).map { #"{"jsonrpc":"2.0","id":\#($0),"method":"rpc.discover"}"# }
    child.send(calls.joined(separator: "\n") + "\n")
    for _ in 1...200 { #expect(child.line(within: 30)?.contains("\"result\"") == true) }
    child.send("[" + calls.prefix(120).joined(separator: ",") + "]\n")
    let batch = try #require(child.line(within: 30))
    #expect(batch.utf8.count < 20 << 20)
    #expect(batch.contains("\"kind\":\"busy\""))
    child.closeInput()
    #expect(child.status() == 0)
  }

  @Test(arguments: [SIGTERM, SIGINT]) func takesASignalForTheEnd(_ signal: Int32) throws {
    let child = try Desk().serve()
    child.send(Self.ping + "\n")
    _ = child.line()
    kill(child.pid, signal)
    #expect(child.status(within: 2) == 0)
  }

  @Test(arguments: [Child.Channel.pipe, .socket]) func leavesQuietlyWhenNobodyReads(_ channel: Child.Channel) throws {
    let child = try Desk().serve(over: channel)
    child.send(Self.ping + "\n")
    _ = child.line()
    child.closeOutput()
    child.send(Self.ping + "\n")
    #expect(child.status(within: 2) == 0)
    #expect(child.errorText == "")
  }

  @Test func endsWhenItsParentIsGone() throws {
    let desk = try Desk()
    let flag = desk.settings.deletingLastPathComponent().appending(path: "flag").path
    let service = "'\(Child.binary.path)' serve --config '\(desk.settings.path)' <&3 & echo $!"
    // The shell ends when the flag is there; the pipe to the service stays open.
    let script = "exec 3<&0; \(service); until [ -e '\(flag)' ]; do sleep 0.05; done"
    let shell = try Child(["-c", script], program: URL(filePath: "/bin/sh"))
    let pid = try #require(shell.line().flatMap { pid_t($0) })
    shell.send(Self.ping + "\n")
    #expect(shell.line()?.contains("pong") == true)
    #expect(FileManager.default.createFile(atPath: flag, contents: nil))
    let end = Clock.now + 8_000_000_000
    while kill(pid, 0) == 0, Clock.now < end { poll(nil, 0, 20) }
    #expect(kill(pid, 0) != 0)
  }

  @Test func goesOnWhenTheDatabaseDropsItsConnections() throws {
    let desk = try Desk()
    let child = try desk.serve()
    child.send(try Desk.opening())
    _ = child.line()
    for id in 1...5 {
      try desk.dropConnections()
      child.send(#"{"jsonrpc":"2.0","id":\#(id),"method":"tickets.list","params":{"limit":1}}"# + "\n")
      #expect(child.line()?.contains("\"result\"") == true)
    }
  }

  @Test func saysOfAWriteOnALostConnectionThatNobodyKnows() throws {
    let desk = try Desk()
    let child = try desk.serve()
    child.send(try Desk.opening())
    _ = child.line()
    let ticket = try #require(try desk.anyTicket())
    let blocker = try desk.database.owner()
    try blocker.run("begin; select pg_advisory_xact_lock(hashtextextended('\(ticket)', 0))")
    let write = #""method":"tickets.set_status","params":{"id":"\#(ticket)","status":"closed"}}"#
    child.send(#"{"jsonrpc":"2.0","id":1,"# + write + "\n")
    try desk.waitForABlockedCall()
    try desk.dropConnections()
    #expect(child.line()?.contains("\"kind\":\"outcome_unknown\"") == true)
    try blocker.run("rollback")
    child.send(#"{"jsonrpc":"2.0","id":2,"# + write + "\n")
    #expect(child.line()?.contains("\"status\":\"closed\"") == true)
  }

  @Test func answersWhileNoDatabaseIsThere() throws {
    let desk = try Desk(["database": "host=/nowhere dbname=none"])
    let child = try desk.serve()
    child.send(try Desk.opening() + Self.ping + "\n")
    child.closeInput()
    let lines = child.lines()
    #expect(lines.contains { $0.contains("pong") })
    #expect(lines.contains { $0.contains("\"kind\":\"unavailable\"") && $0.contains("\"retryable\":true") })
  }

  @Test func neverWaitsForItsStandardError() throws {
    let desk = try Desk(["log_level": "debug"])
    let script = "'\(Child.binary.path)' serve --config '\(desk.settings.path)' 2>&1 >&3 | (exec 1>&-; exec sleep 5)"
    let child = try Child(["-c", "exec 3>&1; " + script], program: URL(filePath: "/bin/sh"))
    child.send(String(repeating: Self.ping + "\nrubbish\n", count: 2_000))
    for _ in 1...4_000 { #expect(child.line() != nil) }
  }

  private func id(of line: String) -> Int? {
    line.firstMatch(of: /"id":(\d+)/).flatMap { Int($0.1) }
  }
}

extension Desk {
  func anyTicket() throws -> String? {
    try Session(database.endpoints.superuser).value(
      """
      select t.id::text from public.tickets t join public.organizations o on o.id = t.organization_id
       where o.clerk_id = $1 and t.status = 'open' order by t.created_at limit 1
      """, [DemoDesk.organization])
  }

  /// Waits until a call of the service waits for a lock.
  func waitForABlockedCall() throws {
    let session = try Session(database.endpoints.superuser)
    let end = Clock.now + 10_000_000_000
    while Clock.now < end {
      let count = try session.value(
        "select count(*)::text from pg_stat_activity a where a.datname = $1 and a.wait_event_type = 'Lock'",
        [database.name])
      if count != "0" { return }
      poll(nil, 0, 5)
    }
  }

  /// Ends every connection of the serving role.
  func dropConnections() throws {
    try Session(database.endpoints.superuser).query(
      """
      select pg_terminate_backend(a.pid) from pg_stat_activity a
       where a.datname = $1 and a.usename = 'deskpipe_serve'
      """, [database.name])
  }
}
