import JSON
import Postgres

enum MacrosUpdate: DeskMethod {
  struct Params: Sendable {
    let id: String
    let title: String?
    let body: String?
    let metadata: String?
    let metadataPatch: String?
    let version: Int?
  }

  static let name = "macros.update"
  static let summary = "Changes a macro; what is left out stays."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    MacroParams.id,
    .optional("title", MacroParams.title, MacroParams.titleSummary),
    .optional("body", MacroParams.body, MacroParams.bodySummary),
    MetadataChange.whole, MetadataChange.patch,
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = MacroShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .templateError, .alreadyExists, .deleted, .invalid]
  static let statements = [MacroTemplates.fieldsQuery, MacroParams.titleQuery, query, MacrosGet.query]

  private static let query = Query(
    """
    update public.macros m
       set title = coalesce($2::text, m.title),
           body = coalesce($3::text, m.body),
           metadata = coalesce($4::jsonb, desk.merge_patch(m.metadata, $5::jsonb), m.metadata)
     where m.id = $1::uuid
    """)

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let metadata = try MetadataChange(params.metadata, params.metadataPatch)
    let change = Statement(query, [params.id, params.title, params.body] + metadata.values)
    let title = params.title.map { [MacroParams.titleQuery($0)] } ?? []
    let write = Plan.write(
      Write(
        lock: params.id, expecting: [.init("macro", params.id, version: params.version, at: "/id")],
        title + [change], answer: MacrosGet.query(params.id)))
    guard let body = params.body else { return write }
    return try MacroTemplates.check(body, then: write)
  }
}
