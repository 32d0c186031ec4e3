import JSON
import Testing

@Suite struct ScannerRawTests {
  static let table: [(text: String, raws: [String])] = [
    (#"{"params":{"metadata":{"a":1.50,"a":2}}}"#, [#"/metadata {"a":1.50,"a":2}"#]),
    (#"{"params":{"metadata":{}}}"#, ["/metadata {}"]),
    (#"{"params":{"metadata": { "x" : [ 1 , {"y":1e400} ] } }}"#, [#"/metadata { "x" : [ 1 , {"y":1e400} ] }"#]),
    (
      #"{"params":{"message":{"metadata":{"a":1}},"metadata":{"b":2}}}"#,
      [#"/message/metadata {"a":1}"#, #"/metadata {"b":2}"#]
    ),
    (#"{"params":{"\u006detadata":{"a":1}}}"#, [#"/metadata {"a":1}"#]),
    (#"{"p\u0061rams":{"m\u0065ssage":{"metadat\u0061":{"a":1}}}}"#, [#"/message/metadata {"a":1}"#]),
    (#"{"params":{"metadata":{"a":1},"metadata":{"a":2}}}"#, [#"/metadata {"a":2}"#]),
    (#"{"params":{"metadata":{"a":1},"metadata":5}}"#, []),
    (#"{"params":{"metadata":5,"metadata":{"a":1}}}"#, [#"/metadata {"a":1}"#]),
    (#"{"params":{"message":{"metadata":{"a":1}},"message":{}}}"#, []),
    (#"{"params":{"message":{"metadata":{"a":1}},"message":{"metadata":{"b":1}}}}"#, [#"/message/metadata {"b":1}"#]),
    (#"{"params":{"message":{"metadata":{"a":1}},"metadata":{},"message":null}}"#, ["/metadata {}"]),
    (#"{"params":{"metadata":{"a":1}},"params":{"x":1}}"#, []),
    (#"{"params":{"metadata":{"a":1}},"params":[]}"#, []),
    (#"{"params":{"metadata":[1]}}"#, []), (#"{"params":{"metadata":"x"}}"#, []),
    (#"{"params":{"metadata":null}}"#, []),
    (#"{"params":{"Metadata":{}}}"#, []), (#"{"metadata":{}}"#, []), (#"{"params":{"other":{"metadata":{}}}}"#, []),
    (#"{"params":[{"metadata":{}}]}"#, []), (#"{"params":{"message":[{"metadata":{}}]}}"#, []),
    (#"{"x":{"params":{"metadata":{}}}}"#, []), (#"{"params":{"message":{"message":{"metadata":{}}}}}"#, []),
    (
      #"{"params":{"metadata":{"metadata":{"id":1},"message":{"metadata":{}}}}}"#,
      [#"/metadata {"metadata":{"id":1},"message":{"metadata":{}}}"#]
    ),
    (
      #"{"params":{"customer":{"name":"x","metadata":{"n":123456789012345678901234567890}}}}"#,
      [#"/customer/metadata {"n":123456789012345678901234567890}"#]
    ),
    (
      #"{"params":{"metadata":{"t":"\ud800x","\udc00":"\ud83d\ude39"}}}"#,
      [#"/metadata {"t":"\ufffdx","\ufffd":"\ud83d\ude39"}"#]
    ),
  ]

  /// In elements of a list, of which the first three count.
  static let listed: [(text: String, raws: [String])] = [
    (
      #"{"params":{"calls":[{"params":{"metadata":{"a":1}}},{"params":{}},{"params":{"metadata":{"b":2}}}]}}"#,
      [#"/calls/0/params/metadata {"a":1}"#, #"/calls/2/params/metadata {"b":2}"#]
    ),
    (
      #"{"params":{"calls":[1,[{"params":{"metadata":{}}}],{"params":{"m":{"metadata":{"a":[1,{}]}}, "metadata" : {}}}]}}"#,
      [#"/calls/2/params/m/metadata {"a":[1,{}]}"#, "/calls/2/params/metadata {}"]
    ),
    // Of a member that is there twice the last one counts, in its element alone.
    (
      #"{"params":{"calls":[{"params":{"metadata":{"a":1}}},{"params":{"metadata":{"a":2},"metadata":{"a":3}}}]}}"#,
      [#"/calls/0/params/metadata {"a":1}"#, #"/calls/1/params/metadata {"a":3}"#]
    ),
    (#"{"params":{"calls":[{"params":{"metadata":{"a":1}},"params":{}}]}}"#, []),
    (
      #"{"params":{"calls":[{"params":{"metadata":{"a":1}}}],"calls":[{},{"params":{"metadata":{"a":2}}}]}}"#,
      [#"/calls/1/params/metadata {"a":2}"#]
    ),
    (#"{"params":{"calls":[{"params":{"metadata":{"a":1}}}],"calls":{"params":{"metadata":{}}}}}"#, []),
    (#"{"params":{"calls":{"*":{"params":{"metadata":{}}}}}}"#, []),
    (#"{"params":{"calls":[[],[],[],{"params":{"metadata":{}}}],"metadata":{}}}"#, ["/metadata {}"]),
    (
      #"[{"params":{"calls":[{"params":{"metadata":{"a":1}}}]}},{"params":{"calls":[{"params":{"metadata":{}}}]}}]"#,
      [#"/calls/0/params/metadata {"a":1}"#]
    ),
  ]

  @Test(arguments: listed)
  func keepsTheirOwnBytesInLists(_ text: String, _ raws: [String]) throws {
    let scanner = Scanner(
      rawMembers: ["/calls/*/params/metadata", "/calls/*/params/m/metadata", "/metadata"], maximumListed: 3)
    let scanned = try Scanned(text, by: scanner)
    #expect(scanned.raws == raws)
    _ = try scanned.parsed()
  }

  @Test(arguments: table)
  func keepsTheirOwnBytes(_ text: String, _ raws: [String]) throws {
    let scanned = try Scanned(text)
    #expect(scanned.raws == raws)
    #expect(scanned.first.hasUnfitNumber == false)
    for raw in scanned.first.raws {
      let inside = scanned.line[raw.range]
      #expect(inside.first == UInt8(ascii: "{") && inside.last == UInt8(ascii: "}"))
      #expect(inside.dropFirst().dropLast().allSatisfy { $0 == 0x20 })
    }
    _ = try scanned.parsed()
  }

  @Test(arguments: [
    (#"{"a":"\u0000"}"#, true), (#"{"\u0000":1}"#, true), (#"{"a":["x\u0000y"]}"#, true), (#"{"a":"\\u0000"}"#, false),
    (#"{"a":"\u0001"}"#, false), ("{}", false),
  ])
  func tellsWhetherTheyHoldAZero(_ value: String, _ hasNUL: Bool) throws {
    let scanned = try Scanned("{\"params\":{\"t\":\"\\u0000\",\"metadata\":\(value),\"u\":\"\\u0000\"}}")
    #expect(scanned.first.raws.map(\.hasNUL) == [hasNUL])
  }

  @Test(arguments: [
    (#"{}"#, 2), (#"{"a":1}"#, 7), (#"{"a":1e3}"#, 12), (#"{"a":1e-3}"#, 13), (#"{"a":[1e9000,1e9000]}"#, 21 + 18_000),
  ])
  func tellsHowLongTheyPrint(_ value: String, _ count: Int) throws {
    #expect(try Scanned("{\"params\":{\"metadata\":\(value)}}").first.raws.map(\.printedCount) == [count])
  }

  @Test(arguments: [
    ("1", false), ("123456789012345678901234567890", false), ("1.50", false), ("1e308", false), ("1.7e308", false),
    ("1.8e308", true), ("1e309", true), ("1e400", true), ("1e9000", true), ("-1e9000", true), ("0e9000", true),
    ("1e-324", false), ("1e-325", true), ("1e-9000", true), ("0.1e309", true), ("1E+308", false),
    ("1e99999999999999999999", true), ("1e-99999999999999999999", true),
    ("0." + String(repeating: "0", count: 400) + "1", false), (String(repeating: "9", count: 308), false),
    (String(repeating: "9", count: 309), true),
  ])
  func tellsWhetherTheyHoldANumberThatNoDoubleReaches(_ number: String, _ isExtreme: Bool) throws {
    for value in ["{\"a\":\(number)}", "{\"a\":{\"b\":[0,\(number)]}}"] {
      let raws = try Scanned("{\"params\":{\"metadata\":\(value)}}").first.raws
      #expect(raws.map(\.hasExtremeNumber) == [isExtreme], "\(value)")
    }
    // Elsewhere, and in another raw member, it says nothing.
    let beside = "{\"params\":{\"x\":\(number),\"metadata\":{\"a\":1}}}"
    #expect(try Scanned(beside).first.raws.map(\.hasExtremeNumber) == [false])
  }

  @Test func findsNamesThatNeedEscapesInAPointer() throws {
    let scanner = Scanner(rawMembers: ["/a~1b/c~0d"])
    #expect(try Scanned(#"{"params":{"a/b":{"c~d":{"x":1}}}}"#, by: scanner).raws == [#"/a~1b/c~0d {"x":1}"#])
  }

  @Test func keepsThemInEachElementOfABatch() throws {
    let request = #"{"params":{"metadata":{"a":1.50}}}"#
    let scanned = try Scanned("[\(request),{},\(request)]")
    #expect(scanned.scan.elements.map { $0.raws.count } == [1, 0, 1])
    #expect(scanned.scan.elements[2].raws[0].text == #"{"a":1.50}"#)
  }

  @Test func areHeldToTheDepthLimitToo() throws {
    let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    let scanned = try Scanned("{\"params\":{\"metadata\":{\"a\":\(deep)}},\"id\":1}")
    #expect(scanned.first.isTooDeep)
    #expect(scanned.id == "1")
    _ = try scanned.parsed()
  }

  @Test(arguments: ["{\"a\":01}", "{\"a\":}", "{a:1}", "{\"a\":1", "{\"a\":\"\u{1}\"}", "{]"])
  func mustBeValidInside(_ value: String) {
    #expect(throws: SyntaxError.self) { try Scanned("{\"params\":{\"metadata\":\(value)}}") }
  }
}
