import JSON
import Postgres

enum FieldsList: DeskMethod {
  static let name = "fields.list"
  static let summary = "The fields that the organization keeps about its customers, by position."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<PageParams>.object(
    .optional("limit", .integer(Page.limits), absent: 100, "Items at most; a page also ends at 48 KiB."),
    PageParams.cursor,
    as: PageParams.init)
  static let result = PageParams.shape(of: FieldShapes.detail)
  static var statements: [Query] { list.statements }

  private static let list = PageList(
    PageSource(table: "public.customer_fields", view: "desk.field"),
    orders: [PageOrder("position", ("position", "integer"))])

  static func plan(_ params: PageParams, by caller: Caller) throws(Failure) -> Plan {
    let page = Page("position", isDescending: false, limit: params.limit, cursor: params.cursor)
    return .read(try list.statement(for: page, by: caller))
  }
}
