import JSON
import Postgres

enum CustomersHistory: DeskMethod {
  struct Params: Sendable {
    let id: String
    let isDescending: Bool
    let limit: Int
    let cursor: String?
  }

  static let name = "customers.history"
  static let summary =
    "A page of what was done to a customer, the latest first: who, when, by which method, what, from and to; values of "
    + "fields and identities too. Who was merged into them has a history of their own."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    CustomerParams.id, .optional("descending", .bool, absent: true, "The latest first."),
    PageParams.limit, PageParams.cursor,
    as: Params.init)
  static let result = PageParams.shape(of: AuditShapes.entry)
  static let errors: [FailureKind] = [.notFound]
  static var statements: [Query] { list.statements }

  private static let list = PageList(
    PageSource(
      table: "desk.audit_records", view: "desk.audit_entry",
      within: .init(
        table: "(select c.id from public.customers c where c.deleted_at is null)",
        column: "t.root_id"), key: AuditList.key),
    orders: [PageOrder("seq")])

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let page = Page(
      "seq", isDescending: params.isDescending, limit: params.limit, cursor: params.cursor, within: params.id)
    return .read(try list.statement(for: page, by: caller), missing: .notFound("customer", at: "/id"))
  }
}
