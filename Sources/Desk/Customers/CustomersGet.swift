import JSON
import Postgres

enum CustomersGet: DeskMethod {
  struct Params: Sendable {
    let id: String
    let includesDeleted: Bool
  }

  static let name = "customers.get"
  static let summary = "One customer with the values of their fields."
  static let access = Access.read
  static let cost = Cost.point
  static let params = Schema<Params>.object(CustomerParams.id, Deletion.included, as: Params.init)
  static let result = CustomerShapes.detail
  static let errors: [FailureKind] = [.notFound, .forbidden]
  static let statements = [query, anyQuery]

  static let query = Query.row(of: "desk.customer_detail", where: "r.deleted_at is null")
  private static let anyQuery = Query.row(
    of: "desk.customer_detail", where: "(r.deleted_at is null or (select desk.caller_role()) = 'admin')")

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    try Deletion.allow(params.includesDeleted, to: caller)
    return .read(
      params.includesDeleted ? anyQuery(params.id) : query(params.id), missing: .notFound("customer", at: "/id"))
  }
}
