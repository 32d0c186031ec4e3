import JSON

/// A line that answers a call.
struct TalkAnswer {
  let line: [UInt8]
  /// Of an error; nil of a result.
  let kind: String?
  let message: String
  let isRetryable: Bool

  init(_ line: [UInt8]) throws {
    self.line = line
    guard let document = try? Document(line.span) else { throw Complaint("the desk's answer is not JSON") }
    let error: (kind: String?, message: String?, isRetryable: Bool)? = document.withRoot { root in
      root.member("error") { error in
        (
          error.member("data") { $0.member("kind") { $0.string } ?? nil } ?? nil,
          error.member("message") { $0.string } ?? nil,
          error.member("data") { $0.member("retryable") { $0.bool } ?? nil } ?? nil == true
        )
      }
    }
    kind = error.map { $0.kind ?? "internal_error" }
    message = error?.message ?? ""
    isRetryable = error?.isRetryable ?? false
  }

  func document() throws -> Document {
    guard kind == nil else { throw Complaint(message) }
    guard let document = try? Document(line.span) else { throw Complaint("the desk's answer is not JSON") }
    return document
  }
}

extension Talk {
  /// One call and its answer, where no other is under way.
  func call(_ method: String, _ params: [UInt8]) throws -> TalkAnswer {
    _ = try send(method, params)
    return try answer()
  }

  /// The next answer, where no notification comes.
  func answer() throws -> TalkAnswer {
    guard let line = line() else { throw Complaint("the desk has ended") }
    return try TalkAnswer(line)
  }
}
