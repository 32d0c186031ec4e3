internal import CLinux
import Desk
import Glibc
import Logging
import Postgres
import Token

/// A service with everything it needs to run, for `serve`, `demo` and `call`.
struct Serving {
  private var service: Service
  private let conninfo: String
  private let listening: String?
  private let limits: Pool.Limits
  private let first: FirstConnection
  private let feed: TokenFeed?
  private let diagnostics: Diagnostics

  /// For whoever brings the settings.
  init(_ configuration: Configuration) throws {
    let diagnostics = Diagnostics(level: try configuration.logLevel())
    guard var conninfo = try configuration.conninfo(.database) else {
      throw ConfigurationError(.database, "is not set; it says where the desk's PostgreSQL is (or: deskpipe demo)")
    }
    if conninfo == "private" { conninfo = try Self.startPrivate(configuration) }
    let first = Self.connect(conninfo)
    let fixedKeys = try configuration.fixedKeys()
    let remoteKeys = try configuration.remoteKeys(beside: fixedKeys)
    let verifier = Verifier(keys: fixedKeys ?? KeySet(), policy: try configuration.policy())
    try self.init(
      configuration, conninfo: conninfo, verifier: verifier, remoteKeys: remoteKeys,
      provision: configuration.provision(), sealer: configuration.sealer(), tokens: configuration.tokenSource(),
      diagnostics: diagnostics, first: first)
  }

  init(
    _ configuration: Configuration, conninfo: String, verifier: Verifier, remoteKeys: RemoteKeys = RemoteKeys(),
    provision: ServiceConfiguration.Provision, sealer: Sealer?, tokens: TokenFeed.Source?, diagnostics: Diagnostics,
    first: FirstConnection? = nil
  ) throws {
    self.conninfo = conninfo
    self.first = first ?? Self.connect(conninfo)
    listening = try configuration.listening(besides: conninfo)
    self.diagnostics = diagnostics
    limits = try configuration.poolLimits()
    let webhooks = try configuration.webhooks()
    var settings = ServiceConfiguration(
      verifier: verifier, remoteKeys: remoteKeys, provision: provision,
      description: Description(
        version: Deskpipe.version, schemaVersion: Migrator().newest, serverVersion: "",
        limits: ServiceLimits()),
      sealer: sealer)
    settings.webhooks = webhooks
    settings.hasTokenSource = tokens != nil
    service = Service(settings)
    feed = tokens.map { TokenFeed($0) }
    if feed != nil { service.expectToken() }
  }

  /// Serves to the end of the input. A database of another schema is refused; one that cannot be reached yet is waited
  /// for, call by call.
  func run(input: Int32, output: Int32, grace: UInt64 = Loop.usualGrace) throws -> Loop.Ending {
    let engine = Engine(
      service, conninfo: conninfo, listening: listening, limits: limits, requiring: Migrator(),
      first: first)
    let loop = Loop(
      engine, input: input, output: output, tokens: feed, signals: Signals(), diagnostics: diagnostics, grace: grace)
    do throws(MigrationError) { return try loop.run() } catch { throw Complaint("\(error)", code: 2) }
  }

  /// Begins to connect, on the first thread beside this one: mallopt may have none beside it.
  private static func connect(_ conninfo: String) -> FirstConnection {
    keepFreedMemory()
    return FirstConnection(conninfo: conninfo, requiring: Migrator())
  }

  /// Keeps up to 8 MiB that were freed, as of large answers and the parts of exports, instead of giving them back and
  /// asking for them again at each (mallopt(3)): every 4 KiB of them would cost a fault of 0.5 us.
  private static func keepFreedMemory() {
    mallopt(M_TRIM_THRESHOLD, 8 << 20)
    mallopt(M_MMAP_THRESHOLD, 4 << 20)
  }

  private static func startPrivate(_ configuration: Configuration) throws -> String {
    do {
      let endpoints = try configuration.cluster().start()
      try Migrator().apply(Session(endpoints.owner))
      Caretaker.start(endpoints.maintain)
      return endpoints.serve
    } catch { throw Complaint("\(error)") }
  }
}

/// What a server's version number (150020 is 15.20) says.
enum ServerVersion {
  static func text(_ number: Int) -> String { "\(number / 10_000).\(number % 10_000)" }

  /// CVE-2026-120154: ON CONFLICT DO UPDATE reads rows that row level security hides.
  static func complaint(_ number: Int) -> String? {
    let patched = [15: 20, 16: 16, 17: 12, 18: 7]
    guard let minor = patched[number / 10_000], number % 10_000 < minor else { return nil }
    return "PostgreSQL \(text(number)) has a hole in row level security (CVE-2026-120154): "
      + "update it to \(number / 10_000).\(minor)"
  }
}
