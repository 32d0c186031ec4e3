import CPostgres
import Glibc

/// The private PostgreSQL: one cluster for one home, reached through a Unix socket only.
///
/// `demo` and `db` use it, and `serve` where the configuration says so; it outlives them and `stop` ends it.
public struct Cluster: Sendable {
  static let database = "deskpipe"

  let home: ClusterHome
  let settings: [String]

  /// - Parameters:
  ///   - home: an absolute path; where it is missing, DESKPIPE_HOME or the user's place for data.
  ///   - settings: further lines of postgresql.conf, written when the cluster is made.
  public init(home: String? = nil, settings: [String] = []) throws(ClusterError) {
    // Not with ??, whose right side would throw any error.
    if let home { self.home = ClusterHome(path: home) } else { self.home = try ClusterHome.standard() }
    self.settings = settings
  }

  public var homePath: String { home.path }

  /// Makes the folder where it is missing, for what is kept beside the cluster; needs no PostgreSQL.
  public func makeHome() throws(ClusterError) { try home.create() }

  /// The connection strings of one database of this cluster, which need not exist.
  public func endpoints(database: String = "deskpipe") -> Endpoints {
    Endpoints(socketFolder: home.sockets, database: database)
  }

  /// Makes what is missing, starts the server where it does not run, and answers how to reach it.
  ///
  /// Any number of processes may do so at once. Takes a few milliseconds where it runs already. The database is
  /// there and belongs to deskpipe_owner afterwards; the other roles are made by the migrations.
  @discardableResult public func start() throws(ClusterError) -> Endpoints {
    try home.checkSocketPath()
    if isReady { return endpoints() }
    let account = try Account.ofServer()
    try home.create(for: account)
    let lock = try HomeLock(home.lock)
    defer { extendLifetime(lock) }
    if isReady { return endpoints() }
    try launch(account)
    try createDatabase()
    return endpoints()
  }

  /// Ends the server and answers whether it ran; calls under way are broken off, what was committed stays.
  @discardableResult public func stop() throws(ClusterError) -> Bool {
    guard fileExists(home.data) else { return false }
    let lock = try HomeLock(home.lock)
    defer { extendLifetime(lock) }
    guard let process = serverProcess else { return false }
    guard kill(process, SIGINT) == 0 else {
      throw ClusterError("the server (process \(process)) cannot be stopped: \(errorText())")
    }
    for _ in 0..<6_000 {
      if ServerState(process) != .alive { return true }
      pause(milliseconds: 10)
    }
    throw ClusterError("the server (process \(process)) did not end within a minute")
  }

  public func status() -> ClusterStatus {
    var version: Int?
    do throws(ServerError) { version = try Session(endpoints(database: "postgres").superuser).serverVersion } catch _ {}
    return ClusterStatus(
      home: home.path, exists: fileExists(home.data), isRunning: version != nil, serverVersion: version,
      process: serverProcess.map(Int.init))
  }

  /// The database is made last, so a login to it means that everything is there.
  private var isReady: Bool {
    do throws(ServerError) {
      _ = try Session(endpoints().owner)
      return true
    } catch { return false }
  }

  /// The process of postmaster.pid, where that is alive: the file outlives a power cut, its number is used again.
  private var serverProcess: pid_t? { namedProcess.flatMap { ServerState($0) == .alive ? $0 : nil } }

  private var namedProcess: pid_t? {
    fileText(home.processFile)?.split(separator: "\n").first.flatMap { pid_t($0) }
  }

  /// The next server would take a zombie for alive and refuse to start.
  func removeFileOfZombie() {
    if let process = namedProcess, ServerState(process) == .zombie { unsafe unlink(home.processFile) }
  }
}

private enum ServerState {
  case alive, zombie, gone

  init(_ process: pid_t) {
    let state = fileText("/proc/\(process)/stat") ?? ""
    if state.hasPrefix("\(process) (postgres) Z") {
      // Ours may be the parent that has not asked for it.
      waitpid(process, nil, WNOHANG)
      self = .zombie
    } else {
      self = state.hasPrefix("\(process) (postgres) ") ? .alive : .gone
    }
  }
}

/// What is known of the private cluster.
public struct ClusterStatus: Sendable, Equatable {
  public var home: String
  public var exists: Bool
  /// Whether it answers.
  public var isRunning: Bool
  /// As libpq counts: 150020 is 15.20.
  public var serverVersion: Int?
  public var process: Int?
}
