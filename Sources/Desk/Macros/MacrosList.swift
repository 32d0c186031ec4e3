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

  private static let source = PageSource(table: "public.macros", view: "desk.macro_row")
  private static let order = PageOrder("title", ("title", "text"))

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    var page = Page(source: source, order: order, isDescending: false, limit: params.page.limit)
    if let text = params.text {
      page.filters.append(Page.Filter("strpos(lower(t.title), lower($?::text)) > 0", text))
    }
    return .read(try page.statement(after: params.page.cursor, for: caller))
  }
}
