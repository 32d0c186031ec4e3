import JSON
import Postgres

/// What several methods of agents share.
enum AgentParams {
  static let id = Member<String>.required("id", TicketParams.agent, "The agent's id, or me.")
  static let settingsSummary =
    "Merged into what is there (JSON Merge Patch, RFC 7396): null removes a member, anything but an object replaces it."

  /// A change of one agent, answered with the whole profile. Whose profile the caller may change the policies know.
  static func write(_ id: String, _ version: Int?, _ statement: Statement) -> Write {
    Write(
      lock: id, expecting: [.init("agent", id, version: version, at: "/id")], [statement], answer: AgentsGet.query(id))
  }
}
