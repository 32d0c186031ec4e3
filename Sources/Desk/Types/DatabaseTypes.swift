public import Postgres

/// The public schema as TypeScript, in the form of Supabase's generator: `Database['public']['Tables']['tickets']`
/// with `Row`, `Insert`, `Update` and `Relationships`, the enums, and `Json`.
public enum DatabaseTypes {
  /// - Parameter session: a login that may look at the catalogue of a migrated database; anyone may.
  public static func declarations(_ session: Session) throws(ServerError) -> String {
    let columns = try session.query(columnsQuery).map(Column.init)
    let keys = try session.query(keysQuery).map(Key.init)
    let enums = try session.query(enumsQuery)
    var tables: [String] = []
    for column in columns where !tables.contains(column.table) { tables.append(column.table) }
    var text = preamble + "export type Database = {\n  public: {\n    Tables: {\n"
    for table in tables {
      text += self.table(table, columns.filter { $0.table == table }, keys.filter { $0.table == table })
    }
    text += "    };\n    Views: { [_ in never]: never };\n    Functions: { [_ in never]: never };\n    Enums: {\n"
    for row in enums { text += "      \(row[0] ?? ""): \(row[1] ?? "");\n" }
    return text + "    };\n    CompositeTypes: { [_ in never]: never };\n  };\n};\n" + shorthands
  }

  private static func table(_ name: String, _ columns: [Column], _ keys: [Key]) -> String {
    var text = "      \(name): {\n"
    for (form, type) in [("Row", \Column.row), ("Insert", \.insert), ("Update", \.update)] {
      text += "        \(form): {\n"
      for column in columns { text += "          \(column.name)\(column[keyPath: type]);\n" }
      text += "        };\n"
    }
    text += "        Relationships: [\n"
    for key in keys {
      text += """
                  {
                    foreignKeyName: "\(key.name)";
                    columns: [\(key.columns)];
                    isOneToOne: \(key.isOneToOne);
                    referencedRelation: "\(key.target)";
                    referencedColumns: [\(key.targetColumns)];
                  },

        """
    }
    return text + "        ];\n      };\n"
  }

  private struct Column {
    let table: String
    let name: String
    private let type: String
    private let isNullable: Bool
    private let hasDefault: Bool
    private let isGenerated: Bool

    init(_ row: [String?]) {
      table = row[0] ?? ""
      name = row[1] ?? ""
      type = row[2] ?? "unknown"
      isNullable = row[3] == "t"
      hasDefault = row[4] == "t"
      isGenerated = row[5] == "t"
    }

    private var value: String { type + (isNullable ? " | null" : "") }
    var row: String { ": " + value }
    var insert: String { isGenerated ? "?: never" : (isNullable || hasDefault ? "?: " : ": ") + value }
    var update: String { isGenerated ? "?: never" : "?: " + value }
  }

  private struct Key {
    let table: String
    let name: String
    let columns: String
    let isOneToOne: Bool
    let target: String
    let targetColumns: String

    init(_ row: [String?]) {
      table = row[0] ?? ""
      name = row[1] ?? ""
      columns = row[2] ?? ""
      isOneToOne = row[3] == "t"
      target = row[4] ?? ""
      targetColumns = row[5] ?? ""
    }
  }

  private static let preamble = """
    // Made by `deskpipe types database`; a test compares it.

    /** Any JSON value. */
    export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];


    """

  private static let shorthands = """

    type Public = Database["public"];

    /** A row of a table. */
    export type Tables<Name extends keyof Public["Tables"]> = Public["Tables"][Name]["Row"];
    /** What an insert into a table takes. */
    export type TablesInsert<Name extends keyof Public["Tables"]> = Public["Tables"][Name]["Insert"];
    /** What an update of a table takes. */
    export type TablesUpdate<Name extends keyof Public["Tables"]> = Public["Tables"][Name]["Update"];
    /** The words of an enum. */
    export type Enums<Name extends keyof Public["Enums"]> = Public["Enums"][Name];

    """

  /// The columns by name, as Supabase's generator puts them; an unknown type is `unknown`.
  private static let columnsQuery = """
    select c.relname,
           a.attname,
           case
             when t.typtype = 'e' then format('Database["public"]["Enums"]["%s"]', t.typname)
             when t.typname in ('int2', 'int4', 'int8', 'float4', 'float8', 'numeric') then 'number'
             when t.typname = 'bool' then 'boolean'
             when t.typname in ('json', 'jsonb') then 'Json'
             when t.typname in (
               'text', 'varchar', 'bpchar', 'citext', 'uuid', 'date', 'time', 'timetz', 'timestamp', 'timestamptz',
               'bytea') then 'string'
             else 'unknown'
           end || case when e.oid is null then '' else '[]' end,
           not a.attnotnull,
           a.atthasdef or a.attidentity <> '',
           a.attgenerated <> '' or a.attidentity = 'a'
      from pg_catalog.pg_attribute a
      join pg_catalog.pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition
      join pg_catalog.pg_type d on d.oid = a.atttypid
      left join pg_catalog.pg_type e on e.oid = d.typelem and d.typcategory = 'A'
      join pg_catalog.pg_type t on t.oid = coalesce(e.oid, d.oid)
     where c.relnamespace = 'public'::regnamespace
       and a.attnum > 0
       and not a.attisdropped
     order by c.relname collate "C", a.attname collate "C"
    """

  /// A key is one to one where its columns are unique in its own table, too.
  private static let keysQuery = """
    select c.relname,
           k.conname,
           (select string_agg(format('"%s"', a.attname), ', ' order by n.place)
              from unnest(k.conkey) with ordinality as n (number, place)
              join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.number),
           exists (
             select
               from pg_catalog.pg_index i
              where i.indrelid = k.conrelid
                and i.indisunique
                and i.indpred is null
                and (i.indkey::smallint[])[0:i.indnkeyatts - 1] <@ k.conkey
                and (i.indkey::smallint[])[0:i.indnkeyatts - 1] @> k.conkey),
           r.relname,
           (select string_agg(format('"%s"', a.attname), ', ' order by n.place)
              from unnest(k.confkey) with ordinality as n (number, place)
              join pg_catalog.pg_attribute a on a.attrelid = k.confrelid and a.attnum = n.number)
      from pg_catalog.pg_constraint k
      join pg_catalog.pg_class c on c.oid = k.conrelid
      join pg_catalog.pg_class r on r.oid = k.confrelid and r.relnamespace = 'public'::regnamespace
     where k.contype = 'f'
       and k.conparentid = 0
       and c.relnamespace = 'public'::regnamespace
     order by c.relname collate "C", k.conname collate "C"
    """

  private static let enumsQuery = """
    select t.typname,
           string_agg(format('"%s"', e.enumlabel), ' | ' order by e.enumsortorder)
      from pg_catalog.pg_type t
      join pg_catalog.pg_enum e on e.enumtypid = t.oid
     where t.typnamespace = 'public'::regnamespace
     group by t.typname
     order by t.typname collate "C"
    """
}
