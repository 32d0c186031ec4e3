import JSON
import Postgres

enum MacrosRestore: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "macros.restore"
  static let summary = "Brings a deleted macro back."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(MacroParams.id, WriteParams.expectedVersion, as: Params.init)
  static let result = MacroShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, MacrosGet.query]

  private static let query = Query("update public.macros m set deleted_at = null where m.id = $1::uuid")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: params.id,
        expecting: [.init("macro", params.id, version: params.version, to: .restore, at: "/id")],
        [query(params.id)], answer: MacrosGet.query(params.id)))
  }
}
