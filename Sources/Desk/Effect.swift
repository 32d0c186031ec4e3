/// What a call may do to the desk, at worst: what a program that acts for somebody asks them about first.
public enum Effect: String, Sendable, CaseIterable {
  /// Changes nothing.
  case read
  /// Changes what agents see.
  case `internal`
  /// Writes what customers may come to see.
  case customerVisible = "customer-visible"
  /// Removes something, for good or until it is restored.
  case destructive

  /// What a method does that does not say so itself.
  init(of access: Access) {
    switch access {
    case .open, .read: self = .read
    case .write, .admin: self = .internal
    }
  }
}
