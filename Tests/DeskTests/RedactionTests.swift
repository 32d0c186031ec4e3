import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

@Suite struct RedactionTests {
  private static let message = "35c0362b-cf3d-4e2d-8801-206c7f5bbdc2"

  /// No table of the desk has the text afterwards, and who asks again under an old key hears no text either.
  @Test func leavesNoCopy() throws {
    let desk = try TestDesk.demo()
    let ticket = "121d1e36-6e72-4d50-8b26-a0319f3ab03c"
    let said = #"{"ticket_id":"\#(ticket)","body":"It is 4111222233334444.","idempotency_key":"once"}"#
    let id = try #require(try desk.call("messages.create", said, as: .agent).tree?["id"]?.string)
    #expect(
      try Self.copies(of: "4111222233334444", in: desk) == [
        "desk.audit_records", "desk.idempotency_keys", "desk.search_documents", "public.ticket_messages",
      ])
    let redacted = try desk.call("messages.redact", #"{"id":"\#(id)","text":"4111222233334444"}"#, as: .admin).tree
    #expect(redacted?["body"]?.string == "It is ▇▇▇▇▇▇▇▇." && redacted?["version"]?.integer == 2)
    #expect(try Self.copies(of: "4111222233334444", in: desk) == [])
    #expect(try desk.call("messages.create", said, as: .agent).kind == "answer_gone")
  }

  @Test(arguments: [
    #""text":"x","ranges":[{"from":0,"to":1}]"#, #""reason":"x""#, #""ranges":[{"from":0,"to":0}]"#,
  ]) func needsATextOrRanges(_ params: String) throws {
    let desk = try TestDesk.demo()
    let answer = try desk.call("messages.redact", #"{"id":"\#(Self.message)",\#(params)}"#, as: .admin)
    #expect(answer.kind == "invalid_params", "\(answer.json)")
  }

  @Test(arguments: [#"[{"from":5,"to":2}]"#, #"[{"from":0,"to":100000}]"#, #"[{"from":0,"to":5},{"from":4,"to":6}]"#])
  func refusesRangesThatAreNone(_ ranges: String) throws {
    let desk = try TestDesk.demo()
    let answer = try desk.call("messages.redact", #"{"id":"\#(Self.message)","ranges":\#(ranges)}"#, as: .admin)
    #expect(answer.kind == "invalid", "\(answer.json)")
  }

  private static func copies(of text: String, in desk: TestDesk) throws -> [String] {
    let session = try desk.database.superuser()
    return try Belongings.tables(session).map(\.name).filter { table in
      try session.value("select exists (select from \(table) t where strpos(t::text, $1) > 0)", [text]) == "t"
    }
  }
}
