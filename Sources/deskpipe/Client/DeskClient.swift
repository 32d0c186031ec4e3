import Desk
import Glibc
import JSON
import Postgres

/// A client of a desk that this program serves to itself, as a child process over pipes.
///
/// So commands know the wire and nothing else, and both ends are as bounded as with any other client: what they do not
/// take yet stays in the database. It blocks, but never longer than it is told to.
final class DeskClient {
  private let command: String
  private let environment: [String: String]
  private let program: String?
  private let patience: Int
  /// Where signals arrive after which no more is to be sent; -1 where they end the process.
  private let stops: Int32
  private(set) var process: DeskProcess
  private var framer = LineFramer(limit: 64 << 20)
  private var buffer = [UInt8](repeating: 0, count: 256 * 1024)
  private var answers: [Int: [UInt8]] = [:]
  private var notifications: [[UInt8]] = []
  private var lastID = 0
  /// Whether a signal has come after which nothing is to be sent: what was sent is still answered.
  private(set) var isStopping = false
  /// Whether notifications came faster than they were taken, and those that came last were dropped.
  private(set) var hasDropped = false
  /// Whether a call was sent in part: what is sent behind it could not be told from its rest.
  private var isTorn = false

  /// Milliseconds for an answer, if nothing else is said; the desk's own limits, 30 s for a call, come first.
  static let patience = 120_000
  /// Notifications that wait to be taken.
  private static let waiting = 1_000

  /// What SIGTERM, SIGINT and SIGHUP do.
  enum Stop {
    /// They kill the command, which has not done all that it was asked to.
    case kill
    /// They end the command well: it goes on until then.
    case end
    /// What was sent is still answered.
    case finish
  }

  convenience init(_ configuration: Configuration, demo: Bool, at signal: Stop) throws {
    try self.init(demo ? "demo" : "serve", environment: configuration.forAnotherProcess(), at: signal)
  }

  /// - Parameters:
  ///   - command: one that serves.
  ///   - program: the binary; nil for this one.
  ///   - patience: milliseconds for an answer, if nothing else is said.
  init(
    _ command: String, environment: [String: String], program: String? = nil, patience: Int = patience, at signal: Stop
  ) throws {
    self.command = command
    self.environment = environment
    self.program = program
    self.patience = patience
    process = try DeskProcess(command, environment: environment, program: program)
    switch signal {
    case .kill: Signals.unblock()
    case .end: Signals.endTheProcess()
    case .finish: break
    }
    stops = signal == .finish ? Signals().descriptor : -1
  }

  /// Waits until it serves; ends with what is wrong where it cannot.
  func begin() throws {
    do throws(DeskRefusal) { _ = try call(BulkNames.ping, "{}") } catch { throw error.ending() }
  }

  /// Serves by another process: what the one before has not answered is not answered any more.
  func restart() throws {
    process.end()
    process = try DeskProcess(command, environment: environment, program: program)
    framer = LineFramer(limit: 64 << 20)
    answers = [:]
    notifications = []
    hasDropped = false
    isTorn = false
  }

  /// Sends a call; answers its id.
  func send(_ method: String, _ params: some Sequence<UInt8>) throws(DeskRefusal) -> Int {
    guard !isTorn else { throw .late }
    lastID += 1
    var rest = Array("{\"jsonrpc\":\"2.0\",\"id\":\(lastID),\"method\":\(Line.quoted(method)),\"params\":".utf8)[...]
    rest += params
    rest += Array("}\n".utf8)
    let end = Self.end(in: patience)
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(process.input, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0, errno == EAGAIN {
        guard try wait(until: end, toWrite: true) else {
          isTorn = true
          throw .late
        }
      } else if errno != EINTR {
        throw .ended(process.end())
      }
    }
    return lastID
  }

  /// The line that answers a call, where that has a result.
  func answer(to id: Int, within milliseconds: Int? = nil) throws(DeskRefusal) -> [UInt8] {
    let end = Self.end(in: milliseconds ?? patience)
    while answers[id] == nil { guard !isTorn, Clock.now < end, try wait(until: end) else { throw .late } }
    let line = answers.removeValue(forKey: id) ?? []
    if let failure = DeskFailure(line) { throw .failure(failure) }
    return line
  }

  /// Makes a call; answers the whole line with the result.
  func call(_ method: String, _ params: String) throws(DeskRefusal) -> [UInt8] {
    try answer(to: send(method, params.utf8))
  }

  /// The next notification; nil where none comes in time, or the call that sends them is answered before.
  func notification(within milliseconds: Int, of call: Int? = nil) throws(DeskRefusal) -> [UInt8]? {
    let end = Self.end(in: milliseconds)
    while notifications.isEmpty {
      if let call, answers[call] != nil { return nil }
      guard try wait(until: end) else { return nil }
    }
    return notifications.removeFirst()
  }

  /// Forgets what waits to be taken, of which some was dropped.
  func dropNotifications() {
    notifications = []
    hasDropped = false
  }

  /// Until lines have come or, where that is wanted, the desk takes more; false where neither is so in time.
  private func wait(until end: UInt64, toWrite: Bool = false) throws(DeskRefusal) -> Bool {
    var entries = [
      pollfd(fd: process.output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: toWrite ? process.input : -1, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: isStopping ? -1 : stops, events: Int16(POLLIN), revents: 0),
    ]
    let now = Clock.now
    let left = now < end ? Int32(clamping: (end - now) / 1_000_000 + 1) : 0
    let ready = unsafe poll(&entries, nfds_t(entries.count), left)
    guard ready > 0 else { return ready < 0 }
    if entries[2].revents != 0 { stop() }
    if entries[0].revents != 0 { try read() }
    return true
  }

  private func read() throws(DeskRefusal) {
    let count = unsafe Glibc.read(process.output, &buffer, buffer.count)
    if count < 0, errno == EINTR { return }
    guard count > 0 else { throw .ended(process.end()) }
    // Moved out for as long as it is read, so that it has one owner.
    let bytes = buffer
    buffer = []
    defer { buffer = bytes }
    framer.append(bytes.span.extracting(0..<count)) { frame in
      guard case .line(let line) = frame else { return }
      if let id = Answer.id(of: line) {
        answers[id] = line
      } else if notifications.count < Self.waiting {
        notifications.append(line)
      } else {
        hasDropped = true
      }
    }
  }

  /// The next signal ends this process.
  private func stop() {
    isStopping = true
    Signals.leaveThem()
  }

  private static func end(in milliseconds: Int) -> UInt64 { Clock.now + UInt64(milliseconds) * 1_000_000 }
}
