/// Finds what a line must not hold as it is.
enum LineEscapes {
  /// The first byte at or after a position that may need an escape; the end when there is none.
  ///
  /// Eight bytes at a time. The borrow of a subtraction spoils only bytes above a true hit, and the lowest hit is the
  /// one asked for.
  static func next(in source: UnsafeBufferPointer<UInt8>, from start: Int, isJSON: Bool) -> Int {
    var index = start
    while index &+ 32 <= source.count {
      let block = unsafe UnsafeRawPointer(source.baseAddress! + index)
      if isJSON, unsafe isPlain(block) {
        index &+= 32
        continue
      }
      for offset in stride(from: 0, to: 32, by: 8) {
        let word = unsafe UInt64(littleEndian: block.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        let hits = Self.hits(in: word, isJSON: isJSON)
        if hits != 0 { return index &+ offset &+ hits.trailingZeroBitCount / 8 }
      }
      index &+= 32
    }
    while index < source.count {
      let byte = unsafe source[index]
      if byte < 0x20 || byte == 0xC2 || byte == 0xE2 { break }
      if !isJSON && (byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")) { break }
      index &+= 1
    }
    return index
  }

  /// Whether 32 bytes are ASCII without controls, as nearly all finished JSON is: then none needs an escape.
  @inline(__always) private static func isPlain(_ block: UnsafeRawPointer) -> Bool {
    let spaces: UInt64 = 0x2020_2020_2020_2020
    let first = unsafe block.loadUnaligned(as: UInt64.self)
    let second = unsafe block.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    let third = unsafe block.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
    let fourth = unsafe block.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
    let high = first | second | third | fourth
    let low = (first &- spaces) | (second &- spaces) | (third &- spaces) | (fourth &- spaces)
    return (high | low) & 0x8080_8080_8080_8080 == 0
  }

  /// The high bits of the bytes that may need an escape. 0xC2 and 0xE2 differ in one bit.
  @inline(__always) private static func hits(in word: UInt64, isJSON: Bool) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let leads = (word | (ones &* 0x20)) ^ (ones &* 0xE2)
    var hits = ((word &- ones &* 0x20) & ~word) | ((leads &- ones) & ~leads)
    if !isJSON {
      let quotes = word ^ (ones &* 0x22)
      let backslashes = word ^ (ones &* 0x5C)
      hits |= ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
    }
    return hits & (ones &* 0x80)
  }

  /// How many bytes at a position belong together and what to write in their place; nil when they stay.
  static func escape(
    in source: UnsafeBufferPointer<UInt8>, at index: Int, isJSON: Bool
  ) -> (length: Int, escape: StaticString?) {
    let byte = unsafe source[index]
    switch byte {
    case 0xC2:
      let isNextLine = unsafe index + 1 < source.count && source[index + 1] == 0x85
      return isNextLine ? (2, "\\u0085") : (1, nil)
    case 0xE2:
      guard index + 2 < source.count, unsafe source[index + 1] == 0x80 else { return (1, nil) }
      switch unsafe source[index + 2] {
      case 0xA8: return (3, "\\u2028")
      case 0xA9: return (3, "\\u2029")
      default: return (1, nil)
      }
    case UInt8(ascii: "\""): return (1, "\\\"")
    case UInt8(ascii: "\\"): return (1, "\\\\")
    default: return (1, isJSON ? " " : controls[Int(byte)])
    }
  }

  /// The escapes of U+0000 to U+001F (RFC 8259 section 7).
  private static let controls: [StaticString] = [
    "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007",
    "\\b", "\\t", "\\n", "\\u000b", "\\f", "\\r", "\\u000e", "\\u000f",
    "\\u0010", "\\u0011", "\\u0012", "\\u0013", "\\u0014", "\\u0015", "\\u0016", "\\u0017",
    "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c", "\\u001d", "\\u001e", "\\u001f",
  ]
}
