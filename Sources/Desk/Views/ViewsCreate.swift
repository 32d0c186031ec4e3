import JSON
import Postgres

enum ViewsCreate: DeskMethod {
  struct Params: Sendable {
    let name: String
    let query: String
    let sort: String
    let isDescending: Bool
    let columns: String
    let isShared: Bool
  }

  static let name = "views.create"
  static let summary = "A new view of the caller's, their own or shared with everyone."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    .required("name", ViewParams.name, ViewParams.nameSummary),
    .optional("query", ViewParams.query, absent: "", ViewParams.querySummary),
    .optional("sort", .choice(ViewParams.sorts), absent: "activity"),
    .optional("descending", .bool, absent: true),
    .optional("columns", ViewParams.columns, absent: "[]", ViewParams.columnsSummary),
    .optional("is_shared", .bool, absent: false, "Whether everyone sees it."),
    as: Params.init)
  static let result = ViewShapes.row
  static let errors: [FailureKind] = [.queryError, .alreadyExists]
  static let statements = [query, ViewsGet.query]

  private static let query = Query(
    """
    insert into public.ticket_views (id, owner_id, name, query, sort, is_descending, columns, is_shared)
    values ($1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::boolean, $7::jsonb, $8::boolean)
    """)

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    try ViewParams.check(params.query)
    let id = UUIDv7.make()
    let insert = query(
      id, caller.agent, params.name, params.query, params.sort, String(params.isDescending), params.columns,
      String(params.isShared))
    return .write(Write(lock: id, [insert], answer: ViewsGet.query(id)))
  }
}
