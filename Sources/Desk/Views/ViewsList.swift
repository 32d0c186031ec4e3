import JSON
import Postgres

enum ViewsList: DeskMethod {
  static let name = "views.list"
  static let summary = "The caller's own views and those that are shared, by name."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<PageParams>.object(PageParams.limit, PageParams.cursor, as: PageParams.init)
  static let result = PageParams.shape(of: ViewShapes.row)
  static var statements: [Query] { list.statements }

  private static let list = PageList(
    PageSource(table: "public.ticket_views", view: "desk.ticket_view"), orders: [PageOrder("name", ("name", "text"))])

  static func plan(_ params: PageParams, by caller: Caller) throws(Failure) -> Plan {
    .read(
      try list.statement(
        for: Page("name", isDescending: false, limit: params.limit, cursor: params.cursor), by: caller))
  }
}
