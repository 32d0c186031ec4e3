import JSON
import Postgres

enum AgentsGet: DeskMethod {
  static let name = "agents.get"
  static let summary = "One agent's profile."
  static let access = Access.read
  static let cost = Cost.point
  static let params = Schema<String>.object(AgentParams.id, as: { $0 })
  static let result = AgentShapes.detail
  static let errors: [FailureKind] = [.notFound]
  static let statements = [query]

  static let query = Query("select row_to_json(a)::text from desk.agent a where a.id = $1::uuid")

  static func plan(_ id: String, by caller: Caller) -> Plan {
    .read(query(TicketParams.agent(id, for: caller)), missing: .notFound("agent", at: "/id"))
  }
}
