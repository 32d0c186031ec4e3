import JSON
import Postgres

enum MacrosCreate: DeskMethod {
  struct Params: Sendable {
    let title: String
    let body: String?
    let actions: MacroActions?
    let visibility: String
    let metadata: String
  }

  static let name = "macros.create"
  static let summary =
    "A new macro: a text, actions, or both. Its template is checked against the organization's fields."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    .required("title", MacroParams.title, MacroParams.titleSummary),
    .optional("body", MacroParams.body, MacroParams.bodySummary), MacroParams.actions,
    .optional(
      "visibility", .choice(MacroShapes.visibilities), absent: "all", "Who sees it: you alone (me), or all."),
    .optional("metadata", MacroParams.metadata, absent: "{}"),
    as: Params.init)
  static let result = MacroShapes.detail
  static let errors: [FailureKind] = [.templateError, .alreadyExists, .deleted, .invalid]
  static let statements = [MacroTemplates.fieldsQuery, MacroParams.titleQuery, query, MacrosGet.query]

  private static let query = Query(
    """
    insert into public.macros (id, title, body, created_by, metadata, actions, visibility)
    values ($1::uuid, $2::text, $3::text, $4::uuid, $5::jsonb, $6::jsonb, $7::text)
    """)

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let id = UUIDv7.make()
    let insert = query(
      id, params.title, params.body, caller.agent, params.metadata, params.actions?.json ?? "{}", params.visibility)
    let write = Plan.write(
      Write(lock: id, [MacroParams.titleQuery(params.title), insert], answer: MacrosGet.query(id)))
    guard let body = params.body else { return write }
    return try MacroTemplates.check(body, then: write)
  }
}
