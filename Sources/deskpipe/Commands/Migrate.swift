import ArgumentParser
import Postgres

struct Migrate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Brings the database to the schema of this binary, as the owner.")

  @Flag(help: "Only list the migrations and whether each is applied; exit 1 when one is not.")
  var status = false

  @OptionGroup var flags: SettingFlags

  func run() throws {
    let configuration = try Configuration(flags)
    let session = try Self.ownerSession(configuration)
    do {
      if status { try list(Migrator().status(session)) } else { try apply(session) }
    } catch let error as MigrationError { throw Complaint("\(error)") }
  }

  private func apply(_ session: Session) throws {
    let applied = try Migrator().apply(session) { writeAll("applied \($0.title)\n", to: Wire.output) }
    if applied.isEmpty { writeAll("nothing to apply\n", to: Wire.output) }
  }

  private func list(_ migrations: [MigrationStatus]) throws {
    for migration in migrations {
      let time = migration.appliedAt.map { " at \($0)" } ?? ""
      writeAll("\(migration.title): \(migration.state.rawValue)\(time)\n", to: Wire.output)
    }
    if migrations.contains(where: { $0.state != .applied }) { throw ExitCode(1) }
  }

  /// A session of the owner: of the named database, or of the private one where the configuration says so.
  static func ownerSession(_ configuration: Configuration) throws -> Session {
    var conninfo = try configuration.conninfo(.ownerDatabase)
    if conninfo == nil, try configuration.conninfo(.database) == "private" {
      do { conninfo = try configuration.cluster().start().owner } catch { throw Complaint("\(error)") }
    }
    guard let conninfo else {
      throw ConfigurationError(.ownerDatabase, "is not set; it is the login that owns the desk's database")
    }
    do throws(ServerError) { return try Session(conninfo) } catch {
      throw Complaint("PostgreSQL cannot be reached: \(error.message)")
    }
  }
}
