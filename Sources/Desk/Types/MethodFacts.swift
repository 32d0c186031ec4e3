import JSON

/// What generated clients ask of a method.
extension AnyMethod {
  /// Its own parameters, the required ones first, and those that come with its access.
  var allParams: [Shape.Property] {
    DiscoverMethod.params(of: self) + DiscoverMethod.common.filter { commonMembers.contains($0.name) }
  }

  /// Whether a call can carry a key under which it happens once, however often it is sent.
  var isKeyed: Bool { allParams.contains { $0.name == "idempotency_key" } }

  /// Whether a call can name a session.
  var isForSession: Bool { allParams.contains { $0.name == "session" } }

  /// Whether what it reads comes in notifications ahead of its answer, so that who sends a call again is sent it again.
  var comesInParts: Bool { params.properties.contains { $0.name == "part_bytes" } }

  /// What the items of its pages are; nil where it does not answer pages.
  var pageItem: Shape? {
    guard params.properties.contains(where: { $0.name == "cursor" }),
      result.properties.contains(where: { $0.name == "next_cursor" }),
      case .array(let item, _)? = result.properties.first(where: { $0.name == "items" })?.shape
    else { return nil }
    return item
  }

  /// What generated code calls its parameters.
  var paramsName: String { DiscoverTypes.camel(name) + "Params" }
}

extension Methods {
  /// The names of those that are for anyone: a call of them names no session.
  static var sessionless: [String] { all.filter { !$0.isForSession }.map(\.name) }

  /// The methods of each namespace, in the order of the table.
  static var byNamespace: [(namespace: String, methods: [AnyMethod])] {
    var names: [String] = []
    for method in all where !names.contains(method.namespace) { names.append(method.namespace) }
    return names.map { name in (name, all.filter { $0.namespace == name }) }
  }
}
