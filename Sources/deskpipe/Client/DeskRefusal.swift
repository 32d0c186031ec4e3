import ArgumentParser
import Glibc
import JSON

/// Why there is no result.
enum DeskRefusal: Error {
  /// The desk says so.
  case failure(DeskFailure)
  /// The process that serves has ended, with this exit code.
  case ended(Int32)
  /// It is there, but has not answered in time.
  case late

  /// Exit code of a process that has said what is wrong with its configuration: another one would say the same.
  static let faulty: Int32 = 2

  /// What a command ends with, in a sentence that goes on with `more`.
  func ending(_ more: String = "") -> any Error {
    switch self {
    case .failure(let failure): Complaint(failure.message + more)
    case .ended(Self.faulty): ExitCode(Self.faulty)
    case .ended: Complaint("the desk has ended" + more)
    case .late: Complaint("the desk has not answered in time" + more)
    }
  }

  /// Runs what ends with the desk's error on stderr as it is, and exit code 1, where that is what ends it.
  static func shown(_ body: () throws -> Void) throws {
    do { try body() } catch let refusal as DeskRefusal {
      guard case .failure(let failure) = refusal else { throw refusal.ending() }
      writeAll((isatty(2) == 1 ? failure.answer.indented : failure.answer.text) + "\n", to: 2)
      throw ExitCode(1)
    }
  }
}

/// The desk's error object.
struct DeskFailure {
  let answer: Answer
  let kind: String
  let reason: String?
  let message: String
  let isRetryable: Bool

  /// Nil where the line is none.
  init?(_ line: [UInt8]) {
    guard let answer = Answer(line), answer.isError else { return nil }
    self.answer = answer
    let document = try? Document(answer.bytes.span)
    let text = { (name: String) in
      document?.withRoot { error in error.member("data") { $0.member(name) { $0.string } ?? nil } ?? nil } ?? nil
    }
    kind = text("kind") ?? "internal_error"
    reason = text("reason")
    message = document?.withRoot { $0.member("message") { $0.string } ?? nil } ?? ""
    isRetryable =
      document?.withRoot { error in error.member("data") { $0.member("retryable") { $0.bool } ?? nil } ?? nil } == true
  }

  /// Whether the same call may be answered later.
  var isPassing: Bool { isRetryable || kind == "session_expired" || reason == "token-unavailable" }
}
