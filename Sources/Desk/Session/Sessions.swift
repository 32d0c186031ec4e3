import JSON
import Token

/// The sessions of one process, and which of them a call means that names none.
struct Sessions {
  struct Session {
    var identity: Identity
    /// Calls that came while a new token was being fetched or looked up; nil while none is.
    var waiting: [Int]?
    let openedAt: Int
    /// Seconds since 1970, as all times here.
    var lastUsed: Int
    /// How many seconds ahead of its expiry the client wants to be told; nil where it did not ask.
    let notice: Int?
    /// Whether it was told of this token's.
    var isNoticed = false
  }

  /// What a call without a session means.
  enum Default {
    case none
    /// It is being opened; calls wait for it.
    case opening([Int])
    case session(String)
    /// A second session was opened here: leaving the session out is an error for good, since a bridge that forgets
    /// it once must never write into another tenant.
    case ambiguous
  }

  private let limit: Int
  private var byHandle: [String: Session] = [:]
  /// How many were ever opened.
  private var opened = 0
  /// How many are being opened.
  private var requested = 0
  private(set) var standard = Default.none

  init(limit: Int) { self.limit = limit }

  var isFull: Bool { byHandle.count >= limit }
  var count: Int { byHandle.count }

  subscript(handle: String) -> Session? {
    get { byHandle[handle] }
    set { byHandle[handle] = newValue }
  }

  /// The session of a call, used now; nil where there is none.
  mutating func use(_ handle: String, at now: Int) -> Session? {
    guard let index = byHandle.index(forKey: handle) else { return nil }
    byHandle.values[index].lastUsed = now
    return byHandle.values[index]
  }

  /// Notes that a session is being opened, and answers whether it will be the default: only the first can, by the
  /// order of the requests, whichever is looked up faster.
  mutating func beginOpening(asDefault: Bool) -> Bool {
    let isFirst = opened == 0 && requested == 0
    requested += 1
    guard asDefault, isFirst, case .none = standard else { return false }
    standard = .opening([])
    return true
  }

  mutating func holdForDefault(_ held: Int) {
    guard case .opening(var waiting) = standard else { return }
    // Else the array would be copied for each.
    standard = .none
    waiting.append(held)
    standard = .opening(waiting)
  }

  /// Adds a session whose opening was begun; answers its handle and the calls that waited for it.
  mutating func open(
    _ identity: Identity, asDefault: Bool, notice: Int?, at now: Int
  ) -> (handle: String, released: [Int]) {
    let handle = Random.handle()
    byHandle[handle] = Session(identity: identity, openedAt: now, lastUsed: now, notice: notice)
    requested -= 1
    opened += 1
    guard asDefault || opened > 1 else { return (handle, []) }
    let released: [Int] = if case .opening(let waiting) = standard { waiting } else { [] }
    standard = opened > 1 ? .ambiguous : .session(handle)
    return (handle, released)
  }

  /// A session could not be opened; answers the calls that waited for it.
  mutating func failOpening(asDefault: Bool) -> [Int] {
    requested -= 1
    guard asDefault, case .opening(let waiting) = standard else { return [] }
    standard = .none
    return waiting
  }

  /// Gives a session a newer token's identity.
  mutating func renew(_ handle: String, _ identity: Identity) {
    byHandle[handle]?.identity = identity
    byHandle[handle]?.isNoticed = false
  }

  /// Ends the tokens of the sessions that fit, no later than that; they can be refreshed as any that has expired.
  mutating func expire(at second: Int, where fits: (Identity) -> Bool) {
    for (handle, session) in byHandle where fits(session.identity) {
      byHandle[handle]?.identity = session.identity.expiring(by: second)
    }
  }

  /// Forgets what is over, and answers the sessions whose clients are to be told that their token expires.
  ///
  /// - Parameter own: the process's own session, which stays: a new token can be had for it at any time.
  mutating func sweep(_ limits: ServiceLimits, sparing own: String?, at now: Int) -> [(handle: String, expires: Int)] {
    var expiring: [(String, Int)] = []
    for (handle, session) in byHandle where session.waiting == nil && handle != own {
      let expires = session.identity.caller.expires
      let isOver =
        now > expires + limits.sessionGrace || now > session.lastUsed + limits.sessionIdle
        || now > session.openedAt + limits.sessionAge
      if isOver {
        close(handle)
      } else if let notice = session.notice, !session.isNoticed, now >= expires - notice {
        byHandle[handle]?.isNoticed = true
        expiring.append((handle, expires))
      }
    }
    return expiring
  }

  mutating func close(_ handle: String) {
    byHandle[handle] = nil
    if case .session(let standing) = standard, standing == handle { standard = .none }
  }
}

/// A request that waits for a session or an identity; it is handled from its bytes when that is there.
struct Held {
  let line: [UInt8]
  let element: Scanner.Element
  let recipient: Recipient
}
