import Foundation
import Postgres

/// `make bench`: what deskpipe costs beside what PostgreSQL costs without it, and beside the same desk in Python and
/// Node.
///
/// It makes its own clusters and data. Contenders of a row are measured in turns, so that a busy machine is busy for
/// all of them. It fails only where something did not run; whether a target is met is told.
@main enum Main {
  static func main() {
    do {
      let options = try Options(CommandLine.arguments, ProcessInfo.processInfo.environment)
      let desks = try Desks(options)
      var report = Report(try desks.machine())
      for (name, rows) in allRows where options.rows.isEmpty || options.rows.contains(where: name.hasPrefix) {
        Console.note(name)
        do { for row in try rows(desks) { report.add(row) } } catch { report.fail(name, error) }
      }
      try report.write(to: options.results)
      exit(report.failures.isEmpty ? 0 : 1)
    } catch {
      Console.note("\(error)")
      exit(1)
    }
  }

  private static let allRows: [(name: String, rows: @Sendable (Desks) throws -> [Row])] = [
    ("throughput", ThroughputRows.measure),
    ("latency", LatencyRow.measure),
    ("instructions", InstructionsRow.measure),
    ("start", StartRows.measure),
    ("memory", MemoryRow.measure),
    ("slow", SlowRow.measure),
    ("growth", GrowthRows.measure),
    ("policy", PolicyRow.measure),
    ("fleet", FleetRow.measure),
    ("bulk", BulkRows.measure),
  ]
}
