/// The table `desk.migrations`: what has been applied.
enum Ledger {
  struct Entry: Equatable {
    var number: Int
    var title: String
    var checksum: String
    var appliedAt: String
  }

  /// Nil where the table does not exist yet.
  static func read(_ session: Session) throws(MigrationError) -> [Entry]? {
    let rows: [[String?]]
    do throws(ServerError) {
      rows = try session.query(
        """
        select number::text, title, checksum,
          to_char(applied_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        from desk.migrations
        order by number
        """)
    } catch {
      // There is no such table, or schema: found out by one round trip, since every start waits for this.
      if ["42P01", "3F000"].contains(error.state) { return nil }
      throw .server(error)
    }
    return rows.map { row in
      Entry(number: Int(row[0] ?? "") ?? 0, title: row[1] ?? "", checksum: row[2] ?? "", appliedAt: row[3] ?? "")
    }
  }

  static func prepare(_ session: Session) throws(MigrationError) {
    try onServer { () throws(ServerError) in
      guard try session.value("select to_regclass('desk.migrations')::text") == nil else { return }
      // Asked first, for CREATE SCHEMA IF NOT EXISTS wants the right to create even where there is nothing to do.
      if try session.value("select to_regnamespace('desk')::text") == nil { try session.run("create schema desk") }
      try session.run(
        """
        create table desk.migrations (
          number integer constraint migrations_pkey primary key,
          title text not null,
          checksum text not null,
          applied_at timestamptz not null default now()
        )
        """)
    }
  }

  static func record(_ migration: Migration, _ session: Session) throws(ServerError) {
    try session.query(
      "insert into desk.migrations (number, title, checksum) values ($1::integer, $2, $3)",
      [String(migration.number), migration.title, migration.checksum])
  }

  /// The logins read the ledger: serve at its start, both through desk.schema_version(). The roles are made by a
  /// migration or beforehand, so the grants come last.
  static func grant(_ session: Session) throws(MigrationError) {
    try onServer { () throws(ServerError) in
      for role in ["deskpipe_serve", "deskpipe_identity", "deskpipe_maintain"] {
        guard try session.value("select to_regrole($1)::text", [role]) != nil else { continue }
        try session.run("grant usage on schema desk to \(role); grant select on desk.migrations to \(role)")
      }
    }
  }
}

func onServer<R>(_ body: () throws(ServerError) -> R) throws(MigrationError) -> R {
  do throws(ServerError) { return try body() } catch { throw .server(error) }
}
