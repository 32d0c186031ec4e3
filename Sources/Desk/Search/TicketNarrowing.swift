import JSON

/// What tickets.list can ask beyond the filters that have statements of their own.
struct TicketNarrowing: Sendable {
  let query: String?
  let view: String?
  let fields: [SearchQuery.Condition]
  let updated: TicketFilter.TimeRange?
  let hasNote: Bool?

  static let updated = Member<TicketFilter.TimeRange?>.optional(
    "updated_at", TicketFilter.range, "When it was changed last.")
  static let hasNote = Member<Bool?>.optional("has_note", .bool, "With, or without, an internal note.")

  /// Whether there is nothing of the kind.
  var isEmpty: Bool { query == nil && view == nil && fields.isEmpty && updated == nil && hasNote == nil }

  /// A query together with these conditions and those of a filter.
  func search(_ base: SearchQuery, and filter: TicketFilter) throws(Failure) -> SearchQuery {
    var search = base
    if let statuses = filter.statuses {
      search.statuses = TicketShapes.statuses.filter { statuses.contains($0) && search.statuses?.contains($0) != false }
    }
    if let priorities = filter.priorities {
      let ranks = priorities.compactMap { TicketShapes.priorities.firstIndex(of: $0) }.map { $0 + 1 }
      search.ranks = (1...4).filter { ranks.contains($0) && search.ranks?.contains($0) != false }
    }
    guard search.statuses?.isEmpty != true, search.ranks?.isEmpty != true else {
      throw Failure(
        .invalidParams, "no ticket can have such a status or priority as all of this asks for", path: "/query")
    }
    if let assignee = filter.assignee { search.conditions.append(.init(subject: "assignee", test: .oneOf([assignee]))) }
    if let customer = filter.customer { search.conditions.append(.init(subject: "customer", test: .oneOf([customer]))) }
    if let text = filter.text { search.conditions.append(.init(subject: "text", test: .oneOf([text]))) }
    for (subject, range) in [("activity", filter.active), ("created", filter.created), ("updated", updated)] {
      if let range { search.conditions.append(range.condition(subject)) }
    }
    if let tags = filter.tags {
      for one in filter.tagsMatch == "any" ? [tags] : tags.map({ [$0] }) {
        search.conditions.append(.init(subject: "tag", test: .oneOf(one)))
      }
    }
    if let isSnoozed = filter.isSnoozed {
      search.conditions.append(.init(subject: "snoozed", test: .present, isNegated: !isSnoozed))
    }
    if let hasNote { search.conditions.append(.init(subject: "note", test: .present, isNegated: !hasNote)) }
    search.conditions += fields
    return search
  }
}

extension TicketFilter.TimeRange {
  /// The same as a condition of a query.
  func condition(_ subject: String) -> SearchQuery.Condition {
    .init(
      subject: subject,
      test: .range(from: from.map { .init(value: $0) }, to: before.map { .init(value: $0, isOpen: true) }))
  }
}
