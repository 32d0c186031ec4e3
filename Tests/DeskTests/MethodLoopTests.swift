import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

/// What holds for every method, checked for all of them.
@Suite struct MethodLoops {
  /// One demo desk for everything that only reads.
  private static let unchanged = Result { try TestCluster.createDemoDatabase() }

  @Test(arguments: Methods.all.map(\.name)) func preparesEveryStatement(_ name: String) throws {
    let method = try #require(Methods.byName[name])
    let session = try Self.unchanged.get().owner()
    for query in method.statements() {
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
    for (isReadOnly, state) in [(true, "25006"), (false, "")] {
      let context = Context.statement(for: caller, isReadOnly: isReadOnly, cost: .point)
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
    for example in Example.all where Methods.byName[example.method]?.access == .read {
      _ = try desk.call(example.method, example.params, as: example.person)
    }
    #expect(try desk.fingerprint() == before)
  }

  /// Every example of the first organization, sent by an admin of the second: nothing comes back that belongs to the
  /// first, and nothing of it changes.
  @Test func keepsASecondOrganizationOut() throws {
    let desk = try TestDesk.demo()
    let before = try desk.fingerprint()
    for example in Example.all where example.person != nil {
      let answer = try desk.call(example.method, example.params, as: .stranger)
      for secret in try desk.secrets() {
        #expect(!answer.json.contains(secret), "\(example.testDescription) tells \(secret)")
      }
    }
    #expect(try desk.fingerprint() == before)
  }

  /// Lists and gets of the first organization's own ids are as empty for the second as those of ids that never were.
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
    _ = try desk.call("session.open", #"{"token":"eyJhbGciOiJub25lIn0.e30."}"#)
    for example in Example.all where example.method == "clerk.webhook" {
      let unsigned = example.params.replacing("<signature>", with: "v1,AAAA").replacing("<now>", with: "1700000000")
      #expect(try desk.call(example.method, unsigned).kind == "webhook_refused")
    }
    #expect(!(try TestCluster.log().dropFirst(log)).contains(desk.database.name))
    #expect(desk.isUnconnected)
  }
}

extension TestDesk {
  /// A hash over all rows of the demo's first organization.
  func fingerprint() throws -> String {
    let session = try Session(database.endpoints.superuser)
    let tables = [
      "agent_profiles", "customers", "customer_fields", "customer_field_values", "tickets", "ticket_messages", "macros",
      "email_accounts",
    ]
    let parts = tables.map { table in
      """
      (select md5(coalesce(string_agg(t::text, ',' order by t.id), '')) from public.\(table) t
        where t.organization_id = (select o.id from public.organizations o where o.clerk_id = $1))
      """
    }
    return try session.value("select concat_ws(':', \(parts.joined(separator: ", ")))", [DemoDesk.organization]) ?? ""
  }

  /// Texts that only the first organization's rows hold.
  func secrets() throws -> [String] {
    let session = try Session(database.endpoints.superuser)
    return try session.query(
      """
      select c.email from public.customers c join public.organizations o on o.id = c.organization_id
       where o.clerk_id = $1 and not exists (
         select from public.customers d where d.email = c.email and d.organization_id <> c.organization_id)
      """, [DemoDesk.organization]
    ).compactMap { $0[0] }
  }
}
