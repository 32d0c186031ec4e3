/// What the first connection that a pool opened found out about its database.
public enum Finding: Sendable, Equatable {
  /// Nothing yet.
  case none
  /// The server cannot be reached yet.
  case unreachable(ServerError)
  /// It has the schema that this binary is made for; the version is as libpq counts (150020 is 15.20).
  case fits(serverVersion: Int)
  /// It has not, and nothing may run there.
  case refused(MigrationError)
}
