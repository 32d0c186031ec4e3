import JSON
import Postgres

enum MessagesGet: DeskMethod {
  static let name = "messages.get"
  static let summary = "One message with its whole body."
  static let access = Access.read
  static let cost = Cost.point
  static let params = Schema<String>.object(.required("id", .uuid, "The message."), as: { $0 })
  static let result = MessageShapes.detail
  static let errors: [FailureKind] = [.notFound]
  static let statements = [query]

  static let query = Query("select to_jsonb(m)::text from desk.message m where m.id = $1::uuid")

  static func plan(_ id: String, by caller: Caller) -> Plan {
    .read(query(id), missing: .notFound("message", at: "/id"))
  }
}
