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
  let tags: [String]?
  let tagsMatch: String
  let isSnoozed: Bool?

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
  static let customer = Member<String?>.optional(
    "customer_id", .uuid, "Tickets of this customer, or of the one whom they were merged into.")
  static let text = Member<String?>.optional(
    "text", .text(1...500),
    "Words in the subject or a message, or in the customer's name or address; \"a phrase\", -not. A list looks at the "
      + "1,000 matches of latest activity; where more than 2,000 have a word, at the 2,000 tickets of latest activity.")
  static let active = Member<TimeRange?>.optional("last_activity_at", range, "When something happened last.")
  static let created = Member<TimeRange?>.optional("created_at", range, "When it was created.")

  static let tags = Member<[String]?>.optional(
    "tags", Schema<[String]>.list(of: TagParams.name, atMost: 20), "Tickets with all of these tags.")
  static let tagsMatch = Member<String>.optional(
    "tags_match", .choice(["all", "any"]), absent: "all", "any: with at least one of the tags.")
  static let isSnoozed = Member<Bool?>.optional(
    "snoozed", .bool, "true: those that sleep now; false: those that do not.")

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
  static let filters = filters(searching: "desk.search_tickets", tagged: tagged)
  /// The same for a count, which looks at every match.
  static let countFilters = filters(
    searching: "desk.search_all_tickets",
    tagged: .when("t.id = any ((select desk.tagged_tickets($?::text[], $?::text = 'all', null))::uuid[])"))
  /// The same for what is deleted, which has no tags to be found by.
  static let deletedFilters = filters(
    searching: "desk.search_all_tickets",
    tagged: .split(
      "case when $?2::text = 'all' then t.tags @> (select desk.tag_names($?1::text[])) "
        + "else t.tags && (select desk.tag_names($?1::text[])) end"))

  private static let byStatus = PageFilter.among("status_code", TicketShapes.statuses)

  /// Few tickets of a tag are looked up by id; many are met on the way through the list in its order. How many there are
  /// shows only when it is asked: the branch that it is not is not run.
  private static let tagged = PageFilter.split(
    "(select desk.tagged_tickets($?1::text[], $?2::text = 'all', 2000)) is not null "
      + "and t.id = any ((select desk.tagged_tickets($?1::text[], $?2::text = 'all', 2000))::uuid[])",
    "(select desk.tagged_tickets($?1::text[], $?2::text = 'all', 2000)) is null and case when $?2::text = 'all' "
      + "then t.tags @> (select desk.tag_names($?1::text[])) else t.tags && (select desk.tag_names($?1::text[])) end")

  private static func filters(searching search: String, tagged: PageFilter) -> [PageFilter] {
    [
      byStatus,
      .anyOf("priority_rank", "smallint"),
      .when("t.assigned_to = $?::uuid", "t.assigned_to is null"),
      .when("t.customer_id = (select desk.living_customer($?::uuid))"),
      .when("t.id = any ((select \(search)($?::text))::uuid[])"),
      .when("t.last_activity_at >= $?::timestamptz and t.last_activity_at < $?::timestamptz"),
      .when("t.created_at >= $?::timestamptz and t.created_at < $?::timestamptz"),
      tagged,
      .when(
        "t.snoozed_until is not null and t.snoozed_until > now()",
        "(t.snoozed_until is null or t.snoozed_until <= now())"),
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
      tags.map { .given(TextArray.literal($0), tagsMatch) },
      isSnoozed.map { .given(form: $0 ? 0 : 1) },
    ]
  }
}
