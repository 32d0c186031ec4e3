import Glibc

/// Where events go.
protocol EventSink {
  /// Takes events in their order, and says of each up to where it has taken them for good.
  mutating func take(_ events: [DeskEvent], done: (_ cursor: String) throws -> Void) throws
}

/// Lines on stdout, one event each.
struct LineSink: EventSink {
  mutating func take(_ events: [DeskEvent], done: (String) throws -> Void) throws {
    guard let last = events.last else { return }
    var bytes: [UInt8] = []
    for event in events { bytes += event.json + [UInt8(ascii: "\n")] }
    // Nobody reads them any more; what was read last time is read again.
    guard Self.write(bytes) else { throw EndOfReading() }
    try done(last.id)
  }

  /// Writes all of it to stdout, however long that takes; false where nobody reads.
  static func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(Wire.output, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}

/// The reader of stdout has left, as `head` does.
struct EndOfReading: Error {}
