import JSON
import Postgres

enum TagsMerge: DeskMethod {
  struct Params: Sendable {
    let id: String
    let target: String
    let version: Int?
  }

  static let name = "tags.merge"
  static let summary = "Makes one tag of two: every ticket of the first gets the second, and the first is gone."
  static let access = Access.admin
  static let cost = Cost.heavy
  static let effect = Effect.destructive
  static let params = Schema<Params>.object(
    TagParams.id, .required("into", .uuid, "The tag that stays."), WriteParams.expectedVersion, as: Params.init)
  static let result = TagShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, TagsRename.answer]

  private static let query = Query("select desk.merge_tags($1::uuid, $2::uuid)")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: params.id, expecting: [.init("tag", params.id, version: params.version, at: "/id")],
        [query(params.id, params.target)], answer: TagsRename.answer(params.target)))
  }
}
