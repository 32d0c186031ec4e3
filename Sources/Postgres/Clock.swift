import Glibc

/// The clocks deskpipe reads.
public enum Clock {
  /// Nanoseconds of the monotonic clock, for durations.
  public static var now: UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Milliseconds since 1970, for what tokens and identifiers say.
  public static var milliseconds: Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}

extension UInt64 {
  /// How long ago an instant was; 0 for one that is later, as a reading taken a moment before may be.
  func since(_ earlier: UInt64) -> UInt64 { self > earlier ? self - earlier : 0 }
}
