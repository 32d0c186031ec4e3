import JSON
import Postgres

enum TicketsGet: DeskMethod {
  static let name = "tickets.get"
  static let summary = "One ticket with its customer, assignee, message count and last message."
  static let access = Access.read
  static let cost = Cost.point
  static let params = Schema<String>.object(.required("id", .uuid, "The ticket."), as: { $0 })
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound]
  static let statements = [query]

  static let query = Query("select to_jsonb(t)::text from desk.ticket_detail t where t.id = $1::uuid")

  static func plan(_ id: String, by caller: Caller) -> Plan {
    .read(query(id), missing: .notFound("ticket", at: "/id"))
  }
}
