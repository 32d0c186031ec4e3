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
}
