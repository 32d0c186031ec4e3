/// The most memory that a process has had: idle, with many sessions, with a large answer.
enum MemoryRow {
  static func measure(_ desks: Desks) throws -> [Row] {
    let desk = try desks.standard()
    let idle = try peak(desk) { _ in }
    let sessions = try peak(desk) { server in
      let token = try desks.token()
      var load = Load([server], inFlight: 64) { _, id in
        #"{"jsonrpc":"2.0","id":\#(id),"method":"session.open","params":{"token":"\#(token)"}}"# + "\n"
      }
      _ = try load.run(calls: 10_000)
    }
    // A page has at most 48 KiB, so that a list of 5 MB is one line of many pages.
    var bytes = 0.0
    let session = { (server: ServerProcess) in try server.open(desks.token()) }
    let list = try peak(desk) { server in
      let handle = try session(server)
      let page = #"{"jsonrpc":"2.0","id":1,"method":"tickets.list","params":{"session":"\#(handle)","limit":100}}"#
      let one = try server.answer(to: page + "\n").utf8.count
      let calls = 5_000_000 / one + 1
      bytes = Double(
        try server.answer(to: "[" + repeatElement(page, count: calls).joined(separator: ",") + "]\n").utf8.count)
    }
    let growth = (sessions: sessions - idle, list: list - idle)
    let answer = bytes / 1e6
    return [
      Row(
        "peak memory",
        [
          Figure("idle", [idle], "MB"), Figure("10,000 sessions more", [growth.sessions], "MB"),
          Figure("a list's \(Int(bytes)) bytes more", [growth.list], "MB"),
        ], target: "at most 20 MB; +10 MB; +4 times the answer",
        isMet: idle <= 20 && growth.sessions <= 10 && growth.list <= 4 * answer)
    ]
  }

  private static func peak(_ desk: BenchDesk, _ body: (ServerProcess) throws -> Void) throws -> Double {
    let server = try desk.serve()
    _ = try server.answer(to: #"{"jsonrpc":"2.0","id":1,"method":"system.ping"}"# + "\n")
    try body(server)
    let peak = try server.peakMemory()
    try server.end()
    return peak
  }
}
