import JSON
import Postgres

enum CustomersList: DeskMethod {
  struct Params: Sendable {
    let email: String?
    let text: String?
    let created: TicketFilter.TimeRange?
    let sort: String
    let isDescending: Bool
    let limit: Int
    let cursor: String?
    let includesDeleted: Bool
  }

  static let name = "customers.list"
  static let summary = "A page of customers, filtered and sorted."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    .optional("email", .emailAddress, "Exactly this address, whatever its case."),
    .optional(
      "text", .text(1...200),
      "Beginnings of words in the name or address, all of them. A list looks at the 1,000 newest matches."),
    TicketFilter.created,
    .optional("sort", .choice(orders.map(\.name)), absent: "name", "By name or creation."),
    .optional("descending", .bool, absent: false, "From the end of the alphabet, or the newest first."),
    PageParams.limit, PageParams.cursor, Deletion.included,
    as: Params.init)
  static let result = PageParams.shape(of: CustomerShapes.row)
  static let errors: [FailureKind] = [.forbidden]
  static var statements: [Query] { list.statements }

  private static let orders = [
    PageOrder("name", ("name", "text")), PageOrder("creation", ("created_at", "timestamptz")),
  ]
  private static let list = PageList(
    PageSource(table: "public.customers", view: "desk.customer", hidesDeleted: true), orders: orders,
    filters: [
      .when("t.email = desk.address($?::text)"),
      .when("t.id = any ((select desk.search_customers($?::text))::uuid[])"),
      .when("t.created_at >= $?::timestamptz and t.created_at < $?::timestamptz"),
    ])

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    try Deletion.allow(params.includesDeleted, to: caller)
    let page = Page(
      params.sort, isDescending: params.isDescending, limit: params.limit, cursor: params.cursor,
      choices: [
        params.email.map { .given($0) }, params.text.map { .given($0) },
        params.created.map { .given($0.from ?? "-infinity", $0.before ?? "infinity") },
      ], includesDeleted: params.includesDeleted)
    // Other pages must not wait behind a search.
    return .read(try list.statement(for: page, by: caller), cost: params.text == nil ? nil : .heavy)
  }
}
