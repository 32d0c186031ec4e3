import Desk
import Glibc
import Postgres

/// The one thread that owns everything: stdin, stdout, the connections and the service between them.
final class Loop {
  /// What ends the loop besides the end of the input.
  enum Ending: Int32 {
    case done = 0
    /// Not every call could be carried out before the end, or nobody took the answers.
    case unfinished = 1
  }

  private let engine: Engine
  private let input: Int32
  private var isInputOpen = true
  /// Whether it was said that PostgreSQL cannot be reached.
  private var hasComplained = false
  private var output: Output
  private var framer: LineFramer
  private let tokens: TokenFeed?
  private let signals: Signals
  private let diagnostics: Diagnostics
  /// After the end of the input: when the process ends unless something moves before.
  private var end: UInt64?
  /// What moved last: answers and bytes that were still to come.
  private var left = (calls: 0, bytes: 0)
  /// How long calls may go on after the end of the input without anything moving, in nanoseconds.
  private let grace: UInt64
  private var buffer = [UInt8](repeating: 0, count: 64 * 1024)
  private var entries: [pollfd] = []

  static let usualGrace: UInt64 = 1_900_000_000

  init(
    _ engine: Engine, input: Int32, output: Int32, tokens: TokenFeed?, signals: Signals, diagnostics: Diagnostics,
    grace: UInt64 = Loop.usualGrace
  ) {
    self.engine = engine
    self.input = input
    self.output = Output(output)
    self.tokens = tokens
    self.signals = signals
    self.diagnostics = diagnostics
    self.grace = grace
    framer = LineFramer(limit: engine.limits.lineBytes)
  }

  /// Serves until the input ends and every answer is written, or nobody reads them any more.
  ///
  /// Throws where the database turns out to have another schema than this binary is made for.
  func run() throws(MigrationError) -> Ending {
    while true {
      if let ending = try turn() { return ending }
    }
  }

  private func turn() throws(MigrationError) -> Ending? {
    fillEntries()
    _ = unsafe poll(&entries, nfds_t(entries.count), patience(at: .now))
    let now = Moment.now
    // PostgreSQL first: while the input is read, it is at work on the next calls already.
    for index in 3..<entries.count where entries[index].revents != 0 { engine.ready(entries[index].fd, at: now) }
    if entries[0].revents != 0 { readInput(at: now) }
    if entries[2].revents != 0 { close() }
    if getppid() != Wire.parent { close() }
    tokens?.look(for: engine)
    if engine.takeTokenWish() { tokens?.fetch(for: engine) }
    output.append(engine.advance(unwritten: output.count, at: now))
    try heed(engine.takeFinding(), at: now)
    for note in engine.takeNotes() { diagnostics.warn(note) }
    guard output.flush(isReady: entries[1].revents != 0) else { return .done }
    guard output.count <= engine.limits.outputEnd else { return .unfinished }
    return ending(at: now)
  }

  /// Follows what the first connection found out about the database.
  private func heed(_ finding: Finding, at now: Moment) throws(MigrationError) {
    switch finding {
    case .none: break
    case .unreachable(let error):
      if !hasComplained { diagnostics.warn("PostgreSQL cannot be reached yet: \(error.message.trimmingSpaces())") }
      hasComplained = true
    case .fits(let version):
      engine.learn(serverVersion: ServerVersion.text(version))
      if let complaint = ServerVersion.complaint(version) { diagnostics.warn(complaint) }
    case .refused(let error):
      output.append(engine.abandon(at: now))
      _ = output.flush(isReady: false)
      throw error
    }
  }

  /// What to poll: the input, the output and the signals, then what the engine names.
  private func fillEntries() {
    entries.removeAll(keepingCapacity: true)
    entries.append(pollfd(fd: isInputOpen ? input : -1, events: Int16(POLLIN), revents: 0))
    entries.append(pollfd(fd: output.count > 0 ? output.descriptor : -1, events: Int16(POLLOUT), revents: 0))
    entries.append(pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0))
    engine.forEachDescriptor { descriptor, wantsWrite in
      entries.append(pollfd(fd: descriptor, events: Int16(POLLIN | (wantsWrite ? POLLOUT : 0)), revents: 0))
    }
  }

  /// Milliseconds until something has to be looked after although nothing happened.
  private func patience(at now: Moment) -> Int32 {
    if engine.mayGoOn(unwritten: output.count) { return 0 }
    if end != nil { return 20 }
    let usual: Int32 = engine.needsTicks ? 1_000 : 5_000
    // Rounded up, so that it is due when poll returns.
    return engine.patience(at: now).map { min(usual, Int32(clamping: ($0 + 999_999) / 1_000_000)) } ?? usual
  }

  private func readInput(at now: Moment) {
    let count = unsafe read(input, &buffer, buffer.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    guard count > 0 else {
      framer.finish { engine.receive($0, at: now) }
      return close()
    }
    // Moved out for as long as it is read: with two owners the next read would copy all of it first.
    let bytes = buffer
    buffer = []
    defer { buffer = bytes }
    framer.append(bytes.span.extracting(0..<count)) { engine.receive($0, at: now) }
  }

  /// The input is over, or as good as: what is in flight may finish.
  private func close() {
    isInputOpen = false
    if end == nil { end = Clock.now &+ grace }
  }

  private func ending(at now: Moment) -> Ending? {
    guard let end else { return nil }
    let rest = (calls: engine.waiting, bytes: output.count)
    if rest == (0, 0), !engine.isBeginning { return .done }
    if rest != left {
      left = rest
      self.end = now.monotonic &+ grace
    } else if now.monotonic >= end {
      output.append(engine.abandon(at: now))
      _ = output.flush(isReady: false)
      return rest == (0, 0) ? .done : .unfinished
    }
    return nil
  }
}
