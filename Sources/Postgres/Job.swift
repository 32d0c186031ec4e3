/// A segment to run, and how the pool may run it.
public struct Job: Sendable {
  /// Which connections a job may share.
  ///
  /// In the order in which they are served.
  public enum Lane: Int, Sendable, CaseIterable {
    /// A short read by key: may run behind others of its kind on one connection.
    case point
    /// A page of a list: may run behind a few others of its kind.
    case page
    /// Anything else: has its connection to itself, so that nothing short ever waits behind it.
    case own
  }

  public let ticket: Int
  public let segment: Segment
  public let lane: Lane
  /// A read may be sent again after its connection was lost; a write may have happened.
  public let isRead: Bool
  /// The statement timeout that the segment sets, in nanoseconds.
  public let timeLimit: UInt64
  /// Whether that is for all of it, and not for each of its statements.
  public let isLimitedAsAWhole: Bool
  /// Not begun after this instant of the monotonic clock, in nanoseconds.
  public let deadline: UInt64
  var attempts = 0
  /// Its place among all that were submitted.
  var order = 0
  var submittedAt: UInt64 = 0
  var isCancelled = false
  /// Whether it was gathered with others and what they asked failed, so that it asks by itself.
  var isAlone = false
  /// Whether another one's cancel ended it, so that it shares no transaction any more: it would never end beside calls that
  /// are taken back all the time.
  var wasHit = false

  public init(
    ticket: Int, segment: Segment, lane: Lane, isRead: Bool, timeLimit: UInt64, deadline: UInt64,
    isLimitedAsAWhole: Bool = false
  ) {
    self.ticket = ticket
    self.segment = segment
    self.lane = lane
    self.isRead = isRead
    self.timeLimit = timeLimit
    self.isLimitedAsAWhole = isLimitedAsAWhole
    self.deadline = deadline
  }
}

extension Job {
  /// Whether it may run in one transaction with another: two reads for the same caller, of which neither can change what
  /// the other sees, both short or pages by the same statement. Should one fail, those behind it are run again without it.
  func canJoin(_ other: Job) -> Bool {
    guard !wasHit, !other.wasHit, lane == other.lane, lane != .own, isRead, other.isRead, segment.hasContext,
      other.segment.hasContext,
      segment.statements[0] == other.segment.statements[0]
    else { return false }
    return lane == .point || segment.statements.elementsEqual(other.segment.statements) { $0.query == $1.query }
  }

  /// Whether one statement may ask for both, each a row by its key.
  func canGather(with other: Job) -> Bool {
    guard let key, let otherKey = other.key, key.query == otherKey.query else { return false }
    return !isAlone && !other.isAlone
  }

  /// What it asks where that is one row by a key, and the key.
  var key: (query: Query, value: String)? {
    guard lane == .point, isRead, segment.hasContext, segment.statements.count == 2, segment.answer == 1,
      segment.statements[1].query.many != nil, let key = segment.statements[1].parameters[0]
    else { return nil }
    return (segment.statements[1].query, key)
  }

  /// The one statement for jobs that can be gathered; UUIDs need no quoting in an array.
  static func gathered(_ jobs: ArraySlice<Job>) -> Statement {
    let keys = jobs.compactMap(\.key?.value)
    guard keys.count == jobs.count, let many = jobs.first?.key?.query.many else {
      preconditionFailure("not everybody asks for a row by a key")
    }
    return many("{" + keys.joined(separator: ",") + "}")
  }

  /// Whether a refusal says nothing about the call itself, so that it is run again, once.
  ///
  /// 26000, 42P05 and 0A000 ("cached plan must not change result type") are about prepared statements. 57014 without a
  /// cancel and within the time limit was meant for the call before (a late PQcancel). 40001 and 40P01 ended a
  /// transaction that did nothing wrong. 42501 of a read: a pooler gave its statements to two servers, the second of which
  /// knows nothing of the context; what a caller may not do is refused otherwise. `elapsed`: nanoseconds for which it was the first on its connection.
  func mayRepeat(after error: ServerError, elapsed: UInt64) -> Bool {
    guard !isCancelled, attempts < 3 else { return false }
    switch error.state {
    case "26000", "42P05", "0A000": return attempts < 2
    case "42501": return attempts < 2 && isRead && segment.hasContext
    case "40001", "40P01": return true
    case "57014": return attempts < 2 && elapsed < timeLimit
    default: return false
    }
  }
}
