import JSON

enum SessionRefresh: Method {
  struct Params: Sendable {
    let session: String?
    let token: String
  }

  static let name = "session.refresh"
  static let summary = "Gives a session a newer token of the same user and organization, before or after it expired."
  static let access = Access.open
  static let cost = Cost.page
  static let effect = Effect.internal
  static let params = Schema<Params>.object(
    .optional("session", .text(1...64), "The session; left out, the process's default one."),
    .required("token", .text(1...16_384), "A Clerk session token of the same subject and organization."),
    as: Params.init)
  static let result = Identity.shape
  static let errors: [FailureKind] =
    [
      .unauthenticated, .tokenRefused, .sessionUnknown, .sessionAmbiguous, .sessionMismatch, .organizationUnknown,
      .agentUnknown, .agentDeactivated,
    ] + DiscoverErrors.database

  static func plan(_ params: Params, for caller: Caller?) -> Plan {
    .session(.refresh(session: params.session, token: params.token))
  }
}
