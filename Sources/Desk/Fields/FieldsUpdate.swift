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
    let version: Int?
  }

  static let name = "fields.update"
  static let summary =
    "Changes a field; what is left out stays. While customers have values of it, its type cannot change, nor can an "
    + "option that one has be removed."
  static let access = Access.admin
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    FieldParams.id,
    .optional("field_name", .text(1...200).notBlank, "Macros that name the field keep the old name."),
    .optional("field_type", FieldParams.type, "Options go where the new type has none."),
    .optional("is_required", .bool),
    .optional("options", FieldParams.options, "Replaces them all."),
    .optional("label", FieldParams.label.orNull, "Null removes it."),
    .optional("description", FieldParams.description.orNull, "Null removes it."),
    .optional("position", FieldParams.position),
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
           position = coalesce($10::integer, f.position)
     where f.id = $1::uuid
    """)

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    let values: [String?] = [
      params.id, params.name, params.type, params.isRequired.map { String($0) }, params.options,
    ]
    let position = params.position.map { String($0) }
    return .write(
      Write(
        lock: params.id, and: [FieldParams.lock(caller)],
        expecting: [.init("field", params.id, version: params.version, at: "/id")],
        [Statement(query, values + params.label.change + params.description.change + [position])],
        answer: FieldsCreate.answer(params.id)))
  }
}
