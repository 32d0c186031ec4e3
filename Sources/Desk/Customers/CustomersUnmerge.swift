import JSON
import Postgres

enum CustomersUnmerge: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "customers.unmerge"
  static let summary =
    "Undoes a merge within 30 days: the tickets, messages and identities that came with the customer go back to them, and "
    + "tickets and messages that were for them since; the target loses the values that it got from them, but not those "
    + "that were changed since. New tickets that came by one of their identities stay with the target."
  static let access = Access.write
  static let cost = Cost.heavy
  static let params = Schema<Params>.object(
    .required("id", .uuid, "The customer who was merged into another one."), WriteParams.expectedVersion,
    as: Params.init)
  static let result = CustomerShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, CustomersGet.query]

  private static let query = Query("select desk.unmerge_customer($1::uuid)")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: CustomerParams.peopleLock(params.id), and: [FieldParams.sharedLock(caller)],
        expecting: [.init("customer", params.id, version: params.version, to: .unmerge, at: "/id")],
        [query(params.id)], answer: CustomersGet.query(params.id)))
  }
}
