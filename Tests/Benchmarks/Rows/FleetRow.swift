import Postgres
import TestSupport

/// Many deskpipe processes in front of one PostgreSQL, directly and through PgBouncer.
enum FleetRow {
  private static let poolSize = 20

  static func measure(_ desks: Desks) throws -> [Row] {
    let desk = try desks.standard()
    let pooler = try PgBouncer(
      for: desk.endpoints.serve, settings: ["default_pool_size = \(poolSize)", "max_client_conn = 1000"])
    var figures: [Figure] = []
    for count in [1, 10, 100] {
      let direct = try rate(count, desk, desk.settings())
      let pooled = try rate(count, desk, desk.settings(prepared: 0, database: pooler.conninfo))
      figures.append(Figure("\(count) directly", [direct], "/s"))
      figures.append(Figure("\(count) through PgBouncer", [pooled], "/s"))
    }
    let limit = try Session(desk.endpoints.superuser).value("show max_connections") ?? ""
    return [
      Row(
        "processes with 4 connections each: tickets.get (max_connections \(limit), PgBouncer's pool \(poolSize))",
        figures, target: "no errors", isMet: true)
    ]
  }

  /// Calls a second of all together; an error of any of them is thrown.
  private static func rate(_ count: Int, _ desk: BenchDesk, _ settings: [String: String]) throws -> Double {
    let token = try desk.desks.token()
    let servers = try (0..<count).map { _ in try desk.serve(settings) }
    let sessions = try servers.map { try $0.open(token) }
    var load = Load(servers, inFlight: 16) { server, id in
      Call.get.line(id, ticket: (id + server * 31) * 7919 % desk.giant + 1, session: sessions[server])
    }
    _ = try load.run(calls: count * 20)
    load.forget()
    let seen = try load.run(seconds: desk.desks.options.seconds)
    for server in servers { try server.end() }
    return seen.rate
  }
}
