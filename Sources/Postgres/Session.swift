import CPostgres
import Glibc

/// A blocking connection for commands, migrations and tests; the way of a request has `Connection`.
///
/// A class, because a migration and its lock hold on to it; it is not `Sendable` and stays on one thread.
public final class Session {
  private let handle: Handle
  private let conninfo: String

  /// Connects; `conninfo` is a connection string or URI (libpq, section 34.1.1), completed by libpq's variables.
  ///
  /// An attempt takes 10 seconds at most where neither it nor PGCONNECT_TIMEOUT says how long.
  /// Throws with an empty `state`: libpq tells no SQLSTATE for a connection that failed.
  public init(_ conninfo: String) throws(ServerError) {
    // libpq would try for as long as TCP does. Of two values the later one counts, so conninfo's own wins.
    let timeout = unsafe getenv("PGCONNECT_TIMEOUT").map { unsafe String(cString: $0) } ?? "10"
    let handle = Session.connect([
      ("connect_timeout", timeout),
      ("fallback_application_name", "deskpipe"), ("dbname", conninfo), ("client_encoding", "UTF8"),
    ])
    guard let handle else { throw ServerError(state: "", message: "out of memory") }
    guard unsafe PQstatus(handle.pointer) == CONNECTION_OK else {
      throw Session.failure(handle)
    }
    // libpq's own receiver writes every notice to stderr.
    unsafe PQsetNoticeReceiver(handle.pointer, { _, _ in }, nil)
    self.handle = handle
    self.conninfo = conninfo
  }

  /// Borrows an open connection, for as long as nobody else uses it.
  init(borrowing handle: Handle, _ conninfo: String) {
    unsafe PQsetNoticeReceiver(handle.pointer, { _, _ in }, nil)
    self.handle = handle
    self.conninfo = conninfo
  }

  /// A second connection to the same database.
  func again() throws(ServerError) -> Session { try Session(conninfo) }

  /// The server's version as libpq counts it: 150020 is 15.20.
  public var serverVersion: Int { unsafe Int(PQserverVersion(handle.pointer)) }

  /// Runs statements separated by semicolons in one round trip and throws the first error.
  ///
  /// Without BEGIN in it the script is one transaction (PostgreSQL, section 55.2.2.1).
  public func run(_ script: String) throws(ServerError) {
    try unsafe check(PQexec(handle.pointer, script))
  }

  /// Runs one statement with text parameters and answers the rows as text; nil is NULL.
  @discardableResult public func query(_ text: String, _ parameters: [String?] = []) throws(ServerError)
    -> [[String?]]
  {
    let reply = try unsafe check(
      withCStrings(parameters) { values in
        unsafe PQexecParams(handle.pointer, text, Int32(parameters.count), nil, values, nil, nil, 0)
      })
    return (0..<reply.rows).map { row in
      (0..<reply.columns).map { column in reply.text(row: row, column: column) }
    }
  }

  /// The first field of the first row.
  public func value(_ text: String, _ parameters: [String?] = []) throws(ServerError) -> String? {
    try query(text, parameters).first?.first ?? nil
  }

  @discardableResult private func check(_ result: OpaquePointer?) throws(ServerError) -> Reply {
    guard let result = unsafe result else { throw Session.failure(handle) }
    let reply = unsafe Reply(owning: result)
    switch reply.status {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return reply
    case PGRES_FATAL_ERROR where reply.errorField("C") != nil: throw ServerError(copying: reply)
    default: throw Session.failure(handle)
    }
  }

  private static func failure(_ handle: Handle) -> ServerError {
    let text = unsafe String(cString: PQerrorMessage(handle.pointer))
    let end = text.lastIndex { !$0.isWhitespace }
    return ServerError(state: "", message: end.map { String(text[...$0]) } ?? "the connection failed")
  }

  private static func connect(_ settings: [(String, String)]) -> Handle? {
    unsafe withCStrings(settings.map(\.0) + [nil]) { names in
      unsafe withCStrings(settings.map(\.1) + [nil]) { values in
        guard let connection = unsafe PQconnectdbParams(names, values, 1) else { return nil }
        return unsafe Handle(owning: connection)
      }
    }
  }
}
