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
    "assigned_to", TicketParams.agent(or: ["me", "none"]), "An agent's id, me, or none.")
  static let customer = Member<String?>.optional("customer_id", .uuid, "Tickets of this customer.")
  static let text = Member<String?>.optional(
    "text", .text(1...500),
    "Words in the subject or a message, or in the customer's name or address; \"a phrase\", -not. A list looks at the "
      + "1,000 matches of latest activity; where more than 2,000 have a word, at the 2,000 tickets of latest activity.")
  static let active = Member<TimeRange?>.optional("last_activity_at", range, "When something happened last.")
  static let created = Member<TimeRange?>.optional("created_at", range, "When it was created.")

  static let range = Schema<TimeRange>.object(
    .optional("from", .time, "This instant or later."), .optional("before", .time, "Earlier than this instant."),
    as: TimeRange.init)

  private static func oneOrMore(_ names: [String]) -> Schema<[String]> {
    let one = Schema<String>.choice(names)
    let several = Schema<[String]>.list(of: one, atMost: names.count)
    return Schema<[String]>(.union([one.shape, several.shape])) { value, place throws(Fault) in
      guard value.kind == .array else { return [try one.decode(value, at: place)] }
      guard value.count > 0 else { throw Fault("must name at least one", at: place) }
      return try several.decode(value, at: place)
    }
  }

  /// What `choices` chooses from, in the same order.
  static let filters = filters(searching: "desk.search_tickets")
  /// The same for a count, which looks at every match.
  static let countFilters = filters(searching: "desk.search_all_tickets")

  private static let byStatus = PageFilter.among("status_code", TicketShapes.statuses)

  private static func filters(searching search: String) -> [PageFilter] {
    [
      byStatus,
      .anyOf("priority_rank", "smallint"),
      .when("t.assigned_to = $?::uuid", "t.assigned_to is null"),
      .when("t.customer_id = $?::uuid"),
      .when("t.id = any ((select \(search)($?::text))::uuid[])"),
      .when("t.last_activity_at >= $?::timestamptz and t.last_activity_at < $?::timestamptz"),
      .when("t.created_at >= $?::timestamptz and t.created_at < $?::timestamptz"),
    ]
  }

  func choices(for caller: Caller) -> [PageFilter.Choice?] {
    // The index of an agent's tickets goes on with their status: all of them are the four merged.
    let hasAgent = assignee != nil && assignee != "none"
    let statuses = statuses ?? (hasAgent ? TicketShapes.statuses : nil)
    let ranks = priorities?.compactMap { TicketShapes.priorities.firstIndex(of: $0) }
    return [
      statuses.flatMap { Self.byStatus.chosen($0) },
      ranks.map { .any(of: $0.map { String($0 + 1) }) },
      assignee.map { $0 == "none" ? .given(form: 1) : .given(TicketParams.agent($0, for: caller)) },
      customer.map { .given($0) },
      text.map { .given($0) },
      active.map { .given($0.from ?? "-infinity", $0.before ?? "infinity") },
      created.map { .given($0.from ?? "-infinity", $0.before ?? "infinity") },
    ]
  }
}
