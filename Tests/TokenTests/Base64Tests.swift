import Testing

@testable import Token

@Suite struct Base64Tests {
  @Test func whatWasWrittenIsReadAgain() {
    for count in 0...70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
      #expect(Base64.decodeURL(Base64.encodeURL(bytes).utf8.span) == bytes)
      #expect(Base64.decode(Array(Base64.encode(bytes).utf8)) == bytes)
    }
  }

  /// RFC 4648 section 10.
  @Test func agreesWithPublishedTexts() {
    let rows = [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ]
    for (plain, text) in rows { #expect(Base64.encode(Array(plain.utf8)) == text) }
    #expect(Base64.encodeURL([0xFB, 0xEF, 0xFF]) == "--__")
  }

  /// Every value has one text, so of all texts of two and of three characters only so many are read.
  @Test func everyValueHasOneText() {
    var twos = 0
    var threes = 0
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        let pair = [first, second]
        if let bytes = Base64.decodeURL(pair.span) {
          twos += 1
          #expect(bytes.count == 1 && Array(Base64.encodeURL(bytes).utf8) == pair)
        }
        let triple = [first, 0x41, second]
        if let bytes = Base64.decodeURL(triple.span) {
          threes += 1
          #expect(bytes.count == 2 && Array(Base64.encodeURL(bytes).utf8) == triple)
        }
      }
    }
    #expect(twos == 256)
    // 64 first characters, a second of six zeros, and a third with two zeros at its end.
    #expect(threes == 64 * 16)
  }

  @Test func paddingIsAsStrict() {
    for text in ["Zg", "Zg=", "Zg===", "=", "====", "Zm8", "Zm9=", "Zh==", "Zm9v=", "Zm9v====", "Z=g=", "Zg==Zg=="] {
      #expect(Base64.decode(Array(text.utf8)) == nil, "\(text)")
    }
  }
}
