import JSON
import Postgres

enum TagsDelete: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "tags.delete"
  static let summary = "Deletes a tag, off all of its tickets as well."
  static let access = Access.admin
  static let cost = Cost.heavy
  static let effect = Effect.destructive
  static let params = Schema<Params>.object(TagParams.id, WriteParams.expectedVersion, as: Params.init)
  static let result = Shape.object([.init("id", .uuid), .init("deleted", .bool)])
  static let errors: [FailureKind] = [.notFound, .conflict]
  static let statements = [query, answer]

  private static let query = Query("delete from public.tags g where g.id = $1::uuid")
  private static let answer = Query("select jsonb_build_object('id', $1::uuid, 'deleted', true)::text")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: params.id, expecting: [.init("tag", params.id, version: params.version, to: .delete, at: "/id")],
        [query(params.id)], answer: answer(params.id)))
  }
}
