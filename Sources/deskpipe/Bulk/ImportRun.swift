import Desk
import Glibc
import JSON
import Token

/// An import from a file: a few parts are under way at once, and acknowledged in their order, so that what is done is
/// known by one number.
///
/// Rows of one customer take effect in their order: a part waits for those before it that are about somebody it is
/// about. Each has an idempotency key of its own: one whose answer never came is sent again, and is not taken twice.
struct ImportRun {
  struct Options {
    let onConflict: String
    let partRows: Int
    let partsAtOnce: Int
  }

  /// A part that was sent, by the id of its call; nil where there is nothing to send, or nobody took it.
  private struct Flight {
    let part: ImportPart
    var call: Int?
  }

  private let source: RowSource
  private let client: DeskClient
  private let options: Options
  private let size: Int?
  private let journal: Journal?
  private let report: ImportReport
  private var progress: ProgressLine
  private var name = "import " + Random.handle()
  private var flights: [Flight] = []
  /// Parts that are acknowledged, and what was.
  private var parts = 0
  private(set) var totals = ImportTotals()

  private static let attempts = 10

  init(
    _ source: RowSource, _ client: DeskClient, _ options: Options, size: Int?, journal: Journal?, report: ImportReport,
    progress: ProgressLine
  ) {
    self.source = source
    self.client = client
    self.options = options
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

  /// Takes up what was noted.
  mutating func takeUp() throws {
    guard let journal else { throw Complaint("--resume needs --journal where stdin is read", code: 2) }
    guard let noted = try journal.read() else {
      throw Complaint("there is nothing to resume: no \(journal.path)", code: 2)
    }
    guard let name = noted.texts["name"], noted.texts["on_conflict"] == options.onConflict,
      noted.numbers["part_rows"] == options.partRows,
      size == nil || noted.numbers["size"] == size
    else { throw Complaint("\(journal.path) is of another file, or of other options", code: 2) }
    self.name = name
    totals = ImportTotals(noted.numbers)
    parts = noted.numbers["parts"] ?? 0
  }

  mutating func finish() throws {
    var coming = ImportParts(
      source, onConflict: options.onConflict, partRows: options.partRows, report: report, name: name)
    try coming.skip(rows: totals.rows, parts: parts)
    try note()
    var next = try coming.next()
    while next != nil || !flights.isEmpty {
      while let part = next, maySend(part) {
        flights.append(Flight(part: part, call: send(part)))
        next = try coming.next()
      }
      guard !flights.isEmpty else { throw stopped }
      try acknowledge()
    }
    progress.show(totals.rows, "rows", share: size.map { _ in 1 }, isLast: true)
    journal?.remove()
  }

  private func maySend(_ part: ImportPart) -> Bool {
    flights.count < options.partsAtOnce && !client.isStopping
      && !flights.contains { $0.part.people.meet(part.people) }
  }

  private func send(_ part: ImportPart) -> Int? {
    part.rows.isEmpty ? nil : try? client.send(BulkNames.importCustomers, part.params)
  }

  /// Waits for the first part that is under way, and takes note of what became of it.
  private mutating func acknowledge() throws {
    if let line = try answer() { try take(line, of: flights[0].part) }
    let part = flights.removeFirst().part
    totals.rows += part.rows.count + part.failed
    totals.failed += part.failed
    parts = part.number
    try report.flush(upTo: totals.rows)
    try note()
    progress.show(totals.rows, "rows", share: size.map { Double(part.position) / Double(max(1, $0)) })
  }

  /// The answer to that part. What may succeed when it is sent again is sent again; under its key that does no harm.
  private mutating func answer() throws -> [UInt8]? {
    let part = flights[0].part
    guard !part.rows.isEmpty else { return nil }
    for attempt in 1... {
      // Where nobody took it, the answer that never comes tells why.
      do throws(DeskRefusal) { return try client.answer(to: flights[0].call ?? 0) } catch {
        guard attempt < Self.attempts, !client.isStopping, Self.mayPass(error) else { throw ending(error, of: part) }
        usleep(UInt32(100_000 * attempt))
        try sendAgain(after: error)
      }
    }
    return nil
  }

  private static func mayPass(_ refusal: DeskRefusal) -> Bool {
    switch refusal {
    case .failure(let failure): failure.isRetryable || failure.kind == "outcome_unknown"
    case .ended(let code): code != DeskRefusal.faulty
    case .late: true
    }
  }

  /// What another process is to serve is all that is under way.
  private mutating func sendAgain(after refusal: DeskRefusal) throws {
    guard case .failure = refusal else {
      try client.restart()
      for index in flights.indices { flights[index].call = send(flights[index].part) }
      return
    }
    flights[0].call = send(flights[0].part)
  }

  private var stopped: Complaint {
    progress.clear()
    return Complaint("stopped\(hint)")
  }

  private var hint: String { journal == nil ? "" : "; --resume goes on from there" }

  private func ending(_ refusal: DeskRefusal, of part: ImportPart) -> any Error {
    guard !client.isStopping else { return stopped }
    progress.clear()
    guard case .failure(let failure) = refusal else { return refusal.ending(hint) }
    return Complaint("rows \(part.rows.first ?? 0) to \(part.rows.last ?? 0): \(failure.message)\(hint)")
  }

  private mutating func take(_ line: [UInt8], of part: ImportPart) throws {
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
    numbers["part_rows"] = options.partRows
    numbers["size"] = size
    try journal?.write(numbers: numbers, texts: ["name": name, "on_conflict": options.onConflict])
  }
}
