import JSON
import Postgres

enum FieldsDelete: DeskMethod {
  struct Params: Sendable {
    let id: String
    let force: Bool
    let version: Int?
  }

  static let name = "fields.delete"
  static let summary = "Deletes a field. Macros that name it can no longer be rendered."
  static let access = Access.admin
  static let cost = Cost.heavy
  static let effect = Effect.destructive
  static let params = Schema<Params>.object(
    FieldParams.id,
    .optional("force", .bool, absent: false, "Also where customers have values of it, which go with it, for good."),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = Shape.object([.init("id", .uuid), .init("deleted", .bool)])
  static let errors: [FailureKind] = [.notFound, .conflict, .inUse]
  static let statements = [query, answer]

  private static let query = Query("select desk.delete_field($1::uuid, $2::boolean)")
  private static let answer = Query("select jsonb_build_object('id', $1::uuid, 'deleted', true)::text")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: params.id, and: [FieldParams.lock(caller)],
        expecting: [.init("field", params.id, version: params.version, to: .delete, at: "/id")],
        [query(params.id, String(params.force))], answer: answer(params.id)))
  }
}
