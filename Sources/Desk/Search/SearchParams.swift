import JSON
import Postgres

/// The members that several methods take to say what is looked for.
enum SearchParams {
  static let query = Member<String?>.optional(
    "query", .text(1...SearchQuery.maximumLength), "Words and qualifiers; see Search in the reference.")
  static let view = Member<String?>.optional("view_id", .uuid, "A saved view, instead of a query.")

  static let viewQuery = Query(
    """
    select jsonb_build_object('query', v.query, 'sort', v.sort, 'descending', v.is_descending)::text
      from public.ticket_views v where v.id = $1::uuid
    """)

  /// A view's order.
  struct Order: Sendable {
    let sort: String
    let isDescending: Bool
  }

  static func parse(_ text: String, at path: String = "/query") throws(Failure) -> SearchQuery {
    do throws(SearchError) { return try SearchParser.parse(text) } catch { throw Failure(error, at: path) }
  }

  /// A view's query; an empty one is all tickets. What no longer holds of it is told of the view.
  static func search(_ text: String, at path: String = "/view_id") throws(Failure) -> SearchQuery {
    guard !text.isEmpty else { return SearchQuery() }
    var search = try parse(text, at: path)
    for index in search.conditions.indices { search.conditions[index].path = path }
    return search
  }

  /// Plans with the query that is given, or with that of the view, which has to be read first.
  static func plan(
    query: String?, view: String?, _ plan: @escaping @Sendable (SearchQuery, Order?) throws(Failure) -> Plan
  ) throws(Failure) -> Plan {
    guard let view else {
      guard let query else { throw Failure(.invalidParams, "query or view_id is required", path: "/query") }
      return try plan(try parse(query), nil)
    }
    guard query == nil else { throw Failure(.invalidParams, "view_id takes the place of query", path: "/view_id") }
    return .readThen(viewQuery(view), missing: .notFound("view", at: "/view_id")) { row throws(Failure) in
      let read = try ViewRow(row)
      return try plan(try search(read.query), Order(sort: read.sort, isDescending: read.isDescending))
    }
  }
}
