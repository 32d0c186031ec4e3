import JSON
import Postgres

enum MessagesList: DeskMethod {
  struct Params: Sendable {
    let ticket: String
    let includesInternal: Bool
    let isDescending: Bool
    let limit: Int
    let cursor: String?
    let includesDeleted: Bool
  }

  static let name = "messages.list"
  static let summary = "A page of a ticket's messages by creation, the oldest first; long bodies are cut."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    .required("ticket_id", .uuid, "The ticket."),
    .optional("include_internal", .bool, absent: true, "Internal notes as well."),
    .optional("descending", .bool, absent: false, "The newest first."),
    PageParams.limit, PageParams.cursor, Deletion.included,
    as: Params.init)
  static let result = PageParams.shape(of: MessageShapes.row)
  static let errors: [FailureKind] = [.notFound, .forbidden]
  static var statements: [Query] { list.statements }

  private static let list = PageList(
    PageSource(
      table: "public.ticket_messages", view: "desk.message_row",
      within: .init(table: "public.tickets", column: "t.ticket_id"), hidesDeleted: true),
    orders: [PageOrder("creation", ("created_at", "timestamptz"))],
    filters: [.when("not t.is_internal")])

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    try Deletion.allow(params.includesDeleted, to: caller)
    let page = Page(
      "creation", isDescending: params.isDescending, limit: params.limit, cursor: params.cursor, within: params.ticket,
      choices: [params.includesInternal ? nil : .given()], includesDeleted: params.includesDeleted)
    return .read(try list.statement(for: page, by: caller), missing: .notFound("ticket", at: "/ticket_id"))
  }
}
