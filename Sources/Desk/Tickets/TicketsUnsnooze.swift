import JSON
import Postgres

enum TicketsUnsnooze: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "tickets.unsnooze"
  static let summary = "Wakes a ticket; one that is awake stays so."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(TicketParams.id, WriteParams.expectedVersion, as: Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, TicketsGet.query]

  private static let query = Query("update public.tickets t set snoozed_until = null where t.id = $1::uuid")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(TicketParams.write(params.id, params.version, [query(params.id)]))
  }
}
