import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

@Suite struct MessagesTests {
  /// Open, with one message of the customer.
  private static let ticket = "1c170f23-4a01-48ed-80e8-e0992d5bdad1"

  private static func write(_ desk: TestDesk, _ params: String, as person: TestDesk.Person = .agent) throws
    -> TestDesk.Answer
  {
    try desk.call("messages.create", #"{"ticket_id":"\#(ticket)",\#(params)}"#, as: person)
  }

  private static func get(_ desk: TestDesk) throws -> JSONTree {
    try #require(desk.call("tickets.get", #"{"id":"\#(ticket)"}"#, as: .agent).tree)
  }

  /// What a message does to a ticket: its first reply, and its status.
  @Test(arguments: [
    (#""body":"b""#, true, "solved"), (#""body":"b","is_internal":true"#, false, "solved"),
    (#""body":"b","as":"customer""#, false, "open"), (#""body":"b","as":"system""#, false, "solved"),
    (#""body":"b","as":"system","is_internal":true"#, false, "solved"),
    (#""body":"b","is_automatic":true"#, false, "solved"),
    (#""body":"b","as":"customer","is_automatic":true"#, false, "solved"),
  ]) func countsRepliesAndReopens(_ params: String, _ isReply: Bool, _ status: String) throws {
    let desk = try TestDesk.demo()
    let before = try desk.call("tickets.set_status", #"{"id":"\#(Self.ticket)","status":"solved"}"#, as: .agent)
    #expect(try Self.write(desk, params).kind == nil)
    let after = try Self.get(desk)
    #expect((after["first_reply_at"] != .null) == isReply)
    #expect((after["last_reply_at"] != .null) == isReply)
    #expect(after["status"]?.string == status)
    #expect(after["message_count"]?.integer == 2)
    #expect(after["last_activity_at"] != before.tree?["last_activity_at"])
  }

  @Test(arguments: [
    (#""body":"b""#, "agent", "Priya Raman"), (#""body":"b","as":"customer""#, "customer", nil),
    (#""body":"b","as":"system""#, "system", nil),
  ]) func writesInTheNameOfTheSender(_ params: String, _ type: String, _ name: String?) throws {
    let desk = try TestDesk.demo()
    let customer = try Self.get(desk)["customer"]?["name"]?.string
    let sender = try Self.write(desk, params).tree?["sender"]
    #expect(sender?["type"]?.string == type)
    #expect(sender?["name"]?.string == (type == "customer" ? customer : name))
  }

  @Test func keepsEveryByteOfABodyAndCutsItInLists() throws {
    let desk = try TestDesk.demo()
    let body = "é\u{1F6B2}\u{2028}\"\\\n\t" + String(repeating: "wörd ", count: 170_000)
    let made = try Self.write(desk, #""body":\#(Line.quoted(body))"#)
    #expect(made.tree?["body"]?.string == body)
    let listed = try desk.call("messages.list", #"{"ticket_id":"\#(Self.ticket)","descending":true}"#, as: .agent)
    let row = listed.tree?["items"]?[0]
    #expect(row?["truncated"] == .bool(true))
    #expect(row?["body"]?.string.map { body.hasPrefix($0) && (4_090...4_096).contains($0.utf8.count) } == true)
    let tooLong = String(repeating: "x", count: 1_048_577)
    #expect(try Self.write(desk, #""body":"\#(tooLong)""#).kind == "invalid_params")
  }

  @Test func refusesAMessageWrittenUnseenOfAnother() throws {
    let desk = try TestDesk.demo()
    let seen = try #require(Self.get(desk)["last_message"]?["id"]?.string)
    let reply = #""body":"b","seen_message_id":""#
    let long = String(repeating: "x", count: 5_000)
    // What one wrote oneself, and what the desk says, is no news; notes of others are.
    #expect(try Self.write(desk, #"\#(reply)\#(seen)""#).kind == nil)
    #expect(try Self.write(desk, #""body":"received","as":"system""#, as: .admin).kind == nil)
    #expect(try Self.write(desk, #"\#(reply)\#(seen)""#).kind == nil)
    let others = [#""body":"\#(long)","is_internal":true"#] + (1...11).map { #""body":"\#($0)","as":"customer""# }
    let missed = try others.map { try #require(Self.write(desk, $0, as: .admin).tree?["id"]?.string) }
    let refused = try Self.write(desk, #"\#(reply)\#(seen)""#)
    #expect(refused.kind == "conflict")
    #expect(refused.tree?["data"]?["path"]?.string == "/seen_message_id")
    let details = refused.tree?["data"]?["details"]
    #expect(details?["missed_count"]?.integer == 12)
    #expect(details?["missed"]?.elements?.map { $0["id"]?.string } == missed.prefix(10).map { $0 })
    #expect(details?["missed"]?[0]?["truncated"] == .bool(true))
    #expect(try Self.write(desk, #"\#(reply)\#(missed[11])""#).kind == nil)
    let unknown = try Self.write(desk, #"\#(reply)01a20b84-1ffa-7295-996c-159fc108d2e7""#)
    #expect(unknown.kind == "not_found" && unknown.tree?["data"]?["path"]?.string == "/seen_message_id")
    #expect(try Self.write(desk, #""body":"b","expected_version":2"#).kind == "conflict")
  }

  @Test func storesAMailOnceThoughItComesTwiceAtOnce() throws {
    let desk = try TestDesk.demo()
    let tickets = try desk.walk("tickets.list", "", limit: 3, atMost: 3)
    let calls = try tickets.map { ticket in
      #"""
      {"jsonrpc":"2.0","id":1,"method":"messages.create","params":{"session":"\#(try desk.session(.agent))",\#
      "ticket_id":"\#(ticket)","body":"b","as":"customer","email_message_id":"<twice@example.org>"}}
      """#
    }
    let answers = desk.send(calls[0], calls[1], calls[2]).compactMap { JSONTree($0) }
    #expect(answers.count { $0["result"] != nil } == 1)
    let errors = answers.compactMap { $0["error"]?["data"] }
    #expect(errors.map { $0["kind"]?.string } == ["already_exists", "already_exists"])
    #expect(errors.map { $0["path"]?.string } == ["/email_message_id", "/email_message_id"])
    #expect(try desk.call("messages.find", #"{"email_message_id":"<twice@example.org>"}"#, as: .agent).kind == nil)
  }

  /// Each organization has its own ids.
  @Test func takesAMailThatAnotherOrganizationHas() throws {
    let desk = try TestDesk.demo()
    let id = #""email_message_id":"<caa3db68-cb15-4cec-88ed-40d711d6c79f@moorland.example>""#
    let ticket = try #require(
      desk.call("tickets.list", #"{"limit":1}"#, as: .stranger).tree?["items"]?[0]?["id"]?.string)
    #expect(try desk.call("messages.find", "{\(id)}", as: .stranger).kind == "not_found")
    #expect(
      try desk.call("messages.create", #"{"ticket_id":"\#(ticket)","body":"b",\#(id)}"#, as: .stranger).kind == nil)
  }

  /// Reports on one message, one after the other: what each comes to.
  @Test func goesForwardInDeliveryAndTriesAgainAfterAFailure() throws {
    let desk = try TestDesk.demo()
    let id = try #require(Self.write(desk, #""body":"b""#).tree?["id"]?.string)
    let reports: [(params: String, kind: String?, version: Int?)] = [
      (#""status":"queued""#, nil, 2), (#""status":"queued""#, nil, 2),
      (#""status":"sent","email_message_id":"<out@example.org>""#, nil, 3), (#""status":"queued""#, "rule", nil),
      (#""status":"failed","error":"550 5.1.1""#, nil, 4),
      (#""status":"sent","error":"no""#, "invalid_params", nil),
      (#""status":"queued","expected_version":3"#, "conflict", nil),
      (#""status":"queued","expected_version":4,"email_message_id":"<other@example.org>""#, "rule", nil),
      (#""status":"queued","expected_version":4,"email_message_id":"<out@example.org>""#, nil, 5),
      (#""status":"delivered""#, nil, 6), (#""status":"sent""#, "rule", nil), (#""status":"failed""#, nil, 7),
      (#""status":"none""#, "invalid_params", nil),
    ]
    for (params, kind, version) in reports {
      let answer = try desk.call("messages.set_delivery", #"{"id":"\#(id)",\#(params)}"#, as: .agent)
      #expect(answer.kind == kind, "\(params): \(answer)")
      if let version { #expect(answer.tree?["version"]?.integer == version, "\(params)") }
    }
    for params in [#""body":"b","is_internal":true"#, #""body":"b","as":"customer""#] {
      let id = try #require(Self.write(desk, params).tree?["id"]?.string)
      #expect(try desk.call("messages.set_delivery", #"{"id":"\#(id)","status":"sent"}"#, as: .agent).kind == "rule")
    }
  }

  @Test func listsNotesOnlyWhereTheyAreWanted() throws {
    let desk = try TestDesk.demo()
    for index in 0..<30 {
      let isInternal = index % 3 == 0
      #expect(try Self.write(desk, #""body":"\#(index)","is_internal":\#(isInternal)"#).kind == nil)
    }
    for (params, count) in [("", 31), (#""include_internal":false"#, 21), (#""descending":true"#, 31)] {
      let rest = params.isEmpty ? "" : "," + params
      let ids = try desk.walk("messages.list", #""ticket_id":"\#(Self.ticket)"\#(rest)"#, limit: 7, atMost: 100)
      #expect(Set(ids).count == count && ids.count == count)
      let isSorted = try desk.database.superuser().value(
        """
        select array_agg(m.id order by i.n) = array_agg(m.id order by m.created_at, m.id)
          from unnest($1::uuid[]) with ordinality as i (id, n) join public.ticket_messages m on m.id = i.id
        """, ["{" + (params.contains("desc") ? ids.reversed() : ids).joined(separator: ",") + "}"])
      #expect(isSorted == "t")
    }
  }
}
