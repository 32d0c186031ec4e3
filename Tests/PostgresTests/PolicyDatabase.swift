import Foundation
import Postgres
import TestSupport
import Testing

/// How a desk's database came about. The same must hold in each.
enum Origin: String, CaseIterable, Sendable {
  /// Migrated by an owner who makes the roles and is no superuser.
  case owner
  /// Migrated by an owner who may not make roles: an administrator made them.
  case preparedRoles
  case superuser
  /// Migrated beside an `auth` schema of someone else, on a server that grants everything new to roles of its own, as
  /// Supabase's does.
  case besideAuth

  /// Tests/sql/fixture.sql is in it.
  func endpoints() throws -> Endpoints {
    switch self {
    case .owner: try Self.ownersDesk.get()
    default: try #require(Self.others.get().endpoints[self])
    }
  }

  /// What an owner who may not make roles was told, in turn, until an administrator had granted everything.
  static func refusals() throws -> [String] { try others.get().refusals }

  private static let ownersDesk = Result {
    // Not cloned: a clone lacks the rights on the database itself.
    let endpoints = try TestCluster.createEmptyDatabase().endpoints
    try Migrator().apply(Session(endpoints.owner))
    try Session(endpoints.superuser).run(SQLFile.fixture.script)
    return endpoints
  }

  /// Roles belong to a whole cluster, so these have one of their own.
  private static let others = Result { try OtherOrigins() }
}

private struct OtherOrigins: Sendable {
  private(set) var endpoints: [Origin: Endpoints] = [:]
  private(set) var refusals: [String] = []

  private let cluster: Cluster

  init() throws {
    cluster = try Cluster(home: TemporaryFolder().path + "/home", settings: ["fsync = off", "full_page_writes = off"])
    try cluster.start()
    try migrateWithPreparedRoles()
    try migrateAsSuperuser()
    try migrateBesideAuth()
    for endpoints in endpoints.values { try Session(endpoints.superuser).run(SQLFile.fixture.script) }
  }

  private mutating func migrateWithPreparedRoles() throws {
    let administrator = try administrator()
    try administrator.run(
      """
      alter role deskpipe_owner nocreaterole;
      create role authenticated; create role deskpipe_identity;
      create role desk_search; create role desk_keeper; create role desk_provision;
      create role deskpipe_serve login noinherit; create role deskpipe_maintain login
      """)
    let endpoints = try createDatabase("prepared")
    let grants = [
      "grant authenticated, deskpipe_identity to deskpipe_serve",
      "grant desk_search, desk_keeper, desk_provision to deskpipe_owner",
    ]
    for grant in grants {
      do { try Migrator().apply(Session(endpoints.owner)) } catch { refusals.append("\(error)") }
      try administrator.run(grant)
    }
    try Migrator().apply(Session(endpoints.owner))
    self.endpoints[.preparedRoles] = endpoints
  }

  private mutating func migrateAsSuperuser() throws {
    // Nothing of this desk belongs to them, but in a cluster of several desks the maker of roles may be one's owner.
    try administrator().run("alter role deskpipe_owner createrole")
    let endpoints = try createDatabase("superusers")
    try Migrator().apply(Session(endpoints.superuser))
    self.endpoints[.superuser] = endpoints
  }

  private mutating func migrateBesideAuth() throws {
    let endpoints = try createDatabase("beside")
    try Session(endpoints.superuser).run(
      """
      create role anon; create role auth_admin;
      create schema auth authorization auth_admin;
      create function auth.jwt() returns jsonb language sql stable as
        $$select coalesce(nullif(current_setting('request.jwt.claim', true), ''),
                          nullif(current_setting('request.jwt.claims', true), ''))::jsonb$$;
      alter function auth.jwt() owner to auth_admin;
      create schema extensions;
      grant usage on schema auth, extensions to anon, authenticated, deskpipe_owner;
      grant create on schema extensions to deskpipe_owner;
      alter default privileges for role deskpipe_owner in schema public grant all on tables to anon, authenticated
      """)
    try Migrator().apply(Session(endpoints.owner))
    self.endpoints[.besideAuth] = endpoints
  }

  private func createDatabase(_ name: String) throws -> Endpoints {
    try administrator().run("create database \(name) owner deskpipe_owner")
    return cluster.endpoints(database: name)
  }

  private func administrator() throws -> Session { try Session(cluster.endpoints(database: "postgres").superuser) }
}

/// A file under Tests/sql; its name says what holds.
struct SQLFile: Sendable, CustomTestStringConvertible {
  let name: String
  let script: String

  var testDescription: String { name }

  static let fixture = read(folder.appending(path: "fixture.sql"))

  /// A query that answers statements.
  static let mutations = read(folder.appending(path: "mutations.sql"))

  /// Those under checks/, each to be run in a transaction by a superuser after the fixture.
  static let checks: [SQLFile] = {
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder.appending(path: "checks"), includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "sql" }.sorted { $0.path < $1.path }.map(read)
  }()

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../sql").standardized

  /// A file that cannot be read is a script that fails.
  private static func read(_ file: URL) -> SQLFile {
    let script = (try? String(contentsOf: file, encoding: .utf8)) ?? "select 1 from unreadable"
    return SQLFile(
      name: file.deletingPathExtension().lastPathComponent.replacing("_", with: " "), script: script)
  }

  /// What did not hold; runs within the session's transaction and ends as the session's own role.
  func failures(_ session: Session) throws -> [String] {
    try session.run(script)
    try session.run("reset role")
    return try session.query("select message from checks.failures").compactMap(\.first).compactMap { $0 }
  }
}
