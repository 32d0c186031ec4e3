import Desk
import Postgres
import TestSupport
import Testing

/// Reads by id that are asked for at once, through the real binary.
@Suite struct GatherTests {
  /// What can be read by its id, by the table whose rows have it.
  private static let tables = [
    "tickets.get": "tickets", "customers.get": "customers", "messages.get": "ticket_messages", "macros.get": "macros",
    "agents.get": "agent_profiles", "views.get": "ticket_views", "email_accounts.get": "email_accounts",
  ]

  @Test func everyReadByIdCanBeGathered() {
    let gathered = Methods.all.filter { $0.name.hasSuffix(".get") && $0.statements().contains { $0.many != nil } }
    #expect(Set(gathered.map(\.name)) == Set(Self.tables.keys))
  }

  /// Of two sessions with different rights, with ids twice, in capitals, of nothing, deleted, and of somebody else; with
  /// prepared statements and without.
  @Test(arguments: [500, 0]) func whatIsAskedForAtOnceIsAnsweredAsOneByOne(_ prepared: Int) throws {
    let desk = try Desk(["prepared_statements": String(prepared)])
    let child = try desk.serve()
    let sessions = try [
      Self.open(child, Desk.token()), Self.open(child, Desk.token(role: "member", subject: DemoDesk.agent)),
    ]
    let owner = try desk.database.superuser()
    for name in Self.tables.keys.sorted() {
      let ids = try Self.ids(name, owner)
      if name == "tickets.get" {
        let deletion = #""method":"tickets.delete","params":{"session":"\#(sessions[0])","id":"\#(ids[1])"}"#
        #expect(try Self.answers([deletion], child)[0].contains(#""result""#))
      }
      for isAny in ["", #","include_deleted":true"#] {
        let calls = sessions.flatMap { session in
          ids.map { #""method":"\#(name)","params":{"session":"\#(session)","id":"\#($0)"\#(isAny)}"# }
        }
        let oneByOne = try calls.map { try Self.answers([$0], child)[0] }
        for _ in 1...2 { #expect(try Self.answers(calls, child) == oneByOne, "\(name)") }
        guard isAny.isEmpty else { continue }
        #expect(oneByOne.count { $0.contains(#""result""#) } >= 4, "\(name)")
        #expect(oneByOne.count { $0.contains(#""not_found""#) } >= 4, "\(name)")
      }
    }
  }

  private static func ids(_ name: String, _ owner: Session) throws -> [String] {
    let table = try #require(tables[name])
    let ours = "(select o.id from organizations o where o.clerk_id = '\(DemoDesk.organization)')"
    func ids(_ rest: String) throws -> [String] {
      try owner.query("select id::text from \(table) where organization_id \(rest)").compactMap { $0[0] }
    }
    let own = try ids("= \(ours) order by id limit 10")
    let others = try ids("<> \(ours) order by id limit 3")
    let nothing = "00000000-0000-4000-8000-000000000000"
    return own + others + [nothing, own[0], own[own.count - 1].uppercased(), own[0], nothing]
  }

  /// The answers to calls that are sent at once, in the order of the calls and without their ids.
  private static func answers(_ calls: [String], _ child: Child) throws -> [String] {
    child.send(calls.enumerated().map { #"{"jsonrpc":"2.0","id":"\#($0)!",\#($1)}"# + "\n" }.joined())
    var answers = calls.map { _ in "" }
    for _ in calls {
      let line = try #require(child.line())
      let id = try #require(line.firstMatch(of: /"id":"(\d+)!"/))
      answers[try #require(Int(id.1))] = line.replacing(id.0, with: "")
    }
    return answers
  }

  private static func open(_ child: Child, _ token: String) throws -> String {
    child.send(#"{"jsonrpc":"2.0","id":0,"method":"session.open","params":{"token":"\#(token)"}}"# + "\n")
    let answer = try #require(child.line())
    return String(try #require(answer.firstMatch(of: /"session": ?"([^"]+)"/)).1)
  }
}
