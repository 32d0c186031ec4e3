import Postgres
import TestSupport

/// What the demo's first organization has, found by the catalogue, so that no later table or column is forgotten.
struct Belongings {
  private let session: Session
  /// All that was sent so far: who says a text first is not told it.
  private var said = ""

  init(_ database: TestDatabase) throws {
    session = try database.superuser()
    try session.run("create temporary table things (is_first boolean, is_id boolean, value text)")
    for table in try Self.tables(session) {
      try session.query(
        """
        insert into things
        select r.is_first, v.kind = 'uuid', s.value
          from (select to_jsonb(t) as row, \(table.organization) = \(Self.first) as is_first from \(table.name) t) r
          cross join (
            select a.attname::text as name, a.atttypid::regtype::text as kind from pg_attribute a
             where a.attrelid = $2::regclass and a.attnum > 0 and a.atttypid in ('uuid'::regtype, 'text'::regtype,
               'jsonb'::regtype)) v
          cross join lateral (
            select j.value #>> '{}' from jsonb_path_query(r.row -> v.name, '$.**') j (value)
             where jsonb_typeof(j.value) = 'string') s (value)
        """, [DemoDesk.organization, table.name])
    }
    // Texts that the second organization has as well, or that are part of its own, tell nothing.
    try session.run(
      """
      create temporary table secrets as
      select is_id, value from things where is_first and (is_id or char_length(value) > 5)
      except
      select is_id, value from things where not is_first;
      delete from secrets s where not s.is_id and strpos(
        (select string_agg(t.value, E'\\n') from things t where not t.is_first), s.value) > 0;
      """)
  }

  /// How many ids and how many texts only the first organization has.
  func counts() throws -> (ids: Int, texts: Int) {
    let rows = try session.query("select count(*) filter (where is_id), count(*) filter (where not is_id) from secrets")
    return (Int(rows.first?[0] ?? "") ?? 0, Int(rows.first?[1] ?? "") ?? 0)
  }

  /// What an answer tells of the first organization; an id only where the request itself does not name it.
  mutating func told(by answer: JSONTree, to request: String) throws -> [String] {
    said += (JSONTree(request)?.strings.joined(separator: "\n") ?? "") + "\n"
    return try session.query(
      """
      select value from secrets where strpos($1, value) > 0
         and strpos(case when is_id then $2 else $3 end, value) = 0
      """, [answer.strings.joined(separator: "\n"), request, said]
    ).compactMap { $0[0] }
  }

  /// A hash over all that belongs to the first organization.
  static func fingerprint(_ session: Session) throws -> String {
    let parts = try tables(session).map { table in
      """
      (select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) from \(table.name) t
        where \(table.organization) = \(first))
      """
    }
    return try session.value("select concat_ws(':', \(parts.joined(separator: ", ")))", [DemoDesk.organization]) ?? ""
  }

  /// Every table with rows of organizations, and how its rows (as t) name theirs.
  static func tables(_ session: Session) throws -> [(name: String, organization: String)] {
    let found = try session.query(
      """
      select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname in ('public', 'desk') and exists (
         select from pg_attribute a
          where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped)
       order by 1
      """)
    return [("public.organizations", "t.id")] + found.compactMap(\.[0]).map { ($0, "t.organization_id") }
  }

  private static let first = "(select o.id from public.organizations o where o.clerk_id = $1)"
}

extension JSONTree {
  /// All strings in it, names of members included.
  var strings: [String] {
    switch self {
    case .object(let members): members.flatMap { [$0.key] + $0.value.strings }
    case .array(let elements): elements.flatMap(\.strings)
    case .string(let string): [string]
    case .number, .bool, .null: []
    }
  }
}
