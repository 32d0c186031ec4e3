import JSON
import Postgres

enum MessagesGet: DeskMethod {
  struct Params: Sendable {
    let id: String
    let includesDeleted: Bool
  }

  static let name = "messages.get"
  static let summary = "One message with its whole body."
  static let access = Access.read
  static let cost = Cost.point
  static let params = Schema<Params>.object(MessageParams.id, Deletion.included, as: Params.init)
  static let result = MessageShapes.detail
  static let errors: [FailureKind] = [.notFound, .forbidden]
  static let statements = [query, anyQuery]

  /// A message of a deleted ticket is not there either.
  static let query = Query.row(
    of: "desk.message",
    where: """
      r.deleted_at is null
       and exists (select from public.tickets t where t.id = r.ticket_id and t.deleted_at is null)
      """)
  /// Deleted, or of a deleted ticket, for those who may look at what is deleted.
  static let anyQuery = Query.row(of: "desk.message", where: "(select desk.caller_role()) = 'admin'")

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    try Deletion.allow(params.includesDeleted, to: caller)
    return .read(
      params.includesDeleted ? anyQuery(params.id) : query(params.id), missing: .notFound("message", at: "/id"))
  }
}
