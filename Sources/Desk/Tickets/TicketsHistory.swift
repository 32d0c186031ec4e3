import JSON
import Postgres

enum TicketsHistory: DeskMethod {
  struct Params: Sendable {
    let id: String
    let onlyStatus: Bool
    let isDescending: Bool
    let limit: Int
    let cursor: String?
  }

  static let name = "tickets.history"
  static let summary =
    "A page of what was done to a ticket and its messages, the latest first: who, when, by which method, what, from and "
    + "to; and how long each status lasted."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    TicketParams.id,
    .optional("only_status", .bool, absent: false, "Changes of the status only."),
    .optional("descending", .bool, absent: true, "The latest first."),
    PageParams.limit, PageParams.cursor,
    as: Params.init)
  static let result = PageParams.shape(of: AuditShapes.ticketEntry)
  static let errors: [FailureKind] = [.notFound]
  static var statements: [Query] { list.statements }

  private static let list = PageList(
    PageSource(
      table: "desk.audit_records", view: "desk.ticket_entry",
      within: .init(
        table: "(select t.id from public.tickets t where t.deleted_at is null)",
        column: "t.root_id"), key: AuditList.key),
    orders: [PageOrder("seq")],
    filters: [
      .when("t.object_kind = 'ticket' and t.new_values ? 'status' and t.action in ('created', 'found', 'changed')")
    ])

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let page = Page(
      "seq", isDescending: params.isDescending, limit: params.limit, cursor: params.cursor, within: params.id,
      choices: [params.onlyStatus ? .given() : nil])
    return .read(try list.statement(for: page, by: caller), missing: .notFound("ticket", at: "/id"))
  }
}
