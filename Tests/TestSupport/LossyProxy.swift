import Glibc
import Synchronization

/// Stands between a client and PostgreSQL and loses answers: on demand it lets a transaction end, then drops the
/// connection instead of passing on that it did.
public final class LossyProxy: Sendable {
  private let folder: String
  private let server: String
  private let listener: Int32
  private let state = Mutex(State())

  private struct State {
    var isArmed = false
    var losses = 0
  }

  /// - Parameter conninfo: names the folder of PostgreSQL's socket.
  public init(before conninfo: String) throws {
    let parts = conninfo.split(separator: " ")
    guard let host = parts.first(where: { $0.hasPrefix("host=") }) else { throw ProxyError("no host in conninfo") }
    server = String(host.dropFirst("host=".count)) + "/.s.PGSQL.5432"
    folder = try TemporaryFolder().path
    listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
    let bound = unsafe Self.withAddress(folder + "/.s.PGSQL.5432") { unsafe bind(listener, $0, $1) }
    guard bound == 0, listen(listener, 16) == 0 else { throw ProxyError("no listener: \(errno)") }
    let thread = Work { [self] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        _ = fcntl(client, F_SETFD, FD_CLOEXEC)
        Work { [self] in relay(client) }.start()
      }
    }
    thread.start()
  }

  /// The connection string with this in place of the server.
  public func conninfo(_ original: String) -> String {
    original.split(separator: " ").map { $0.hasPrefix("host=") ? "host=\(folder)" : String($0) }.joined(separator: " ")
  }

  /// Loses the answer to the next transaction.
  public func loseNextAnswer() { state.withLock { $0.isArmed = true } }

  /// How many answers were lost.
  public var losses: Int { state.withLock { $0.losses } }

  private func relay(_ client: Int32) {
    let upstream = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    _ = fcntl(upstream, F_SETFD, FD_CLOEXEC)
    defer {
      close(client)
      close(upstream)
    }
    guard unsafe Self.withAddress(server, { unsafe connect(upstream, $0, $1) }) == 0 else { return }
    var messages = Messages()
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      var entries = [client, upstream].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard unsafe poll(&entries, 2, -1) > 0 else { return }
      for (index, entry) in entries.enumerated() where entry.revents != 0 {
        let count = unsafe read(entry.fd, &chunk, chunk.count)
        guard count > 0 else { return }
        if index == 1, messages.endTransaction(in: chunk[..<count]), lose() { return }
        guard send(chunk[..<count], to: index == 1 ? client : upstream) else { return }
      }
    }
  }

  private func lose() -> Bool {
    state.withLock { state in
      guard state.isArmed else { return false }
      state.isArmed = false
      state.losses += 1
      return true
    }
  }

  private func send(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  private static func withAddress<R>(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    precondition(path.utf8.count < 107)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }
}

public struct ProxyError: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Where in the server's stream its messages begin (PostgreSQL, 55.1.1 "Messaging Overview").
private struct Messages {
  private var head: [UInt8] = []
  private var rest = 0

  /// Whether a ReadyForQuery comes by in these bytes: the transaction before it is over.
  mutating func endTransaction(in bytes: ArraySlice<UInt8>) -> Bool {
    var isReady = false
    var bytes = bytes
    while !bytes.isEmpty {
      if rest > 0 {
        let count = min(rest, bytes.count)
        bytes = bytes.dropFirst(count)
        rest -= count
        continue
      }
      head.append(bytes.removeFirst())
      guard head.count == 5 else { continue }
      isReady = isReady || head[0] == UInt8(ascii: "Z")
      rest = head.dropFirst().reduce(0) { $0 << 8 | Int($1) } - 4
      head = []
    }
    return isReady
  }
}

/// Something that blocks, on a thread of its own.
private final class Work: @unchecked Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  func start() {
    var thread = pthread_t()
    let work = unsafe Unmanaged.passRetained(self).toOpaque()
    _ = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, work)
    pthread_detach(thread)
  }
}
