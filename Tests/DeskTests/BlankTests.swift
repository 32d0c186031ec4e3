import Testing

/// What a person reads is never white space alone, and what is kept raw stays printable.
@Suite struct BlankTests {
  private static let blanks = [" ", "\\t\\n", "\\u00a0", "\\u3000 \\u2028"]

  @Test(arguments: [
    ("customers.create", #"{"email":"a@b.example","name":"<blank>"}"#, "/name"),
    ("organizations.update", #"{"name":"<blank>"}"#, "/name"),
    ("agents.update", #"{"id":"00000000-0000-7000-8000-000000000000","name":"<blank>"}"#, "/name"),
    ("fields.create", #"{"field_name":"<blank>","field_type":"text"}"#, "/field_name"),
    ("macros.create", #"{"title":"<blank>","body":"x"}"#, "/title"),
    ("macros.create", #"{"title":"x","body":"<blank>"}"#, "/body"),
    (
      "tickets.create",
      #"{"customer":{"email":"a@b.example"},"subject":"<blank>","message":{"body":"x"}}"#, "/subject"
    ),
    (
      "messages.create",
      #"{"ticket_id":"00000000-0000-7000-8000-000000000000","body":"<blank>"}"#, "/body"
    ),
  ])
  func refusesWhiteSpaceAlone(_ method: String, _ params: String, _ path: String) throws {
    let desk = try TestDesk.demo()
    for blank in Self.blanks {
      let answer = try desk.call(method, params.replacing("<blank>", with: blank), as: .admin)
      #expect(answer.kind == "invalid_params", "\(blank): \(answer)")
      #expect(answer.tree?["data"]?["path"]?.string == path, "\(blank): \(answer)")
    }
  }

  @Test(arguments: [
    ("1e308", true), ("123456789012345678901234567890", true), ("1e-300", true), ("1e309", false), ("1e9000", false),
    ("-1e9000", false), ("1e-9000", false), ("1e400", false),
  ])
  func keepsNumbersThatADoubleReaches(_ number: String, _ isFine: Bool) throws {
    let desk = try TestDesk.demo()
    let session = try desk.session(.admin)
    let params =
      #"{"session":"\#(session)","id":"\#(CustomersTests.imran)","metadata":{"a":{"b":[\#(number)]}}}"#
    let line = #"{"jsonrpc":"2.0","id":1,"method":"customers.update","params":\#(params)}"#
    let answer = desk.send(line).first ?? ""
    let data = JSONTree(answer.replacing(number, with: "1"))?["error"]?["data"]
    #expect(data?["kind"]?.string == (isFine ? nil : "invalid_params"), "\(answer)")
    #expect(data?["path"]?.string == (isFine ? nil : "/metadata"), "\(answer)")
    #expect(answer.contains("error") != isFine && answer.utf8.count < 2_000)
  }
}
