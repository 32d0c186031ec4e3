import JSON

/// Where an answer goes: a line of its own, a place in a batch's line, or nowhere.
struct Recipient: Sendable {
  /// The id's own bytes; nil for a notification, which is never answered.
  let id: [UInt8]?
  let batch: Batch?
  /// Its place among the answers of a `batch.run`; that one goes where they go.
  var place: BatchAnswers.Place?

  static let nobody: [UInt8] = Array("null".utf8)
}

/// The answers of a batch, written as one array when the last is there (JSON-RPC 2.0, section 6).
///
/// A class, since the calls of a batch end at different times and share it. `@unchecked Sendable` because only the
/// loop's thread uses it.
final class Batch: @unchecked Sendable {
  private var open: Int
  private var answers = Line()

  init(calls: Int) { open = calls }

  /// Bytes of the answers so far.
  var count: Int { answers.bytes.count }

  /// Adds an answer, or nothing for a notification; true when it was the last.
  func add(to id: [UInt8]?, _ write: (inout Line, [UInt8]) -> Void) -> Bool {
    if let id {
      answers.append(answers.bytes.isEmpty ? "[" : ",")
      write(&answers, id)
    }
    open -= 1
    return open == 0
  }

  /// The array; nil where nothing but notifications came.
  var bytes: [UInt8]? {
    guard !answers.bytes.isEmpty else { return nil }
    return answers.bytes + [UInt8(ascii: "]")]
  }
}
