import Postgres

/// Short calls beside statements that take a second: none may wait for a slow one.
///
/// The slow ones are writes that wait for a lock, so that they take time and no CPU.
enum SlowRow {
  static func measure(_ desks: Desks) throws -> [Row] {
    let desk = try desks.standard()
    var alone = Latencies()
    var beside = Latencies()
    for _ in 0..<desks.options.rounds {
      let server = try desk.serve()
      let session = try server.open(desks.token())
      let ticket = Call.create.ticket(near: desk.giant)
      let slow = (0..<4).map { Call.create.line(1_000_000 + $0, ticket: ticket, session: session) }
      var load = Load([server], inFlight: 8) { _, id in
        Call.get.line(id, ticket: id * 7919 % desk.giant + 1, session: session)
      }
      let lock = try Session(desk.endpoints.superuser)
      // All four connections wait with them; what is short has the spare one.
      func besideSlowOnes(_ body: () throws -> Void) throws {
        try lock.run("begin; select pg_advisory_xact_lock(hashtextextended('\(BenchDesk.ticket(ticket))', 0))")
        try server.send(Array(slow.joined().utf8))
        try body()
        try lock.run("commit")
        for _ in slow { _ = try server.nextAnswer() }
      }
      // Connections open and all of them prepare the statements before anything counts.
      try besideSlowOnes { _ = try load.run(calls: 1_000) }
      _ = try load.run(calls: 1_000)
      load.forget()
      alone.add(try load.run(calls: 1_000).latencies)
      load.forget()
      try besideSlowOnes { beside.add(try load.run(calls: 1_000).latencies) }
      try server.end()
    }
    let ratios = (
      tail: beside.microseconds(ofThousand: 999) / alone.microseconds(ofThousand: 999),
      most: beside.microseconds(ofThousand: 1000) / alone.microseconds(ofThousand: 1000)
    )
    return [
      Row(
        "1,000 short calls beside 4 that take as long",
        [Figure("p99.9, ratio", [ratios.tail]), Figure("max, ratio", [ratios.most])]
          + alone.figures("alone") + beside.figures("beside slow ones"),
        target: "p99.9 and max at most 2 times", isMet: ratios.tail <= 2 && ratios.most <= 2)
    ]
  }
}
