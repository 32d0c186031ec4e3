import JSON
import Postgres

enum TicketsList: DeskMethod {
  struct Params: Sendable {
    let filter: TicketFilter
    let sort: String
    let isDescending: Bool
    let limit: Int
    let cursor: String?
    let includesDeleted: Bool
  }

  static let name = "tickets.list"
  static let summary = "A page of tickets, filtered and sorted."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    TicketFilter.status, TicketFilter.priority, TicketFilter.assignee, TicketFilter.customer, TicketFilter.text,
    TicketFilter.active, TicketFilter.created, TicketFilter.tags, TicketFilter.tagsMatch, TicketFilter.isSnoozed,
    .optional("sort", .choice(orders.map(\.name)), absent: "activity", "By latest activity, creation or priority."),
    .optional("descending", .bool, absent: true, "The latest, or most urgent, first."),
    PageParams.limit, PageParams.cursor, Deletion.included,
    as: {
      status, priority, assignee, customer, text, active, created, tags, tagsMatch, isSnoozed, sort, isDescending,
      limit, cursor, includesDeleted in
      Params(
        filter: TicketFilter(
          statuses: status, priorities: priority, assignee: assignee, customer: customer, text: text, active: active,
          created: created, tags: tags, tagsMatch: tagsMatch, isSnoozed: isSnoozed),
        sort: sort, isDescending: isDescending, limit: limit, cursor: cursor,
        includesDeleted: includesDeleted)
    })
  static let result = PageParams.shape(of: TicketShapes.row)
  static let errors: [FailureKind] = [.forbidden]
  static var statements: [Query] { list.statements }

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
    let page = Page(
      params.sort, isDescending: params.isDescending, limit: params.limit, cursor: params.cursor,
      choices: params.filter.choices(for: caller), includesDeleted: params.includesDeleted)
    // Other pages must not wait behind a search.
    return .read(try list.statement(for: page, by: caller), cost: params.filter.text == nil ? nil : .heavy)
  }
}
