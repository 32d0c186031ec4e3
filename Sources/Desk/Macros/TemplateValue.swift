import JSON

/// A value that a template prints or repeats over.
enum TemplateValue: Equatable, Sendable {
  case string(String)
  /// A number as JSON writes it.
  case number(String)
  case bool(Bool)
  case list([TemplateValue])
  case object([String: TemplateValue])
  case null

  /// Whether a section over this value is left out.
  var isFalse: Bool {
    switch self {
    case .null, .bool(false): true
    case .string(let text): text.isEmpty
    case .list(let elements): elements.isEmpty
    case .bool(true), .number, .object: false
    }
  }

  /// How many lists and objects may be around a value; the context of a macro has three.
  private static let maximumDepth = 8

  /// Copies a parsed value; what nests deeper than eight levels is null.
  ///
  /// Reals have the fewest digits that give the same double; one that must keep all its digits comes as a string.
  init(_ value: borrowing Value) { self.init(value, depth: 0) }

  private init(_ value: borrowing Value, depth: Int) {
    switch value.kind {
    case .string: self = .string(value.string ?? "")
    case .integer: self = .number(String(value.integer ?? 0))
    case .real: self = .number((value.number ?? 0).description)
    case .bool: self = .bool(value.bool ?? false)
    case .null: self = .null
    case .array, .object:
      guard depth < Self.maximumDepth else {
        self = .null
        return
      }
      self = value.kind == .array ? Self.list(of: value, depth: depth) : Self.object(of: value, depth: depth)
    }
  }

  private static func list(of value: borrowing Value, depth: Int) -> TemplateValue {
    var elements: [TemplateValue] = []
    for index in 0..<value.count {
      if let element = value.element(index, { TemplateValue($0, depth: depth + 1) }) { elements.append(element) }
    }
    return .list(elements)
  }

  private static func object(of value: borrowing Value, depth: Int) -> TemplateValue {
    var members: [String: TemplateValue] = [:]
    value.forEachMember { name, member in members[name] = TemplateValue(member, depth: depth + 1) }
    return .object(members)
  }
}
