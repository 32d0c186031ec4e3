/// Why migrations were not applied, or a database does not fit this binary; `description` is one sentence.
public enum MigrationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The database has no migrations at all.
  case unprepared
  /// The database lacks migrations of this binary, the first of which is named.
  case behind(first: String, count: Int)
  /// The database has a migration that is younger than this binary.
  case newer(database: Int, binary: Int)
  /// The file of an applied migration is not what it was.
  case changed(String)
  /// An applied migration, older than the newest of this binary, has no file.
  case missing(String)
  /// A statement of a migration failed at that line (0 where the server told none); nothing of it remains unless
  /// it runs without a transaction.
  case failed(String, line: Int, ServerError)
  /// Another process has been migrating this database for too long.
  case locked
  case server(ServerError)

  public var description: String {
    switch self {
    case .unprepared: "the database has no deskpipe schema yet: run deskpipe migrate"
    case .behind(let first, let count):
      "the database lacks \(count == 1 ? "migration" : "\(count) migrations, first") \(first): run deskpipe migrate"
    case .newer(let database, let binary):
      "the database is at migration \(database), this deskpipe knows \(binary): use a newer deskpipe"
    case .changed(let title): "migration \(title) was changed after it had been applied"
    case .missing(let title): "migration \(title) was applied but is not part of this deskpipe"
    case .failed(let title, let line, let error):
      "migration \(title) failed\(line > 0 ? " in line \(line)" : ""): \(error.message)"
    case .locked: "another process is migrating this database and does not come to an end"
    case .server(let error): error.message
    }
  }
}
