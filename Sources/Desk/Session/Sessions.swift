import JSON
import Token

/// The sessions of one process, and which of them a call means that names none.
struct Sessions {
  struct Session {
    var identity: Identity
    /// Calls that came while a new token was being looked up; nil while none is.
    var waiting: [Held]?
  }

  /// What a call without a session means.
  enum Default {
    case none
    /// It is being opened; calls wait for it.
    case opening([Held])
    case session(String)
    /// A second session was opened here: leaving the session out is an error for good, since a bridge that forgets
    /// it once must never write into another tenant.
    case ambiguous
  }

  private let limit: Int
  private var byHandle: [String: Session] = [:]
  private var opened = 0
  private(set) var standard = Default.none

  init(limit: Int) { self.limit = limit }

  var isFull: Bool { byHandle.count >= limit }
  var count: Int { byHandle.count }

  subscript(handle: String) -> Session? {
    get { byHandle[handle] }
    set { byHandle[handle] = newValue }
  }

  /// Notes that the process's own session, or the first one with `default`, is being opened.
  mutating func expectDefault() {
    guard opened == 0, case .none = standard else { return }
    standard = .opening([])
  }

  mutating func holdForDefault(_ held: Held) {
    guard case .opening(let waiting) = standard else { return }
    standard = .opening(waiting + [held])
  }

  /// Adds a session; answers its handle and the calls that waited for it.
  mutating func open(_ identity: Identity, asDefault: Bool) -> (handle: String, released: [Held]) {
    let handle = Random.handle()
    byHandle[handle] = Session(identity: identity)
    opened += 1
    var released: [Held] = []
    if case .opening(let waiting) = standard, asDefault {
      released = waiting
      standard = .session(handle)
    } else if opened > 1 {
      if case .opening(let waiting) = standard { released = waiting }
      standard = .ambiguous
    }
    return (handle, released)
  }

  /// The default session could not be opened; answers the calls that waited for it.
  mutating func failDefault() -> [Held] {
    guard case .opening(let waiting) = standard else { return [] }
    standard = .none
    return waiting
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
