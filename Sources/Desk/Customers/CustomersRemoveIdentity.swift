import JSON
import Postgres

enum CustomersRemoveIdentity: DeskMethod {
  struct Params: Sendable {
    let id: String
    let identity: CustomerIdentity
    let version: Int?
  }

  static let name = "customers.remove_identity"
  static let summary =
    "Takes an address, id or handle from a customer; another one may have it then. The address that is their email is "
    + "changed by customers.update instead."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    CustomerParams.id, CustomerIdentity.kind, CustomerIdentity.value, WriteParams.expectedVersion,
    as: { Params(id: $0, identity: CustomerIdentity(kind: $1, value: $2), version: $3) })
  static let result = CustomerShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .invalid, .rule]
  static let statements = [query, CustomersGet.query]

  private static let query = Query("select desk.remove_identity($1::uuid, $2::text, $3::text)")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      CustomerParams.write(
        params.id, params.version, [query(params.id, params.identity.kind, params.identity.value)]))
  }
}
