import JSON
import Postgres

enum CustomersCreate: DeskMethod {
  struct Params: Sendable {
    let name: String?
    let email: String?
    let metadata: String
    let fields: String
    let identities: [CustomerIdentity]
  }

  static let name = "customers.create"
  static let summary = "A new customer, with a name or an address or both, and with every required field."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    .optional("name", CustomerParams.name, "The address if left out."),
    .optional("email", .emailAddress, "Unique in the organization."),
    .optional("metadata", CustomerParams.metadata, absent: "{}"),
    .optional("fields", FieldParams.values, absent: "{}", FieldParams.valuesSummary),
    .optional("identities", CustomerIdentity.list, absent: [], "What else they are found by, each nobody else's."),
    as: Params.init)
  static let result = CustomerShapes.detail
  static let errors: [FailureKind] = [.alreadyExists, .deleted, .invalid]
  static let statements = [
    CustomerParams.addressQuery, query, CustomerParams.identitiesQuery, CustomerParams.newFieldsQuery,
    CustomersGet.query,
  ]

  private static let query = Query(
    """
    insert into public.customers (id, name, email, metadata)
    values ($1::uuid, $2::text, $3::text, $4::jsonb)
    """)

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    let id = UUIDv7.make()
    let address = params.email.map { [CustomerParams.addressQuery($0)] } ?? []
    let identities =
      params.identities.isEmpty ? [] : [CustomerParams.identitiesQuery(id, CustomerIdentity.json(params.identities))]
    return .write(
      Write(
        lock: FieldParams.sharedLock(caller),
        address + [query(id, params.name, params.email, params.metadata)] + identities + [
          CustomerParams.newFieldsQuery(id, params.fields)
        ],
        answer: CustomersGet.query(id), creating: id))
  }
}
