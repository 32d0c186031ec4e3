import JSON
import Postgres

enum CustomersDelete: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "customers.delete"
  static let summary =
    "Deletes a customer with their tickets: they show nowhere, until customers.restore or for good after the days that "
    + "the organization keeps what is deleted. Their address stays taken until then. Refused while tickets of other "
    + "customers are merged into theirs (`data.details.ticket_ids`): those would go along; unmerge them first."
  static let access = Access.admin
  static let cost = Cost.heavy
  static let effect = Effect.destructive
  static let params = Schema<Params>.object(CustomerParams.id, WriteParams.expectedVersion, as: Params.init)
  static let result = Deletion.result
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, answer]

  private static let query = Query("update public.customers c set deleted_at = now() where c.id = $1::uuid")
  private static let answer = Query("select jsonb_build_object('id', $1::uuid, 'deleted', true)::text")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: CustomerParams.peopleLock(params.id),
        expecting: [.init("customer", params.id, version: params.version, to: .delete, at: "/id")],
        [query(params.id)], answer: answer(params.id)))
  }
}
