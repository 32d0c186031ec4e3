import JSON
import Postgres

/// The lists of tickets that a `SearchQuery` finds.
enum TicketSearch {
  static let orders: [(name: String, order: PageOrder)] = [
    ("activity", PageOrder("activity", ("last_activity_at", "timestamptz"))),
    ("creation", PageOrder("creation", ("created_at", "timestamptz"))),
    ("priority", PageOrder("priority", ("priority_rank", "smallint"), ("last_activity_at", "timestamptz"))),
  ]

  /// For tickets.list: the rows as they are.
  static let list = FoundList(
    function: "desk.find_tickets", orders: orders,
    item: "select row_to_json(v)::text as item from desk.ticket v where v.id = f.id", isCounted: false)

  /// For search: with a score, and with the piece of text that fits.
  static let ranked = FoundList(
    function: "desk.find_tickets",
    orders: [("relevance", PageOrder("relevance", ("score", "double precision"))), ("time", orders[0].order)],
    item: """
      select jsonb_build_object('type', 'ticket', 'ticket', to_jsonb(v), 'snippet', desk.ticket_snippet(v.id, $1::jsonb),
          'score', case when $2::text = 'relevance' then (f."position")[1]::double precision end)::text as item
        from desk.ticket v where v.id = f.id
      """,
    isCounted: true)

  static let snippet = Shape.object([
    .init("message_id", .nullable(.uuid), summary: "The message it is from; null is the subject."),
    .init(
      "text", .text,
      summary: "Around the words that were found; each stands between \u{27E6} and \u{27E7} (U+27E6, U+27E7)."),
  ])
}
