import TestSupport

/// The demo desk on a private PostgreSQL in a folder of its own, stopped when nobody needs it any more.
final class DemoHome {
  let folder: String
  let environment: [String: String]

  init() throws {
    folder = try TemporaryFolder().path + "/home"
    environment = ["DESKPIPE_HOME": folder]
  }

  deinit { _ = try? run(["db", "stop"]) }

  func run(_ arguments: [String], _ more: [String: String] = [:], input: String = "") throws -> Run {
    try Run(arguments, environment: environment.merging(more) { $1 }, input: input)
  }
}
