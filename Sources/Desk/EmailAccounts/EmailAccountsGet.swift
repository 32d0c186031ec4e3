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

  static let query = Query.row(of: "desk.email_account")

  static func plan(_ id: String, by caller: Caller) -> Plan {
    .read(query(id), missing: .notFound("email account", at: "/id"))
  }
}
