import JSON
import Postgres

/// An export that is under way: where it is, and how it goes on.
///
/// Nothing of it is kept in the database, and of a page nothing but its last id: so an export costs no memory however
/// long it takes, and another can go on from any of its cursors.
public struct Export: Sendable {
  let source: ExportSource
  let params: ExportParams
  private let binding: String
  /// The session whose rights it reads with, as they are then; nil where the call carries a token.
  var session: String?
  /// The id of the last item that was sent.
  private(set) var position: String
  private(set) var parts = 0
  private(set) var exported = 0
  private(set) var total: String?
  /// How many rows the next page asks for: as many as should fit, going by those before.
  private var pageRows = 100

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
    position = Self.start
    if let cursor = params.cursor {
      position = try Cursor(cursor, binding: binding, columns: [.init(name: "id", type: "uuid")]).values[0]
    }
  }

  /// Reads the next page.
  var statement: Statement {
    source.query(
      position, String(pageRows), String(params.partBytes), binding, params.includesDeleted ? "true" : "false",
      params.isCounted && parts == 0 ? "true" : "false")
  }

  /// Moves behind a page.
  mutating func move(behind page: ExportPage) {
    if parts == 0 { total = page.total }
    guard page.count > 0 else { return }
    position = page.last
    parts += 1
    exported += page.count
    let size = max(1, page.bytes / page.count)
    pageRows = min(Self.rows.upperBound, max(Self.rows.lowerBound, params.partBytes / size + 1))
  }

  /// The call's answer, after the last part.
  var answer: String { "{\"parts\":\(parts),\"exported\":\(exported)}" }
}
