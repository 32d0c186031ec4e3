import JSON

/// The shapes that have a name: what `<resource>.get` answers, and the items of `<resource>.list`.
///
/// Nothing else says so: a type's name comes from its resource (`tickets`: Ticket, and TicketRow where an item of the
/// list is less than the whole).
struct DiscoverTypes {
  private(set) var all: [(name: String, shape: Shape)] = []

  init(_ methods: [AnyMethod]) {
    for method in methods {
      if let resource = Self.resource(of: method, verb: "get") { add(resource, method.result) }
    }
    for method in methods {
      guard let resource = Self.resource(of: method, verb: "list"), let item = Self.item(of: method.result) else {
        continue
      }
      add(all.contains { $0.name == resource } ? resource + "Row" : resource, item)
    }
  }

  func name(of shape: Shape) -> String? {
    guard case .object = shape else { return nil }
    return all.first { $0.shape == shape }?.name
  }

  /// A shape's JSON Schema; named shapes within it are references.
  func schema(of shape: Shape) -> String { shape.jsonSchema(reference: reference) }

  /// The JSON Schemas of the named shapes, by their names, and that of errors' data.
  var schemas: String {
    let schemas = all.map { type in
      (type.name, Optional(type.shape.jsonSchema { $0 == type.shape ? nil : reference(to: $0) }))
    }
    return JSONText.object(schemas + [("ErrorData", Failure.dataShape.jsonSchema)])
  }

  private func reference(to shape: Shape) -> String? { name(of: shape).map { "#/components/schemas/\($0)" } }

  private mutating func add(_ name: String, _ shape: Shape) {
    guard case .object = shape, self.name(of: shape) == nil else { return }
    all.append((name, shape))
  }

  /// `email_accounts.get` is about an EmailAccount.
  private static func resource(of method: AnyMethod, verb: String) -> String? {
    let parts = method.name.split(separator: ".")
    guard parts.count == 2, parts[1] == verb, parts[0].hasSuffix("s") else { return nil }
    return parts[0].dropLast().split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  private static func item(of result: Shape) -> Shape? {
    guard case .object(let properties) = result,
      case .array(let item, _)? = properties.first(where: { $0.name == "items" })?.shape
    else { return nil }
    return item
  }
}
