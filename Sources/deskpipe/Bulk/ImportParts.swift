import JSON

/// Makes parts of the rows of a file, as they are needed.
struct ImportParts {
  private let source: RowSource
  private let onConflict: String
  private let partRows: Int
  private let report: ImportReport
  /// Each part is named by it and its number, so that one that is sent again is not taken again.
  private let name: String
  private var read = 0
  private var count = 0

  /// Bytes at which a part ends: a line of the wire has 8 MiB, a part 4.
  private static let partBytes = 1 << 20

  init(_ source: RowSource, onConflict: String, partRows: Int, report: ImportReport, name: String) {
    self.source = source
    self.onConflict = onConflict
    self.partRows = partRows
    self.report = report
    self.name = name
  }

  /// Goes by what was done before: rows that are read, but not sent.
  mutating func skip(rows: Int, parts: Int) throws {
    count = parts
    while read < rows {
      guard try source.row() != nil else { throw Complaint("the file has fewer rows than were taken", code: 2) }
      read += 1
    }
  }

  /// The rows of the next call; those that are none by themselves are told of at once. Nil behind the last.
  mutating func next() throws -> ImportPart? {
    var params = Array("{\"on_conflict\":\"\(onConflict)\",\"rows\":[".utf8)
    var rows: [Int] = []
    var people = ImportedPeople()
    var failed = 0
    while rows.count + failed < partRows, params.count < Self.partBytes, let row = try source.row() {
      read += 1
      switch row {
      case .success(let bytes):
        if !rows.isEmpty { params.append(UInt8(ascii: ",")) }
        params += bytes
        people.add(bytes)
        rows.append(read)
      case .failure(let fault):
        failed += 1
        report.add(row: read, kind: "invalid_params", path: "", message: "The row \(fault.message).")
      }
    }
    guard rows.count + failed > 0 else { return nil }
    count += 1
    params += Array("],\"idempotency_key\":\(Line.quoted("\(name)/\(count)"))}".utf8)
    return ImportPart(
      number: count, params: params, rows: rows, failed: failed, position: source.position, people: people)
  }
}
