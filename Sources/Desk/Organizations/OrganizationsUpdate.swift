import JSON
import Postgres

enum OrganizationsUpdate: DeskMethod {
  struct Params: Sendable {
    let name: String?
    let supportEmail: String??
    let settings: String?
    let version: Int?
  }

  static let name = "organizations.update"
  static let summary = "Changes the organization; what is left out stays."
  static let access = Access.admin
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    .optional("name", .text(1...200).notBlank),
    .optional("support_email", Schema<String>.emailAddress.orNull, "Null removes it."),
    .optional("settings", .raw(maximumBytes: 65_536), AgentParams.settingsSummary),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = OrganizationShapes.detail
  static let errors: [FailureKind] = [.conflict, .invalid]
  static let statements = [query, OrganizationsGet.query]

  private static let query = Query(
    """
    update public.organizations o
       set name = coalesce($2::text, o.name),
           support_email = case when $3::boolean then $4::text else o.support_email end,
           settings = coalesce(desk.merge(o.settings, $5::jsonb), o.settings)
     where o.id = $1::uuid
    """)

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    let id = caller.organization
    return .write(
      Write(
        lock: id, expecting: [.init("organization", id, version: params.version, at: "")],
        [Statement(query, [id, params.name] + params.supportEmail.change + [params.settings])],
        answer: OrganizationsGet.query(id)))
  }
}
