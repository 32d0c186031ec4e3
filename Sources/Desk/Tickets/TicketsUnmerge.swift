import JSON
import Postgres

enum TicketsUnmerge: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "tickets.unmerge"
  static let summary =
    "Undoes a merge: the messages that came with the ticket, and those written to it since, go back to it; what was "
    + "split off stays where it was put. Tags and followers that the merge alone brought leave, but for what somebody "
    + "gave the target since. Status and assignee are again what they were, but open where the customer wrote since; a "
    + "ticket that was closed is reopened or followed up, as what its customer writes to any closed one."
  static let access = Access.write
  static let cost = Cost.heavy
  static let params = Schema<Params>.object(
    .required("id", .uuid, "The ticket that was merged into another one."), WriteParams.expectedVersion,
    as: Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, TicketsGet.query]

  private static let query = Query("select desk.unmerge_ticket($1::uuid)")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(TicketParams.write(params.id, params.version, to: .unmerge, [query(params.id)]))
  }
}
