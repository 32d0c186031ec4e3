import JSON
public import Postgres

extension Service {
  /// Takes the end of a job and answers, or goes on to what follows.
  public mutating func complete(_ ticket: Int, _ outcome: consuming Outcome, at now: Moment) {
    guard let call = pending.removeValue(forKey: ticket) else {
      if let job = eventJobs.removeValue(forKey: ticket) { finish(job, outcome, at: now) }
      return
    }
    index.remove(ticket, id: call.recipient.id)
    waitingBytes -= call.bytes
    switch consume outcome {
    case .answered(let answer): conclude(call, ticket, answer, at: now)
    case .failed(let error): refuse(call, error, at: now)
    case .withdrawn: fail(call, Failure(.cancelled), at: now)
    case .lost(let error): fail(call, lost(call, error), at: now)
    case .unavailable: fail(call, Failure(.unavailable), at: now)
    case .late:
      let isExpired = call.caller.map { !isCurrent($0, at: now) } ?? false
      fail(call, Failure(isExpired ? .sessionExpired : .busy), at: now)
    }
  }

  private mutating func conclude(_ call: Pending, _ ticket: Int, _ found: consuming Answer?, at now: Moment) {
    switch call.stage {
    case .read(let missing):
      guard let found else { return fail(call, missing ?? Failure(.notFound), at: now) }
      found.withBytes { answer($0, to: call.recipient) }
    case .recall(let plan):
      if let found { return found.withBytes { answer($0, to: call.recipient) } }
      guard let plan else { return fail(call, Failure(.busy), at: now) }
      proceed(call, at: now) { call throws(Failure) in
        call.options.key?.isChecked = true
        return plan
      }
    case .write(let write):
      if !call.options.isDryRun { noteWrite() }
      guard let found else { return fail(call, write.missing ?? Failure(.internalError), at: now) }
      found.withBytes { answer($0, to: call.recipient) }
    case .explain(var failure):
      failure.details = found?.text ?? failure.details
      answer(.failure(failure), to: call.recipient)
    case .readThen(let missing, let next):
      guard let text = found?.text else {
        return fail(call, (missing ?? Failure(.notFound)).within(call: call.options.call), at: now)
      }
      proceed(call, at: now) { _ throws(Failure) in try next(text) }
    case .export(let number, let step): take(found, step, of: number, ticket, at: now)
    case .webhook(let removal):
      guard let text = found?.text else { return fail(call, Failure(.internalError), at: now) }
      noteWrite()
      follow(removal, text, for: call, at: now)
    case .subscribe(let wish, let session):
      guard let text = found?.text else { return fail(call, Failure(.internalError), at: now) }
      do throws(Failure) { try subscribe(wish, session: session, from: text, for: call.recipient) } catch {
        fail(call, error, at: now)
      }
    case .identity(let claims, let purpose):
      do throws(Failure) {
        guard let row = found?.text else { throw Failure(.internalError) }
        let identity = try Identity(claims, row: row, skew: configuration.skew, like: lastIdentity)
        lastIdentity = identity
        finish(.success(identity), purpose, call.recipient, at: now)
      } catch {
        fail(call, error, at: now)
      }
    }
  }

  /// Goes on with what a read was for.
  private mutating func proceed(
    _ pending: Pending, at now: Moment, _ plan: (inout Call) throws(Failure) -> Plan
  ) {
    do throws(Failure) {
      guard let caller = pending.caller, isCurrent(caller, at: now) else { throw Failure(.sessionExpired) }
      var call = pending.resumed(by: caller)
      let plan = try plan(&call)
      try start(plan, call, at: now)
    } catch {
      fail(pending, error.within(call: pending.options.call), at: now)
    }
  }

  private mutating func fail(_ call: Pending, _ failure: Failure, at now: Moment) {
    switch call.stage {
    case .identity(_, let purpose): finish(.failure(failure), purpose, call.recipient, at: now)
    // What it was refused for is known, whatever became of the explanation.
    case .explain(let refusal): answer(.failure(refusal), to: call.recipient)
    case .export(let number, _): end(number, .failure(failure))
    // Of a batch whose calls stand each by itself, every error tells which it was.
    default: answer(.failure(call.options.call.map { failure.of(call: $0) } ?? failure), to: call.recipient)
    }
  }

  /// The server refused it.
  private mutating func refuse(_ call: Pending, _ error: ServerError, at now: Moment) {
    var failure = Failure(error, isRead: call.isRead)
    if failure.kind == .internalError { note(error, call) }
    var index = call.options.call
    if case .write(let write) = call.stage, let caller = call.caller {
      if error.state == "23505", error.constraint == IdempotencyKey.constraint, let key = call.options.key {
        do throws(Failure) { return try recall(key, or: nil, call.resumed(by: caller), at: now) } catch {
          return fail(call, error, at: now)
        }
      }
      // The first statement of a segment is the context.
      let cause = write.cause(ofStatement: (error.statement ?? 0) - 1)
      index = index ?? cause.call
      if failure.kind == .conflict, let conflict = cause.expectation?.conflict {
        failure.path = conflict.path
        failure = failure.within(call: index)
        return explain(failure, by: conflict.explanation, call.resumed(by: caller), at: now)
      }
      failure.path = failure.path ?? cause.expectation?.path
    }
    fail(call, failure.within(call: index), at: now)
  }

  private mutating func lost(_ call: Pending, _ error: ServerError) -> Failure {
    note(error, call)
    return Failure(call.isRead ? .unavailable : .outcomeUnknown)
  }

  private mutating func note(_ error: ServerError, _ call: Pending) {
    let state = error.state.isEmpty ? "the connection was lost" : "SQLSTATE \(error.state)"
    notes.append("\(call.method.name): \(state)")
  }
}

extension Pending {
  /// The call, as it goes on.
  func resumed(by caller: Caller) -> Call {
    Call(method: method, identity: .resumed(caller), recipient: recipient, bytes: bytes, options: options)
  }

  /// Whether nothing can have come of it: what is rolled back in any case is as good as read.
  var isRead: Bool { if case .write = stage { options.isDryRun } else { true } }
}
