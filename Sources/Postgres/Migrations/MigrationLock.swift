/// The advisory lock that one migrating process holds, in an open transaction of a connection of its own.
///
/// Asked for again and again instead of waited for: a statement that waits keeps a snapshot, and CREATE INDEX
/// CONCURRENTLY in the process that holds the lock would wait for that snapshot in turn. An idle transaction keeps none.
final class MigrationLock {
  private static let key = "5279154830716"
  private let session: Session

  /// Waits up to ten minutes.
  init(_ other: Session) throws(MigrationError) {
    session = try onServer { () throws(ServerError) in try other.again() }
    for _ in 0..<12_000 {
      let locked = try onServer { () throws(ServerError) in
        try session.run("begin; set local idle_in_transaction_session_timeout = 0")
        return try session.value("select pg_try_advisory_xact_lock(\(MigrationLock.key))") == "t"
      }
      if locked { return }
      try onServer { () throws(ServerError) in try session.run("rollback") }
      pause(milliseconds: 50)
    }
    throw .locked
  }

  /// The connection's end would release it too, but only when the server has noticed.
  func release() {
    do throws(ServerError) { try session.run("rollback") } catch _ {}
  }
}
