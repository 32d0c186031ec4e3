import Postgres

/// What the query `ExportSource.read` answers: a part, made of its rows.
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
    var items = [UInt8(ascii: "[")]
    items.reserveCapacity(limit)
    var count = 0
    while count < answer.rows, answer.isThere(row: count, column: 1) {
      if count > 0 { items.append(UInt8(ascii: ",")) }
      answer.withBytes(row: count, column: 1) { item in
        unsafe item.withUnsafeBufferPointer { unsafe items.append(contentsOf: $0) }
      }
      count += 1
    }
    items.append(UInt8(ascii: "]"))
    self.items = items
    self.count = count
    last = count > 0 ? answer.text(row: count - 1, column: 0) ?? "" : ""
    isCut = count < answer.rows || count > range.rows || items.count >= limit
  }
}
