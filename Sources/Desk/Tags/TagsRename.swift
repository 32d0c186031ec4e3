import JSON
import Postgres

enum TagsRename: DeskMethod {
  struct Params: Sendable {
    let id: String
    let name: String
    let version: Int?
  }

  static let name = "tags.rename"
  static let summary =
    "Gives a tag another name, on all of its tickets. Where that name is taken, tags.merge makes one of both."
  static let access = Access.admin
  static let cost = Cost.heavy
  static let params = Schema<Params>.object(
    TagParams.id, .required("name", TagParams.name), WriteParams.expectedVersion, as: Params.init)
  static let result = TagShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .alreadyExists, .invalid]
  static let statements = [query, answer]

  private static let query = Query("update public.tags g set name = $2::text where g.id = $1::uuid")
  static let answer = Query("select row_to_json(g)::text from desk.tag g where g.id = $1::uuid")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: params.id, expecting: [.init("tag", params.id, version: params.version, at: "/id")],
        [query(params.id, params.name)], answer: answer(params.id)))
  }
}
