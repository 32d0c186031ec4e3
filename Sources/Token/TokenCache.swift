/// Remembers what verified tokens stand for until they expire, so that a token sent with every call is verified once.
///
/// Keyed by the token's SHA-256: a copy of the process's memory holds no tokens because of it. Bounded: when full, the
/// one that expires first makes way. What it remembers was verified with certain keys; when they change, `forget`.
public struct TokenCache<Value: Sendable>: Sendable {
  private var entries: [TokenDigest: (value: Value, validity: Range<Int>)] = [:]
  /// Digests by the second in which their tokens expire, the last first, so that the first to go is the last.
  private var order: [(expires: Int, digest: TokenDigest)] = []
  private let capacity: Int

  /// - Parameter capacity: the most tokens that are remembered.
  public init(capacity: Int) {
    precondition(capacity > 0, "a cache of nothing remembers nothing")
    self.capacity = capacity
  }

  public var count: Int { entries.count }

  /// What a token stands for; nil where that is not remembered, or not good at this time.
  public func value(for digest: TokenDigest, at now: Int) -> Value? {
    guard let entry = entries[digest], entry.validity.contains(now) else { return nil }
    return entry.value
  }

  /// Remembers what a token stands for.
  ///
  /// - Parameter validity: the seconds in which `Verifier.verify` accepts the token: `Claims.validity`.
  public mutating func remember(_ value: Value, for digest: TokenDigest, during validity: Range<Int>, at now: Int) {
    let isNew = entries[digest] == nil
    while isNew, let last = order.last, last.expires <= now || order.count >= capacity {
      entries[last.digest] = nil
      order.removeLast()
    }
    entries[digest] = (value, validity)
    guard isNew else { return }
    let index = order.partitioningIndex { $0.expires <= validity.upperBound }
    order.insert((validity.upperBound, digest), at: index)
  }

  /// Forgets all, or those whose value fits.
  public mutating func forget(where fits: (Value) -> Bool = { _ in true }) {
    entries = entries.filter { !fits($0.value.value) }
    order.removeAll { entries[$0.digest] == nil }
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
