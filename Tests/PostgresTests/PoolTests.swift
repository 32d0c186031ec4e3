import Glibc
import TestSupport
import Testing

@testable import Postgres

/// The pool against a real server.
@Suite struct PoolTests {
  private static let sleep = Query("select pg_sleep($1::float8)::text")
  private static let number = Query("select ($1::integer)::text")
  private static let pid = Query("select pg_backend_pid()::text")
  private static let suicide = Query("select pg_terminate_backend(pg_backend_pid())::text")

  @Test func answersJobsOfBothLanes() throws {
    let bench = try Bench()
    for ticket in 1...20 { bench.submit(ticket, Self.number(String(ticket)), ticket.isMultiple(of: 2) ? .point : .own) }
    bench.run()
    for ticket in 1...20 { #expect(bench.outcomes[ticket] == "answered \(ticket)") }
  }

  @Test(arguments: [Job.Lane.point, .page]) func losesNoAnswerOfManyInFlightOnOneConnection(_ lane: Job.Lane) throws {
    let bench = try Bench(connections: 1)
    let wide = Query("select $1::text || repeat('x', 10000)")
    for ticket in 1...3_000 { bench.submit(ticket, wide(String(ticket)), lane) }
    bench.run()
    #expect(bench.outcomes.count == 3_000)
    #expect(bench.outcomes.allSatisfy { $0.value.hasPrefix("answered \($0.key)x") })
  }

  @Test func opensASpareConnectionForPointReads() throws {
    let bench = try Bench(connections: 2)
    for ticket in 1...4 { bench.submit(ticket, Self.sleep("0.4"), .own) }
    bench.run { bench.pool.openConnections == 2 }
    bench.submit(5, Self.number("5"), .point)
    bench.run { bench.outcomes[5] != nil }
    #expect(bench.outcomes == [5: "answered 5"])
    #expect(bench.pool.openConnections == 3)
    bench.run()
    // The spare one stays theirs.
    for ticket in 6...9 { bench.submit(ticket, Self.sleep("0.4"), .page) }
    bench.submit(10, Self.number("10"), .point)
    let others = bench.outcomes.count
    bench.run { bench.outcomes[10] != nil }
    #expect(bench.outcomes.count == others + 1)
    #expect(bench.pool.openConnections == 3)
  }

  @Test func usesEveryConnectionForWhatIsLong() throws {
    let bench = try Bench(connections: 3)
    for ticket in 1...4 { bench.submit(ticket, Self.sleep("0.5"), .own) }
    bench.run { bench.pool.connections.count { $0.pipeline.depth == 1 } == 3 }
    #expect(bench.outcomes.isEmpty)
    #expect(bench.pool.openConnections == 3)
    bench.run()
  }

  /// As where the server has no more (53300).
  @Test func keepsOneOfFewConnectionsForPointReads() throws {
    let bench = try Bench(connections: 4)
    try Session(bench.database.endpoints.superuser).run(
      "do $$ begin execute format('alter database %I connection limit 2', current_database()); end $$")
    for ticket in 1...4 { bench.submit(ticket, Self.sleep("0.3"), .own) }
    bench.run { bench.outcomes.count == 2 }
    for ticket in 5...8 { bench.submit(ticket, Self.sleep("0.3"), .own) }
    bench.submit(9, Self.number("9"), .point)
    let others = bench.outcomes.count
    bench.run { bench.outcomes[9] != nil }
    #expect(bench.outcomes.count <= others + 1)
    bench.run()
    #expect(bench.outcomes.count == 9)
  }

  /// Short reads that never end must not keep a write, or a search, from ever getting a connection.
  @Test(arguments: [1, 2, 4], [Job.Lane.own, .page]) func servesEveryLaneUnderAFloodOfPoints(
    _ connections: Int, _ lane: Job.Lane
  ) throws {
    let bench = try Bench(connections: connections)
    for ticket in 1...100 { bench.submit(ticket, Self.number("1"), .point) }
    bench.run { bench.outcomes.count > 50 }
    bench.submit(1_000_000, Self.number("7"), lane)
    var next = 101
    bench.run {
      while bench.pool.pending < 100 && next < 20_000 {
        bench.submit(next, Self.number("1"), .point)
        next += 1
      }
      return bench.outcomes[1_000_000] != nil
    }
    #expect(bench.outcomes[1_000_000] == "answered 7")
    #expect(next < 5_000)
  }

  @Test func takesBackEverythingAtTheEnd() throws {
    let bench = try Bench(connections: 1)
    bench.submit(1, Self.sleep("30"), .own, isRead: false)
    bench.submit(2, Self.sleep("30"), .own)
    bench.run { bench.pool.openConnections == 1 }
    bench.pool.abandon()
    #expect(bench.outcomes == [1: "lost", 2: "unavailable"])
  }

  @Test func cancelsWhatRunsAndWithdrawsWhatWaits() throws {
    let bench = try Bench(connections: 1)
    bench.submit(1, Self.sleep("30"), .own)
    bench.submit(2, Self.sleep("30"), .own)
    bench.run { bench.pool.openConnections == 1 }
    bench.pool.cancel(2)
    bench.pool.cancel(1)
    bench.run()
    #expect(bench.outcomes == [1: "withdrawn", 2: "withdrawn"])
    bench.submit(3, Self.number("3"), .own)
    bench.run()
    #expect(bench.outcomes[3] == "answered 3")
  }

  @Test func runsAReadAgainWhenItsConnectionIsLost() throws {
    let bench = try Bench(connections: 1)
    bench.submit(1, Self.pid(), .point)
    bench.run()
    let process = String(try #require(bench.outcomes[1]).dropFirst("answered ".count))
    bench.submit(2, Self.sleep("0.3"), .own)
    bench.run { bench.pool.pending == 1 }
    try Session(bench.database.endpoints.superuser).run("select pg_terminate_backend(\(process))")
    bench.run()
    #expect(bench.outcomes[2] == "answered ")
  }

  @Test func saysOfALostWriteThatNobodyKnows() throws {
    let bench = try Bench(connections: 1)
    bench.submit(1, Self.suicide(), .own, isRead: false)
    bench.run()
    #expect(bench.outcomes[1] == "lost")
    bench.submit(2, Self.number("2"), .own)
    bench.run()
    #expect(bench.outcomes[2] == "answered 2")
  }

  @Test func tellsAtOnceThatNoServerIsThere() throws {
    let bench = try Bench(conninfo: "host=/nowhere dbname=none")
    bench.submit(1, Self.number("1"), .point)
    bench.run()
    #expect(bench.outcomes[1] == "unavailable")
  }

  @Test func beginsNothingAfterItsDeadline() throws {
    let bench = try Bench(connections: 1)
    bench.submit(1, Self.sleep("0.3"), .own)
    bench.run { bench.pool.openConnections == 1 }
    bench.submit(2, Self.number("2"), .own, patience: 50_000_000)
    bench.run()
    #expect(bench.outcomes == [1: "answered ", 2: "late"])
  }

  @Test func leavesNothingOfACallOnTheConnection() throws {
    let bench = try Bench(connections: 1)
    let set = Query("select set_config('role', 'authenticated', true), set_config('app.role', 'admin', true)")
    let look = Query("select current_user || ':' || coalesce(current_setting('app.role', true), '')")
    bench.pool.submit(
      [
        Job(
          ticket: 1, segment: Segment([set(), look()]), lane: .own, isRead: true, timeLimit: 1_000_000_000,
          deadline: .max)
      ], now: Clock.now)
    bench.submit(2, look(), .own)
    bench.run()
    #expect(bench.outcomes == [1: "answered authenticated:admin", 2: "answered deskpipe_serve:"])
  }

  private static let context = Query("select set_config('app.role', $1::text, true)")
  private static let moment = Query("select now()::text || current_setting('app.role') || ($1::integer / $2::integer)")

  /// Transactions tell themselves apart by their `now()`.
  @Test func readsForTheSameCallerInOneTransaction() throws {
    let bench = try Bench(connections: 1)
    bench.submit((1...8).map { bench.read($0, Self.context($0 < 5 ? "a" : "b"), Self.moment(String($0), "1")) })
    bench.run()
    let moments = (1...8).compactMap { bench.outcomes[$0]?.dropLast() }
    #expect(moments.count == 8)
    #expect(Set(moments[..<4]).count == 1 && Set(moments[4...]).count == 1 && moments[0] != moments[4])
    for ticket in 1...8 {
      #expect(bench.outcomes[ticket]?.hasSuffix((ticket < 5 ? "a" : "b") + String(ticket)) == true)
    }
  }

  private static let slowMoment = Query(
    "select now()::text || current_setting('app.role') || left(pg_sleep($1::float8)::text, 0)")

  /// Each came by itself: those that wait are asked for at once when a connection has its answer.
  @Test func pointReadsThatWaitShareTheNextTransaction() throws {
    let bench = try Bench(connections: 4)
    bench.submit([bench.read(1, Self.context("a"), Self.slowMoment("0.3"))])
    bench.run { bench.depths == [1] }
    for ticket in 2...9 { bench.submit([bench.read(ticket, Self.context("a"), Self.moment("1", "1"))]) }
    #expect(bench.depths == [1])
    bench.run()
    #expect(bench.outcomes.count == 9 && Set((2...9).map { bench.outcomes[$0] }).count == 1)
  }

  /// A slow one holds up nobody for long.
  @Test func pointReadsThatWaitForASlowOneGetAConnectionOfTheirOwn() throws {
    let bench = try Bench(connections: 2)
    bench.submit([bench.read(1, Self.context("a"), Self.slowMoment("20"))])
    bench.run { bench.depths == [1] }
    for ticket in 2...3 { bench.submit([bench.read(ticket, Self.context("a"), Self.moment("1", "1"))]) }
    bench.run { bench.outcomes.count == 2 }
    #expect(bench.outcomes[1] == nil && bench.outcomes[2] == bench.outcomes[3])
    bench.pool.cancel(1)
    bench.run()
  }

  /// Writes that wait came before them, and have nothing of it when each read is asked for by itself.
  @Test func pointReadsShareATransactionThoughWritesWait() throws {
    let bench = try Bench(connections: 2)
    for ticket in 1...3 { bench.submit(ticket, Self.sleep("0.5"), .own, isRead: false) }
    bench.run { bench.depths == [1, 1] }
    bench.submit((4...11).map { bench.read($0, Self.context("a"), Self.moment("1", "1")) })
    bench.run()
    #expect(bench.outcomes.count == 11 && Set((4...11).map { bench.outcomes[$0] }).count == 1)
  }

  /// Behind those that run go as many as share a transaction, so that the server need not wait for the loop, and those that
  /// nothing can be gathered with.
  @Test func pointReadsThatCanGatherNoMoreGoBehindThoseThatRun() throws {
    let bench = try Bench(connections: 1)
    let together = bench.pool.limits.pointsTogether
    bench.submit([bench.read(1, Self.context("a"), Self.slowMoment("0.3"))])
    bench.run { bench.depths == [1] }
    for ticket in 2...together { bench.submit([bench.read(ticket, Self.context("a"), Self.moment("1", "1"))]) }
    #expect(bench.depths == [1])
    bench.submit([bench.read(together + 1, Self.context("a"), Self.moment("1", "1"))])
    #expect(bench.depths == [together + 1])
    bench.run()
    #expect(Set((2...together + 1).map { bench.outcomes[$0] }).count == 1)

    bench.submit([bench.read(101, Self.context("a"), Self.slowMoment("0.3"))])
    for (ticket, role) in [(102, "b"), (103, "c")] {
      bench.submit([bench.read(ticket, Self.context(role), Self.moment("1", "1"))])
    }
    #expect(bench.depths == [2])
    bench.run()
    #expect(bench.outcomes[103]?.hasSuffix("c1") == true)
  }

  @Test func failsNoReadForAnotherOne() throws {
    let bench = try Bench(connections: 1)
    bench.submit(
      (1...8).map { bench.read($0, Self.context("a"), Self.moment("\($0)", [2, 5].contains($0) ? "0" : "1")) })
    bench.run()
    for ticket in 1...8 {
      let outcome = bench.outcomes[ticket]
      #expect([2, 5].contains(ticket) ? outcome == "failed 22012" : outcome?.hasSuffix("a\(ticket)") == true)
    }
  }

  @Test func cancelsOneOfSeveralThatShareATransaction() throws {
    let bench = try Bench(connections: 1)
    let slow = Query("select pg_sleep($1::float8)::text || $2::text")
    bench.submit((1...4).map { bench.read($0, Self.context("a"), slow($0 == 2 ? "30" : "0.1", String($0))) })
    bench.run { bench.pool.openConnections == 1 }
    bench.pool.cancel(2)
    bench.pool.cancel(4)
    #expect(bench.seconds { bench.run() } < 10)
    #expect(bench.outcomes == [1: "answered 1", 2: "withdrawn", 3: "answered 3", 4: "withdrawn"])
  }

  private static func key(_ number: Int) -> String { "00000000-0000-0000-0000-0000000000" + String(number + 10) }

  /// One row by its key, of which those that end with 19 are missing, a 1 is divided by zero, and a 2 takes its time.
  private static let row = Query(
    "select 'one of ' || current_setting('app.role') || ' ' || right(k::text, 2) \(among("(values ($1::uuid)) v (k)"))",
    many: "select 'many of ' || current_setting('app.role') || ' ' || right(k::text, 2), k "
      + among("unnest($1::uuid[]) k"))
  private static func among(_ keys: String) -> String {
    """
    from (select * from \(keys) order by 1 desc) v (k), pg_sleep(case right(k::text, 2) when '12' then 30 else 0 end)
    where right(k::text, 2) <> '19' and 1 / (right(k::text, 2)::integer - 11) is not null
    """
  }

  /// Whatever order they come in, twice or not at all.
  @Test func asksForManyRowsAtOnceAndAnswersEachItsOwn() throws {
    let bench = try Bench(connections: 1)
    let numbers = [5, 3, 9, 5, 4, 9, 7, 8]
    bench.submit(numbers.enumerated().map { bench.read($0, Self.context($0 < 6 ? "a" : "b"), Self.row(Self.key($1))) })
    bench.run()
    let expected = numbers.enumerated().map {
      $1 == 9 ? "answered nothing" : "answered many of \($0 < 6 ? "a" : "b") 1\($1)"
    }
    #expect(numbers.indices.map { bench.outcomes[$0] } == expected)
  }

  @Test func ofThoseThatAskAtOnceOneFailsAlone() throws {
    let bench = try Bench(connections: 1)
    bench.submit([3, 1, 4].map { bench.read($0, Self.context("a"), Self.row(Self.key($0))) })
    bench.run()
    #expect(bench.outcomes == [3: "answered one of a 13", 1: "failed 22012", 4: "answered one of a 14"])
  }

  @Test(arguments: [[2, 3, 4], [3, 2, 4]]) func ofThoseThatAskAtOnceOneIsCancelledAlone(_ order: [Int]) throws {
    let bench = try Bench(connections: 1)
    bench.submit(order.map { bench.read($0, Self.context("a"), Self.row(Self.key($0))) })
    bench.run { bench.pool.openConnections == 1 }
    bench.pool.cancel(2)
    #expect(bench.seconds { bench.run() } < 10)
    #expect(bench.outcomes[2] == "withdrawn")
    for ticket in [3, 4] { #expect(bench.outcomes[ticket]?.hasSuffix(" of a 1\(ticket)") == true) }
  }

  /// Else it would never end beside calls that are taken back all the time, as when somebody types and each word takes back
  /// the search for the one before. Transactions tell themselves apart by their `now()`.
  @Test func whatAnothersCancelEndedSharesNoTransaction() throws {
    let bench = try Bench(connections: 1)
    let moment = Query("select now()::text from pg_sleep($1::float8)")
    bench.submit((1...8).map { bench.read($0, Self.context("a"), moment($0 == 1 ? "0.5" : "0.01")) })
    bench.run { bench.pool.openConnections == 1 }
    bench.pool.cancel(8)
    #expect(bench.seconds { bench.run() } < 10)
    #expect(bench.outcomes[8] == "withdrawn" && Set(bench.outcomes.values).count == 8)
  }

  /// What is run again has its turn before what came later, in the order in which it came.
  @Test func whatIsRunAgainKeepsItsTurn() throws {
    let bench = try Bench(connections: 1)
    let moment = Query("select clock_timestamp()::text || left($1, 0) || (1 / $2::integer)::text")
    bench.submit((1...20).map { bench.read($0, Self.context("a"), moment(String($0), $0 == 1 ? "0" : "1")) })
    bench.run()
    let moments = (2...20).compactMap { bench.outcomes[$0] }
    #expect(bench.outcomes[1] == "failed 22012" && moments.count == 19)
    #expect(Array(moments[..<7]) == moments[..<7].sorted())
  }

  /// The number of a transaction and what a page asked for; a moment, so that others wait meanwhile.
  private static func page(_ text: String) -> Query {
    Query("select pg_current_xact_id()::text || '\(text)' || $1::text from pg_sleep(0.05)")
  }

  /// The transactions of pages that came at once, by the statement and the caller of each.
  private static func transactions(_ pages: [(query: Query, caller: String)], _ bench: Bench) -> [String] {
    bench.submit(
      pages.enumerated().map { bench.read($0 + 1, context($1.caller), $1.query(String($0 + 1)), .page) })
    bench.run()
    return pages.indices.map { index in
      let words = bench.outcomes[index + 1]?.split(separator: " ") ?? []
      return words.last == Substring(String(index + 1)) ? String(words[1]) : "none"
    }
  }

  /// The first has its connection to itself, since it can begin at once; those that wait go by twos, and there is room for both.
  @Test func pagesThatWaitShareTransactionsByTwos() throws {
    let one = Self.page(" of one ")
    let pages = Array(repeating: (query: one, caller: "a"), count: 9)
    let transactions = try Self.transactions(pages, Bench(connections: 1))
    #expect(transactions.count(where: { $0 == transactions[0] }) == 1)
    #expect(!transactions.contains("none") && Set(transactions).count == 5)
  }

  @Test func onlyPagesOfOneStatementAndOneCallerShareATransaction() throws {
    let (one, other) = (Self.page(" of one "), Self.page(" of another "))
    let pages = [(one, "a"), (one, "a"), (other, "a"), (one, "a"), (one, "b"), (one, "b")]
    let transactions = try Self.transactions(pages.map { (query: $0.0, caller: $0.1) }, Bench(connections: 1))
    #expect(!transactions.contains("none") && Set(transactions.prefix(5)).count == 5)
  }

  /// What one of two meets is its own.
  @Test func ofTwoPagesOneFailsAlone() throws {
    let bench = try Bench(connections: 1)
    let page = Query("select (pg_sleep(0.05)::text || $1)::integer::text")
    bench.submit((1...5).map { bench.read($0, Self.context("a"), page($0 % 2 == 0 ? "no" : String($0)), .page) })
    bench.run()
    #expect(
      bench.outcomes == [1: "answered 1", 2: "failed 22P02", 3: "answered 3", 4: "failed 22P02", 5: "answered 5"])
  }

  /// The second of two begins anew when it was the one that the first one's cancel ended.
  @Test func ofTwoPagesOneIsCancelledAlone() throws {
    let bench = try Bench(connections: 1)
    let page = Query("select pg_sleep($1::float8)::text || $2::text")
    bench.submit((1...4).map { bench.read($0, Self.context("a"), page($0 == 2 ? "30" : "0.1", String($0)), .page) })
    bench.run { bench.outcomes[1] != nil }
    bench.pool.cancel(2)
    #expect(bench.seconds { bench.run() } < 10)
    #expect(
      bench.outcomes == [1: "answered 1", 2: "withdrawn", 3: "answered 3", 4: "answered 4"])
  }

  @Test func readsAMebibyteBack() throws {
    let bench = try Bench()
    let long = Query("select $1::text || repeat('x', 1)")
    let text = String(repeating: "ä", count: 1 << 20)
    bench.submit(1, long(text), .own)
    bench.run()
    #expect(bench.outcomes[1] == "answered \(text)x")
  }
}

/// A pool and what came of its jobs.
private final class Bench {
  let database: TestDatabase
  private let courier = Courier()
  private let results = Results()
  let pool: Pool

  var outcomes: [Int: String] { results.outcomes }

  final class Results {
    var outcomes: [Int: String] = [:]
  }

  init(connections: Int = 4, conninfo: String? = nil) throws {
    database = try TestCluster.createDatabase()
    var limits = Pool.Limits()
    limits.connections = connections
    pool = Pool(conninfo: conninfo ?? database.endpoints.serve, limits: limits, courier: courier) {
      [results] ticket, outcome in
      results.outcomes[ticket] = Self.describe(outcome)
    }
  }

  private static func describe(_ outcome: consuming Outcome) -> String {
    switch consume outcome {
    case .answered(let answer):
      if let answer { "answered \(answer.text ?? "")" } else { "answered nothing" }
    case .failed(let error): "failed \(error.state)"
    case .withdrawn: "withdrawn"
    case .lost: "lost"
    case .unavailable: "unavailable"
    case .late: "late"
    }
  }

  func submit(
    _ ticket: Int, _ statement: Statement, _ lane: Job.Lane, isRead: Bool = true, patience: UInt64 = 10_000_000_000
  ) {
    pool.submit(
      [
        Job(
          ticket: ticket, segment: Segment([statement]), lane: lane, isRead: isRead, timeLimit: 60_000_000_000,
          deadline: Clock.now + patience)
      ], now: Clock.now)
  }

  func submit(_ jobs: [Job]) { pool.submit(jobs, now: Clock.now) }

  /// Jobs in flight on each connection.
  var depths: [Int] { pool.connections.map(\.pipeline.depth) }

  /// A read behind a context.
  func read(_ ticket: Int, _ context: Statement, _ statement: Statement, _ lane: Job.Lane = .point) -> Job {
    Job(
      ticket: ticket, segment: Segment([context, statement], answer: 1, hasContext: true), lane: lane, isRead: true,
      timeLimit: 60_000_000_000, deadline: .max)
  }

  func seconds(_ body: () -> Void) -> Double {
    let begin = Clock.now
    body()
    return Double(Clock.now - begin) / 1e9
  }

  /// Turns the pool until nothing is pending, or until `isDone`.
  func run(until isDone: () -> Bool = { false }) {
    while pool.pending > 0, !isDone() {
      var entries = [pollfd(fd: courier.descriptor, events: Int16(POLLIN), revents: 0)]
      pool.forEachSocket { descriptor, wantsWrite in
        let events = POLLIN | (wantsWrite ? POLLOUT : 0)
        entries.append(pollfd(fd: descriptor, events: Int16(events), revents: 0))
      }
      _ = unsafe poll(&entries, nfds_t(entries.count), 20)
      if entries[0].revents != 0 { courier.deliver() }
      for entry in entries.dropFirst() where entry.revents != 0 { pool.ready(entry.fd, now: Clock.now) }
      pool.tick(now: Clock.now)
    }
  }
}
