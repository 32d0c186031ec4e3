import Postgres

/// One reading of both clocks, taken once for each turn of the loop.
public struct Moment: Sendable {
  /// Nanoseconds of the monotonic clock.
  public let monotonic: UInt64
  /// Milliseconds since 1970.
  public let milliseconds: Int

  public init(monotonic: UInt64, milliseconds: Int) {
    self.monotonic = monotonic
    self.milliseconds = milliseconds
  }

  public static var now: Moment { Moment(monotonic: Clock.now, milliseconds: Clock.milliseconds) }

  var seconds: Int { milliseconds / 1000 }
}
