import JSON

/// Verifies Clerk's session tokens, without a network and without a clock of its own.
///
/// The order of the checks is fixed: sizes and encoding, header, key, signature, claims. Nothing of a payload is
/// looked at before its signature, so that an unsigned token cannot be used to ask questions.
public struct Verifier: Sendable {
  public let policy: Policy
  private let keys: KeySet

  /// - Parameter policy: its `skew` must be within `Policy.skews`.
  public init(keys: KeySet, policy: Policy) {
    precondition(Policy.skews.contains(policy.skew), "the configuration checks the skew")
    self.keys = keys
    self.policy = policy
  }

  /// Verifies a token.
  ///
  /// - Parameters:
  ///   - token: a JWS in compact form (RFC 7515 section 7.1), without `Bearer` or white space.
  ///   - now: seconds since 1970.
  public func verify(_ token: [UInt8], at now: Int) throws(Refusal) -> Claims {
    let jws = try JWS(token)
    let candidates = keys.candidates(jws.keyID)
    guard !candidates.isEmpty else {
      throw Refusal(.keyMismatch, "No configured key has the token's kid.")
    }
    let message = token.span.extracting(..<jws.signedCount)
    guard let entry = candidates.first(where: { $0.key.verifies(jws.signature, of: message) }) else {
      throw Refusal(.invalidSignature, "The token's signature does not fit the configured key.")
    }
    let reader = ClaimsReader(policy: policy, keyIssuer: entry.issuer, now: now)
    let claims = try StrictJSON.withObject(jws.payload) { payload throws(Refusal) in try reader.read(payload) }
    guard let claims else { throw Refusal(.invalid, "The token's payload is not a JSON object.") }
    return claims
  }
}
