import ArgumentParser
import Glibc
import Postgres
import Token

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks the database, its migrations, roles and policies, the keys and the clock.",
    discussion: "One line a check; exits 1 when one fails.")

  @Flag(help: "Look at the demo desk.")
  var demo = false

  @OptionGroup var flags: SettingFlags

  func run() throws {
    let configuration = try Configuration(flags)
    var report = Report()
    if demo {
      let endpoints = try attempt { try configuration.cluster().start() }
      report.examine(owner: try attempt { try Session(endpoints.owner) })
      report.examine("serve", "the serving role can log in", endpoints.serve)
      report.examine("maintain", "the maintenance role can log in", endpoints.maintain)
    } else {
      var owner: Session?
      report.add("database") {
        owner = try Migrate.ownerSession(configuration)
        return "the owner can log in"
      }
      if let owner { report.examine(owner: owner) }
      report.add("serve") {
        guard let conninfo = try configuration.conninfo(.database) else {
          throw ConfigurationError(.database, "is not set")
        }
        if conninfo != "private" { _ = try Session(conninfo) }
        return "the serving role can log in"
      }
      if let conninfo = try configuration.conninfo(.maintainDatabase) {
        report.examine("maintain", "the maintenance role can log in", conninfo)
      }
      report.add("keys") {
        _ = try configuration.verifierWithAllKeys()
        return "tokens can be verified"
      }
      report.add("secret_keys") {
        try configuration.sealer() == nil ? "none: mail passwords cannot be stored" : "mail passwords can be sealed"
      }
    }
    if report.hasFailed { throw ExitCode(1) }
  }

  private func attempt<R>(_ body: () throws -> R) throws -> R {
    do { return try body() } catch { throw Complaint("\(error)") }
  }
}

/// Lines of a doctor's report.
private struct Report {
  private(set) var hasFailed = false

  mutating func say(_ name: String, isFine: Bool, _ message: String) {
    if !isFine { hasFailed = true }
    writeAll("\(isFine ? "ok  " : "FAIL") \(name): \(message)\n", to: Wire.output)
  }

  mutating func add(_ name: String, _ check: () throws -> String) {
    do { say(name, isFine: true, try check()) } catch let error as ServerError {
      say(name, isFine: false, error.message.trimmingSpaces())
    } catch { say(name, isFine: false, "\(error)") }
  }

  mutating func examine(_ name: String, _ holds: String, _ login: String) {
    add(name) {
      _ = try Session(login)
      return holds
    }
  }

  mutating func examine(owner: Session) {
    add("migrations") {
      try Migrator().requireCurrent(owner)
      return "at \(Migrator().newest), as this binary"
    }
    do {
      for row in try owner.query("select d.\"check\", d.ok, d.message from desk.doctor() d") {
        say(row[0] ?? "", isFine: row[1] == "t", row[2] ?? "")
      }
    } catch { say("catalogue", isFine: false, error.message) }
    add("clock") {
      let server = try owner.value("select (extract(epoch from clock_timestamp()) * 1000)::bigint::text")
      let difference = abs(Clock.milliseconds - (server.flatMap { Int($0) } ?? 0))
      guard difference < 5_000 else {
        throw Complaint("differs from the server's by \(difference / 1000) seconds")
      }
      return "agrees with the server's"
    }
  }
}
