/// A bounded number of connections and the order in which jobs get them.
///
/// Lives on the loop's thread. Point reads share connections with point reads, pages with pages; everything else gets
/// an idle one. When point reads wait while all serve something longer, a spare one is opened, which is for them alone.
///
/// `@unchecked Sendable` only so that a courier may carry a reference back: nothing but the loop's thread, on which
/// deliveries are called, ever uses it.
public final class Pool: @unchecked Sendable {
  /// The numbers a pool keeps to.
  public struct Limits: Sendable {
    /// At most, where there is one; else one more for point reads, while all of these serve something longer.
    public var connections = 4
    /// Point reads in flight on one connection, and how many of them share a transaction: as many again wait behind
    /// those that run, so that PostgreSQL never waits for the loop.
    public var points = 32
    public var pointsTogether = 16
    /// The same of pages, of which only such of the same statement share a transaction, since all of them have their answers
    /// when the last one has.
    public var pages = 4
    public var pagesTogether = 2
    /// Prepared statements kept on one connection; 0 prepares none.
    public var prepared = 500
    /// Nanoseconds after which an unused connection is closed.
    public var idle: UInt64 = 60_000_000_000
    /// Nanoseconds for which a job waits while no other is sent either.
    public var patience: UInt64 = 30_000_000_000

    public init() {}
  }

  public typealias Completion = (_ ticket: Int, _ outcome: consuming Outcome) -> Void

  private(set) var limits: Limits
  let courier: Courier
  let connector: Connector
  /// What the first connection requires of the database; nil once it has it.
  var migrator: Migrator?
  var finding = Finding.none
  var connections: [Connection] = []
  var backlogs = Backlogs()
  private var submitted = 0
  private var nextLook: UInt64 = 0
  /// When a job was sent last, or could not be because of a pause.
  private var lastProgress: UInt64 = 0
  var opening = 0
  var growth = Backoff()
  var lastFailure = ServerError(state: "", message: "no connection was tried yet")
  private let complete: Completion
  /// While the reader of the answers is behind, nothing new is sent.
  public var isPaused = false

  /// `complete` is called on the loop's thread, once for every submitted job.
  /// `migrator` knows the schema that has to be there; nil takes any.
  public init(
    conninfo: String, limits: Limits, courier: Courier, requiring migrator: Migrator? = nil,
    complete: @escaping Completion
  ) {
    self.migrator = migrator
    self.connector = Connector(conninfo: conninfo)
    self.limits = limits
    self.courier = courier
    self.complete = complete
  }

  /// Jobs that have not ended.
  public var pending: Int { connections.reduce(backlogs.count) { $0 + $1.pipeline.depth } }

  public var openConnections: Int { connections.count }

  /// Takes jobs, to be begun in this order; what comes together goes out together.
  public func submit(_ jobs: [Job], now: UInt64) {
    for var job in jobs {
      submitted += 1
      job.order = submitted
      job.submittedAt = now
      backlogs[job.lane].append(job)
    }
    dispatch(now: now)
  }

  /// Takes a job back: one that waits at once, one that runs by asking the server.
  ///
  /// The job's completion tells which; a job that is not first on its connection is cancelled when it becomes so.
  public func cancel(_ ticket: Int) {
    for lane in Job.Lane.allCases where backlogs[lane].remove(ticket) != nil {
      return complete(ticket, .withdrawn)
    }
    if let connection = connections.first(where: { $0.cancel(ticket) }) { cancelFirst(on: connection) }
  }

  /// Names the sockets to poll, with whether each waits to write.
  public func forEachSocket(_ body: (_ descriptor: Int32, _ wantsWrite: Bool) -> Void) {
    for connection in connections { body(connection.socket, connection.hasUnsent) }
  }

  /// Moves what can move on a socket that poll named.
  public func ready(_ descriptor: Int32, now: UInt64) {
    guard let connection = connections.first(where: { $0.socket == descriptor }) else { return }
    if connection.hasUnsent { connection.flush() }
    connection.read(now: now, ended)
    if limits.prepared > 0, !connection.usesNames { stopPreparing() }
    cancelFirst(on: connection)
    settle(connection, now: now)
    dispatch(now: now)
  }

  /// Ends jobs past their deadline, closes idle connections, tries again to open one; call it now and then.
  public func tick(now: UInt64) {
    // Looking through a long queue on every turn of the loop would cost more than serving it.
    if now >= nextLook {
      nextLook = now + 50_000_000
      if isPaused { lastProgress = now }
      expire(now: now)
      for connection in connections where isHung(connection, now: now) {
        connection.giveUp("PostgreSQL did not answer in time")
        settle(connection, now: now)
      }
      connections.removeAll { $0.pipeline.depth == 0 && !$0.isCancelling && now.since($0.idleSince) > limits.idle }
    }
    dispatch(now: now)
  }

  /// Takes back everything, as the process ends: what runs may or may not have happened.
  public func abandon() {
    let error = ServerError(state: "", message: "the process ends")
    refuseAll(error)
    let ended = connections
    connections = []
    for connection in ended { connection.abandon(now: 0) { job, _, _ in complete(job.ticket, .lost(error)) } }
  }

  /// Ends jobs that may not begin any more, and those for which nothing moves.
  private func expire(now: UInt64) {
    for lane in Job.Lane.allCases {
      let late = backlogs[lane].remove { job in
        job.deadline <= now || now.since(max(job.submittedAt, lastProgress)) > limits.patience
      }
      for job in late { refuse(job) }
    }
  }

  /// Ends all that wait: there is no server for them.
  func refuseAll(_ error: ServerError) {
    for lane in Job.Lane.allCases {
      for job in backlogs[lane].removeAll() { complete(job.ticket, .unavailable(error)) }
    }
  }

  func refuse(_ job: Job) {
    complete(job.ticket, connections.isEmpty ? .unavailable(lastFailure) : .late)
  }

  /// The server ends every statement in its time; one that has not by far is not going to.
  private func isHung(_ connection: Connection, now: UInt64) -> Bool {
    guard let jobs = connection.pipeline.first?.jobs else { return false }
    let limit = jobs.reduce(0) { $0 + $1.timeLimit * ($1.isLimitedAsAWhole ? 1 : UInt64($1.segment.statements.count)) }
    return now.since(connection.firstSince) > limit + 10_000_000_000
  }

  /// Sends jobs that share a transaction.
  func launch(_ jobs: [Job], on connection: Connection, now: UInt64) {
    lastProgress = now
    connection.send(jobs, now: now)
    if connection.failure != nil { settle(connection, now: now) }
  }

  private func ended(_ job: Job, _ outcome: consuming Outcome?, elapsed: UInt64) {
    guard let outcome = consume outcome else {
      // What another one met, or was taken back for, says nothing of it.
      if job.isCancelled { return complete(job.ticket, .withdrawn) }
      var job = job
      job.attempts -= 1
      return submitAgain(job)
    }
    switch consume outcome {
    case .answered where job.isCancelled && job.isRead: complete(job.ticket, .withdrawn)
    case .failed(let error) where job.mayRepeat(after: error, elapsed: elapsed): submitAgain(job)
    case .lost(let error) where job.isRead && job.attempts < 2 && !job.isCancelled:
      lastFailure = error
      submitAgain(job)
    case let outcome: complete(job.ticket, outcome)
    }
  }

  /// What one connection has met, a pooler that mixes them, the others would meet next, and a job that is run again there.
  private func stopPreparing() {
    limits.prepared = 0
    for connection in connections { connection.stopPreparing() }
  }

  private func submitAgain(_ job: Job) { backlogs[job.lane].putBack(job) }

  /// Drops a connection that failed, with everything that was in flight on it.
  private func settle(_ connection: Connection, now: UInt64) {
    guard connection.failure != nil else { return }
    connections.removeAll { $0 === connection }
    connection.abandon(now: now, ended)
  }

  private func cancelFirst(on connection: Connection) {
    guard !connection.isCancelling, connection.pipeline.runsCancelled,
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
