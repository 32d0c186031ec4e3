import JSON
import Postgres
import Testing

@testable import Desk
@testable import Token

/// What has to hold before an event is believed.
@Suite struct WebhookSignatureTests {
  private static let body = ClerkNews.organization("created", 1, "org_signed", "Signed").body
  private static let other = "whsec_" + Base64.encode([UInt8](repeating: 7, count: 24))

  /// Seconds from now, the headers to change, another body.
  struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    var seconds = 0
    var headers: @Sendable (_ id: String, _ time: String, _ signature: String) -> [(String, String)] = {
      [("svix-id", $0), ("svix-timestamp", $1), ("svix-signature", $2)]
    }
    var body = WebhookSignatureTests.body
    var secret = TestWebhook.secret
    var reason: String?

    var testDescription: String { name }
  }

  private static let rows: [Row] = [
    Row(name: "as it came in"),
    Row(name: "names in capitals", headers: { [("Svix-Id", $0), ("SVIX-TIMESTAMP", $1), ("Svix-Signature", $2)] }),
    Row(
      name: "beside other headers",
      headers: { [("host", "x"), ("svix-id", $0), ("svix-timestamp", $1), ("svix-signature", $2)] }),
    Row(
      name: "one of several signatures",
      headers: { [("svix-id", $0), ("svix-timestamp", $1), ("svix-signature", "v1,AAAA v1a,AAAA \($2)")] }),
    Row(name: "four minutes old", seconds: -240),
    Row(name: "another secret", secret: other, reason: "webhook-invalid-signature"),
    Row(name: "six minutes old", seconds: -360, reason: "webhook-too-old"),
    Row(name: "six minutes early", seconds: 360, reason: "webhook-too-new"),
    Row(name: "a changed body", body: body + " ", reason: "webhook-invalid-signature"),
    Row(
      name: "another id", headers: { [("svix-id", "msg_other"), ("svix-timestamp", $1), ("svix-signature", $2)] },
      reason: "webhook-invalid-signature"),
    Row(
      name: "no signature", headers: { id, time, _ in [("svix-id", id), ("svix-timestamp", time)] },
      reason: "webhook-invalid-headers"),
    Row(
      name: "two ids",
      headers: { [("svix-id", $0), ("Svix-Id", "b"), ("svix-timestamp", $1), ("svix-signature", $2)] },
      reason: "webhook-invalid-headers"),
    Row(name: "no headers", headers: { _, _, _ in [] }, reason: "webhook-invalid-headers"),
  ]

  /// Whatever is refused has not even opened a connection.
  @Test(arguments: rows) func believesASignatureOnly(_ row: Row) throws {
    let desk = try TestDesk.demo()
    let time = String(Clock.milliseconds / 1_000 + row.seconds)
    let signature = TestWebhook.signature("msg_1", time, Self.body, secret: row.secret)
    let headers = row.headers("msg_1", time, signature).map { "\(Line.quoted($0.0)):\(Line.quoted($0.1))" }
    let answer = try desk.call(
      "clerk.webhook", "{\"headers\":{\(headers.joined(separator: ","))},\"body\":\(Line.quoted(row.body))}")
    #expect(answer.tree?["data"]?["reason"]?.string == row.reason, "\(answer.json)")
    #expect(desk.isUnconnected == (row.reason != nil))
    #expect(try desk.members(of: "org_signed") == [row.reason == nil ? "Signed" : "none"])
  }

  @Test func takesTwoSecretsWhileOneIsReplaced() throws {
    let desk = try TestDesk(TestDesk.demo().database, webhookSecrets: [Self.other, TestWebhook.secret])
    #expect(try desk.hear(.organization("created", 1, "org_signed", "Signed")) == "applied")
  }

  @Test func saysThatNoSecretIsConfigured() throws {
    let desk = try TestDesk(TestDesk.demo().database, webhookSecrets: [])
    let answer = try desk.call("clerk.webhook", TestWebhook.params("msg_1", Self.body))
    #expect(answer.kind == "webhook_refused")
    #expect(answer.tree?["data"]?["reason"] == .string("webhook-not-configured"))
    #expect(answer.json.contains("clerk_webhook_secret") && desk.isUnconnected)
  }

  @Test(arguments: [
    "{}", "[]", "1", "", "{\"type\":1}", #"{"type":"user.created"}"#, #"{"type":"user.created","data":[]}"#,
    #"{"type":"user.created","data":{"id":"org_1"}}"#, #"{"type":"user.created","data":{"id":"\#(longID)"}}"#,
    #"{"type":"organization.created","data":{"id":1}}"#,
    #"{"type":"organizationMembership.created","data":{"role":"org:admin"}}"#, "{\"type\":\"\(longID)\"}", "{",
  ])
  func refusesWhatIsSignedButNoEvent(_ body: String) throws {
    let desk = try TestDesk.demo()
    let answer = try desk.call("clerk.webhook", TestWebhook.params("msg_1", body))
    #expect(answer.kind == "invalid_params" && answer.tree?["data"]?["path"] == .string("/body"), "\(answer.json)")
    #expect(desk.isUnconnected)
  }

  private static let longID = "user_" + String(repeating: "x", count: 200)

  /// A person writes `unsafe_metadata` themselves, and must not be able to keep the desk from following.
  @Test(arguments: [
    #"{"x":"\u0000"}"#, #"{"\u0000":1}"#, #"{"x":"\ud800"}"#, #"{"x":1e9999,"y":123456789012345678901234567890}"#,
    #"{"x":\#(String(repeating: "[", count: 3_000))\#(String(repeating: "]", count: 3_000))}"#, #"{"a":1,"a":2}"#,
  ])
  func takesAnyMetadata(_ metadata: String) throws {
    let desk = try TestDesk.demo()
    let data = #"{"id":"org_odd","name":"O\u0000dd \ud83d\ude00","unsafe_metadata":\#(metadata)}"#
    #expect(try desk.hear(ClerkNews(type: "organization.created", time: 1, data: data)) == "applied")
    #expect(try desk.members(of: "org_odd") == ["Odd 😀"])
  }
}
