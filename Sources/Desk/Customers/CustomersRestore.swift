import JSON
import Postgres

enum CustomersRestore: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "customers.restore"
  static let summary =
    "Brings a deleted customer back, with the tickets that their deletion took and no others. Refused while one of those "
    + "is merged into a ticket of a customer who is deleted (`data.details.customer_ids`)."
  static let access = Access.admin
  static let cost = Cost.heavy
  static let params = Schema<Params>.object(CustomerParams.id, WriteParams.expectedVersion, as: Params.init)
  static let result = CustomerShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, CustomersGet.query]

  private static let query = Query("update public.customers c set deleted_at = null where c.id = $1::uuid")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: CustomerParams.peopleLock(params.id),
        expecting: [.init("customer", params.id, version: params.version, to: .restore, at: "/id")],
        [query(params.id)], answer: CustomersGet.query(params.id)))
  }
}
