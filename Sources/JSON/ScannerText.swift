/// Strings and numbers of a scan.
extension ScannerRun {
  /// What is worth knowing of a string.
  struct Marks: OptionSet {
    let rawValue: UInt8
    static let escape = Marks(rawValue: 1)
    static let loneSurrogate = Marks(rawValue: 2)
    static let nul = Marks(rawValue: 4)
  }

  private enum Escape { case plain, pair, loneSurrogate, nul, invalid }

  /// Goes over the string at the position, rewriting nothing.
  mutating func scanString() throws(SyntaxError) -> Marks {
    var index = position + 1
    var marks: Marks = []
    while true {
      index = bytes.endOfPlainText(from: index)
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        position = index + 1
        return marks
      } else if byte == UInt8(ascii: "\\") {
        let (escape, length) = readEscape(at: index)
        switch escape {
        case .plain, .pair: break
        case .loneSurrogate: marks.insert(.loneSurrogate)
        case .nul: marks.insert(.nul)
        case .invalid: throw SyntaxError(position: index)
        }
        marks.insert(.escape)
        index += length
      } else if byte >= 0x80 {
        repeat {
          let length = bytes.lengthOfCharacter(at: index)
          guard length > 0 else { throw SyntaxError(position: index) }
          index &+= length
        } while bytes[index] >= 0x80
      } else {
        throw SyntaxError(position: index)
      }
    }
  }

  /// Makes U+FFFD of each escaped lone surrogate in the string at a range, and of each escaped U+0000 if asked.
  func replaceEscapes(in range: Range<Int>, withNULs: Bool) {
    var index = range.lowerBound + 1
    while index < range.upperBound - 1 {
      guard bytes[index] == UInt8(ascii: "\\") else {
        index += 1
        continue
      }
      let (escape, length) = readEscape(at: index)
      if escape == .loneSurrogate || (withNULs && escape == .nul) {
        bytes.overwrite(index + 2..<index + 6, with: "fffd")
      }
      index += length
    }
  }

  private func readEscape(at index: Int) -> (Escape, length: Int) {
    switch bytes[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return (.plain, 2)
    case UInt8(ascii: "u"):
      guard let unit = bytes.hexadecimal(at: index + 2) else { return (.invalid, 2) }
      if unit == 0 { return (.nul, 6) }
      guard unit & 0xF800 == 0xD800 else { return (.plain, 6) }
      let isPair =
        unit < 0xDC00 && bytes[index + 6] == UInt8(ascii: "\\") && bytes[index + 7] == UInt8(ascii: "u")
        && bytes.hexadecimal(at: index + 8).map { $0 & 0xFC00 == 0xDC00 } == true
      return isPair ? (.pair, 12) : (.loneSurrogate, 6)
    default:
      return (.invalid, 2)
    }
  }

  /// What is worth knowing of a number.
  struct NumberMarks {
    /// Whether Jansson takes it: an integer of 64 bits or a real within the range of a double.
    let isFit: Bool
    /// Whether its exponent is one that no double has, or it is beyond all doubles: to be printed without an exponent,
    /// as PostgreSQL does, it may take thousands of digits.
    let isExtreme: Bool
    /// How many bytes longer than here it may be where PostgreSQL prints it.
    let growth: Int
  }

  /// The exponents that a number of a raw member may have: those of doubles, the smallest among them.
  private static let exponents = -324...308

  /// Goes over the number at the position (RFC 8259 section 6).
  mutating func scanNumber() throws(SyntaxError) -> NumberMarks {
    let isNegative = bytes[position] == UInt8(ascii: "-")
    let start = isNegative ? position + 1 : position
    let integerEnd = bytes[start] == UInt8(ascii: "0") ? start + 1 : try endOfDigits(from: start)
    let hasFraction = bytes[integerEnd] == UInt8(ascii: ".")
    let fractionEnd = hasFraction ? try endOfDigits(from: integerEnd + 1) : integerEnd
    let hasExponent = bytes[fractionEnd] | 0x20 == UInt8(ascii: "e")
    if !hasFraction && !hasExponent {
      position = integerEnd
      return NumberMarks(
        isFit: fitsInteger(start..<integerEnd, isNegative: isNegative), isExtreme: integerEnd - start > 308, growth: 0)
    }
    let whole = position
    position = fractionEnd
    let exponent = hasExponent ? try scanExponent() : 0
    let isFit =
      exponent + (integerEnd - start) < 308
      || fitsDouble(whole..<position, integer: start..<integerEnd, fractionEnd: fractionEnd, exponent: exponent)
    return NumberMarks(
      isFit: isFit, isExtreme: !isFit || !Self.exponents.contains(exponent), growth: min(abs(exponent), 1 << 30))
  }

  private mutating func scanExponent() throws(SyntaxError) -> Int {
    position += 1
    let sign = bytes[position]
    let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
    let start = isSigned ? position + 1 : position
    position = try endOfDigits(from: start)
    var exponent = 0
    // No line has so many digits that they could make up for an exponent above this.
    for index in start..<position where exponent < 1 << 40 {
      exponent = exponent * 10 + Int(bytes[index] - UInt8(ascii: "0"))
    }
    return sign == UInt8(ascii: "-") ? -exponent : exponent
  }

  private func endOfDigits(from start: Int) throws(SyntaxError) -> Int {
    var index = start
    while bytes[index] &- UInt8(ascii: "0") < 10 { index &+= 1 }
    guard index > start else { throw SyntaxError(position: index) }
    return index
  }

  private func fitsInteger(_ digits: Range<Int>, isNegative: Bool) -> Bool {
    if digits.count != 19 { return digits.count < 19 }
    var magnitude: UInt64 = 0
    for index in digits { magnitude = magnitude * 10 + UInt64(bytes[index] - UInt8(ascii: "0")) }
    return magnitude <= UInt64(Int64.max) + (isNegative ? 1 : 0)
  }

  /// Decides by the power of ten of the first digit that counts; only at the very edge the number itself is read.
  private func fitsDouble(_ whole: Range<Int>, integer: Range<Int>, fractionEnd: Int, exponent: Int) -> Bool {
    var power = integer.count - 1
    if bytes[integer.lowerBound] == UInt8(ascii: "0") {
      var index = integer.upperBound + 1
      while index < fractionEnd, bytes[index] == UInt8(ascii: "0") { index += 1 }
      if index >= fractionEnd { return true }
      power = integer.upperBound - index
    }
    power += exponent
    if power != 308 { return power < 308 }
    return Double(String(decoding: bytes.copy(whole), as: UTF8.self))?.isFinite == true
  }
}
