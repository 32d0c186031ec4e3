import Postgres

/// Calls a second with 64 in flight on 4 connections: deskpipe beside pgbench and beside its peers, and the CPU that
/// deskpipe takes for one.
enum ThroughputRows {
  private struct Contest {
    let call: Call
    let target: Double
  }

  private static let contests = [
    Contest(call: .get, target: 1.0), Contest(call: .list, target: 0.95), Contest(call: .create, target: 0.95),
  ]

  static func measure(_ desks: Desks) throws -> [Row] {
    let desk = try desks.standard()
    let templates = try Dictionary(
      uniqueKeysWithValues: contests.map { ($0.call.method, try desk.template(of: $0.call)) })
    let peers = try Peers(desk, templates)
    return try contests.flatMap { try measure($0, desk, templates[$0.call.method]!, peers) }
  }

  private static func measure(
    _ contest: Contest, _ desk: BenchDesk, _ template: CallTemplate, _ peers: Peers
  ) throws -> [Row] {
    let pgbench = Pgbench(desk: desk, template: template)
    var rates: [String: [Double]] = [:]
    var microseconds: [Double] = []
    var latencies = Latencies()
    for _ in 0..<desk.desks.options.rounds {
      rates["pgbench", default: []].append(
        try pgbench.run(clients: 4, seconds: desk.desks.options.seconds).rate)
      for server in [try desk.serve(), try peers.python(), try peers.node()] {
        let (seen, cpu) = try Self.rate(of: server, contest.call, desk)
        rates[server.name, default: []].append(seen.rate)
        if server.name == "deskpipe" {
          microseconds.append(cpu / Double(seen.answers) * 1e6)
          latencies.add(seen.latencies)
        }
      }
    }
    return rows(contest, rates, microseconds, &latencies)
  }

  private static func rate(
    of server: ServerProcess, _ call: Call, _ desk: BenchDesk
  ) throws -> (seen: Load.Seen, cpu: Double) {
    let session = try server.open(desk.desks.token())
    var load = Load([server], inFlight: 64) { _, id in
      call.line(id, ticket: id * 7919 % desk.giant + 1, session: session)
    }
    // Connections open and statements are prepared before anything counts.
    _ = try load.run(calls: 1_000)
    let before = try server.cpu()
    load.forget()
    let seen = try load.run(seconds: desk.desks.options.seconds)
    let cpu = try server.cpu() - before
    try server.end()
    return (seen, cpu)
  }

  private static func rows(
    _ contest: Contest, _ rates: [String: [Double]], _ microseconds: [Double], _ latencies: inout Latencies
  ) -> [Row] {
    func ratios(to name: String) -> [Double] { zip(rates["deskpipe"]!, rates[name]!).map { $0 / $1 } }
    let method = contest.call.method
    let ratio = Figure("ratio", ratios(to: "pgbench"))
    let python = Figure("ratio to Python", ratios(to: "Python"))
    let node = Figure("ratio to Node", ratios(to: "Node"))
    let cpu = Figure("CPU", microseconds, "us")
    let isGet = method == Call.get.method
    return [
      Row(
        "throughput of \(method) against pgbench",
        [ratio, Figure("deskpipe", rates["deskpipe"]!, "/s"), Figure("pgbench", rates["pgbench"]!, "/s")]
          + latencies.figures("with 64 in flight"),
        target: "at least \(contest.target)", isMet: ratio.value.median >= contest.target),
      Row(
        "throughput of \(method) against the peers",
        [python, node, Figure("Python", rates["Python"]!, "/s"), Figure("Node", rates["Node"]!, "/s")],
        target: "at least 7 and 5 times", isMet: python.value.median >= 7 && node.value.median >= 5),
      Row(
        "CPU of deskpipe for one \(method)", [cpu], target: isGet ? "at most 10 us" : nil,
        isMet: isGet ? cpu.value.median <= 10 : nil),
    ]
  }
}
