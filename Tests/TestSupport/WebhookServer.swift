import Foundation
import Postgres
import Synchronization

/// An HTTP server on loopback that takes webhooks, Python's own; it ends with this process, however that ends.
public final class WebhookServer: Sendable {
  /// One request, and how it was answered.
  public struct Delivery: Equatable, Sendable {
    public let path: String
    /// Names in lower case.
    public let headers: [String: String]
    public let body: String
    /// 0 where the connection was closed without an answer.
    public let status: Int
  }

  private let folder: String
  private let scheme: String
  private let state: Mutex<State>

  private struct State: Sendable {
    /// 0 until the system has chosen one.
    var port = 0
    /// The shell that ends the server when the other end of its pipe is closed.
    var keeper: KeptProcess?
  }

  /// - Parameter identity: files with a certificate and its key, for HTTPS.
  public init(identity: (certificate: String, key: String)? = nil) throws {
    folder = try TemporaryFolder().path
    scheme = identity == nil ? "http" : "https"
    state = Mutex(State())
    try Self.program.write(toFile: folder + "/server.py", atomically: true, encoding: .utf8)
    let words = identity.map { "\($0.certificate)\n\($0.key)\n" } ?? ""
    try words.write(toFile: folder + "/identity", atomically: true, encoding: .utf8)
    try start()
  }

  deinit { stop() }

  public var address: String { "\(scheme)://127.0.0.1:\(state.withLock { $0.port })/hook" }

  /// Answers so from now on; 0 closes connections without an answer.
  public func answer(_ status: Int, header: String? = nil) throws {
    let words = [String(status)] + (header.map { [$0] } ?? [])
    try words.joined(separator: "\n").write(toFile: folder + "/answer", atomically: true, encoding: .utf8)
  }

  /// Everything that came, in order.
  public func deliveries() throws -> [Delivery] {
    guard let log = try? String(contentsOfFile: folder + "/log", encoding: .utf8) else { return [] }
    return try log.split(separator: "\n").compactMap { line in
      let members = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      guard let members, let path = members["path"] as? String, let headers = members["headers"] as? [String: String],
        let body = members["body"] as? String, let status = members["status"] as? Int
      else { return nil }
      return Delivery(path: path, headers: headers, body: body, status: status)
    }
  }

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
      _ = unsafe unlink(folder + "/port")
      let script = #"cd "$1" && { python3 server.py "$2" </dev/null & } && { read line; kill -9 $!; wait; }"#
      state.keeper = try KeptProcess(script, [folder, String(state.port)], appendingTo: folder + "/errors")
      for _ in 0..<4_000 {
        if let text = try? String(contentsOfFile: folder + "/port", encoding: .utf8), let port = Int(text) {
          state.port = port
          return
        }
        poll(nil, 0, 5)
      }
      throw KeyServerError("the server does not start")
    }
  }

  private static let program = """
    import http.server, json, os, ssl, sys

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            try:
                status, *headers = open("answer").read().split("\\n")
            except FileNotFoundError:
                status, headers = "200", []
            line = {"path": self.path, "headers": {name.lower(): value for name, value in self.headers.items()},
                    "body": body, "status": int(status)}
            with open("log", "a") as log:
                log.write(json.dumps(line) + "\\n")
            if status == "0":
                self.close_connection = True
                return
            self.send_response(int(status))
            for header in headers:
                self.send_header(*header.split(": ", 1))
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    identity = open("identity").read().split()
    if identity:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*identity)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    with open("port.new", "w") as file:
        file.write(str(server.server_port))
    os.rename("port.new", "port")
    server.serve_forever()
    """
}
