import Foundation
import Postgres
import TestSupport
import Testing

/// Whether the checks would notice.
@Suite struct PolicyMutationTests {
  @Test func nothingCanBeLoosenedUnnoticed() throws {
    let database = try TestCluster.createDatabase()
    let session = try database.superuser()
    // A clone lacks the rights on the database itself, which the doctor looks at.
    try session.run("revoke create, temporary on database \(database.name) from public")
    try session.run(SQLFile.fixture.script)
    try session.run("begin")
    let isContent = try !Self.notices(session)
    try #require(isContent)
    try session.run("rollback")
    let mutations = try session.query(SQLFile.mutations.script).compactMap(\.first).compactMap { $0 }
    #expect(mutations.count > 150)
    for mutation in mutations {
      try session.run("begin; \(mutation)")
      let isNoticed = try Self.notices(session, Self.checks(about: mutation))
      try session.run("rollback")
      #expect(isNoticed, "\(mutation)")
    }
  }

  /// All checks, those first that share rare words with the mutation: one of them is the likeliest to notice it, and
  /// the rest need not run.
  private static func checks(about mutation: String) -> [SQLFile] {
    let weights = words(of: mutation).map { word in (word, 1 / Double(1 + vocabulary.count { $0.contains(word) })) }
    let ranked = zip(SQLFile.checks, vocabulary).map { check, words in
      (check, weights.reduce(0) { words.contains($1.0) ? $0 + $1.1 : $0 })
    }
    return ranked.sorted { $0.1 > $1.1 }.map(\.0)
  }

  private static let vocabulary = SQLFile.checks.map { words(of: $0.script) }

  private static func words(of script: String) -> Set<Substring> {
    Set(script.split { !$0.isLetter && $0 != "_" })
  }

  private static func notices(_ session: Session, _ checks: [SQLFile] = SQLFile.checks) throws -> Bool {
    let found = try session.value(
      #"select count(*) from desk.doctor() d where not d.ok and d."check" <> 'server_version'"#)
    if found != "0" { return true }
    return try checks.contains { check in
      try session.run("savepoint before")
      defer { try? session.run("rollback to before") }
      do { return try !check.failures(session).isEmpty } catch is ServerError { return true }
    }
  }
}
