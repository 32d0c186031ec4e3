import JSON
import Postgres

enum TicketsCount: DeskMethod {
  struct Params: Sendable {
    let filter: TicketFilter
    let includesDeleted: Bool
  }

  static let name = "tickets.count"
  static let summary = "How many tickets there are, by status and by assignee, counted one by one."
  static let access = Access.read
  static let cost = Cost.heavy
  static let params = Schema<Params>.object(
    TicketFilter.status, TicketFilter.priority, TicketFilter.assignee, TicketFilter.customer, TicketFilter.text,
    TicketFilter.active, TicketFilter.created, TicketFilter.tags, TicketFilter.tagsMatch, TicketFilter.isSnoozed,
    Deletion.included,
    as: {
      status, priority, assignee, customer, text, active, created, tags, tagsMatch, isSnoozed, includesDeleted in
      Params(
        filter: TicketFilter(
          statuses: status, priorities: priority, assignee: assignee, customer: customer, text: text, active: active,
          created: created, tags: tags, tagsMatch: tagsMatch, isSnoozed: isSnoozed),
        includesDeleted: includesDeleted)
    })
  static let result = Shape.object([
    .init("total", count),
    .init("by_status", .object(TicketShapes.statuses.map { .init($0, count) })),
    .init(
      "by_assignee",
      .array(
        of: .object([
          .init("assignee", .nullable(.object([.init("id", .uuid), .init("name", .text)]))), .init("count", count),
        ]), atMost: assignees),
      summary: "The most tickets first; null stands for nobody."),
    .init("by_other_assignees", count, summary: "Tickets of assignees beyond the first \(assignees)."),
  ])
  static let errors: [FailureKind] = [.forbidden]
  static var statements: [Query] { queries.all }

  /// More would not fit a line that every client can read.
  private static let assignees = 200
  private static let count = Shape.integer(0...Int(Int32.max))

  private static let combinations = Combinations(sizes: TicketFilter.countFilters.map(\.size))
  private static let queries = QuerySet(count: combinations.count) { number in
    let choices = combinations.choices(of: number)
    return text(
      zip(TicketFilter.countFilters, choices).compactMap { $0.form($1) },
      deleted: zip(TicketFilter.deletedFilters, choices).compactMap { $0.form($1) })
  }

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    try Deletion.allow(params.includesDeleted, to: caller)
    let choices = params.filter.choices(for: caller)
    let query = queries[combinations.number(of: choices.map(\.number))]
    return .read(Statement(query, [String(params.includesDeleted)] + choices.flatMap { $0?.values ?? [] }))
  }

  /// What is deleted is in no index of the rest, and counted by itself where an admin asks for it.
  private static func text(_ forms: [PageFilter.Form], deleted: [PageFilter.Form]) -> String {
    let isAsked = ["t.deleted_at is not null", "$1::boolean", "(select desk.caller_role()) = 'admin'"]
    return """
      with found as (
        \(count(["t.deleted_at is null"], forms))
        union all
        \(count(isAsked, deleted))
      ),
      held as (
        select h.assigned_to, h.n, row_number() over (order by h.n desc, h.assigned_to) as place
        from (select f.assigned_to, sum(f.n)::bigint as n from found f group by 1) h
      )
      select jsonb_build_object(
        'total', coalesce((select sum(f.n) from found f), 0),
        'by_status', (
          select jsonb_object_agg(s.code, coalesce((select sum(f.n) from found f where f.status_code = s.code), 0))
          from unnest(enum_range(null::public.ticket_status)::text[]) as s(code)
        ),
        'by_assignee', coalesce((
          select jsonb_agg(jsonb_build_object(
            'assignee', case when a.id is not null then jsonb_build_object('id', a.id, 'name', a.name) end,
            'count', h.n) order by h.place)
          from held h left join public.agent_profiles a on a.id = h.assigned_to
          where h.place <= \(assignees)
        ), '[]'),
        'by_other_assignees', coalesce((select sum(h.n) from held h where h.place > \(assignees)), 0)
      )::text
      """
  }

  private static func count(_ conditions: [String], _ forms: [PageFilter.Form]) -> String {
    var values = 1
    let filter = (conditions + forms.map { $0.condition(numberedFrom: &values) }).joined(separator: " and ")
    return "select t.status_code, t.assigned_to, count(*) as n from public.tickets t where \(filter) group by 1, 2"
  }
}
