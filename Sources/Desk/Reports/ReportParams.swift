import JSON
import Postgres

/// What every report takes: a period, its parts, groups, and which tickets it is about.
struct ReportParams: Sendable {
  let from: String?
  let to: String?
  let by: String?
  let group: String?
  let assignee: String?
  let priority: String?
  let tag: String?

  static let schema = Schema<ReportParams>.object(
    .optional("from", .date, "The first day, 29 days before the last where it is left out; at most 92 days in all."),
    .optional(
      "to", .date,
      "The last day, today where it is left out or still to come. Days are those of the organization's time zone."),
    .optional(
      "by", .choice(["day", "week", "month"]), "Tell each day, week (from Monday) or month of the period too."),
    .optional(
      "group", .choice(["agent", "tag", "priority"]),
      "Tell each assignee, tag or priority too, the largest first. What counts is what the ticket has now; one with "
        + "several tags counts for each."),
    .optional("assigned_to", TicketParams.agent(or: ["me", "none"]), "Only tickets of this agent."),
    .optional("priority", .choice(TicketShapes.priorities), "Only tickets of this priority."),
    .optional("tag", TagParams.name, "Only tickets with this tag."),
    as: ReportParams.init)

  /// For a function of SQL that takes them all.
  static func query(_ function: String) -> Query {
    Query(
      """
      select desk.\(function)(
        $1::date, $2::date, $3::text, $4::text, $5::text, $6::smallint, desk.tag_name($7::text))::text
      """)
  }

  func values(for caller: Caller) -> [String?] {
    let rank = priority.flatMap { TicketShapes.priorities.firstIndex(of: $0) }
    return [
      from, to, by, group, assignee.map { TicketParams.agent($0, for: caller) }, rank.map { String($0 + 1) }, tag,
    ]
  }
}
