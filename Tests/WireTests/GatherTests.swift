import Postgres
import TestSupport
import Testing

/// Reads by id that are asked for at once, through the real binary.
@Suite struct GatherTests {
  /// Of two sessions with different rights, with ids twice, in capitals, of nothing, deleted, and of somebody else.
  @Test func whatIsAskedForAtOnceIsAnsweredAsOneByOne() throws {
    let desk = try Desk()
    let child = try desk.serve()
    let sessions = try [
      Self.open(child, Desk.token()), Self.open(child, Desk.token(role: "member", subject: DemoDesk.agent)),
    ]
    let calls = try Self.calls(sessions, child, desk)
    let oneByOne = try calls.indices.map { index in
      child.send(Self.line(index, calls[index]))
      return try #require(child.line())
    }
    for _ in 1...3 {
      child.send(calls.indices.map { Self.line($0, calls[$0]) }.joined())
      let together = try calls.map { _ in try #require(child.line()) }
      #expect(together.sorted() == oneByOne.sorted())
    }
    #expect(oneByOne.count { $0.contains(#""result""#) } > calls.count / 3)
    #expect(oneByOne.count { $0.contains(#""not_found""#) } > calls.count / 5)
  }

  private static func calls(_ sessions: [String], _ child: Child, _ desk: Desk) throws -> [String] {
    let owner = try desk.database.superuser()
    func ids(_ rest: String) throws -> [String] { try owner.query("select id::text " + rest).compactMap { $0[0] } }
    let ours = "(select o.id from organizations o where o.clerk_id = '\(DemoDesk.organization)')"
    let tickets = try ids("from tickets where organization_id = \(ours) order by id limit 12")
    child.send(line(0, #""method":"tickets.delete","params":{"session":"\#(sessions[0])","id":"\#(tickets[1])"}"#))
    #expect(try #require(child.line()).contains(#""result""#))
    let others = try ids("from tickets where organization_id <> \(ours) order by id limit 4")
    let customers = try ids("from customers where organization_id = \(ours) order by id limit 4")
    let nothing = "00000000-0000-4000-8000-000000000000"
    let asked =
      (tickets + others + [nothing, tickets[0], tickets[2].uppercased(), tickets[0]]).map { ("tickets.get", $0) }
      + (customers + [tickets[0]]).map { ("customers.get", $0) }
    return sessions.flatMap { session in
      asked.map { #""method":"\#($0)","params":{"session":"\#(session)","id":"\#($1)"}"# }
        + [#""method":"tickets.get","params":{"session":"\#(session)","id":"\#(tickets[1])","include_deleted":true}"#]
    }
  }

  private static func line(_ id: Int, _ call: String) -> String { #"{"jsonrpc":"2.0","id":\#(id),\#(call)}"# + "\n" }

  private static func open(_ child: Child, _ token: String) throws -> String {
    child.send(#"{"jsonrpc":"2.0","id":0,"method":"session.open","params":{"token":"\#(token)"}}"# + "\n")
    let answer = try #require(child.line())
    return String(try #require(answer.firstMatch(of: /"session": ?"([^"]+)"/)).1)
  }
}
