import JSON
import Postgres

enum Search: DeskMethod {
  struct Params: Sendable {
    let query: String?
    let view: String?
    let sort: String
    let page: PageParams
  }

  static let name = "search"
  static let summary =
    "Tickets by words and qualifiers, ranked, with the text around what was found; see Search in the reference. It "
    + "ranks at most 1,000 tickets, of a common word those written last."
  static let access = Access.read
  static let cost = Cost.heavy
  static let params = Schema<Params>.object(
    SearchParams.query, SearchParams.view,
    .optional(
      "sort", .choice(["relevance", "time"]), absent: "relevance",
      "By how well they fit, or the latest activity first. Without words it is always by time."),
    PageParams.limit, PageParams.cursor,
    as: { query, view, sort, limit, cursor in
      Params(query: query, view: view, sort: sort, page: PageParams(limit: limit, cursor: cursor))
    })
  static let result = Shape.object([
    .init(
      "items",
      .array(
        of: .object([
          .init("type", .choice(["ticket"])), .init("ticket", TicketShapes.row),
          .init("snippet", .nullable(TicketSearch.snippet), summary: "Null where only a customer or a tag fits."),
          .init("score", .nullable(.number), summary: "Null when sorted by time."),
        ]), atMost: Page.limits.upperBound)),
    .init("count", FoundList.countShape, summary: "How many there are in all, of the same moment as the page."),
    .init("next_cursor", .nullable(.text), summary: "Where the next page begins; null at the end."),
  ])
  static let errors: [FailureKind] = [.queryError, .notFound]
  static let statements = [TicketSearch.ranked.query, SearchParams.viewQuery]

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    try SearchParams.plan(query: params.query, view: params.view) { search, _ throws(Failure) in
      let hasWords = search.terms.contains { !$0.isNegated }
      return .read(
        try TicketSearch.ranked.statement(
          search, sort: hasWords ? params.sort : "time", isDescending: true, page: params.page, by: caller))
    }
  }
}
