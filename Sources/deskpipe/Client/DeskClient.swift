import Desk
import Glibc
import JSON
import Postgres
import Synchronization

/// A client of the desk in this process: lines through a socket to the loop, which runs on another thread.
///
/// It blocks, so that whoever uses it keeps nobody waiting but themselves: what they do not take yet stays in the
/// database.
struct DeskClient {
  /// Why there is no answer.
  enum Refusal: Error {
    /// The desk's error object.
    case failure(kind: String, reason: String?, isRetryable: Bool, json: String)
    /// The loop has ended, as at SIGTERM.
    case ended
  }

  private let descriptor: Int32
  private var framer = LineFramer(limit: .max)
  private var buffer = [UInt8](repeating: 0, count: 64 * 1024)
  /// Lines that came and were not looked at.
  private var lines: [[UInt8]] = []
  /// Notifications that came while an answer was waited for.
  private var notifications: [[UInt8]] = []
  private var lastID = 0

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Runs a desk on this thread, and a client of it on another one, to the end of one of them.
  ///
  /// - Parameter work: throws what the command ends with.
  static func run(_ serving: Serving, _ work: @escaping @Sendable (inout DeskClient) throws -> Void) throws {
    var ends: [Int32] = [-1, -1]
    guard unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw Complaint("cannot make a socket: \(errorText())")
    }
    let (inner, outer) = (ends[0], ends[1])
    let ending = Ending()
    Courier().send {
      var client = DeskClient(outer)
      do { try work(&client) } catch { ending.failure.withLock { $0 = error } }
      shutdown(outer, Int32(SHUT_RDWR))
      return {}
    }
    _ = try serving.run(input: inner, output: inner, outlivesParent: true)
    if let failure = ending.failure.withLock({ $0 }) { throw failure }
  }

  /// What the work failed with; nil while it goes on, too.
  private final class Ending: Sendable {
    let failure = Mutex<(any Error)?>(nil)
  }

  /// Makes a call; answers the whole line with the result.
  mutating func call(_ method: String, _ params: String) throws(Refusal) -> [UInt8] {
    lastID += 1
    writeAll(
      "{\"jsonrpc\":\"2.0\",\"id\":\(lastID),\"method\":\(Line.quoted(method)),\"params\":\(params)}\n", to: descriptor)
    while true {
      guard let line = try next(within: -1) else { continue }
      guard !Self.isNotification(line) else {
        notifications.append(line)
        continue
      }
      if let refusal = Self.refusal(line) { throw refusal }
      return line
    }
  }

  /// The next notification; nil where none comes within so many milliseconds.
  mutating func notification(within milliseconds: Int32) throws(Refusal) -> [UInt8]? {
    if !notifications.isEmpty { return notifications.removeFirst() }
    return try next(within: milliseconds)
  }

  private mutating func next(within milliseconds: Int32) throws(Refusal) -> [UInt8]? {
    while lines.isEmpty {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = unsafe poll(&entry, 1, milliseconds)
      if ready == 0 { return nil }
      if ready < 0 { continue }
      let count = unsafe read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .ended }
      var found: [[UInt8]] = []
      let bytes = Array(buffer[0..<count])
      framer.append(bytes.span) { if case .line(let line) = $0 { found.append(line) } }
      lines += found
    }
    return lines.removeFirst()
  }

  /// As the desk writes them, an answer's id comes before everything else.
  private static func isNotification(_ line: [UInt8]) -> Bool {
    line.starts(with: Array(#"{"jsonrpc":"2.0","method":"#.utf8))
  }

  private static func refusal(_ line: [UInt8]) -> Refusal? {
    guard let answer = Answer(line), answer.isError else { return nil }
    let document = try? Document(answer.bytes.span)
    let member = { (name: String) in
      document?.withRoot { error in error.member("data") { $0.member(name) { $0.string } ?? nil } ?? nil } ?? nil
    }
    let isRetryable = document?.withRoot { error in
      error.member("data") { $0.member("retryable") { $0.bool ?? false } ?? false } ?? false
    }
    return .failure(
      kind: member("kind") ?? "", reason: member("reason"), isRetryable: isRetryable ?? false,
      json: isatty(2) == 1 ? answer.indented : answer.text)
  }
}
