import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@Suite struct MigrationsTests {
  let database: TestDatabase

  init() throws { database = try TestCluster.createEmptyDatabase() }

  private func migration(_ number: Int, _ sql: String, checksum: String? = nil) -> Migration {
    Migration(number: number, name: "m\(number)", checksum: checksum ?? "sum of \(sql)", sql: sql)
  }

  private var two: [Migration] {
    [migration(1, "create table a (x integer)"), migration(2, "insert into a values (1); insert into a values (2)")]
  }

  @Test func migratingTwiceChangesNothing() throws {
    let session = try database.owner()
    #expect(try Migrator(two).apply(session) == two)
    #expect(try Migrator(two).apply(session) == [])
    #expect(try session.value("select count(*) from a") == "2")
    try Migrator(two).requireCurrent(session)
    #expect(try Migrator(two).status(session).map(\.state) == [.applied, .applied])
  }

  @Test func aLaterMigrationIsAppliedAlone() throws {
    let session = try database.owner()
    let third = migration(3, "create view b as select x from a")
    try Migrator(two).apply(session)
    #expect(throws: MigrationError.behind(first: "0003_m3", count: 1)) {
      try Migrator(two + [third]).requireCurrent(session)
    }
    var reported: [String] = []
    try Migrator(two + [third]).apply(session) { reported.append($0.title) }
    #expect(reported == ["0003_m3"])
  }

  @Test func anEmptyDatabaseIsUnprepared() throws {
    let session = try database.owner()
    #expect(throws: MigrationError.unprepared) { try Migrator(two).requireCurrent(session) }
    #expect(try Migrator(two).status(session).map(\.state) == [.pending, .pending])
  }

  @Test func aChangedMissingOrNewerMigrationIsAnError() throws {
    let session = try database.owner()
    try Migrator(two).apply(session)
    let changed = [two[0], migration(2, "select 1")]
    let cases: [([Migration], MigrationError, MigrationStatus.State)] = [
      (changed, .changed("0002_m2"), .changed),
      ([two[1]], .missing("0001_m1"), .missing),
      ([two[0]], .newer(database: 2, binary: 1), .newer),
    ]
    for (migrations, expected, state) in cases {
      #expect(throws: expected) { try Migrator(migrations).apply(session) }
      #expect(throws: expected) { try Migrator(migrations).requireCurrent(session) }
      #expect(try Migrator(migrations).status(session).contains { $0.state == state })
    }
  }

  @Test func aFailingMigrationLeavesNothing() throws {
    let session = try database.owner()
    let bad = migration(3, "insert into a values (3);\ncreate table c (x integer);\nselect 1 from nowhere")
    let error = #expect(throws: MigrationError.self) { try Migrator(two + [bad]).apply(session) }
    #expect(error?.description == "migration 0003_m3 failed in line 3: relation \"nowhere\" does not exist")
    #expect(try session.query("select count(*)::text, to_regclass('c')::text from a") == [["2", nil]])
    #expect(try Migrator(two + [bad]).status(session).map(\.state) == [.applied, .applied, .pending])
    try Migrator(two + [migration(3, "create table c (x integer)")]).apply(session)
  }

  @Test func oneStatementRunsOutsideOfATransactionWhereItsFileSaysSo() throws {
    let session = try database.owner()
    let index = migration(3, "-- no transaction\ncreate index concurrently if not exists a_x on a (x)")
    #expect(try Migrator(two + [index]).apply(session).count == 3)
    #expect(try session.value("select to_regclass('a_x')::text") == "a_x")
  }

  @Test func dataThatRowSecurityHidesIsAnErrorAndNotSkipped() throws {
    let session = try database.owner()
    let hidden = migration(3, "alter table a enable row level security; alter table a force row level security")
    let change = migration(4, "update a set x = 0")
    let error = #expect(throws: MigrationError.self) { try Migrator(two + [hidden, change]).apply(session) }
    #expect(error?.description.contains("row-level security policy for table \"a\"") == true)
  }

  @Test func manyProcessesMigrateOneDatabaseOnce() async throws {
    let index = migration(3, "-- no transaction\ncreate index concurrently if not exists a_x on a (x)")
    let slow = migration(4, "select pg_sleep(0.2)")
    let migrations = two + [index, slow]
    let endpoint = database.endpoints.owner
    let applied = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 { group.addTask { try Migrator(migrations).apply(Session(endpoint)).count } }
      return try await group.reduce(0, +)
    }
    #expect(applied == 4)
    #expect(try database.owner().value("select count(*) from a") == "2")
  }

  @Test func databasesOfOneClusterMigrateAtOnceThoughRolesAreShared() async throws {
    let roles = migration(
      1,
      """
      do $$ begin
        if to_regrole('shared_role') is null then create role shared_role nologin; end if;
        perform pg_sleep(0.1);
      end $$;
      alter role shared_role set statement_timeout = '10s';
      comment on role shared_role is 'of all databases'
      """)
    let endpoints = try (0..<3).map { _ in try TestCluster.createEmptyDatabase().endpoints.owner }
    let applied = try await withThrowingTaskGroup(of: Int.self) { group in
      for endpoint in endpoints { group.addTask { try Migrator([roles]).apply(Session(endpoint)).count } }
      return try await group.reduce(0, +)
    }
    #expect(applied == 3)
  }

  @Test func aLockHeldByAnotherIsWaitedForInShortTries() throws {
    let session = try database.owner()
    try Migrator(two).apply(session)
    let change = two + [migration(3, "alter table a add column y integer")]
    let holder = try database.owner()
    try holder.run("begin; lock table a in access share mode")
    let endpoint = database.endpoints.owner
    let applied = Mutex<Result<Int, any Error>?>(nil)
    // Not a task: the tests' few threads may all be taken by others.
    Thread.detachNewThread {
      let result = Result { try Migrator(change, lockTimeout: "20ms").apply(Session(endpoint)).count }
      applied.withLock { $0 = result }
    }
    let waiting = "select 1 from pg_locks where not granted and relation = 'a'::regclass"
    while try applied.withLock({ $0 == nil }) && session.value(waiting) == nil {}
    #expect(applied.withLock { $0 == nil })
    try holder.run("rollback")
    while applied.withLock({ $0 == nil }) { poll(nil, 0, 1) }
    #expect(try applied.withLock { try $0?.get() } == 1)
  }

  @Test func theEmbeddedMigrationsAreOrderedAndUnchanged() throws {
    let session = try database.owner()
    #expect(Migration.embedded.map(\.number) == Array(1..<(1 + Migration.embedded.count)))
    for migration in Migration.embedded {
      let sum = try session.value("select encode(sha256(convert_to($1, 'UTF8')), 'hex')", [migration.sql])
      #expect(sum == migration.checksum, "\(migration.title)")
    }
  }
}
