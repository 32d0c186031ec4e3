/// Base64 read strictly: one text a value, so that nobody can vary a token without changing its bytes.
public enum Base64 {
  /// Base64url without padding (RFC 7515 section 2, RFC 4648 section 5).
  ///
  /// nil for any other character, a padding, a length of 4k+1, or unused bits that are not zero (RFC 4648
  /// section 3.5).
  public static func decodeURL(_ text: Span<UInt8>) -> [UInt8]? { decode(text, table: urlValues) }

  /// Base64url without padding.
  public static func encodeURL(_ bytes: [UInt8]) -> String { encode(bytes, alphabet: urlAlphabet, pads: false) }

  /// Base64 with its padding (RFC 4648 section 4), as strict as `decodeURL`.
  public static func decode(_ text: [UInt8]) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    let padding = text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard padding <= 2 else { return nil }
    return decode(text.span.extracting(..<(text.count - padding)), table: values)
  }

  /// Base64 with its padding.
  public static func encode(_ bytes: [UInt8]) -> String { encode(bytes, alphabet: alphabet, pads: true) }

  private static func decode(_ text: Span<UInt8>, table: [UInt8]) -> [UInt8]? {
    guard text.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3 + 2)
    var buffer: UInt32 = 0
    var bits = 0
    for index in text.indices {
      let value = table[Int(text[index])]
      guard value < 64 else { return nil }
      buffer = buffer << 6 | UInt32(value)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
      }
    }
    guard buffer & ((1 << UInt32(bits)) - 1) == 0 else { return nil }
    return bytes
  }

  private static func encode(_ bytes: [UInt8], alphabet: [UInt8], pads: Bool) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var buffer: UInt32 = 0
    var bits = 0
    for byte in bytes {
      buffer = buffer << 8 | UInt32(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        text.append(alphabet[Int(buffer >> UInt32(bits)) & 63])
      }
    }
    if bits > 0 { text.append(alphabet[Int(buffer << UInt32(6 - bits)) & 63]) }
    while pads, text.count % 4 != 0 { text.append(UInt8(ascii: "=")) }
    return String(decoding: text, as: UTF8.self)
  }

  private static let common = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
  private static let alphabet = common + Array("+/".utf8)
  private static let urlAlphabet = common + Array("-_".utf8)
  private static let values = inverse(alphabet)
  private static let urlValues = inverse(urlAlphabet)

  private static func inverse(_ alphabet: [UInt8]) -> [UInt8] {
    var values = [UInt8](repeating: 0xFF, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }
}
