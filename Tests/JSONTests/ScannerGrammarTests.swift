import JSON
import Testing

/// The grammar of RFC 8259, in the manner of the well-known parsing test suites.
@Suite struct ScannerGrammarTests {
  static let valid = [
    "null", "true", "false", "0", "-0", "\"\"", "{}", "[]", " null ", "\t[\r\n] ", "\"x\"", "-1", "3.14",
    "[1]", "[1,2]", "[ 1 , 2 ]", "[[]]", "[{}]", "[null,true,false]", "[\"a\",{\"b\":[]}]", "[[[[[[[[1]]]]]]]]",
    #"{"":0}"#, #"{"a":1,"a":2}"#, #"{"a":{"b":[{"c":null}]}}"#, #"{ "a" : 1 , "b" : 2 }"#, #"{"a\u0000b":1}"#,
    #"{"asd":"sdf","dfg":"fgh"}"#, "{\"min\":-1.0e+28,\"max\":1.0e+28}",
    "-123", "0e1", "0e+1", "0E-1", "1e5", "1E5", "1E+5", "1e-5", "20e1", "1.5e3", "1.0", "0.0", "-0.0", "123.456e78",
    "-9223372036854775808", "9223372036854775807", "0.1e-400", "1.7976931348623157e308", "4.9e-324", "1e-10000",
    #""\u0060\u012a\u12AB""#, #""\uD801\udc37""#, #""\ud83d\ude39\ud83d\udc8d""#, #""\"\\\/\b\f\n\r\t""#,
    #""\\u0000""#, #""\"""#, #""a/*b*/c/*d//e""#, #""\u0000""#, #""\uDBFF\uDFFF""#, #""new\u000Aline""#,
    "\"\u{7F}\"", "\"\u{FFFF}\"", "\"\u{10FFFF}\"", "\"\u{2028}\u{2029}\"", "\"π\"", "\"𝄞\"", "\"é\u{301}\"",
    "\"asd \"", "[\"\u{20AC}\u{1D11E}\"]", "{\"é\":\"日本語のとても長い文字列\"}", "\"\\uABCD\\uEF01\"",
  ]

  @Test(arguments: valid)
  func acceptsValidText(_ text: String) throws {
    // In a list, so that it is an element of a batch, and by itself.
    _ = try Scanned(text)
    let batch = try Scanned("[\(text)]")
    _ = try batch.parsed()
  }

  static let invalid = [
    "", " ", "\r", "[", "]", "{", "}", "\"", "[1", "[1,", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,",
    "[,1]", "[1,]", "[1,,2]", "[,]", "[1,,]", "[1 2]", "[1:2]", "[\"a\" \"b\"]", "[1}", "{]", "[1]]", "[1]x", "{}}",
    "[]{}", "1 2", "nul", "nulll", "tru", "fals", "falsee", "True", "NULL", "truth", "[nul]", "undefined",
    "NaN", "Infinity", "-Infinity", "inf", "-", "--1", "-x", "+1", "[+1]", "01", "-01", "-012", "00", "1.", "1.e1",
    "-1.", ".5", "-.5", "0.", "0.e1", "1e", "1e+", "1E-", "1e1.5", "1eE2", "0x1", "0xG", "1_000", "1,000", "1a",
    "1.2a", "1.2a-3", "0e", "0e+", "0E", "9.e+", "1 000", "1+2", "-1x", "2.e3", "2.e-3", "1.8011670033376514H-308",
    "{,}", "{1:1}", "{a:1}", "{'a':1}", "{\"a\" 1}", "{\"a\"::1}", "{\"a\":1,}", "{\"a\":1,,\"b\":2}", "{\"a\",1}",
    "{null:null}", "{true:1}", "{[]:1}", "{\"a\":1 \"b\":2}", "{\"a\"}", "{\"a\":}", "{:1}", "{\"a\":1}#",
    "{\"a\":1}/**/",
    "/**/1", "[1]//", "'a'", "\"a", "a\"", "\"a\"b", "`a`", "\"\\a\"", "\"\\x00\"", "\"\\'\"", "\"\\", "\"\\\"",
    "\"\\\\\\\"",
    "\"\\u\"", "\"\\u1\"", "\"\\u12\"", "\"\\u123\"", "\"\\u123g\"", "\"\\U1234\"", "\"\\uD800\\u\"",
    "\"\\uD800\\uD8\"",
    "\"\\ud800\\\"", "\"\\u00 0\"", "\"\\u+123\"", "\"a\nb\"", "\"a\tb\"", "\"a\u{0}b\"", "\"a\u{1F}b\"", "\"tab\t",
    "\u{0}", "1\u{0}", "123\u{0}", "[\u{0}]", "{\"a\":1}\u{0}", "[\u{C}]", "\u{B}1", "\u{A0}1", "\u{2060}1",
    "[\u{3000}1]",
    "<null>", "<.>", "abc", "\u{FEFF}", "\u{FEFF}\u{FEFF}1", "1\u{FEFF}", "{\u{FEFF}}", "é", "[\"a\",\n4\n,1,",
    "[\"\": 1]", "[true,", "{\"x\":true,", "*", "{\"a\":\"b\"}/", "[1,\n1\n,1", "\"\\\u{1F300}\"", "\"\\é\"", "(1)",
    "[<1>]",
  ]

  @Test(arguments: invalid)
  func refusesInvalidText(_ text: String) {
    #expect(throws: SyntaxError.self) { try Scanned(text) }
    if !text.isEmpty, !text.allSatisfy({ $0.isWhitespace }) {
      #expect(throws: SyntaxError.self) { try Scanned("{\"a\":\(text)]") }
    }
  }

  static let invalidUTF8: [[UInt8]] = [
    [0x80], [0xBF], [0xC0, 0xAF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xC3, 0xC3], [0xE0, 0x80, 0xAF],
    [0xE0, 0x9F, 0xBF], [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
    [0xED, 0xAF, 0xBF, 0xED, 0xB0, 0x80], [0xEF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
    [0xF0, 0x9F, 0x98], [0xF0, 0x28, 0x8C, 0xBC], [0xF0, 0x90, 0x28, 0xBC], [0xF0, 0x90, 0x8C, 0x28],
    [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFC], [0xFE], [0xFF],
    [0x61, 0xE9, 0x62], [0xFF, 0xFE, 0x22, 0x00], [0xE5],
  ]

  @Test(arguments: invalidUTF8)
  func refusesInvalidUTF8(_ bytes: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    // At every alignment to the words of eight bytes that are looked at together, and at the end of the text.
    for padding in 0..<9 {
      let filler = [UInt8](repeating: 0x61, count: padding)
      #expect(throws: SyntaxError.self) { try Scanned([quote] + filler + bytes + [quote]) }
      #expect(throws: SyntaxError.self) { try Scanned([quote] + filler + bytes + filler + [quote]) }
      #expect(throws: SyntaxError.self) { try Scanned([quote] + filler + bytes) }
    }
  }

  @Test func acceptsEveryLengthOfCharacterAtItsBorders() throws {
    let borders: [UInt32] = [
      0x20, 0x7F, 0x80, 0x7FF, 0x800, 0xFFF, 0x1000, 0xCFFF, 0xD000, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x3FFFF,
      0x40000, 0xFFFFF, 0x100000, 0x10FFFF,
    ]
    for scalar in borders.compactMap(Unicode.Scalar.init) {
      for padding in 0..<9 {
        let text = "{\"" + String(repeating: "a", count: padding) + String(Character(scalar)) + "\":1}"
        let scanned = try Scanned(text)
        #expect(scanned.text == text)
        #expect(try scanned.parsed() == text)
      }
    }
  }

  @Test(arguments: [
    ("{\"a\":nul}", 8), ("[1,]", 3), ("\"a\u{1}\"", 2), ("{\"a\":1}x", 7), ("[01]", 2), ("", 0), ("[", 1),
  ])
  func saysWhereTheTextStopsBeingJSON(_ text: String, _ position: Int) {
    #expect { try Scanned(text) } throws: { ($0 as? SyntaxError)?.position == position }
  }

  @Test func leavesOrdinaryLinesAsTheyAre() throws {
    let text = #"{"jsonrpc":"2.0","id":7,"method":"tickets.get","params":{"id":"0190","n":[1,2.5e3,"\ud83d\ude39"]}}"#
    #expect(try Scanned(text).text == text)
  }

  @Test func matchesBracketsOfBothKindsAtEveryDepth() throws {
    var random = SeededGenerator(state: 7)
    for depth in [1, 2, 63, 64, 65, 66, 127, 128, 129, 130, 200, 300] {
      let kinds = (0..<depth).map { _ in Bool.random(using: &random) }
      let open = kinds.map { $0 ? "{\"a\":" : "[1," }.joined()
      let close = kinds.reversed().map { $0 ? "}" : "]" }
      _ = try Scanned(open + "2" + close.joined()).parsed()
      for wrong in [0, depth / 2, depth - 1] {
        var spoilt = close
        spoilt[wrong] = close[wrong] == "}" ? "]" : "}"
        #expect(throws: SyntaxError.self) { try Scanned(open + "2" + spoilt.joined()) }
      }
    }
  }
}
