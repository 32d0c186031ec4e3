import JSON
import Postgres

enum CustomersUnblock: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "customers.unblock"
  static let summary = "Takes what a customer says again. What was refused meanwhile is not kept anywhere."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(CustomerParams.id, WriteParams.expectedVersion, as: Params.init)
  static let result = CustomerShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, CustomersGet.query]

  private static let query = Query("update public.customers c set blocked_at = null where c.id = $1::uuid")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(CustomerParams.write(params.id, params.version, [query(params.id)]))
  }
}
