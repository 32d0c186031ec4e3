import Foundation
import Postgres

/// pgbench with the statements of a call: prepared, each call in one flight (pipeline mode), about tickets by chance.
struct Pgbench {
  let desk: BenchDesk
  let template: CallTemplate

  /// Calls a second; and how long each took, where that is asked for.
  func run(
    clients: Int, seconds: Double, latencies wanted: Bool = false
  ) throws -> (rate: Double, latencies: Latencies) {
    let folder = URL(filePath: desk.desks.folder)
    let script = folder.appending(path: "pgbench.sql")
    try template.script(tickets: desk.giant).write(to: script, atomically: true, encoding: .utf8)
    let log = folder.appending(path: "pgbench_log").path
    var arguments = try [ServerPrograms.find().folder + "/pgbench", "-n", "-M", "prepared", "-j", "1"]
    arguments += ["-c", String(clients), "-T", String(Int(seconds.rounded(.up))), "-f", script.path]
    // Ids that no run before has taken.
    let start = Clock.milliseconds % 1_000_000_000 * 1_000_000_000
    for variable in template.variables + ["count=0", "start=\(start)"] { arguments += ["-D", variable] }
    if wanted { arguments += ["-l", "--log-prefix=\(log)"] }
    let output = try Command(arguments + [desk.endpoints.serve]).run()
    let words = output.split { $0.isWhitespace }
    guard let place = words.firstIndex(of: "tps"), words.count > place + 2, let rate = Double(words[place + 2]) else {
      throw BenchError("pgbench said nothing of tps: \(output)")
    }
    return (rate, wanted ? try latencies(startingWith: log) : Latencies())
  }

  /// `client number microseconds script seconds microseconds`, one line a call.
  private func latencies(startingWith prefix: String) throws -> Latencies {
    var latencies = Latencies()
    let folder = URL(filePath: desk.desks.folder)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let file = folder.appending(path: name)
      guard file.path.hasPrefix(prefix) else { continue }
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        let words = line.split(separator: " ")
        guard words.count > 2, let microseconds = UInt64(words[2]) else { throw BenchError("pgbench logged \(line)") }
        latencies.add(microseconds * 1000)
      }
      try FileManager.default.removeItem(at: file)
    }
    return latencies
  }
}
