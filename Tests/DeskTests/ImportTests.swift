import Dispatch
import Glibc
import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

/// Parts of imports that meet: each other, other writes, and their own repetition.
@Suite struct ImportTests {
  private static func line(_ id: Int, _ session: String, _ rows: String, _ more: String = "") -> String {
    let params = #"{"session":"\#(session)","rows":[\#(rows)]\#(more)}"#
    return #"{"jsonrpc":"2.0","id":\#(id),"method":"customers.import","params":\#(params)}"#
  }

  private static func row(_ number: Int, _ name: String) -> String {
    #"{"email":"C\#(number)@import.example","name":"\#(name)","fields":{"plan":"basic"}}"#
  }

  /// Four parts begin before one has ended, each with the same addresses in another order, and with one of its own.
  @Test func takesPartsAtOnceWithoutLosingARow() throws {
    let desk = try TestDesk.demo()
    let session = try desk.session(.agent)
    let orders = [Array(1...200), Array((1...200).reversed()), Array(1...200).shuffled(), Array(1...200).shuffled()]
    let lines = orders.enumerated().map { part, numbers in
      Self.line(
        part, session, (numbers + [1_000 + part]).map { Self.row($0, "Part \(part)") }.joined(separator: ","))
    }
    let results = desk.send(lines, until: .max).compactMap { JSONTree($0)?["result"] }
    #expect(results.count == 4 && results.allSatisfy { $0["failed"]?.integer == 0 })
    #expect(results.compactMap { $0["created"]?.integer }.reduce(0, +) == 204)
    let query =
      "select count(*), count(distinct name) from customers where email like '%@import.example' and email not like 'c100_@%'"
    let row = try #require(try desk.database.superuser().query(query).first)
    #expect(row[0] == "200")
    // Whoever came last changed all of them.
    #expect(row[1] == "1")
  }

  /// Two rows of a turn turn out to be of one customer, whom somebody made, and committed, while the turn before waited.
  @Test func takesTheRowsOfACustomerWhoWasMadeMeanwhileInTheirOrder() throws {
    let desk = try TestDesk.demo()
    let session = try desk.session(.agent)
    let other = try desk.database.superuser()
    try other.run(
      """
      begin;
      insert into customers (organization_id, name, email)
      select (select organization_id from customers limit 1), 'Meanwhile', 'c' || n || '@import.example'
        from generate_series(1, 3, 2) as n;
      insert into desk.customer_identities (organization_id, kind, value, customer_id)
      select organization_id, 'email', 'c2@import.example', id from customers where email = 'c1@import.example'
      """)
    let watcher = try desk.database.superuser()
    // Both sessions are the queue's until the call below has its answer.
    nonisolated(unsafe) let (committing, watching) = (other, watcher)
    DispatchQueue.global().async {
      let waiting =
        "select 1 from pg_stat_activity a where a.datname = current_database() and a.wait_event_type = 'Lock' limit 1"
      for _ in 0..<100_000 {
        if unsafe ((try? watching.value(waiting)) ?? nil) != nil { break }
      }
      unsafe try? committing.run("commit")
    }
    // Too many for a customer, so that the next row of the address is the first that makes one.
    let crowd = (1...51).map { #"{"kind":"external_id","value":"import-\#($0)"}"# }.joined(separator: ",")
    let rows = [1, 2].flatMap {
      [#"{"email":"c\#($0)@import.example","identities":[\#(crowd.replacing("import-", with: "import-\($0)-"))]}"#]
        + [Self.row($0, "Row \($0)")]
    }
    let lines = desk.send(Self.line(1, session, (rows + [Self.row(3, "Row 3")]).joined(separator: ",")))
    let result = try #require(lines.first.flatMap { JSONTree($0)?["result"] }, "\(lines)")
    let refused = result["errors"]?.elements?.compactMap { $0["path"]?.string }
    #expect(refused == ["/rows/0/identities", "/rows/2/identities"])
    #expect(["created", "updated"].map { result[$0]?.integer } == [0, 3])
    #expect(try watcher.value("select name from customers where email = 'c1@import.example'") == "Row 2")
  }

  @Test(arguments: ["", #",{"name":"\u0000","fields":{"plan":"basic"}}"#]) func aPartIsTakenOnce(_ rubbish: String)
    throws
  {
    let desk = try TestDesk.demo()
    let session = try desk.session(.agent)
    let rows = #"{"name":"Nobody's address","fields":{"plan":"basic"}}"# + rubbish
    let key = #","idempotency_key":"import/1""#
    let first = desk.send(Self.line(1, session, rows, key))
    #expect(first.first?.contains(#""created": 1"#) == true, "\(first)")
    #expect(desk.send(Self.line(1, session, rows, key)) == first)
    #expect(desk.send(Self.line(1, session, rows + ",1", key)).first?.contains("idempotency_mismatch") == true)
    let count = "select count(*) from customers where name = 'Nobody''s address'"
    #expect(try desk.database.superuser().value(count) == "1")
  }

  /// In a desk that is being filled the tables are larger than any plan was made for: each row still looks at no more than
  /// a few others.
  @Test func looksAtFewRowsInADeskThatIsBeingFilled() throws {
    let desk = try TestDesk.demo()
    let superuser = try desk.database.superuser()
    for table in ["customers", "customer_field_values"] {
      try superuser.run("alter table public.\(table) set (autovacuum_enabled = off)")
    }
    try superuser.run("analyze public.customers; analyze public.customer_field_values")
    let before = try superuser.value("select count(*) from customers").flatMap { Int($0) } ?? 0
    let made = "select n_live_tup from pg_stat_user_tables where relname = 'customers'"
    #expect(try superuser.value(made) == "\(before)")
    let read =
      "select sum(idx_tup_read + seq) from (select sum(idx_tup_read) as idx_tup_read, 0 as seq from"
      + " pg_stat_user_indexes where relname = 'customers' union all select 0, seq_tup_read from pg_stat_user_tables"
      + " where relname = 'customers') as s"
    let parts = 0..<4
    for part in parts {
      let rows = (1...1_000).map { Self.row(10_000 * (part + 1) + $0, "Filled") }.joined(separator: ",")
      let answer = try desk.call("customers.import", #"{"rows":[\#(rows)]}"#, as: .agent)
      #expect(answer.tree?["created"]?.integer == 1_000, "\(answer)")
    }
    // What a part did is told when its connection has been idle for a while, the rows that it made and looked at together.
    let end = ContinuousClock.now + .seconds(30)
    var told = 0
    while told < before + 4_000, ContinuousClock.now < end {
      poll(nil, 0, 200)
      told = try superuser.value(made).flatMap { Int($0) } ?? 0
    }
    #expect(told == before + 4_000)
    let count = try superuser.value(read).flatMap { Int($0) } ?? 0
    #expect((4_000..<100_000).contains(count), "\(count) rows were looked at")
  }

  @Test func refusesTooManyRows() throws {
    let desk = try TestDesk.demo()
    let rows = Array(repeating: "1", count: 5_001).joined(separator: ",")
    let answer = try desk.call("customers.import", #"{"rows":[\#(rows)]}"#, as: .agent)
    #expect(answer.kind == "invalid" && answer.tree?["data"]?["path"]?.string == "/rows")
    let long = String(repeating: "x", count: 4_194_304)
    #expect(try desk.call("customers.import", #"{"rows":["\#(long)"]}"#, as: .agent).kind == "invalid_params")
  }

  @Test func goesIntoBatches() throws {
    let desk = try TestDesk.demo()
    let calls = (1...3).map {
      #"{"method":"customers.import","params":{"rows":[\#(Self.row($0, "B")),{"name":"\u0000"}]}}"#
    }
    let answer = try desk.call("batch.run", #"{"calls":[\#(calls.joined(separator: ","))]}"#, as: .agent)
    let results = try #require(answer.tree?["results"]?.elements)
    #expect(results.compactMap { $0["result"]?["created"]?.integer } == [1, 1, 1])
    #expect(results.compactMap { $0["result"]?["failed"]?.integer } == [1, 1, 1])
  }
}
