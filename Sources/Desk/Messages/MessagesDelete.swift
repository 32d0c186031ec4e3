import JSON
import Postgres

enum MessagesDelete: DeskMethod {
  struct Params: Sendable {
    let id: String
    let version: Int?
  }

  static let name = "messages.delete"
  static let summary =
    "Deletes a message: it shows nowhere and counts for nothing, until messages.restore or for good after the days that "
    + "the organization keeps what is deleted. Its email_message_id stays known, so that no mail comes in again."
  static let access = Access.admin
  static let cost = Cost.point
  static let effect = Effect.destructive
  static let params = Schema<Params>.object(MessageParams.id, WriteParams.expectedVersion, as: Params.init)
  static let result = Deletion.result
  static let errors: [FailureKind] = [.notFound, .conflict]
  static let statements = [query, answer]

  private static let query = Query("update public.ticket_messages m set deleted_at = now() where m.id = $1::uuid")
  private static let answer = Query("select jsonb_build_object('id', $1::uuid, 'deleted', true)::text")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: MessageParams.lock(params.id),
        expecting: [.init("message", params.id, version: params.version, to: .delete, at: "/id")],
        [query(params.id)], answer: answer(params.id)))
  }
}
