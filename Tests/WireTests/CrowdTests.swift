import Foundation
import Postgres
import Synchronization
import TestSupport
import Testing

/// A hundred agents at once on a few tickets, through four processes: what each was told is what there is.
@Suite struct CrowdTests {
  private static let isLong = ProcessInfo.processInfo.environment["DESKPIPE_LONG"] != nil
  private static let clients = 100
  private static let processes = 4
  /// A merge moves all that was said before it, so that the time grows with the square: 100 would take an hour.
  private static let moves = isLong ? 20 : 6

  @Test(arguments: isLong ? Array(1...10) : [1]) func whatEachWasToldIsWhatThereIs(_ seed: UInt64) throws {
    let desk = try Desk()
    let session = try desk.database.superuser()
    try session.run(Replay.function)
    try session.run("alter database \(desk.database.name) set log_min_messages = error")
    let before = (deadlocks: try Self.reports("deadlock detected").count, doubles: try Self.reports(Self.doubled).count)
    let tickets = try Self.tickets(desk)
    let crowd = Self.play(desk, on: tickets, seed: seed)

    let doubles = try Self.reports(Self.doubled).dropFirst(before.doubles).filter {
      !$0.contains("idempotency_keys_pkey")
    }
    #expect(crowd.faults == [], "\(doubles.joined(separator: "\n"))")
    #expect(crowd.counts.values.reduce(0, +) > Self.clients / 4)
    let counted = try session.query("select id::text, metadata ->> 'count' from tickets where metadata ? 'count'")
    #expect(Dictionary(uniqueKeysWithValues: counted.map { ($0[0] ?? "", Int($0[1] ?? "") ?? -1) }) == crowd.counts)

    #expect(crowd.said.count > Self.clients / 2)
    let said = try session.query("select body from ticket_messages where body like 'said %'").compactMap { $0[0] }
    #expect(said.sorted() == crowd.said.sorted())

    let created = try session.query("select subject from tickets where subject like 'made %'").compactMap { $0[0] }
    #expect(created.sorted() == crowd.made.sorted())
    #expect(
      try session.query("select number::text from tickets group by organization_id, number having count(*) > 1") == [])

    #expect(
      try session.query(
        """
        select t.id, t.message_count, count(m.id)
          from tickets t
          left join ticket_messages m on m.ticket_id = t.id and m.deleted_at is null
         group by t.id
        having count(m.id) <> t.message_count
        """) == [])

    // What came apart again has what was said on it, and what is still merged has nothing.
    #expect(crowd.merges > 0)
    #expect(
      try session.query(
        """
        select m.body
          from ticket_messages m
          join tickets t on t.id = m.ticket_id
         where m.body like 'said %'
           and t.merged_into is not null
        """) == [])
    #expect(try session.query("select difference from pg_temp.replay()").compactMap { $0[0] } == [])
    let deadlocks = try Self.reports("deadlock detected").dropFirst(before.deadlocks)
    if !deadlocks.isEmpty { Issue.record("\(deadlocks.joined(separator: "\n"))") }
  }

  /// Everybody wants the same ticket.
  @Test func oneOfAllGetsATicketThatTheyClaimAtOnce() throws {
    let desk = try Desk()
    let ticket = try #require(Self.tickets(desk).first)
    let children = try (0..<Self.processes).map { _ in try desk.serve() }
    var sessions: [(child: Child, handle: String)] = []
    for number in 0..<Self.clients {
      let child = children[number % children.count]
      sessions.append((child, try CrowdClient.open(child, number)))
    }
    for (child, handle) in sessions {
      child.send(CrowdClient.request(1, handle, "tickets.claim", ["id": ticket]))
    }
    var winners = 0
    for (child, _) in sessions {
      let answer = try #require(child.line(within: 60))
      if answer.contains("\"result\":") { winners += 1 } else { #expect(answer.contains("\"conflict\""), "\(answer)") }
    }
    #expect(winners == 1)
  }

  private static let doubled = "violates unique constraint"

  /// What the server says of each error like that in databases whose errors it logs, which are those of this test alone:
  /// the statements that it was in, or that waited for each other.
  private static func reports(_ words: String) throws -> [String] {
    let lines = try TestCluster.log().split(separator: "\n")
    let found = lines.indices.filter { lines[$0].contains(words) }
    return found.map { lines[$0...].prefix(20).joined(separator: "\n") }
  }

  /// New tickets that nobody has: six, and three more that are never merged.
  private static func tickets(_ desk: Desk) throws -> [String] {
    let child = try desk.serve()
    let handle = try CrowdClient.open(child, clients)
    return try (0..<9).map { number in
      let customer: [String: Any] = ["email": "\(number)@example.net", "fields": ["plan": "plus"]]
      child.send(
        CrowdClient.request(1, handle, "tickets.create", ["subject": "Few \(number)", "customer": customer]))
      return try #require(CrowdClient.result(child.line() ?? "")?["id"] as? String)
    }
  }

  /// All clients, a thread a process.
  private static func play(_ desk: Desk, on tickets: [String], seed: UInt64) -> CrowdOutcome {
    let outcome = Mutex(CrowdOutcome())
    let running = Mutex(processes)
    for process in 0..<processes {
      let own = clients / processes
      let numbers = process * own..<(process + 1) * own
      Thread.detachNewThread {
        let part: CrowdOutcome
        do { part = try serve(desk, numbers, on: tickets, seed: seed) } catch {
          part = CrowdOutcome(faults: ["\(error)"])
        }
        outcome.withLock { $0.add(part) }
        running.withLock { $0 -= 1 }
      }
    }
    while running.withLock({ $0 }) > 0 { poll(nil, 0, 10) }
    return outcome.withLock { $0 }
  }

  /// Those of one process; each client has one move going at a time.
  private static func serve(_ desk: Desk, _ numbers: Range<Int>, on tickets: [String], seed: UInt64) throws
    -> CrowdOutcome
  {
    let child = try desk.serve()
    var clients = try numbers.map { number in
      CrowdClient(
        number, try CrowdClient.open(child, number), Array(tickets.prefix(6)), steady: Array(tickets.dropFirst(6)),
        SplitMix64(seed: seed &* 1_000 &+ UInt64(number)), moves: moves)
    }
    for index in clients.indices { child.send(clients[index].start()) }
    var outcome = CrowdOutcome()
    while clients.contains(where: { !$0.isDone }) {
      let line = try #require(child.line(within: 120))
      let number = try #require(CrowdClient.number(of: line), "\(line)")
      child.send(clients[number - numbers.lowerBound].take(line))
    }
    for client in clients { outcome.add(client.outcome) }
    return outcome
  }
}
