import JSON
import Postgres

enum TicketsViewing: DeskMethod {
  struct Params: Sendable {
    let ticket: String
    let mode: String
  }

  static let name = "tickets.viewing"
  static let summary =
    "Tells the others that the caller reads a ticket, or writes on it, for the next 60 seconds; say it again before. "
    + "Answers who else is there. It changes nothing about the ticket and is kept in no history."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    .required("ticket_id", .uuid, "The ticket."),
    .required("mode", .choice(modes + ["none"]), "none: no longer there, or only asking."),
    as: Params.init)
  static let result = Shape.object([
    .init("ticket_id", .uuid),
    .init(
      "viewers",
      .array(
        of: .object([
          .init("id", .uuid), .init("name", .text), .init("mode", .choice(modes)), .init("expires_at", .time),
        ]), atMost: 50),
      summary: "Other agents, by name."),
  ])
  static let errors: [FailureKind] = [.notFound]
  static let statements = [query, answer]

  private static let modes = ["reading", "writing"]

  private static let query = Query("select desk.view_ticket($1::uuid, $2::text)")
  private static let answer = Query(
    """
    select jsonb_build_object('ticket_id', $1::uuid, 'viewers', coalesce(
             jsonb_agg(
               jsonb_build_object('id', v.id, 'name', v.name, 'mode', v.mode, 'expires_at', v.expires_at)
               order by v.name, v.id),
             '[]'))::text
      from (
        select w.id, w.name, w.mode, w.expires_at
          from desk.ticket_viewer w
         where w.ticket_id = $1::uuid
           and w.id <> $2::uuid
         order by w.name, w.id
         limit 50
      ) as v
    """)

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    // What is lost in a crash would have expired by itself.
    .write(
      Write(
        lock: nil, [query(params.ticket, params.mode)], answer: answer(params.ticket, caller.agent), isHasty: true))
  }
}
