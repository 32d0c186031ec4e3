import JSON
import Postgres

enum ClerkWebhook: Method {
  static let name = "clerk.webhook"
  static let summary =
    "Takes a webhook of Clerk's as it came in and follows it: organizations and agents are made, renamed, given roles, "
    + "deactivated and reactivated. Whoever receives webhooks passes them on here; the signature is verified first."
  static let access = Access.open
  static let cost = Cost.page
  static let effect = Effect.internal
  static let params = Schema<ClerkDelivery>.object(
    .required(
      "headers", headers,
      "The request's headers, svix-id, svix-timestamp and svix-signature among them, in any case."),
    .required("body", .bytes(1...1_048_576), "The request's body, exactly: one other byte and its signature is wrong."),
    as: ClerkDelivery.init)
  static let result = Shape.object([
    .init("id", .text, summary: "svix-id; an event counts once, however often it is delivered."),
    .init("type", .text, summary: "Such as organizationMembership.created."),
    .init("applied", .bool),
    .init(
      "reason", .nullable(.choice(["repeated", "outdated", "not_followed"])),
      summary: "Why there was nothing to do; a newer event may have come before, and not every type matters here."),
  ])
  static let errors: [FailureKind] = [.webhookRefused] + DiscoverErrors.database
  static let statements = [query]

  static let query = Query("select desk.apply_clerk_event($1::text, $2::jsonb)")

  private static let headers = Schema<[String: String]>(.map(of: .text)) { value, place throws(Fault) in
    guard value.kind == .object else { throw Fault("must be an object", at: place) }
    var headers: [String: String] = [:]
    try value.forEachMember { name, header throws(Fault) in
      guard let text = header.string else { throw Fault("must be an object of strings", at: place) }
      headers[name] = text
    }
    return headers
  }

  static func plan(_ delivery: ClerkDelivery, for caller: Caller?) -> Plan { .webhook(delivery) }
}
