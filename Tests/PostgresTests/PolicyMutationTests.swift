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
      let isNoticed = try Self.notices(session)
      try session.run("rollback")
      #expect(isNoticed, "\(mutation)")
    }
  }

  private static func notices(_ session: Session) throws -> Bool {
    let found = try session.value(
      #"select count(*) from desk.doctor() d where not d.ok and d."check" <> 'server_version'"#)
    if found != "0" { return true }
    return try SQLFile.checks.contains { check in
      try session.run("savepoint before")
      defer { try? session.run("rollback to before") }
      do { return try !check.failures(session).isEmpty } catch is ServerError { return true }
    }
  }
}
