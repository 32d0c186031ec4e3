import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

/// Writes whose answers get lost, or that are sent twice at once, through the real binary.
@Suite struct IdempotencyTests {
  @Test func theAnswerThatGotLostAfterTheCommitIsHadByAskingAgain() throws {
    let direct = try Desk()
    let proxy = try LossyProxy(before: direct.database.endpoints.serve)
    let desk = try Desk(["database": proxy.conninfo(direct.database.endpoints.serve)])
    let child = try desk.serve()
    child.send(try Desk.opening())
    #expect(child.line()?.contains("\"result\"") == true)
    let ticket = try #require(try direct.anyTicket())
    for (method, params) in [
      ("messages.create", #""ticket_id":"\#(ticket)","body":"sent once""#),
      ("customers.create", #""name":"made once","fields":{"plan":"plus"}"#),
      (
        "batch.run",
        #""calls":[{"method":"customers.create","params":{"name":"made once","fields":{"plan":"plus"}}}]"#
      ),
    ] {
      let call =
        #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":{\#(params),"idempotency_key":"\#(method)"}}"# + "\n"
      let losses = proxy.losses
      proxy.loseNextAnswer()
      child.send(call)
      #expect(child.line()?.contains("\"outcome_unknown\"") == true)
      #expect(proxy.losses == losses + 1)
      child.send(call)
      let first = try #require(child.line())
      #expect(first.contains("\"result\":") && first.contains("once"), "\(first)")
      child.send(call)
      #expect(child.line() == first)
    }
    #expect(try direct.count("ticket_messages where body = 'sent once'") == 1)
    #expect(try direct.count("customers where name = 'made once'") == 2)
  }

  @Test func twoProcessesAtOnceWithOneKeyDoItOnce() throws {
    let desk = try Desk()
    let children = try (0..<2).map { _ in try desk.serve() }
    for child in children {
      child.send(try Desk.opening())
      #expect(child.line()?.contains("\"result\"") == true)
    }
    // The first holds its key and waits for the blocker; the second waits for the key.
    let blocker = try desk.database.superuser()
    for round in 0..<20 {
      let call =
        #"{"jsonrpc":"2.0","id":1,"method":"customers.create","params":{"name":"Twin \#(round)","fields":{"plan":"plus"},"idempotency_key":"\#(round)"}}"#
        + "\n"
      if round == 0 {
        try blocker.run("begin; lock table public.customers in share mode")
        children[0].send(call)
        try desk.waitForBlockedCalls(1)
        children[1].send(call)
        try desk.waitForBlockedCalls(2)
        try blocker.run("commit")
      } else {
        for child in children { child.send(call) }
      }
      let answers = try children.map { try #require($0.line()) }
      #expect(answers[0] == answers[1] && answers[0].contains("\"result\":"), "\(answers)")
      #expect(try desk.count("customers where name = 'Twin \(round)'") == 1)
    }
  }
}

extension Desk {
  /// How many rows there are, as whom no policy holds back.
  func count(_ rows: String) throws -> Int {
    Int(try database.superuser().value("select count(*)::text from public.\(rows)") ?? "") ?? -1
  }

  /// Waits until so many calls wait for a lock.
  func waitForBlockedCalls(_ count: Int) throws {
    let session = try database.superuser()
    let end = Clock.now + 10_000_000_000
    while Clock.now < end {
      let blocked = try session.value(
        "select count(*)::text from pg_stat_activity a where a.datname = $1 and a.wait_event_type = 'Lock'",
        [database.name])
      if blocked == String(count) { return }
      poll(nil, 0, 5)
    }
    Issue.record("\(count) calls were to wait for a lock")
  }
}
