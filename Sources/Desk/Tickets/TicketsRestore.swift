import JSON
import Postgres

enum TicketsRestore: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "tickets.restore"
  static let summary =
    "Brings a deleted ticket back as it was; one that went with its customer comes back with them only."
  static let access = Access.admin
  static let cost = Cost.point
  static let params = Schema<Params>.object(TicketParams.id, WriteParams.expectedVersion, as: Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, TicketsGet.query]

  private static let query = Query("update public.tickets t set deleted_at = null where t.id = $1::uuid")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: params.id,
        expecting: [.init("ticket", params.id, version: params.version, to: .restore, at: "/id")],
        [query(params.id)], answer: TicketsGet.query(params.id)))
  }
}
