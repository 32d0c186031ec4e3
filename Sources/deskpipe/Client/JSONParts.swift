/// The parts of a JSON text as their own bytes: read and written again, a number would lose digits, and one with thirty of
/// them could not be read at all.
enum JSONParts {
  /// The objects and arrays that stand directly in an object or array, and where that ends; nil where it never does.
  ///
  /// - Parameter text: begins with its opening bracket; what comes behind its end is not looked at.
  static func nested(in text: ArraySlice<UInt8>) -> (parts: [ClosedRange<Int>], end: Int)? {
    var parts: [ClosedRange<Int>] = []
    var (depth, begin, isString, isEscaped) = (0, 0, false, false)
    for index in text.indices {
      let byte = text[index]
      if isString {
        isString = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth == 1 { begin = index }
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 1 { parts.append(begin...index) }
        if depth == 0 { return (parts, index) }
      default: break
      }
    }
    return nil
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
