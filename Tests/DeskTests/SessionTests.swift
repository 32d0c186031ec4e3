import Desk
import Glibc
import Postgres
import TestSupport
import Testing

/// Sessions as bridges and plugins use them: which one a call means, how long it lasts, and that nobody's calls ever
/// act for somebody else.
@Suite struct SessionTests {
  private func open(_ token: String, id: Int = 1, _ more: String = "") -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"session.open","params":{"token":"\#(token)"\#(more)}}"#
  }

  private func whoami(id: Int, _ params: String = "{}") -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"session.whoami","params":\#(params)}"#
  }

  /// The kind of each answer's error, or "ok", by id.
  private func kinds(_ lines: [String]) -> [Int: String] {
    var kinds: [Int: String] = [:]
    for line in lines {
      guard let tree = JSONTree(line), let id = tree["id"]?.integer else { continue }
      kinds[id] = tree["error"]?["data"]?["kind"]?.string ?? "ok"
    }
    return kinds
  }

  @Test func meansTheDefaultSessionUntilASecondIsOpened() throws {
    let desk = try TestDesk.demo()
    let admin = try TestDesk.token(.admin)
    #expect(kinds(desk.send(whoami(id: 1))) == [1: "unauthenticated"])
    // Calls that depend on the opening wait for it.
    #expect(kinds(desk.send(open(admin, id: 2, #","default":true"#), whoami(id: 3))) == [2: "ok", 3: "ok"])
    #expect(kinds(desk.send(open(try TestDesk.token(.stranger), id: 4), whoami(id: 5)))[4] == "ok")
    #expect(kinds(desk.send(whoami(id: 6))) == [6: "session_ambiguous"])
    let close = #"{"jsonrpc":"2.0","id":7,"method":"session.close"}"#
    #expect(kinds(desk.send(close)) == [7: "session_ambiguous"])
  }

  @Test func hasNoDefaultWhereTheFirstSessionDidNotAskForIt() throws {
    let desk = try TestDesk.demo()
    #expect(kinds(desk.send(open(try TestDesk.token(.admin)))) == [1: "ok"])
    #expect(kinds(desk.send(whoami(id: 2))) == [2: "unauthenticated"])
    #expect(kinds(desk.send(open(try TestDesk.token(.admin), id: 3, #","default":true"#))) == [3: "ok"])
    #expect(kinds(desk.send(whoami(id: 4))) == [4: "session_ambiguous"])
  }

  /// Whichever is looked up first: what counts is the order of the requests, and that two were opened.
  @Test func decidesByTheOrderOfTheRequests() throws {
    let admin = try TestDesk.token(.admin)
    let stranger = try TestDesk.token(.stranger)
    for lines in [
      [open(admin, id: 1), open(stranger, id: 2, #","default":true"#)],
      [open(admin, id: 1, #","default":true"#), open(stranger, id: 2)],
      [open(admin, id: 1, #","default":true"#), open(stranger, id: 2, #","default":true"#)],
    ] {
      let desk = try TestDesk.demo()
      #expect(kinds(desk.send(lines[0], lines[1])) == [1: "ok", 2: "ok"])
      #expect(kinds(desk.send(whoami(id: 3))) == [3: "session_ambiguous"])
    }
  }

  @Test func letsAFailedOpeningLeaveAnotherAlone() throws {
    let desk = try TestDesk.demo()
    let unknown = try TestDesk.token("user_x", organization: "org_unknown")
    let good = try TestDesk.token(.admin)
    let answers = desk.send(open(good, #","default":true"#), open(unknown, id: 2, #","default":true"#), whoami(id: 3))
    #expect(kinds(answers) == [1: "ok", 2: "organization_unknown", 3: "ok"])
    #expect(kinds(desk.send(whoami(id: 4))) == [4: "ok"])
  }

  @Test func keepsTheProcesssOwnSessionForEver() throws {
    var made = 0
    var passed = 0
    let admin = TestDesk.Person.admin.subject
    let desk = try TestDesk(
      TestCluster.createDemoDatabase(),
      ownToken: {
        made += 1
        return try TestDesk.token(admin, ahead: passed)
      })
    #expect(kinds(desk.send(whoami(id: 1), whoami(id: 2))) == [1: "ok", 2: "ok"])
    #expect(made == 1)
    passed = 100_000
    desk.wait(seconds: passed)
    _ = desk.tick()
    #expect(kinds(desk.send(whoami(id: 3))) == [3: "ok"])
    #expect(made == 2)
    let agent = try TestDesk.token(TestDesk.Person.agent.subject, ahead: passed)
    #expect(kinds(desk.send(open(agent, id: 4))) == [4: "ok"])
    #expect(kinds(desk.send(whoami(id: 5))) == [5: "session_ambiguous"])
  }

  @Test func triesAgainAfterTheProcesssOwnTokenWasRefused() throws {
    var isBroken = true
    let desk = try TestDesk(
      TestCluster.createDemoDatabase(),
      ownToken: { isBroken ? "rubbish" : try TestDesk.token(.admin) })
    #expect(kinds(desk.send(whoami(id: 1))) == [1: "token_refused"])
    isBroken = false
    #expect(kinds(desk.send(whoami(id: 2))) == [2: "ok"])
  }

  @Test func refusesWhoWaitedForASessionThatCouldNotBeOpened() throws {
    let desk = try TestDesk(TestCluster.createDatabase(), provision: .none)
    let answers = desk.send(open(try TestDesk.token(.admin), #","default":true"#), whoami(id: 2))
    #expect(kinds(answers) == [1: "organization_unknown", 2: "organization_unknown"])
  }

  @Test func createsWhatItMayAtTheFirstSession() throws {
    let token = try TestDesk.token(.admin)
    for (provision, kind) in [
      (ServiceConfiguration.Provision.none, "organization_unknown"), (.agents, "organization_unknown"),
      (.organizations, "ok"),
    ] {
      let desk = try TestDesk(TestCluster.createDatabase(), provision: provision)
      #expect(kinds(desk.send(open(token))) == [1: kind])
    }
    let demo = try TestDesk.demo()
    #expect(kinds(demo.send(open(try TestDesk.token("user_new")))) == [1: "ok"])
    let closed = try TestDesk(demo.database, provision: .none)
    #expect(kinds(closed.send(open(try TestDesk.token("user_newer")))) == [1: "agent_unknown"])
  }

  @Test func cancelsACallThatWaitsForItsSession() throws {
    let desk = try TestDesk.demo()
    let answers = desk.send(
      open(try TestDesk.token(.admin), #","default":true"#), whoami(id: 2),
      #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":2}}"#)
    #expect(kinds(answers) == [1: "ok", 2: "cancelled"])
    #expect(answers.count == 2)
  }

  /// Calls of a flood are found by their ids, those that hold the same id among them.
  @Test func cancelsManyCallsThatWait() throws {
    let desk = try TestDesk.demo()
    let count = 15_000
    let calls = (2...(count + 1)).map { whoami(id: $0) } + [whoami(id: 2), whoami(id: 2)]
    let cancels = (2...(count + 1)).map { #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":\#($0)}}"# }
    let clock = ContinuousClock()
    var answers: [String] = []
    let elapsed = try clock.measure {
      answers = desk.send([open(try TestDesk.token(.admin), #","default":true"#)] + calls + cancels, until: .max)
    }
    let cancelled = answers.count { $0.contains("\"cancelled\"") }
    #expect(cancelled == count + 2 && answers.count == count + 3)
    // Each search through all of them would take minutes.
    #expect(elapsed < .seconds(30), "\(elapsed)")
  }

  /// Ids are compared byte for byte: "1" is not 1.
  @Test func cancelsTheCallThatIsNamedAlone() throws {
    let desk = try TestDesk.demo()
    let answers = desk.send(
      open(try TestDesk.token(.admin), #","default":true"#),
      #"{"jsonrpc":"2.0","id":"7","method":"session.whoami"}"#, whoami(id: 7), whoami(id: 8),
      #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":7}}"#,
      #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":7}}"#,
      #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":99}}"#)
    #expect(kinds(answers) == [1: "ok", 7: "cancelled", 8: "ok"])
    #expect(answers.count == 4)
  }

  @Test func endsWithItsTokenAndGoesOnWithANewerOne() throws {
    let desk = try TestDesk.demo()
    let session = try desk.session(.agent)
    desk.wait(seconds: 30)
    #expect(try desk.call("session.whoami", as: .agent).kind == nil)
    desk.wait(seconds: 40)
    #expect(try desk.call("session.whoami", as: .agent).kind == "session_expired")
    #expect(try desk.call("tickets.list", as: .agent).kind == "session_expired")
    let token = try TestDesk.token(TestDesk.Person.agent.subject, role: "agent", lifetime: 200)
    let refresh = #"{"token":"\#(token)"}"#
    #expect(try desk.call("session.refresh", refresh, as: .agent).kind == nil)
    #expect(try desk.call("session.whoami", as: .agent).kind == nil)
    #expect(try desk.session(.agent) == session)
  }

  @Test func isForgottenAfterItsGrace() throws {
    let desk = try TestDesk.demo()
    _ = try desk.session(.agent)
    desk.wait(seconds: 60 + ServiceLimits().sessionGrace + 10)
    _ = desk.tick()
    #expect(try desk.call("session.whoami", as: .agent).kind == "session_unknown")
  }

  /// Used or not, with a token that is good or not: a session ends.
  @Test func endsUnusedAndEndsInAll() throws {
    var limits = ServiceLimits()
    (limits.sessionIdle, limits.sessionAge) = (100, 300)
    let desk = try TestDesk(TestCluster.createDemoDatabase(), limits: limits)
    let lines = try [1, 2].map { open(try TestDesk.token(TestDesk.Person.agent.subject, lifetime: 3_600), id: $0) }
    let handles = desk.send(lines, until: .max).compactMap { JSONTree($0)?["result"]?["session"]?.string }
    try #require(handles.count == 2)
    let calls = handles.enumerated().map { whoami(id: $0 + 1, "{\"session\":\"\($1)\"}") }
    for second in [90, 180, 270, 290] {
      desk.wait(seconds: second == 290 ? 20 : 90)
      _ = desk.tick()
      #expect(kinds(desk.send(calls[0])) == [1: "ok"], "\(second)")
      if second == 180 { #expect(kinds(desk.send(calls[1])) == [2: "session_unknown"]) }
    }
    desk.wait(seconds: 20)
    _ = desk.tick()
    #expect(kinds(desk.send(calls[0])) == [1: "session_unknown"])
  }

  @Test func staysWithItsUserAndOrganization() throws {
    let desk = try TestDesk.demo()
    for token in [
      try TestDesk.token(.agent), try TestDesk.token(TestDesk.Person.admin.subject, organization: "org_other"),
    ] {
      let answer = try desk.call("session.refresh", #"{"token":"\#(token)"}"#, as: .admin)
      #expect(answer.kind == "session_mismatch")
    }
  }

  @Test func tellsAheadOfTheExpiryWhoAskedForIt() throws {
    let desk = try TestDesk.demo()
    _ = desk.send(open(try TestDesk.token(.admin), #","notify_before":20"#), open(try TestDesk.token(.agent), id: 2))
    #expect(desk.tick() == [])
    desk.wait(seconds: 45)
    let notices = desk.tick()
    #expect(notices.count == 1)
    #expect(JSONTree(notices[0])?["method"]?.string == "session.expiring")
    #expect(JSONTree(notices[0])?["id"] == nil)
    desk.wait(seconds: 2)
    #expect(desk.tick() == [])
  }

  @Test func takesATokenInsteadOfASession() throws {
    let desk = try TestDesk.demo()
    let token = try TestDesk.token(.agent)
    // All three wait for one look-up of the same token.
    let answers = desk.send(
      whoami(id: 1, #"{"token":"\#(token)"}"#), whoami(id: 2, #"{"token":"\#(token)"}"#),
      whoami(id: 3, #"{"token":"\#(token)"}"#))
    #expect(kinds(answers) == [1: "ok", 2: "ok", 3: "ok"])
    #expect(kinds(desk.send(whoami(id: 4, #"{"token":"\#(token)","session":"x"}"#))) == [4: "invalid_params"])
    desk.wait(seconds: 70)
    #expect(kinds(desk.send(whoami(id: 5, #"{"token":"\#(token)"}"#))) == [5: "token_refused"])
  }

  @Test func followsTheTokensRole() throws {
    let desk = try TestDesk.demo()
    let subject = TestDesk.Person.agent.subject
    let admin = try TestDesk.token(subject, role: "admin")
    let update = #"{"token":"\#(admin)","support_email":"new@moorland.example"}"#
    #expect(try desk.call("organizations.update", update).kind == nil)
    let agent = try TestDesk.token(subject, role: "agent")
    #expect(try desk.call("organizations.update", #"{"token":"\#(agent)","name":"x"}"#).kind == "forbidden")
    let owner = try desk.database.superuser()
    let role = try owner.value("select role from public.agent_profiles where clerk_user_id = $1", [subject])
    #expect(role == "agent")
  }

  @Test func refusesADeactivatedAgent() throws {
    let desk = try TestDesk.demo()
    let subject = TestDesk.Person.agent.subject
    try desk.database.superuser().query(
      "update public.agent_profiles set deactivated_at = now() where clerk_user_id = $1", [subject])
    #expect(kinds(desk.send(open(try TestDesk.token(.agent)))) == [1: "agent_deactivated"])
  }

  @Test(.enabled(if: unsafe getenv("DESKPIPE_LONG") != nil)) func servesTenThousandSessionsAtOnce() throws {
    let desk = try TestDesk.demo()
    let tokens = [try TestDesk.token(.admin), try TestDesk.token(.agent)]
    let opened = desk.send((1...10_000).map { open(tokens[$0 % 2], id: $0) }, until: .max)
    let handles = Set(opened.compactMap { JSONTree($0)?["result"]?["session"]?.string })
    #expect(handles.count == 10_000)
    let calls = handles.enumerated().map { whoami(id: $0, "{\"session\":\"\($1)\"}") }
    let answers = desk.send(calls, until: .max)
    #expect(answers.count == 10_000 && Set(kinds(answers).values) == ["ok"])
  }

  @Test func holdsAsManySessionsAsItMay() throws {
    var limits = ServiceLimits()
    limits.sessions = 3
    let desk = try TestDesk(TestCluster.createDemoDatabase(), limits: limits)
    let lines = try (1...3).map { open(try TestDesk.token(.admin), id: $0) }
    #expect(kinds(desk.send(lines[0], lines[1], lines[2])) == [1: "ok", 2: "ok", 3: "ok"])
    #expect(kinds(desk.send(open(try TestDesk.token(.admin), id: 4))) == [4: "session_limit"])
  }
}
