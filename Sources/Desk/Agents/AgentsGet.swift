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

  static let query = Query.row(of: "desk.agent")

  static func plan(_ id: String, by caller: Caller) -> Plan {
    .read(query(TicketParams.agent(id, for: caller)), missing: .notFound("agent", at: "/id"))
  }
}
