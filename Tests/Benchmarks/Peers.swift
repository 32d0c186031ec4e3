import Foundation
import Postgres

/// The same desk in Python and in Node; what they need is put into a folder by scripts/setup-bench.
struct Peers {
  private let desk: BenchDesk
  private let folder: String
  private let configuration: String

  /// - Parameter templates: the calls that they answer.
  init(_ desk: BenchDesk, _ templates: [String: CallTemplate]) throws {
    self.desk = desk
    folder = try Self.folder()
    configuration = desk.desks.folder + "/peers.json"
    let opening = try desk.opening().suffix(2).map { statement in
      [
        "text": statement.text,
        "values": statement.parameters.map { value -> Any in value.map { ["constant": $0] } ?? NSNull() },
      ]
    }
    let socket = desk.endpoints.serve.split(separator: " ").first { $0.hasPrefix("host=") }?.dropFirst(5) ?? ""
    let database = "desk_\(desk.tickets)"
    let json: [String: Any] = [
      "database": "postgresql://deskpipe_serve@/\(database)?host=\(socket)", "connections": 4,
      "node": ["host": String(socket), "database": database, "user": "deskpipe_serve"],
      "modules": folder + "/node/usr/share/nodejs", "key": desk.desks.publicKey, "issuer": Desks.issuer,
      "opening": opening, "methods": templates.mapValues(\.json),
    ]
    try JSONSerialization.data(withJSONObject: json).write(to: URL(filePath: configuration))
  }

  func python() throws -> ServerProcess { try start("Python", folder + "/venv/bin/python", "desk.py") }

  func node() throws -> ServerProcess { try start("Node", Self.program("node"), "desk.mjs") }

  private func start(_ name: String, _ program: String, _ script: String) throws -> ServerProcess {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Peers/\(script)").path
    let environment = ["PATH": "/usr/bin:/bin", "NODE_PATH": folder + "/node/usr/share/nodejs", "LC_ALL": "C.UTF-8"]
    return try ServerProcess(name, [program, path, configuration], environment: environment)
  }

  private static func folder() throws -> String {
    guard let folder = ProcessInfo.processInfo.environment["BENCH_PEERS"] else {
      throw BenchError("BENCH_PEERS does not say where scripts/setup-bench has put the peers' packages")
    }
    return folder
  }

  static func program(_ name: String) throws -> String {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for folder in path.split(separator: ":") where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
      return "\(folder)/\(name)"
    }
    throw BenchError("\(name) is not in PATH")
  }
}
