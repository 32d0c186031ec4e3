import JSON
import Postgres

enum CustomersExport: DeskMethod {
  static let name = "customers.export"
  static let summary =
    "All customers with the values of their fields, in parts: each comes as a notification export.part, as fast as they "
    + "are read; the answer comes after the last."
  static let access = Access.read
  static let cost = Cost.heavy
  static let params = ExportParams.schema
  static let result = ExportShapes.result
  static let errors: [FailureKind] = [.forbidden]
  static let statements = source.queries

  private static let source = ExportSource(
    table: "public.customers", function: "desk.exported_customers", isWalked: true)

  static func plan(_ params: ExportParams, by caller: Caller) throws(Failure) -> Plan {
    .export(try Export(of: source, params, by: caller))
  }
}
