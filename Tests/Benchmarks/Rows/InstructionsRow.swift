import Foundation
import Postgres

/// Instructions for one call as callgrind counts them: a number that does not depend on how busy the machine is.
enum InstructionsRow {
  static func measure(_ desks: Desks) throws -> [Row] {
    let desk = try desks.standard()
    let few = desks.options.isQuick ? 200 : 500
    let many = desks.options.isQuick ? 700 : 2_500
    let figures = try [Call.get, .list, .create].map { call in
      let instructions =
        try (count(call, many, desk) - count(call, few, desk)) / Double(many - few)
      return Figure(call.method, [instructions], "instructions")
    }
    return [Row("instructions of deskpipe for one call", figures)]
  }

  /// Those of a whole run with so many calls, 64 of them in flight.
  private static func count(_ call: Call, _ calls: Int, _ desk: BenchDesk) throws -> Double {
    let output = desk.desks.folder + "/callgrind.out"
    let server = try desk.serve(under: [
      Peers.program("valgrind"), "--tool=callgrind", "--callgrind-out-file=\(output)", "--log-file=/dev/null",
    ])
    let session = try server.open(desk.desks.token())
    var load = Load([server], inFlight: 64) { _, id in
      call.line(id, ticket: id * 7919 % desk.giant + 1, session: session)
    }
    _ = try load.run(calls: calls)
    try server.end()
    for line in try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n").reversed()
    where line.hasPrefix("totals: ") || line.hasPrefix("summary: ") {
      if let total = line.split(separator: " ").last.flatMap({ Double($0) }) { return total }
    }
    throw BenchError("callgrind wrote no total")
  }
}
