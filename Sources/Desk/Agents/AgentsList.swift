import JSON
import Postgres

enum AgentsList: DeskMethod {
  struct Params: Sendable {
    let status: String?
    let role: String?
    let withDeactivated: Bool
    let limit: Int
    let cursor: String?
  }

  static let name = "agents.list"
  static let summary = "A page of the organization's agents by name."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    .optional("status", .choice(AgentShapes.statuses)),
    .optional("role", .choice(AgentShapes.roles)),
    .optional("include_deactivated", .bool, absent: false, "Agents who have left as well."),
    PageParams.limit, PageParams.cursor,
    as: Params.init)
  static let result = PageParams.shape(of: AgentShapes.detail)
  static var statements: [Query] { list.statements }

  private static let list = PageList(
    PageSource(table: "public.agent_profiles", view: "desk.agent"), orders: [PageOrder("name", ("name", "text"))],
    filters: [.when("t.status = $?::text"), .when("t.role = $?::text"), .when("t.deactivated_at is null")])

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let page = Page(
      "name", isDescending: false, limit: params.limit, cursor: params.cursor,
      choices: [
        params.status.map { .given($0) }, params.role.map { .given($0) }, params.withDeactivated ? nil : .given(),
      ])
    return .read(try list.statement(for: page, by: caller))
  }
}
