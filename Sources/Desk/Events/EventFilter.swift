/// Which events of those that its caller may see a reader wants.
struct EventFilter: Hashable, Sendable {
  /// Kinds of objects or types of events; nil for all.
  let types: [String]?
  /// Only what happened to this ticket and its messages.
  let ticket: String?
}
