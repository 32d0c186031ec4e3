public import Postgres

/// A service together with its connections: what a loop, or a test, turns.
///
/// It lives on one thread and never blocks; whoever owns it polls `descriptors`.
public final class Engine {
  private var service: Service
  private let courier: Courier
  private let fetches = KeyPost()
  private var pool: Pool?
  /// Lines that wait, as bytes, until the answers before them are read.
  private var deferred = Deferred()
  private var unwritten = 0
  private var listener: Listener?
  /// Where the listener reaches PostgreSQL; nil where nobody can listen.
  private let listenConninfo: String?

  /// - Parameters:
  ///   - conninfo: where the serving login reaches PostgreSQL (libpq, section 34.1.1).
  ///   - listening: where to listen for events instead, past a pooler that lets nobody; nil not to listen at all.
  ///   - migrator: knows the schema that has to be there.
  ///   - first: a connection that is being opened already, whose courier serves for the rest as well.
  ///   - clock: tells the time at which a job ended.
  public init(
    _ service: Service, conninfo: String, listening: String?, limits: Pool.Limits, requiring migrator: Migrator? = nil,
    first: FirstConnection? = nil, clock: @escaping () -> Moment = { .now }
  ) {
    self.service = service
    courier = first?.courier ?? Courier()
    listenConninfo = listening
    pool = Pool(conninfo: conninfo, limits: limits, courier: courier, requiring: migrator) {
      [unowned self] ticket, outcome in
      self.service.complete(ticket, outcome, at: clock())
    }
    if let first { pool?.begin(with: first) }
  }

  public var limits: ServiceLimits { service.configuration.description.limits }

  /// Calls without an answer, lines not looked at among them.
  public var waiting: Int { service.waiting + deferred.count }

  /// Whether it is not known yet whether the database fits.
  public var isBeginning: Bool { pool?.isBeginning ?? false }

  /// What the first connection found out, told once.
  public func takeFinding() -> Finding { pool?.takeFinding() ?? .none }

  /// Takes note of the server's version, for `system.info`.
  public func learn(serverVersion: String) { service.learn(serverVersion: serverVersion) }

  /// Whether connections are open.
  public var isConnected: Bool { (pool?.openConnections ?? 0) > 0 }

  /// Whether something is due by the clock alone: an idle connection to close, a session that expires, keys to fetch.
  public var needsTicks: Bool { waiting > 0 || isConnected || service.needsTicks }

  /// Nanoseconds until something is due for subscriptions; nil where nothing is.
  public func patience(at now: Moment) -> UInt64? {
    service.nextEvent.map { $0 > now.monotonic ? $0 - now.monotonic : 0 }
  }

  /// Whether something waited for that output to be read, and need not any more.
  public func mayGoOn(unwritten: Int) -> Bool { service.mayResumeExports(unwritten: unwritten) }

  /// Whether a token is wanted for the process's own session; `renew` answers.
  public func takeTokenWish() -> Bool { service.takeTokenWish() }

  /// Brings a token for the process's own session, or why there is none.
  public func renew(_ token: Result<String, Failure>, at now: Moment) { service.renew(token, at: now) }

  /// Runs what blocks away from this thread; what it returns is called back on it.
  public func send(_ work: @escaping @Sendable () -> Courier.Delivery) { courier.send(work) }

  /// Takes a line: handles it, or keeps it while too much output waits; above the limits it is answered `busy`.
  public func receive(_ frame: LineFramer.Frame, at now: Moment) {
    guard deferred.count > 0 || isBehind else { return service.receive(frame, at: now) }
    // What cancels overtakes; it is handled again in its turn, for a call that is still behind.
    if deferred.isCancellation(frame) { service.receive(frame, at: now) }
    let isFull =
      waiting >= limits.waitingRequests || deferred.bytes + deferred.size(of: frame) > limits.waitingBytes
    if isFull { service.refuse(frame, at: now) } else { deferred.append(frame) }
  }

  /// Whether more output waits than should before anything new is begun.
  private var isBehind: Bool { unwritten + service.outputBytes > limits.outputPause }

  /// Answers everything that has no answer, as the process ends.
  public func abandon(at now: Moment) -> [UInt8] {
    while let frame = deferred.next() { service.refuse(frame, at: now) }
    pool?.abandon()
    service.abandon()
    return service.takeOutput()
  }

  /// Names what to poll for reading and, where it says so, for writing.
  public func forEachDescriptor(_ body: (_ descriptor: Int32, _ wantsWrite: Bool) -> Void) {
    body(courier.descriptor, false)
    if let socket = listener?.socket { body(socket, false) }
    pool?.forEachSocket(body)
  }

  /// Moves what can move on a descriptor that poll named.
  public func ready(_ descriptor: Int32, at now: Moment) {
    switch descriptor {
    case courier.descriptor: deliver(at: now)
    case listener?.socket: if listener?.ready(now: now.monotonic) == true { service.wake() }
    default: pool?.ready(descriptor, now: now.monotonic)
    }
  }

  private func deliver(at now: Moment) {
    courier.deliver()
    for (address, result) in fetches.take() { service.end(address, result, at: now) }
  }

  /// Listens as long as there are subscriptions.
  private func listen(at now: Moment) {
    guard service.hasSubscriptions, let listenConninfo else {
      listener = nil
      return
    }
    let listener = listener ?? Listener(conninfo: listenConninfo, channel: EventJob.channel, courier: courier)
    self.listener = listener
    listener.tick(now: now.monotonic) { [engine = WeakEngine(self)] in engine.value?.service.wake() }
  }

  private func fetch(_ address: RemoteKeys.Address) {
    let fetches = fetches
    let keys = service.configuration.remoteKeys
    courier.send {
      let result = Result { () throws(KeyFetchError) in try keys.fetch(address) }
      return { fetches.add(address, result) }
    }
  }

  /// Moves everything on as far as it goes, and answers the response lines that came of it.
  ///
  /// - Parameter unwritten: bytes of earlier lines that still wait; nothing is sent to PostgreSQL above a limit.
  public func advance(unwritten: Int, at now: Moment) -> [UInt8] {
    self.unwritten = unwritten
    service.unwritten = unwritten
    listen(at: now)
    pool?.tick(now: now.monotonic)
    service.tick(at: now)
    while !isBehind, let frame = deferred.next() { service.receive(frame, at: now) }
    repeat {
      pool?.isPaused = isBehind
      pool?.submit(service.takeJobs(), now: now.monotonic)
      for ticket in service.takeCancellations() { pool?.cancel(ticket) }
      for address in service.takeFetches() { fetch(address) }
    } while service.hasWork
    let lines = service.takeOutput()
    self.unwritten = unwritten + lines.count
    return lines
  }

  /// Sentences for the operator.
  public func takeNotes() -> [String] { service.takeNotes() }
}

/// A reference that a delivery carries back to the loop's thread, where alone it is used.
private struct WeakEngine: @unchecked Sendable {
  weak var value: Engine?

  init(_ value: Engine) { self.value = value }
}
