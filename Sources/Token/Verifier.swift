/// Verifies Clerk's session tokens and, where clients are configured, its OAuth access tokens, without a network and without a clock of its own.
///
/// The order of the checks is fixed: sizes and encoding, header, key, signature, claims. Nothing of a payload is
/// looked at before its signature, so that an unsigned token cannot be used to ask questions.
public struct Verifier: Sendable {
  /// The most bytes of a token; a longer one is refused whatever it says.
  public static let maximumCount = JWS.maximumCount

  public let policy: Policy
  private let keys: KeySet
  private let known = KnownHeader()

  /// - Parameter policy: its `skew` must be within `Policy.skews`.
  public init(keys: KeySet, policy: Policy) {
    precondition(Policy.skews.contains(policy.skew), "the configuration checks the skew")
    self.keys = keys
    self.policy = policy
  }

  /// The same policy with further keys.
  public func adding(_ sets: [KeySet]) -> Verifier {
    sets.isEmpty ? self : Verifier(keys: KeySet(joining: [keys] + sets), policy: policy)
  }

  /// Verifies a token.
  ///
  /// - Parameters:
  ///   - token: a JWS in compact form (RFC 7515 section 7.1), without `Bearer` or white space.
  ///   - now: seconds since 1970.
  public func verify(_ token: [UInt8], at now: Int) throws(Refusal) -> Claims {
    var jws = try JWS(token, known)
    guard jws.header.profile == .session || !policy.oauthClients.isEmpty else {
      throw Refusal(.typeMismatch, "The token is an OAuth access token, not a session token.")
    }
    let keyIssuer = try keyIssuer(of: jws, token)
    guard let payload = TokenObject(&jws.payload) else {
      throw Refusal(.invalid, "The token's payload is not a JSON object.")
    }
    // Held to what a claim can hold: sums with it cannot overflow.
    let time = min(max(now, 0), 1 << 53)
    return try ClaimsReader(policy: policy, profile: jws.header.profile, keyIssuer: keyIssuer, now: time).read(payload)
  }

  /// The issuer of the key that signed; nil when the key is for all of the policy's issuers.
  private func keyIssuer(of jws: JWS, _ token: [UInt8]) throws(Refusal) -> String? {
    let message = token.span.extracting(..<jws.signedCount)
    var isKnown = false
    // More than one only where several issuers are configured.
    for entry in keys.entries where entry.isFor(jws.header.keyID) {
      if entry.key.verifies(jws.signature, of: message) { return entry.issuer }
      isKnown = true
    }
    guard isKnown else { throw Refusal(.keyMismatch, "No configured key has the token's kid.") }
    throw Refusal(.invalidSignature, "The token's signature does not fit the configured key.")
  }
}
