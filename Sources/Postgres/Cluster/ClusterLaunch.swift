import CPostgres
import Glibc

/// What `start` does under the lock.
extension Cluster {
  func launch(_ account: Account) throws(ClusterError) {
    let server = endpoints(database: "postgres").superuser
    // Another process' server that is still starting, recovering or going down.
    for _ in 0..<6_000 {
      let answer = unsafe PQping(server)
      if answer == PQPING_OK { return }
      if answer != PQPING_REJECT { break }
      pause(milliseconds: 20)
    }
    let isNew = !fileExists(home.data)
    let major = fileText(home.data + "/PG_VERSION").flatMap { Int($0.prefix { $0.isNumber }) }
    let programs = try ServerPrograms.find(major: isNew ? nil : major)
    if isNew { try initialize(programs, account) }

    removeFileOfZombie()
    let log = try openLog()
    defer { close(log) }
    let start = lseek(log, 0, SEEK_END)
    let arguments = [
      programs.postgres, "-D", home.data, "-c", "listen_addresses=", "-c", "port=5432",
      "-c", "unix_socket_permissions=0700", "-c", "unix_socket_directories=\(listQuoted(home.sockets))",
    ]
    let process = try Command(arguments, as: account).launch(output: log)
    for _ in 0..<24_000 {
      if unsafe PQping(server) == PQPING_OK { return }
      if waitpid(process, nil, WNOHANG) == process {
        throw ClusterError("the PostgreSQL server did not start\(reason(after: start)); see \(home.log)")
      }
      pause(milliseconds: 5)
    }
    throw ClusterError("the PostgreSQL server does not answer; see \(home.log)")
  }

  /// Under a temporary name first: a folder called `data` is always a whole cluster.
  private func initialize(_ programs: ServerPrograms, _ account: Account) throws(ClusterError) {
    let folder = home.unfinishedData
    if fileExists(folder) { _ = try Command(["/bin/rm", "-rf", "--", folder]).run() }
    try home.makeFolder(folder, mode: 0o700, owner: account)
    let hasUnicode = unsafe newlocale(1 << LC_CTYPE, "C.UTF-8", nil).map { unsafe freelocale($0) } != nil
    let arguments = [
      programs.initdb, "-D", folder, "-U", "postgres", "--auth=peer", "--encoding=UTF8",
      "--locale=\(hasUnicode ? "C.UTF-8" : "C")", "--lc-messages=C", "--no-instructions", "--data-checksums",
    ]
    let isDurable = !settings.contains("fsync = off")
    _ = try Command(arguments + (isDurable ? [] : ["--no-sync"]), as: account).run()
    let lines = ClusterFiles.settings + settings
    try writeFile(folder + "/postgresql.conf", lines.map { $0 + "\n" }.joined(), replacing: false)
    try writeFile(folder + "/pg_hba.conf", ClusterFiles.authentication, replacing: true)
    try writeFile(folder + "/pg_ident.conf", ClusterFiles.identities(["root", account.name]), replacing: true)
    if isDurable { sync() }
    guard unsafe rename(folder, home.data) == 0 else {
      throw ClusterError("\(home.data) cannot be made: \(errorText())")
    }
  }

  /// Starts over where the log has passed 4 MiB; it holds no statements (see `ClusterFiles.settings`).
  private func openLog() throws(ClusterError) -> Int32 {
    let log = unsafe open(home.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard log >= 0 else { throw ClusterError("\(home.log) cannot be written: \(errorText())") }
    if lseek(log, 0, SEEK_END) > 4 << 20 { ftruncate(log, 0) }
    return log
  }

  /// What the server said about it. Our own asking whether it answers leaves lines, too.
  private func reason(after start: Int) -> String {
    let lines = (fileText(home.log, from: start) ?? "").split(separator: "\n")
    let fatal = lines.last { $0.contains("FATAL:") && !$0.contains("the database system is") }
    return (fatal ?? lines.last).map { " (\($0))" } ?? ""
  }

  func createDatabase() throws(ClusterError) {
    do throws(ServerError) {
      let session = try Session(endpoints(database: "postgres").superuser)
      if try session.value("select 1 from pg_roles where rolname = 'deskpipe_owner'") == nil {
        try session.run("create role deskpipe_owner login createrole")
      }
      if try session.value("select 1 from pg_database where datname = $1", [Cluster.database]) == nil {
        try session.run("create database \(Cluster.database) owner deskpipe_owner")
      }
    } catch {
      throw ClusterError("the private cluster's database cannot be made: \(error.message)")
    }
  }
}

/// unix_socket_directories is a list, whose members may be quoted.
private func listQuoted(_ path: String) -> String {
  "\"" + path.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
}
