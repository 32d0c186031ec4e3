import JSON
import Postgres

enum AgentsUpdate: DeskMethod {
  struct Params: Sendable {
    let id: String
    let name: String?
    let settings: String?
    let version: Int?
  }

  static let name = "agents.update"
  static let summary = "Changes a profile, an agent their own, an admin anyone's; what is left out stays."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    AgentParams.id,
    .optional("name", .text(1...200).notBlank),
    .optional("settings", .raw(maximumBytes: 65_536), AgentParams.settingsSummary),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = AgentShapes.detail
  static let errors: [FailureKind] = [.forbidden, .notFound, .conflict, .invalid]
  static let statements = [query, AgentsGet.query]

  private static let query = Query(
    """
    update public.agent_profiles a
       set name = coalesce($2::text, a.name),
           settings = coalesce(desk.merge_patch(a.settings, $3::jsonb), a.settings)
     where a.id = $1::uuid
    """)

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    let id = TicketParams.agent(params.id, for: caller)
    return .write(AgentParams.write(id, params.version, query(id, params.name, params.settings)))
  }
}
