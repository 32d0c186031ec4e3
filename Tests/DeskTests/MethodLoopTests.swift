import JSON
import Postgres
import TestSupport
import Testing
import Token

@testable import Desk

/// What holds for every method, checked for all of them.
@Suite struct MethodLoops {
  /// One demo desk for everything that only reads.
  private static let unchanged = Result { try TestCluster.createDemoDatabase() }

  /// Those that go with the statements of methods.
  private static let common = Write.Expectation.queries + WriteSequence.queries + IdempotencyKey.queries

  @Test(arguments: Methods.all.map(\.name)) func preparesEveryStatement(_ name: String) throws {
    let method = try #require(Methods.byName[name])
    let session = try Self.unchanged.get().owner()
    for query in method.statements() + Self.common where !query.text.hasPrefix("set ") {
      try session.run("prepare checked as \(query.text); deallocate checked")
    }
  }

  @Test func hasAnExampleForEveryMethod() {
    let shown = Set(Example.all.filter { $0.result != nil }.map(\.method))
    #expect(Methods.all.map(\.name).filter { !shown.contains($0) } == [])
    #expect(Example.all.filter { Methods.byName[$0.method] == nil }.map(\.method) == [])
  }

  @Test(arguments: Example.all) func replaysEveryExample(_ example: Example) throws {
    let method = try #require(Methods.byName[example.method])
    // A webhook writes without a session.
    let isRead = method.access == .read || method.access == .open && method.statements().isEmpty
    let desk = try isRead && example.before.isEmpty ? TestDesk(Self.unchanged.get()) : TestDesk.demo()
    for step in example.before {
      let answer = try desk.call(step.method, step.params, as: example.person)
      guard case .result = answer else { throw TestFailure("\(step.method): \(answer.json)") }
    }
    let answer = try desk.call(example.method, example.params, as: example.person)
    let tree = try #require(answer.tree)
    switch answer {
    case .result:
      let expected = try #require(example.result, "\(tree.json)")
      #expect(matches(tree, expected), "\(tree.json)\nis not\n\(expected.json)")
      #expect(complaint(about: tree, as: method.result) == nil)
    case .error:
      let expected = try #require(example.error, "\(tree.json)")
      #expect(matches(tree, expected), "\(tree.json)\nis not\n\(expected.json)")
    }
  }

  /// A method that reads runs in a transaction that PostgreSQL keeps read-only, whatever its statements say.
  @Test func letsNoReadWrite() throws {
    let database = try TestCluster.createDemoDatabase()
    let found = try database.superuser().query(
      """
      select o.id::text, a.id::text from public.organizations o
        join public.agent_profiles a on a.organization_id = o.id
       where o.clerk_id = $1 and a.clerk_user_id = $2
      """, [DemoDesk.organization, DemoDesk.admin])
    let ids = try #require(found.first)
    let caller = Caller(
      organization: try #require(ids[0]), agent: try #require(ids[1]), role: .admin,
      claims: #"{"sub":"\#(DemoDesk.admin)","org_id":"\#(DemoDesk.organization)","org_role":"org:admin"}"#,
      expires: .max)
    let write = "update public.tickets set subject = subject || '!'"
    let update = try #require(Methods.byName["tickets.update"])
    for (context, state) in [
      (Context.statement(reading: caller, .point), "25006"),
      (Context.statement(writing: caller, by: update, .point, at: .now), ""),
    ] {
      let session = try database.serve()
      try session.run("begin")
      try session.query(context.query.text, context.parameters)
      var failure = ""
      do { try session.query(write) } catch { failure = error.state }
      #expect(failure == state)
      try session.run("rollback")
    }
    let desk = try TestDesk(database)
    let before = try desk.fingerprint()
    for example in Example.all where Methods.byName[example.method]?.effect == .read {
      _ = try desk.call(example.method, example.params, as: example.person)
    }
    #expect(try desk.fingerprint() == before)
  }

  /// Every example of the first organization, sent by an admin of the second: nothing comes back that belongs to the
  /// first, and nothing of it changes.
  @Test func keepsASecondOrganizationOut() throws {
    let desk = try TestDesk.demo()
    let before = try desk.fingerprint()
    var belongings = try Belongings(desk.database)
    let counts = try belongings.counts()
    #expect(counts.ids > 100 && counts.texts > 100, "\(counts)")
    for method in ["tickets.list", "agents.list", "macros.list", "organizations.get"] {
      let own = try #require(try desk.call(method, as: .admin).tree)
      #expect(try belongings.told(by: own, to: "{}") != [])
    }
    for example in Example.all where example.person != nil {
      let answer = try desk.call(example.method, example.params, as: .stranger)
      let told = try belongings.told(by: try #require(answer.tree), to: example.params)
      #expect(told == [], "\(example.testDescription)")
    }
    #expect(try desk.fingerprint() == before)
  }

  /// The tables whose rows are kept apart are all found: those that the catalogue lists, and the hidden ones.
  @Test func findsEveryTableOfAnOrganization() throws {
    let tables = try Belongings.tables(Self.unchanged.get().superuser()).map(\.name)
    #expect(Set(tables).isSuperset(of: ["public.organizations", "desk.email_secrets", "desk.search_documents"]))
    #expect(tables.count >= 11)
  }

  @Test func theMembersThatAreKeptAsTheyAreAreThoseOfAllMethods() {
    let own = Set(Methods.all.flatMap { $0.params.rawPointers() })
    let lists = Set(Methods.all.flatMap { $0.params.rawListPointers() })
    #expect(Set(Methods.rawMembers) == own.union(own.map { "/calls/*/params" + $0 }))
    #expect(Set(Methods.rawLists) == lists.union(lists.map { "/calls/*/params" + $0 }))
  }

  @Test(arguments: Methods.all.map(\.name)) func refusesWhatNeedsASession(_ name: String) throws {
    let method = try #require(Methods.byName[name])
    guard method.access != .open else { return }
    let desk = try TestDesk(Self.unchanged.get())
    for params in ["{}", #"{"session":"AAAAAAAAAAAAAAAAAAAAAA"}"#, #"{"token":"a.b.c"}"#] {
      let kind = try desk.call(name, params).kind
      #expect(["unauthenticated", "session_unknown", "token_refused"].contains(kind))
    }
  }

  @Test(arguments: Methods.all.filter { $0.access == .admin }.map(\.name))
  func refusesAnAgentWhatIsAnAdmins(_ name: String) throws {
    let desk = try TestDesk(Self.unchanged.get())
    for example in Example.all where example.method == name {
      #expect(try desk.call(name, example.params, as: .agent).kind == "forbidden")
    }
  }

  @Test func sendsNothingForAnUnverifiedCall() throws {
    let desk = try TestDesk.demo()
    let owner = try Session(desk.database.endpoints.superuser)
    try owner.run("alter database \(desk.database.name) set log_statement = 'all'")
    let log = try TestCluster.log().count
    for method in Methods.all where method.access != .open {
      _ = try desk.call(method.name, #"{"token":"eyJhbGciOiJub25lIn0.e30."}"#)
      _ = try desk.call(method.name)
    }
    for token in try Self.refusedTokens() {
      for (method, params) in [("session.open", ""), ("session.refresh", #""session":"x","#), ("tickets.count", "")] {
        let kind = try desk.call(method, "{\(params)\"token\":\"\(token)\"}").kind
        #expect(["token_refused", "session_unknown", "invalid_params"].contains(kind))
      }
    }
    for example in Example.all where example.method == "clerk.webhook" {
      let unsigned = example.params.replacing("<signature>", with: "v1,AAAA").replacing("<now>", with: "1700000000")
      #expect(try desk.call(example.method, unsigned).kind == "webhook_refused")
    }
    // No other test has statements logged.
    #expect(!(try TestCluster.log().dropFirst(log)).contains("LOG:  execute"))
    #expect(desk.isUnconnected)
    // What is verified does leave a trace there.
    #expect(try desk.call("session.open", "{\"token\":\"\(TestDesk.token(.agent))\"}").kind == nil)
    #expect(try TestCluster.log().dropFirst(log).contains("LOG:  execute"))
  }

  /// Well made, but for one thing each.
  private static func refusedTokens() throws -> [String] {
    let agent = TestDesk.Person.agent.subject
    return try [
      "eyJhbGciOiJub25lIn0.e30.", TestDesk.token(agent, lifetime: -60), TestDesk.token(agent, ahead: 600),
      TestDesk.token(agent, by: Signer.generate()), TestDesk.token(agent, lifetime: 100_000),
      TestDesk.token("mch_machine"), TestDesk.token(agent, organization: "x"),
      TestDesk.accessToken(.agent, client: "client_x"), String(TestDesk.token(agent).dropLast()),
      String(repeating: "a", count: 17_000),
    ]
  }
}

extension TestDesk {
  /// A hash over all that belongs to the demo's first organization.
  func fingerprint() throws -> String { try Belongings.fingerprint(database.superuser()) }
}
