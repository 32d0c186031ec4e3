import JSON

/// Which tickets a list or a count is about.
struct TicketFilter: Sendable {
  let statuses: [String]?
  let priorities: [String]?
  let assignee: String?
  let customer: String?
  let text: String?
  let active: TimeRange?
  let created: TimeRange?

  struct TimeRange: Sendable {
    let from: String?
    let before: String?
  }

  static let status = Member<[String]?>.optional(
    "status", oneOrMore(TicketShapes.statuses), "One status or several.")
  static let priority = Member<[String]?>.optional(
    "priority", oneOrMore(TicketShapes.priorities), "One priority or several.")
  static let assignee = Member<String?>.optional(
    "assigned_to", .either(.uuid, .choice(["none", "me"])), "An agent's id, none, or me.")
  static let customer = Member<String?>.optional("customer_id", .uuid, "Tickets of this customer.")
  static let text = Member<String?>.optional(
    "text", .text(1...500), "Words in the subject or a message, or in the customer's name or address; \"a phrase\", -not.")
  static let active = Member<TimeRange?>.optional("last_activity_at", range, "When something happened last.")
  static let created = Member<TimeRange?>.optional("created_at", range, "When it was created.")

  private static let range = Schema<TimeRange>.object(
    .optional("from", .time, "This instant or later."), .optional("before", .time, "Earlier than this instant."),
    as: TimeRange.init)

  private static func oneOrMore(_ names: [String]) -> Schema<[String]> {
    .either(
      Schema<String>.choice(names).map { [$0] },
      .list(of: .choice(names), atMost: names.count))
  }

  func apply(to page: inout Page, for caller: Caller) {
    if let statuses {
      page.branches.append(Page.Branch(column: "status_code", type: "text", values: Self.unique(statuses)))
    }
    if let priorities {
      let ranks = Self.unique(priorities).compactMap { TicketShapes.priorities.firstIndex(of: $0) }
      page.branches.append(
        Page.Branch(column: "priority_rank", type: "smallint", values: ranks.map { String($0 + 1) }))
    }
    switch assignee {
    case nil: break
    case "none": page.filters.append(Page.Filter("t.assigned_to is null and $?::boolean", "true"))
    case "me": page.filters.append(Page.Filter("t.assigned_to = $?::uuid", caller.agent))
    case let agent?: page.filters.append(Page.Filter("t.assigned_to = $?::uuid", agent))
    }
    if let customer { page.filters.append(Page.Filter("t.customer_id = $?::uuid", customer)) }
    if let text {
      // Search is the only filter without an index of its own order; it answers at most a thousand ids.
      page.filters.append(Page.Filter("t.id = any ((select desk.search_tickets($?::text))::uuid[])", text))
    }
    if let active { Self.limit("last_activity_at", to: active, &page) }
    if let created { Self.limit("created_at", to: created, &page) }
  }

  private static func limit(_ column: String, to range: TimeRange, _ page: inout Page) {
    page.filters.append(Page.Filter("t.\(column) >= $?::timestamptz", range.from ?? "-infinity"))
    page.filters.append(Page.Filter("t.\(column) < $?::timestamptz", range.before ?? "infinity"))
  }

  /// A value named twice would have its branch, and its rows, twice.
  private static func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
