import JSON
import Postgres

enum CustomersUpsert: DeskMethod {
  struct Params: Sendable {
    let email: String
    let name: String?
    let metadata: String?
    let fields: String?
  }

  static let name = "customers.upsert"
  static let summary =
    "The customer with that address, made or changed as given, all at once or not at all. Two calls at once make one "
    + "customer."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    .required("email", .emailAddress, "Whose customer it is, whatever its case."),
    .optional("name", CustomerParams.name, "A new customer without it is called by the address."),
    .optional("metadata", CustomerParams.metadata, "Replaces all that was there."),
    .optional("fields", FieldParams.values, "As for customers.set_fields; a new customer needs the required ones."),
    as: Params.init)
  static let result = Shape.object([
    .init("created", .bool, summary: "Whether there was none with that address."),
    .init("customer", CustomerShapes.detail),
  ])
  static let errors: [FailureKind] = [.deleted, .invalid]
  static let statements = [query, answer]

  private static let query = Query(
    "select desk.upsert_customer($1::uuid, $2::text, $3::text, $4::jsonb, $5::jsonb)")
  private static let answer = Query(
    """
    select jsonb_build_object('created', c.id = $1::uuid, 'customer', to_jsonb(c))::text
      from desk.customer_detail c
     where c.email = desk.address($2::text)
    """)

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    let id = UUIDv7.make()
    return .write(
      Write(
        lock: "customer \(caller.organization) \(params.email.lowercased())",
        and: [FieldParams.sharedLock(caller)],
        [query(id, params.email, params.name, params.metadata, params.fields)], answer: answer(id, params.email)))
  }
}
