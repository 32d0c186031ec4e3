import JSON
import Postgres

enum ReportsVolume: DeskMethod {
  static let name = "reports.volume"
  static let summary =
    "How many tickets were created, solved and reopened in a period, and how much of what was solved came back."
  static let access = Access.read
  static let cost = Cost.heavy
  static let params = ReportParams.schema
  static let result = ReportShapes.report(of: ReportShapes.volume, parts: 400)
  static let errors: [FailureKind] = [.invalid]
  static let statements = [query]

  private static let query = ReportParams.query("report_volume")

  static func plan(_ params: ReportParams, by caller: Caller) -> Plan {
    .read(Statement(query, params.values(for: caller)))
  }
}
