import JSON
import Postgres

enum FieldsUpdate: DeskMethod {
  struct Params: Sendable {
    let id: String
    let name: String?
    let type: String?
    let isRequired: Bool?
    let options: String?
    let label: String??
    let description: String??
    let position: Int?
    let defaultValue: String??
    let pattern: String??
    let minimum: String??
    let maximum: String??
    let retiredOptions: String?
    let version: Int?
  }

  static let name = "fields.update"
  static let summary =
    "Changes a field; what is left out stays. No value is lost: while customers have values of it, its type cannot "
    + "change, and an option that one has can be retired, but not removed; a new pattern or range is for values that are "
    + "set from then on."
  static let access = Access.admin
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    FieldParams.id,
    .optional("field_name", .text(1...200).notBlank, "Macros that name the field keep the old name."),
    .optional(
      "field_type", FieldParams.type,
      "Options, default, pattern and range go where they are not given along with another type."),
    .optional("is_required", .bool),
    .optional("options", FieldParams.options, "Replaces them all, in this order."),
    .optional("label", FieldParams.label.orNull, "Null removes it."),
    .optional("description", FieldParams.description.orNull, "Null removes it."),
    .optional("position", FieldParams.position, "Where it stands in lists and forms."),
    .optional("default_value", FieldParams.value.orNull, FieldParams.defaultSummary),
    .optional("pattern", FieldParams.pattern.orNull, FieldParams.patternSummary),
    .optional("minimum", FieldParams.bound.orNull, FieldParams.minimumSummary),
    .optional("maximum", FieldParams.bound.orNull, FieldParams.maximumSummary),
    FieldParams.retiredOptions,
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = FieldShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .alreadyExists, .invalid, .inUse]
  static let statements = [query, FieldsCreate.answer]

  private static let query = Query(
    """
    update public.customer_fields f
       set field_name = coalesce($2::text, f.field_name),
           field_type = coalesce($3::text::public.field_type, f.field_type),
           is_required = coalesce($4::boolean, f.is_required),
           options = case
             when $5::jsonb is not null then $5::jsonb
             when coalesce($3::text::public.field_type, f.field_type) in ('select', 'multiselect') then f.options
           end,
           label = case when $6::boolean then $7::text else f.label end,
           description = case when $8::boolean then $9::text else f.description end,
           position = coalesce($10::integer, f.position),
           default_value = case
             when $11::boolean then $12::jsonb
             when coalesce($3::text::public.field_type, f.field_type) = f.field_type then f.default_value
           end,
           pattern = case
             when $13::boolean then $14::text
             when coalesce($3::text::public.field_type, f.field_type) = f.field_type then f.pattern
           end,
           minimum = case
             when $15::boolean then $16::jsonb
             when coalesce($3::text::public.field_type, f.field_type) = f.field_type then f.minimum
           end,
           maximum = case
             when $17::boolean then $18::jsonb
             when coalesce($3::text::public.field_type, f.field_type) = f.field_type then f.maximum
           end,
           retired_options = case
             when $19::jsonb is not null then $19::jsonb
             when coalesce($3::text::public.field_type, f.field_type) in ('select', 'multiselect') then f.retired_options
           end
     where f.id = $1::uuid
    """)

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    let values: [String?] = [
      params.id, params.name, params.type, params.isRequired.map { String($0) }, params.options,
    ]
    let position = params.position.map { String($0) }
    let rules =
      params.defaultValue.change + params.pattern.change + params.minimum.change + params.maximum.change
      + [params.retiredOptions]
    return .write(
      Write(
        lock: params.id, and: [FieldParams.lock(caller)],
        expecting: [.init("field", params.id, version: params.version, at: "/id")],
        [Statement(query, values + params.label.change + params.description.change + [position] + rules)],
        answer: FieldsCreate.answer(params.id)))
  }
}
