import JSON
import Postgres

enum ViewsUpdate: DeskMethod {
  struct Params: Sendable {
    let id: String
    let name: String?
    let query: String?
    let sort: String?
    let isDescending: Bool?
    let columns: String?
    let isShared: Bool?
    let version: Int?
  }

  static let name = "views.update"
  static let summary =
    "Changes a view; what is left out stays. Of others' views only shared ones, and only for an admin."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    ViewParams.id,
    .optional("name", ViewParams.name, ViewParams.nameSummary),
    .optional("query", ViewParams.query, ViewParams.querySummary),
    .optional("sort", .choice(ViewParams.sorts)),
    .optional("descending", .bool),
    .optional("columns", ViewParams.columns, ViewParams.columnsSummary),
    .optional("is_shared", .bool, "Whether everyone sees it; only its maker takes that back."),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = ViewShapes.row
  static let errors: [FailureKind] = [.notFound, .forbidden, .conflict, .queryError, .alreadyExists]
  static let statements = [query, ViewsGet.query]

  private static let query = Query(
    """
    update public.ticket_views v
       set name = coalesce($2::text, v.name),
           query = coalesce($3::text, v.query),
           sort = coalesce($4::text, v.sort),
           is_descending = coalesce($5::boolean, v.is_descending),
           columns = coalesce($6::jsonb, v.columns),
           is_shared = coalesce($7::boolean, v.is_shared)
     where v.id = $1::uuid
    """)

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    try ViewParams.check(params.query)
    let update = query(
      params.id, params.name, params.query, params.sort, params.isDescending.map { String($0) }, params.columns,
      params.isShared.map { String($0) })
    return .write(
      Write(
        lock: params.id, expecting: [.init("view", params.id, version: params.version, at: "/id")], [update],
        answer: ViewsGet.query(params.id)))
  }
}
