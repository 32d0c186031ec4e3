import Glibc
import Postgres

/// A call that is repeated.
struct Workload {
  var name: String
  var params: String

  func line(_ id: Int) -> String {
    "{\"jsonrpc\":\"2.0\",\"id\":\(id),\"method\":\"\(name)\",\"params\":\(params)}\n"
  }
}

/// The demo desk with more tickets, and what is measured on it.
struct Desk {
  let cluster: Cluster
  let deskpipe: String
  let workloads: [Workload]
  let tickets: String

  init(_ cluster: Cluster, deskpipe: String) throws {
    self.cluster = cluster
    self.deskpipe = deskpipe
    try Migrator().apply(Session(cluster.endpoints().owner))
    let session = try Session(cluster.endpoints().superuser)
    try DemoDesk.load(session)
    try session.run(
      """
      insert into public.tickets (organization_id, customer_id, subject, status, created_at, last_activity_at)
      select t.organization_id, t.customer_id, t.subject, t.status, t.created_at, t.last_activity_at - n * interval '1 minute'
        from public.tickets t, generate_series(1, 100) as n;
      analyze
      """)
    tickets = try session.value("select count(*) from public.tickets") ?? ""
    let organization = "(select id from public.organizations where clerk_id = '\(DemoDesk.organization)')"
    let ticket = try session.value(
      "select t.id from public.tickets t where organization_id = \(organization) order by last_activity_at desc limit 1"
    )
    workloads = [
      Workload(name: "tickets.get", params: "{\"id\":\"\(ticket ?? "")\"}"),
      Workload(name: "tickets.list", params: "{\"limit\":25}"),
    ]
  }

  /// Lets the service answer once while the server logs what it is asked.
  func statements(of workload: Workload) throws -> [SentStatement] {
    let session = try Session(cluster.endpoints().superuser)
    try session.run("alter role deskpipe_serve set log_statement = 'all'")
    defer { try? session.run("alter role deskpipe_serve reset log_statement") }
    let service = try ServiceProcess(deskpipe, home: cluster.homePath)
    service.exchange(workload, atLeast: 1, seconds: 0)
    _ = try service.end()
    let log = try Command(["/bin/cat", cluster.homePath + "/server.log"]).run(limit: 4 << 20)
    let sent = SentStatement.all(in: log)
    guard let context = sent.lastIndex(where: { $0.text.contains("'app.organization_id'") }) else {
      throw BenchError("the service sent no call of a tenant; is \(deskpipe) up to date?")
    }
    return Array(sent[context...])
  }

  /// Transactions a second.
  func pgbench(_ statements: [SentStatement], seconds: Int) throws -> Double {
    let script = cluster.homePath + "/pgbench.sql"
    let body = statements.enumerated().map { $1.script($0) + ";\n" }.joined()
    try save("\\startpipeline\n" + body + "\\endpipeline\n", to: script)
    let variables = statements.enumerated().flatMap { $1.variables($0) }.flatMap { ["-D", $0] }
    let output = try Command(
      [
        ServerPrograms.find().folder + "/pgbench", "-n", "-M", "prepared", "-c", "4", "-j", "1", "-T", String(seconds),
        "-f", script,
      ] + variables + [cluster.endpoints().serve]
    ).run()
    let words = output.split { $0.isWhitespace }
    guard let place = words.firstIndex(of: "tps"), words.count > place + 2, let rate = Double(words[place + 2]) else {
      throw BenchError("pgbench said nothing of tps: \(output)")
    }
    return rate
  }

  /// Requests a second and CPU microseconds of the service for one.
  func serve(_ workload: Workload, seconds: Int) throws -> (rate: Double, microseconds: Double) {
    let service = try ServiceProcess(deskpipe, home: cluster.homePath)
    let clock = ContinuousClock()
    var answers = 0
    let elapsed = clock.measure { answers = service.exchange(workload, atLeast: 64, seconds: seconds) }
    let cpu = try service.end()
    return (Double(answers) / (elapsed / .seconds(1)), cpu / Double(max(answers, 1)) * 1e6)
  }

  private func save(_ text: String, to path: String) throws {
    guard let file = unsafe fopen(path, "w") else { throw BenchError("cannot write \(path)") }
    var text = text
    _ = text.withUTF8 { unsafe fwrite($0.baseAddress, 1, $0.count, file) }
    unsafe fclose(file)
  }
}

struct BenchError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
