import JSON
import Postgres

enum CustomersUpdate: DeskMethod {
  struct Params: Sendable {
    let id: String
    let name: String?
    let email: String??
    let metadata: String?
    let metadataPatch: String?
    let fields: String?
    let version: Int?
  }

  static let name = "customers.update"
  static let summary = "Changes a customer, all at once or not at all; what is left out stays."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    CustomerParams.id,
    .optional("name", CustomerParams.name),
    .optional("email", Schema<String>.emailAddress.orNull, "Null removes it."),
    MetadataChange.whole, MetadataChange.patch,
    .optional("fields", FieldParams.values, "As for customers.set_fields."),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = CustomerShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .alreadyExists, .deleted, .invalid, .rule]
  static let statements = [CustomerParams.addressQuery, query, CustomerParams.fieldsQuery, CustomersGet.query]

  private static let query = Query(
    """
    update public.customers c
       set name = coalesce($2::text, c.name),
           email = case when $3::boolean then $4::text else c.email end,
           metadata = coalesce($5::jsonb, desk.merge_patch(c.metadata, $6::jsonb), c.metadata)
     where c.id = $1::uuid
    """)

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let metadata = try MetadataChange(params.metadata, params.metadataPatch)
    let change = Statement(query, [params.id, params.name] + params.email.change + metadata.values)
    let address = (params.email ?? nil).map { [CustomerParams.addressQuery($0)] } ?? []
    let fields = params.fields.map { [CustomerParams.fieldsQuery(params.id, $0)] } ?? []
    return .write(
      CustomerParams.write(
        params.id, params.version, address + [change] + fields,
        lockingToo: fields.isEmpty ? [] : [FieldParams.sharedLock(caller)]))
  }
}
