import Token

/// Where the keys of tokens come from, and when they are fetched: a state machine without a clock, a network or a thread.
///
/// A token is verified first, with all keys that may be used now. Only when none of them has signed it does a fetch
/// matter to it, so that no fetch is ever on the way of a token whose key is there.
struct KeySource {
  /// What becomes of a token that no usable key has signed.
  enum Advice: Equatable {
    /// A fetch is under way that may bring its key.
    case wait
    /// Nothing can bring it now.
    case refuse
    /// Some set that may hold it is not there, since its source is down.
    case unavailable
  }

  private let fixed: Verifier
  private let times: RemoteKeys
  private var sets: [RemoteSet]
  private var begun: [RemoteKeys.Address] = []
  /// The verifier with the sets that were usable when it was made.
  private var verifier: Verifier
  private var included: [Bool]

  /// - Parameter fixed: the policy, with the keys that are there for good.
  init(_ fixed: Verifier, remote: RemoteKeys) {
    precondition(remote.cooldown < remote.ahead && remote.ahead < remote.lifetime && remote.lifetime <= remote.limit)
    self.fixed = fixed
    times = remote
    sets = remote.addresses.map(RemoteSet.init)
    verifier = fixed
    included = sets.map { _ in false }
  }

  /// Takes the addresses that are to be fetched; each is ended by `end` before it is named again.
  mutating func takeFetches() -> [RemoteKeys.Address] {
    defer { begun = [] }
    return begun
  }

  var hasFetches: Bool { !begun.isEmpty }

  /// Whether some set will be fetched by the clock alone.
  var areInUse: Bool { sets.contains(where: \.isUsed) }

  /// A verifier with all keys that may be used now.
  mutating func verifier(at now: Moment) -> Verifier {
    let usable = sets.map { $0.isUsable(at: now, times) }
    if usable != included {
      included = usable
      verifier = fixed.adding(zip(sets, usable).compactMap { $1 ? $0.keys : nil })
    }
    return verifier
  }

  /// A token of that issuer was verified: its keys are worth being kept fresh.
  mutating func use(issuer: String) {
    for index in sets.indices where sets[index].address.issuer.map({ $0 == issuer }) ?? true {
      sets[index].isUsed = true
    }
  }

  /// What to do with a token that the verifier of this moment has no key for, or whose signature it does not fit.
  ///
  /// The issuer is not asked, since nobody has signed for it: every set is fetched that may be.
  mutating func advise(at now: Moment) -> Advice {
    for index in sets.indices where sets[index].mayBegin(at: now, times) { begin(index, at: now) }
    if sets.contains(where: \.isFetching) { return .wait }
    return sets.allSatisfy { $0.isUsable(at: now, times) } ? .refuse : .unavailable
  }

  /// Begins to fetch what is in use and will soon be too old; call it now and then.
  mutating func lookAhead(at now: Moment) {
    for index in sets.indices where sets[index].isDue(at: now, times) { begin(index, at: now) }
  }

  private mutating func begin(_ index: Int, at now: Moment) {
    sets[index].begin(at: now)
    begun.append(sets[index].address)
  }

  /// What the end of a fetch changed.
  enum Change: Equatable {
    /// The same keys, or none still.
    case none
    /// Other keys than before.
    case replaced
    /// The source answered before, and no longer does.
    case down
  }

  /// Takes the end of a fetch; nil where it failed.
  mutating func end(_ address: RemoteKeys.Address, _ found: FetchedKeys?, at now: Moment) -> Change {
    guard let index = sets.firstIndex(where: { $0.address == address && $0.isFetching }) else { return .none }
    let wasDown = sets[index].isDown
    let isReplaced = sets[index].end(found, at: now)
    included = sets.map { _ in false }
    verifier = fixed
    return isReplaced ? .replaced : found == nil && !wasDown ? .down : .none
  }
}
