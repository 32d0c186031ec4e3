import Postgres

/// From the spawn to the first answers.
enum StartRows {
  static func measure(_ desks: Desks) throws -> [Row] {
    let desk = try desks.standard()
    let peers = try Peers(desk, [Call.get.method: try desk.template(of: .get)])
    let token = try desks.token()
    var pings: [String: [Double]] = [:]
    var gets: [String: [Double]] = [:]
    for _ in 0..<(desks.options.isQuick ? 5 : 31) {
      for start in [{ try desk.serve() }, peers.python, peers.node] {
        let begin = Clock.now
        let server = try start()
        _ = try server.answer(to: #"{"jsonrpc":"2.0","id":1,"method":"system.ping"}"# + "\n")
        pings[server.name, default: []].append(Double(Clock.now - begin) / 1e6)
        try server.end()
        let again = Clock.now
        let other = try start()
        let session = try other.open(token)
        _ = try other.answer(to: Call.get.line(1, ticket: 1, session: session))
        gets[server.name, default: []].append(Double(Clock.now - again) / 1e6)
        try other.end()
      }
    }
    let ping = Figure("deskpipe", pings["deskpipe"]!, "ms")
    let get = Figure("deskpipe", gets["deskpipe"]!, "ms")
    let node = Figure("Node", gets["Node"]!, "ms")
    return [
      Row(
        "spawn to the first answer of system.ping",
        [ping, Figure("Python", pings["Python"]!, "ms"), Figure("Node", pings["Node"]!, "ms")],
        target: "at most 12 ms", isMet: ping.value.median <= 12),
      Row(
        "spawn to the first tickets.get with session.open", [get, Figure("Python", gets["Python"]!, "ms"), node],
        target: "at most 30 ms and a fifth of Node's",
        isMet: get.value.median <= 30 && get.value.median * 5 <= node.value.median),
    ]
  }
}
