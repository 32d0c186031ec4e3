import JSON
import Postgres

enum MacrosList: DeskMethod {
  struct Params: Sendable {
    let text: String?
    let page: PageParams
    let includesDeleted: Bool
  }

  static let name = "macros.list"
  static let summary = "A page of macros by title."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    .optional("text", .text(1...200), "A part of the title, whatever its case."),
    PageParams.limit, PageParams.cursor, Deletion.included,
    as: { text, limit, cursor, includesDeleted in
      Params(text: text, page: PageParams(limit: limit, cursor: cursor), includesDeleted: includesDeleted)
    })
  static let result = PageParams.shape(of: MacroShapes.row)
  static let errors: [FailureKind] = [.forbidden]

  static var statements: [Query] { list.statements }

  private static let list = PageList(
    PageSource(table: "public.macros", view: "desk.macro_row", hidesDeleted: true),
    orders: [PageOrder("title", ("title", "text"))],
    filters: [.when("strpos(lower(t.title), lower($?::text)) > 0")])

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    try Deletion.allow(params.includesDeleted, to: caller)
    let page = Page(
      "title", isDescending: false, limit: params.page.limit, cursor: params.page.cursor,
      choices: [params.text.map { .given($0) }], includesDeleted: params.includesDeleted)
    return .read(try list.statement(for: page, by: caller))
  }
}
