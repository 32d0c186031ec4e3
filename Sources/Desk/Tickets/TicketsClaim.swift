import JSON
import Postgres

enum TicketsClaim: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "tickets.claim"
  static let summary =
    "Gives a ticket that nobody has to the caller. Who has it already keeps it; where somebody else has it, that is a "
    + "conflict, and data.details says who."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(TicketParams.id, WriteParams.expectedVersion, as: Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .invalid, .rule]
  static let statements = [taken, query, TicketsGet.query]

  private static let taken = Query(
    """
    select desk.fail(
             'DK409', 'conflict', 'Somebody else has this ticket.', '/id',
             jsonb_build_object('assigned_to', t.assigned_to, 'name', a.name, 'version', t.version))
      from public.tickets t
      join public.agent_profiles a on a.organization_id = t.organization_id and a.id = t.assigned_to
     where t.id = $1::uuid
       and t.assigned_to <> $2::uuid
    """)
  private static let query = Query(
    "update public.tickets t set assigned_to = $2::uuid where t.id = $1::uuid and t.assigned_to is null")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    let values = [params.id, caller.agent]
    return .write(
      TicketParams.write(params.id, params.version, [Statement(taken, values), Statement(query, values)]))
  }
}
