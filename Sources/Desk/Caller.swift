import JSON

/// Whom a call acts for: rows resolved from a verified token, never from parameters.
public struct Caller: Equatable, Sendable {
  public enum Role: String, Sendable { case admin, agent }

  public let organization: String
  public let agent: String
  public let role: Role
  /// The claims for PostgreSQL, built anew from an allow-list.
  let claims: String
  /// When the token expires, in seconds since 1970.
  var expires: Int
}
