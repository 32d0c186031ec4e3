import JSON

enum SessionOpen: Method {
  struct Params: Sendable {
    let token: String
    let asDefault: Bool
    let notice: Int?
  }

  static let name = "session.open"
  static let summary =
    "Verifies a Clerk session token and opens a session, which later calls name in params.session."
  static let access = Access.open
  static let cost = Cost.page
  static let effect = Effect.internal
  static let params = Schema<Params>.object(
    .required("token", .text(1...16_384), "A Clerk session token (a JWT signed with RS256)."),
    .optional(
      "default", .bool, absent: false,
      "Makes this the session of calls that name none; counts only before any other session was opened."),
    .optional(
      "notify_before", .integer(1...3_600),
      "Seconds ahead of the token's expiry at which the notification session.expiring {session, expires_at} is sent."),
    as: Params.init)
  static let result = Identity.shape
  static let errors: [FailureKind] =
    [
      .tokenRefused, .organizationUnknown, .agentUnknown, .agentDeactivated, .sessionLimit,
    ] + DiscoverErrors.database

  static func plan(_ params: Params, for caller: Caller?) -> Plan {
    .session(.open(token: params.token, asDefault: params.asDefault, notice: params.notice))
  }
}
