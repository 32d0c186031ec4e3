import JSON
import Postgres

enum TicketsGet: DeskMethod {
  struct Params: Sendable {
    let id: String?
    let number: Int?
    let includesDeleted: Bool
  }

  static let name = "tickets.get"
  static let summary = "One ticket with its customer, assignee, followers, message count and last message."
  static let access = Access.read
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    .optional("id", .uuid, "The ticket; this or number."),
    .optional("number", .integer(1...Int(Int32.max)), "The ticket's number; this or id."),
    Deletion.included,
    as: Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .forbidden]
  static let statements = [query, anyQuery, numberQuery, anyNumberQuery]

  static let query = Query.row(of: "desk.ticket_detail", where: "r.deleted_at is null")
  private static let anyQuery = Query.row(
    of: "desk.ticket_detail", where: "(r.deleted_at is null or (select desk.caller_role()) = 'admin')")
  private static let numberQuery = Query(
    "select row_to_json(t)::text from desk.ticket_detail t where t.number = $1::integer and t.deleted_at is null")
  private static let anyNumberQuery = Query(
    """
    select row_to_json(t)::text from desk.ticket_detail t
     where t.number = $1::integer and (t.deleted_at is null or (select desk.caller_role()) = 'admin')
    """)

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    try Deletion.allow(params.includesDeleted, to: caller)
    let isAny = params.includesDeleted
    switch (params.id, params.number) {
    case (let id?, nil): return .read((isAny ? anyQuery : query)(id), missing: .notFound("ticket", at: "/id"))
    case (nil, let number?):
      return .read((isAny ? anyNumberQuery : numberQuery)(String(number)), missing: .notFound("ticket", at: "/number"))
    default: throw Failure(.invalidParams, "Give either id or number.", path: "/id")
    }
  }
}
