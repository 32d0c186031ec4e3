import JSON
import Postgres

enum EmailAccountsUpdate: DeskMethod {
  struct Params: Sendable {
    let id: String
    let address: String?
    let imap: MailServer??
    let smtp: MailServer??
    let isActive: Bool?
    let version: Int?
  }

  static let name = "email_accounts.update"
  static let summary = "Changes an email account; what is left out stays."
  static let access = Access.admin
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    EmailAccountParams.id,
    .optional("email_address", .emailAddress),
    .optional("imap_settings", MailServer.schema.orNull, replacing),
    .optional("smtp_settings", MailServer.schema.orNull, replacing),
    .optional("is_active", .bool),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = EmailAccountShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .alreadyExists, .rule]
  static let statements = [query, settingsQuery, MailSecrets.query, EmailAccountsGet.query]

  private static let replacing =
    "Replaces them all, but for a password left out: it stays if nothing else changes. Null removes all."
  private static let query = Query(
    """
    update public.email_accounts e
       set email_address = coalesce($2::text, e.email_address),
           is_active = coalesce($3::boolean, e.is_active)
     where e.id = $1::uuid
    """)
  private static let settingsQuery = Query(
    "select desk.set_mail_settings($1::uuid, $2::text, $3::jsonb, $4::boolean)")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    var secrets = MailSecrets(of: params.id, caller)
    var statements = [query(params.id, params.address, params.isActive.map { $0 ? "true" : "false" })]
    for (kind, given) in [(MailSecrets.Server.imap, params.imap), (.smtp, params.smtp)] {
      guard let given else { continue }
      let server = given ?? .none
      let hasPassword = server.password != nil
      statements.append(settingsQuery(params.id, kind.rawValue, server.settings, hasPassword ? "true" : "false"))
      secrets.set(server.password, for: kind)
    }
    let changes = statements
    return secrets.plan {
      .write(
        Write(
          lock: params.id,
          expecting: [.init("email_account", params.id, version: params.version, at: "/id")],
          changes + $0, answer: EmailAccountsGet.query(params.id)))
    }
  }
}
