import JSON
import Postgres

enum TicketsUnfollow: DeskMethod {
  static let name = "tickets.unfollow"
  static let summary =
    "Ends the caller's, or a colleague's, following of a ticket; who does not follow it goes on not to."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<TicketsFollow.Params>.object(
    TicketParams.id, TicketsFollow.agent, WriteParams.expectedVersion, as: TicketsFollow.Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, TicketsGet.query]

  private static let query = Query(
    "delete from desk.ticket_followers f where f.ticket_id = $1::uuid and f.agent_id = $2::uuid")

  static func plan(_ params: TicketsFollow.Params, by caller: Caller) -> Plan {
    .write(
      TicketParams.write(params.id, params.version, [query(params.id, TicketParams.agent(params.agent, for: caller))]))
  }
}
