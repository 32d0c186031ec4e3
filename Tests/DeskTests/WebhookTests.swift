import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

/// What becomes of organizations and agents.
@Suite struct WebhookTests {
  private typealias News = ClerkNews
  private static let home = (id: DemoDesk.organization, name: "Moorland Cycles", time: 0)

  /// What an event does, one after the other.
  @Test func followsAnOrganizationsLife() throws {
    let desk = try TestDesk.demo()
    let one = (id: "org_one", name: "One", time: 1)
    let steps: [(ClerkNews, String, [String])] = [
      (.organization("created", 1, "org_one", "One"), "applied", ["One"]),
      (.user("created", 2, "user_a", "Anna", "anna@x.test"), "applied", ["One"]),
      (.member("created", 3, "user_a", of: one, "org:admin"), "applied", ["One", "Anna anna@x.test admin"]),
      (
        .member("created", 4, "user_b", of: one, name: "Bob", identifier: "Bob@X.test"), "applied",
        ["One", "Anna anna@x.test admin", "Bob bob@x.test agent"]
      ),
      (
        .organization("updated", 5, "org_one", "Uno"), "applied",
        ["Uno", "Anna anna@x.test admin", "Bob bob@x.test agent"]
      ),
      (
        .user("updated", 6, "user_a", "Änna", "a@x.test"), "applied",
        ["Uno", "Bob bob@x.test agent", "Änna a@x.test admin"]
      ),
      (.member("updated", 7, "user_a", of: one), "applied", ["Uno", "Bob bob@x.test agent", "Änna a@x.test agent"]),
      (.member("deleted", 8, "user_a", of: one), "applied", ["Uno", "Bob bob@x.test agent"]),
      (.member("updated", 7, "user_a", of: one, "org:admin"), "outdated", ["Uno", "Bob bob@x.test agent"]),
      (.member("created", 9, "user_a", of: one), "applied", ["Uno", "Bob bob@x.test agent", "Änna a@x.test agent"]),
      (.user("deleted", 10, "user_b"), "applied", ["Uno", "Änna a@x.test agent"]),
      (.member("created", 11, "user_b", of: one), "outdated", ["Uno", "Änna a@x.test agent"]),
      (.organization("deleted", 12, "org_one"), "applied", ["Uno"]),
      (.member("created", 13, "user_c", of: one), "outdated", ["Uno"]),
      (.organization("updated", 14, "org_one", "Again"), "outdated", ["Uno"]),
      (News(type: "session.created", time: 15, data: "{}"), "not_followed", ["Uno"]),
      (News(type: "organization.archived", time: 15, data: "{}"), "not_followed", ["Uno"]),
    ]
    for (news, outcome, members) in steps {
      #expect(try desk.hear(news) == outcome, "\(news)")
      #expect(try desk.members(of: "org_one") == members, "\(news)")
    }
  }

  @Test func countsAnIdOnce() throws {
    let desk = try TestDesk.demo()
    #expect(try desk.hear(.organization("created", 1, "org_one", "One"), id: "msg_1") == "applied")
    #expect(try desk.hear(.organization("created", 1, "org_one", "One"), id: "msg_1") == "repeated")
    #expect(try desk.hear(.organization("updated", 2, "org_one", "Two"), id: "msg_1") == "repeated")
    #expect(try desk.members(of: "org_one") == ["One"])
  }

  @Test func aTokenBringsNobodyBackButANewMembershipDoes() throws {
    let desk = try TestDesk.demo()
    func open(_ subject: String) throws -> String? {
      try desk.call("session.open", "{\"token\":\"\(TestDesk.token(subject, role: "member"))\"}").kind
    }
    #expect(try open(DemoDesk.agent) == nil)
    #expect(try desk.hear(.member("deleted", 5, DemoDesk.agent, of: Self.home)) == "applied")
    #expect(try open(DemoDesk.agent) == "agent_deactivated")
    #expect(try desk.hear(.member("updated", 4, DemoDesk.agent, of: Self.home)) == "outdated")
    #expect(try open(DemoDesk.agent) == "agent_deactivated")
    #expect(try desk.hear(.member("created", 6, DemoDesk.agent, of: Self.home)) == "applied")
    #expect(try open(DemoDesk.agent) == nil)
    // Someone whom the desk never saw.
    #expect(try desk.hear(.member("deleted", 5, "user_gone", of: Self.home)) == "applied")
    #expect(try open("user_gone") == "agent_deactivated")
    #expect(try desk.hear(.member("created", 6, "user_gone", of: Self.home)) == "applied")
    #expect(try open("user_gone") == nil)
  }

  @Test(arguments: [
    (ClerkNews.member("deleted", 5, DemoDesk.agent, of: home), true),
    (.user("deleted", 5, DemoDesk.agent), true),
    (.organization("deleted", 5, DemoDesk.organization), true),
    (.member("updated", 5, DemoDesk.agent, of: home), false),
    (.member("deleted", 5, DemoDesk.agent, of: (id: "org_else", name: "Else", time: 0)), false),
    (.user("deleted", 5, "user_else"), false),
  ])
  func endsTheSessionsOfWhomItRemoves(_ news: ClerkNews, _ isEnded: Bool) throws {
    let desk = try TestDesk.demo()
    _ = try desk.session(.agent)
    let stranger = try desk.session(.stranger)
    let token = try TestDesk.token(.agent)
    let carried = "{\"token\":\"\(token)\"}"
    #expect(try desk.call("session.whoami", carried).kind == nil)
    #expect(try desk.hear(news) == "applied")
    #expect(try desk.call("tickets.count", as: .agent).kind == (isEnded ? "session_expired" : nil))
    #expect(try desk.call("session.whoami", carried).kind == (isEnded ? "agent_deactivated" : nil))
    let refreshed = try desk.call("session.refresh", carried, as: .agent)
    #expect(refreshed.kind == (isEnded ? "agent_deactivated" : nil))
    #expect(try desk.call("session.whoami", "{\"session\":\"\(stranger)\"}").kind == nil)
  }

  /// A removal that is no news ends nothing.
  @Test func leavesSessionsAloneWhereAnEventIsOutdated() throws {
    let desk = try TestDesk.demo()
    #expect(try desk.hear(.member("created", 9, DemoDesk.agent, of: Self.home)) == "applied")
    _ = try desk.session(.agent)
    #expect(try desk.hear(.member("deleted", 5, DemoDesk.agent, of: Self.home)) == "outdated")
    #expect(try desk.call("session.whoami", as: .agent).kind == nil)
  }

  @Test func aDeletedOrganizationKeepsItsData() throws {
    let desk = try TestDesk.demo()
    let session = try desk.database.superuser()
    let census = "select (select count(*) from public.tickets) || ' ' || (select count(*) from public.agent_profiles)"
    let before = try session.value(census)
    #expect(try desk.hear(.organization("deleted", 5, DemoDesk.organization)) == "applied")
    #expect(try session.value(census) == before)
    #expect(try desk.members(of: DemoDesk.organization) == ["Moorland Cycles"])
    let token = try TestDesk.token("user_new")
    #expect(try desk.call("session.open", "{\"token\":\"\(token)\"}").kind == "agent_deactivated")
    #expect(try desk.call("tickets.count", as: .stranger).kind == nil)
    let free = try TestDesk(desk.database, provision: .organizations)
    #expect(try free.hear(.organization("deleted", 5, "org_never")) == "applied")
    let other = try TestDesk.token("user_new", organization: "org_never")
    #expect(try free.call("session.open", "{\"token\":\"\(other)\"}").kind == "organization_unknown")
  }

  /// Who opens a session before any event of theirs is called by their id.
  @Test func givesNamesToWhomATokenMade() throws {
    let desk = try TestDesk(TestDesk.demo().database, provision: .organizations)
    for subject in ["user_a", "user_b", "user_c"] {
      if subject == "user_c" { try desk.hear(.user("created", 1, "user_c", "Carl", "c@x.test")) }
      let token = try TestDesk.token(subject, role: "member", organization: "org_one")
      _ = try desk.call("session.open", "{\"token\":\"\(token)\"}")
    }
    try desk.hear(.user("updated", 2, "user_a", "Anna", "a@x.test"))
    try desk.hear(.member("created", 2, "user_b", of: ("org_one", "One", 1), name: "Bob"))
    #expect(
      try desk.members(of: "org_one") == ["One", "Anna a@x.test agent", "Bob agent", "Carl c@x.test agent"])
  }

  @Test func aNameThatWasChangedHereStaysUntilClerksChanges() throws {
    let desk = try TestDesk.demo()
    try desk.hear(.organization("updated", 1, DemoDesk.organization, "Clerk's"))
    _ = try desk.call("organizations.update", #"{"name":"Ours"}"#, as: .admin)
    try desk.hear(.organization("updated", 2, DemoDesk.organization, "Clerk's"))
    #expect(try desk.members(of: DemoDesk.organization)[0] == "Ours")
    try desk.hear(.organization("updated", 3, DemoDesk.organization, "Clerk's new"))
    #expect(try desk.members(of: DemoDesk.organization)[0] == "Clerk's new")

    func name() throws -> String? { try desk.call("session.whoami", as: .agent).tree?["agent"]?["name"]?.string }
    try desk.hear(.user("updated", 1, DemoDesk.agent, "Clerk's", "j@x.test"))
    let id = try desk.call("session.whoami", as: .agent).tree?["agent"]?["id"]?.string ?? ""
    let renamed = try desk.call("agents.update", #"{"id":"\#(id)","name":"Mine"}"#, as: .agent)
    #expect(renamed.kind == nil)
    try desk.hear(.user("updated", 2, DemoDesk.agent, "Clerk's", "j2@x.test"))
    let agent = try desk.call("agents.get", #"{"id":"\#(id)"}"#, as: .agent).tree
    #expect(agent?["name"] == .string("Mine") && agent?["email"] == .string("j2@x.test"))
    try desk.hear(.user("updated", 3, DemoDesk.agent, "Clerk's new", "j2@x.test"))
    #expect(try desk.call("agents.get", #"{"id":"\#(id)"}"#, as: .agent).tree?["name"] == .string("Clerk's new"))
  }

  /// Events about a second organization, and about people of both, leave the first as it was.
  @Test func leavesOtherOrganizationsAlone() throws {
    let desk = try TestDesk.demo()
    let before = try desk.fingerprint()
    let two = (id: "org_demo_tallybird", name: "Two", time: 1)
    let news: [ClerkNews] = [
      .organization("updated", 1, two.id, two.name), .member("created", 2, DemoDesk.agent, of: two, "org:admin"),
      .member("deleted", 3, DemoDesk.agent, of: two), .member("updated", 4, "user_demo_stranger", of: two),
      .user("created", 5, "user_new", "New", "new@x.test"), .user("deleted", 6, "user_demo_stranger"),
      .organization("deleted", 7, two.id),
    ]
    let elsewhere = news.enumerated().filter { ![1, 2].contains($0.offset) }.map(\.element)
    for one in elsewhere { #expect(try desk.hear(one) == "applied", "\(one)") }
    #expect(try desk.fingerprint() == before)
  }

  @Test func forgetsWhatIsOld() throws {
    let desk = try TestDesk.demo()
    try desk.hear(.organization("created", 1, "org_one", "One"))
    try desk.hear(.member("created", 2, "user_a", of: ("org_one", "One", 1)))
    try desk.hear(.user("created", 3, "user_elsewhere", "Nobody here", "n@x.test"))
    let session = try desk.database.superuser()
    let left = """
      select (select count(*) from desk.clerk_events) || ' '
        || (select string_agg(concat(o.clerk_user_id, '@', o.clerk_id), ' ' order by 1) from desk.clerk_objects o)
      """
    #expect(try session.value(left) == "3 user_a@ user_a@org_one user_elsewhere@ @org_one".sorted(after: "3 "))
    let maintain = try desk.database.maintain()
    // The user was heard of in 2023.
    #expect(try maintain.value("select desk.forget_clerk_events()") == "1")
    #expect(try maintain.value("select desk.forget_clerk_events('-1 minute')") == "3")
    #expect(try session.value(left) == "0 user_a@ user_a@org_one @org_one".sorted(after: "0 "))
    #expect(throws: ServerError.self) { try maintain.run("select 1 from desk.clerk_events") }
    #expect(throws: ServerError.self) {
      try desk.database.serve().run("set role authenticated; select desk.apply_clerk_event('x', '{}')")
    }
  }
}

extension String {
  /// The words after a beginning, in the order of the database.
  fileprivate func sorted(after beginning: String) -> String {
    beginning + dropFirst(beginning.count).split(separator: " ").sorted().joined(separator: " ")
  }
}
