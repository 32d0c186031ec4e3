/// Writes items of an export in a form.
protocol ItemWriter {
  /// What the file begins with.
  var beginning: [UInt8] { get }
  /// Items, each one JSON object.
  func text(of items: [ArraySlice<UInt8>]) throws -> [UInt8]
}

/// One JSON object a line, as its own bytes.
struct LinesWriter: ItemWriter {
  let beginning: [UInt8] = []

  func text(of items: [ArraySlice<UInt8>]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(items.reduce(0) { $0 + $1.count + 1 })
    for item in items {
      text += item
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }
}
