import Token

/// Identities of tokens that calls carry themselves: those that are remembered, and the calls that wait for one that is
/// being looked up.
struct Identities {
  private struct LookUp {
    /// At most as many as there are requests without an answer.
    var waiting: [Int]
    /// Whether the keys have changed since its token was verified.
    var isStale = false
  }

  private var known: TokenCache<Identity>
  private var lookUps: [TokenDigest: LookUp] = [:]

  init(capacity: Int) { known = TokenCache(capacity: capacity) }

  func identity(for digest: TokenDigest, at now: Int) -> Identity? { known.value(for: digest, at: now) }

  func isLookedUp(_ digest: TokenDigest) -> Bool { lookUps[digest] != nil }

  /// Has a call wait for a token's identity; the first one begins its look-up.
  mutating func wait(_ number: Int, for digest: TokenDigest) {
    lookUps[digest, default: LookUp(waiting: [])].waiting.append(number)
  }

  /// Notes that the token of a look-up was verified with the keys of now.
  mutating func renew(_ digest: TokenDigest) { lookUps[digest]?.isStale = false }

  /// Ends a look-up, remembers what it found and answers the calls that waited.
  ///
  /// What was verified with keys that are no more is not remembered: the calls have their token verified again.
  mutating func end(_ digest: TokenDigest, _ identity: Identity?, at now: Int) -> [Int] {
    guard let lookUp = lookUps.removeValue(forKey: digest) else { return [] }
    if let identity, !lookUp.isStale { known.remember(identity, for: digest, during: identity.validity, at: now) }
    return lookUp.waiting
  }

  /// Forgets all, since a key that signed some of it may be gone, or those that fit; and what is being looked up, which
  /// may be one of them.
  mutating func forget(where fits: (Identity) -> Bool = { _ in true }) {
    known.forget(where: fits)
    for digest in lookUps.keys { lookUps[digest]?.isStale = true }
  }
}
