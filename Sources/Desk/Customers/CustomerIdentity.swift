import JSON

/// Who a customer is to others: an address, an id in another system, a handle in a chat.
struct CustomerIdentity: Sendable {
  let kind: String
  let value: String

  static let kinds = ["email", "external_id", "chat"]
  static let kind = Member<String>.required("kind", .choice(kinds))
  static let value = Member<String>.required(
    "value", .bytes(1...320),
    "An address, whatever its case; an id as the other system has it; or network:handle, such as telegram:@ana.")

  static let schema = Schema<CustomerIdentity>.object(kind, value, as: CustomerIdentity.init)
  static let list = Schema<[CustomerIdentity]>.list(of: schema, atMost: 20)

  /// How customers show them.
  static let shape = Shape.object([
    .init("kind", .choice(kinds)),
    .init("value", .text),
    .init("is_primary", .bool, summary: "The address that is the customer's email."),
    .init("created_at", .time),
  ])

  /// For functions of the database, with the place in the params that a fault is at.
  func json(at path: String) -> String {
    "{\"kind\":\(Line.quoted(kind)),\"value\":\(Line.quoted(value)),\"path\":\(Line.quoted(path))}"
  }

  /// An array of them, from a list that stands at that place.
  static func json(_ identities: [CustomerIdentity], at path: String = "/identities") -> String {
    "[" + identities.enumerated().map { $1.json(at: "\(path)/\($0)/value") }.joined(separator: ",") + "]"
  }

  /// What two calls about the same one wait for each other by.
  func lock(in organization: String) -> String {
    let prefix = "customer \(organization) "
    return prefix + (kind == "email" ? value.lowercased() : "\(kind) \(value)")
  }
}
