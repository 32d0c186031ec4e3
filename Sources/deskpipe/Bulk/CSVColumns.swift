import Desk
import JSON

/// What the columns of a CSV file are for, by its header: `name`, `email`, `identities` (a JSON array), `metadata` (a JSON
/// object), `metadata.KEY`, `fields.NAME`; what only an export writes (`id`, `version`, ...) is passed over.
struct CSVColumns {
  private enum Column {
    case text(String)
    case json(String, Value.Kind)
    case metadata(String)
    case field(String, type: String)
    case ignored
  }

  private let columns: [Column]

  static let ignored: Set = ["id", "version", "created_at", "updated_at", "deleted_at", "deleted_by"]

  /// - Parameter types: the desk's fields by name, with their types.
  init(header: [[UInt8]], types: [String: String]) throws {
    var seen: Set<String> = []
    columns = try header.map { bytes in
      let name = String(decoding: bytes, as: UTF8.self).trimmingSpaces()
      guard seen.insert(name).inserted else { throw Complaint("the header names \(name) twice", code: 2) }
      switch name {
      case "name", "email": return .text(name)
      case "metadata", "fields": return .json(name, .object)
      case "identities": return .json(name, .array)
      case let name where Self.ignored.contains(name): return .ignored
      case let name where name.hasPrefix("metadata."): return .metadata(String(name.dropFirst(9)))
      case let name where name.hasPrefix("fields."):
        let field = String(name.dropFirst(7))
        guard let type = types[field] else { throw Complaint("the desk has no field \(field)", code: 2) }
        return .field(field, type: type)
      default: throw Complaint("there is no column \(name) of customers; metadata.\(name) would keep it", code: 2)
      }
    }
  }

  /// A record as the row of an import; an empty cell is left out. A fault says which column does not fit.
  func row(_ record: [[UInt8]]) -> Result<[UInt8], RowFault> {
    guard record.count == columns.count else {
      return .failure(RowFault("has \(record.count) columns instead of \(columns.count)"))
    }
    var members: [String] = []
    var metadata: [String] = []
    var fields: [String] = []
    for (column, bytes) in zip(columns, record) where !bytes.isEmpty {
      guard let text = String(validating: bytes, as: UTF8.self) else { return .failure(RowFault("is not UTF-8")) }
      switch column {
      case .text(let name): members.append("\(Line.quoted(name)):\(Line.quoted(text))")
      case .json(let name, let kind):
        guard (try? Document(bytes.span))?.withRoot({ $0.kind == kind }) == true else {
          return .failure(RowFault("\(name) is no JSON \(kind == .array ? "array" : "object")"))
        }
        members.append("\(Line.quoted(name)):\(Self.flat(text))")
      case .metadata(let key): metadata.append("\(Line.quoted(key)):\(Line.quoted(text))")
      case .field(let name, let type): fields.append("\(Line.quoted(name)):\(Self.value(text, type))")
      case .ignored: break
      }
    }
    if !metadata.isEmpty { members.append("\"metadata\":{\(metadata.joined(separator: ","))}") }
    if !fields.isEmpty { members.append("\"fields\":{\(fields.joined(separator: ","))}") }
    return .success(Array("{\(members.joined(separator: ","))}".utf8))
  }

  /// A cell as a value of a field: what is none of its type goes as it is, and the desk says so.
  static func value(_ text: String, _ type: String) -> String {
    switch type {
    case "number" where isNumber(text): return text
    case "boolean" where ["true", "false"].contains(text.lowercased()): return text.lowercased()
    case "multiselect":
      if text.first == "[", (try? Document(Array(text.utf8).span)) != nil { return flat(text) }
      return "[" + text.split(separator: ";").map { Line.quoted($0.trimmingSpaces()) }.joined(separator: ",") + "]"
    default: return Line.quoted(text)
    }
  }

  private static func isNumber(_ text: String) -> Bool {
    text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil
  }

  /// JSON on one line: line ends in it can only be white space between values.
  private static func flat(_ json: String) -> String { json.replacing("\n", with: " ").replacing("\r", with: " ") }
}

/// What is wrong with a row, as far as the command can tell.
struct RowFault: Error, Equatable {
  let message: String

  init(_ message: String) { self.message = message }
}
