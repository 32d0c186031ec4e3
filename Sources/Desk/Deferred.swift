/// Lines that wait to be handled, in their order.
struct Deferred {
  private var frames: [LineFramer.Frame] = []
  private var head = 0
  private(set) var bytes = 0

  var count: Int { frames.count - head }

  func size(of frame: LineFramer.Frame) -> Int { if case .line(let line) = frame { line.count } else { 0 } }

  mutating func append(_ frame: LineFramer.Frame) {
    frames.append(frame)
    bytes += size(of: frame)
  }

  mutating func next() -> LineFramer.Frame? {
    guard count > 0 else { return nil }
    let frame = frames[head]
    head += 1
    bytes -= size(of: frame)
    if head * 2 > frames.count {
      frames.removeFirst(head)
      head = 0
    }
    return frame
  }

  /// Whether a line is a cancelling notification, as far as its bytes tell; one with an id is answered, so that it
  /// must not be handled twice.
  func isCancellation(_ frame: LineFramer.Frame) -> Bool {
    guard case .line(let line) = frame, line.count < 1_000 else { return false }
    let text = String(decoding: line, as: UTF8.self)
    return text.contains("\"\(Notifications.cancelRequest.name)\"") && text.matches(of: /"id"\s*:/).count == 1
  }
}
