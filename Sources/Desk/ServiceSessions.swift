import JSON
import Postgres
import Token

extension Service {
  /// Opens the process's own session, which calls without one mean; `demo` and token files use it.
  public mutating func openDefault(token: String, at now: Moment) throws(Failure) {
    let claims = try verify(token, at: now)
    sessions.expectDefault()
    lookUp(claims, for: .open(asDefault: true), method: Methods.open, recipient: .unheard, at: now)
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
    case .open(let token, let asDefault):
      guard !sessions.isFull else { throw Failure(.sessionLimit) }
      let claims = try verify(token, at: now)
      if asDefault { sessions.expectDefault() }
      lookUp(claims, for: .open(asDefault: asDefault), method: call.method, recipient: recipient, at: now)
    case .refresh(let named, let token):
      let handle = try self.handle(named)
      guard let session = sessions[handle] else { throw Failure(.sessionUnknown) }
      guard session.waiting == nil else { throw Failure(.busy, "This session is being refreshed already.") }
      let claims = try verify(token, at: now)
      guard claims.subject == session.identity.subject,
        claims.organizationID == session.identity.clerkOrganization
      else { throw Failure(.sessionMismatch, path: "/token") }
      sessions[handle]?.waiting = []
      lookUp(claims, for: .refresh(handle: handle), method: call.method, recipient: recipient, at: now)
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
    let ticket = makeTicket()
    remember(
      Pending(recipient: recipient, method: method, caller: nil, stage: .identity(claims, purpose), bytes: 0),
      as: ticket)
    let limit = Cost.page.milliseconds
    jobs.append(
      Job(
        ticket: ticket,
        segment: Segment([
          Context.identity(String(limit)),
          Self.openSession(claims.postgres, configuration.provision.rawValue),
        ]), lane: .own, isRead: true, timeLimit: UInt64(limit) * 1_000_000,
        deadline: now.monotonic + configuration.patience))
  }

  static let openSession = Query("select desk.open_session($1::jsonb, $2::text)")

  /// A lookup has ended: opens, refreshes or remembers, answers, and lets go who waited.
  mutating func finish(
    _ result: Swift.Result<Identity, Failure>, _ purpose: Pending.Purpose, _ recipient: Recipient, at now: Moment
  ) {
    switch purpose {
    case .open(let asDefault):
      switch result {
      case .success(let identity):
        let (handle, released) = sessions.open(identity, asDefault: asDefault)
        answer(.json(identity.json(session: handle)), to: recipient)
        release(released, at: now)
      case .failure(let failure):
        answer(.failure(failure), to: recipient)
        if asDefault { release(sessions.failDefault(), at: now) }
      }
    case .refresh(let handle):
      let waiting = sessions[handle]?.waiting ?? []
      sessions[handle]?.waiting = nil
      switch result {
      case .success(let identity):
        guard sessions[handle] != nil else { return answer(.failure(Failure(.sessionUnknown)), to: recipient) }
        sessions[handle]?.identity = identity
        answer(.json(identity.json(session: handle)), to: recipient)
      case .failure(let failure): answer(.failure(failure), to: recipient)
      }
      release(waiting, at: now)
    case .token(let digest):
      guard case .lookedUp(let waiting) = identities[digest] else { return }
      switch result {
      case .success(let identity):
        identities[digest] = .known(identity)
        release(waiting, at: now)
      case .failure(let failure):
        identities[digest] = nil
        for held in waiting {
          letGo(held)
          answer(.failure(failure), to: held.recipient)
        }
      }
    }
  }

  private mutating func release(_ waiting: [Held], at now: Moment) {
    for held in waiting {
      letGo(held)
      handle(held, at: now)
    }
  }

  private mutating func letGo(_ held: Held) {
    self.held -= 1
    waitingBytes -= held.element.range.count
  }
}
