import Testing

@testable import Token

@Suite struct SealerTests {
  private let old = Sealer.makeKey(id: "old")
  private let new = Sealer.makeKey(id: "new_2")
  private let place = Array("email_accounts/1/imap".utf8)

  @Test(arguments: ["", "a", "hunter2", String(repeating: "long ", count: 20_000)])
  func aSealedSecretOpensForWhatItBelongsTo(_ secret: String) throws {
    let sealer = try Sealer(keys: [new, old])
    let sealed = try sealer.seal(Array(secret.utf8), for: place)
    #expect(sealed.keyID == "new_2")
    #expect(sealed.text.hasPrefix("v1.new_2."))
    #expect(try sealer.open(sealed.text, for: place) == Array(secret.utf8))
    #expect(throws: SealingError.notAuthentic) { try sealer.open(sealed.text, for: Array("else".utf8)) }
    #expect(throws: SealingError.notAuthentic) { try sealer.open(sealed.text, for: []) }
  }

  @Test func theSameSecretIsNeverSealedTheSameWay() throws {
    let sealer = try Sealer(keys: [new])
    let texts = try (0..<100).map { _ in try sealer.seal(Array("x".utf8), for: []).text }
    #expect(Set(texts).count == 100)
  }

  @Test func everyKeyOpensAndTheFirstSeals() throws {
    let before = try Sealer(keys: [old]).seal([1, 2], for: place).text
    let both = try Sealer(keys: [new, old])
    #expect(try both.open(before, for: place) == [1, 2])
    #expect(try both.seal([1], for: place).keyID == "new_2")
    #expect(throws: SealingError.unknownKey("old")) { try Sealer(keys: [new]).open(before, for: place) }
    let other = try Sealer(keys: [Sealer.makeKey(id: "old")])
    #expect(throws: SealingError.notAuthentic) { try other.open(before, for: place) }
  }

  @Test func everyChangedCharacterIsNoticed() throws {
    let sealer = try Sealer(keys: [new])
    let text = Array(try sealer.seal(Array("hunter2".utf8), for: place).text.utf8)
    for index in text.indices {
      for byte in [text[index] ^ 1, UInt8(ascii: "."), UInt8(ascii: "A")] where byte != text[index] {
        var changed = text
        changed[index] = byte
        #expect(throws: SealingError.self) { try sealer.open(String(decoding: changed, as: UTF8.self), for: place) }
      }
      #expect(throws: SealingError.self) {
        try sealer.open(String(decoding: text[..<index], as: UTF8.self), for: place)
      }
    }
  }

  @Test func whatIsNotSealedIsRefused() throws {
    let sealer = try Sealer(keys: [new])
    for text in ["", "v1", "v1.new_2", "v1.new_2.", "v2.new_2.AAAA", "v1.new_2.AAAA", "v1.new_2.A.A", "hunter2"] {
      #expect(throws: SealingError.notSealed, "\(text)") { try sealer.open(text, for: place) }
    }
  }

  @Test func keysAreReadStrictly() {
    let good = Base64.encode([UInt8](repeating: 7, count: 32))
    let rows: [([String], SealingError)] = [
      ([], .noKeys),
      ([""], .invalidKey(position: 0)),
      ([good], .invalidKey(position: 0)),
      ([":" + good], .invalidKey(position: 0)),
      (["a b:" + good], .invalidKey(position: 0)),
      (["a.b:" + good], .invalidKey(position: 0)),
      ([String(repeating: "a", count: 33) + ":" + good], .invalidKey(position: 0)),
      (["a:" + good, "b:" + Base64.encode([UInt8](repeating: 7, count: 31))], .invalidKey(position: 1)),
      (["a:" + Base64.encode([UInt8](repeating: 7, count: 33))], .invalidKey(position: 0)),
      (["a:" + good + " "], .invalidKey(position: 0)),
      (["a:" + good, "a:" + good], .duplicateKeyID("a")),
    ]
    for (keys, error) in rows { #expect(throws: error, "\(keys)") { try Sealer(keys: keys) } }
  }

  /// Test case 14 of McGrew and Viega's specification of GCM.
  @Test func agreesWithAPublishedVector() throws {
    let key = try #require(SealingKey("k:" + Base64.encode([UInt8](repeating: 0, count: 32))))
    let text = try GCM.encrypt(
      [UInt8](repeating: 0, count: 16), key: key, nonce: [UInt8](repeating: 0, count: 12), associated: [])
    let expected: [UInt8] = [
      0xCE, 0xA7, 0x40, 0x3D, 0x4D, 0x60, 0x6B, 0x6E, 0x07, 0x4E, 0xC5, 0xD3, 0xBA, 0xF3, 0x9D, 0x18,
      0xD0, 0xD1, 0xC8, 0xA7, 0x99, 0x99, 0x6B, 0xF0, 0x26, 0x5B, 0x98, 0xB5, 0xD4, 0x8A, 0xB9, 0x19,
    ]
    #expect(text == expected)
  }
}
