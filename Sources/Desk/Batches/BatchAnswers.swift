import JSON

/// The answers to the calls of a batch whose calls stand each by itself, written as one when the last is there.
///
/// A class, since the calls end at different times and share it. `@unchecked Sendable` because only the loop's thread
/// uses it.
final class BatchAnswers: @unchecked Sendable {
  /// A place among them.
  struct Place {
    let answers: BatchAnswers
    let index: Int
  }

  /// Where all of them go.
  let recipient: Recipient
  private var items: [[UInt8]]
  private var open: Int
  private(set) var count = 0

  init(calls: Int, for recipient: Recipient) {
    self.recipient = recipient
    items = Array(repeating: [], count: calls)
    open = calls
  }

  /// Puts in one answer; true when it was the last.
  func add(_ bytes: [UInt8], at index: Int) -> Bool {
    items[index] = bytes
    count += bytes.count
    open -= 1
    return open == 0
  }

  /// All of them, as a result.
  var bytes: [UInt8] {
    var line = Line()
    line.append("{\"results\":[")
    for (index, item) in items.enumerated() {
      if index > 0 { line.append(",") }
      line.append(copying: item.span)
    }
    line.append("]}")
    return line.bytes
  }
}
