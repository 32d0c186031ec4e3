import JSON
import Postgres

enum TicketsAssign: DeskMethod {
  struct Params: Sendable {
    let id: String
    let assignee: String?
    let expected: String??
    let version: Int?
  }

  static let name = "tickets.assign"
  static let summary =
    "Gives a ticket to an agent or to nobody. With expected it is a claim: it changes hands only where it still is in "
    + "the hands it was seen in. A solved ticket has somebody."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    TicketParams.id,
    .required("assigned_to", TicketParams.agent.orNull, "An active agent's id, me, or null for nobody."),
    .optional(
      "expected", TicketParams.agent.orNull,
      "Who has it now: an agent's id, me, or null for nobody. A ticket that somebody else has is a conflict, unless "
        + "they are the one it is given to."),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .invalid, .rule]
  static let statements = [claim, query, TicketsGet.query]

  private static let claim = Query(
    """
    select desk.fail(
             'DK409', 'conflict', 'The ticket is not in the hands you expected.', '/expected',
             jsonb_build_object('assigned_to', t.assigned_to, 'version', t.version))
      from public.tickets t
     where t.id = $1::uuid
       and t.assigned_to is distinct from $2::uuid
       and t.assigned_to is distinct from $3::uuid
    """)
  private static let query = Query("update public.tickets t set assigned_to = $2::uuid where t.id = $1::uuid")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    let assignee = params.assignee.map { TicketParams.agent($0, for: caller) }
    var statements = [query(params.id, assignee)]
    if let expected = params.expected {
      let holder = expected.map { TicketParams.agent($0, for: caller) }
      statements.insert(claim(params.id, holder, assignee), at: 0)
    }
    return .write(TicketParams.write(params.id, params.version, statements))
  }
}
