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

  /// By itself, or with its ticket; it stays deleted.
  @Test(arguments: [false, true]) func reachesWhatIsDeleted(_ isTicket: Bool) throws {
    let desk = try TestDesk.demo()
    let ticket = "121d1e36-6e72-4d50-8b26-a0319f3ab03c"
    let said = #"{"ticket_id":"\#(ticket)","body":"It is 4111222233334444."}"#
    let id = try #require(try desk.call("messages.create", said, as: .agent).tree?["id"]?.string)
    let deleted =
      isTicket
      ? try desk.call("tickets.delete", #"{"id":"\#(ticket)"}"#, as: .admin)
      : try desk.call("messages.delete", #"{"id":"\#(id)"}"#, as: .admin)
    #expect(deleted.tree != nil, "\(deleted.json)")
    let redacting = #"{"id":"\#(id)","text":"4111222233334444"}"#
    #expect(try desk.call("messages.redact", redacting, as: .agent).kind == "forbidden")
    let redacted = try desk.call("messages.redact", redacting, as: .admin)
    #expect(redacted.tree?["body"]?.string == "It is ▇▇▇▇▇▇▇▇.", "\(redacted.json)")
    #expect(try Self.copies(of: "4111222233334444", in: desk) == [])
    #expect(try desk.call("messages.get", #"{"id":"\#(id)"}"#, as: .admin).kind == "not_found")
  }

  /// Who asks again under an old key for a view that named a person hears of them no more.
  @Test func erasureForgetsTheAnswersOfViews() throws {
    let desk = try TestDesk.demo()
    let person = #"{"name":"Quirin Quast","email":"quirin@quast.example","fields":{"plan":"plus"}}"#
    let id = try #require(try desk.call("customers.create", person, as: .agent).tree?["id"]?.string)
    let view = #"{"name":"Theirs","query":"customer:quirin@quast.example","idempotency_key":"view"}"#
    let kept = try #require(try desk.call("views.create", view, as: .agent).tree?["id"]?.string)
    let text = #"{"name":"Text","query":"\"quirin quast\"","idempotency_key":"text"}"#
    let other = try #require(try desk.call("views.create", text, as: .agent).tree?["id"]?.string)
    _ = try desk.call("views.delete", #"{"id":"\#(other)"}"#, as: .agent)
    let erased = try desk.call("customers.erase", #"{"id":"\#(id)"}"#, as: .admin)
    #expect(erased.tree?["erased"]?["answers"]?.integer == 2, "\(erased.json)")
    #expect(try Self.copies(of: "quast.example", in: desk) == [])
    #expect(try Self.copies(of: "quirin quast", in: desk) == [])
    #expect(try desk.call("views.create", view, as: .agent).kind == "answer_gone")
    #expect(try desk.call("views.create", text, as: .agent).kind == "answer_gone")
    #expect(try desk.call("views.get", #"{"id":"\#(kept)"}"#, as: .agent).tree?["query"]?.string == "customer:▇")
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
