import JSON
import Postgres

enum ViewsCounts: DeskMethod {
  static let name = "views.counts"
  static let summary = "How many tickets each of several views has, all of one moment; each counted up to a limit."
  static let access = Access.read
  static let cost = Cost.heavy
  static let params = Schema<[String]>.object(
    .required("ids", .list(of: .uuid, atMost: mostViews), "Views, at most \(mostViews)."), as: { $0 })
  static let result = Shape.object([
    .init(
      "items",
      .array(of: .object([.init("id", .uuid), .init("count", FoundList.countShape)]), atMost: mostViews),
      summary: "In the order of the ids.")
  ])
  static let errors: [FailureKind] = [.queryError, .notFound]
  static let statements = [viewsQuery, query]

  private static let mostViews = 20

  private static let viewsQuery = Query(
    """
    select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'query', v.query) order by w.n), '[]')::text
      from unnest($1::uuid[]) with ordinality as w (id, n)
      left join public.ticket_views v on v.id = w.id
    """)
  private static let query = Query("select jsonb_build_object('items', desk.count_views($1::jsonb))::text")

  private struct Row: Sendable {
    let id: String
    let query: String?
  }

  private static let rows = Schema<[Row]>.list(
    of: .object(
      .required("id", .uuid), .required("query", Schema<String>.text(0...SearchQuery.maximumLength).orNull),
      as: Row.init), atMost: mostViews)

  static func plan(_ ids: [String], by caller: Caller) -> Plan {
    .readThen(viewsQuery("{\(ids.joined(separator: ","))}")) { text throws(Failure) in
      let rows: [Row]
      do throws(Fault) { rows = try Self.rows.decode(text) } catch { throw Failure(.internalError) }
      var queries: [String] = []
      for (index, row) in rows.enumerated() {
        let path = "/ids/\(index)"
        guard let query = row.query else { throw .notFound("view", at: path) }
        let search = try SearchParams.search(query, at: path)
        queries.append("{\"id\":\"\(row.id)\",\"search\":\(search.json(for: caller))}")
      }
      return .read(query("[\(queries.joined(separator: ","))]"))
    }
  }
}
