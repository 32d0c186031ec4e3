import JSON
import Postgres

enum AuditList: DeskMethod {
  struct Params: Sendable {
    let actor: String?
    let agent: String?
    let method: String?
    let ticket: String?
    let object: String?
    let created: TicketFilter.TimeRange?
    let isDescending: Bool
    let limit: Int
    let cursor: String?
  }

  static let name = "audit.list"
  static let summary = "A page of everything that was changed in the organization, the latest first."
  static let access = Access.admin
  static let cost = Cost.page
  static let effect = Effect.read
  static let params = Schema<Params>.object(
    .optional("actor_id", .uuid, "What this agent or customer did."),
    .optional("agent_id", .uuid, "What customers said through this agent, with what came of it."),
    .optional("method", .text(1...200), "What was done by this method, such as tickets.assign."),
    .optional("ticket_id", .uuid, "What was done to this ticket and to all that belongs to it."),
    .optional("object_id", .uuid, "What was done to this object."),
    .optional("created_at", TicketFilter.range, "When it was done."),
    .optional("descending", .bool, absent: true, "The latest first."),
    PageParams.limit, PageParams.cursor,
    as: Params.init)
  static let result = PageParams.shape(of: AuditShapes.entry)
  static var statements: [Query] { list.statements }

  static let key = [PageOrder.Column(name: "seq", type: "bigint"), PageOrder.Column(name: "xid", type: "xid8")]

  private static let list = PageList(
    PageSource(table: "desk.audit_records", view: "desk.audit_entry", key: key),
    orders: [PageOrder("creation", ("created_at", "timestamptz"))],
    filters: [
      .when("t.actor_id = $?::uuid"),
      .when("t.agent_id = $?::uuid"),
      .when("t.method = $?::text"),
      .when("t.root_id = $?::uuid"),
      // A message is found under the tickets that it was in. The subselect is a value to the planner.
      .when(
        """
        t.root_id = any ((select desk.audit_places(desk.current_organization(), $?::uuid))::uuid[])
        and t.object_id = $?::uuid
        """),
      .when("t.created_at >= $?::timestamptz and t.created_at < $?::timestamptz"),
    ])

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let page = Page(
      "creation", isDescending: params.isDescending, limit: params.limit, cursor: params.cursor,
      choices: [
        params.actor.map { .given($0) }, params.agent.map { .given($0) }, params.method.map { .given($0) },
        params.ticket.map { .given($0) }, params.object.map { .given($0, $0) },
        params.created.map { .given($0.from ?? "-infinity", $0.before ?? "infinity") },
      ])
    return .read(try list.statement(for: page, by: caller))
  }
}
