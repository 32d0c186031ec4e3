import JSON
import Postgres

enum CustomersGet: DeskMethod {
  static let name = "customers.get"
  static let summary = "One customer with the values of their fields."
  static let access = Access.read
  static let cost = Cost.point
  static let params = Schema<String>.object(CustomerParams.id, as: { $0 })
  static let result = CustomerShapes.detail
  static let errors: [FailureKind] = [.notFound]
  static let statements = [query]

  static let query = Query("select to_jsonb(c)::text from desk.customer_detail c where c.id = $1::uuid")

  static func plan(_ id: String, by caller: Caller) -> Plan {
    .read(query(id), missing: .notFound("customer", at: "/id"))
  }
}
