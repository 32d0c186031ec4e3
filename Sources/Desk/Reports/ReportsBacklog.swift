import JSON
import Postgres

enum ReportsBacklog: DeskMethod {
  static let name = "reports.backlog"
  static let summary =
    "How many tickets were unsolved at the end of a period and of its parts."
  static let access = Access.read
  static let cost = Cost.heavy
  static let params = ReportParams.schema
  static let result = ReportShapes.report(of: ReportShapes.unsolved, parts: 400)
  static let errors: [FailureKind] = [.invalid]
  static let statements = [query]

  private static let query = ReportParams.query("report_backlog")

  static func plan(_ params: ReportParams, by caller: Caller) -> Plan {
    .read(Statement(query, params.values(for: caller)))
  }
}
