import JSON
import Postgres

enum MacrosCreate: DeskMethod {
  struct Params: Sendable {
    let title: String
    let body: String
    let metadata: String
  }

  static let name = "macros.create"
  static let summary = "A new macro; its template is checked against the organization's fields."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    .required("title", MacroParams.title, MacroParams.titleSummary),
    .required("body", MacroParams.body, MacroParams.bodySummary),
    .optional("metadata", MacroParams.metadata, absent: "{}"),
    as: Params.init)
  static let result = MacroShapes.detail
  static let errors: [FailureKind] = [.templateError, .alreadyExists, .deleted]
  static let statements = [MacroTemplates.fieldsQuery, MacroParams.titleQuery, query, MacrosGet.query]

  private static let query = Query(
    """
    insert into public.macros (id, title, body, created_by, metadata)
    values ($1::uuid, $2::text, $3::text, $4::uuid, $5::jsonb)
    """)

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let id = UUIDv7.make()
    let insert = query(id, params.title, params.body, caller.agent, params.metadata)
    return try MacroTemplates.check(
      params.body,
      then: .write(Write(lock: id, [MacroParams.titleQuery(params.title), insert], answer: MacrosGet.query(id))))
  }
}
