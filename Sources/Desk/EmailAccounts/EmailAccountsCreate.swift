import JSON
import Postgres

enum EmailAccountsCreate: DeskMethod {
  struct Params: Sendable {
    let address: String
    let imap: MailServer?
    let smtp: MailServer?
    let isActive: Bool
  }

  static let name = "email_accounts.create"
  static let summary = "A new email account; deskpipe itself fetches and sends nothing yet."
  static let access = Access.admin
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    .required("email_address", .emailAddress, "Unique in the organization, whatever its case."),
    .optional("imap_settings", MailServer.schema, "Where mail is fetched."),
    .optional("smtp_settings", MailServer.schema, "Where mail is sent."),
    .optional("is_active", .bool, absent: true),
    as: Params.init)
  static let result = EmailAccountShapes.detail
  static let errors: [FailureKind] = [.alreadyExists, .rule]
  static let statements = [query, MailSecrets.query, EmailAccountsGet.query]

  private static let query = Query(
    """
    insert into public.email_accounts (id, email_address, imap_settings, smtp_settings, is_active)
    values ($1::uuid, $2::text, $3::jsonb, $4::jsonb, $5::boolean)
    """)

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    let id = UUIDv7.make()
    var secrets = MailSecrets(of: id, caller)
    secrets.set(params.imap?.password, for: .imap)
    secrets.set(params.smtp?.password, for: .smtp)
    let insert = query(
      id, params.address, params.imap?.settings ?? "{}", params.smtp?.settings ?? "{}",
      params.isActive ? "true" : "false")
    return secrets.plan { .write(Write(lock: id, [insert] + $0, answer: EmailAccountsGet.query(id))) }
  }
}
