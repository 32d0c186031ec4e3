import JSON
import Postgres

enum AgentsSetStatus: DeskMethod {
  struct Params: Sendable {
    let id: String
    let status: String
    let version: Int?
  }

  static let name = "agents.set_status"
  static let summary = "Says whether an agent is there, an agent of themselves, an admin of anyone."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    .optional("id", TicketParams.agent, absent: "me", "The agent's id; the caller if left out."),
    .required("status", .choice(AgentShapes.statuses)),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = AgentShapes.detail
  static let errors: [FailureKind] = [.forbidden, .notFound, .conflict]
  static let statements = [query, AgentsGet.query]

  private static let query = Query(
    "update public.agent_profiles a set status = $2::text where a.id = $1::uuid")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    let id = TicketParams.agent(params.id, for: caller)
    return .write(AgentParams.write(id, params.version, query(id, params.status)))
  }
}
