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

  /// The members that a call for a session may carry beside its method's own.
  static let common: [Shape.Property] = [
    .init(
      "session", .string(.init(length: 1...64)), isRequired: false,
      summary: "The session that the call is for; left out, the process's default one."),
    .init(
      "token", .string(.init(length: 1...16_384)), isRequired: false,
      summary: "A Clerk session token instead of a session; verified for this call."),
  ]

  /// A method's parameters, with those that come with its access.
  static func params(of method: AnyMethod) -> [Shape.Property] {
    guard case .object(let properties) = method.params else { return [] }
    return properties + (method.access == .open ? [] : common)
  }

  var json: String {
    let successes = examples.compactMap(success)
    let failures = examples.compactMap(failure)
    return JSONText.object([
      ("name", Line.quoted(method.name)),
      ("tags", method.name.split(separator: ".").first.map { "[{\"name\":\(Line.quoted(String($0)))}]" }),
      ("summary", Line.quoted(method.summary)),
      ("paramStructure", "\"by-name\""),
      ("params", JSONText.array(Self.params(of: method).map(descriptor))),
      ("result", JSONText.object([("name", "\"result\""), ("schema", types.schema(of: method.result))])),
      (
        "errors",
        JSONText.array(
          DiscoverErrors.all(of: method).map { "{\"$ref\":\(Line.quoted("#/components/errors/\($0.rawValue)"))}" })
      ),
      ("examples", successes.isEmpty ? nil : JSONText.array(successes)),
      ("x-error-examples", failures.isEmpty ? nil : JSONText.array(failures)),
      ("x-access", Line.quoted(method.access.rawValue)),
      ("x-cost", Line.quoted(method.cost.rawValue)),
      ("x-timeout-ms", "\(method.cost.milliseconds)"),
    ])
  }

  private func descriptor(_ property: Shape.Property) -> String {
    JSONText.object([
      ("name", Line.quoted(property.name)),
      ("summary", property.summary.isEmpty ? nil : Line.quoted(property.summary)),
      ("required", property.isRequired ? "true" : "false"),
      ("schema", types.schema(of: property.shape)),
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
