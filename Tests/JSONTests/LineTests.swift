import JSON
import Testing

@Suite struct LineTests {
  @Test func writesAnEnvelopeAroundItsPieces() {
    var line = Line()
    line.append(#"{"jsonrpc":"2.0","id":"#)
    line.append(copying: Array("\"a\\u0041\"".utf8).span)
    line.append(#","result":{"n":"#)
    line.append(-42)
    line.append(#","name":"#)
    line.append(quoting: "a\nb")
    line.append("}}")
    line.end()
    #expect(
      String(decoding: line.bytes, as: UTF8.self)
        == #"{"jsonrpc":"2.0","id":"a\u0041","result":{"n":-42,"name":"a\nb"}}"# + "\n")
  }

  @Test func writesBehindWhatIsThere() {
    var line = Line(after: Array("1\n".utf8))
    line.append(2)
    line.end()
    #expect(line.take() == Array("1\n2\n".utf8))
    #expect(line.bytes == [])
  }

  @Test(arguments: [
    ("", ""), ("{}", "{}"), ("\"a\u{2028}b\"", "\"a\\u2028b\""), ("\"\u{2029}\u{2029}\"", "\"\\u2029\\u2029\""),
    ("\"\u{85}\u{2028}\"", "\"\\u0085\\u2028\""),
    ("\"\u{2027}\u{202A}\u{A5}\u{84}\u{86}\"", "\"\u{2027}\u{202A}\u{A5}\u{84}\u{86}\""),
    ("\"“quoted” – é ß ÿ â€™\"", "\"“quoted” – é ß ÿ â€™\""), ("{\"a\": \"\\n\\\"\"}", "{\"a\": \"\\n\\\"\"}"),
    ("[\n1,\r\n\t2]", "[ 1,   2]"), ("\"\u{10085}\u{12028}日本\"", "\"\u{10085}\u{12028}日本\""),
  ])
  func copiesJSONWithoutWhatEndsALine(_ json: String, _ expected: String) {
    // At every alignment to the blocks of 32 bytes, and their words of eight, that are looked at together.
    for padding in 0..<67 {
      let spaces = String(repeating: " ", count: padding)
      var line = Line()
      line.append(copying: spaces + json + spaces)
      #expect(String(decoding: line.bytes, as: UTF8.self) == spaces + expected + spaces)
    }
  }

  @Test(arguments: [[0xE2], [0xE2, 0x80], [0xC2], [0xE2, 0x80, 0xC2, 0x85]] as [[UInt8]])
  func endsWithinTheTextItIsGiven(_ bytes: [UInt8]) {
    var line = Line()
    line.append(copying: bytes.span)
    #expect(line.bytes.starts(with: bytes.prefix(2)))
  }

  @Test func quotesEveryScalarSoThatJanssonReadsItBack() throws {
    let scalars = (UInt32(0)...0x3000).compactMap(Unicode.Scalar.init) + ["\u{FFFF}", "\u{1F600}", "\u{10FFFF}"]
    for scalar in scalars {
      let text = "12345" + String(Character(scalar)) + "6"
      let quoted = Line.quoted(text)
      #expect(!quoted.unicodeScalars.contains { $0.value < 0x20 || [0x85, 0x2028, 0x2029].contains($0.value) })
      let back = try Document(quoted.utf8.span).withRoot { $0.string }
      #expect(back == text)
    }
  }

  @Test(arguments: [
    ("", "\"\""), ("a\"b\\c/", #""a\"b\\c/""#), ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
    ("\0\u{1F}\u{7F}", "\"\\u0000\\u001f\u{7F}\""),
    ("\u{85}\u{2028}\u{2029}é", "\"\\u0085\\u2028\\u2029é\""),
  ])
  func quotesText(_ text: String, _ expected: String) {
    #expect(Line.quoted(text) == expected)
  }
}
