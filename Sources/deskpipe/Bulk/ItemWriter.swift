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
    for item in JSONParts.nested(in: items)?.parts ?? [] {
      text += items[item]
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }
}
