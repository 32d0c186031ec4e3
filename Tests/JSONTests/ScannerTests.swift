import JSON
import Testing

@Suite struct ScannerTests {
  @Test(arguments: ["{\"id\":1}", " {\"id\":1} ", "{\"id\":1}\r", "\u{FEFF}{\"id\":1}", "\u{FEFF} \t{\"id\":1}\r\n"])
  func takesOneRequestWithWhatMayStandAroundIt(_ text: String) throws {
    let scanned = try Scanned(text)
    #expect(!scanned.scan.isBatch)
    #expect(scanned.scan.count == 1)
    #expect(String(decoding: scanned.line[scanned.first.range], as: UTF8.self) == "{\"id\":1}")
  }

  @Test(arguments: [
    ("[]", []), (" [ ] ", []), ("[1]", ["1"]), ("[[]]", ["[]"]),
    ("[1, {\"a\":[2]} ,\"x\"]", ["1", "{\"a\":[2]}", "\"x\""]),
    ("\u{FEFF}[{},\r\n{}]\r", ["{}", "{}"]),
  ])
  func takesTheElementsOfABatch(_ text: String, _ elements: [String]) throws {
    let scanned = try Scanned(text)
    #expect(scanned.scan.isBatch)
    #expect(scanned.scan.elements.map { String(decoding: scanned.line[$0.range], as: UTF8.self) } == elements)
    #expect(scanned.scan.count == elements.count)
  }

  @Test func countsTheElementsThatAreTooMany() throws {
    let scanned = try Scanned("[1,2,3,4,5]", by: Scanner(rawMembers: [], maximumElements: 2))
    #expect(scanned.scan.elements.count == 2)
    #expect(scanned.scan.count == 5)
    #expect(throws: SyntaxError.self) {
      try Scanned("[1,2,3,4,x]", by: Scanner(rawMembers: [], maximumElements: 2))
    }
  }

  @Test(arguments: [
    ("{}", "absent"), ("{\"id\":1}", "1"), ("{\"id\":0}", "0"), ("{\"id\":-0}", "-0"), ("{\"id\":\"\"}", "\"\""),
    ("{\"id\":null}", "null"), ("{\"id\":1.50}", "1.50"), ("{\"id\":1e400}", "1e400"), ("{\"id\":-1E+999}", "-1E+999"),
    ("{\"id\":123456789012345678901234567890}", "123456789012345678901234567890"),
    ("{\"id\":9223372036854775808}", "9223372036854775808"), ("{ \"id\" : 7 }", "7"), ("{\"a\":{\"id\":2}}", "absent"),
    ("{\"id\":\"a\\u0041\\\"\"}", "\"a\\u0041\\\"\""), ("{\"id\":\"\\ud800x\"}", "\"\\ud800x\""),
    ("{\"id\":\"\\u0000\"}", "\"\\u0000\""), ("{\"\\u0069d\":3}", "3"), ("{\"i\\u0064\":4}", "4"),
    ("{\"\\u0069\":3}", "absent"),
    ("{\"id\":1,\"id\":2}", "2"), ("{\"id\":1,\"\\u0069\\u0064\":\"x\"}", "\"x\""),
    ("{\"id\":1,\"id\":[]}", "unusable"),
    ("{\"id\":[],\"id\":5}", "5"), ("{\"id\":true}", "unusable"), ("{\"id\":false}", "unusable"),
    ("{\"id\":{\"id\":1}}", "unusable"), ("{\"id\":[1]}", "unusable"), ("{\"ID\":1}", "absent"),
    ("{\"id \":1}", "absent"),
    ("[{\"id\":1}]", "1"), ("[[{\"id\":1}]]", "absent"), ("{\"params\":{\"id\":1}}", "absent"), ("7", "absent"),
    ("{\"method\":\"id\",\"params\":[\"id\",1]}", "absent"), ("{\"params\":{\"a\":{}},\"id\":9}", "9"),
    ("{\"params\":{\"metadata\":{\"id\":1}},\"id\":9}", "9"), ("{\"id\":\"日本\"}", "\"日本\""),
  ])
  func findsTheIdOfTheRequestByteForByte(_ text: String, _ id: String) throws {
    let scanned = try Scanned(text)
    #expect(scanned.id == id)
    _ = try scanned.parsed()
  }

  @Test func keepsAnIdOutOfRangeANumberForJansson() throws {
    #expect(try Scanned("{\"id\":123456789012345678901234567890}").parsed() == "{\"id\":0}")
    #expect(try Scanned("{\"id\":1e400}").first.hasUnfitNumber == false)
  }

  @Test func tellsTheIdsOfABatchApart() throws {
    let scanned = try Scanned("[{\"id\":1},{},{\"id\":\"\\ud800\"},{\"id\":1e999},3,{\"id\":{}}]")
    #expect(scanned.ids == ["1", "absent", "\"\\ud800\"", "1e999", "absent", "unusable"])
  }

  @Test(arguments: [
    (#"{"jsonrpc":"2.0","method":"a.b","params":{"session":"s","token":"t"}}"#, "2.0 a.b s t"),
    (#"{"params":{"token":"t","session":"s"},"method":"m","jsonrpc":"2.0"}"#, "2.0 m s t"),
    (#"{}"#, "- - - -"), (#"[{"method":"m"}]"#, "- m - -"), (#"{"method":1,"jsonrpc":2.0}"#, "? ? - -"),
    (#"{"method":null,"jsonrpc":["2.0"],"params":{"session":null,"token":{}}}"#, "? ? ? ?"),
    (#"{"method":"a","method":"b"}"#, "- b - -"), (#"{"method":"a","method":[]}"#, "- ? - -"),
    (#"{"m\u0065thod":"\u0061.b\n"}"#, "- a.b\n - -"), (#"{"method":"\ud800"}"#, "- \u{FFFD} - -"),
    (#"{"params":{"session":"s"},"params":{}}"#, "- - - -"), (#"{"params":[{"session":"s"}]}"#, "- - - -"),
    (#"{"params":{"session":"s","session":7}}"#, "- - ? -"), (#"{"params":{"metadata":{"session":"s"}}}"#, "- - - -"),
    (#"{"session":"s","a":{"method":"m","params":{"token":"t"}}}"#, "- - - -"), (#"{"method":""}"#, "-  - -"),
  ])
  func findsTheStringsOfTheEnvelope(_ text: String, _ strings: String) throws {
    let scanned = try Scanned(text)
    let envelope = scanned.first.envelope
    let found = [envelope.version, envelope.method, envelope.session, envelope.token].map { range in
      range.map { Scanner.string(at: $0, in: scanned.line.span) ?? "?" } ?? "-"
    }
    #expect(found.joined(separator: " ") == strings)
  }

  @Test(arguments: [
    (#"{"params":{"a":[1,{}]}}"#, #"{"a":[1,{}]}"#), (#"{"params": {} ,"id":1}"#, "{}"),
    (#"{"params":[1,[2]]}"#, "[1,[2]]"),
    (#"{"params":null}"#, "null"), (#"{"params":"x"}"#, #""x""#), (#"{"params":7}"#, "7"), (#"{"params":[]}"#, "[]"),
    (#"{"params":{"a":1},"params":{"b":2}}"#, #"{"b":2}"#), (#"{"a":{"params":{}}}"#, nil), (#"{}"#, nil),
    (#"{"params":{"metadata":{"a":1},"b":{"params":{}}}}"#, #"{"metadata":{     },"b":{"params":{}}}"#),
    (#"[{"params":{"a":1}}]"#, #"{"a":1}"#),
  ])
  func findsTheParams(_ text: String, _ params: String?) throws {
    let scanned = try Scanned(text)
    #expect(scanned.first.envelope.params.map { String(decoding: scanned.line[$0], as: UTF8.self) } == params)
  }

  @Test(arguments: [
    ("{\"params\":{\"id\":5}}", "5"), ("{\"params\":{\"id\":1e400}}", "1e400"),
    ("{\"params\":{\"id\":\"\\udfff\"}}", "\"\\udfff\""),
    ("{\"params\":{\"id\":null}}", nil), ("{\"params\":{\"id\":[]}}", nil), ("{\"params\":{\"id\":1,\"id\":[]}}", nil),
    ("{\"params\":{\"id\":1},\"params\":{}}", nil), ("{\"params\":[{\"id\":1}]}", nil), ("{\"id\":1}", nil),
    ("{\"params\":{\"customer\":{\"id\":1}}}", nil), ("{\"params\":{\"customer\":{},\"id\":3}}", "3"),
  ])
  func findsTheIdThatParamsName(_ text: String, _ target: String?) throws {
    let scanned = try Scanned(text)
    #expect(scanned.target == target)
    _ = try scanned.parsed()
  }

  @Test(arguments: [
    (#""\ud800""#, #""\ufffd""#), (#""\uDC00""#, #""\ufffd""#), (#""\ud83d\ude39""#, #""\ud83d\ude39""#),
    (#""\ud800\ud83d\ude39""#, #""\ufffd\ud83d\ude39""#), (#""\ude39\ud83d""#, #""\ufffd\ufffd""#),
    (#""\ud83dx\ude39""#, #""\ufffdx\ufffd""#), (#""\\ud800""#, #""\\ud800""#), (#""\\\ud800""#, #""\\\ufffd""#),
    (#""\ud83d\n""#, #""\ufffd\n""#), (#"{"\ud83d":"\uDBFF"}"#, #"{"\ufffd":"\ufffd"}"#),
    (#""\ud800\u0041""#, #""\ufffd\u0041""#),
    (#"{"\u0000":"\u0000"}"#, #"{"\ufffd":"\u0000"}"#),
  ])
  func makesReplacementCharactersOfLoneSurrogates(_ text: String, _ expected: String) throws {
    let scanned = try Scanned(text)
    #expect(scanned.text == expected)
    _ = try scanned.parsed()
  }

  @Test(arguments: [
    ("9223372036854775807", true), ("9223372036854775808", false), ("-9223372036854775808", true),
    ("-9223372036854775809", false), ("10000000000000000000", false), ("99999999999999999999999999", false),
    ("1e308", true), ("1e309", false), ("-1e309", false), ("9e308", false), ("1.7976931348623157e308", true),
    ("1.7976931348623158e308", true), ("1.7976931348623159e308", false), ("0.1e310", false), ("0.1e309", true),
    ("0.00001e313", true), ("0.00001e314", false), ("0e999999999999999999999", true), ("0.000e400", true),
    ("1e-99999999999999999999", true), ("1e99999999999999999999", false), ("12345678901234567890.5", true),
  ])
  func replacesOnlyNumbersThatDoNotFit(_ number: String, _ isFit: Bool) throws {
    let scanned = try Scanned("{\"n\":\(number)}")
    #expect(scanned.first.hasUnfitNumber == !isFit)
    let kept = try scanned.parsed()
    #expect((kept == "{\"n\":[[]]}") == !isFit)
    #expect(scanned.line.count == scanned.original.count)
  }

  @Test func measuresNumbersWithManyDigits() throws {
    let zeros = String(repeating: "0", count: 400)
    #expect(try Scanned("{\"n\":0.\(zeros)1e700}").first.hasUnfitNumber == false)
    #expect(try Scanned("{\"n\":0.\(zeros)1e710}").first.hasUnfitNumber)
    #expect(try Scanned("{\"n\":1\(zeros)e-400}").first.hasUnfitNumber == false)
    #expect(try Scanned("{\"n\":1\(zeros).0}").first.hasUnfitNumber)
    _ = try Scanned("{\"n\":1\(zeros)e-400}").parsed()
  }

  @Test(arguments: [(1, false), (63, false), (64, false), (65, true), (66, true), (200, true), (5000, true)])
  func marksWhatNestsTooDeep(_ depth: Int, _ isTooDeep: Bool) throws {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
      let inner = open == "[" ? "" : "1"
      let value = String(repeating: open, count: depth) + inner + String(repeating: close, count: depth)
      let alone = try Scanned("[\(value),1]")
      #expect(alone.first.isTooDeep == isTooDeep)
      #expect(alone.scan.elements[1].isTooDeep == false)
      _ = try alone.parsed()
      let member = try Scanned("{\"params\":\(value),\"id\":7}")
      #expect(member.first.isTooDeep == (depth >= 64))
      #expect(member.id == "7")
      _ = try member.parsed()
    }
  }

  @Test func countsDepthFromTheElementAndBlanksOnlyWhatIsDeeper() throws {
    let scanned = try Scanned("{\"a\":[1,[2,[3]],4,[]],\"b\":[[5]]}", by: Scanner(rawMembers: [], maximumDepth: 2))
    #expect(scanned.text == "{\"a\":[1,[     ],4,[]],\"b\":[[ ]]}")
    #expect(scanned.first.isTooDeep)
  }

  @Test func survivesAMillionBrackets() throws {
    let open = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(throws: SyntaxError.self) { try Scanned(open) }
    let scanned = try Scanned(open + [UInt8](repeating: UInt8(ascii: "]"), count: 1_000_000))
    #expect(scanned.first.isTooDeep)
    _ = try scanned.parsed()
  }
}
