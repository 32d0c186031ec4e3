import JSON

/// Whom a call acts for: rows resolved from a verified token, never from parameters.
///
/// A class, since every call carries its caller along.
public final class Caller: Sendable {
  public enum Role: String, Sendable { case admin, agent }

  public let organization: String
  public let agent: String
  public let role: Role
  /// The claims for PostgreSQL, built anew from an allow-list.
  let claims: String
  /// When the token expires, in seconds since 1970.
  let expires: Int

  init(organization: String, agent: String, role: Role, claims: String, expires: Int) {
    self.organization = organization
    self.agent = agent
    self.role = role
    self.claims = claims
    self.expires = expires
  }

  /// The same caller, whose token ends no later than that.
  func expiring(by second: Int) -> Caller {
    Caller(organization: organization, agent: agent, role: role, claims: claims, expires: min(expires, second))
  }
}
