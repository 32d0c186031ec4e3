import JSON
import Postgres
import Token

extension Service {
  /// Makes calls without a session wait for the process's own, and asks for its token; false where the process can
  /// have none any more, since other sessions were opened.
  @discardableResult public mutating func expectToken() -> Bool {
    guard sessions.beginOpening(asDefault: true) else { return false }
    own = .expected
    wantsToken = true
    return true
  }

  /// Takes the token that was wanted, or one that has come by itself, for the process's own session.
  public mutating func renew(_ token: Result<String, Failure>, at now: Moment) {
    // While one token is being looked up, a further one can wait until it is asked for.
    if case .lookedUp = own { return }
    do throws(Failure) {
      let token = try token.get()
      let claims = try verify(token, at: now)
      let purpose: Pending.Purpose
      if let handle = ownSession, let session = sessions[handle] {
        purpose = .refresh(handle: handle)
        if let claims { try check(claims, for: purpose) }
        sessions[handle]?.waiting = session.waiting ?? []
      } else if case .expected = own {
        own = .lookedUp
        purpose = .open(asDefault: true, notice: nil)
      } else {
        return
      }
      let waiter = KeyWaiter(token: token, purpose: purpose, method: Methods.open, recipient: .unheard)
      lookUp(claims, or: waiter, at: now)
    } catch {
      notes.append("no token for the process's own session: \(error.message)")
      refuseOwn(error)
    }
  }

  /// The process's own session, for which a new token can be had.
  var ownSession: String? {
    guard configuration.hasTokenSource, case .session(let handle) = sessions.standard else { return nil }
    return handle
  }

  /// Refuses whoever waited for the process's own session.
  private mutating func refuseOwn(_ failure: Failure) {
    if let handle = ownSession {
      let waiting = sessions[handle]?.waiting ?? []
      sessions[handle]?.waiting = nil
      return refuse(waiting, failure)
    }
    guard case .expected = own else { return }
    own = .none
    refuse(sessions.failOpening(asDefault: true), failure)
  }

  mutating func run(_ command: SessionCommand, _ call: Call, at now: Moment) throws(Failure) {
    let recipient = call.recipient
    switch command {
    case .whoami:
      switch call.identity {
      case .session(let handle, let identity): answer(.json(identity.json(session: handle)), to: recipient)
      case .token(let identity): answer(.json(identity.json(session: nil)), to: recipient)
      case .nobody, .resumed: throw Failure(.unauthenticated)
      }
    case .open(let token, let asDefault, let notice):
      guard !sessions.isFull else { throw Failure(.sessionLimit) }
      let claims = try verify(token, at: now)
      let isDefault = sessions.beginOpening(asDefault: asDefault)
      let purpose = Pending.Purpose.open(asDefault: isDefault, notice: notice)
      let waiter = KeyWaiter(token: token, purpose: purpose, method: call.method, recipient: recipient)
      lookUp(claims, or: waiter, at: now)
    case .refresh(let named, let token):
      let handle = try self.handle(named)
      guard let session = sessions[handle] else { throw Failure(.sessionUnknown) }
      guard session.waiting == nil else { throw Failure(.busy, "This session is being refreshed already.") }
      let waiter = KeyWaiter(
        token: token, purpose: .refresh(handle: handle), method: call.method, recipient: recipient)
      let claims = try verify(token, at: now)
      if let claims { try check(claims, for: waiter.purpose) }
      sessions[handle]?.waiting = []
      lookUp(claims, or: waiter, at: now)
    case .close(let named):
      let handle = try self.handle(named)
      guard let session = sessions[handle] else { throw Failure(.sessionUnknown) }
      sessions.close(handle)
      answer(.json("{\"closed\":true}"), to: recipient)
      release(session.waiting ?? [], at: now)
    }
  }

  private func handle(_ named: String?) throws(Failure) -> String {
    if let named { return named }
    switch sessions.standard {
    case .session(let handle): return handle
    case .ambiguous: throw Failure(.sessionAmbiguous)
    case .none, .opening: throw Failure(.unauthenticated)
    }
  }

  /// Asks PostgreSQL for the rows of a verified token. Repeating it does no harm, so it counts as a read.
  mutating func lookUp(
    _ claims: Claims, for purpose: Pending.Purpose, method: AnyMethod, recipient: Recipient, at now: Moment
  ) {
    ask(
      Self.openSession(claims.postgres, configuration.provision.rawValue),
      Pending(recipient: recipient, method: method, caller: nil, stage: .identity(claims, purpose), bytes: 0), at: now)
  }

  /// Has a function run that belongs to no tenant, as deskpipe_identity; only for what has been verified, and only
  /// where doing it twice does no harm.
  mutating func ask(_ function: Statement, _ call: Pending, at now: Moment) {
    let ticket = makeTicket()
    remember(call, as: ticket)
    let limit = Cost.page.milliseconds
    jobs.append(
      Job(
        ticket: ticket, segment: Segment([Context.identity(String(limit), call.method.name), function]), lane: .own,
        isRead: true,
        timeLimit: UInt64(limit) * 1_000_000, deadline: .max))
  }

  static let openSession = Query("select desk.open_session($1::jsonb, $2::text)")

  /// A lookup has ended: opens, refreshes or remembers, answers, and lets go who waited.
  mutating func finish(
    _ result: Swift.Result<Identity, Failure>, _ purpose: Pending.Purpose, _ recipient: Recipient, at now: Moment
  ) {
    switch purpose {
    case .open(let asDefault, let notice):
      if asDefault { own = .none }
      switch result {
      case .success(let identity):
        let (handle, released) = sessions.open(identity, asDefault: asDefault, notice: notice, at: now.seconds)
        answer(.json(identity.json(session: handle)), to: recipient)
        release(released, at: now)
      case .failure(let failure):
        answer(.failure(failure), to: recipient)
        refuse(sessions.failOpening(asDefault: asDefault), failure)
      }
    case .refresh(let handle):
      let waiting = sessions[handle]?.waiting ?? []
      sessions[handle]?.waiting = nil
      switch result {
      case .success(let identity):
        guard sessions[handle] != nil else { return answer(.failure(Failure(.sessionUnknown)), to: recipient) }
        sessions.renew(handle, identity)
        answer(.json(identity.json(session: handle)), to: recipient)
        release(waiting, at: now)
      case .failure(let failure):
        answer(.failure(failure), to: recipient)
        // Those who wait for the process's own token would only ask for it again.
        if handle == ownSession { refuse(waiting, failure) } else { release(waiting, at: now) }
      }
    case .token(let digest):
      switch result {
      case .success(let identity): release(identities.end(digest, identity, at: now.seconds), at: now)
      case .failure(let failure): refuse(identities.end(digest, nil, at: now.seconds), failure)
      }
    }
  }
}

/// How far the opening of the process's own session is.
enum OwnOpening {
  case none
  /// Its token was asked for.
  case expected
  case lookedUp
}
