import JSON
import Postgres

enum TicketsList: DeskMethod {
  struct Params: Sendable {
    let filter: TicketFilter
    let narrowing: TicketNarrowing
    let sort: String?
    let isDescending: Bool?
    let page: PageParams
    let includesDeleted: Bool
  }

  static let name = "tickets.list"
  static let summary = "A page of tickets, filtered and sorted."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    TicketFilter.status, TicketFilter.priority, TicketFilter.assignee, TicketFilter.customer, TicketFilter.text,
    TicketFilter.active, TicketFilter.created, TicketFilter.tags, TicketFilter.tagsMatch, TicketFilter.isSnoozed,
    SearchParams.query, SearchParams.view, FieldFilter.member,
    TicketNarrowing.updated, TicketNarrowing.hasNote,
    .optional(
      "sort", .choice(orders.map(\.name)),
      "By latest activity, creation or priority; if absent, as the view says, or by activity."),
    .optional("descending", .bool, "The latest, or most urgent, first, which they are if absent."),
    PageParams.limit, PageParams.cursor, Deletion.included,
    as: {
      status, priority, assignee, customer, text, active, created, tags, tagsMatch, isSnoozed, query, view, fields,
      updated, hasNote, sort, isDescending, limit, cursor, includesDeleted in
      Params(
        filter: TicketFilter(
          statuses: status, priorities: priority, assignee: assignee, customer: customer, text: text, active: active,
          created: created, tags: tags, tagsMatch: tagsMatch, isSnoozed: isSnoozed),
        narrowing: TicketNarrowing(query: query, view: view, fields: fields, updated: updated, hasNote: hasNote),
        sort: sort, isDescending: isDescending, page: PageParams(limit: limit, cursor: cursor),
        includesDeleted: includesDeleted)
    })
  static let result = PageParams.shape(of: TicketShapes.row)
  static let errors: [FailureKind] = [.forbidden, .queryError, .notFound]
  static var statements: [Query] { list.statements + [TicketSearch.list.query, SearchParams.viewQuery] }

  private static let orders = [
    PageOrder("activity", ("last_activity_at", "timestamptz")),
    PageOrder("creation", ("created_at", "timestamptz")),
    PageOrder("priority", ("priority_rank", "smallint"), ("last_activity_at", "timestamptz")),
  ]
  private static let list = PageList(
    PageSource(table: "public.tickets", view: "desk.ticket", hidesDeleted: true), orders: orders,
    filters: TicketFilter.filters)

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    try Deletion.allow(params.includesDeleted, to: caller)
    guard params.narrowing.isEmpty else { return try narrowed(params, by: caller) }
    let page = Page(
      params.sort ?? "activity", isDescending: params.isDescending ?? true, limit: params.page.limit,
      cursor: params.page.cursor, choices: params.filter.choices(for: caller),
      includesDeleted: params.includesDeleted)
    // Other pages must not wait behind a search.
    return .read(try list.statement(for: page, by: caller), cost: params.filter.text == nil ? nil : .heavy)
  }

  private static func narrowed(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let narrowing = params.narrowing
    guard narrowing.query != nil || narrowing.view != nil else {
      return try found(SearchQuery(), params, nil, by: caller)
    }
    return try SearchParams.plan(query: narrowing.query, view: narrowing.view) { search, order throws(Failure) in
      try found(search, params, order, by: caller)
    }
  }

  private static func found(
    _ search: SearchQuery, _ params: Params, _ order: SearchParams.Order?, by caller: Caller
  ) throws(Failure) -> Plan {
    var search = try params.narrowing.search(search, and: params.filter)
    search.includesDeleted = params.includesDeleted
    return .read(
      try TicketSearch.list.statement(
        search, sort: params.sort ?? order?.sort ?? "activity",
        isDescending: params.isDescending ?? order?.isDescending ?? true, page: params.page, by: caller),
      cost: .heavy)
  }
}
