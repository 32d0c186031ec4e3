import Glibc
import Postgres
import TestSupport
import Testing

@Suite struct ClusterTests {
  /// Starting a cluster takes a second, so that one goes through what happens to it in a life.
  @Test func aClusterIsMadeOnceSharedStoppedAndStartedAgain() async throws {
    let home = try TemporaryFolder().path + "/home of 'desks'"
    let cluster = try Cluster(home: home, settings: ["fsync = off"])
    #expect(!cluster.status().exists && !cluster.status().isRunning)
    #expect(try !cluster.stop())
    // What a start that was cut short leaves behind.
    _ = try Command(["/bin/mkdir", "-p", home + "/data.new/base"]).run()

    let endpoints = try await withThrowingTaskGroup(of: Endpoints.self) { group in
      for _ in 0..<4 { group.addTask { try Cluster(home: home, settings: ["fsync = off"]).start() } }
      return try await group.reduce(into: [Endpoints]()) { $0.append($1) }
    }
    #expect(endpoints == Array(repeating: cluster.endpoints(), count: 4))
    let status = cluster.status()
    #expect(status.isRunning && status.exists)
    let process = try #require(status.process)
    let starts = try Command(["/bin/grep", "-c", "starting PostgreSQL", home + "/server.log"]).run()
    #expect(starts == "1\n")
    try Session(endpoints[0].owner).run("create table kept (x integer); insert into kept values (1)")

    let elapsed = try ContinuousClock().measure { try cluster.start() }
    #expect(elapsed < .seconds(1))

    #expect(try cluster.stop())
    #expect(try !cluster.stop())
    #expect(kill(pid_t(process), 0) == -1 && errno == ESRCH)
    #expect(cluster.status().exists && !cluster.status().isRunning && cluster.status().process == nil)

    try cluster.start()
    #expect(try Session(endpoints[0].owner).value("select x from kept") == "1")
    let second = try #require(cluster.status().process)
    // A power cut: the file with the process id stays.
    kill(pid_t(second), SIGKILL)
    while cluster.status().isRunning {}
    try cluster.start()
    #expect(try Session(endpoints[0].owner).value("select x from kept") == "1")
    try cluster.stop()
  }

  @Test func theServerKeepsNothingOfItsStarterOpen() throws {
    let cluster = try started()
    let process = try #require(cluster.status().process)
    let open = try Command(["/bin/sh", "-c", "readlink /proc/\(process)/fd/0 /proc/\(process)/fd/[12]"]).run()
    let log = cluster.homePath + "/server.log"
    #expect(open == "/dev/null\n\(log)\n\(log)\n")
    let all = try Command(["/bin/sh", "-c", "readlink /proc/\(process)/fd/*"]).run()
    for file in all.split(separator: "\n") {
      #expect(file.hasPrefix("/dev/") || file.hasPrefix(cluster.homePath) || !file.hasPrefix("/"), "\(file)")
    }
    #expect(getsid(pid_t(process)) == pid_t(process))
  }

  @Test func onlyTheSocketsFolderLeadsIn() throws {
    let cluster = try started()
    let session = try Session(cluster.endpoints().superuser)
    #expect(try session.value("show listen_addresses") == "")
    #expect(try session.value("select string_agg(distinct auth_method, ' ') from pg_hba_file_rules") == "peer")
    let modes = try Command(["/usr/bin/stat", "-c", "%a", cluster.homePath + "/run", cluster.homePath + "/data"]).run()
    #expect(modes == "700\n700\n")
  }

  @Test func theOwnerIsNoSuperuserAndWritesAreDurable() throws {
    let cluster = try started()
    let session = try Session(cluster.endpoints().owner)
    let role = try session.query(
      "select rolsuper, rolcreaterole, rolbypassrls, rolcreatedb from pg_roles where rolname = current_user")
    #expect(role == [["f", "t", "f", "f"]])
    #expect(
      try session.value("select pg_get_userbyid(datdba) from pg_database where datname = current_database()")
        == "deskpipe_owner")
    let settings = try session.query("select current_setting('fsync'), current_setting('server_encoding')")
    #expect(settings == [["on", "UTF8"]])
  }

  @Test func aSocketPathThatTheKernelRefusesIsNamed() throws {
    let cluster = try Cluster(home: "/tmp/" + String(repeating: "x", count: 100))
    let error = #expect(throws: ClusterError.self) { try cluster.start() }
    #expect(error?.description.contains("may have 107: set DESKPIPE_HOME") == true)
  }

  @Test func aServerThatDoesNotStartSaysWhy() throws {
    let home = try TemporaryFolder().path + "/home"
    let cluster = try Cluster(home: home, settings: ["fsync = off", "shared_buffers = 'much'"])
    let error = #expect(throws: ClusterError.self) { try cluster.start() }
    #expect(error?.description.contains("did not start") == true)
    #expect(error?.description.contains("FATAL:") == true)
  }

  /// One durable cluster as `deskpipe` makes it, for the tests that only look.
  private func started() throws -> Cluster {
    let cluster = try Cluster(home: ClusterTests.home.get())
    try cluster.start()
    return cluster
  }

  private static let home = Result { try TemporaryFolder().path + "/home" }
}
