import Desk
import Glibc
import JSON
import Postgres

/// An export to a file: each part is written as it comes, and then noted. What nobody reads yet stays in the database.
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
    let cursor = noted?.texts["cursor"].map { ",\"cursor\":\(Line.quoted($0))" } ?? ""
    let params = "{\"part_bytes\":1048576,\"progress\":true,\"include_deleted\":\(includesDeleted)\(cursor)}"
    do throws(DeskRefusal) { call = try client.send(method, params.utf8) } catch { throw ending(error) }
    while let part = try nextPart() {
      try write(try writer.text(of: part.items))
      exported = part.exported
      try journal?.write(
        numbers: ["bytes": bytes, "exported": before + exported], texts: ["cursor": part.cursor, "method": method])
      // The total is that of the whole, whatever was written before.
      progress.show(
        before + exported, "items", share: part.total.map { Double(before + exported) / Double(max(1, $0)) })
    }
    do throws(DeskRefusal) { _ = try client.answer(to: call) } catch { throw ending(error) }
    progress.show(before + exported, "items", share: 1, isLast: true)
    journal?.remove()
  }

  /// Nil behind the last.
  private func nextPart() throws -> ExportPart? {
    do throws(DeskRefusal) {
      while let line = try client.notification(within: DeskClient.patience, of: call) {
        if let part = ExportPart(line) { return part }
      }
      return nil
    } catch { throw ending(error) }
  }

  private func ending(_ refusal: DeskRefusal) -> any Error {
    progress.clear()
    return refusal.ending(journal == nil ? "" : "; --resume goes on from there")
  }

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

  /// Nil where a line is something else.
  init?(_ line: [UInt8]) {
    let prefix = Array("{\"jsonrpc\":\"2.0\",\"method\":\"\(BulkNames.exportPart)\",\"params\":".utf8)
    guard line.starts(with: prefix), let end = Self.itemsStart(in: line) else { return nil }
    // Everything before the items, closed: they themselves are not parsed.
    let head = Array(line[prefix.count..<end.name]) + [UInt8(ascii: "}")]
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
