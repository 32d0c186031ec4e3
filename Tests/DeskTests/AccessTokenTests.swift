import Postgres
import TestSupport
import Testing

/// The second profile: OAuth access tokens, where their clients are configured.
@Suite struct AccessTokenTests {
  @Test func opensNoSessionWhereNoClientIsConfigured() throws {
    let desk = try TestDesk.demo()
    let token = try TestDesk.accessToken(.admin, client: "client_editor")
    let answer = try desk.call("session.open", "{\"token\":\"\(token)\"}")
    #expect(answer.tree?["data"]?["reason"]?.string == "token-type-mismatch")
    #expect(desk.isUnconnected)
  }

  @Test func actsAsAnAgentAndSaysSo() throws {
    let desk = try TestDesk(TestCluster.createDemoDatabase(), oauthClients: ["client_editor"])
    let token = try TestDesk.accessToken(.admin, client: "client_editor")
    let opened = try desk.call("session.open", "{\"token\":\"\(token)\"}")
    for answer in [opened, try desk.call("session.whoami", "{\"token\":\"\(token)\"}")] {
      #expect(answer.tree?["token_profile"]?.string == "oauth", "\(answer)")
      #expect(answer.tree?["client_id"]?.string == "client_editor")
      #expect(answer.tree?["agent"]?["role"]?.string == "agent")
    }
    let update = "{\"token\":\"\(token)\",\"support_email\":\"new@moorland.example\"}"
    #expect(try desk.call("organizations.update", update).kind == "forbidden")
    #expect(try desk.call("tickets.list", "{\"token\":\"\(token)\"}").kind == nil)
    // The profile keeps the role that tokens with roles have told.
    let role = try desk.database.superuser().value(
      "select role from public.agent_profiles where clerk_user_id = $1", [TestDesk.Person.admin.subject])
    #expect(role == "admin")
    let other = try TestDesk.accessToken(.admin, client: "client_other")
    let refused = try desk.call("session.open", "{\"token\":\"\(other)\"}")
    #expect(refused.tree?["data"]?["reason"]?.string == "token-invalid-client")
  }

  /// Whose change came by a program is told of it, by which; everybody else's tells none.
  @Test func leavesItsClientInTheHistory() throws {
    let desk = try TestDesk(TestCluster.createDemoDatabase(), oauthClients: ["client_editor"])
    let token = try TestDesk.accessToken(.agent, client: "client_editor")
    let ticket = #""id":"121d1e36-6e72-4d50-8b26-a0319f3ab03c""#
    #expect(try desk.call("tickets.update", #"{"token":"\#(token)",\#(ticket),"subject":"By a program"}"#).kind == nil)
    #expect(try desk.call("tickets.update", "{\(ticket),\"subject\":\"By hand\"}", as: .agent).kind == nil)
    let pages = [
      try desk.call("audit.list", #"{"method":"tickets.update","limit":2}"#, as: .admin),
      try desk.call("tickets.history", "{\(ticket),\"limit\":2,\"descending\":true}", as: .agent),
    ]
    for page in pages {
      let clients = page.tree?["items"]?.elements?.map { $0["actor"]?["client_id"] }
      #expect(clients == [.null, .string("client_editor")], "\(page.json)")
    }
  }

  /// A day is longer than any session token, so that the session outlives one.
  @Test func lastsAsLongAsItsToken() throws {
    let desk = try TestDesk(TestCluster.createDemoDatabase(), oauthClients: ["client_bot"])
    let token = try TestDesk.accessToken(.agent, client: "client_bot")
    let opened = try desk.call("session.open", "{\"token\":\"\(token)\"}")
    let session = opened.tree?["session"]?.string ?? ""
    let whoami = "{\"session\":\"\(session)\"}"
    desk.wait(seconds: 80_000)
    _ = desk.tick()
    #expect(try desk.call("session.whoami", whoami).kind == nil)
    desk.wait(seconds: 6_100)
    _ = desk.tick()
    #expect(try desk.call("session.whoami", whoami).kind == "session_expired")
  }
}
