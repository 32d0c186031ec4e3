/// One forward-only change of the schema, made from `migrations/NNNN_name.sql`.
public struct Migration: Sendable, Equatable {
  public var number: Int
  public var name: String
  /// SHA-256 of the file in lower-case hexadecimal.
  public var checksum: String
  public var sql: String

  public init(number: Int, name: String, checksum: String, sql: String) {
    self.number = number
    self.name = name
    self.checksum = checksum
    self.sql = sql
  }

  /// The migrations of this binary, by number.
  public static let embedded: [Migration] = EmbeddedFiles.migrations

  /// The scripts of the demo desk, in order; they are not migrations and are loaded once by `DemoDesk`.
  static let demo: [Migration] = EmbeddedFiles.demo

  /// The file's name without its suffix: `0001_schema`.
  public var title: String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_" + name
  }

  /// False where the first line is `-- no transaction`: one statement that PostgreSQL refuses inside of one and that
  /// may be repeated, as CREATE INDEX CONCURRENTLY IF NOT EXISTS.
  public var isTransactional: Bool {
    let line = sql.prefix { !$0.isNewline }
    return line.split(separator: " ") != ["--", "no", "transaction"]
  }
}
