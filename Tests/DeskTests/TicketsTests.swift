import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

@Suite struct TicketsTests {
  private static let unassigned = "1c170f23-4a01-48ed-80e8-e0992d5bdad1"

  @Test func createsCustomerTicketAndMessageOrNothing() throws {
    let desk = try TestDesk.demo()
    let before = try desk.fingerprint()
    let customer = #""customer":{"email":"NEW@example.org","fields":{"plan":"basic"}}"#
    let refused: [(params: String, kind: String, path: String)] = [
      (#"\#(customer),"assigned_to":"\#(UUIDv7.make())""#, "invalid", "/assigned_to"),
      (
        #"\#(customer),"message":{"body":"a","email_message_id":"<caa3db68-cb15-4cec-88ed-40d711d6c79f@moorland.example>"}"#,
        "already_exists", "/message/email_message_id"
      ),
      (#""customer":{"email":"new@example.org"}"#, "invalid", "/customer/fields/plan"),
      (#""customer":{"email":"new@example.org","fields":{"plan":"gold"}}"#, "invalid", "/customer/fields/plan"),
      (#""customer":{"email":"new@example.org","fields":{"a/b":1}}"#, "invalid", "/customer/fields/a~1b"),
      (#""customer":{"email":"new example.org"}"#, "invalid_params", "/customer/email"),
      (#"\#(customer),"message":{"body":""}"#, "invalid_params", "/message/body"),
      (
        #"\#(customer),"message":{"body":"a","as":"customer","is_internal":true}"#, "invalid_params",
        "/message/is_internal"
      ),
      (#"\#(customer),"customer_id":"\#(UUIDv7.make())""#, "invalid_params", "/customer_id"),
      (#""customer_id":"\#(UUIDv7.make())""#, "not_found", "/customer_id"), ("", "invalid_params", "/customer_id"),
    ]
    for (params, kind, path) in refused {
      let answer = try desk.call(
        "tickets.create", #"{"subject":"s"\#(params.isEmpty ? "" : ",")\#(params)}"#, as: .agent)
      #expect(answer.kind == kind, "\(params): \(answer)")
      #expect(answer.tree?["data"]?["path"]?.string == path, "\(params): \(answer)")
    }
    #expect(try desk.fingerprint() == before)

    let made = try desk.call("tickets.create", #"{"subject":"s",\#(customer),"message":{"body":"a"}}"#, as: .agent)
    #expect(made.tree?["customer"]?["name"]?.string == "new@example.org")
    #expect(made.tree?["message_count"]?.integer == 1)
    #expect(made.tree?["first_reply_at"]?.string != nil)
  }

  @Test func leavesACustomerWhoIsHereAsTheyAre() throws {
    let desk = try TestDesk.demo()
    let customers = "select md5(string_agg(c::text, ',' order by c.id)) from public.customers c"
    let before = try desk.database.superuser().value(customers)
    let made = try desk.call(
      "tickets.create",
      #"{"subject":"s","customer":{"email":"George.Ashworth@example.org","name":"Somebody","fields":{"plan":"plus"}}}"#,
      as: .agent)
    #expect(made.tree?["customer"]?["name"]?.string == "George Ashworth")
    #expect(try desk.database.superuser().value(customers) == before)
  }

  @Test func makesOneCustomerOfTwoCallsAtOnce() throws {
    let desk = try TestDesk.demo()
    let call = #"""
      {"jsonrpc":"2.0","id":1,"method":"tickets.create","params":{"session":"\#(try desk.session(.agent))",\#
      "subject":"s","customer":{"email":"new@example.org","fields":{"plan":"none"}}}}
      """#
    let answers = desk.send(call, call, call).map { JSONTree($0)?["result"]?["customer_id"]?.string }
    #expect(answers.count == 3 && Set(answers).count == 1 && answers[0] != nil)
  }

  /// The status that a call names holds, whatever its message would do.
  @Test(arguments: [
    (#""status":"closed""#, "customer", "closed"), (#""status":"pending""#, "agent", "pending"),
    ("", "customer", "open"),
    (#""status":"open""#, "system", "open"),
  ]) func createsInTheStatusNamed(_ status: String, _ sender: String, _ expected: String) throws {
    let desk = try TestDesk.demo()
    let made = try desk.call(
      "tickets.create",
      #"""
      {"subject":"s","customer":{"email":"george.ashworth@example.org"},\#(status)\#(status.isEmpty ? "" : ",")\#
      "message":{"body":"b","as":"\#(sender)"}}
      """#, as: .agent)
    #expect(made.tree?["status"]?.string == expected)
  }

  @Test func givesAClaimedTicketToOneOfMany() throws {
    let desk = try TestDesk.demo()
    let calls = try [TestDesk.Person.agent, .admin, .agent, .admin].enumerated().map { index, person in
      #"""
      {"jsonrpc":"2.0","id":\#(index),"method":"tickets.assign","params":{"session":"\#(try desk.session(person))",\#
      "id":"\#(Self.unassigned)","assigned_to":"me","expected":null}}
      """#
    }
    let trees = desk.send(calls[0], calls[1], calls[2], calls[3]).compactMap { JSONTree($0) }
    let winners = trees.compactMap { $0["result"]?["assigned_to"]?.string }
    let losers = trees.compactMap { $0["error"]?["data"]?["details"]?["assigned_to"]?.string }
    #expect(winners.count == 2 && losers.count == 2)
    #expect(Set(winners + losers).count == 1)
  }

  @Test func changesOnlyWhatIsNamed() throws {
    let desk = try TestDesk.demo()
    func change(_ method: String, _ params: String) throws -> JSONTree? {
      try desk.call(method, #"{"id":"\#(Self.unassigned)",\#(params)}"#, as: .agent).tree
    }
    let before = try #require(try change("tickets.update", #""expected_version":2"#))
    #expect(before["version"]?.integer == 2)
    for (method, params, member, value) in [
      ("tickets.update", #""subject":"New""#, "subject", JSONTree.string("New")),
      ("tickets.update", #""priority":"low""#, "priority", .string("low")),
      ("tickets.update", #""metadata":{"a":1}"#, "metadata", .object(["a": .number("1")])),
      ("tickets.update", #""metadata":{}"#, "metadata", .object([:])),
      ("tickets.set_status", #""status":"pending""#, "status", .string("pending")),
    ] {
      let old = try #require(try desk.call("tickets.get", #"{"id":"\#(Self.unassigned)"}"#, as: .agent).tree?.members)
      let new = try #require(try change(method, params)?.members)
      #expect(new[member] == value)
      let changed = new.keys.filter { new[$0] != old[$0] }.sorted()
      #expect(changed == [member, "last_activity_at", "updated_at", "version"].sorted())
    }
  }

  @Test func refusesAnOldVersionEverywhere() throws {
    let desk = try TestDesk.demo()
    let before = try desk.fingerprint()
    for (method, params) in [
      ("tickets.update", #""subject":"New""#), ("tickets.set_status", #""status":"closed""#),
      ("tickets.assign", #""assigned_to":"me""#), ("tickets.delete", ""),
    ] {
      let rest = params.isEmpty ? "" : "," + params
      let answer = try desk.call(method, #"{"id":"\#(Self.unassigned)","expected_version":1\#(rest)}"#, as: .admin)
      #expect(answer.kind == "conflict")
      #expect(answer.tree?["data"]?["path"]?.string == "/expected_version")
      let details = answer.tree?["data"]?["details"]
      #expect(details?["version"]?.integer == 2)
      let current = try desk.call("tickets.get", #"{"id":"\#(Self.unassigned)"}"#, as: .admin).tree
      #expect(current != nil && details?["current"] == current)
    }
    #expect(try desk.fingerprint() == before)
  }
}
