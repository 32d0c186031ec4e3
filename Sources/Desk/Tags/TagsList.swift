import JSON
import Postgres

enum TagsList: DeskMethod {
  struct Params: Sendable {
    let prefix: String?
    let page: PageParams
  }

  static let name = "tags.list"
  static let summary = "A page of the organization's tags by name, each with how many tickets have it."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    .optional("prefix", TagParams.name, "How the name begins."),
    PageParams.limit, PageParams.cursor,
    as: { prefix, limit, cursor in Params(prefix: prefix, page: PageParams(limit: limit, cursor: cursor)) })
  static let result = PageParams.shape(of: TagShapes.detail)
  static var statements: [Query] { list.statements }

  private static let list = PageList(
    PageSource(table: "public.tags", view: "desk.tag"), orders: [PageOrder("name", ("name", "text"))],
    filters: [.when("starts_with(t.name, (select desk.tag_name($?::text)))")])

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let page = Page(
      "name", isDescending: false, limit: params.page.limit, cursor: params.page.cursor,
      choices: [params.prefix.map { .given($0) }])
    return .read(try list.statement(for: page, by: caller))
  }
}
