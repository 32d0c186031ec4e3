import JSON
import Postgres

enum MacrosUpdate: DeskMethod {
  struct Params: Sendable {
    let id: String
    let title: String?
    let body: String??
    let actions: MacroActions?
    let visibility: String?
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
    .optional("body", MacroParams.body.orNull, MacroParams.bodySummary), MacroParams.actions,
    .optional(
      "visibility", .choice(MacroShapes.visibilities),
      "Who sees it: its maker alone (me), or all. Only its maker can make it theirs alone."),
    MetadataChange.whole, MetadataChange.patch,
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = MacroShapes.detail
  static let errors: [FailureKind] = [
    .notFound, .forbidden, .conflict, .templateError, .alreadyExists, .deleted, .invalid,
  ]
  static let statements = [MacroTemplates.fieldsQuery, MacroParams.titleQuery, query, MacrosGet.query]

  private static let query = Query(
    """
    update public.macros m
       set title = coalesce($2::text, m.title),
           body = case when $3::boolean then $4::text else m.body end,
           metadata = coalesce($5::jsonb, desk.merge_patch(m.metadata, $6::jsonb), m.metadata),
           actions = coalesce($7::jsonb, m.actions),
           visibility = coalesce($8::text, m.visibility)
     where m.id = $1::uuid
    """)

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let metadata = try MetadataChange(params.metadata, params.metadataPatch)
    let change = Statement(
      query,
      [params.id, params.title] + params.body.change + metadata.values
        + [params.actions?.json, params.visibility])
    let title = params.title.map { [MacroParams.titleQuery($0)] } ?? []
    let write = Plan.write(
      Write(
        lock: params.id, expecting: [.init("macro", params.id, version: params.version, at: "/id")],
        title + [change], answer: MacrosGet.query(params.id)))
    guard let body = params.body ?? nil else { return write }
    return try MacroTemplates.check(body, then: write)
  }
}
