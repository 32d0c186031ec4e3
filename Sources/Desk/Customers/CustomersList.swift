import JSON
import Postgres

enum CustomersList: DeskMethod {
  struct Params: Sendable {
    let email: String?
    let identity: CustomerIdentity?
    let text: String?
    let isBlocked: Bool?
    let created: TicketFilter.TimeRange?
    let updated: TicketFilter.TimeRange?
    let fields: [SearchQuery.Condition]
    let sort: String
    let isDescending: Bool
    let limit: Int
    let cursor: String?
    let includesDeleted: Bool
  }

  static let name = "customers.list"
  static let summary =
    "A page of customers, filtered and sorted; without those who were merged into another one or erased."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    .optional("email", .emailAddress, "Who has exactly this address, whatever its case; this or identity."),
    .optional("identity", CustomerIdentity.schema, "Who has it."),
    .optional(
      "text", .text(1...200),
      "Beginnings of words in the name or address, all of them. A list looks at the 1,000 newest matches."),
    .optional("blocked", .bool, "Only who is blocked, or only who is not."),
    TicketFilter.created, TicketNarrowing.updated, FieldFilter.member,
    .optional("sort", .choice(orders.map(\.name)), absent: "name", "By name or creation."),
    .optional("descending", .bool, absent: false, "From the end of the alphabet, or the newest first."),
    PageParams.limit, PageParams.cursor, Deletion.included,
    as: Params.init)
  static let result = PageParams.shape(of: CustomerShapes.row)
  static let errors: [FailureKind] = [.forbidden, .invalid, .queryError]
  static var statements: [Query] { list.statements + [found.query] }

  private static let orders = [
    PageOrder("name", ("name", "text")), PageOrder("creation", ("created_at", "timestamptz")),
  ]
  private static let list = PageList(
    PageSource(table: "desk.listed_customer", view: "desk.customer", hidesDeleted: true), orders: orders,
    filters: [
      .when(
        """
        t.id = (
          select i.customer_id from desk.customer_identities i where i.kind = 'email' and i.value = desk.address($?::text))
        """,
        """
        t.id = (
          select i.customer_id
            from desk.customer_identities i
           where i.kind = $?::text and i.value = desk.identity_value($?::text, $?::text, '/identity/value'))
        """),
      .when("t.id = any ((select desk.search_customers($?::text))::uuid[])"),
      .when("t.blocked_at is not null", "t.blocked_at is null"),
      .when("t.created_at >= $?::timestamptz and t.created_at < $?::timestamptz"),
    ])

  /// Where more is asked than the list above has statements for.
  private static let found = FoundList(
    function: "desk.find_customers", orders: orders.map { ($0.name, $0) },
    item: "select row_to_json(v)::text as item from desk.customer v where v.id = f.id", isCounted: false)

  private static func search(_ params: Params) -> SearchQuery {
    var search = SearchQuery(conditions: params.fields, includesDeleted: params.includesDeleted)
    if let email = params.email { search.conditions.append(.init(subject: "address", test: .oneOf([email]))) }
    if let identity = params.identity {
      search.conditions.append(.init(subject: "identity", name: identity.kind, test: .oneOf([identity.value])))
    }
    if let text = params.text { search.conditions.append(.init(subject: "customer_text", test: .oneOf([text]))) }
    if let isBlocked = params.isBlocked {
      search.conditions.append(.init(subject: "blocked", test: .present, isNegated: !isBlocked))
    }
    if let created = params.created { search.conditions.append(created.condition("created")) }
    if let updated = params.updated { search.conditions.append(updated.condition("updated")) }
    return search
  }

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    try Deletion.allow(params.includesDeleted, to: caller)
    guard params.email == nil || params.identity == nil else {
      throw Failure(.invalidParams, "Give either email or identity.", path: "/identity")
    }
    if !params.fields.isEmpty || params.updated != nil {
      return .read(
        try found.statement(
          search(params), sort: params.sort, isDescending: params.isDescending,
          page: PageParams(limit: params.limit, cursor: params.cursor), by: caller),
        cost: .heavy)
    }
    let page = Page(
      params.sort, isDescending: params.isDescending, limit: params.limit, cursor: params.cursor,
      choices: [
        params.email.map { .given($0) }
          ?? params.identity.map { .given($0.kind, $0.kind, $0.value, form: 1) }, params.text.map { .given($0) },
        params.isBlocked.map { .given(form: $0 ? 0 : 1) },
        params.created.map { .given($0.from ?? "-infinity", $0.before ?? "infinity") },
      ], includesDeleted: params.includesDeleted)
    // Other pages must not wait behind a search.
    return .read(try list.statement(for: page, by: caller), cost: params.text == nil ? nil : .heavy)
  }
}
