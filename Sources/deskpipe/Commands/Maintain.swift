import ArgumentParser
import Postgres

struct Maintain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Does what is due: closes solved tickets, wakes those that sleep, forgets what has expired.",
    discussion: """
      For a timer or cron, as often as once a minute. Prints one JSON object: how many of each. Exits 0 as well where \
      another runner is at work ("busy": true), 1 where something failed.
      """)

  @OptionGroup var flags: SettingFlags

  func run() throws {
    let session = try Self.session(Configuration(flags))
    do throws(MigrationError) { try Migrator().requireCurrent(session) } catch { throw Complaint("\(error)", code: 2) }
    let report = Maintenance().run(session)
    writeAll(report.json + "\n", to: Wire.output)
    for failure in report.failures { writeAll("deskpipe: \(failure.duty): \(failure.message)\n", to: 2) }
    if !report.failures.isEmpty { throw ExitCode(1) }
  }

  /// A session of the maintenance login: of the named database, or of the private one where the configuration says so.
  private static func session(_ configuration: Configuration) throws -> Session {
    var conninfo = try configuration.conninfo(.maintainDatabase)
    if conninfo == nil, try configuration.conninfo(.database) == "private" {
      do { conninfo = try configuration.cluster().start().maintain } catch { throw Complaint("\(error)") }
    }
    guard let conninfo else {
      throw ConfigurationError(.maintainDatabase, "is not set; it is the login of maintenance")
    }
    do throws(ServerError) { return try Session(conninfo) } catch {
      throw Complaint("PostgreSQL cannot be reached: \(error.message.trimmingSpaces())")
    }
  }
}
