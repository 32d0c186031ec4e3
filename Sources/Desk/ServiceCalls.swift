import JSON
import Postgres
import Token

/// A request on its way from its session to its plan.
struct Call {
  let method: AnyMethod
  let identity: Identified
  let recipient: Recipient
  /// What it counts for among the waiting bytes.
  let bytes: Int
  var options = WriteOptions()
}

/// Whom a request turned out to come from.
enum Identified {
  /// Nobody was asked for.
  case nobody
  case session(String, Identity)
  case token(Identity)
  /// One whose call goes on after a read.
  case resumed(Caller)

  var caller: Caller? {
    switch self {
    case .nobody: nil
    case .session(_, let identity), .token(let identity): identity.caller
    case .resumed(let caller): caller
    }
  }
}

extension Service {
  /// Finds whom a request comes from and whether that one may call the method.
  ///
  /// Nil where the request has to wait; it is handled again when the session or the identity is there.
  mutating func identify(
    _ request: Request, _ method: AnyMethod, _ held: Held, at now: Moment
  ) throws(Failure) -> Identified? {
    guard method.access != .open else { return .nobody }
    guard let identified = try find(request, held, at: now) else { return nil }
    guard let caller = identified.caller, isCurrent(caller, at: now) else {
      guard case .session(let handle, _) = identified, handle == ownSession else { throw Failure(.sessionExpired) }
      let number = hold(held)
      sessions[handle]?.waiting = [number]
      wantsToken = true
      return nil
    }
    guard method.access != .admin || caller.role == .admin else {
      throw Failure(.forbidden, "\(method.name) is for admins.")
    }
    return identified
  }

  private mutating func find(_ request: Request, _ held: Held, at now: Moment) throws(Failure) -> Identified? {
    switch (request.session, request.token) {
    case (.some, .some):
      throw Failure(.invalidParams, "A call names a session or carries a token, not both.", path: "/token")
    case (nil, let token?): return try identity(of: token, held, at: now)
    case (let handle?, nil): return try session(handle, held, at: now)
    case (nil, nil):
      switch sessions.standard {
      case .none:
        guard configuration.hasTokenSource, expectToken() else { throw Failure(.unauthenticated) }
        let number = hold(held)
        sessions.holdForDefault(number)
        return nil
      case .ambiguous: throw Failure(.sessionAmbiguous)
      case .session(let handle): return try session(handle, held, at: now)
      case .opening:
        let number = hold(held)
        sessions.holdForDefault(number)
        return nil
      }
    }
  }

  /// A call may end after its token expired, but none begins then.
  func isCurrent(_ caller: Caller, at now: Moment) -> Bool { caller.expires + configuration.skew > now.seconds }

  private mutating func session(_ handle: String, _ held: Held, at now: Moment) throws(Failure) -> Identified? {
    guard let session = sessions.use(handle, at: now.seconds) else { throw Failure(.sessionUnknown) }
    guard session.waiting == nil else {
      let number = hold(held)
      sessions[handle]?.waiting?.append(number)
      return nil
    }
    return .session(handle, session.identity)
  }

  private mutating func identity(of token: String, _ held: Held, at now: Moment) throws(Failure) -> Identified? {
    let bytes = Array(token.utf8)
    // A longer one is refused by its length, before it costs a hash.
    guard bytes.count <= Verifier.maximumCount else {
      _ = try verify(token, at: now)
      return nil
    }
    let digest = TokenDigest(of: bytes)
    if let identity = identities.identity(for: digest, at: now.seconds) { return .token(identity) }
    if identities.isLookedUp(digest) {
      identities.wait(hold(held), for: digest)
      return nil
    }
    let claims = try verify(token, at: now)
    identities.wait(hold(held), for: digest)
    let waiter = KeyWaiter(
      token: token, purpose: .token(digest: digest), method: Methods.whoami, recipient: .unheard)
    lookUp(claims, or: waiter, at: now)
    return nil
  }

  /// Sends a plan on its way.
  mutating func start(_ plan: Plan, _ call: Call, at now: Moment) throws(Failure) {
    switch plan {
    case .answer(let json): answer(.json(json), to: call.recipient)
    case .describe(let body): answer(.json(body(configuration.description)), to: call.recipient)
    case .discover: answer(.json(discovery()), to: call.recipient)
    case .export(let export): try begin(export, call, at: now)
    case .session(let command): try run(command, call, at: now)
    case .events(let command): try run(command, call, at: now)
    case .webhook(let delivery): try receive(delivery, call, at: now)
    case .sealing(let next):
      var call = call
      seal(&call)
      try start(try next(configuration.sealer), call, at: now)
    case .read(let statement, let missing, let cost):
      try submit([statement], .read(missing: missing), call, cost ?? call.method.cost, at: now)
    case .readThen(let statement, let missing, let next):
      // What was done under the key needs no reading again.
      if let key = call.options.key, !key.isChecked { return try recall(key, or: plan, call, at: now) }
      try submit([statement], .readThen(missing: missing, next), call, call.method.cost, at: now)
    case .several(let calls, let isAtomic): try run(calls, isAtomic: isAtomic, call, at: now)
    case .write(let write):
      precondition(call.method.isWrite)
      try submit(WriteSequence(write, call.options), call, at: now)
    case .rehearsal(let write):
      var call = call
      call.options.isDryRun = true
      try submit(WriteSequence(write, call.options), call, at: now)
    }
  }

  /// What is sealed must not be guessed at from the key that it came with.
  func seal(_ call: inout Call) {
    if let sealer = configuration.sealer { call.options.key?.seal(by: sealer) }
  }

  mutating func submit(
    _ write: WriteSequence, _ call: Call, isLimitedAsAWhole: Bool = false, at now: Moment
  ) throws(Failure) {
    try submit(
      write.statements, answer: write.answer, .write(write), call, call.method.cost,
      isLimitedAsAWhole: isLimitedAsAWhole, at: now)
  }

  /// Looks up what was done under a key; where nothing was, the plan is next, if there is one.
  mutating func recall(_ key: IdempotencyKey, or plan: Plan?, _ call: Call, at now: Moment) throws(Failure) {
    try submit([key.recollection], .recall(plan), call, .point, at: now)
  }

  /// Sends statements on their way; answers the job's ticket.
  @discardableResult mutating func submit(
    _ statements: [Statement], answer: Int = 0, _ stage: Pending.Stage, _ call: Call, _ cost: Cost,
    isLimitedAsAWhole: Bool = false, at now: Moment
  ) throws(Failure) -> Int {
    guard let caller = call.identity.caller else { throw Failure(.unauthenticated) }
    let isRead = if case .write = stage { false } else { true }
    let context =
      isRead
      ? readContexts.statement(of: caller, cost) : Context.statement(writing: caller, by: call.method, cost, at: now)
    let ticket = makeTicket()
    remember(
      Pending(
        recipient: call.recipient, method: call.method, caller: caller, stage: stage, options: call.options,
        bytes: call.bytes), as: ticket)
    // A call may end after its token expired, but never begins then, however long it waited for a connection.
    // In seconds until here, since an expiry may be as large as 2^53.
    let remaining = min(3_600, max(0, caller.expires + configuration.skew - now.seconds))
    jobs.append(
      Job(
        ticket: ticket, segment: Segment([context] + statements, answer: answer + 1, hasContext: true),
        lane: isRead ? cost.lane : .own, isRead: isRead || call.options.isDryRun,
        timeLimit: UInt64(cost.milliseconds) * 1_000_000, deadline: now.monotonic + UInt64(remaining) * 1_000_000_000,
        isLimitedAsAWhole: isLimitedAsAWhole))
    return ticket
  }

  /// Reads what goes with a refusal.
  mutating func explain(_ failure: Failure, by statement: Statement, _ call: Call, at now: Moment) {
    do throws(Failure) { try submit([statement], .explain(failure), call, .page, at: now) } catch {
      answer(.failure(failure), to: call.recipient)
    }
  }

  /// Keeps a request until what it waits for is there; answers its number.
  mutating func hold(_ call: Held) -> Int {
    let number = makeTicket()
    held[number] = call
    index.add(number, id: call.recipient.id)
    waitingBytes += call.element.range.count
    return number
  }

  /// Takes a held request back; nil where it was cancelled.
  mutating func letGo(_ number: Int) -> Held? {
    guard let call = held.removeValue(forKey: number) else { return nil }
    index.remove(number, id: call.recipient.id)
    waitingBytes -= call.element.range.count
    return call
  }

  /// Handles requests whose waiting is over, from their bytes.
  mutating func release(_ numbers: [Int], at now: Moment) {
    for number in numbers { if let call = letGo(number) { handle(call, at: now) } }
  }

  /// Answers requests whose waiting was in vain.
  mutating func refuse(_ numbers: [Int], _ failure: Failure) {
    for number in numbers { if let call = letGo(number) { answer(.failure(failure), to: call.recipient) } }
  }

  mutating func remember(_ call: Pending, as ticket: Int) {
    pending[ticket] = call
    index.add(ticket, id: call.recipient.id)
    waitingBytes += call.bytes
  }
}

extension Recipient {
  /// For lookups that no request waits for by itself.
  static let unheard = Recipient(id: nil, batch: nil)
}
