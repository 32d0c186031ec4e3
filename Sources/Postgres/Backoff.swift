/// When a connection may be tried again: at once, then after 50 ms, doubling to 2 s.
struct Backoff {
  private var failures = 0
  private var next: UInt64 = 0

  func allows(_ now: UInt64) -> Bool { now >= next }

  /// Whether the last attempt failed.
  var isFailing: Bool { failures > 0 }

  mutating func failed(_ now: UInt64) {
    let pause: UInt64 = min(2_000_000_000, 50_000_000 << UInt64(min(failures, 6)))
    failures += 1
    next = now + pause
  }

  mutating func reset() { self = Backoff() }
}
