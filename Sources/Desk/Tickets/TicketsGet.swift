import JSON
import Postgres

enum TicketsGet: DeskMethod {
  struct Params: Sendable {
    let id: String
    let includesDeleted: Bool
  }

  static let name = "tickets.get"
  static let summary = "One ticket with its customer, assignee, message count and last message."
  static let access = Access.read
  static let cost = Cost.point
  static let params = Schema<Params>.object(TicketParams.id, Deletion.included, as: Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .forbidden]
  static let statements = [query, anyQuery]

  static let query = Query(
    "select to_jsonb(t)::text from desk.ticket_detail t where t.id = $1::uuid and t.deleted_at is null")
  private static let anyQuery = Query(
    """
    select to_jsonb(t)::text from desk.ticket_detail t
     where t.id = $1::uuid and (t.deleted_at is null or (select desk.caller_role()) = 'admin')
    """)

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    try Deletion.allow(params.includesDeleted, to: caller)
    return .read(
      params.includesDeleted ? anyQuery(params.id) : query(params.id), missing: .notFound("ticket", at: "/id"))
  }
}
