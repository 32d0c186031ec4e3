import Glibc

/// Applies migrations in order, each once, and tells which were.
public struct Migrator: Sendable {
  private let migrations: [Migration]
  private let lockTimeout: String

  /// - Parameter lockTimeout: how long a statement waits for a lock before the migration is rolled back and tried
  ///   again (PostgreSQL's notation); while it waits it holds up everyone who came after it.
  public init(_ migrations: [Migration] = Migration.embedded, lockTimeout: String = "2s") {
    self.migrations = migrations.sorted { $0.number < $1.number }
    self.lockTimeout = lockTimeout
  }

  public var newest: Int { migrations.last?.number ?? 0 }

  /// Applies what is pending, as the role that is to own everything, and answers what was applied; `report` is
  /// called after each. Two processes at once are safe: the second finds nothing to do.
  @discardableResult public func apply(_ session: Session, report: (Migration) -> Void = { _ in })
    throws(MigrationError) -> [Migration]
  {
    if try pending(Ledger.read(session)).isEmpty { return [] }
    // A second connection keeps the lock, so that it holds across transactions and also behind a pooler.
    let lock = try MigrationLock(session)
    try Ledger.prepare(session)
    let pending = try pending(Ledger.read(session))
    for migration in pending {
      try applyPatiently(migration, session)
      report(migration)
    }
    try Ledger.grant(session)
    lock.release()
    return pending
  }

  /// Every migration of the binary and of the database, by number.
  public func status(_ session: Session) throws(MigrationError) -> [MigrationStatus] {
    let applied = try Ledger.read(session) ?? []
    let known = migrations.map { migration in
      guard let entry = applied.first(where: { $0.number == migration.number }) else {
        return MigrationStatus(number: migration.number, title: migration.title, state: .pending, appliedAt: nil)
      }
      let state: MigrationStatus.State = entry.checksum == migration.checksum ? .applied : .changed
      return MigrationStatus(
        number: entry.number, title: migration.title, state: state, appliedAt: entry.appliedAt)
    }
    let unknown = applied.filter { entry in !migrations.contains { $0.number == entry.number } }.map { entry in
      MigrationStatus(
        number: entry.number, title: entry.title, state: entry.number > newest ? .newer : .missing,
        appliedAt: entry.appliedAt)
    }
    return (known + unknown).sorted { $0.number < $1.number }
  }

  /// Throws unless the database has exactly the migrations of this binary; for `serve`, and as its role.
  public func requireCurrent(_ session: Session) throws(MigrationError) {
    let pending = try pending(Ledger.read(session))
    if let first = pending.first {
      throw pending.count == migrations.count ? .unprepared : .behind(first: first.title, count: pending.count)
    }
  }

  private func pending(_ applied: [Ledger.Entry]?) throws(MigrationError) -> [Migration] {
    for entry in applied ?? [] {
      guard let migration = migrations.first(where: { $0.number == entry.number }) else {
        throw entry.number > newest ? .newer(database: entry.number, binary: newest) : .missing(entry.title)
      }
      if migration.checksum != entry.checksum { throw .changed(migration.title) }
    }
    return migrations.filter { migration in !(applied ?? []).contains { $0.number == migration.number } }
  }

  /// A lock that does not come in time, and roles (which all databases of a cluster share) that another database's
  /// migration touches at the same moment, pass by themselves: up to ten attempts in some twenty seconds.
  private func applyPatiently(_ migration: Migration, _ session: Session) throws(MigrationError) {
    for attempt in 1... {
      do throws(ServerError) {
        return try migration.isTransactional ? applyInTransaction(migration, session) : applyAlone(migration, session)
      } catch {
        if attempt == 10 || !error.passesByItself {
          throw .failed(migration.title, line: migration.line(of: error), error)
        }
        pause(milliseconds: 50 * attempt)
      }
    }
  }

  private func applyInTransaction(_ migration: Migration, _ session: Session) throws(ServerError) {
    do throws(ServerError) {
      try session.run(
        """
        begin;
        set local lock_timeout = '\(lockTimeout)';
        set local statement_timeout = 0;
        set local idle_in_transaction_session_timeout = 0;
        set local row_security = off
        """)
      try session.run(migration.sql)
      try Ledger.record(migration, session)
      try session.run("commit")
    } catch {
      // The first error counts; where the connection is gone, so is the transaction.
      do throws(ServerError) { try session.run("rollback") } catch _ {}
      throw error
    }
  }

  private func applyAlone(_ migration: Migration, _ session: Session) throws(ServerError) {
    try session.run("set lock_timeout = '\(lockTimeout)'")
    try session.run("set statement_timeout = 0")
    try session.run(migration.sql)
    try Ledger.record(migration, session)
    try session.run("reset lock_timeout")
    try session.run("reset statement_timeout")
  }
}

/// What is known of one migration.
public struct MigrationStatus: Sendable, Equatable {
  public enum State: String, Sendable {
    case applied, pending, changed, missing, newer
  }
  public var number: Int
  public var title: String
  public var state: State
  /// RFC 3339 in UTC.
  public var appliedAt: String?
}

extension Migration {
  /// The line that the server's position (in characters, from 1) lies in; 0 where it told none.
  fileprivate func line(of error: ServerError) -> Int {
    guard let position = error.position else { return 0 }
    return 1 + sql.unicodeScalars.prefix(position - 1).count { $0 == "\n" }
  }
}

extension ServerError {
  fileprivate var passesByItself: Bool {
    switch state {
    case "55P03", "40P01", "40001": true
    case "XX000": message.contains("concurrently updated") || message.contains("concurrently deleted")
    case "23505": constraint?.hasPrefix("pg_") == true
    default: false
    }
  }
}

/// For commands only; the service's loop never sleeps.
func pause(milliseconds: Int) {
  usleep(UInt32(milliseconds) * 1000)
}
