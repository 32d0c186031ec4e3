import Desk
import Glibc
import JSON
import Token

/// An import from a file: part after part, each acknowledged before the next is sent, so that rows take effect in their
/// order and what is done is known. The next part is read while the desk works on one.
///
/// Each part has an idempotency key of its own: one whose answer never came is sent again, and is not taken twice.
struct ImportRun {
  struct Part {
    let number: Int
    /// The call's parameters.
    let params: [UInt8]
    /// Which rows of the file it holds, from 1, in their order.
    let rows: [Int]
    let failed: Int
    /// How much of the file had been read when it was complete.
    let position: Int
  }

  private let source: RowSource
  private let client: DeskClient
  private let onConflict: String
  private let partRows: Int
  private let size: Int?
  private let journal: Journal?
  private let report: ImportReport
  private var progress: ProgressLine
  private var name = "import " + Random.handle()
  private var read = 0
  /// Parts that are done, and those that are read in all.
  private var parts = 0
  private var prepared = 0
  private(set) var totals = ImportTotals()

  /// A line of the wire has 8 MiB, a part 4.
  private static let partBytes = 1 << 20
  private static let method = BulkNames.importCustomers
  private static let attempts = 10

  init(
    _ source: RowSource, _ client: DeskClient, onConflict: String, partRows: Int, size: Int?, journal: Journal?,
    report: ImportReport, progress: ProgressLine
  ) {
    self.source = source
    self.client = client
    self.onConflict = onConflict
    self.partRows = partRows
    self.size = size
    self.journal = journal
    self.report = report
    self.progress = progress
  }

  /// An import that stopped is not begun anew by mistake.
  func refuseToForget() throws {
    guard let journal, try journal.read() != nil else { return }
    throw Complaint("an import of this file stopped; --resume goes on, removing \(journal.path) begins anew", code: 2)
  }

  /// Takes up what was noted: rows that are done are read, but not sent.
  mutating func skip() throws {
    guard let journal else { throw Complaint("--resume needs --journal where stdin is read", code: 2) }
    guard let noted = try journal.read() else {
      throw Complaint("there is nothing to resume: no \(journal.path)", code: 2)
    }
    guard let name = noted.texts["name"], noted.texts["on_conflict"] == onConflict,
      noted.numbers["part_rows"] == partRows,
      size == nil || noted.numbers["size"] == size
    else { throw Complaint("\(journal.path) is of another file, or of other options", code: 2) }
    self.name = name
    totals = ImportTotals(noted.numbers)
    parts = noted.numbers["parts"] ?? 0
    prepared = parts
    while read < totals.rows {
      guard try source.row() != nil else { throw Complaint("the file has fewer rows than were taken", code: 2) }
      read += 1
    }
  }

  mutating func finish() throws {
    try note()
    var part = try nextPart()
    while let current = part {
      let call = current.rows.isEmpty ? nil : try send(current)
      part = try nextPart()
      if let call { try take(acknowledgement(of: current, as: call), of: current) }
      totals.rows += current.rows.count + current.failed
      totals.failed += current.failed
      parts = current.number
      try report.flush(upTo: totals.rows)
      try note()
      progress.show(totals.rows, "rows", share: size.map { Double(current.position) / Double(max(1, $0)) })
    }
    progress.show(totals.rows, "rows", share: size.map { _ in 1 }, isLast: true)
    journal?.remove()
  }

  /// The rows of the next call; those that are none by themselves are told of at once.
  private mutating func nextPart() throws -> Part? {
    var params = Array("{\"on_conflict\":\"\(onConflict)\",\"rows\":[".utf8)
    var rows: [Int] = []
    var failed = 0
    while rows.count + failed < partRows, params.count < Self.partBytes, let row = try source.row() {
      read += 1
      switch row {
      case .success(let bytes):
        if !rows.isEmpty { params.append(UInt8(ascii: ",")) }
        params += bytes
        rows.append(read)
      case .failure(let fault):
        failed += 1
        report.add(row: read, kind: "invalid_params", path: "", message: "The row \(fault.message).")
      }
    }
    guard rows.count + failed > 0 else { return nil }
    prepared += 1
    let number = prepared
    params += Array("],\"idempotency_key\":\(Line.quoted("\(name)/\(number)"))}".utf8)
    return Part(number: number, params: params, rows: rows, failed: failed, position: source.position)
  }

  /// The answer to a part. What may succeed when it is sent again is sent again; under its key that does no harm.
  private func acknowledgement(of part: Part, as call: Int) throws -> [UInt8] {
    var call = call
    var attempt = 1
    while true {
      do throws(DeskRefusal) { return try client.answer(to: call) } catch {
        guard case .failure(let failure) = error, attempt < Self.attempts,
          failure.isRetryable || failure.kind == "outcome_unknown"
        else { throw ending(error, of: part) }
      }
      usleep(UInt32(100_000 * attempt))
      attempt += 1
      call = try send(part)
    }
  }

  private func send(_ part: Part) throws -> Int {
    do throws(DeskRefusal) { return try client.send(Self.method, part.params) } catch { throw ending(error, of: part) }
  }

  private func ending(_ refusal: DeskRefusal, of part: Part) -> any Error {
    progress.clear()
    let more = journal == nil ? "" : "; --resume goes on from there"
    if client.isStopping { return Complaint("stopped\(more)") }
    guard case .failure(let failure) = refusal else { return refusal.ending(more) }
    return Complaint("rows \(part.rows.first ?? 0) to \(part.rows.last ?? 0): \(failure.message)\(more)")
  }

  private mutating func take(_ line: [UInt8], of part: Part) throws {
    guard let document = try? Document(line.span) else { throw Complaint("the desk's answer is not JSON") }
    var counted = totals
    let report = report
    document.withRoot { root in
      root.member("result") { result in
        counted.add(result)
        result.member("errors") { errors in
          for index in 0..<errors.count { errors.element(index) { report.add($0, of: part) } }
        }
      }
    }
    totals = counted
  }

  private func note() throws {
    var numbers = totals.numbers
    numbers["parts"] = parts
    numbers["part_rows"] = partRows
    numbers["size"] = size
    try journal?.write(numbers: numbers, texts: ["name": name, "on_conflict": onConflict])
  }
}
