import Foundation
import Postgres

/// A database with 200 organizations: a giant with half of the tickets, one with 250, and 198 that share the rest.
struct BenchDesk {
  static let organizations = 200
  /// What the ids of the giant's things begin with; see Tests/sql/organizations.sql.
  static let idPrefix = "00000000-0000-7000-8000-"

  let desks: Desks
  let endpoints: Endpoints
  /// Tickets of all, of the giant, of each of most others.
  let tickets: Int
  let giant: Int
  let each: Int

  init(_ desks: Desks, tickets: Int) throws {
    self.desks = desks
    self.tickets = tickets
    giant = tickets / 2
    each = max(20, (tickets - giant) / (Self.organizations - 1))
    let name = "desk_\(tickets)"
    let session = try Session(desks.cluster.endpoints(database: "postgres").superuser)
    try session.run("create database \(name) owner deskpipe_owner")
    endpoints = desks.cluster.endpoints(database: name)
    try Migrator().apply(Session(endpoints.owner))
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../sql/organizations.sql")
    let filling = try Session(endpoints.superuser)
    try filling.run(
      "set desk.giant = \(giant); set desk.others = \(Self.organizations - 1); set desk.each = \(each); set desk.small = 250;"
        + " set synchronous_commit = off; set maintenance_work_mem = '512MB'")
    try filling.run(String(contentsOf: file.standardized, encoding: .utf8))
    // Clerk's ids have no dots.
    try filling.run(
      """
      set session_replication_role = replica;
      update public.agent_profiles set clerk_user_id = replace(clerk_user_id, '.', 'x');
      reset session_replication_role
      """)
    try filling.run("vacuum analyze")
    try filling.run("checkpoint")
  }

  /// The id of one of an organization's tickets, counted from 1.
  static func ticket(_ number: Int, of organization: Int = 0) -> String {
    "\(hex(organization, 8))-0000-7000-8000-\(hex(number, 12))"
  }

  private static func hex(_ number: Int, _ digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: digits - text.utf8.count) + text
  }

  static func organization(_ number: Int) -> String { ticket(0, of: number) }

  /// The settings of a deskpipe that serves this desk, or another database of it.
  func settings(
    connections: Int = 4, prepared: Int = 500, database: String? = nil
  ) -> [String: String] {
    [
      "DATABASE_URL": database ?? endpoints.serve, "CLERK_JWT_KEY": desks.publicKey, "CLERK_ISSUER": Desks.issuer,
      "DESKPIPE_CONNECTIONS": String(connections), "DESKPIPE_PREPARED_STATEMENTS": String(prepared),
      "DESKPIPE_LOG_LEVEL": "error", "PATH": "/usr/bin:/bin", "HOME": desks.folder, "LC_ALL": "C",
    ]
  }

  /// deskpipe, with these settings.
  func serve(_ settings: [String: String]? = nil, under tool: [String] = []) throws -> ServerProcess {
    try ServerProcess("deskpipe", tool + [desks.options.deskpipe, "serve"], environment: settings ?? self.settings())
  }

  /// The statements of a call as the server has seen the service send them.
  func template(of call: Call) throws -> CallTemplate {
    let numbers = (call.ticket(near: giant), call.ticket(near: giant / 2))
    let first = try statements(call, about: numbers.0)
    let second = try statements(call, about: numbers.1)
    return try CallTemplate(
      first, about: Self.ticket(numbers.0), second, about: Self.ticket(numbers.1), step: call.step)
  }

  /// What the service sends to open a session.
  func opening() throws -> [SentStatement] {
    try logged { server in _ = try server.open(desks.token()) }
  }

  private func statements(_ call: Call, about ticket: Int) throws -> [SentStatement] {
    let sent = try logged { server in
      let session = try server.open(desks.token())
      _ = try server.answer(to: call.line(1, ticket: ticket, session: session))
    }
    guard let context = sent.lastIndex(where: { $0.text.contains("'app.organization_id'") }) else {
      throw BenchError("the service sent no call of a tenant")
    }
    // A notice to other processes may follow, as a transaction of its own that waits for no flush. Within the call's
    // it would be as if the call did not wait for one either.
    return sent[context...].filter { !$0.text.contains("pg_notify") }
  }

  private func logged(_ body: (ServerProcess) throws -> Void) throws -> [SentStatement] {
    let session = try Session(endpoints.superuser)
    try session.run("alter role deskpipe_serve set log_statement = 'all'")
    defer { try? session.run("alter role deskpipe_serve reset log_statement") }
    let log = URL(filePath: desks.cluster.homePath + "/server.log")
    let before = try Data(contentsOf: log).count
    let server = try serve()
    try body(server)
    try server.end()
    return SentStatement.all(in: String(decoding: try Data(contentsOf: log).dropFirst(before), as: UTF8.self))
  }
}
