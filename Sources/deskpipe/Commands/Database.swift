import ArgumentParser
import Postgres

struct Database: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "db", abstract: "Starts, stops or shows the private PostgreSQL.",
    subcommands: [Start.self, Stop.self, Status.self])

  struct Start: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Starts it, made and migrated where that is still to be done, and shows how to reach it.")

    @OptionGroup var flags: SettingFlags

    func run() throws {
      let configuration = try Configuration(flags)
      do {
        let endpoints = try configuration.cluster().start()
        try Migrator().apply(Session(endpoints.owner))
        writeAll(
          "DATABASE_URL=\(endpoints.serve)\nDATABASE_OWNER_URL=\(endpoints.owner)\n"
            + "DATABASE_MAINTAIN_URL=\(endpoints.maintain)\n", to: Wire.output)
      } catch { throw Complaint("\(error)") }
    }
  }

  struct Stop: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Stops it; what is stored stays.")

    @OptionGroup var flags: SettingFlags

    func run() throws {
      let configuration = try Configuration(flags)
      do {
        writeAll(try configuration.cluster().stop() ? "stopped\n" : "was not running\n", to: Wire.output)
      } catch { throw Complaint("\(error)") }
    }
  }

  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows whether it runs, and where it is kept; exit 1 when it does not run.")

    @OptionGroup var flags: SettingFlags

    func run() throws {
      let status: ClusterStatus
      do { status = try Configuration(flags).cluster().status() } catch { throw Complaint("\(error)") }
      let state =
        status.isRunning
        ? "running, PostgreSQL \(ServerVersion.text(status.serverVersion ?? 0)), process \(status.process ?? 0)"
        : status.exists ? "stopped" : "not made yet"
      writeAll("\(status.home): \(state)\n", to: Wire.output)
      if !status.isRunning { throw ExitCode(1) }
    }
  }
}
