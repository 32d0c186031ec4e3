import ArgumentParser
import Desk
import Glibc
import Postgres
import Token

struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serves a demo desk from a private PostgreSQL, with a session that is already open.")

  @OptionGroup var flags: SettingFlags

  func run() throws {
    let serving = try DemoServing.make(Configuration(flags))
    if isatty(0) == 1 { writeAll(Self.greeting, to: 2) }
    throw ExitCode(try serving.run(input: 0, output: Wire.output).rawValue)
  }

  private static let greeting = """
    This is a deskpipe desk: one JSON-RPC request a line, one answer a line. Paste a line, or press Ctrl-D to end.

      {"jsonrpc":"2.0","id":1,"method":"session.whoami"}
      {"jsonrpc":"2.0","id":2,"method":"tickets.list","params":{"status":"open","limit":3}}
      {"jsonrpc":"2.0","id":3,"method":"tickets.count"}
      {"jsonrpc":"2.0","id":4,"method":"rpc.discover"}


    """
}

/// The demo desk, made where it is missing.
enum DemoServing {
  static func make(_ configuration: Configuration) throws -> Serving {
    let diagnostics = Diagnostics(level: try configuration.logLevel())
    let endpoints: Endpoints
    let keys: DemoKeys
    do {
      let cluster = try configuration.cluster()
      endpoints = try cluster.start()
      try Migrator().apply(Session(endpoints.owner))
      try DemoDesk.load(Session(endpoints.superuser))
      keys = try DemoKeys(cluster)
      Caretaker.start(endpoints.maintain)
    } catch { throw Complaint("\(error)") }
    return try Serving(
      configuration, conninfo: endpoints.serve,
      verifier: keys.verifier(clients: configuration.list(.clerkOAuthClients)),
      provision: .agents, sealer: keys.sealer(),
      tokens: .maker { try keys.token() }, diagnostics: diagnostics)
  }
}
