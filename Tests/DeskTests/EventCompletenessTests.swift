import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import Desk

/// Whether a feed loses or repeats anything while others write: it is read as they do, and compared with the table.
@Suite struct EventCompletenessTests {
  /// Transactions of each writer.
  private static let count = ProcessInfo.processInfo.environment["DESKPIPE_LONG"] == nil ? 60 : 3_000
  private static let writers = 4

  @Test func everyCommittedEventComesOnceAndInOrder() throws {
    let desk = try TestDesk.demo()
    let database = desk.database
    let feed = try Feed(desk, as: .admin, limit: 100)
    let owner = try database.superuser()
    let running = Mutex(Self.writers)
    let failures = Mutex<[String]>([])
    // Older than everything that the writers do, and ends in the middle of it.
    let long = try database.superuser()
    try long.run("begin; \(Self.update(of: 0))")
    for writer in 0..<Self.writers {
      Thread.detachNewThread {
        do { try Self.write(database, as: writer) } catch { failures.withLock { $0.append("\(error)") } }
        running.withLock { $0 -= 1 }
      }
    }
    var found: [JSONTree] = []
    var reads = 0
    while running.withLock({ $0 }) > 0 {
      found += try feed.next().items
      reads += 1
      if reads == 20 { try long.run("commit") }
    }
    if reads < 20 { try long.run("commit") }
    #expect(failures.withLock { $0 } == [])
    let first = feed.first.split(separator: "-")[2]
    let expected = try owner.query(
      """
      select a.xid::text || '-' || a.seq
        from desk.audit_records a
        join public.organizations o on o.id = a.organization_id and o.clerk_id = $1
       where a.xid >= $2::xid8
       order by a.xid, a.seq
      """, [DemoDesk.organization, String(first)])
    found += try feed.read(until: expected.count - found.count)
    #expect(found.map(\.position) == expected.map { $0[0] })
    #expect(expected.count > Self.writers * Self.count / 2)
    var versions: [String: Int] = [:]
    for event in found {
      let object = try #require(event["object_id"]?.string)
      let version = try #require(event["version"].flatMap { Int($0.json) })
      #expect(version > versions[object] ?? 0, "\(event.json)")
      versions[object] = version
    }
  }

  /// One transaction in four is rolled back; one in four writes twice.
  private static func write(_ database: TestDatabase, as writer: Int) throws {
    let session = try database.superuser()
    for number in 0..<count {
      try session.run("begin; \(update(of: 1 + (writer + number) % 3))")
      if number % 4 == 1 { try session.run(update(of: 1 + (writer + number) % 3)) }
      try session.run(number % 4 == 2 ? "rollback" : "commit")
    }
  }

  /// Locks its object before any row, as methods do: that keeps the versions of one object in order.
  private static func update(of number: Int) -> String {
    """
    select pg_advisory_xact_lock(\(number));
    update public.tickets t set subject = left(subject, 100) || clock_timestamp()
     where t.id = (
       select t.id from public.tickets t join public.organizations o on o.id = t.organization_id
        where o.clerk_id = '\(DemoDesk.organization)' order by t.id offset \(number) limit 1);
    """
  }
}
