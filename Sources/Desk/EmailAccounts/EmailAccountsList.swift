import JSON
import Postgres

enum EmailAccountsList: DeskMethod {
  struct Params: Sendable {
    let isActive: Bool?
    let page: PageParams
  }

  static let name = "email_accounts.list"
  static let summary = "A page of email accounts by address, without their passwords."
  static let access = Access.admin
  static let cost = Cost.page
  static let effect = Effect.read
  static let params = Schema<Params>.object(
    .optional("is_active", .bool, "Only those in use, or only the others."),
    PageParams.limit, PageParams.cursor,
    as: { isActive, limit, cursor in Params(isActive: isActive, page: PageParams(limit: limit, cursor: cursor)) })
  static let result = PageParams.shape(of: EmailAccountShapes.detail)

  static var statements: [Query] { list.statements }

  private static let list = PageList(
    PageSource(table: "public.email_accounts", view: "desk.email_account"),
    orders: [PageOrder("address", ("email_address", "text"))], filters: [.when("t.is_active = $?::boolean")])

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let page = Page(
      "address", isDescending: false, limit: params.page.limit, cursor: params.page.cursor,
      choices: [params.isActive.map { .given($0 ? "true" : "false") }])
    return .read(try list.statement(for: page, by: caller))
  }
}
