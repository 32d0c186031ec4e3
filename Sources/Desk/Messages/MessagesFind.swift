import JSON
import Postgres

enum MessagesFind: DeskMethod {
  static let name = "messages.find"
  static let summary = "The message that has an email message id, with its whole body."
  static let access = Access.read
  static let cost = Cost.point
  static let params = Schema<String>.object(
    .required("email_message_id", EmailMessageID.schema, "Exactly as it was stored."), as: { $0 })
  static let result = MessageShapes.detail
  static let errors: [FailureKind] = [.notFound]
  static let statements = [query]

  private static let query = Query(
    """
    select row_to_json(m)::text from desk.message m
     where m.email_message_id = $1::text and m.deleted_at is null
       and exists (select from public.tickets t where t.id = m.ticket_id and t.deleted_at is null)
    """)

  static func plan(_ id: String, by caller: Caller) -> Plan {
    .read(query(id), missing: .notFound("message", at: "/email_message_id"))
  }
}
