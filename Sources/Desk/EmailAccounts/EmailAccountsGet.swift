import JSON
import Postgres

enum EmailAccountsGet: DeskMethod {
  static let name = "email_accounts.get"
  static let summary = "One email account, without its passwords."
  static let access = Access.admin
  static let cost = Cost.point
  static let effect = Effect.read
  static let params = Schema<String>.object(EmailAccountParams.id, as: { $0 })
  static let result = EmailAccountShapes.detail
  static let errors: [FailureKind] = [.notFound]
  static let statements = [query]

  static let query = Query("select row_to_json(e)::text from desk.email_account e where e.id = $1::uuid")

  static func plan(_ id: String, by caller: Caller) -> Plan {
    .read(query(id), missing: .notFound("email account", at: "/id"))
  }
}
