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
    guard write(bytes, to: Wire.output) else { throw EndOfReading() }
    try done(last.id)
  }
}

/// The reader of stdout has left, as `head` does.
struct EndOfReading: Error {}
