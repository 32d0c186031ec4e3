/// Remembers what verified tokens said until they expire, so that a token sent with every call is verified once.
///
/// Keyed by the token's SHA-256: a copy of the process's memory holds no tokens because of it. Bounded: when full, the
/// one that expires first makes way. Belongs to one verifier; when its keys or policy change, start with a new one.
public struct TokenCache: Sendable {
  private var claims: [Key: Claims] = [:]
  /// Keys by the second in which they expire, the last first, so that the first to go is the last.
  private var order: [(expires: Int, key: Key)] = []
  private let capacity: Int

  /// - Parameter capacity: the most tokens that are remembered.
  public init(capacity: Int = 10_000) {
    precondition(capacity > 0, "a cache of nothing remembers nothing")
    self.capacity = capacity
  }

  public var count: Int { claims.count }

  /// What a token says, verified now or before.
  ///
  /// A remembered token is refused in the same second in which `Verifier.verify` would begin to refuse it.
  public mutating func verify(_ token: [UInt8], with verifier: Verifier, at now: Int) throws(Refusal) -> Claims {
    // Longer ones are refused before they cost a hash.
    guard token.count <= JWS.maximumCount else { return try verifier.verify(token, at: now) }
    let key = Key(SHA256.digest(token))
    if let known = claims[key], known.isGood(at: now, policy: verifier.policy) { return known }
    let verified = try verifier.verify(token, at: now)
    remember(verified, as: key, now: now, skew: verifier.policy.skew)
    return verified
  }

  private mutating func remember(_ verified: Claims, as key: Key, now: Int, skew: Int) {
    while let last = order.last, last.expires <= now - skew || order.count >= capacity {
      claims[last.key] = nil
      order.removeLast()
    }
    guard claims.updateValue(verified, forKey: key) == nil else { return }
    let index = order.partitioningIndex { $0.expires <= verified.expires }
    order.insert((verified.expires, key), at: index)
  }

  /// A digest as four words, which hash and compare faster than an array.
  private struct Key: Hashable {
    let words: SIMD4<UInt64>

    init(_ digest: [UInt8]) {
      var words = SIMD4<UInt64>()
      for (index, byte) in digest.enumerated() { words[index / 8] = words[index / 8] << 8 | UInt64(byte) }
      self.words = words
    }

    // The digest is spread evenly already; whoever could choose its words could break SHA-256.
    func hash(into hasher: inout Hasher) { hasher.combine(words[0]) }
  }
}

extension Claims {
  /// Whether the clock still, or already, lies within the token's time.
  func isGood(at now: Int, policy: Policy) -> Bool {
    expires > now - policy.skew && issuedAt <= now + policy.skew && (notBefore ?? 0) <= now + policy.skew
  }
}

extension Array {
  /// The first index whose element fits, where all behind it fit too.
  fileprivate func partitioningIndex(where fits: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if fits(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
