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

  func run() throws { try Self.serve(Configuration(flags)) }

  static func serve(_ configuration: Configuration) throws -> Never {
    Deskpipe.end(try Serving(configuration).run(input: 0, output: Wire.output).rawValue)
  }
}
