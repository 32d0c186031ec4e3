import JSON
import Postgres

enum ViewsGet: DeskMethod {
  static let name = "views.get"
  static let summary = "One view."
  static let access = Access.read
  static let cost = Cost.point
  static let params = Schema<String>.object(ViewParams.id, as: { $0 })
  static let result = ViewShapes.row
  static let errors: [FailureKind] = [.notFound]
  static let statements = [query]

  static let query = Query.row(of: "desk.ticket_view")

  static func plan(_ id: String, by caller: Caller) -> Plan {
    .read(query(id), missing: .notFound("view", at: "/id"))
  }
}
