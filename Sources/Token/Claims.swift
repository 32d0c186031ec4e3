import JSON

/// What a verified token says.
///
/// Only `Verifier` makes these, so who holds one need not ask whether the token was good; only whether it has
/// expired since.
public struct Claims: Sendable, Equatable {
  /// Clerk's id of the user (`user_...`).
  public let subject: String
  /// Clerk's id of the session (`sess_...`); nil in an access token.
  public let sessionID: String?
  /// The OAuth client that the user allowed to act (`client_id`); nil in a session token.
  public let clientID: String?
  public let issuer: String
  /// Clerk's id of the active organization. A verified token always has one.
  public let organizationID: String?
  /// As the token spells it: `org:admin` in version 1, `admin` in version 2; nil in an access token, which tells none.
  public let organizationRole: String?
  public let organizationSlug: String?
  /// Whether the role is one of the policy's `adminRoles`.
  public let isAdmin: Bool
  /// `exp`, `iat` and `nbf`, in seconds since 1970.
  public let expires: Int
  public let issuedAt: Int
  public let notBefore: Int?
  public let authorizedParty: String?
  /// Who acts in the user's name, as JSON: `{"sub":"user_...","iss":"..."}`; nil for everyone but impersonators.
  public let actor: String?
  /// Clerk's version of the claims, 1 or 2.
  public let version: Int

  public var profile: TokenProfile { clientID == nil ? .session : .oauth }

  /// The seconds since 1970 in which the token is good, where clocks may differ by so many.
  public func validity(skew: Int) -> Range<Int> {
    let start = max(issuedAt, notBefore ?? 0) - skew
    return start..<max(start, expires + skew)
  }

  /// The claims for `request.jwt.claims`: JSON built anew from these members alone, since the token's own text may
  /// hold custom claims that policies would read.
  public var postgres: String {
    var members = [("sub", Line.quoted(subject))]
    if let sessionID { members.append(("sid", Line.quoted(sessionID))) }
    members.append(("iss", Line.quoted(issuer)))
    if let clientID { members.append(("client_id", Line.quoted(clientID))) }
    if let organizationID {
      var organization = [("id", Line.quoted(organizationID))]
      if let role { organization.append((version == 2 ? "rol" : "role", role)) }
      if let organizationSlug { organization.append((version == 2 ? "slg" : "slug", Line.quoted(organizationSlug))) }
      if version == 2 {
        members += [("v", "2"), ("o", Self.object(organization))]
      } else {
        members += organization.map { ("org_" + $0.0, $0.1) }
      }
    }
    if let authorizedParty { members.append(("azp", Line.quoted(authorizedParty))) }
    members += [("exp", String(expires)), ("iat", String(issuedAt))]
    if let actor { members.append(("act", actor)) }
    return Self.object(members)
  }

  /// The role as the SQL functions know it, who take `admin` and `org:admin` for an admin's whatever the policy says.
  private var role: String? {
    guard let organizationRole else { return nil }
    let prefix = version == 2 ? "" : "org:"
    if isAdmin { return Line.quoted(prefix + "admin") }
    return Line.quoted(["admin", "org:admin"].contains(organizationRole) ? prefix + "member" : organizationRole)
  }

  static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { Line.quoted($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
  }
}
