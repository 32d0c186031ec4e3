import JSON

/// A whole JSON value as Swift values, for comparing.
indirect enum JSONTree: Equatable {
  case object([String: JSONTree])
  case array([JSONTree])
  case string(String)
  case number(String)
  case bool(Bool)
  case null

  init?(_ text: String) {
    guard let document = try? Document(text.utf8.span) else { return nil }
    self = document.withRoot { JSONTree($0) }
  }

  init(_ value: borrowing Value) {
    switch value.kind {
    case .object:
      var members: [String: JSONTree] = [:]
      value.forEachMember { members[$0] = JSONTree($1) }
      self = .object(members)
    case .array: self = .array((0..<value.count).compactMap { value.element($0) { JSONTree($0) } })
    case .string: self = .string(value.string ?? "")
    case .integer, .real: self = .number(value.json)
    case .bool: self = .bool(value.bool ?? false)
    case .null: self = .null
    }
  }

  var members: [String: JSONTree]? { if case .object(let members) = self { members } else { nil } }
  var elements: [JSONTree]? { if case .array(let elements) = self { elements } else { nil } }
  var string: String? { if case .string(let string) = self { string } else { nil } }
  var integer: Int? { if case .number(let text) = self { Int(text) } else { nil } }

  subscript(name: String) -> JSONTree? { members?[name] }
  subscript(index: Int) -> JSONTree? { elements.flatMap { $0.indices.contains(index) ? $0[index] : nil } }

  /// Compact JSON, members sorted by name.
  var json: String {
    switch self {
    case .object(let members):
      "{" + members.sorted { $0.key < $1.key }.map { "\(Line.quoted($0.key)):\($0.value.json)" }.joined(separator: ",")
        + "}"
    case .array(let elements): "[" + elements.map(\.json).joined(separator: ",") + "]"
    case .string(let string): Line.quoted(string)
    case .number(let text): text
    case .bool(let bool): bool ? "true" : "false"
    case .null: "null"
    }
  }
}
