import JSON
import Postgres

enum CustomersAddIdentity: DeskMethod {
  struct Params: Sendable {
    let id: String
    let identity: CustomerIdentity
    let version: Int?
  }

  static let name = "customers.add_identity"
  static let summary =
    "Gives a customer one more address, id in another system or handle in a chat, of at most 50; whoever is looked for "
    + "by it is this customer from then on. One that they have already changes nothing; the first address of who has "
    + "none becomes their email."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    CustomerParams.id, CustomerIdentity.kind, CustomerIdentity.value, WriteParams.expectedVersion,
    as: { Params(id: $0, identity: CustomerIdentity(kind: $1, value: $2), version: $3) })
  static let result = CustomerShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .alreadyExists, .deleted, .invalid, .rule]
  static let statements = [CustomerParams.identitiesQuery, CustomersGet.query]

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      CustomerParams.write(
        params.id, params.version,
        [CustomerParams.identitiesQuery(params.id, "[\(params.identity.json(at: "/value"))]")]))
  }
}
