import Glibc
public import Postgres
import Synchronization

/// One PostgreSQL for all tests of a process: started by the first that asks, gone with the process however it ends.
///
/// It is the private cluster of `deskpipe`, but in a temporary folder and not durable.
public enum TestCluster {
  /// A new database with all migrations applied, cloned from a template in some 100 ms.
  public static func createDatabase() throws -> TestDatabase {
    try create { state throws in try state.template("migrated") { _ in } }
  }

  /// A new database with the demo desk in it, cloned likewise.
  public static func createDemoDatabase() throws -> TestDatabase {
    try create { state throws in try state.template("demo") { try DemoDesk.load(Session($0.endpoints.superuser)) } }
  }

  /// A new database without anything in it.
  public static func createEmptyDatabase() throws -> TestDatabase {
    try create { _ in "template1" }
  }

  /// What the server has said so far.
  public static func log() throws -> String {
    let home = try state.withLock { state throws in try state.started().homePath }
    return try Command(["/bin/cat", home + "/server.log"]).run(limit: 64 << 20)
  }

  private static let state = Mutex(State())

  private static func create(_ template: (inout State) throws -> String) throws -> TestDatabase {
    try state.withLock { state throws in
      let source = try template(&state)
      state.count += 1
      return try state.newDatabase(named: "test_\(state.count)", clonedFrom: source)
    }
  }

  private struct State: Sendable {
    var cluster: Cluster?
    var templates: Set<String> = []
    var count = 0

    mutating func started() throws -> Cluster {
      if let cluster { return cluster }
      let folder = try TemporaryFolder()
      let settings = ["fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 200"]
      let cluster = try Cluster(home: folder.path + "/home", settings: settings)
      try cluster.start()
      self.cluster = cluster
      return cluster
    }

    /// A migrated database that others are cloned from, made when it is first asked for.
    mutating func template(_ name: String, _ fill: (TestDatabase) throws -> Void) throws -> String {
      if !templates.contains(name) {
        let template = try newDatabase(named: name, clonedFrom: "template1")
        try Migrator().apply(Session(template.endpoints.owner))
        try fill(template)
        templates.insert(name)
      }
      return name
    }

    mutating func newDatabase(named name: String, clonedFrom template: String) throws -> TestDatabase {
      let cluster = try started()
      let session = try Session(cluster.endpoints(database: "postgres").superuser)
      try session.run("create database \(name) template \(template) owner deskpipe_owner")
      // A clone has the template's contents, but not its rights.
      try session.run("revoke temporary on database \(name) from public")
      return TestDatabase(name: name, endpoints: cluster.endpoints(database: name))
    }
  }
}

/// A database of the test cluster; it stays until the process ends.
public struct TestDatabase: Sendable {
  public let name: String
  public let endpoints: Endpoints

  /// A blocking session as deskpipe_owner, who owns everything but is no superuser.
  public func owner() throws -> Session { try Session(endpoints.owner) }

  /// A blocking session as deskpipe_serve.
  public func serve() throws -> Session { try Session(endpoints.serve) }

  /// A blocking session as deskpipe_maintain.
  public func maintain() throws -> Session { try Session(endpoints.maintain) }

  /// A blocking session as superuser, who sees the rows of every tenant.
  public func superuser() throws -> Session { try Session(endpoints.superuser) }
}
