import JSON
import Postgres
import TestSupport
import Testing

@testable import Token

/// Webhooks as Clerk sends them through Svix.
enum TestWebhook {
  /// The secret of this test run.
  static let secret = "whsec_" + Base64.encode(Random.bytes(count: 32))

  /// Params in which <now> and <signature> stand for what their sender would fill in.
  static func signed(_ params: String) -> String {
    let now = String(Clock.milliseconds / 1_000)
    let filled = params.replacing("<now>", with: now)
    guard let tree = JSONTree(filled), let headers = tree["headers"], let body = tree["body"]?.string else {
      return params
    }
    let code = signature(headers["svix-id"]?.string ?? "", headers["svix-timestamp"]?.string ?? now, body)
    return filled.replacing("<signature>", with: code)
  }

  static func signature(_ id: String, _ time: String, _ body: String, secret: String = secret) -> String {
    let key = Base64.decode(Array(secret.utf8.dropFirst(6))) ?? []
    return "v1," + Base64.encode(HMACSHA256.code(Array("\(id).\(time).\(body)".utf8), key: key))
  }

  /// The params of a call that delivers a body.
  static func params(_ id: String, _ body: String) -> String {
    signed(
      """
      {"headers":{"svix-id":"\(id)","svix-timestamp":"<now>","svix-signature":"<signature>"},\
      "body":\(Line.quoted(body))}
      """)
  }
}

/// An event of Clerk's, shortened to about what is documented. Times are seconds after some moment of long ago.
struct ClerkNews: CustomStringConvertible {
  let type: String
  let time: Int
  let data: String
  var hasTimestamp = true

  static func milliseconds(_ time: Int) -> Int { 1_700_000_000_000 + time * 1_000 }

  var body: String {
    let timestamp = hasTimestamp ? "\"timestamp\":\(Self.milliseconds(time))," : ""
    return "{\"data\":\(data),\"object\":\"event\",\(timestamp)\"type\":\"\(type)\"}"
  }

  var description: String { "\(type)@\(time)" }

  static func organization(_ verb: String, _ time: Int, _ id: String, _ name: String = "") -> ClerkNews {
    let updated = milliseconds(time)
    return ClerkNews(
      type: "organization." + verb, time: time,
      data: verb == "deleted"
        ? #"{"deleted":true,"id":"\#(id)","object":"organization"}"#
        : #"{"id":"\#(id)","object":"organization","name":"\#(name)","slug":"a","updated_at":\#(updated)}"#)
  }

  static func user(_ verb: String, _ time: Int, _ id: String, _ name: String = "", _ email: String = "") -> ClerkNews {
    let addresses = """
      "primary_email_address_id":"idn_1","email_addresses":[{"id":"idn_0","email_address":"other@x.test"},\
      {"id":"idn_1","email_address":"\(email)"}]
      """
    return ClerkNews(
      type: "user." + verb, time: time,
      data: verb == "deleted"
        ? #"{"deleted":true,"id":"\#(id)","object":"user"}"#
        : """
        {"id":"\(id)","object":"user","first_name":"\(name)","last_name":null,"username":null,\(addresses),\
        "updated_at":\(milliseconds(time))}
        """)
  }

  static func member(
    _ verb: String, _ time: Int, _ user: String, of organization: (id: String, name: String, time: Int),
    _ role: String = "org:member", name: String = "Someone", identifier: String = "someone"
  ) -> ClerkNews {
    // What is deleted was updated last some time before.
    let updated = milliseconds(verb == "deleted" ? 0 : time)
    return ClerkNews(
      type: "organizationMembership." + verb, time: time,
      data: """
        {"id":"orgmem_1","object":"organization_membership","role":"\(role)","organization":{"id":"\(organization.id)",\
        "name":"\(organization.name)","updated_at":\(milliseconds(organization.time))},"public_user_data":{\
        "user_id":"\(user)","first_name":"\(name)","last_name":null,"identifier":"\(identifier)"},\
        "updated_at":\(updated)}
        """)
  }
}

extension TestDesk {
  /// Delivers an event under an id of its own; answers `applied`, or the reason why not, or the error's kind.
  @discardableResult func hear(_ news: ClerkNews, id: String? = nil) throws -> String {
    let id = id ?? "msg_\(FreshID.next())"
    let answer = try call("clerk.webhook", TestWebhook.params(id, news.body))
    guard case .result = answer, let tree = answer.tree else { return answer.kind ?? answer.json }
    return tree["applied"] == .bool(true) ? "applied" : tree["reason"]?.string ?? ""
  }

  /// The organization's name, and its active agents: name, address, role.
  func members(of organization: String) throws -> [String] {
    let session = try database.superuser()
    let name = try session.value("select o.name from public.organizations o where o.clerk_id = $1", [organization])
    let agents = try session.query(
      """
      select concat_ws(' ', a.name, a.email, a.role) from public.agent_profiles a
        join public.organizations o on o.id = a.organization_id
       where o.clerk_id = $1 and a.deactivated_at is null
       order by 1
      """, [organization])
    return [name ?? "none"] + agents.compactMap { $0[0] }
  }
}

/// Ids that no other delivery of this run has.
private enum FreshID {
  static func next() -> String { Base64.encode(Random.bytes(count: 18)).filter { $0.isLetter || $0.isNumber } }
}
