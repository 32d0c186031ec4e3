import JSON
import Postgres

enum TicketsAt: DeskMethod {
  struct Params: Sendable {
    let id: String
    let time: String
  }

  static let name = "tickets.at"
  static let summary = "A ticket as it was at an instant, with its messages of then counted and the last of them."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    TicketParams.id, .required("time", .time, "The instant."), as: Params.init)
  static let result = Shape.object([
    .init("id", .uuid),
    .init("version", .integer(1...Int(Int32.max))),
    .init("changed_at", .time, summary: "Since when it was so."),
    .init(
      "ticket", AuditShapes.state, summary: "Its members, named as in tickets.get; those that were null are left out."),
    .init("message_count", .integer(0...Int(Int32.max))),
    .init(
      "last_message", .nullable(AuditShapes.state),
      summary: "Its members, named as in messages.get; of a long body the first 4 KiB."),
  ])
  static let errors: [FailureKind] = [.notFound]
  static let statements = [query]

  private static let query = Query(
    """
    select a.ticket::text
      from (
        select desk.ticket_at(t.id, $2::timestamptz) as ticket from public.tickets t where t.id = $1::uuid and t.deleted_at is null
        offset 0
      ) as a
     where a.ticket is not null
    """)

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .read(query(params.id, params.time), missing: .notFound("ticket", at: "/id"))
  }
}
