import Foundation
import Glibc
import Postgres
import TestSupport

/// A demo desk and a folder of files for what is imported and exported.
struct BulkFiles {
  let desk: Desk
  let folder: URL

  init() throws {
    folder = URL(filePath: try TemporaryFolder().path)
    let token = folder.appending(path: "token")
    try Desk.token(lifetime: 3_000).write(to: token, atomically: true, encoding: .utf8)
    guard unsafe chmod(token.path, 0o600) == 0 else { throw POSIXError(.EPERM) }
    desk = try Desk(["token_file": token.path])
  }

  var options: [String] { ["--config", desk.settings.path] }

  func file(_ name: String, _ text: String) throws -> String {
    let file = folder.appending(path: name)
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

  func run(_ arguments: [String], input: String = "") throws -> Run { try Run(arguments + options, input: input) }

  func value(_ query: String) throws -> String? { try desk.database.superuser().value(query) }

  static func rows(_ numbers: ClosedRange<Int>) -> String {
    numbers.map { #"{"name":"Customer \#($0)","email":"c\#($0)@bulk.example","fields":{"plan":"basic"}}"# + "\n" }
      .joined()
  }
}
