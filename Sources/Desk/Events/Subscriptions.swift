/// The subscriptions of one process, and what of the feed each of them has been sent.
struct Subscriptions {
  struct Subscription {
    /// The handle of its session, with whose rights it reads.
    let session: String
    /// The id of the call that made it, by which it can be cancelled.
    let request: [UInt8]?
    let filter: EventFilter
    /// Behind everything that it was sent.
    var cursor: EventCursor
    /// Whether more had happened already when it was sent a page: it is let catch up, however slowly it reads.
    var isBehind = false
    /// Whether a page is being read for it.
    var isReading = false
  }

  /// Those that one page serves: who has the same rights sees the same.
  struct Group: Hashable {
    let organization: String
    let role: Caller.Role
    let filter: EventFilter
    let cursor: EventCursor
  }

  private(set) var all: [String: Subscription] = [:]
  /// Something may have happened since the last look.
  var isWoken = false
  /// Whether somebody asks the database for news.
  var isLooking = false
  private(set) var lastLook: UInt64 = 0

  /// Nanoseconds between two looks where nobody says that something happened.
  static let pollInterval: UInt64 = 1_000_000_000
  /// Nanoseconds between two looks at least.
  static let leastInterval: UInt64 = 20_000_000

  subscript(handle: String) -> Subscription? {
    get { all[handle] }
    set { all[handle] = newValue }
  }

  var count: Int { all.count }

  func count(of session: String) -> Int { all.values.count { $0.session == session } }

  /// Ends those that fit.
  mutating func end(where fits: (Subscription) -> Bool) {
    for (handle, subscription) in all where fits(subscription) { all[handle] = nil }
  }

  /// When to look for news next, in nanoseconds of the monotonic clock; nil while nobody wants to know.
  var nextLook: UInt64? {
    guard !all.isEmpty, !isLooking else { return nil }
    return lastLook &+ (isWoken ? Self.leastInterval : Self.pollInterval)
  }

  mutating func beginLook(at now: UInt64) {
    isLooking = true
    isWoken = false
    lastLook = now
  }

  /// Moves those that were waiting on to where nothing has happened to them.
  mutating func skip(_ handle: String, to transaction: UInt64) {
    guard let cursor = all[handle]?.cursor, cursor.transaction < transaction else { return }
    all[handle]?.cursor = cursor.moved(to: transaction)
    all[handle]?.isBehind = false
  }
}
