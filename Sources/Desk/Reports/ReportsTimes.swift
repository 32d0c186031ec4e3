import JSON
import Postgres

enum ReportsTimes: DeskMethod {
  static let name = "reports.times"
  static let summary =
    "How long first responses and resolutions took, by the clock and within business hours: the median and what nine in ten did not exceed, in seconds."
  static let access = Access.read
  static let cost = Cost.heavy
  static let params = ReportParams.schema
  static let result = ReportShapes.report(of: ReportShapes.times, parts: 180)
  static let errors: [FailureKind] = [.invalid]
  static let statements = [query]

  private static let query = ReportParams.query("report_times")

  static func plan(_ params: ReportParams, by caller: Caller) -> Plan {
    .read(Statement(query, params.values(for: caller)))
  }
}
