import JSON
import Postgres

enum TicketsUpdate: DeskMethod {
  struct Params: Sendable {
    let id: String
    let subject: String?
    let priority: String?
    let metadata: String?
    let version: Int?
  }

  static let name = "tickets.update"
  static let summary = "Changes a ticket's subject, priority or metadata; what is left out stays."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    TicketParams.id,
    .optional("subject", TicketParams.subject),
    .optional("priority", .choice(TicketShapes.priorities)),
    .optional("metadata", .raw(maximumBytes: 65_536), "Replaces all that was there."),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict]
  static let statements = [query, TicketsGet.query]

  private static let query = Query(
    """
    update public.tickets t
       set subject = coalesce($2::text, t.subject),
           priority = coalesce($3::text::public.ticket_priority, t.priority),
           metadata = coalesce($4::jsonb, t.metadata)
     where t.id = $1::uuid
    """)

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      TicketParams.write(
        params.id, params.version, [query(params.id, params.subject, params.priority, params.metadata)]))
  }
}
