import Postgres

/// Who may call a method, decided before the database; the policies are the second wall.
public enum Access: String, CaseIterable, Sendable {
  /// Anyone, without a session.
  case open
  /// Every session; the transaction is read-only.
  case read
  /// Every session.
  case write
  /// An admin's session.
  case admin
}

/// How much a call may take: decides which connection it gets and how long it may run.
public enum Cost: String, CaseIterable, Sendable {
  /// One row by key.
  case point
  /// A page, or one object with what belongs to it.
  case page
  /// Searches and counts.
  case heavy

  /// The statement timeout in milliseconds.
  var milliseconds: Int {
    switch self {
    case .point: 5_000
    case .page: 15_000
    case .heavy: 30_000
    }
  }
}

extension Cost {
  /// Which connections a read of this cost may share.
  var lane: Job.Lane {
    switch self {
    case .point: .point
    case .page: .page
    case .heavy: .own
    }
  }
}
