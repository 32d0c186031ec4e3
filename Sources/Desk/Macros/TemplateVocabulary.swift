/// The names that templates may use: a closed set, but for the organization's custom fields.
struct Vocabulary: Sendable {
  /// What a name stands for.
  indirect enum Shape: Sendable {
    case object([String: Shape])
    /// An object whose members' names may hold anything, dots too, so the rest of a name is one name.
    case fields(Set<String>)
    /// A value to print or to repeat over.
    case value
  }

  /// The fixed names, by what they belong to.
  static let names: [(of: String, members: [String])] = [
    ("ticket", ["id", "subject", "status", "priority", "created_at", "updated_at", "last_activity_at"]),
    ("customer", ["id", "name", "email", "created_at"]),
    ("agent", ["id", "name", "email"]),
    ("organization", ["id", "name", "support_email"]),
  ]

  private let root: Shape

  /// - Parameter fields: the names of the organization's custom fields, each known as `customer.fields.<name>`.
  init(fields: Set<String>) {
    var objects: [String: Shape] = [:]
    for (name, members) in Self.names {
      var shapes = Dictionary(uniqueKeysWithValues: members.map { ($0, Shape.value) })
      if name == "customer" { shapes["fields"] = .fields(fields) }
      objects[name] = .object(shapes)
    }
    root = .object(objects)
  }

  /// Finds where every name's value will be, or throws for the first that has none.
  ///
  /// This needs no values: what a section puts innermost is known from its name.
  func bind(
    _ nodes: [TemplateNode<TemplateName>], of source: [UInt8]
  ) throws(TemplateError) -> [TemplateNode<TemplateBinding>] {
    var scope = TemplateScope(source: source, shapes: [root])
    return try scope.bind(nodes)
  }
}

/// Where the value of a name is while a template is rendered.
struct TemplateBinding: Equatable, Sendable {
  /// Which of the values around it, counted from the outermost.
  let frame: Int
  /// The members to go through from there.
  let keys: [String]
  let offset: Int
}

/// The sections around a name, the outermost first.
private struct TemplateScope {
  let source: [UInt8]
  var shapes: [Vocabulary.Shape]

  /// Recursion is as deep as sections nest, which the parser limits.
  mutating func bind(
    _ nodes: [TemplateNode<TemplateName>]
  ) throws(TemplateError) -> [TemplateNode<TemplateBinding>] {
    var bound: [TemplateNode<TemplateBinding>] = []
    for node in nodes {
      switch node {
      case .text(let text):
        bound.append(.text(text))
      case .value(let name):
        let (binding, shape) = try resolve(name)
        guard case .value = shape else {
          throw TemplateError(.notPrintable(name.text), at: name.offset, of: source)
        }
        bound.append(.value(binding))
      case .section(let name, let isInverted, let inside):
        let (binding, shape) = try resolve(name)
        if !isInverted { shapes.append(shape) }
        bound.append(.section(binding, isInverted: isInverted, try bind(inside)))
        if !isInverted { shapes.removeLast() }
      }
    }
    return bound
  }

  private func resolve(_ name: TemplateName) throws(TemplateError) -> (TemplateBinding, Vocabulary.Shape) {
    guard let first = name.parts.first else {
      let innermost = shapes.count - 1
      return (TemplateBinding(frame: innermost, keys: [], offset: name.offset), shapes[innermost])
    }
    for frame in shapes.indices.reversed() where has(first, of: name.parts, in: shapes[frame]) {
      guard let (keys, shape) = walk(name.parts, from: shapes[frame]) else { break }
      return (TemplateBinding(frame: frame, keys: keys, offset: name.offset), shape)
    }
    throw TemplateError(.unknownName(name.text), at: name.offset, of: source)
  }

  /// Whether a name is looked for in here and not further out: its first part decides.
  private func has(_ first: String, of parts: [String], in shape: Vocabulary.Shape) -> Bool {
    switch shape {
    case .object(let members): members[first] != nil
    case .fields(let names): names.contains(parts.joined(separator: "."))
    case .value: false
    }
  }

  private func walk(_ parts: [String], from start: Vocabulary.Shape) -> ([String], Vocabulary.Shape)? {
    var shape = start
    var keys: [String] = []
    for (index, part) in parts.enumerated() {
      switch shape {
      case .object(let members):
        guard let member = members[part] else { return nil }
        keys.append(part)
        shape = member
      case .fields(let names):
        let rest = parts[index...].joined(separator: ".")
        return names.contains(rest) ? (keys + [rest], .value) : nil
      case .value:
        return nil
      }
    }
    return (keys, shape)
  }
}
