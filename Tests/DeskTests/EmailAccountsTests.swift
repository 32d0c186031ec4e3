import JSON
import Postgres
import TestSupport
import Testing
import Token

@testable import Desk

@Suite struct EmailAccountsTests {
  static let account = "4ded4c41-c7b2-4df6-80cb-330a86c7c6f1"
  static let caller = Caller(
    organization: "0b9d8f4e-8a8c-7000-8000-000000000001", agent: "0b9d8f4e-8a8c-7000-8000-000000000002", role: .admin,
    claims: "{}", expires: 0)

  @Test func sealsAPasswordForItsOrganizationItsAccountAndItsServer() throws {
    let sealer = try Sealer(keys: [Sealer.makeKey(id: "k1")])
    let settings = #"{"host":"h","port":25,"password":"pass wörd"}"#
    let plan = try Self.plan(#"{"id":"\#(Self.account)","smtp_settings":\#(settings)}"#)
    guard case .sealing(let next) = plan, case .write(let write) = try next(sealer) else {
      throw TestFailure("no plan that seals and writes")
    }
    let secret = try #require(write.statements.first { $0.query == MailSecrets.query })
    #expect(secret.parameters.prefix(3) == [Self.account, "smtp", "k1"])
    let sealed = try #require(secret.parameters[3])
    let place = "\(Self.caller.organization)|\(Self.account)|smtp"
    #expect(String(decoding: try sealer.open(sealed, for: Array(place.utf8)), as: UTF8.self) == "pass wörd")
    for other in ["\(Self.caller.organization)|\(Self.account)|imap", "|\(Self.account)|smtp", ""] {
      #expect(throws: SealingError.notAuthentic) { try sealer.open(sealed, for: Array(other.utf8)) }
    }
    let others = write.statements.filter { $0.query != MailSecrets.query }
    #expect(!others.contains { $0.parameters.contains { $0?.contains("pass") ?? false } })
  }

  @Test func refusesToKeepAPasswordWithoutAKey() throws {
    let plan = try Self.plan(#"{"id":"\#(Self.account)","imap_settings":{"host":"h","port":993,"password":"x"}}"#)
    guard case .sealing(let next) = plan else { throw TestFailure("no plan that seals") }
    #expect {
      _ = try next(nil)
    } throws: { error in
      guard let failure = error as? Failure else { return false }
      return failure.kind == .rule && failure.path == "/imap_settings/password"
    }
  }

  @Test(arguments: [
    #"{"host":"h","port":993}"#, #"{"host":"h","port":993,"password":null}"#, "null",
  ])
  func needsNoKeyWhereNoPasswordIsKept(_ settings: String) throws {
    let plan = try Self.plan(#"{"id":"\#(Self.account)","imap_settings":\#(settings)}"#)
    guard case .write = plan else { throw TestFailure("no plan that writes") }
  }

  @Test func showsAPasswordNowhere() throws {
    let desk = try TestDesk.demo()
    let password = "correct horse battery staple"
    let settings = #"{"host":"h.example","port":993,"username":"u","password":"\#(password)"}"#
    let set = #"{"id":"\#(Self.account)","imap_settings":\#(settings),"smtp_settings":\#(settings)}"#
    let calls = [
      ("email_accounts.update", set), ("email_accounts.get", #"{"id":"\#(Self.account)"}"#),
      ("email_accounts.list", "{}"),
    ]
    for (method, params) in calls {
      let answer = try desk.call(method, params, as: .admin)
      guard case .result(let json) = answer else { throw TestFailure("\(method): \(answer.json)") }
      #expect(json.contains("\"has_imap_password\":true") && !json.contains("horse"), "\(json)")
    }
    let session = try Session(desk.database.endpoints.superuser)
    let rows = try session.query("select s.key_id, s.sealed from desk.email_secrets s order by s.kind", [])
    #expect(rows.count == 2 && rows.allSatisfy { $0[1]?.hasPrefix("v1.") ?? false })
    #expect(!(try TestCluster.log()).contains(password))
  }

  @Test func keepsAPasswordOnlyWithTheSettingsItWasGivenFor() throws {
    let desk = try TestDesk.demo()
    let settings = { (host: String, password: String) in
      #"{"id":"\#(Self.account)","smtp_settings":{"host":"\#(host)","port":465\#(password)}}"#
    }
    let steps: [(params: String, kind: String?, keeps: Bool)] = [
      (settings("a.example", #","password":"x""#), nil, true),
      (settings("a.example", ""), nil, true),
      (settings("b.example", ""), "rule", true),
      (settings("b.example", #","password":"x""#), nil, true),
      (settings("c.example", #","password":null"#), nil, false),
      (settings("d.example", ""), nil, false),
      (settings("d.example", #","password":"x""#), nil, true),
      (#"{"id":"\#(Self.account)","smtp_settings":null}"#, nil, false),
    ]
    for step in steps {
      #expect(try desk.call("email_accounts.update", step.params, as: .admin).kind == step.kind, "\(step.params)")
      let account = try desk.call("email_accounts.get", #"{"id":"\#(Self.account)"}"#, as: .admin)
      #expect(account.tree?["has_smtp_password"] == .bool(step.keeps), "\(step.params)")
    }
  }

  private static func plan(_ params: String) throws -> Plan {
    EmailAccountsUpdate.plan(try EmailAccountsUpdate.params.decode(params), by: caller)
  }
}
