import JSON
import Postgres

enum TicketsSetStatus: DeskMethod {
  struct Params: Sendable {
    let id: String
    let status: String
    let version: Int?
  }

  static let name = "tickets.set_status"
  static let summary =
    "Opens, parks (pending), solves or closes a ticket. Who solves one that nobody has, has it; a closed one stays "
    + "closed."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    TicketParams.id, .required("status", .choice(TicketShapes.statuses)), WriteParams.expectedVersion, as: Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, TicketsGet.query]

  private static let query = Query(
    "update public.tickets t set status = $2::text::public.ticket_status where t.id = $1::uuid")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(TicketParams.write(params.id, params.version, [query(params.id, params.status)]))
  }
}
