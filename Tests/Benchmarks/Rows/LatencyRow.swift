import Postgres

/// How long one call takes with nothing else under way.
enum LatencyRow {
  static func measure(_ desks: Desks) throws -> [Row] {
    let desk = try desks.standard()
    let template = try desk.template(of: .get)
    let pgbench = Pgbench(desk: desk, template: template)
    let peers = try Peers(desk, [Call.get.method: template])
    var medians: [String: [Double]] = [:]
    var all: [String: Latencies] = [:]
    for _ in 0..<desks.options.rounds {
      var one = try pgbench.run(clients: 1, seconds: desks.options.seconds, latencies: true).latencies
      medians["pgbench", default: []].append(one.microseconds(ofThousand: 500))
      all["pgbench", default: Latencies()].add(one)
      for server in [try desk.serve(), try peers.python(), try peers.node()] {
        let session = try server.open(desks.token())
        var load = Load([server], inFlight: 1) { _, id in
          Call.get.line(id, ticket: id * 7919 % desk.giant + 1, session: session)
        }
        _ = try load.run(calls: 200)
        load.forget()
        var seen = try load.run(seconds: desks.options.seconds).latencies
        try server.end()
        medians[server.name, default: []].append(seen.microseconds(ofThousand: 500))
        all[server.name, default: Latencies()].add(seen)
      }
    }
    let ratio = Figure("ratio of medians", zip(medians["deskpipe"]!, medians["pgbench"]!).map { $0 / $1 })
    let figures = ["deskpipe", "pgbench", "Python", "Node"].flatMap { all[$0]!.figures($0) }
    return [
      Row(
        "latency of one tickets.get at a time against pgbench with one client", [ratio] + figures,
        target: "at most 1.4 times", isMet: ratio.value.median <= 1.4)
    ]
  }
}
