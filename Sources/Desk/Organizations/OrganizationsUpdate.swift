import JSON
import Postgres

enum OrganizationsUpdate: DeskMethod {
  struct Params: Sendable {
    let name: String?
    let supportEmail: String??
    let settings: String?
    let closeAfter: Int??
    let reopen: Int??
    let searchLanguage: String?
    let keepDeleted: Int?
    let keepClosed: Int??
    let timeZone: String?
    let businessHours: String??
    let holidays: String?
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
    .optional(
      "close_after_days", Schema<Int>.integer(1...3_650).orNull,
      "Days after which a solved ticket is closed, 28 at first; null for never."),
    .optional(
      "reopen_days", Schema<Int>.integer(0...3_650).orNull,
      "Days after its closing in which a customer's message reopens a ticket; later it makes a follow-up. 0, as at first: "
        + "always a follow-up; null: always reopened."),
    .optional(
      "search_language", .text(1...63),
      "The language that people write in: a text search configuration of PostgreSQL such as english, german or simple, "
        + "which is the first and takes words as they stand. What was written before follows by and by."),
    .optional(
      "keep_deleted_days", .integer(1...3_650),
      "Days after which what was deleted is purged for good, 30 at first: until then it can be restored."),
    .optional(
      "keep_closed_days", Schema<Int>.integer(1...36_500).orNull,
      "Days after which closed tickets are purged for good; null, as at first, for never."),
    .optional(
      "time_zone", .text(1...100),
      "The IANA name of your time zone, such as Europe/Berlin; UTC at first. Reports are told in it."),
    .optional("business_hours", BusinessHours.schema.orNull, BusinessHours.summary),
    .optional(
      "holidays", BusinessHours.holidays, "Days without business hours; they take the place of those there were."),
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
           settings = coalesce(desk.merge_patch(o.settings, $5::jsonb), o.settings),
           close_after_days = case when $6::boolean then $7::integer else o.close_after_days end,
           reopen_days = case when $8::boolean then $9::integer else o.reopen_days end,
           search_language = coalesce($10::text, o.search_language),
           keep_deleted_days = coalesce($11::integer, o.keep_deleted_days),
           keep_closed_days = case when $12::boolean then $13::integer else o.keep_closed_days end,
           time_zone = coalesce($14::text, o.time_zone),
           business_hours = case when $15::boolean then $16::jsonb else o.business_hours end,
           holidays = coalesce($17::date[], o.holidays)
     where o.id = $1::uuid
    """)

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    let id = caller.organization
    let values =
      [id, params.name] + params.supportEmail.change + [params.settings]
      + params.closeAfter.map { $0.map(String.init) }.change + params.reopen.map { $0.map(String.init) }.change
      + [params.searchLanguage]
      + [params.keepDeleted.map(String.init)] + params.keepClosed.map { $0.map(String.init) }.change
      + [params.timeZone] + params.businessHours.change + [params.holidays]
    return .write(
      Write(
        lock: id, expecting: [.init("organization", id, version: params.version, at: "")],
        [Statement(query, values)],
        answer: OrganizationsGet.query(id)))
  }
}
