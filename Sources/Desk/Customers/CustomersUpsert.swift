import JSON
import Postgres

enum CustomersUpsert: DeskMethod {
  struct Params: Sendable {
    let email: String?
    let identities: [CustomerIdentity]
    let name: String?
    let metadata: String?
    let fields: String?
  }

  static let name = "customers.upsert"
  static let summary =
    "The customer with that address or any of those identities, made or changed as given, all at once or not at all, and "
    + "given those of them that they lack. Two calls at once make one customer."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    .optional(
      "email", .emailAddress,
      "Whose customer it is, whatever its case; this or identities or both. Where they have another email already, it "
        + "is one more address of theirs."),
    .optional(
      "identities", CustomerIdentity.list, absent: [], "What the customer is found by as well; all of one customer."),
    .optional(
      "name", CustomerParams.name,
      "A new customer without it is called by the address, or else by the first of the identities."),
    .optional("metadata", CustomerParams.metadata, "Replaces all that was there."),
    .optional("fields", FieldParams.values, "As for customers.set_fields; a new customer needs the required ones."),
    as: Params.init)
  static let result = Shape.object([
    .init("created", .bool, summary: "Whether there was none with any of them."),
    .init("customer", CustomerShapes.detail),
  ])
  static let errors: [FailureKind] = [.alreadyExists, .deleted, .invalid, .rule]
  static let statements = [query, answer]

  private static let query = Query(
    "select desk.upsert_customer($1::uuid, $2::text, $3::text, $4::jsonb, $5::jsonb, $6::jsonb)")
  private static let answer = Query(
    """
    select jsonb_build_object('created', c.id = $1::uuid, 'customer', to_jsonb(c))::text
      from desk.customer_detail c
     where c.id = (select desk.identified_customer($2::jsonb))
    """)

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let id = UUIDv7.make()
    let address = params.email.map { [CustomerIdentity(kind: "email", value: $0)] } ?? []
    guard let first = (address + params.identities).first else {
      throw Failure(.invalidParams, "Give an email or identities.", path: "/email")
    }
    return .write(
      Write(
        lock: first.lock(in: caller.organization),
        and: (address + params.identities).dropFirst().map { $0.lock(in: caller.organization) }
          + [FieldParams.sharedLock(caller)],
        [
          query(id, params.email, params.name, params.metadata, params.fields, CustomerIdentity.json(params.identities))
        ],
        answer: answer(id, "[\(first.json(at: "/email"))]")))
  }
}
