import JSON

/// A method as OpenRPC's Method Object.
struct DiscoverMethod {
  private let method: AnyMethod
  private let types: DiscoverTypes
  private let examples: [MethodExamples.Example]

  init(_ method: AnyMethod, types: DiscoverTypes, examples: [MethodExamples.Example]) {
    self.method = method
    self.types = types
    self.examples = examples
  }

  /// The members that calls may carry beside their method's own: of every call for a session, and of every write.
  static let common = ofSessions + WriteOptions.members.shape.properties

  static let ofSessions: [Shape.Property] = [
    .init(
      "session", .string(.init(length: 1...64)), isRequired: false,
      summary: "The session that the call is for; left out, the process's default one."),
    .init(
      "token", .string(.init(length: 1...16_384)), isRequired: false,
      summary: "A Clerk session token instead of a session; verified for this call."),
  ]

  /// A method's own parameters, the required ones first, as OpenRPC wants them.
  static func params(of method: AnyMethod) -> [Shape.Property] {
    let own = method.params.properties
    return own.filter(\.isRequired) + own.filter { !$0.isRequired }
  }

  /// Whom it is for, what it does and how long it may take, in a sentence.
  static func description(of method: AnyMethod) -> String {
    let people =
      switch method.access {
      case .open: "anyone"
      case .read, .write: "agents"
      case .admin: "admins"
      }
    let effect =
      switch method.effect {
      case .read: "changes nothing"
      case .internal: "changes what agents see"
      case .customerVisible: "may write what customers see"
      case .destructive: "removes something"
      }
    return "For \(people); \(effect); at most \(method.cost.milliseconds / 1_000) seconds."
  }

  var json: String {
    let successes = examples.compactMap(success)
    let failures = examples.compactMap(failure)
    return JSONText.object([
      ("name", Line.quoted(method.name)),
      ("tags", "[{\"name\":\(Line.quoted(method.namespace))}]"),
      ("summary", Line.quoted(method.summary)),
      ("description", Line.quoted(Self.description(of: method))),
      ("paramStructure", "\"by-name\""),
      (
        "params",
        JSONText.array(Self.params(of: method).map { Self.descriptor($0, types, isParameter: true) } + common)
      ),
      ("result", JSONText.object([("name", "\"result\""), ("schema", types.schema(of: method.result))])),
      (
        "errors",
        JSONText.array(
          DiscoverErrors.all(of: method).map { "{\"$ref\":\(Line.quoted("#/components/errors/\($0.rawValue)"))}" })
      ),
      ("examples", successes.isEmpty ? nil : JSONText.array(successes)),
      ("x-error-examples", failures.isEmpty ? nil : JSONText.array(failures)),
      ("x-access", Line.quoted(method.access.rawValue)),
      ("x-effect", Line.quoted(method.effect.rawValue)),
      ("x-cost", Line.quoted(method.cost.rawValue)),
      ("x-timeout-ms", "\(method.cost.milliseconds)"),
    ])
  }

  /// Those of the common members that the method takes; they are described once.
  private var common: [String] {
    method.commonMembers.map { "{\"$ref\":\(Line.quoted("#/components/contentDescriptors/\($0)"))}" }
  }

  /// A member as OpenRPC's Content Descriptor Object.
  static func descriptor(_ property: Shape.Property, _ types: DiscoverTypes, isParameter: Bool) -> String {
    JSONText.object([
      ("name", Line.quoted(property.name)),
      ("summary", property.summary.isEmpty ? nil : Line.quoted(property.summary)),
      ("required", property.isRequired ? "true" : "false"),
      ("schema", types.schema(of: property.shape, isParameter: isParameter)),
    ])
  }

  private func success(_ example: MethodExamples.Example) -> String? {
    example.result.map { pairing(example, ("result", "{\"name\":\"result\",\"value\":\($0)}")) }
  }

  private func failure(_ example: MethodExamples.Example) -> String? {
    example.error.map { pairing(example, ("error", $0)) }
  }

  private func pairing(_ example: MethodExamples.Example, _ outcome: (String, String?)) -> String {
    let params = example.params.map { JSONText.object([("name", Line.quoted($0.name)), ("value", $0.value)]) }
    return JSONText.object([("name", Line.quoted(example.name)), ("params", JSONText.array(params)), outcome])
  }
}
