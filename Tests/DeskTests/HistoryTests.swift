import Foundation
import Postgres
import TestSupport
import Testing

@testable import Desk

/// The history: every change leaves its record, and the records come to what is there.
@Suite struct HistoryTests {
  /// Whatever the examples of a method that writes did is in the history, with the method and who called it; and the
  /// history, replayed from the first record, is the present state of every table. Who looks at a ticket is in none.
  @Test(arguments: Methods.all.filter(\.writes).map(\.name)) func recordsWhatAMethodDoes(_ method: String) throws {
    let desk = try TestDesk.demo()
    let owner = try desk.database.superuser()
    try owner.run(Replay.function)
    var count = 0
    for example in Example.all where example.method == method {
      for step in example.before { _ = try desk.call(step.method, step.params, as: example.person) }
      let before = try owner.value("select coalesce(max(seq), 0)::text from desk.audit_records")
      guard case .result = try desk.call(method, example.params, as: example.person) else { continue }
      let found = try owner.query(
        """
        select method, actor_type = case when agent_id is null then 'agent' else 'customer' end,
               requested_at is not null,
               coalesce(agent_id, actor_id) = (select id from agent_profiles where clerk_user_id = $2 limit 1)
          from desk.audit_records where seq > $1::bigint
        """, [before, example.person?.subject])
      // What a batch did is told of the call in it.
      let isBatch = method == "batch.run"
      for row in found {
        let name = isBatch ? row[0].flatMap { Methods.byName[$0] }.flatMap { $0.writes ? $0.name : nil } : method
        #expect(row == [name, "t", "t", "t"], "\(example.testDescription)")
      }
      count += found.count
    }
    #expect((count > 0) == (method != TicketsViewing.name))
    #expect(try owner.query("select difference from pg_temp.replay()").map { $0[0] } == [])
  }

  @Test func theReplayNoticesWhatTheHistoryDoesNotTell() throws {
    let owner = try TestCluster.createDemoDatabase().superuser()
    try owner.run(Replay.function)
    for change in [
      "update tickets set subject = 'x'", "delete from macros", "update customer_field_values set value = 'x'",
      "insert into customers (organization_id, name) select id, 'x' from organizations",
    ] {
      try owner.run("begin; set local session_replication_role = replica; \(change)")
      #expect(try !owner.query("select difference from pg_temp.replay()").isEmpty, "\(change)")
      try owner.run("rollback")
    }
  }

  @Test func tellsWhatComesFromClerkOfTheSystem() throws {
    let desk = try TestDesk.demo()
    for example in Example.all where example.method == "clerk.webhook" {
      _ = try desk.call(example.method, example.params)
    }
    let rows = try desk.database.superuser().query(
      "select distinct actor_type, actor_id from desk.audit_records where method = 'clerk.webhook'")
    #expect(rows == [["system", nil]])
  }

  /// Whatever else the transaction does is the agent's who brought it.
  @Test func tellsWhatACustomerSaidOfTheCustomer() throws {
    let desk = try TestDesk.demo()
    let one = try desk.call("customers.list", #"{"limit":1}"#, as: .agent).tree?["items"]?[0]
    let customer = try #require(one?["id"]?.string)
    let calls = #"""
      [{"method":"tickets.create","params":{"customer_id":"\#(customer)","subject":"Bell","message":{"body":"a","as":"customer"}}},
       {"method":"messages.create","params":{"ticket_id":{"$result":0},"body":"b","as":"customer"}},
       {"method":"messages.create","params":{"ticket_id":{"$result":0},"body":"c"}},
       {"method":"tickets.update","params":{"id":{"$result":0},"priority":"high"}}]
      """#.replacing("\n", with: "")
    let answer = try desk.call("batch.run", "{\"calls\":\(calls)}", as: .agent)
    let ticket = try #require(answer.tree?["results"]?[0]?["result"]?["id"]?.string, "\(answer)")
    let history = try desk.call("tickets.history", #"{"id":"\#(ticket)","descending":false}"#, as: .agent)
    let actors = (history.tree?["items"]?.elements ?? []).map { $0["actor"]?["type"]?.string ?? "" }
    #expect(
      actors == ["agent", "customer", "customer", "customer", "customer", "agent", "agent", "agent"], "\(history.json)")
    let agent = try #require(try desk.call("session.whoami", as: .agent).tree?["agent"]?["id"]?.string)
    for (filter, count) in [(#""agent_id":"\#(agent)""#, 4), (#""actor_id":"\#(customer)""#, 4)] {
      let list = try desk.call("audit.list", "{\(filter),\"ticket_id\":\"\(ticket)\"}", as: .admin)
      let said = list.tree?["items"]?.elements ?? []
      #expect(said.map { $0["actor"]?["agent_id"]?.string } == Array(repeating: agent, count: count), "\(list.json)")
      #expect(said.allSatisfy { $0["actor"]?["name"] == one?["name"] })
    }
  }

  @Test func pagesThroughATicketsHistory() throws {
    let desk = try TestDesk.demo()
    let ticket = try Self.ticket(desk)
    for number in 1...7 {
      _ = try desk.call("tickets.update", #"{"id":"\#(ticket)","subject":"Subject \#(number)"}"#, as: .agent)
    }
    let all = try #require(try desk.call("tickets.history", #"{"id":"\#(ticket)","limit":100}"#, as: .agent).tree)
    let expected = (all["items"]?.elements ?? []).compactMap { $0["seq"]?.integer }
    #expect(expected.count > 8 && expected == expected.sorted(by: >))
    var seen: [Int] = []
    var cursor = ""
    repeat {
      let page = try desk.call("tickets.history", #"{"id":"\#(ticket)","limit":2\#(cursor)}"#, as: .agent).tree
      seen += (page?["items"]?.elements ?? []).compactMap { $0["seq"]?.integer }
      cursor = page?["next_cursor"]?.string.map { #","cursor":"\#($0)""# } ?? ""
    } while !cursor.isEmpty
    #expect(seen == expected)
    // The audit list, by each of its filters, finds the same changes.
    for filter in [
      #""method":"tickets.update""#, #""object_id":"\#(ticket)","method":"tickets.update""#,
      #""ticket_id":"\#(ticket)","method":"tickets.update""#,
    ] {
      let list = try #require(try desk.call("audit.list", "{\(filter),\"limit\":3}", as: .admin).tree)
      let subjects = (list["items"]?.elements ?? []).map { $0["changes"]?["subject"]?["to"]?.string }
      #expect(subjects == ["Subject 7", "Subject 6", "Subject 5"], "\(filter)")
    }
    #expect(try desk.call("audit.list", as: .agent).kind == "forbidden")
    let stranger = try #require(try desk.call("audit.list", #"{"ticket_id":"\#(ticket)"}"#, as: .stranger).tree)
    #expect(stranger["items"]?.elements?.isEmpty == true)
    #expect(try desk.call("tickets.history", #"{"id":"\#(ticket)"}"#, as: .stranger).kind == "not_found")
  }

  /// What tickets.get said at each step, tickets.at says of that instant, and tickets.diff of that version.
  @Test func showsATicketAsItWas() throws {
    let desk = try TestDesk.demo()
    let ticket = try Self.ticket(desk)
    var past: [JSONTree] = []
    for change in [
      ("tickets.update", #""subject":"First","metadata":{"a":null}"#), ("tickets.set_status", #""status":"pending""#),
      ("tickets.assign", #""assigned_to":"me""#), ("tickets.assign", #""assigned_to":null"#),
    ] {
      _ = try desk.call(change.0, "{\"id\":\"\(ticket)\",\(change.1)}", as: .agent)
      past.append(try #require(try desk.call("tickets.get", "{\"id\":\"\(ticket)\"}", as: .agent).tree))
    }
    _ = try desk.call("messages.create", #"{"ticket_id":"\#(ticket)","body":"The last word"}"#, as: .agent)
    for then in past {
      let time = try #require(then["updated_at"]?.string)
      let version = try #require(then["version"]?.integer)
      let at = try #require(try desk.call("tickets.at", #"{"id":"\#(ticket)","time":"\#(time)"}"#, as: .agent).tree)
      #expect(at["version"] == then["version"] && at["message_count"] == then["message_count"])
      #expect(at["last_message"]?["body"] == then["last_message"]?["body"])
      for (name, value) in at["ticket"]?.members ?? [:] { #expect(then[name] == value || value == .null, "\(name)") }
      for name in ["subject", "status", "priority", "metadata", "assigned_to"] {
        #expect(then[name] == at["ticket"]?[name] ?? .null, "\(name)")
      }
      let diff = try #require(
        try desk.call("tickets.diff", #"{"id":"\#(ticket)","from":\#(version)}"#, as: .agent).tree)
      let now = try #require(try desk.call("tickets.get", "{\"id\":\"\(ticket)\"}", as: .agent).tree)
      for name in ["subject", "status", "assigned_to"] {
        let change = diff["changes"]?[name]
        #expect(change?["from"] ?? now[name] == then[name] && change?["to"] ?? now[name] == now[name], "\(name)")
      }
    }
    let statuses = try #require(
      try desk.call("tickets.history", #"{"id":"\#(ticket)","only_status":true,"descending":false}"#, as: .agent).tree)
    let ended = (statuses["items"]?.elements ?? []).last?["ended"]
    #expect(ended?["status"]?.string == "open" && (ended?["seconds"]?.integer ?? 0) > 60)
  }

  /// What is sealed is found whole, and a change behind the desk's back is not.
  @Test func verifiesWhatMaintenanceHasSealed() throws {
    let desk = try TestDesk.demo()
    // Older than whatever else runs in the cluster, which would not be sealed.
    try desk.database.superuser().run("update desk.audit_records set xid = '10'")
    let maintenance = try Session(desk.database.endpoints.maintain)
    var sealed = 0
    while let count = Int(try maintenance.value("select desk.seal_audit(700)::text") ?? ""), count > 0 {
      sealed += count
    }
    #expect(sealed > 1_000)
    var from = 1
    var records = 0
    var last = JSONTree.null
    repeat {
      let part = try #require(try desk.call("audit.verify", "{\"from\":\(from),\"limit\":1}", as: .admin).tree)
      #expect(part["problems"]?.elements?.isEmpty == true && part["unsealed"]?.integer == 0)
      records += part["records"]?.integer ?? 0
      last = part["last"] ?? .null
      from = part["next"]?.integer ?? 0
    } while from > 0
    #expect(records > 700 && records < sealed)
    try desk.database.superuser().run(
      "update desk.audit_records set new_values = '{\"body\": \"x\"}' where object_kind = 'message' and seq % 100 = 0")
    let found = try #require(try desk.call("audit.verify", "{\"known\":\(last.json)}", as: .admin).tree)
    #expect(found["problems"]?[0]?["kind"]?.string == "record_changed")
    try desk.database.superuser().run("delete from desk.audit_seals where number > 1")
    let cut = try #require(try desk.call("audit.verify", "{\"known\":\(last.json)}", as: .admin).tree)
    #expect(cut["problems"]?[0]?["kind"]?.string == "seal_missing")
  }

  /// An open ticket of the demo.
  private static func ticket(_ desk: TestDesk) throws -> String {
    let list = try desk.call(
      "tickets.list", #"{"status":"open","limit":1,"sort":"creation","descending":false}"#, as: .agent)
    return try #require(list.tree?["items"]?[0]?["id"]?.string)
  }
}

extension AnyMethod {
  /// Whether it changes what belongs to an organization.
  fileprivate var writes: Bool { (access == .write || access == .admin) && effect != .read }
}
