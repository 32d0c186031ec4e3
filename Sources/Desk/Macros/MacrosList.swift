import JSON
import Postgres

enum MacrosList: DeskMethod {
  struct Params: Sendable {
    let text: String?
    let page: PageParams
  }

  static let name = "macros.list"
  static let summary = "A page of macros by title."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    .optional("text", .text(1...200), "A part of the title, whatever its case."),
    PageParams.limit, PageParams.cursor,
    as: { text, limit, cursor in Params(text: text, page: PageParams(limit: limit, cursor: cursor)) })
  static let result = PageParams.shape(of: MacroShapes.row)

  static var statements: [Query] { list.statements }

  private static let list = PageList(
    PageSource(table: "public.macros", view: "desk.macro_row"), orders: [PageOrder("title", ("title", "text"))],
    filters: [.when("strpos(lower(t.title), lower($?::text)) > 0")])

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let page = Page(
      "title", isDescending: false, limit: params.page.limit, cursor: params.page.cursor,
      choices: [params.text.map { .given($0) }])
    return .read(try list.statement(for: page, by: caller))
  }
}
