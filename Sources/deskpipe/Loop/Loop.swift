import Desk
import Glibc
import JSON
import Postgres

/// The one thread that owns everything: stdin, stdout, the connections and the service between them.
final class Loop {
  /// What ends the loop besides the end of the input.
  enum Ending: Int32 {
    case done = 0
    /// More output waits than may: the reader is gone or stuck.
    case outputOverflow = 1
  }

  private let limits: ServiceLimits
  private let input: Int32
  private var isInputOpen = true
  private var output: Output
  private var framer: LineFramer
  private var service: Service
  private let courier: Courier
  private var pool: Pool?
  private let signals: Signals
  private let parent: pid_t
  private let diagnostics: Diagnostics
  /// When the process ends whatever is still under way; set at the end of the input.
  private var end: UInt64?
  private var buffer = [UInt8](repeating: 0, count: 128 * 1024)

  /// How long calls may go on after the end of the input.
  private static let grace: UInt64 = 1_900_000_000

  init(
    service: Service, conninfo: String, pool limits: Pool.Limits, input: Int32, output: Int32, signals: Signals,
    diagnostics: Diagnostics
  ) {
    self.limits = service.configuration.description.limits
    self.service = service
    self.input = input
    self.output = Output(output)
    self.signals = signals
    self.diagnostics = diagnostics
    framer = LineFramer(limit: self.limits.lineBytes)
    courier = Courier()
    parent = getppid()
    pool = Pool(conninfo: conninfo, limits: limits, courier: courier) { [unowned self] ticket, outcome in
      self.service.complete(ticket, outcome, at: .now)
    }
  }

  /// Serves until the input ends and every answer is written, or nobody reads them any more.
  func run() -> Ending {
    while true {
      if let ending = turn() { return ending }
    }
  }

  private func turn() -> Ending? {
    var entries = [
      pollfd(fd: isInputOpen ? input : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: output.count > 0 ? output.descriptor : -1, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: courier.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    for socket in pool?.sockets ?? [] {
      let events = POLLIN | (socket.wantsWrite ? POLLOUT : 0)
      entries.append(pollfd(fd: socket.descriptor, events: Int16(events), revents: 0))
    }
    _ = unsafe poll(&entries, nfds_t(entries.count), patience)
    if entries[0].revents != 0 { readInput() }
    if entries[2].revents != 0 { courier.deliver() }
    if entries[3].revents != 0 { close() }
    let now = Moment.now
    for entry in entries.dropFirst(4) where entry.revents != 0 { pool?.ready(entry.fd, now: now.monotonic) }
    pool?.tick(now: now.monotonic)
    if getppid() != parent { return .done }
    passOn(at: now)
    guard output.flush(isReady: entries[1].revents != 0) else { return .done }
    guard output.count <= limits.outputEnd else { return .outputOverflow }
    return isFinished(now.monotonic) ? .done : nil
  }

  /// Milliseconds until something has to be looked after although nothing happened.
  private var patience: Int32 {
    if end != nil { return 20 }
    return service.waiting > 0 || (pool?.openConnections ?? 0) > 0 ? 1_000 : 5_000
  }

  private func readInput() {
    let count = unsafe read(input, &buffer, buffer.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    let now = Moment.now
    guard count > 0 else {
      framer.finish { service.receive($0, at: now) }
      return close()
    }
    let bytes = buffer
    framer.append(bytes.span.extracting(0..<count)) { service.receive($0, at: now) }
  }

  /// The input is over, or as good as: what is in flight may finish.
  private func close() {
    isInputOpen = false
    if end == nil { end = Clock.now + Self.grace }
  }

  /// Moves what the service decided to where it belongs, until nothing more comes of it.
  private func passOn(at now: Moment) {
    repeat {
      output.append(service.takeOutput())
      pool?.isPaused = output.count > limits.outputPause
      for job in service.takeJobs() { pool?.submit(job, now: now.monotonic) }
      for ticket in service.takeCancellations() { pool?.cancel(ticket) }
    } while service.hasWork
    output.append(service.takeOutput())
    for note in service.takeNotes() { diagnostics.warn(note) }
  }

  private func isFinished(_ now: UInt64) -> Bool {
    guard let end else { return false }
    return now >= end || (service.waiting == 0 && output.count == 0)
  }
}
