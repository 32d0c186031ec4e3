import JSON
import Testing

@Suite struct DocumentTests {
  @Test func lendsMembersInTheirOrder() throws {
    let bytes = Array(#"{"b":1,"a":[true,null,"x\u0000y",1.5]}"#.utf8)
    let document = try Document(bytes.span)
    var names: [String] = []
    document.withRoot { root in root.forEachMember { name, _ in names.append(name) } }
    #expect(names == ["b", "a"])
    let text = document.withRoot { root in root.member("a") { $0.element(2) { $0.string } } }
    #expect(text == "x\0y")
  }

  @Test(arguments: ["", "{", "[1,]", "nul", "{\"a\":1}x", "\u{FEFF}1", "1e400"])
  func refusesWhatIsNotJSON(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(throws: SyntaxError.self) { try Document(bytes.span).withRoot { _ in } }
  }

  @Test func refusesDuplicatesWhereAsked() {
    let bytes = Array(#"{"a":{"b":1,"\u0062":2}}"#.utf8)
    #expect(throws: SyntaxError.self) { try Document(bytes.span, duplicates: .refused).withRoot { _ in } }
  }

  @Test(arguments: [0, 1, 1_000, 1_023, 1_024, 1_025, 5_000])
  func omitsWhatIsInsideAString(_ padding: Int) throws {
    let spaces = String(repeating: " ", count: padding)
    let text = "{\(spaces)\"a\":\"secret\",\(spaces)\"b\":[1,\"two\"]\(spaces)}"
    let start = padding + 6
    let document = try Document(Array(text.utf8).span, omitting: start..<start + 6)
    let (a, b) = document.withRoot { root in (root.member("a") { $0.string }, root.member("b") { $0.json }) }
    #expect(a == "")
    #expect(b == #"[1,"two"]"#)
  }

  @Test func refusesWhatIsNotJSONBesideWhatItOmits() {
    let bytes = Array(#"{"a":"secret","b":}"#.utf8)
    #expect(throws: SyntaxError.self) { try Document(bytes.span, omitting: 6..<12).withRoot { _ in } }
  }
}
