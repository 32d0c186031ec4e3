/// A bounded number of connections and the order in which jobs get them.
///
/// Lives on the loop's thread. Point reads share connections with point reads, pages with pages; everything else gets
/// an idle one. Where there are at least two, one is kept for point reads.
///
/// `@unchecked Sendable` only so that a courier may carry a reference back: nothing but the loop's thread, on which
/// deliveries are called, ever uses it.
public final class Pool: @unchecked Sendable {
  /// The numbers a pool keeps to.
  public struct Limits: Sendable {
    public var connections = 4
    /// Point reads in flight on one connection.
    public var points = 8
    /// Pages in flight on one connection: enough that PostgreSQL never waits for the loop between two.
    public var pages = 3
    /// Prepared statements kept on one connection; 0 prepares none.
    public var prepared = 500
    /// Nanoseconds after which an unused connection is closed.
    public var idle: UInt64 = 60_000_000_000

    public init() {}
  }

  public typealias Completion = (_ ticket: Int, _ outcome: consuming Outcome) -> Void

  let limits: Limits
  private let courier: Courier
  private let connector: Connector
  private var connections: [Connection] = []
  private var backlogs: [Job.Lane: Backlog] = [:]
  private var nextLook: UInt64 = 0
  private var running: [Int: Job] = [:]
  private var opening = 0
  private var growth = Backoff()
  private var lastFailure = ServerError(state: "", message: "no connection was tried yet")
  private let complete: Completion
  /// While the reader of the answers is behind, nothing new is sent.
  public var isPaused = false

  /// `complete` is called on the loop's thread, once for every submitted job.
  public init(conninfo: String, limits: Limits, courier: Courier, complete: @escaping Completion) {
    self.connector = Connector(conninfo: conninfo)
    self.limits = limits
    self.courier = courier
    self.complete = complete
  }

  /// Jobs that have not ended.
  public var pending: Int { running.count + backlog }

  private var backlog: Int { backlogs.values.reduce(0) { $0 + $1.count } }

  public var openConnections: Int { connections.count }

  public func submit(_ job: Job, now: UInt64) {
    backlogs[job.lane, default: Backlog()].append(job)
    dispatch(now: now)
  }

  /// Takes a job back: one that waits at once, one that runs by asking the server.
  ///
  /// The job's completion tells which; a job that is not first on its connection is cancelled when it becomes so.
  public func cancel(_ ticket: Int) {
    for lane in Job.Lane.allCases where backlogs[lane]?.remove(ticket) != nil {
      return complete(ticket, .withdrawn)
    }
    guard running[ticket] != nil else { return }
    running[ticket]?.isCancelled = true
    for connection in connections { cancelFirst(on: connection) }
  }

  /// The sockets to poll, with whether each waits to write.
  public var sockets: [(descriptor: Int32, wantsWrite: Bool)] {
    connections.map { ($0.socket, $0.hasUnsent) }
  }

  /// Moves what can move on a socket that poll named.
  public func ready(_ descriptor: Int32, now: UInt64) {
    guard let connection = connections.first(where: { $0.socket == descriptor }) else { return }
    if connection.hasUnsent { connection.flush() }
    connection.read { flight, outcome in ended(flight, outcome, on: connection, now: now) }
    settle(connection, now: now)
    dispatch(now: now)
  }

  /// Ends jobs past their deadline, closes idle connections, tries again to open one; call it now and then.
  public func tick(now: UInt64) {
    // Looking through a long queue on every turn of the loop would cost more than serving it.
    if now >= nextLook {
      nextLook = now + 50_000_000
      for lane in Job.Lane.allCases {
        for job in backlogs[lane]?.expired(now) ?? [] { complete(job.ticket, .unavailable(lastFailure)) }
      }
      connections.removeAll { $0.pipeline.depth == 0 && !$0.isCancelling && now &- $0.idleSince > limits.idle }
    }
    dispatch(now: now)
  }

  private func dispatch(now: UInt64) {
    guard !isPaused else { return }
    for lane in Job.Lane.allCases {
      while let job = backlogs[lane]?.first {
        let connection = connection(for: lane)
        guard connection != nil || job.deadline <= now else { break }
        backlogs[lane]?.removeFirst()
        launch(job, on: connection, now: now)
      }
    }
    grow(now: now)
  }

  /// The connection with the least to do that a job of this lane may use now.
  private func connection(for lane: Job.Lane) -> Connection? {
    let mayTakeIdle = lane == .point || othersInUse < max(1, min(limits.connections, connections.count) - 1)
    var best: Connection?
    for connection in connections where !connection.isCancelling && connection.failure == nil {
      let depth = connection.pipeline.depth
      guard depth < best?.pipeline.depth ?? .max else { continue }
      if depth == 0 ? mayTakeIdle : depth < self.depth(of: lane) && self.lane(of: connection) == lane {
        best = connection
      }
    }
    return best
  }

  private func depth(of lane: Job.Lane) -> Int {
    switch lane {
    case .point: limits.points
    case .page: limits.pages
    case .own: 1
    }
  }

  private func lane(of connection: Connection) -> Job.Lane? {
    connection.pipeline.first.flatMap { running[$0.ticket]?.lane }
  }

  /// Connections that serve something else than point reads.
  private var othersInUse: Int {
    connections.count { lane(of: $0) != nil && lane(of: $0) != .point }
  }

  /// Sends a job, unless its time has passed while it waited.
  private func launch(_ job: Job, on connection: Connection?, now: UInt64) {
    guard job.deadline > now, let connection else { return complete(job.ticket, .unavailable(lastFailure)) }
    var job = job
    job.sentAt = now
    job.attempts += 1
    running[job.ticket] = job
    connection.send(job.segment, ticket: job.ticket)
    if connection.failure != nil { settle(connection, now: now) }
  }

  private func ended(_ flight: Pipeline.Flight, _ outcome: consuming Outcome, on connection: Connection, now: UInt64) {
    connection.idleSince = now
    guard let job = running.removeValue(forKey: flight.ticket) else { return }
    cancelFirst(on: connection)
    switch consume outcome {
    case .failed(let error) where error.state == "57014" && job.isCancelled: complete(job.ticket, .withdrawn)
    case .failed(let error) where job.mayRepeat(after: error, now: now): submitAgain(job)
    case .lost(let error) where job.isRead && job.attempts < 2 && !job.isCancelled:
      lastFailure = error
      submitAgain(job)
    case let outcome: complete(job.ticket, outcome)
    }
  }

  private func submitAgain(_ job: Job) { backlogs[job.lane, default: Backlog()].prepend(job) }

  /// Drops a connection that failed, with everything that was in flight on it.
  private func settle(_ connection: Connection, now: UInt64) {
    guard connection.failure != nil else { return }
    connections.removeAll { $0 === connection }
    connection.abandon { flight, outcome in ended(flight, outcome, on: connection, now: now) }
  }

  private func grow(now: UInt64) {
    guard backlog > opening, connections.count + opening < limits.connections, growth.allows(now) else { return }
    opening += 1
    let connector = connector
    courier.send {
      let result = connector.open()
      return { [weak self] in self?.opened(result, now: Clock.now) }
    }
  }

  private func opened(_ result: Swift.Result<Handle, ServerError>, now: UInt64) {
    opening -= 1
    switch result {
    case .success(let handle):
      growth.reset()
      if let connection = Connection(adopting: handle, remember: limits.prepared, now: now) {
        connections.append(connection)
      }
    case .failure(let error):
      growth.failed(now)
      lastFailure = error
      // With a connection open the desk goes on with what it has (53300); with none, nobody should wait.
      if connections.isEmpty, opening == 0 {
        for lane in Job.Lane.allCases {
          for job in backlogs[lane]?.removeAll() ?? [] { complete(job.ticket, .unavailable(error)) }
        }
      }
    }
    dispatch(now: now)
  }

  private func cancelFirst(on connection: Connection) {
    guard !connection.isCancelling, let first = connection.pipeline.first, running[first.ticket]?.isCancelled == true,
      let canceller = Canceller(of: connection.handle)
    else { return }
    connection.isCancelling = true
    let token = ObjectIdentifier(connection)
    courier.send {
      canceller.send()
      return { [weak self] in self?.cancelled(token) }
    }
  }

  private func cancelled(_ token: ObjectIdentifier) {
    guard let connection = connections.first(where: { ObjectIdentifier($0) == token }) else { return }
    connection.isCancelling = false
    cancelFirst(on: connection)
    dispatch(now: Clock.now)
  }
}
