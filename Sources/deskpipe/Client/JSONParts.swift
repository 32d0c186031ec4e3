/// The parts of a JSON text as their own bytes: read and written again, a number would lose digits, and one with thirty of
/// them could not be read at all.
enum JSONParts {
  /// The objects and arrays that stand directly in an object or array, and where that ends; nil where it never does.
  ///
  /// - Parameter text: begins with its opening bracket; what comes behind its end is not looked at.
  static func nested(in text: ArraySlice<UInt8>) -> (parts: [ClosedRange<Int>], end: Int)? {
    let (bytes, start) = (text.span, text.startIndex)
    var parts: [ClosedRange<Int>] = []
    var (index, depth, begin) = (0, 0, 0)
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""): index = end(ofStringAt: index, in: bytes)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth == 1 { begin = index }
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 1 { parts.append(start + begin...start + index) }
        if depth == 0 { return (parts, start + index) }
      default: break
      }
      index += 1
    }
    return nil
  }

  /// Where the closing quote of a string is; behind all where there is none.
  private static func end(ofStringAt start: Int, in bytes: Span<UInt8>) -> Int {
    var index = start + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index
  }

  /// An object with null in place of every object and array in it.
  static func shallow(_ object: ArraySlice<UInt8>) -> [UInt8]? {
    guard let (parts, end) = nested(in: object) else { return nil }
    var bytes: [UInt8] = []
    var copied = object.startIndex
    for part in parts {
      bytes += object[copied..<part.lowerBound] + Array("null".utf8)
      copied = part.upperBound + 1
    }
    return bytes + object[copied...end]
  }
}
