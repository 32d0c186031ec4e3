import JSON
import Postgres

enum FieldsUsage: DeskMethod {
  static let name = "fields.usage"
  static let summary =
    "How many customers have a value of a field, and each of its options, retired ones too. Who is deleted or merged into "
    + "another keeps their values and is counted."
  static let access = Access.read
  static let cost = Cost.heavy
  static let params = Schema<String>.object(FieldParams.id, as: { $0 })
  static let result = Shape.object([
    .init("id", .uuid),
    .init("field_name", .text),
    .init("customers", .integer(0...Int.max)),
    .init(
      "options",
      .nullable(
        .array(
          of: .object([
            .init("option", .text), .init("is_retired", .bool), .init("customers", .integer(0...Int.max)),
          ]), atMost: 200)), summary: "In the order of the options; null where the field has none."),
  ])
  static let errors: [FailureKind] = [.notFound]
  static let statements = [query]

  private static let query = Query(
    "select u.usage::text from (select desk.field_usage($1::uuid) as usage) u where u.usage is not null")

  static func plan(_ id: String, by caller: Caller) -> Plan {
    .read(query(id), missing: .notFound("field", at: "/id"))
  }
}
