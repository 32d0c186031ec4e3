import Testing

@testable import deskpipe

/// How a page of events is taken apart into the bytes of each.
@Suite struct EventPageTests {
  private static func line(_ items: String) -> [UInt8] {
    Array(#"{"jsonrpc":"2.0","id":1,"result":{"items": [\#(items)], "cursor": "1-a-2-3", "has_more": true}}"#.utf8)
  }

  @Test(
    arguments: [
      ("", []),
      (#"{}"#, [#"{}"#]),
      (
        #"{"a": 1.50}, {"b": 123456789012345678901234567890}"#,
        ["{\"a\": 1.50}", "{\"b\": 123456789012345678901234567890}"]
      ),
      (#"{"a": [{"b": [{}]}]}, {"c": {}}"#, [#"{"a": [{"b": [{}]}]}"#, #"{"c": {}}"#]),
      (#"{"a": "}, {\"items\": [ \\"}, {"b": "]"}"#, [#"{"a": "}, {\"items\": [ \\"}"#, #"{"b": "]"}"#]),
      (#"{"a": "\\\""}"#, [#"{"a": "\\\""}"#]),
      (#"{"a": "é{😀"}"#, [#"{"a": "é{😀"}"#]),
    ])
  func takesEachEventByteForByte(_ items: String, _ events: [String]) throws {
    let line = Self.line(items)
    let (parts, rest) = try #require(DeskEventPage.parts(of: line))
    #expect(parts.map { String(decoding: $0, as: UTF8.self) } == events)
    #expect(rest == Self.line(""))
  }

  /// Numbers that no double holds, and none that Jansson takes.
  @Test func takesEventsWhateverTheyHold() throws {
    let event =
      #"{"id": "1-a-2-3", "type": "ticket.created", "n": 1.50, "created_at": "2026-01-01T00:00:00Z", "new_values": "#
      + #"{"metadata": {"n": 123456789012345678901234567890, "id": "}"}}}"#
    let page = try #require(DeskEventPage(Self.line("\(event), \(event)")))
    #expect(page.events.map { String(decoding: $0.json, as: UTF8.self) } == [event, event])
    #expect(
      page.events.map { [$0.id, $0.type, $0.time] }.last == ["1-a-2-3", "ticket.created", "2026-01-01T00:00:00Z"])
    #expect(page.cursor == "1-a-2-3" && page.hasMore && page.method == nil)
    // Nothing is passed over in silence.
    #expect(DeskEventPage(Self.line("\(event), {}")) == nil)
  }

  @Test func knowsNotificationsByTheirHandle() throws {
    let text =
      #"{"jsonrpc":"2.0","method":"events.lagging","params":{"subscription":"kRkqbWpVN0mXQoCjKJ6vSw","cursor":"1-a-2-3"}}"#
    let page = try #require(DeskEventPage(Array(text.utf8)))
    #expect(page.method == "events.lagging" && page.subscription == "kRkqbWpVN0mXQoCjKJ6vSw" && page.events.isEmpty)
    for text in ["", "{}", "[]", #"{"jsonrpc":"2.0","id":1,"result":{"pong":true}}"#] {
      #expect(DeskEventPage(Array(text.utf8)) == nil)
    }
  }

  @Test(
    arguments: [
      (
        #"{"jsonrpc":"2.0","id":1,"result":{"a": 123456789012345678901234567890}}"#, false,
        #"{"a": 123456789012345678901234567890}"#
      ),
      (#"{"jsonrpc":"2.0","id":12,"result":null}"# + "\n", false, "null"),
      (
        #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"data":{"a":[]}}}"#, true,
        #"{"code":-32700,"data":{"a":[]}}"#
      ),
    ])
  func takesAnswersApart(_ line: String, _ isError: Bool, _ text: String) throws {
    let answer = try #require(Answer(Array(line.utf8)))
    #expect(answer.isError == isError && answer.text == text)
  }

  @Test(arguments: ["", "{}", #"{"jsonrpc":"2.0","method":"x","params":{}}"#, #"{"jsonrpc":"2.0","id":1}"#])
  func knowsWhatIsNoAnswer(_ line: String) { #expect(Answer(Array(line.utf8)) == nil) }
}
