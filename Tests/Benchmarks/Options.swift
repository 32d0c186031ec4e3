import Foundation

/// How much is measured: `QUICK=1` ends within three minutes, `BIG=1` goes up to ten million tickets.
struct Options {
  /// The binary under test.
  let deskpipe: String
  let isQuick: Bool
  let isBig: Bool
  /// The rows to run, by the beginnings of their names; empty for all.
  let rows: [String]
  /// Where the figures are written as JSON.
  let results: String

  init(_ arguments: [String], _ environment: [String: String]) throws {
    guard arguments.count == 2 else { throw BenchError("usage: bench DESKPIPE") }
    // The service is started from another folder.
    deskpipe = URL(filePath: arguments[1]).standardizedFileURL.path
    guard FileManager.default.isExecutableFile(atPath: deskpipe) else { throw BenchError("there is no \(deskpipe)") }
    func isSet(_ name: String) -> Bool { !["", "0", nil].contains(environment[name]) }
    isQuick = isSet("QUICK")
    isBig = isSet("BIG")
    rows = environment["ROWS"]?.split(separator: ",").map(String.init) ?? []
    results = URL(filePath: environment["RESULTS"] ?? "bench-results.json").standardizedFileURL.path
  }

  /// How often each contender of a row is measured, in turns.
  var rounds: Int { isQuick ? 3 : 7 }
  /// Seconds of one measurement.
  var seconds: Double { isQuick ? 0.6 : 3 }
  /// The tickets of the desk that most rows use.
  var tickets: Int { 10_000 }
  /// The tickets of the desks whose growth is looked at.
  var sizes: [Int] {
    if isBig { return [10_000, 100_000, 1_000_000, 10_000_000] }
    return isQuick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000]
  }
}
