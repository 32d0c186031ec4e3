import JSON

/// Conditions on customers' fields as a parameter: `{"plan": "pro", "seats": {"gt": 10}}`.
enum FieldFilter {
  typealias Condition = SearchQuery.Condition

  static let member = Member<[Condition]>.optional(
    "fields", schema, absent: [],
    "Customers' fields by name: a value, several of which any will do, null for no value, or {gt, gte, lt, lte} of "
      + "numbers and dates. Texts are compared without regard to case.")

  private static let schema = Schema<[(name: String, value: Condition)]>
    .dictionary(of: test, atMost: SearchQuery.maximumFields)
    .map { members in
      members.map { name, condition in
        var named = condition
        named.name = name
        return named
      }
    }

  /// What is asked of one field; its name is not known here.
  private static let test = Schema<Condition>(.union([scalar.shape, several.shape, bounds.shape, .null])) {
    value, place throws(Fault) in
    var condition = Condition(subject: "field", test: .present, path: place.pointer)
    switch value.kind {
    case .null: condition.isNegated = true
    case .array:
      let values = try several.decode(value, at: place)
      guard !values.isEmpty else { throw Fault("must name at least one value", at: place) }
      condition.test = .oneOf(values)
    case .object:
      let range = try bounds.decode(value, at: place)
      guard let range else { throw Fault("must have gt or gte, or lt or lte", at: place) }
      condition.test = range
    default: condition.test = .oneOf([try scalar.decode(value, at: place)])
    }
    return condition
  }

  private static let several = Schema<[String]>.list(of: scalar, atMost: SearchQuery.maximumValues)

  private static let bounds = Schema<Condition.Test?>.object(
    .optional("gt", scalar, "Greater than this."), .optional("gte", scalar, "This or greater."),
    .optional("lt", scalar, "Less than this."), .optional("lte", scalar, "This or less."),
    as: { gt, gte, lt, lte in
      let from = gt.map { Condition.Bound(value: $0, isOpen: true) } ?? gte.map { Condition.Bound(value: $0) }
      let to = lt.map { Condition.Bound(value: $0, isOpen: true) } ?? lte.map { Condition.Bound(value: $0) }
      return from == nil && to == nil ? nil : .range(from: from, to: to)
    })

  private static let scalar = Schema<String>(.union([.text, .number, .bool])) { value, place throws(Fault) in
    switch value.kind {
    case .string, .integer, .real, .bool: break
    default: throw Fault("must be a text, a number, true or false", at: place)
    }
    let text = value.string ?? value.json
    guard text.utf8.count <= 8_192, !text.utf8.contains(0) else { throw Fault("must have at most 8 KiB", at: place) }
    return text
  }
}
