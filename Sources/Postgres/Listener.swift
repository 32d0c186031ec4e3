internal import CPostgres

/// One connection that listens (LISTEN) for word that something happened, for a whole process.
///
/// What is heard says nothing but that it is worth looking, so that nothing is lost with it: whoever owns this looks now
/// and then by itself. Poolers in transaction mode let nobody listen; then nothing is ever heard.
///
/// Lives on the loop's thread. `@unchecked Sendable` only so that a courier may carry a reference back, as for `Pool`.
public final class Listener: @unchecked Sendable {
  private let connector: Connector
  private let channel: String
  private let courier: Courier
  private var handle: Handle?
  private var isOpening = false
  private var backoff = Backoff()

  /// - Parameter channel: a name that needs no quotes.
  public init(conninfo: String, channel: String, courier: Courier) {
    connector = Connector(conninfo: conninfo)
    self.channel = channel
    self.courier = courier
  }

  /// The socket to poll for reading; nil while there is none.
  public var socket: Int32? { handle.map { unsafe PQsocket($0.pointer) } }

  /// Whether it listens.
  public var isListening: Bool { handle != nil }

  /// Opens the connection where there is none; call it now and then. `opened` is called on the loop's thread.
  public func tick(now: UInt64, opened: @escaping @Sendable () -> Void) {
    guard handle == nil, !isOpening, backoff.allows(now) else { return }
    isOpening = true
    let connector = connector
    let listen = "listen \(channel)"
    courier.send {
      let result = connector.open().flatMap { handle in
        Self.run(listen, on: handle).map { .failure($0) } ?? .success(handle)
      }
      return { [weak self] in
        self?.finish(result, now: Clock.now)
        opened()
      }
    }
  }

  /// Reads what came in; true where something was heard.
  public func ready(now: UInt64) -> Bool {
    guard let handle else { return false }
    guard unsafe PQconsumeInput(handle.pointer) == 1 else {
      self.handle = nil
      backoff.failed(now)
      // What was said while nobody listened is not said again.
      return true
    }
    var hasHeard = false
    while let notice = unsafe PQnotifies(handle.pointer) {
      unsafe PQfreemem(notice)
      hasHeard = true
    }
    return hasHeard
  }

  private func finish(_ result: Swift.Result<Handle, ServerError>, now: UInt64) {
    isOpening = false
    switch result {
    case .success(let handle):
      backoff.reset()
      self.handle = handle
    case .failure: backoff.failed(now)
    }
  }

  private static func run(_ text: String, on handle: Handle) -> ServerError? {
    unsafe PQsetNoticeReceiver(handle.pointer, { _, _ in }, nil)
    guard let result = unsafe PQexec(handle.pointer, text) else {
      return ServerError(state: "", message: "the connection failed")
    }
    let reply = unsafe Reply(owning: result)
    return reply.status == PGRES_COMMAND_OK ? nil : ServerError(copying: reply)
  }
}
