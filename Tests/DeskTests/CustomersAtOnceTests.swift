import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

/// What several calls about the same customers come to when they run at the same moment.
@Suite struct CustomersAtOnceTests {
  /// Each call knows the person by two of three identities; any two calls have one in common.
  @Test func whoeverIsKnownInSeveralWaysIsMadeOnce() throws {
    let desk = try TestDesk.demo()
    let names = ["telegram:@zoe", "slack:u1", "matrix:z"].map { #"{"kind":"chat","value":"\#($0)"}"# }
    let pairs = [(0, 1), (1, 2), (2, 0)]
    let answers = try desk.atOnce(
      (0..<12).map { index in
        let (one, other) = pairs[index % 3]
        return ("customers.upsert", #"{"identities":[\#(names[one]),\#(names[other])],"fields":{"plan":"basic"}}"#)
      })
    #expect(answers.filter { $0["result"]?["created"] == .bool(true) }.count == 1)
    #expect(answers.allSatisfy { $0["result"] != nil }, "\(answers.map(\.json))")
    let ids = Set(answers.compactMap { $0["result"]?["customer"]?["id"]?.string })
    #expect(ids.count == 1)
    let customer = try #require(try desk.call("customers.get", #"{"id":"\#(ids.first ?? "")"}"#, as: .agent).tree)
    #expect(customer["identities"]?.elements?.count == 3)
  }

  @Test func aMergeBothWaysHappensOnce() throws {
    let desk = try TestDesk.demo()
    let (ruth, imran) = ("0352fa69-ef46-4d31-88c0-0d1fa1314f79", "48b149e0-42d7-4def-8e70-7eb990bbd016")
    let answers = try desk.atOnce([
      ("customers.merge", #"{"id":"\#(ruth)","sources":["\#(imran)"]}"#),
      ("customers.merge", #"{"id":"\#(imran)","sources":["\#(ruth)"]}"#),
    ])
    #expect(answers.filter { $0["result"] != nil }.count == 1, "\(answers.map(\.json))")
    #expect(answers.compactMap { $0["error"]?["data"]?["kind"]?.string } == ["rule"])
  }

  /// Tickets and messages that come in while their customer becomes part of another one are that one's, all of them.
  @Test func nothingIsLeftBehindByAMerge() throws {
    let desk = try TestDesk.demo()
    let (ruth, imran) = ("0352fa69-ef46-4d31-88c0-0d1fa1314f79", "48b149e0-42d7-4def-8e70-7eb990bbd016")
    let ticket = #"{"subject":"S","customer_id":"\#(ruth)","message":{"body":"B","as":"customer"}}"#
    var calls = Array(repeating: ("tickets.create", ticket), count: 16)
    calls.insert(("customers.merge", #"{"id":"\#(imran)","sources":["\#(ruth)"]}"#), at: 8)
    let answers = try desk.atOnce(calls)
    let failures = answers.compactMap { $0["error"]?["data"]?["kind"]?.string }
    #expect(failures.allSatisfy { $0 == "busy" }, "\(answers.map(\.json))")
    let left = try desk.database.superuser().value(
      """
      select (select count(*) from public.tickets t where t.customer_id = $1::uuid)
           + (select count(*) from public.ticket_messages m where m.sender_id = $1::uuid)
      """, [ruth])
    #expect(left == "0")
  }
}

extension TestDesk {
  /// Sends calls as an agent, all before any answer is read; answers the answers.
  fileprivate func atOnce(_ calls: [(method: String, params: String)]) throws -> [JSONTree] {
    let session = try session(.agent)
    let lines = calls.enumerated().map { index, call in
      let params = "{\"session\":\"\(session)\"," + call.params.dropFirst()
      return #"{"jsonrpc":"2.0","id":\#(index),"method":"\#(call.method)","params":\#(params)}"#
    }
    return send(lines, until: .max).compactMap { JSONTree($0) }
  }
}
