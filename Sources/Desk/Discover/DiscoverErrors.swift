/// Which errors a method may answer with.
enum DiscoverErrors {
  /// Those that any call may meet before its method is known.
  static let ofRequests: [FailureKind] = [.parseError, .invalidRequest, .methodNotFound]

  /// Those of every method that asks PostgreSQL, with or without a session.
  static let database: [FailureKind] = [.cancelled, .unavailable, .timeout]

  /// Those that come with a kind of access, whatever the method does.
  static func common(to access: Access) -> [FailureKind] {
    // Everything is turned away while too much waits, before anybody asks what it needs.
    let all: [FailureKind] = [.invalidParams, .internalError, .busy]
    let session: [FailureKind] = [
      .unauthenticated, .tokenRefused, .sessionExpired, .sessionUnknown, .sessionAmbiguous, .organizationUnknown,
      .agentUnknown, .agentDeactivated,
    ]
    // A limit of a column, or something referred to that is deleted at the same moment.
    let write: [FailureKind] = [.invalid, .inUse, .idempotencyMismatch, .answerGone, .outcomeUnknown]
    return switch access {
    case .open: all
    case .read: all + session + database
    case .write: all + session + database + write
    case .admin: all + session + [.forbidden] + database + write
    }
  }

  /// All of a method's, in the order of the catalogue.
  static func all(of method: AnyMethod) -> [FailureKind] {
    let kinds = Set(method.errors + common(to: method.access))
    return FailureKind.allCases.filter(kinds.contains)
  }
}
