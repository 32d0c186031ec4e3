import JSON
import Postgres

enum TicketsFollow: DeskMethod {
  struct Params: Sendable {
    let id: String
    let agent: String
    let version: Int?
  }

  static let name = "tickets.follow"
  static let summary =
    "Makes the caller, or a colleague, a follower of a ticket; at most 100 follow one. A ticket's version does not count "
    + "its followers."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(TicketParams.id, agent, WriteParams.expectedVersion, as: Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .invalid, .rule]
  static let statements = [query, TicketsGet.query]

  static let agent = Member<String>.optional(
    "agent_id", TicketParams.agent, absent: "me", "An active agent's id, or me.")
  private static let query = Query("select desk.follow_ticket($1::uuid, $2::uuid)")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      TicketParams.write(params.id, params.version, [query(params.id, TicketParams.agent(params.agent, for: caller))]))
  }
}
