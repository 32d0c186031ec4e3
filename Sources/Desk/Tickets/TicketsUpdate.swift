import JSON
import Postgres

enum TicketsUpdate: DeskMethod {
  struct Params: Sendable {
    let id: String
    let subject: String?
    let priority: String?
    let metadata: String?
    let metadataPatch: String?
    let tags: TagChange?
    let version: Int?
  }

  static let name = "tickets.update"
  static let summary = "Changes a ticket's subject, priority, tags or metadata; what is left out stays."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    TicketParams.id,
    .optional("subject", TicketParams.subject),
    .optional("priority", .choice(TicketShapes.priorities)),
    MetadataChange.whole, MetadataChange.patch,
    .optional("tags", TagChange.schema, "Tags to put on and take off, or all of them anew."),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .invalid, .rule]
  static let statements = [query, TagChange.query, TicketsGet.query]

  private static let query = Query(
    """
    update public.tickets t
       set subject = coalesce($2::text, t.subject),
           priority = coalesce($3::text::public.ticket_priority, t.priority),
           metadata = coalesce($4::jsonb, desk.merge_patch(t.metadata, $5::jsonb), t.metadata)
     where t.id = $1::uuid
    """)

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let metadata = try MetadataChange(params.metadata, params.metadataPatch)
    let change = Statement(query, [params.id, params.subject, params.priority] + metadata.values)
    let tags = try params.tags.map { tags throws(Failure) in [try tags.statement(for: params.id)] } ?? []
    return .write(TicketParams.write(params.id, params.version, [change] + tags))
  }
}
