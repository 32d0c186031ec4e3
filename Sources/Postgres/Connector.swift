internal import CPostgres

/// Opens connections off the loop, with the settings every one of them needs.
struct Connector: Sendable {
  let conninfo: String

  /// Blocks for name resolution and for the server's greeting.
  ///
  /// The settings before `dbname` are defaults that the conninfo may change. Nothing goes into `options`, which
  /// poolers refuse.
  func open() -> Swift.Result<Handle, ServerError> {
    let settings: [(String, String)] = [
      ("connect_timeout", "5"), ("keepalives_idle", "30"), ("keepalives_interval", "10"),
      ("tcp_user_timeout", "30000"), ("fallback_application_name", "deskpipe"), ("dbname", conninfo),
      ("client_encoding", "UTF8"),
    ]
    let pointer = unsafe withCStrings(settings.map(\.0) + [nil]) { keywords in
      unsafe withCStrings(settings.map(\.1) + [nil]) { values in unsafe PQconnectdbParams(keywords, values, 1) }
    }
    guard let pointer = unsafe pointer else {
      return .failure(ServerError(state: "53200", message: "libpq is out of memory"))
    }
    let handle = unsafe Handle(owning: pointer)
    guard unsafe PQstatus(pointer) == CONNECTION_OK else {
      return .failure(ServerError(state: "", message: unsafe String(cString: PQerrorMessage(pointer))))
    }
    return .success(handle)
  }
}

extension Connector {
  /// Opens a connection and looks whether the database has the schema that this binary is made for; blocks as well.
  func open(requiring migrator: Migrator) -> (Swift.Result<Handle, ServerError>, Finding) {
    let result = open()
    guard case .success(let handle) = result else { return (result, .none) }
    let session = Session(borrowing: handle, conninfo)
    do throws(MigrationError) {
      try migrator.requireCurrent(session)
      return (result, .fits(serverVersion: session.serverVersion))
    } catch .server(let error) where error.state.isEmpty {
      return (.failure(error), .none)
    } catch {
      return (.failure(ServerError(state: "", message: error.description)), .refused(error))
    }
  }
}

/// What a cancel needs of a connection; may be used from another thread while the connection is (PQgetCancel).
@safe final class Canceller: @unchecked Sendable {
  private let pointer: OpaquePointer

  /// Copies the server's address and the key out of the connection.
  init?(of handle: Handle) {
    guard let pointer = unsafe PQgetCancel(handle.pointer) else { return nil }
    unsafe self.pointer = pointer
  }

  deinit { unsafe PQfreeCancel(pointer) }

  /// Asks the server to stop what runs; returns when the cancel's own socket has closed.
  func send() {
    var message = [CChar](repeating: 0, count: 256)
    _ = unsafe PQcancel(pointer, &message, Int32(message.count))
  }
}
