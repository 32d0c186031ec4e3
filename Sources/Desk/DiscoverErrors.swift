/// Which errors a method may answer with.
enum DiscoverErrors {
  /// Those that any call may meet before its method is known.
  static let ofRequests: [FailureKind] = [.parseError, .invalidRequest, .methodNotFound]

  /// Those that come with a kind of access, whatever the method does.
  static func common(to access: Access) -> [FailureKind] {
    let database: [FailureKind] = [.cancelled, .busy, .unavailable, .timeout]
    let session: [FailureKind] = [
      .unauthenticated, .tokenRefused, .sessionExpired, .sessionUnknown, .sessionAmbiguous, .organizationUnknown,
      .agentUnknown, .agentDeactivated,
    ]
    let all: [FailureKind] = [.invalidParams, .internalError]
    return switch access {
    case .open: all
    case .read: all + session + database
    case .write: all + session + database + [.outcomeUnknown]
    case .admin: all + session + [.forbidden] + database + [.outcomeUnknown]
    }
  }

  /// All of a method's, in the order of the catalogue.
  static func all(of method: AnyMethod) -> [FailureKind] {
    let kinds = Set(method.errors + common(to: method.access))
    return FailureKind.allCases.filter(kinds.contains)
  }
}
