import JSON
import Postgres

enum TicketsDelete: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "tickets.delete"
  static let summary =
    "Deletes a ticket with its messages: they show nowhere, until tickets.restore or for good after the days that the "
    + "organization keeps what is deleted."
  static let access = Access.admin
  static let cost = Cost.page
  static let effect = Effect.destructive
  static let params = Schema<Params>.object(TicketParams.id, WriteParams.expectedVersion, as: Params.init)
  static let result = Deletion.result
  static let errors: [FailureKind] = [.notFound, .conflict]
  static let statements = [query, answer]

  private static let query = Query("update public.tickets t set deleted_at = now() where t.id = $1::uuid")
  private static let answer = Query("select jsonb_build_object('id', $1::uuid, 'deleted', true)::text")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: params.id,
        expecting: [.init("ticket", params.id, version: params.version, to: .delete, at: "/id")],
        [query(params.id)], answer: answer(params.id)))
  }
}
