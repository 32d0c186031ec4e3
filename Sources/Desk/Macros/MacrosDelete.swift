import JSON
import Postgres

enum MacrosDelete: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "macros.delete"
  static let summary =
    "Deletes a macro, until macros.restore or for good after the days that the organization keeps what is deleted; what "
    + "was written with it stays. Its title stays taken until then."
  static let access = Access.write
  static let cost = Cost.point
  static let effect = Effect.destructive
  static let params = Schema<Params>.object(MacroParams.id, WriteParams.expectedVersion, as: Params.init)
  static let result = Deletion.result
  static let errors: [FailureKind] = [.notFound, .conflict]
  static let statements = [query, answer]

  private static let query = Query("update public.macros m set deleted_at = now() where m.id = $1::uuid")
  private static let answer = Query("select jsonb_build_object('id', $1::uuid, 'deleted', true)::text")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: params.id,
        expecting: [.init("macro", params.id, version: params.version, to: .delete, at: "/id")],
        [query(params.id)], answer: answer(params.id)))
  }
}
