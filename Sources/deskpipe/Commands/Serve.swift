import ArgumentParser
import Desk
import Glibc
import Logging
import Postgres
import Token

struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serves JSON-RPC on stdin and stdout (the default).",
    discussion: "Needs a database and a key of Clerk's, from flags, the environment or --config.")

  @OptionGroup var flags: SettingFlags

  func run() throws {
    let service = try Serving(Configuration(flags))
    throw ExitCode(service.run(input: 0, output: Wire.output).rawValue)
  }
}
