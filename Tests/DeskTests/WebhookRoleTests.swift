import Postgres
import TestSupport
import Testing
import Token

@testable import Desk

/// Which roles are an admin's: the service, the database and webhooks agree, whatever is configured.
@Suite struct WebhookRoleTests {
  @Test(
    arguments: [
      (nil, "admin", true), (nil, "org:admin", true), (nil, "member", false), (nil, "owner", false),
      (["org:owner", "owner"], "owner", true), (["org:owner", "owner"], "org:owner", true),
      (["org:owner", "owner"], "admin", false), (["org:owner", "owner"], "org:admin", false),
      (["org:owner", "owner"], "member", false),
    ] as [([String]?, String, Bool)])
  func theServiceAndTheDatabaseAgree(_ adminRoles: [String]?, _ role: String, _ isAdmin: Bool) throws {
    let desk = try TestDesk(TestDesk.demo().database, adminRoles: adminRoles)
    for version in [1, 2] {
      let token = try TestDesk.token(DemoDesk.agent, role: role, version: version)
      let answer = try desk.call("session.open", "{\"token\":\"\(token)\"}").tree
      #expect(answer?["agent"]?["role"]?.string == (isAdmin ? "admin" : "agent"), "version \(version)")
      let handle = answer?["session"]?.string ?? ""
      let admins = try desk.call("organizations.update", #"{"session":"\#(handle)","name":"Renamed"}"#)
      #expect(admins.kind == (isAdmin ? nil : "forbidden"), "version \(version)")
      // A client that sets its claims alone meets the policies' own reading of them.
      let claims = try desk.verifiedClaims(token)
      #expect(claims.isAdmin == isAdmin)
      let read = try desk.database.superuser().value("select desk.claim_role($1::jsonb)", [claims.postgres])
      #expect(read == (isAdmin ? "admin" : "agent"), "\(claims.postgres)")
    }
  }

  @Test(arguments: [(nil, "org:admin"), (["org:owner", "owner"], "org:owner")] as [([String]?, String)])
  func aMembershipGivesTheSameRole(_ adminRoles: [String]?, _ admin: String) throws {
    let desk = try TestDesk(TestDesk.demo().database, adminRoles: adminRoles)
    let one = (id: "org_one", name: "One", time: 1)
    try desk.hear(.member("created", 1, "user_a", of: one, admin, name: "Anna"))
    try desk.hear(.member("created", 1, "user_b", of: one, "org:manager", name: "Bob"))
    #expect(try desk.members(of: "org_one") == ["One", "Anna admin", "Bob agent"])
  }
}
