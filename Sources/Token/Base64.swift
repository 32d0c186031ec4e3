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

  /// Four characters at a time, by tables that hold each value where it goes in the 24 bits.
  private static func decode(_ text: Span<UInt8>, table: [UInt32]) -> [UInt8]? {
    let rest = text.count & 3
    guard rest != 1 else { return nil }
    let whole = text.count - rest
    var stray: UInt32 = 0
    // Every store writes four bytes, of which the last is written again.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: whole / 4 * 3 + 4) { target, initialized in
      unsafe text.withUnsafeBufferPointer { text in
        unsafe table.withUnsafeBufferPointer { table in
          let target = UnsafeMutableRawPointer(target.baseAddress!)
          var end = 0
          var index = 0
          while index < whole {
            let group =
              unsafe table[Int(text[index])] | table[256 + Int(text[index + 1])]
              | table[512 + Int(text[index + 2])] | table[768 + Int(text[index + 3])]
            stray |= group
            unsafe target.storeBytes(of: (group << 8).bigEndian, toByteOffset: end, as: UInt32.self)
            index += 4
            end += 3
          }
          if rest > 0 {
            let group =
              unsafe table[Int(text[index])] | table[256 + Int(text[index + 1])]
              | (rest == 3 ? table[512 + Int(text[index + 2])] : 0)
            // The bits that no byte takes have to be zero.
            stray |= group
            if group & (rest == 3 ? 0xFF : 0xFFFF) != 0 { stray |= Self.stray }
            unsafe target.storeBytes(of: (group << 8).bigEndian, toByteOffset: end, as: UInt32.self)
            end += rest - 1
          }
          initialized = end
        }
      }
    }
    return stray < 1 << 24 ? bytes : nil
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

  /// What stands in the tables for a character outside of the alphabet: a bit beyond the 24.
  private static let stray: UInt32 = 1 << 24

  /// Four tables in one, for the first to the fourth character of a group.
  private static func inverse(_ alphabet: [UInt8]) -> [UInt32] {
    var table = [UInt32](repeating: stray, count: 4 * 256)
    for (value, character) in alphabet.enumerated() {
      for place in 0..<4 { table[place * 256 + Int(character)] = UInt32(value) << UInt32(18 - 6 * place) }
    }
    return table
  }
}
