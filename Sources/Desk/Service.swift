import JSON
public import Postgres
import Token

/// The desk behind the pipe: lines come in, jobs for the database and response lines go out.
///
/// Pure: it owns no descriptor and no connection, and reads no clock. The loop hands in lines and outcomes and takes
/// away what comes of them.
public struct Service {
  var output = Line()
  var jobs: [Job] = []
  var cancellations: [Int] = []
  var notes: [String] = []

  public private(set) var configuration: ServiceConfiguration
  let scanner: Scanner
  var sessions: Sessions
  var identities = Identities(capacity: 10_000)
  var keys: KeySource
  var readContexts = ReadContexts()
  /// Whom a token stood for last.
  var lastIdentity: Identity?
  /// Tokens that wait for a fetch of keys, by number.
  var keyWaiters: [Int: KeyWaiter] = [:]
  var pending: [Int: Pending] = [:]
  /// Calls that wait for a session or an identity, by number.
  var held: [Int: Held] = [:]
  /// All of these by their requests' ids.
  var index = CallIndex()
  var waitingBytes = 0
  /// The process's own session needs a token.
  var wantsToken = false
  var own = OwnOpening.none
  var subscriptions = Subscriptions()
  /// What was asked for them, by number.
  var eventJobs: [Int: EventJob] = [:]
  /// Something was written that other processes were not told of.
  var hasWritten = false
  /// When they may be told next, in nanoseconds of the monotonic clock.
  var nextNotice: UInt64 = 0
  /// Exports that are under way, by number.
  var exports: [Int: OngoingExport] = [:]
  /// Bytes of earlier lines that nobody has read yet.
  public var unwritten = 0
  /// Bytes of answers in batches that are not complete.
  var openBatchBytes = 0
  private var isOverloaded = false
  private var nextSweep = 0
  private var lastTicket = 0
  private var document: String?

  public init(_ configuration: ServiceConfiguration) {
    self.configuration = configuration
    scanner = Scanner(
      rawMembers: Methods.rawMembers, rawLists: Methods.rawLists, maximumDepth: configuration.description.limits.depth,
      maximumElements: configuration.description.limits.batchCalls)
    sessions = Sessions(limit: configuration.description.limits.sessions)
    keys = KeySource(configuration.verifier, remote: configuration.remoteKeys)
  }

  /// Takes the response lines that wait to be written.
  public mutating func takeOutput() -> [UInt8] {
    guard !output.bytes.isEmpty else { return [] }
    // As much will come next time; a buffer that grows copies what is in it.
    return output.take(reserving: min(output.bytes.count, 1 << 20))
  }

  /// Takes what is to be run in the database, in this order.
  public mutating func takeJobs() -> [Job] { take(&jobs) }

  /// Takes the tickets of jobs to take back.
  public mutating func takeCancellations() -> [Int] { take(&cancellations) }

  /// Takes note of what a connection told of its server.
  public mutating func learn(serverVersion: String) { configuration.description.serverVersion = serverVersion }

  /// Takes sentences for the operator; never a token, SQL or a tenant's data.
  public mutating func takeNotes() -> [String] { take(&notes) }

  /// Whether a token is wanted for the process's own session; whoever has the source answers with `renew`.
  public mutating func takeTokenWish() -> Bool {
    defer { wantsToken = false }
    return wantsToken
  }

  /// Whether anything happens by the clock alone.
  public var needsTicks: Bool { sessions.count > 0 || keys.areInUse }

  /// Looks after what happens by the clock alone; call it about once a second.
  public mutating func tick(at now: Moment) {
    tickEvents(at: now)
    resumeExports(at: now)
    guard now.seconds >= nextSweep else { return }
    nextSweep = now.seconds + 1
    keys.lookAhead(at: now)
    let limits = configuration.description.limits
    for (handle, expires) in sessions.sweep(limits, sparing: ownSession, at: now.seconds) {
      let time = UTC.text(seconds: expires)
      output.append(#"{"jsonrpc":"2.0","method":"#)
      output.append(quoting: Notifications.sessionExpiring.name)
      output.append(#","params":{"session":"#)
      output.append(quoting: handle)
      output.append(#","expires_at":"#)
      output.append(quoting: time)
      output.append("}}")
      output.end()
    }
  }

  /// Whether jobs, cancellations or fetches wait to be taken.
  public var hasWork: Bool { !jobs.isEmpty || !cancellations.isEmpty || keys.hasFetches }

  private func take<Element>(_ list: inout [Element]) -> [Element] {
    defer { list = [] }
    return list
  }

  /// Calls without an answer.
  public var waiting: Int { pending.count + held.count + keyWaiters.count + exports.count }

  /// Bytes of answers that wait to be taken, or for the rest of their batch.
  public var outputBytes: Int { output.bytes.count + openBatchBytes }

  /// Answers a line with `busy` instead of handling it.
  public mutating func refuse(_ frame: LineFramer.Frame, at now: Moment) {
    isOverloaded = true
    receive(frame, at: now)
    isOverloaded = false
  }

  /// Answers every call that waits for a session or for keys; the process ends.
  public mutating func abandon() {
    refuse(Array(held.keys), Failure(.unavailable))
    abandonExports()
    for waiter in takeKeyWaiters() { answer(.failure(Failure(.unavailable)), to: waiter.recipient) }
  }

  /// Takes one line, without its LF.
  public mutating func receive(_ frame: LineFramer.Frame, at now: Moment) {
    guard case .line(var line) = frame else {
      let limit = configuration.description.limits.lineBytes
      return answer(.failure(Failure(.invalidRequest, "A line has at most \(limit) bytes.")), to: .unknown)
    }
    if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }) { return }
    let scan: Scanner.Scan
    do throws(SyntaxError) { scan = try scanner.scan(&line) } catch {
      return answer(.failure(Failure(.parseError, "Not JSON at byte \(error.position).")), to: .unknown)
    }
    guard scan.isBatch else { return receive(scan.elements[0], of: line, in: nil, at: now) }
    guard scan.count > 0, scan.count == scan.elements.count else {
      let limit = configuration.description.limits.batchCalls
      return answer(.failure(Failure(.invalidRequest, "A batch has 1 to \(limit) calls.")), to: .unknown)
    }
    let batch = Batch(calls: scan.count)
    for element in scan.elements { receive(element, of: line, in: batch, at: now) }
  }

  private mutating func receive(_ element: Scanner.Element, of line: [UInt8], in batch: Batch?, at now: Moment) {
    let recipient: Recipient
    switch element.id {
    case .absent: recipient = Recipient(id: nil, batch: batch)
    case .usable(let id): recipient = Recipient(id: id.bytes(in: line.span), batch: batch)
    case .unusable:
      let failure = Failure(.invalidRequest, "An id is a string, a number or null.")
      return answer(.failure(failure), to: Recipient(id: Recipient.nobody, batch: batch))
    }
    handle(Held(line: line, element: element, recipient: recipient), at: now)
  }

  /// Goes the whole way from a request to what it asks for; the only place where the steps meet.
  mutating func handle(_ held: Held, at now: Moment) {
    do throws(Failure) {
      let request = try Request(held.element, in: held.line.span)
      if request.method.hasPrefix("$/") { return try control(request, held, at: now) }
      guard !held.element.isTooDeep else {
        throw Failure(.invalidParams, "Parameters nest at most \(configuration.description.limits.depth) deep.")
      }
      guard let method = Methods.byName[request.method] else { throw Failure(.methodNotFound) }
      try admit(held)
      guard let identity = try identify(request, method, held, at: now) else { return }
      let place = Place.root(keeping: held.element.raws, common: method.commonMembers)
      var call = Call(method: method, identity: identity, recipient: held.recipient, bytes: held.element.range.count)
      let plan = try Request.withParams(
        of: held.element, in: held.line.span, isIdentified: method.access != .open
      ) { params throws(Failure) in
        let plan = try method.plan(params, place, identity.caller)
        if method.isWrite { call.options = try WriteOptions(params, at: place, of: method) }
        return plan
      }
      try start(plan, call, at: now)
    } catch {
      // A request that is no request is answered even without an id, since nobody can tell that it was a notification.
      let isNoRequest = error.kind == .invalidRequest || error.kind == .parseError
      let id = held.recipient.id ?? (isNoRequest ? Recipient.nobody : nil)
      answer(.failure(error), to: Recipient(id: id, batch: held.recipient.batch))
    }
  }

  /// Refuses when too much is waiting already.
  private func admit(_ held: Held) throws(Failure) {
    let limits = configuration.description.limits
    guard !isOverloaded, waiting < limits.waitingRequests,
      waitingBytes + held.element.range.count <= limits.waitingBytes
    else {
      throw Failure(.busy)
    }
  }

  /// The OpenRPC document, composed when it is first asked for.
  mutating func discovery() -> String {
    let document =
      document ?? Discover.document(version: configuration.description.version, examples: MethodExamples.all)
    self.document = document
    return document
  }

  mutating func makeTicket() -> Int {
    lastTicket += 1
    return lastTicket
  }
}
