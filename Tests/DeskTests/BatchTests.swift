import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

/// Many writes in one call.
@Suite struct BatchTests {
  private static let customer = "51d0e440-42e1-4441-89d5-1895d975068e"
  private static let ticket = "1c170f23-4a01-48ed-80e8-e0992d5bdad1"

  private static func call(_ method: String, _ params: String) -> String {
    #"{"method":"\#(method)","params":{\#(params)}}"#
  }

  private static func run(
    _ desk: TestDesk, _ calls: [String], _ more: String = "", as person: TestDesk.Person = .agent
  ) throws -> TestDesk.Answer {
    try desk.call("batch.run", #"{"calls":[\#(calls.joined(separator: ","))]\#(more)}"#, as: person)
  }

  @Test func aHundredCallsAreOneTransactionAndTheHundredAndFirstIsTooMany() throws {
    let desk = try TestDesk.demo()
    let one = Self.call("messages.create", #""ticket_id":"\#(Self.ticket)","body":"one of many""#)
    #expect(try Self.run(desk, Array(repeating: one, count: 101)).kind == "invalid_params")
    #expect(try Self.run(desk, []).kind == "invalid_params")
    let answer = try Self.run(desk, Array(repeating: one, count: 100))
    let ids = try #require(answer.tree?["results"]?.elements).compactMap { $0["result"]?["id"]?.string }
    #expect(Set(ids).count == 100)
    let session = try desk.database.superuser()
    let written = try session.query(
      "select m.id::text, m.xmin::text from public.ticket_messages m where m.body = 'one of many' order by m.created_at"
    )
    #expect(written.map { $0[0] } == ids)
    #expect(Set(written.map { $0[1] }).count == 1)
    let spoilt = Array(repeating: one, count: 99) + [Self.call("tickets.delete", #""id":"\#(Self.ticket)""#)]
    let before = try desk.fingerprint()
    let refused = try Self.run(desk, spoilt)
    #expect(refused.kind == "forbidden" && refused.tree?["data"]?["call"]?.integer == 99)
    #expect(try desk.fingerprint() == before)
  }

  /// What is wrong with a call, the kind of the error, and where it points.
  private static let faults: [(call: String, kind: String, path: String)] = [
    (call("tickets.get", #""id":"\#(ticket)""#), "invalid_params", "/calls/1/method"),
    (call("session.close", ""), "invalid_params", "/calls/1/method"),
    (call("system.ping", ""), "invalid_params", "/calls/1/method"),
    (call("batch.run", #""calls":[]"#), "invalid_params", "/calls/1/method"),
    (call("clerk.webhook", ""), "invalid_params", "/calls/1/method"),
    (call("no.such", ""), "method_not_found", "/calls/1/method"),
    (call("macros.apply", #""id":"\#(ticket)","ticket_id":"\#(ticket)""#), "invalid_params", "/calls/1/method"),
    (call("fields.delete", #""id":"\#(ticket)""#), "forbidden", "/calls/1/method"),
    (call("tickets.update", ""), "invalid_params", "/calls/1/params/id"),
    (call("tickets.update", #""id":"\#(ticket)","x":1"#), "invalid_params", "/calls/1/params/x"),
    (call("tickets.update", #""id":"\#(ticket)","session":"x""#), "invalid_params", "/calls/1/params/session"),
    (call("tickets.update", #""id":"\#(ticket)","dry_run":true"#), "invalid_params", "/calls/1/params/dry_run"),
    (call("tickets.create", #""subject":"x""#), "invalid_params", "/calls/1/params/customer_id"),
    (call("tickets.update", #""id":{"$result":0}"#), "invalid_params", "/calls/1/params/id"),
    (call("tickets.update", #""id":{"$result":1}"#), "invalid_params", "/calls/1/params/id"),
    (call("tickets.update", #""id":"\#(customer)""#), "not_found", "/calls/1/params/id"),
    (
      call("tickets.update", #""id":"\#(ticket)","expected_version":1000"#), "conflict",
      "/calls/1/params/expected_version"
    ),
    (
      call("messages.create", #""ticket_id":"\#(ticket)","body":"b","as":"customer","is_internal":true"#),
      "invalid_params", "/calls/1/params/is_internal"
    ),
    (#"{"method":"tickets.update","params":[]}"#, "invalid_params", "/calls/1/params"),
    (#"{"params":{}}"#, "invalid_params", "/calls/1/method"),
    (#"{"method":"tickets.update","id":1}"#, "invalid_params", "/calls/1/id"),
    ("7", "invalid_params", "/calls/1"),
  ]

  @Test(arguments: faults) func namesTheCallThatFailedAndDoesNothing(
    _ fault: (call: String, kind: String, path: String)
  ) throws {
    let desk = try TestDesk.demo()
    let before = try desk.fingerprint()
    let good = Self.call("agents.set_status", #""status":"away""#)
    let answer = try Self.run(desk, [good, fault.call])
    #expect(answer.kind == fault.kind)
    #expect(answer.tree?["data"]?["path"]?.string == fault.path, "\(answer.json)")
    #expect(try desk.fingerprint() == before)
    if fault.kind == "conflict" {
      #expect(answer.tree?["data"]?["details"]?["current"]?["id"]?.string == Self.ticket)
    }
  }

  @Test func keepsTheBytesOfRawMembersOfEachCall() throws {
    let desk = try TestDesk.demo()
    let numbers = ["1.50", "1e2", "1.23456789012345678901"]
    let calls = numbers.map {
      Self.call("tickets.create", #""subject":"raw","customer_id":"\#(Self.customer)","metadata":{"n":\#($0)}"#)
    }
    let update = Self.call("tickets.update", #""id":{"$result":1},"metadata":{"n":1.250}"#)
    let answer = try Self.run(desk, calls + [update])
    #expect(answer.kind == nil, "\(answer.json)")
    let kept = try desk.database.superuser().query(
      "select t.metadata ->> 'n' from public.tickets t where t.subject = 'raw'")
    #expect(Set(kept.compactMap { $0[0] }) == ["1.50", "1.250", numbers[2]])
  }

  @Test func refersToWhatEarlierCallsCreate() throws {
    let desk = try TestDesk.demo()
    let answer = try Self.run(
      desk,
      [
        Self.call("customers.create", #""name":"Ann","fields":{"plan":"plus"}"#),
        Self.call("tickets.create", #""subject":"s","customer_id":{"$result":0},"assigned_to":"me""#),
        Self.call("messages.create", #""ticket_id":{"$result":1},"body":"b","as":"customer""#),
        Self.call("messages.create", #""ticket_id":{"$result":1},"body":"c","seen_message_id":{"$result":2}"#),
      ])
    let results = try #require(answer.tree?["results"]?.elements).map { $0["result"] }
    #expect(results[1]?["customer_id"] == results[0]?["id"])
    #expect(results[2]?["sender"]?["id"] == results[0]?["id"])
    #expect(results[3]?["ticket_id"] == results[1]?["id"])
  }

  /// What moved the version since is the batch's own; what others did is noticed all the same.
  @Test func aVersionThatHeldWhenItBeganHoldsForAllCallsOfIt() throws {
    let desk = try TestDesk.demo()
    let before = try #require(try Self.version(desk))
    func calls(_ versions: Int?...) -> [String] {
      versions.enumerated().map { index, version in
        let expected = version.map { #","expected_version":\#($0)"# } ?? ""
        return Self.call("tickets.update", #""id":"\#(Self.ticket)","subject":"Subject \#(index)"\#(expected)"#)
      }
    }
    #expect(try Self.run(desk, calls(before, before, nil, before)).kind == nil)
    #expect(try Self.version(desk) == before + 4)
    #expect(try Self.run(desk, calls(before)).kind == "conflict")
    #expect(try Self.run(desk, calls(nil, before)).kind == "conflict")
    #expect(try Self.run(desk, calls(before + 4, before)).kind == "conflict")
    // Nor is it wrong to count along.
    #expect(try Self.run(desk, calls(before + 4, before + 5, before + 6)).kind == nil)
    #expect(
      try Self.run(
        desk,
        [
          Self.call("tickets.delete", #""id":"\#(Self.ticket)","expected_version":\#(before + 7)"#),
          Self.call("tickets.update", #""id":"\#(Self.ticket)","subject":"s","expected_version":\#(before + 7)"#),
        ], as: .admin
      ).kind == "not_found")
  }

  private static func version(_ desk: TestDesk) throws -> Int? {
    try desk.call("tickets.get", #"{"id":"\#(ticket)"}"#, as: .agent).tree?["version"]?.integer
  }

  @Test func oneKeyIsForAllOfIt() throws {
    let desk = try TestDesk.demo()
    let calls = (0..<3).map { Self.call("customers.create", #""name":"C \#($0)","fields":{"plan":"plus"}"#) }
    let first = try Self.run(desk, calls, #","idempotency_key":"k""#)
    let after = try desk.fingerprint()
    #expect(try Self.run(desk, calls, #","idempotency_key":"k""#) == first)
    #expect(try Self.run(desk, calls.reversed(), #","idempotency_key":"k""#).kind == "idempotency_mismatch")
    let raw = calls.dropLast() + [Self.call("customers.create", #""name":"C 2","fields":{"plan":"none"}"#)]
    #expect(try Self.run(desk, Array(raw), #","idempotency_key":"k""#).kind == "idempotency_mismatch")
    #expect(try desk.fingerprint() == after)
  }

  @Test func eachCallStandsByItself() throws {
    let desk = try TestDesk.demo()
    let create = #""name":"Ann","fields":{"plan":"plus"}"#
    let calls = [
      Self.call("customers.create", create + #","idempotency_key":"a""#),
      Self.call("customers.create", create + #","idempotency_key":"a""#),
      Self.call("customers.create", create + #","dry_run":true"#),
      Self.call("tickets.get", #""id":"\#(Self.ticket)""#),
      Self.call("tickets.update", #""id":"\#(Self.ticket)","x":1"#),
      Self.call("macros.apply", #""id":"\#(Self.ticket)","ticket_id":"\#(Self.ticket)""#),
      Self.call("macros.create", #""title":"T","body":"{{no}}""#),
      Self.call("macros.create", #""title":"T","body":"{{ticket.subject}}""#),
      Self.call("customers.create", #""idempotency_key":"a","name":"Bob","fields":{"plan":"plus"}"#),
    ]
    let answer = try Self.run(desk, calls, #","mode":"each""#)
    let results = try #require(answer.tree?["results"]?.elements)
    #expect(results.count == 9)
    // Of the three with one key, one is the first; the one for somebody else is refused or is that first one.
    let named = [0, 1, 8].map { results[$0] }
    let ids = Set(named.compactMap { $0["result"]?["id"]?.string })
    #expect(ids.count == 1)
    for one in named where one["result"] == nil {
      #expect(one["error"]?["data"]?["kind"]?.string == "idempotency_mismatch")
    }
    #expect(results[2]["result"] != nil && results[7]["result"]?["title"]?.string == "T")
    let errors = [3, 4, 5, 6].map { results[$0]["error"]?["data"] }
    #expect(errors.map { $0?["kind"]?.string } == ["invalid_params", "invalid_params", "not_found", "template_error"])
    #expect(
      errors.map { $0?["path"]?.string } == [
        "/calls/3/method", "/calls/4/params/x", "/calls/5/params/id", "/calls/6/params/body",
      ])
    #expect(errors.map { $0?["call"]?.integer } == [3, 4, 5, 6])
    let count = "select count(*) from public.customers c where c.name in ('Ann', 'Bob')"
    #expect(try desk.database.superuser().value(count) == "1")
    for own in [#""idempotency_key":"x""#, #""dry_run":true"#] {
      #expect(try Self.run(desk, Array(calls.prefix(1)), #","mode":"each",\#(own)"#).kind == "invalid_params")
    }
  }

  /// A batch is one call among others: of a line that is a batch of JSON-RPC, and one that can be cancelled.
  @Test func isOneCallOfALine() throws {
    let desk = try TestDesk.demo()
    let session = try desk.session(.agent)
    let call = Self.call("agents.set_status", #""status":"away""#)
    let requests = ["all", "each"].enumerated().map { index, mode in
      #"""
      {"jsonrpc":"2.0","id":\#(index),"method":"batch.run","params":{"session":"\#(session)","mode":"\#(mode)",\#
      "calls":[\#(call),\#(call)]}}
      """#
    }
    let line = "[\(requests.joined(separator: ",")),{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"system.ping\"}]"
    let lines = desk.send(line)
    #expect(lines.count == 1)
    #expect(JSONTree(lines[0])?.elements?.count == 3)
    #expect(JSONTree(lines[0])?.elements?.allSatisfy { $0["result"] != nil } == true)
    let notification = requests[1].replacing(#""id":1,"#, with: "")
    #expect(desk.send(notification) == [])
  }

  /// Two batches that change the same tickets the other way round never wait for each other.
  @Test func batchesCannotDeadlock() throws {
    let desk = try TestDesk.demo()
    let session = try desk.session(.agent)
    let tickets = try desk.walk("tickets.list", "", limit: 10, atMost: 10)
    #expect(tickets.count == 10)
    let deadlocks = "select sum(d.deadlocks)::text from pg_stat_database d where d.datname = current_database()"
    let lines = (0..<40).map { round in
      let ids = round.isMultiple(of: 2) ? tickets : tickets.reversed()
      let calls = ids.map { Self.call("tickets.update", #""id":"\#($0)","subject":"Round \#(round)""#) }
      return #"""
        {"jsonrpc":"2.0","id":\#(round),"method":"batch.run","params":{"session":"\#(session)",\#
        "calls":[\#(calls.joined(separator: ","))]}}
        """#
    }
    let answers = desk.send(lines, until: .max)
    #expect(answers.count == 40 && answers.allSatisfy { $0.contains(#""result":"#) })
    #expect(try desk.database.superuser().value(deadlocks) == "0")
    let subjects = "select count(distinct t.subject) from public.tickets t where t.subject like 'Round %'"
    #expect(try desk.database.superuser().value(subjects) == "1")
  }

  /// Of a batch that is taken back while its calls wait, every one says which it was.
  @Test func cancelledCallsSayWhichTheyWere() throws {
    let desk = try TestDesk.demo()
    let session = try desk.session(.agent)
    let call = Self.call("tickets.update", #""id":"\#(Self.ticket)","subject":"s""#)
    let request = #"""
      {"jsonrpc":"2.0","id":7,"method":"batch.run","params":{"session":"\#(session)","mode":"each",\#
      "calls":[\#(call),\#(call)]}}
      """#
    let blocker = try desk.database.superuser()
    try blocker.run("begin; lock table public.tickets in share mode")
    let lines = desk.send([request, #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":7}}"#], until: .max)
    try blocker.run("rollback")
    #expect(lines.count == 1)
    let results = try #require(JSONTree(lines[0])?["result"]?["results"]?.elements)
    let errors = results.map { $0["error"]?["data"] }
    #expect(errors.map { $0?["kind"]?.string } == ["cancelled", "cancelled"])
    #expect(errors.map { $0?["call"]?.integer } == [0, 1])
  }

  /// A message is locked as its ticket: two batches that change each other's, one by the ticket and one by its message.
  @Test func batchesOfMessagesCannotDeadlock() throws {
    let desk = try TestDesk.demo()
    let session = try desk.session(.admin)
    let found = try desk.database.superuser().query(
      """
      select distinct on (m.ticket_id) m.ticket_id::text, m.id::text
        from public.ticket_messages m join public.organizations o on o.id = m.organization_id
       where o.clerk_id = $1 and m.sender_type <> 'system'
       order by m.ticket_id, m.id
       limit 2
      """, [DemoDesk.organization]
    ).map { $0.compactMap { $0 } }
    #expect(found.count == 2)
    let lines = (0..<40).map { round in
      let (one, other) = (found[round % 2], found[(round + 1) % 2])
      let calls = [
        Self.call("tickets.update", #""id":"\#(one[0])","subject":"Round \#(round)""#),
        Self.call("messages.delete", #""id":"\#(other[1])""#), Self.call("messages.restore", #""id":"\#(other[1])""#),
      ]
      return #"""
        {"jsonrpc":"2.0","id":\#(round),"method":"batch.run","params":{"session":"\#(session)",\#
        "calls":[\#(calls.joined(separator: ","))]}}
        """#
    }
    let answers = desk.send(lines, until: .max)
    #expect(answers.count == 40)
    for answer in answers { #expect(answer.contains(#""result":"#), "\(answer)") }
    let deadlocks = "select d.deadlocks::text from pg_stat_database d where d.datname = current_database()"
    #expect(try desk.database.superuser().value(deadlocks) == "0")
  }
}
