internal import CPostgres
import Glibc

/// One connection in pipeline mode, nonblocking: it sends segments and says how they ended.
final class Connection {
  let handle: Handle
  let socket: Int32
  private(set) var pipeline: Pipeline
  /// The answers of the flight that runs, one a job.
  private var kept: [Kept] = []
  /// A cancel is under way: until its socket has closed it may hit whatever runs here.
  var isCancelling = false
  /// Whether bytes wait for the socket to take them.
  private(set) var hasUnsent = false
  private(set) var failure: ServerError?
  /// When the flight that runs became the first.
  private(set) var firstSince: UInt64
  /// When its last flight ended, in nanoseconds of the monotonic clock.
  private(set) var idleSince: UInt64

  /// A reply until its transaction ends.
  private struct Kept {
    var reply: Reply?
    /// Whether it has the answers of several jobs, each found by its key.
    let isGathered: Bool
  }

  /// Takes over an open connection; nil where libpq refuses pipeline mode.
  init?(adopting handle: Handle, remember: Int, now: UInt64) {
    self.handle = handle
    self.pipeline = Pipeline(remember: remember)
    self.idleSince = now
    self.firstSince = now
    self.socket = unsafe PQsocket(handle.pointer)
    guard unsafe PQsetnonblocking(handle.pointer, 1) == 0, unsafe PQenterPipelineMode(handle.pointer) == 1 else {
      return nil
    }
    // Without a receiver libpq prints notices on stderr.
    unsafe PQsetNoticeReceiver(handle.pointer, { _, _ in }, nil)
  }

  /// How a job ended; nil where it did not, since the server refused another one of its flight, or may have.
  typealias Ended = (_ job: Job, _ outcome: consuming Outcome?, _ elapsed: UInt64) -> Void

  /// Queues jobs that share a transaction, and its Sync, in libpq's buffer, and writes what the socket takes.
  func send(_ jobs: [Job], now: UInt64) {
    if pipeline.depth == 0 { firstSince = now }
    for step in pipeline.launch(jobs) {
      let isQueued =
        switch step {
        case .gather(let statement, _): execute(statement)
        case .forget(let name): unsafe PQsendQueryParams(handle.pointer, "deallocate \(name)", 0, nil, nil, nil, nil, 0)
        case .prepare(let query):
          unsafe PQsendPrepare(handle.pointer, pipeline.name(of: query), query.text, 0, nil)
        case .execute(let index, let job): execute(jobs[job].segment.statements[index])
        }
      guard isQueued == 1 else { return fail() }
    }
    guard unsafe PQpipelineSync(handle.pointer) == 1 else { return fail() }
    flush()
  }

  /// Writes what the socket takes.
  func flush() {
    switch unsafe PQflush(handle.pointer) {
    case 0: hasUnsent = false
    case 1: hasUnsent = true
    default: fail()
    }
  }

  /// Reads what has come in and reports every job that ended.
  func read(now: UInt64, _ ended: Ended) {
    guard unsafe PQconsumeInput(handle.pointer) == 1 else { return fail() }
    // While something is in flight libpq is either busy or has more. Between two commands it answers null once, between
    // two segments more often: taking that for the end would leave answers in its buffer, with nothing to poll for.
    while failure == nil, pipeline.depth > 0, unsafe PQisBusy(handle.pointer) == 0 {
      if let result = unsafe PQgetResult(handle.pointer) {
        take(unsafe Reply(owning: result), now: now, ended)
      } else if unsafe PQstatus(handle.pointer) == CONNECTION_BAD {
        break
      }
    }
    if unsafe PQstatus(handle.pointer) == CONNECTION_BAD { fail() }
    if hasUnsent { flush() }
  }

  /// Ends everything in flight on a failed connection.
  func abandon(now: UInt64, _ ended: Ended) {
    let error = failure ?? ServerError(state: "", message: "the connection was given up")
    for flight in pipeline.lose() {
      for job in flight.jobs { ended(job, .lost(flight.error ?? error), now.since(firstSince)) }
    }
  }

  private func take(_ reply: Reply, now: UInt64, _ ended: Ended) {
    let result: Pipeline.Result =
      switch reply.status {
      case PGRES_PIPELINE_SYNC: .sync
      case PGRES_PIPELINE_ABORTED: .aborted
      case PGRES_TUPLES_OK, PGRES_COMMAND_OK: .ok
      default: .failed(ServerError(copying: reply))
      }
    switch pipeline.received(result) {
    case .nothing: break
    case .answer(let count):
      kept.append(contentsOf: repeatElement(Kept(reply: reply, isGathered: count > 1), count: count))
    case .ended(let flight): end(flight, now: now, ended)
    }
  }

  /// Reports the jobs of a flight whose Sync has come.
  private func end(_ flight: Pipeline.Flight, now: UInt64, _ ended: Ended) {
    // A cancel that was meant for one of them may have hit another.
    let isCancelled = flight.error?.state == "57014" && flight.jobs.contains(where: \.isCancelled)
    let elapsed = now.since(firstSince)
    firstSince = now
    idleSince = now
    switch flight.error?.state {
    case "0A000": pipeline.forgetPrepared()
    case "26000", "42P05": pipeline.stopPreparing()
    default: break
    }
    for (index, var job) in flight.jobs.enumerated() {
      let failed = flight.failed ?? index..<index + 1
      if let error = flight.error, failed.lowerBound <= index {
        job.wasHit = job.wasHit || isCancelled
        job.isAlone = job.isAlone || !isCancelled && failed.count > 1 && failed.contains(index)
        ended(job, failed == index..<index + 1 && !isCancelled ? .failed(error) : nil, elapsed)
      } else {
        let key = kept[index].isGathered ? job.key?.value : nil
        ended(job, .answered(Answer(owning: kept[index].reply.take(), of: key)), elapsed)
      }
    }
    kept.removeAll(keepingCapacity: true)
  }

  /// Whether it prepares statements; not where it has met a pooler that mixes connections.
  var usesNames: Bool { pipeline.usesNames }

  /// Sends every statement without a name from now on.
  func stopPreparing() { pipeline.stopPreparing() }

  /// Marks a job that is in flight here as cancelled; false where it is not.
  func cancel(_ ticket: Int) -> Bool { pipeline.cancel(ticket) }

  /// Takes the connection for failed, for a reason of the caller's.
  func giveUp(_ reason: String) {
    if failure == nil { failure = ServerError(state: "", message: reason) }
  }

  private func fail() {
    guard failure == nil else { return }
    failure = ServerError(state: "", message: unsafe String(cString: PQerrorMessage(handle.pointer)))
  }

  private func execute(_ statement: Statement) -> Int32 {
    let count = statement.parameters.count
    return unsafe withParameters(statement.parameters) { values in
      unsafe pipeline.usesNames
        ? PQsendQueryPrepared(
          handle.pointer, pipeline.name(of: statement.query), Int32(count), values, nil, nil, 0)
        : PQsendQueryParams(handle.pointer, statement.query.text, Int32(count), nil, values, nil, nil, 0)
    }
  }

  /// Lends the parameters as C strings; libpq copies them before it returns.
  private func withParameters(
    _ parameters: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Int32
  ) -> Int32 {
    let size = parameters.reduce(1) { $0 + ($1?.utf8.count ?? 0) + 1 }
    return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { bytes in
      unsafe withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: parameters.count + 1) { values in
        guard var end = bytes.baseAddress else { return 0 }
        for index in parameters.indices {
          unsafe values[index] = parameters[index].map { unsafe Self.copy($0, to: &end) }
        }
        return unsafe body(values.baseAddress)
      }
    }
  }

  /// Copies a text and its NUL to `end`, and moves that behind them.
  private static func copy(_ text: String, to end: inout UnsafeMutablePointer<CChar>) -> UnsafePointer<CChar> {
    let start = unsafe end
    let text = text.utf8.span
    unsafe text.withUnsafeBufferPointer { source in
      _ = unsafe source.baseAddress.map { unsafe memcpy(start, $0, source.count) }
    }
    unsafe start[text.count] = 0
    unsafe end += text.count + 1
    return unsafe UnsafePointer(start)
  }
}
