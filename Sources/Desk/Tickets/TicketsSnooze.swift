import JSON
import Postgres

enum TicketsSnooze: DeskMethod {
  struct Params: Sendable {
    let id: String
    let until: String
    let isKept: Bool
    let version: Int?
  }

  static let name = "tickets.snooze"
  static let summary =
    "Puts an open or pending ticket to sleep until a time. It wakes then, when its customer writes, or when it is solved; "
    + "its status stays what it is."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    TicketParams.id,
    .required("until", .time, "A time within the next 366 days."),
    .optional("keep_on_reply", .bool, absent: false, "A message of the customer does not wake it."),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .invalid, .rule]
  static let statements = [query, TicketsGet.query]

  private static let query = Query(
    """
    update public.tickets t
       set snoozed_until = $2::timestamptz,
           keep_snoozed = $3::boolean
     where t.id = $1::uuid
    """)

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      TicketParams.write(
        params.id, params.version, [query(params.id, params.until, params.isKept ? "true" : "false")]))
  }
}
