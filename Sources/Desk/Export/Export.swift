import JSON
import Postgres
import Token

/// An export that is under way: where it is, and how it goes on.
///
/// Nothing of it is kept in the database, so that another can go on from any of its cursors.
public struct Export: Sendable {
  let source: ExportSource
  let params: ExportParams
  private let binding: String
  var queue: ExportQueue
  private(set) var parts = 0
  private(set) var exported = 0
  private(set) var total: String?
  /// How many rows make a part: as many as should fit, going by those before.
  private(set) var partRows: Int

  static let rows = 1...10_000
  /// In front of every id.
  private static let start = "00000000-0000-0000-0000-000000000000"

  init(of source: ExportSource, _ params: ExportParams, by caller: Caller) throws(Failure) {
    try Deletion.allow(params.includesDeleted, to: caller)
    var hash = StableHash()
    hash.add(caller.organization)
    hash.add(source.name)
    if params.includesDeleted { hash.add("deleted") }
    binding = hash.text
    self.source = source
    self.params = params
    var position = Self.start
    if let cursor = params.cursor {
      position = try Cursor(cursor, binding: binding, columns: [.init(name: "id", type: "uuid")]).values[0]
    }
    queue = ExportQueue(from: position)
    partRows = min(100, max(Self.rows.lowerBound, params.partBytes / 1_000))
  }

  /// What a step takes; the last of them answers.
  func statements(for step: ExportQueue.Step) -> [Statement] {
    switch step {
    case .look(let position, let ranges):
      [
        source.look(
          position, String(partRows), String(ranges), String(params.includesDeleted),
          String(params.isCounted && total == nil))
      ]
    case .read(_, let range):
      source.settings.map { $0() } + [
        source.read(
          range.after, range.upto, String(range.rows), String(params.partBytes), String(params.includesDeleted))
      ]
    }
  }

  mutating func found(_ ranges: ExportRanges) {
    total = total ?? ranges.total
    queue.found(ranges, rows: partRows)
  }

  /// The page to tell next, once it is there.
  mutating func tell() -> ExportPage? {
    let fitting = { [partBytes = params.partBytes] (page: ExportPage) in
      // A little less than would fit, so that few ranges are read twice.
      let rows = page.count == 0 ? 1 : partBytes / (page.items.count / page.count + 1) * 15 / 16
      return min(Self.rows.upperBound, max(Self.rows.lowerBound, rows))
    }
    guard let page = queue.tell(rows: fitting) else { return nil }
    if page.count > 0 {
      parts += 1
      exported += page.count
      partRows = fitting(page)
    }
    return page
  }

  /// From where another export goes on behind a page.
  func cursor(behind page: ExportPage) -> String { Base64.encodeURL(Array("\(binding)|\(page.last)".utf8)) }

  /// The call's answer, after the last part.
  var answer: String { "{\"parts\":\(parts),\"exported\":\(exported)}" }
}
