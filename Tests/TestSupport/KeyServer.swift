import Glibc
import Postgres
import Synchronization

/// An HTTPS server on loopback whose certificate comes from an authority made for it: `openssl s_server -HTTP`, which
/// sends files as whole answers, one client at a time. It ends with this process, however that ends.
public final class KeyServer: Sendable {
  /// The authority's certificate, a file in PEM.
  public let authority: String
  private let folder: String
  private let state: Mutex<State>

  private struct State: Sendable {
    /// 0 until the system has chosen one.
    var port = 0
    /// The shell that ends the server when the other end of its pipe is closed.
    var keeper: KeptProcess?
  }

  /// - Parameter host: what the certificate is for: `IP:127.0.0.1`, or something that the server is not.
  public init(certifying host: String = "IP:127.0.0.1") throws {
    folder = try TemporaryFolder().path
    authority = folder + "/ca.pem"
    state = Mutex(State())
    let new = ["req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "2"]
    try openSSL(new + ["-keyout", folder + "/ca.key", "-out", authority, "-subj", "/CN=an authority of tests"])
    try openSSL(
      new + ["-keyout", folder + "/key.pem", "-out", folder + "/certificate.pem", "-subj", "/CN=keys"]
        + ["-CA", authority, "-CAkey", folder + "/ca.key", "-addext", "subjectAltName=\(host)"]
        + ["-addext", "basicConstraints=critical,CA:FALSE"])
    try start()
  }

  deinit { stop() }

  /// The address of a file.
  public func address(_ name: String = "jwks.json") -> String {
    "https://127.0.0.1:\(state.withLock { $0.port })/\(name)"
  }

  /// Files with the server's certificate and its key, for another server that the authority vouches for.
  public var identity: (certificate: String, key: String) { (folder + "/certificate.pem", folder + "/key.pem") }

  /// Answers with a document from now on.
  public func serve(
    _ body: String, as name: String = "jwks.json", status: String = "200 OK", header: String = ""
  ) throws {
    let text = Array("HTTP/1.1 \(status)\r\nContent-Type: application/json\r\n\(header)\r\n\(body)".utf8)
    let path = "\(folder)/\(name)"
    let file = unsafe open(path + ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw KeyServerError("no file: \(errno)") }
    let count = unsafe text.withUnsafeBytes { unsafe write(file, $0.baseAddress, $0.count) }
    close(file)
    // At once, so that no client ever gets half of it.
    guard count == text.count, unsafe rename(path + ".new", path) == 0 else { throw KeyServerError("not written") }
  }

  /// Does not answer from now on: the server waits for somebody to write into a pipe.
  public func hang(_ name: String = "jwks.json") throws {
    _ = unsafe unlink("\(folder)/\(name)")
    guard unsafe mkfifo("\(folder)/\(name)", 0o600) == 0 else { throw KeyServerError("no pipe: \(errno)") }
  }

  /// How often a file was sent.
  public func hits() throws -> Int { try log().count { $0.hasPrefix("FILE:") } }

  /// Goes away: nobody can connect.
  public func stop() {
    state.withLock { state in
      state.keeper?.end()
      state.keeper = nil
    }
  }

  /// Comes back at the same address.
  public func start() throws {
    try state.withLock { state throws in
      let known = try log().count
      let script = """
        cd "$1" && { /usr/bin/openssl s_server -accept "127.0.0.1:$2" -HTTP -cert certificate.pem -key key.pem \
          </dev/null & } && { read line; kill $!; wait; }
        """
      state.keeper = try KeptProcess(script, [folder, String(state.port)], appendingTo: folder + "/log")
      for _ in 0..<2_000 {
        if let line = try log().dropFirst(known).first(where: { $0.hasPrefix("ACCEPT") }) {
          // It tells its port only where the system chose it.
          state.port = line.split(separator: ":").last.flatMap { Int($0) } ?? state.port
          return
        }
        poll(nil, 0, 5)
      }
      throw KeyServerError("the server does not start: \(try log())")
    }
  }

  private func log() throws -> [Substring] {
    guard unsafe access(folder + "/log", R_OK) == 0 else { return [] }
    return try Command(["/bin/cat", folder + "/log"]).run(limit: 8 << 20).split(separator: "\n")
  }

  private func openSSL(_ arguments: [String]) throws { _ = try Command(["/usr/bin/openssl"] + arguments).run() }
}

struct KeyServerError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
