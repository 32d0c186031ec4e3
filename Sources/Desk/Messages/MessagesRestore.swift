import JSON
import Postgres

enum MessagesRestore: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "messages.restore"
  static let summary = "Brings a deleted message back to its place in its ticket."
  static let access = Access.admin
  static let cost = Cost.point
  static let params = Schema<Params>.object(MessageParams.id, WriteParams.expectedVersion, as: Params.init)
  static let result = MessageShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query, MessagesGet.query]

  private static let query = Query("update public.ticket_messages m set deleted_at = null where m.id = $1::uuid")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: MessageParams.lock(params.id),
        expecting: [.init("message", params.id, version: params.version, to: .restore, at: "/id")],
        [query(params.id)], answer: MessagesGet.query(params.id)))
  }
}
