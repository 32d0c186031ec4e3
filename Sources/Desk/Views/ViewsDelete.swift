import JSON
import Postgres

enum ViewsDelete: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "views.delete"
  static let summary = "Deletes a view, not its tickets. Of others' views only shared ones, and only for an admin."
  static let access = Access.write
  static let cost = Cost.point
  static let effect = Effect.destructive
  static let params = Schema<Params>.object(ViewParams.id, WriteParams.expectedVersion, as: Params.init)
  static let result = Deletion.result
  static let errors: [FailureKind] = [.notFound, .forbidden, .conflict]
  static let statements = [query, answer]

  private static let query = Query("delete from public.ticket_views v where v.id = $1::uuid")
  private static let answer = Query("select jsonb_build_object('id', $1::uuid, 'deleted', true)::text")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: params.id, expecting: [.init("view", params.id, version: params.version, to: .delete, at: "/id")],
        [query(params.id)], answer: answer(params.id)))
  }
}
