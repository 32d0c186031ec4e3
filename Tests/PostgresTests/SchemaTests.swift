import Foundation
import TestSupport
import Testing

@testable import Postgres

/// migrations/schema.sql: what the migrations come to, for people to read.
@Suite struct SchemaTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../migrations/schema.sql").standardizedFileURL

  /// Every major version words its dump differently; the committed one is of the oldest.
  private static let isComparable = (try? ServerPrograms.find().major) == ServerPrograms.oldest

  @Test(.enabled(if: isComparable, "the committed dump is of PostgreSQL \(ServerPrograms.oldest)"))
  func theCommittedDumpIsWhatTheMigrationsMake() throws {
    let dump = try Self.dump(TestCluster.createDatabase())
    if ProcessInfo.processInfo.environment["WRITE_SCHEMA"] != nil {
      try dump.write(to: Self.file, atomically: true, encoding: .utf8)
    }
    let committed = try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n")
    let made = dump.split(separator: "\n")
    let line = zip(committed, made).enumerated().first { $1.0 != $1.1 }?.element.1 ?? "another length"
    #expect(committed == made, "migrations/schema.sql is old (first difference: \(line)): run make schema")
  }

  private static func dump(_ database: TestDatabase) throws -> String {
    let program = try ServerPrograms.find(major: ServerPrograms.oldest).folder + "/pg_dump"
    let text = try Command([program, "--schema-only", "--no-owner", "--dbname=" + database.endpoints.superuser])
      .run(limit: 16 << 20)
    // Minor versions differ in these: the versions' own lines, and a guard with a new random key each time, which a
    // newer pg_dump puts around its output and an older one knows no option for.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("-- Dumped ") && !$0.hasPrefix("\\restrict ") && !$0.hasPrefix("\\unrestrict ") }
    return "-- Made by `make schema` from a migrated database.\n" + lines.joined(separator: "\n")
  }
}
