import JSON
import Postgres

enum MacrosGet: DeskMethod {
  static let name = "macros.get"
  static let summary = "One macro with its whole template."
  static let access = Access.read
  static let cost = Cost.point
  static let params = Schema<String>.object(MacroParams.id, as: { $0 })
  static let result = MacroShapes.detail
  static let errors: [FailureKind] = [.notFound]
  static let statements = [query]

  static let query = Query("select to_jsonb(m)::text from desk.macro m where m.id = $1::uuid")

  static func plan(_ id: String, by caller: Caller) -> Plan {
    .read(query(id), missing: .notFound("macro", at: "/id"))
  }
}
