/// Identities of tokens that calls carry themselves, by the token's SHA-256, until the token expires.
struct Identities {
  enum Entry {
    case known(Identity)
    /// Being looked up; the calls that wait for it.
    case lookedUp([Int])
  }

  private let capacity: Int
  private var entries: [[UInt8]: Entry] = [:]

  init(capacity: Int) { self.capacity = capacity }

  subscript(digest: [UInt8]) -> Entry? {
    get { entries[digest] }
    set {
      if newValue != nil, entries[digest] == nil, entries.count >= capacity { makeRoom() }
      entries[digest] = newValue
    }
  }

  /// Drops all that is known, since a key that signed some of it may be gone.
  mutating func forget() { makeRoom() }

  /// Drops all that is known when it is full: every entry can be had again, and none lives longer than a token.
  private mutating func makeRoom() {
    entries = entries.filter { entry in
      if case .lookedUp = entry.value { true } else { false }
    }
  }
}
