import JSON
import Postgres

enum CustomersBlock: DeskMethod {
  struct Params: Sendable {
    let id: String
    let reason: String?
    let version: Int?
  }

  static let name = "customers.block"
  static let summary =
    "Blocks a customer: from then on messages of theirs are refused with blocked, on tickets that are there and on new "
    + "ones, so that nothing reopens and nobody is disturbed; a bridge may drop or keep what it has. Agents can still "
    + "write to them."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    CustomerParams.id, .optional("reason", .text(1...500), "For whoever wonders later; replaces the one before."),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = CustomerShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, CustomersGet.query]

  private static let query = Query(
    """
    update public.customers c
       set blocked_at = now(),
           block_reason = coalesce($2::text, c.block_reason)
     where c.id = $1::uuid
    """)

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(CustomerParams.write(params.id, params.version, [query(params.id, params.reason)]))
  }
}
