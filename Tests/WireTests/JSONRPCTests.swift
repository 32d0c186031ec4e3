import Foundation
import Testing

/// JSON-RPC 2.0 over a real pipe: the specification's own examples (section 7) and the cases servers get wrong.
@Suite struct JSONRPCTests {
  /// What goes in, and what comes out: whole lines, or `error CODE ID` for an error's code and id.
  static let cases: [(name: String, lines: String, answers: [String])] = [
    ("a call", #"{"jsonrpc":"2.0","id":1,"method":"system.ping"}"#, [pong("1")]),
    ("a call with params", #"{"jsonrpc":"2.0","id":"a","method":"system.ping","params":{}}"#, [pong(#""a""#)]),
    ("null params count as none", #"{"jsonrpc":"2.0","id":1,"method":"system.ping","params":null}"#, [pong("1")]),
    ("a notification", #"{"jsonrpc":"2.0","method":"system.ping"}"#, []),
    ("an unknown notification", #"{"jsonrpc":"2.0","method":"foobar","params":{"a":1}}"#, []),
    ("a faulty notification", #"{"jsonrpc":"2.0","method":"system.ping","params":{"a":1}}"#, []),
    ("an unknown method", #"{"jsonrpc":"2.0","method":"foobar","id":"1"}"#, [#"error -32601 "1""#]),
    ("names are case-sensitive", #"{"jsonrpc":"2.0","method":"System.Ping","id":1}"#, ["error -32601 1"]),
    ("no JSON", #"{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]"#, ["error -32700 null"]),
    ("no request", #"{"jsonrpc":"2.0","method":1,"params":"bar"}"#, ["error -32600 null"]),
    ("no request, with an id", #"{"jsonrpc":"2.0","method":1,"id":5}"#, ["error -32600 5"]),
    ("a scalar", "1", ["error -32600 null"]),
    ("an empty object", "{}", ["error -32600 null"]),
    ("positional params", #"{"jsonrpc":"2.0","id":1,"method":"system.ping","params":[1]}"#, ["error -32602 1"]),
    ("scalar params", #"{"jsonrpc":"2.0","id":1,"method":"system.ping","params":"x"}"#, ["error -32600 1"]),
    ("no version", #"{"id":1,"method":"system.ping"}"#, ["error -32600 1"]),
    ("another version", #"{"jsonrpc":"2.1","id":1,"method":"system.ping"}"#, ["error -32600 1"]),
    ("a version that is a number", #"{"jsonrpc":2.0,"id":1,"method":"system.ping"}"#, ["error -32600 1"]),
    ("an empty batch", "[]", ["error -32600 null"]),
    ("a batch of rubbish", "[1,2,3]", ["batch error -32600 null, error -32600 null, error -32600 null"]),
    ("a nested batch", "[[]]", ["batch error -32600 null"]),
    (
      "a batch that is no JSON", #"[{"jsonrpc":"2.0","method":"sum","id":"1"},{"jsonrpc":"2.0","method""#,
      ["error -32700 null"]
    ),
    ("a batch of notifications", #"[{"jsonrpc":"2.0","method":"system.ping"},{"jsonrpc":"2.0","method":"x"}]"#, []),
    (
      "a batch of all sorts",
      #"[{"jsonrpc":"2.0","method":"system.ping","id":1},{"jsonrpc":"2.0","method":"x"},{"foo":"boo"},{"jsonrpc":"2.0","method":"y","id":"5"}]"#,
      [#"batch "# + pong("1") + #", error -32600 null, error -32601 "5""#]
    ),
    (
      "an id of thirty digits", #"{"jsonrpc":"2.0","id":123456789012345678901234567890,"method":"system.ping"}"#,
      [pong("123456789012345678901234567890")]
    ),
    ("a fractional id", #"{"jsonrpc":"2.0","id":1.50,"method":"system.ping"}"#, [pong("1.50")]),
    ("an id beyond doubles", #"{"jsonrpc":"2.0","id":1e400,"method":"system.ping"}"#, [pong("1e400")]),
    ("an id with escapes", #"{"jsonrpc":"2.0","id":"\u0061\n","method":"system.ping"}"#, [pong(#""\u0061\n""#)]),
    ("an empty id", #"{"jsonrpc":"2.0","id":"","method":"system.ping"}"#, [pong(#""""#)]),
    ("a null id is a request", #"{"jsonrpc":"2.0","id":null,"method":"system.ping"}"#, [pong("null")]),
    ("a boolean id", #"{"jsonrpc":"2.0","id":true,"method":"system.ping"}"#, ["error -32600 null"]),
    ("an array as id", #"{"jsonrpc":"2.0","id":[1],"method":"system.ping"}"#, ["error -32600 null"]),
    (
      "CRLF, blank lines and a BOM",
      "\u{FEFF}{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.ping\"}\r\n\r\n \n{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"system.ping\"}\r",
      [pong("1"), pong("2")]
    ),
    (
      "a bad line between good ones",
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.ping\"}\nrubbish\n{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"system.ping\"}",
      [pong("1"), "error -32700 null", pong("2")]
    ),
    ("a lone surrogate", #"{"jsonrpc":"2.0","id":1,"method":"\ud800"}"#, ["error -32601 1"]),
    (
      "a duplicate member: the last counts", #"{"jsonrpc":"2.0","id":1,"id":2,"method":"x","method":"system.ping"}"#,
      [pong("2")]
    ),
    ("an unknown parameter", #"{"jsonrpc":"2.0","id":1,"method":"system.ping","params":{"x":1}}"#, ["error -32602 1"]),
    (
      "too deep",
      #"{"jsonrpc":"2.0","id":1,"method":"system.ping","params":{"x":"#
        + String(repeating: "[", count: 500) + String(repeating: "]", count: 500) + "}}", ["error -32602 1"]
    ),
    (
      "NUL in a text", #"{"jsonrpc":"2.0","id":1,"method":"session.open","params":{"token":"a\u0000"}}"#,
      ["error -32602 1"]
    ),
    ("an unknown $/ notification", #"{"jsonrpc":"2.0","method":"$/whatever","params":{}}"#, []),
    ("an unknown $/ request", #"{"jsonrpc":"2.0","id":1,"method":"$/whatever"}"#, ["error -32601 1"]),
    ("a call without a session", #"{"jsonrpc":"2.0","id":1,"method":"tickets.list"}"#, ["error 1001 1"]),
  ]

  @Test(arguments: cases.map(\.name), [Child.Channel.pipe, .socket])
  func answers(_ name: String, _ channel: Child.Channel) throws {
    let (_, lines, answers) = try #require(Self.cases.first { $0.name == name })
    let child = try Self.shared.serve(over: channel)
    child.send(lines)
    child.closeInput()
    #expect(child.lines().map(Self.brief) == answers)
    #expect(child.status() == 0)
    #expect(child.errorText == "")
  }

  private static let shared: Desk = {
    do { return try Desk() } catch { preconditionFailure("\(error)") }
  }()

  private static func pong(_ id: String) -> String { #"{"jsonrpc":"2.0","id":\#(id),"result":{"pong":true}}"# }

  /// Shortens errors to code and id.
  private static func brief(_ line: String) -> String {
    if line.hasPrefix("[") {
      let inner = line.dropFirst().dropLast().replacing("},{\"jsonrpc\"", with: "}\n{\"jsonrpc\"")
      return "batch " + inner.split(separator: "\n").map { brief(String($0)) }.joined(separator: ", ")
    }
    guard let match = line.firstMatch(of: /^\{"jsonrpc":"2.0","id":(.*?),"error":\{"code":(-?\d+),/) else {
      return line
    }
    return "error \(match.2) \(match.1)"
  }
}
