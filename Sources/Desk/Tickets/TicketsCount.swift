import JSON
import Postgres

enum TicketsCount: DeskMethod {
  static let name = "tickets.count"
  static let summary = "How many tickets there are, by status and by assignee, counted one by one."
  static let access = Access.read
  static let cost = Cost.heavy
  static let params = Schema<TicketFilter>.object(
    TicketFilter.status, TicketFilter.priority, TicketFilter.assignee, TicketFilter.customer, TicketFilter.text,
    TicketFilter.active, TicketFilter.created, TicketFilter.tags, TicketFilter.tagsMatch, TicketFilter.isSnoozed,
    as: TicketFilter.init)
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
  static var statements: [Query] { queries.all }

  /// More would not fit a line that every client can read.
  private static let assignees = 200
  private static let count = Shape.integer(0...Int(Int32.max))

  private static let combinations = Combinations(sizes: TicketFilter.countFilters.map(\.size))
  private static let queries = QuerySet(count: combinations.count) { number in
    text(zip(TicketFilter.countFilters, combinations.choices(of: number)).compactMap { $0.form($1) })
  }

  static func plan(_ filter: TicketFilter, by caller: Caller) -> Plan {
    let choices = filter.choices(for: caller)
    let query = queries[combinations.number(of: choices.map(\.number))]
    return .read(Statement(query, choices.flatMap { $0?.values ?? [] }))
  }

  private static func text(_ forms: [PageFilter.Form]) -> String {
    var values = 0
    let conditions = forms.map { $0.condition(numberedFrom: &values) }
    let filter = " where " + (["t.deleted_at is null"] + conditions).joined(separator: " and ")
    return """
      with found as (
        select t.status_code, t.assigned_to, count(*) as n from public.tickets t\(filter) group by 1, 2
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
}
