import JSON

/// The shapes of the wire that have a name.
///
/// Nothing else says so. What `tickets.get` answers is a Ticket; an item of `tickets.list` that is less than the whole
/// is a TicketRow; what several methods of a namespace answer has the namespace's name; any other result its method's.
/// What lies within has its owner's name and its own: TicketStatus.
struct DiscoverTypes {
  struct Named {
    let name: String
    let shape: Shape
    /// Parameters have no members but those that are described; answers may have more in a later version.
    let isParameter: Bool
    /// The namespace where people look for it; nil for what is shown where it is used.
    let home: String?
  }

  private(set) var all: [Named] = []

  init(_ methods: [AnyMethod]) {
    add("ErrorKind", .choice(FailureKind.allCases.map(\.rawValue)))
    for method in methods where method.verb == "get" { add(method.resource, method.result, home: method.namespace) }
    for method in methods where method.verb == "list" {
      guard let item = Self.item(of: method.result) else { continue }
      let isTaken = all.contains { $0.name == method.resource }
      add(isTaken ? method.resource + "Row" : method.resource, item, home: method.namespace)
    }
    for method in methods {
      let others = methods.filter { $0.result == method.result }
      if others.count == 1 {
        add(Self.camel(method.name) + "Result", method.result)
      } else if others.allSatisfy({ $0.namespace == method.namespace }) {
        add(method.resource, method.result, home: method.namespace)
      } else {
        add(Self.camel(method.verb) + "Result", method.result)
      }
    }
    for notification in Notifications.all {
      add(Self.camel(notification.name) + "Params", .object(notification.params))
    }
    for named in all { addMembers(of: named.shape, of: named.name, isParameter: false) }
    for method in methods {
      addMembers(of: .object(DiscoverMethod.params(of: method)), of: Self.camel(method.name), isParameter: true)
    }
  }

  func named(_ shape: Shape, isParameter: Bool = false) -> Named? {
    switch shape {
    case .choice: all.first { $0.shape == shape }
    case .object: all.first { $0.shape == shape && $0.isParameter == isParameter }
    default: nil
    }
  }

  /// A shape's JSON Schema; named shapes within it are references.
  func schema(of shape: Shape, isParameter: Bool = false, below base: String = components) -> String {
    shape.jsonSchema(isOpen: !isParameter) { reference(to: $0, isParameter: isParameter, below: base) }
  }

  private static let components = "#/components/schemas/"

  /// The JSON Schemas of the named shapes, by their names, and that of errors' data.
  func schemas(below base: String = components) -> [(String, String?)] {
    let schemas = all.map { type in
      let schema = type.shape.jsonSchema(isOpen: !type.isParameter) { shape in
        shape == type.shape ? nil : reference(to: shape, isParameter: type.isParameter, below: base)
      }
      return (type.name, Optional(schema))
    }
    let data = Failure.dataShape.jsonSchema(isOpen: true) { reference(to: $0, isParameter: false, below: base) }
    return schemas + [("ErrorData", data)]
  }

  private func reference(to shape: Shape, isParameter: Bool, below base: String) -> String? {
    named(shape, isParameter: isParameter).map { base + $0.name }
  }

  private mutating func add(_ name: String, _ shape: Shape, isParameter: Bool = false, home: String? = nil) {
    guard named(shape, isParameter: isParameter) == nil else { return }
    switch shape {
    case .object: break
    // One word is shown where it stands.
    case .choice(let words) where words.count > 1: break
    default: return
    }
    var free = name
    var number = 2
    while all.contains(where: { $0.name == free }) {
      free = name + String(number)
      number += 1
    }
    all.append(Named(name: free, shape: shape, isParameter: isParameter, home: home))
  }

  private mutating func addMembers(of shape: Shape, of owner: String, isParameter: Bool) {
    switch shape {
    case .object(let properties):
      for property in properties {
        let member = Self.camel(property.name)
        let name = member.hasPrefix(owner) ? member : owner + member
        for part in property.shape.parts where named(part, isParameter: isParameter) == nil {
          add(name, part, isParameter: isParameter)
          addMembers(of: part, of: named(part, isParameter: isParameter)?.name ?? name, isParameter: isParameter)
        }
      }
    default: break
    }
  }

  private static func item(of result: Shape) -> Shape? {
    guard case .object(let properties) = result,
      case .array(let item, _)? = properties.first(where: { $0.name == "items" })?.shape
    else { return nil }
    return item
  }

  /// `email_accounts.list` is EmailAccountsList.
  static func camel(_ name: String) -> String {
    name.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}

extension Shape {
  /// The objects and choices that a value of this shape is or holds as elements.
  fileprivate var parts: [Shape] {
    switch self {
    case .object, .choice: [self]
    case .nullable(let shape), .described(let shape, _), .array(let shape, _), .map(let shape): shape.parts
    case .union(let shapes): shapes.flatMap(\.parts)
    default: []
    }
  }
}

extension AnyMethod {
  /// `tickets` of `tickets.list`.
  var namespace: String { String(name.prefix { $0 != "." }) }
  /// `list` of `tickets.list`; a method without a namespace asks something of the whole desk.
  var verb: String { name.contains(".") ? String(name.drop { $0 != "." }.dropFirst()) : "query" }
  /// What the namespace is about: EmailAccount of `email_accounts`.
  var resource: String {
    DiscoverTypes.camel(namespace.hasSuffix("s") ? String(namespace.dropLast()) : namespace)
  }
}
