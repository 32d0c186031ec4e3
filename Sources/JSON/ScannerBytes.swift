/// A line as the scanner sees it, lent for the time of one scan.
///
/// Every access is checked; past the end there are zeros, which no rule of the grammar accepts, so the callers need
/// no test for the end of their own.
@safe struct ScannerBytes {
  private let base: UnsafeMutablePointer<UInt8>
  let count: Int

  /// - Precondition: the memory stays where it is while this value is used.
  init(lending base: UnsafeMutablePointer<UInt8>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  subscript(_ index: Int) -> UInt8 {
    @inline(__always) get { UInt(bitPattern: index) < UInt(bitPattern: count) ? unsafe base[index] : 0 }
  }

  func copy(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return unsafe Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
  }

  /// Overwrites the range with a text and pads it with spaces.
  func overwrite(_ range: Range<Int>, with text: StaticString) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count && text.utf8CodeUnitCount <= range.count)
    unsafe (base + range.lowerBound).update(repeating: 0x20, count: range.count)
    unsafe (base + range.lowerBound).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  /// The first position that is no plain byte of a string: a quote, a backslash, a control, the first byte of a longer
  /// character, or the end.
  ///
  /// Eight bytes at a time. The borrow of a subtraction spoils only bytes above a true hit, and the lowest hit is the
  /// one asked for.
  @inline(__always) func endOfPlainText(from start: Int) -> Int {
    precondition(start >= 0)
    var index = start
    while index &+ 8 <= count {
      let word = unsafe UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
      let special = Self.specials(in: word)
      if special != 0 { return index &+ special.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < count {
      let byte = unsafe base[index]
      if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      index &+= 1
    }
    return index
  }

  @inline(__always) private static func specials(in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* 0x22)
    let backslashes = word ^ (ones &* 0x5C)
    let hits =
      ((word &- ones &* 0x20) & ~word) | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes) | word
    return hits & (ones &* 0x80)
  }

  /// The length in bytes of the character of two or more bytes at an index; 0 when it is not valid UTF-8
  /// (RFC 3629 section 4: no overlong forms, no surrogates, nothing above U+10FFFF).
  @inline(__always) func lengthOfCharacter(at index: Int) -> Int {
    let first = self[index]
    let second = self[index &+ 1]
    switch first {
    case 0xC2...0xDF:
      return second & 0xC0 == 0x80 ? 2 : 0
    case 0xE0...0xEF:
      let isSecondRight = second >= (first == 0xE0 ? 0xA0 : 0x80) && second <= (first == 0xED ? 0x9F : 0xBF)
      return isSecondRight && self[index &+ 2] & 0xC0 == 0x80 ? 3 : 0
    case 0xF0...0xF4:
      let isSecondRight = second >= (first == 0xF0 ? 0x90 : 0x80) && second <= (first == 0xF4 ? 0x8F : 0xBF)
      return isSecondRight && self[index &+ 2] & 0xC0 == 0x80 && self[index &+ 3] & 0xC0 == 0x80 ? 4 : 0
    default:
      return 0
    }
  }

  /// The value of the four hexadecimal digits at an index; nil when they are not four.
  func hexadecimal(at index: Int) -> UInt32? {
    var value: UInt32 = 0
    for offset in 0..<4 {
      let byte = self[index + offset]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
      default: return nil
      }
    }
    return value
  }
}
