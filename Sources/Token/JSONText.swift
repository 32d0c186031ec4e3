/// The inside of a JSON string (RFC 8259 section 7).
enum JSONText {
  /// The UTF-8 that a string stands for; its grammar was checked before, and it has no lone surrogates.
  static func unescaped(_ inside: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(inside.count)
    var position = inside.startIndex
    while position < inside.endIndex {
      let byte = inside[position]
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        position += 1
        continue
      }
      let escape = inside[position + 1]
      position += 2
      switch escape {
      case UInt8(ascii: "b"): bytes.append(0x08)
      case UInt8(ascii: "f"): bytes.append(0x0C)
      case UInt8(ascii: "n"): bytes.append(0x0A)
      case UInt8(ascii: "r"): bytes.append(0x0D)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "u"): bytes += String(scalar(inside, at: &position)).utf8
      default: bytes.append(escape)
      }
    }
    return bytes
  }

  /// Reads the digits behind a `\u`, and a second escape where they are the first half of a pair.
  private static func scalar(_ inside: ArraySlice<UInt8>, at position: inout Int) -> Character {
    let first = unit(inside, at: position)
    position += 4
    guard first & 0xFC00 == 0xD800 else { return character(first) }
    let second = unit(inside, at: position + 2)
    position += 6
    return character(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)
  }

  private static func unit(_ inside: ArraySlice<UInt8>, at position: Int) -> UInt32 {
    UInt32(String(decoding: inside[position..<(position + 4)], as: UTF8.self), radix: 16) ?? 0xFFFD
  }

  private static func character(_ value: UInt32) -> Character { Character(Unicode.Scalar(value) ?? "\u{FFFD}") }
}
