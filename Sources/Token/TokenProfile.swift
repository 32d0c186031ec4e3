/// Which kind of token somebody came with; each has rules of its own.
public enum TokenProfile: String, Sendable, CaseIterable {
  /// Clerk's session token: one user in one session, good for a minute.
  case session
  /// Clerk's OAuth access token in the form of a JWT (RFC 9068): what a user allowed a client to do, good for a day.
  case oauth
}

extension TokenProfile {
  /// What a person calls such a token.
  var noun: String { self == .session ? "session token" : "access token" }

  /// Whether a token of this kind may be of that category (Clerk's header parameter `cat`).
  ///
  /// Templates' (..222AAA) and machines' (..333AAA) tokens are signed with the same key. Clerk does not say which
  /// category an access token has, so only those of other tokens are refused.
  func accepts(category: String) -> Bool {
    switch category {
    case "cl_B7d4PD111AAA": self == .session
    case "cl_I7d4PD111III": true
    case "cl_B7d4PD222AAA", "cl_B7d4PD333AAA": false
    default: self == .oauth
    }
  }
}
