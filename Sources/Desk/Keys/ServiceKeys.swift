import JSON
import Token

/// A token that waits for keys that may verify it, and what its identity is wanted for.
struct KeyWaiter {
  let token: String
  let purpose: Pending.Purpose
  let method: AnyMethod
  let recipient: Recipient
}

extension Service {
  /// Verifies a token; nil where its key may come with a fetch that is under way.
  mutating func verify(_ token: String, at now: Moment) throws(Failure) -> Claims? {
    do throws(Refusal) {
      let claims = try keys.verifier(at: now).verify(Array(token.utf8), at: now.seconds)
      keys.use(issuer: claims.issuer)
      return claims
    } catch {
      let isAboutKeys = error.reason == .keyMismatch || error.reason == .invalidSignature
      switch isAboutKeys ? keys.advise(at: now) : .refuse {
      case .wait: return nil
      case .refuse: throw Failure(.tokenRefused, error.message, path: "/token", reason: error.reason.rawValue)
      case .unavailable:
        // Clerk's name for it.
        throw Failure(
          .unavailable, "The keys that tokens are verified with cannot be had now; nothing was done.",
          reason: "jwk-remote-failed-to-load")
      }
    }
  }

  /// Looks up what a token stands for, or waits for the keys that may verify it.
  ///
  /// What waits for the purpose waits meanwhile: the caller has noted it where it keeps such calls.
  mutating func lookUp(_ claims: Claims?, or waiter: KeyWaiter, at now: Moment) {
    if let claims {
      return lookUp(claims, for: waiter.purpose, method: waiter.method, recipient: waiter.recipient, at: now)
    }
    let number = makeTicket()
    keyWaiters[number] = waiter
    index.add(number, id: waiter.recipient.id)
    waitingBytes += waiter.token.utf8.count
  }

  /// Takes back a token that waits for keys; nil where it does not.
  mutating func takeKeyWaiter(_ number: Int) -> KeyWaiter? {
    guard let waiter = keyWaiters.removeValue(forKey: number) else { return nil }
    index.remove(number, id: waiter.recipient.id)
    waitingBytes -= waiter.token.utf8.count
    return waiter
  }

  /// Takes back all of them, the oldest first.
  mutating func takeKeyWaiters() -> [KeyWaiter] {
    keyWaiters.keys.sorted().compactMap { takeKeyWaiter($0) }
  }

  /// Takes the addresses whose key sets are to be fetched.
  mutating func takeFetches() -> [RemoteKeys.Address] { keys.takeFetches() }

  /// Takes the end of a fetch, and goes on with the tokens that waited for it.
  mutating func end(
    _ address: RemoteKeys.Address, _ result: Swift.Result<FetchedKeys, KeyFetchError>, at now: Moment
  ) {
    switch (keys.end(address, try? result.get(), at: now), result) {
    case (.replaced, _): identities.forget()
    case (.down, .failure(let error)): notes.append("\(error); it is tried again")
    default: break
    }
    for waiter in takeKeyWaiters() { verifyAgain(waiter, at: now) }
  }

  private mutating func verifyAgain(_ waiter: KeyWaiter, at now: Moment) {
    do throws(Failure) {
      let claims = try verify(waiter.token, at: now)
      if let claims { try check(claims, for: waiter.purpose) }
      if case .token(let digest) = waiter.purpose { identities.renew(digest) }
      lookUp(claims, or: waiter, at: now)
    } catch {
      // Nobody waits for the answer to the token that the process itself was given.
      if configuration.hasTokenSource, waiter.recipient.id == nil, !waiter.purpose.isCall {
        notes.append("no token for the process's own session: \(error.message)")
      }
      finish(.failure(error), waiter.purpose, waiter.recipient, at: now)
    }
  }

  /// A session stays with the user and the organization that it was opened for.
  func check(_ claims: Claims, for purpose: Pending.Purpose) throws(Failure) {
    guard case .refresh(let handle) = purpose else { return }
    guard let identity = sessions[handle]?.identity else { throw Failure(.sessionUnknown) }
    guard claims.subject == identity.subject, claims.organizationID == identity.clerkOrganization else {
      throw Failure(.sessionMismatch, path: "/token")
    }
  }
}

extension Pending.Purpose {
  /// Whether it is for calls that carry the token themselves.
  fileprivate var isCall: Bool { if case .token = self { true } else { false } }
}
