import Glibc
import Postgres
import Synchronization

/// A PgBouncer in transaction mode in front of a database, on a Unix socket of its own; it ends with this process.
public final class PgBouncer: Sendable {
  /// How clients reach it.
  public let conninfo: String
  private let keeper: (process: pid_t, pipe: Int32)

  /// - Parameters:
  ///   - conninfo: the database behind it, as one of a cluster's endpoints says it.
  ///   - settings: further lines of its ini file.
  public init(for conninfo: String, settings: [String] = []) throws {
    let folder = try TemporaryFolder().path
    let words = conninfo.split(separator: " ")
    func value(_ name: String) -> String {
      words.first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) } ?? ""
    }
    let (database, user) = (value("dbname"), value("user"))
    let ini = """
      [databases]
      \(database) = host=\(value("host")) port=5432 dbname=\(database)

      [pgbouncer]
      pool_mode = transaction
      unix_socket_dir = \(folder)
      listen_port = 6432
      auth_type = trust
      auth_file = \(folder)/users
      \(settings.joined(separator: "\n"))

      """
    try Self.write(ini, to: folder + "/ini")
    try Self.write("\"\(user)\" \"\"\n", to: folder + "/users")
    keeper = try Self.start(in: folder)
    self.conninfo = "host=\(folder) port=6432 dbname=\(database) user=\(user) hostaddr='' gssencmode=disable"
    for _ in 0..<2_000 {
      if (try? Session(self.conninfo)) != nil { return }
      poll(nil, 0, 5)
    }
    throw PgBouncerError("PgBouncer does not start: \((try? Command(["/bin/cat", folder + "/log"]).run()) ?? "")")
  }

  deinit {
    close(keeper.pipe)
    waitpid(keeper.process, nil, 0)
  }

  /// A shell ends it when the other end of its pipe is closed. It refuses to run as root.
  private static func start(in folder: String) throws -> (process: pid_t, pipe: Int32) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw PgBouncerError("no pipe: \(errno)") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let output = unsafe open(folder + "/log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    let script = """
      cd "$1" && as=; [ "$(id -u)" != 0 ] || { chown -R postgres . && as="setpriv --reuid=postgres --regid=postgres \
      --init-groups"; }
      { $as /usr/sbin/pgbouncer ini </dev/null & } && { read line; kill $!; wait; }
      """
    let process = try Command(["/bin/sh", "-c", script, "keeper", folder]).launch(input: ends[0], output: output)
    close(ends[0])
    close(output)
    return (process, ends[1])
  }

  private static func write(_ text: String, to path: String) throws {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    let bytes = Array(text.utf8)
    let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
    close(file)
    guard count == bytes.count else { throw PgBouncerError("\(path) cannot be written") }
  }
}

struct PgBouncerError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
