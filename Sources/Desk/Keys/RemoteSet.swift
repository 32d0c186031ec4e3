import Token

/// One remote key set in time: what it holds, whether it may be used and when it may be fetched.
struct RemoteSet {
  let address: RemoteKeys.Address
  private(set) var keys = KeySet()
  private var digest: [UInt8] = []
  /// When the fetch of `keys` began; nil before the first one succeeded.
  private var fetched: Moment?
  /// When the fetch under way began.
  private var begun: Moment?
  private var ended: Moment?
  /// Whether the last fetch failed.
  private(set) var isDown = false
  /// Whether a token was verified with it since the last fetch began.
  var isUsed = false

  init(_ address: RemoteKeys.Address) { self.address = address }

  var isFetching: Bool { begun != nil }

  /// Whether its keys may verify tokens: within their lifetime, and up to the limit while the source is down.
  func isUsable(at now: Moment, _ times: RemoteKeys) -> Bool {
    guard let fetched else { return false }
    let age = now.seconds(since: fetched)
    return age < times.lifetime || isDown && age < times.limit
  }

  /// Whether it is old enough to be fetched before anyone needs it; not where nobody used it.
  func isDue(at now: Moment, _ times: RemoteKeys) -> Bool {
    guard isUsed, let fetched else { return false }
    return now.seconds(since: fetched) >= times.ahead && mayBegin(at: now, times)
  }

  func mayBegin(at now: Moment, _ times: RemoteKeys) -> Bool {
    guard begun == nil else { return false }
    return ended.map { now.seconds(since: $0) >= times.cooldown } ?? true
  }

  mutating func begin(at now: Moment) {
    begun = now
    isUsed = false
  }

  /// Replaces the whole set, or keeps it where the fetch failed; answers whether its keys are others now.
  mutating func end(_ found: FetchedKeys?, at now: Moment) -> Bool {
    defer {
      begun = nil
      ended = now
    }
    isDown = found == nil
    guard let found, let begun else { return false }
    fetched = begun
    defer { digest = found.digest }
    keys = found.keys
    return digest != found.digest
  }
}

extension Moment {
  /// Seconds since an earlier moment, by the clock that says more: the monotonic one stands still while a computer
  /// sleeps, the other may be set back.
  func seconds(since earlier: Moment) -> Int {
    let running = monotonic > earlier.monotonic ? Int((monotonic - earlier.monotonic) / 1_000_000_000) : 0
    return max(running, (milliseconds - earlier.milliseconds) / 1_000)
  }
}
