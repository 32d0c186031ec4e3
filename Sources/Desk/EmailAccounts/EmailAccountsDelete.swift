import JSON
import Postgres

enum EmailAccountsDelete: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "email_accounts.delete"
  static let summary = "Deletes an email account with its passwords."
  static let access = Access.admin
  static let cost = Cost.point
  static let effect = Effect.destructive
  static let params = Schema<Params>.object(EmailAccountParams.id, WriteParams.expectedVersion, as: Params.init)
  static let result = Shape.object([.init("id", .uuid), .init("deleted", .bool)])
  static let errors: [FailureKind] = [.notFound, .conflict]
  static let statements = [query, answer]

  private static let query = Query("delete from public.email_accounts e where e.id = $1::uuid")
  private static let answer = Query("select jsonb_build_object('id', $1::uuid, 'deleted', true)::text")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: params.id,
        expecting: [.init("email_account", params.id, version: params.version, to: .delete, at: "/id")],
        [query(params.id)], answer: answer(params.id)))
  }
}
