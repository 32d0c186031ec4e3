import JSON
import Postgres

enum TicketsSplit: DeskMethod {
  struct Params: Sendable {
    let id: String
    let message: String
    let subject: String?
    let version: Int?
  }

  static let name = "tickets.split"
  static let summary =
    "Moves a message and everything said later to a new ticket, which names where it comes from (split_from). It is "
    + "open, has priority and assignee of the other, and belongs to the customer who wrote the message, or to the same. "
    + "Internal notes on both say so. Answers the new ticket."
  static let access = Access.write
  static let cost = Cost.heavy
  static let params = Schema<Params>.object(
    TicketParams.id,
    .required("message_id", .uuid, "The first message that moves; not the first of the ticket."),
    .optional("subject", TicketParams.subject, "Of the new ticket; the same if left out."),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, TicketsGet.query]

  private static let query = Query("select desk.split_ticket($1::uuid, $2::uuid, $3::uuid, $4::text)")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    let id = UUIDv7.make()
    return .write(
      Write(
        lock: params.id, expecting: [.init("ticket", params.id, version: params.version, at: "/id")],
        [query(params.id, params.message, id, params.subject)], answer: TicketsGet.query(id)))
  }
}
