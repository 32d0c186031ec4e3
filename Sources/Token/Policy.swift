/// What a token has to say, beside being signed by a known key.
public struct Policy: Sendable, Equatable {
  /// What happens to a token without `azp`; those that Clerk's backend mints carry none.
  public enum AbsentParty: String, Sendable, CaseIterable {
    /// It is refused.
    case require
    /// It passes; one that is present must still be listed.
    case ifPresent = "if_present"
  }

  /// The accepted values of `iss`, compared exactly. With none every token is refused.
  public var issuers: [String]
  /// The accepted values of `azp`; empty when any is.
  public var authorizedParties: [String]
  /// Counts where `authorizedParties` is not empty.
  public var absentParty: AbsentParty
  /// One of these has to be in `aud`; empty when it is not looked at.
  public var audiences: [String]
  /// Seconds by which the clocks may differ: 0 to 60.
  public var skew: Int
  /// The most seconds between `iat` and `exp`.
  public var maximumAge: Int
  /// The OAuth clients whose access tokens are accepted (`client_id`); with none, no access token is.
  public var oauthClients: [String]
  /// The most seconds between `iat` and `exp` of an access token.
  public var maximumOAuthAge: Int
  /// The organization roles of an admin; all others are an agent's.
  public var adminRoles: [String]

  public static let skews = 0...60
  /// What `maximumAge` and `maximumOAuthAge` may be.
  public static let ages = 60...604_800

  public init(
    issuers: [String] = [], authorizedParties: [String] = [], absentParty: AbsentParty = .ifPresent,
    audiences: [String] = [], skew: Int = 5, maximumAge: Int = 3_600, oauthClients: [String] = [],
    maximumOAuthAge: Int = 86_400, adminRoles: [String] = ["org:admin", "admin"]
  ) {
    self.issuers = issuers
    self.authorizedParties = authorizedParties
    self.absentParty = absentParty
    self.audiences = audiences
    self.skew = skew
    self.maximumAge = maximumAge
    self.oauthClients = oauthClients
    self.maximumOAuthAge = maximumOAuthAge
    self.adminRoles = adminRoles
  }
}
