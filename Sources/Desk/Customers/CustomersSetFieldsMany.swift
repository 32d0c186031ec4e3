import JSON
import Postgres

enum CustomersSetFieldsMany: DeskMethod {
  struct Change: Sendable {
    let id: String
    let fields: String
    let version: Int?

    static let schema = Schema<Change>.object(
      .required("id", .uuid), .required("fields", .raw(maximumBytes: 65_536), "As for customers.set_fields."),
      WriteParams.expectedVersion,
      as: Change.init)
  }

  static let name = "customers.set_fields_many"
  static let summary =
    "Sets values of the fields of up to 100 customers in one transaction, all or nothing: those not named stay, null "
    + "removes one. An error points at the customer that it is about. Answers what each has afterwards, in the order of "
    + "the call."
  static let access = Access.write
  static let cost = Cost.heavy
  static let params = Schema<[Change]>.object(
    .required("customers", .list(of: Change.schema, atMost: 100), "Each of them once."), as: { $0 })
  static let result = Shape.object([
    .init(
      "items",
      .array(
        of: .object([
          .init("id", .uuid), .init("fields", FieldShapes.values),
          .init("version", .integer(1...Int(Int32.max))), .init("updated_at", .time),
        ]), atMost: 100))
  ])
  static let errors: [FailureKind] = [.notFound, .conflict, .invalid, .rule]
  static let statements = [query, answer]

  private static let query = Query("select desk.set_fields_of_customers($1::jsonb)")
  private static let answer = Query(
    """
    select jsonb_build_object(
             'items',
             jsonb_agg(
               jsonb_build_object('id', c.id, 'fields', c.fields, 'version', c.version, 'updated_at', c.updated_at)
               order by array_position($1::uuid[], c.id)))::text
      from desk.customer_detail c
     where c.id = any ($1::uuid[])
    """)

  static func plan(_ customers: [Change], by caller: Caller) throws(Failure) -> Plan {
    guard let first = customers.first else {
      throw Failure(.invalidParams, "Name at least one customer.", path: "/customers")
    }
    // Rows are locked in one order, whatever that of the call is.
    let sorted = customers.enumerated().sorted { $0.element.id < $1.element.id }
    for (one, next) in zip(sorted, sorted.dropFirst()) where one.element.id == next.element.id {
      throw Failure(.invalidParams, "Name each customer once.", path: "/customers/\(next.offset)/id")
    }
    let expectations = sorted.map { place, change in
      Write.Expectation(
        "customer", change.id, version: change.version, at: "/customers/\(place)/id",
        versionAt: "/customers/\(place)/expected_version")
    }
    let changes = customers.map { "{\"id\":\"\($0.id)\",\"fields\":\($0.fields)}" }.joined(separator: ",")
    return .write(
      Write(
        lock: first.id, and: customers.dropFirst().map(\.id) + [FieldParams.sharedLock(caller)],
        expecting: expectations, [query("[\(changes)]")],
        answer: answer("{\(customers.map(\.id).joined(separator: ","))}")))
  }
}
