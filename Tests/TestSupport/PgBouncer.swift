import Glibc
import Postgres
import Synchronization

/// A PgBouncer in transaction mode in front of a database, on a Unix socket of its own; it ends with this process.
public final class PgBouncer: Sendable {
  /// How clients reach it.
  public let conninfo: String
  private let keeper: KeptProcess

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

  deinit { keeper.end() }

  /// A shell ends it when the other end of its pipe is closed. It refuses to run as root.
  private static func start(in folder: String) throws -> KeptProcess {
    let script = """
      cd "$1" && as=; [ "$(id -u)" != 0 ] || { chown -R postgres . && as="setpriv --reuid=postgres --regid=postgres \
      --init-groups"; }
      { $as /usr/sbin/pgbouncer ini </dev/null & } && { read line; kill $!; wait; }
      """
    return try KeptProcess(script, [folder], appendingTo: folder + "/log")
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
