import JSON

/// Writes items of an export in a form.
protocol ItemWriter {
  /// What the file begins with.
  var beginning: [UInt8] { get }
  /// The items of a JSON array.
  func text(of items: ArraySlice<UInt8>) throws -> [UInt8]
}

/// One JSON object a line, as its own bytes.
struct LinesWriter: ItemWriter {
  let beginning: [UInt8] = []

  func text(of items: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(items.count)
    JSONItems.forEach(in: items) { item in
      text += item
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }
}

/// The elements of a JSON array of objects, found by their brackets alone.
enum JSONItems {
  static func forEach(in array: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) -> Void) {
    var depth = 0
    var start = array.startIndex
    var isInString = false
    var index = array.startIndex
    while index < array.endIndex {
      switch array[index] {
      case UInt8(ascii: "\\") where isInString: index += 1
      case UInt8(ascii: "\""): isInString.toggle()
      case UInt8(ascii: "{") where !isInString:
        if depth == 0 { start = index }
        depth += 1
      case UInt8(ascii: "}") where !isInString:
        depth -= 1
        if depth == 0 { body(array[start...index]) }
      default: break
      }
      index += 1
    }
  }
}
