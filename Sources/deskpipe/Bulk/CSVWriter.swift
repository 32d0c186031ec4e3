import JSON

/// Writes items as comma-separated values (RFC 4180), with a header; records end in CRLF.
struct CSVWriter: ItemWriter {
  /// A column's name and the members that lead to its value.
  struct Column {
    let name: String
    let path: [String]
  }

  private let columns: [Column]
  private let isSpreadsheetSafe: Bool

  init(_ columns: [Column], isSpreadsheetSafe: Bool) {
    self.columns = columns
    self.isSpreadsheetSafe = isSpreadsheetSafe
  }

  /// As an import takes them.
  static func customers(_ fields: [String]) -> [Column] {
    named(["id", "name", "email"]) + fields.map { Column(name: "fields." + $0, path: ["fields", $0]) }
      + named(["identities", "metadata", "version", "created_at", "updated_at", "deleted_at"])
  }

  static let tickets =
    named(["id", "number", "subject", "status", "priority", "customer_id"])
    + [
      Column(name: "customer.name", path: ["customer", "name"]),
      Column(name: "customer.email", path: ["customer", "email"]), Column(name: "assigned_to", path: ["assigned_to"]),
      Column(name: "assignee.name", path: ["assignee", "name"]),
    ]
    + named([
      "tags", "metadata", "snoozed_until", "waiting_since", "last_activity_at", "first_reply_at", "last_reply_at",
      "reply_count", "first_solved_at", "last_solved_at", "closed_at", "reopen_count", "version", "created_at",
      "updated_at",
      "deleted_at",
    ])

  private static func named(_ names: [String]) -> [Column] { names.map { Column(name: $0, path: [$0]) } }

  var beginning: [UInt8] { Array((columns.map { quoted($0.name) }.joined(separator: ",") + "\r\n").utf8) }

  func text(of items: [ArraySlice<UInt8>]) throws -> [UInt8] {
    var text: [UInt8] = []
    for item in items {
      guard let document = try? Document(Array(item).span) else {
        throw Complaint("an item of the desk's has a number that CSV cannot show; NDJSON can")
      }
      let cells = document.withRoot { root in columns.map { cell(of: $0.path[...], in: root) } }
      text += Array((cells.joined(separator: ",") + "\r\n").utf8)
    }
    return text
  }

  private func cell(of path: ArraySlice<String>, in value: borrowing Value) -> String {
    guard let name = path.first else { return quoted(shown(value)) }
    return value.member(name) { cell(of: path.dropFirst(), in: $0) } ?? ""
  }

  private func shown(_ value: borrowing Value) -> String {
    switch value.kind {
    case .null: ""
    case .string: value.string ?? ""
    default: value.json
    }
  }

  /// A cell, in quotes where it needs them.
  func quoted(_ text: String) -> String {
    var text = text
    // What begins like this is run as a formula by spreadsheets; a number is none.
    if isSpreadsheetSafe, let first = text.first, "=+-@\t\r".contains(first), Double(text) == nil { text = "'" + text }
    guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) || text != text.trimmingSpaces() else {
      return text
    }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
