import Desk
import Glibc
import JSON
import Postgres

/// An export to a file: each part is written as it comes, and noted now and then. What nobody reads yet stays in the
/// database.
struct ExportRun {
  private let client: DeskClient
  private let method: String
  private let writer: any ItemWriter
  private let descriptor: Int32
  private let journal: Journal?
  private let includesDeleted: Bool
  private var progress: ProgressLine
  private var bytes = 0
  /// Items that were written before, by an export that stopped.
  private var before = 0
  private var call = 0
  /// Behind the last part that was written.
  private var cursor: String?
  private var notedAt: UInt64 = 0

  /// Nanoseconds in which what was written is noted once. A note is two waits for the disk, which for each part would be
  /// as long as it takes to write that; whoever goes on reads again what was not noted.
  private static let noteInterval: UInt64 = 500_000_000

  /// As many as PostgreSQL puts together fastest (measured): of smaller parts asking costs more, larger ones are memory
  /// that it gets from the system anew for each.
  private static let partBytes = 192 * 1024

  init(
    _ client: DeskClient, method: String, writer: any ItemWriter, descriptor: Int32, journal: Journal?,
    includesDeleted: Bool, progress: ProgressLine
  ) {
    self.client = client
    self.method = method
    self.writer = writer
    self.descriptor = descriptor
    self.journal = journal
    self.includesDeleted = includesDeleted
    self.progress = progress
  }

  mutating func finish(from noted: (numbers: [String: Int], texts: [String: String])?) throws {
    bytes = noted?.numbers["bytes"] ?? 0
    before = noted?.numbers["exported"] ?? 0
    if noted == nil { try write(writer.beginning) }
    let start = noted?.texts["cursor"].map { ",\"cursor\":\(Line.quoted($0))" } ?? ""
    // To count first takes a twentieth of the time.
    let params =
      "{\"part_bytes\":\(Self.partBytes),\"progress\":\(progress.isShown),"
      + "\"include_deleted\":\(includesDeleted)\(start)}"
    do throws(DeskRefusal) { call = try client.send(method, params.utf8) } catch { throw ending(error) }
    while let part = try nextPart() {
      guard let items = JSONParts.nested(in: part.items)?.parts, items.count == part.exported - exported else {
        throw unreadable
      }
      try write(try writer.text(of: items.map { part.items[$0] }))
      exported = part.exported
      cursor = part.cursor
      try note()
      // The total is that of the whole, whatever was written before.
      progress.show(
        before + exported, "items", share: part.total.map { Double(before + exported) / Double(max(1, $0)) })
    }
    // It came before the end of the parts, or neither will in time.
    do throws(DeskRefusal) { _ = try client.answer(to: call, within: 0) } catch { throw ending(error) }
    progress.show(before + exported, "items", share: 1, isLast: true)
    journal?.remove()
  }

  private mutating func note() throws {
    guard let journal, let cursor, Clock.now - notedAt >= Self.noteInterval else { return }
    try journal.write(
      numbers: ["bytes": bytes, "exported": before + exported], texts: ["cursor": cursor, "method": method])
    notedAt = Clock.now
  }

  /// Nil behind the last.
  private func nextPart() throws -> ExportPart? {
    while let line = try nextLine() {
      guard ExportPart.isOne(line) else { continue }
      guard let part = ExportPart(line) else { throw unreadable }
      return part
    }
    if client.hasDropped { throw unreadable }
    return nil
  }

  private func nextLine() throws -> [UInt8]? {
    do throws(DeskRefusal) { return try client.notification(within: DeskClient.patience, of: call) } catch {
      throw ending(error)
    }
  }

  /// Passing over a part would make the file look whole.
  private var unreadable: Complaint {
    progress.clear()
    return Complaint("a part of the desk's cannot be read\(hint)")
  }

  private func ending(_ refusal: DeskRefusal) -> any Error {
    progress.clear()
    return refusal.ending(hint)
  }

  private var hint: String { journal == nil ? "" : "; --resume goes on from there" }

  private var exported = 0

  private mutating func write(_ text: [UInt8]) throws {
    guard deskpipe.write(text, to: descriptor) else { throw Complaint("cannot write: \(errorText())") }
    bytes += text.count
  }
}

/// A notification `export.part`.
struct ExportPart {
  let exported: Int
  let total: Int?
  let cursor: String
  /// The bytes of the items, one JSON array.
  let items: ArraySlice<UInt8>

  private static let prefix = Array(
    "{\"jsonrpc\":\"2.0\",\"method\":\"\(BulkNames.exportPart)\",\"params\":".utf8)

  /// Whether a line says that it is a part.
  static func isOne(_ line: [UInt8]) -> Bool { line.starts(with: prefix) }

  /// Nil where the line cannot be read.
  init?(_ line: [UInt8]) {
    guard Self.isOne(line), let end = Self.itemsStart(in: line) else { return nil }
    // Everything before the items, closed: they themselves are not parsed.
    let head = Array(line[Self.prefix.count..<end.name]) + [UInt8(ascii: "}")]
    guard let document = try? Document(head.span) else { return nil }
    let values: (Int, Int?, String) = document.withRoot { root in
      (
        (root.member("exported") { $0.integer } ?? nil) ?? 0, root.member("total") { $0.integer } ?? nil,
        (root.member("cursor") { $0.string } ?? nil) ?? ""
      )
    }
    (exported, total, cursor) = values
    items = line[end.value..<(line.count - 2)]
  }

  /// Where the member `items` begins, with its comma, and its value. It is the last, and nothing before it is a text of
  /// the desk's users.
  private static func itemsStart(in line: [UInt8]) -> (name: Int, value: Int)? {
    let mark = Array(",\"items\":".utf8)
    for index in line.indices.prefix(4_096) where line[index] == mark[0] && line[index...].starts(with: mark) {
      return (index, index + mark.count)
    }
    return nil
  }
}
