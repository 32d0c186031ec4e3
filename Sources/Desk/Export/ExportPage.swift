import Postgres

/// What the query `ExportSource.read` answers: a part.
struct ExportPage: Sendable {
  let count: Int
  /// The id of the last item.
  let last: String
  /// Whether some of the range did not fit.
  let isCut: Bool
  /// One JSON array.
  let items: [UInt8]

  /// Of a range in which nothing is to be told.
  static let empty = ExportPage(count: 0, last: "", isCut: false, items: [])

  init(count: Int, last: String, isCut: Bool, items: [UInt8]) {
    self.count = count
    self.last = last
    self.isCut = isCut
    self.items = items
  }

  init(_ answer: borrowing Answer, of range: ExportRange, bytes limit: Int) {
    count = answer.text(row: 0, column: 0).flatMap { Int($0) } ?? 0
    last = answer.text(row: 0, column: 1) ?? ""
    items = answer.withBytes(row: 0, column: 3) { given in
      var items: [UInt8] = []
      items.reserveCapacity(given.count + 2)
      items.append(UInt8(ascii: "["))
      unsafe given.withUnsafeBufferPointer { unsafe items.append(contentsOf: $0) }
      items.append(UInt8(ascii: "]"))
      return items
    }
    isCut = answer.text(row: 0, column: 2) == "t" || count > range.rows || items.count >= limit
  }
}
