import JSON
import Postgres

enum FieldsCreate: DeskMethod {
  struct Params: Sendable {
    let name: String
    let type: String
    let isRequired: Bool
    let options: String?
    let label: String?
    let description: String?
    let position: Int?
    let defaultValue: String?
    let pattern: String?
    let minimum: String?
    let maximum: String?
    let retiredOptions: String?
  }

  static let name = "fields.create"
  static let summary = "A new field; an organization has at most 200."
  static let access = Access.admin
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    .required("field_name", .text(1...200).notBlank, "Unique in the organization."),
    .required("field_type", FieldParams.type),
    .optional(
      "is_required", .bool, absent: false, "Who lacks it is asked for it when their fields are next written."),
    .optional("options", FieldParams.options, "For select and multiselect only, which need it: all different."),
    .optional("label", FieldParams.label),
    .optional("description", FieldParams.description, "Help for whoever fills it in."),
    .optional("position", FieldParams.position, "After the last one if left out."),
    .optional("default_value", FieldParams.value, FieldParams.defaultSummary),
    .optional("pattern", FieldParams.pattern, FieldParams.patternSummary),
    .optional("minimum", FieldParams.bound, FieldParams.minimumSummary),
    .optional("maximum", FieldParams.bound, FieldParams.maximumSummary),
    FieldParams.retiredOptions,
    as: Params.init)
  static let result = FieldShapes.detail
  static let errors: [FailureKind] = [.alreadyExists, .invalid, .rule]
  static let statements = [query, answer]

  private static let query = Query(
    """
    insert into public.customer_fields
      (id, field_name, field_type, is_required, options, label, description, position, default_value, pattern, minimum,
       maximum, retired_options)
    values (
      $1::uuid, $2::text, $3::text::public.field_type, $4::boolean, $5::jsonb, $6::text, $7::text,
      coalesce($8::integer, (select coalesce(max(f.position) + 1, 0) from public.customer_fields f)),
      $9::jsonb, $10::text, $11::jsonb, $12::jsonb, $13::jsonb)
    """)
  static let answer = Query("select row_to_json(f)::text from desk.field f where f.id = $1::uuid")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    let id = UUIDv7.make()
    let insert = query(
      id, params.name, params.type, String(params.isRequired), params.options, params.label, params.description,
      params.position.map { String($0) }, params.defaultValue, params.pattern, params.minimum, params.maximum,
      params.retiredOptions)
    return .write(Write(lock: nil, [insert], answer: answer(id), creating: id))
  }
}
