/// Why a token was not accepted.
public struct Refusal: Error, Equatable, Sendable {
  /// Names that clients may compare with: Clerk's own where Clerk has one (`TokenVerificationErrorReason` and
  /// `AuthErrorReason` of its backend SDK), never renamed.
  public enum Reason: String, Sendable, CaseIterable {
    // Clerk's names.
    case expired = "token-expired"
    case invalid = "token-invalid"
    case invalidAlgorithm = "token-invalid-algorithm"
    case invalidAuthorizedParties = "token-invalid-authorized-parties"
    case invalidSignature = "token-invalid-signature"
    case notActiveYet = "token-not-active-yet"
    case issuedInTheFuture = "token-iat-in-the-future"
    case verificationFailed = "token-verification-failed"
    case typeMismatch = "token-type-mismatch"
    case keyMismatch = "jwk-kid-mismatch"
    // What Clerk does not check.
    case tooLarge = "token-too-large"
    case criticalHeader = "token-critical-header"
    case keyInHeader = "token-key-in-header"
    case invalidIssuer = "token-invalid-issuer"
    case invalidClient = "token-invalid-client"
    case sessionPending = "token-session-pending"
    case lifetimeTooLong = "token-lifetime-too-long"
    case unknownVersion = "token-unknown-version"
    case noOrganization = "token-no-organization"
  }

  public let reason: Reason
  /// A sentence that may be shown to the caller; it never holds the token or a part of it.
  public let message: String

  init(_ reason: Reason, _ message: String) {
    self.reason = reason
    self.message = message
  }
}
