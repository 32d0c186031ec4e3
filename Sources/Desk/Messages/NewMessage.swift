import JSON
import Postgres

/// A message about to be written on a ticket.
struct NewMessage: Sendable {
  enum Sender: String, Sendable, CaseIterable {
    /// The caller, in their own name.
    case agent
    /// The ticket's customer; a bridge writes down what came in.
    case customer
    /// The desk itself.
    case system
  }

  let body: String
  let sender: Sender
  let isInternal: Bool
  let isAutomatic: Bool
  let emailMessageID: String?
  let inReplyTo: String?
  let metadata: String

  static let body = Member<String>.required("body", .bytes(1...1_048_576).notBlank, "Plain text, at most 1 MiB.")
  static let sender = Member<Sender>.optional(
    "as", Schema<String>.choice(Sender.allCases.map(\.rawValue)).map { Sender(rawValue: $0) ?? .agent }, absent: .agent,
    "Who says it: the caller as agent, the ticket's customer, or the desk itself (system).")
  static let isInternal = Member<Bool>.optional(
    "is_internal", .bool, absent: false, "A note for agents, never a reply; not for what a customer said.")
  static let isAutomatic = Member<Bool>.optional(
    "is_automatic", .bool, absent: false,
    "A machine wrote it, such as an out-of-office reply: it reopens nothing and counts as no reply.")
  static let emailMessageID = Member<String?>.optional(
    "email_message_id", EmailMessageID.schema,
    "The id of the mail, or of the message on another channel; unique in the organization.")
  static let inReplyTo = Member<String?>.optional(
    "in_reply_to", EmailMessageID.schema, "The email_message_id of the message it answers, whether known here or not.")
  static let metadata = Member<String>.optional("metadata", .raw(maximumBytes: 65_536), absent: "{}")

  /// The first message of a new ticket.
  static let schema = Schema<NewMessage>.object(
    body, sender, isInternal, isAutomatic, emailMessageID, inReplyTo, metadata, as: NewMessage.init)

  static let queries = [EmailMessageID.unused, query, customerQuery]

  private static let query = Query(insertion(sender: "$10::uuid"))
  /// By itself, since what it looks up would cost every other message its part of the plan.
  private static let customerQuery = Query(
    insertion(sender: "(select t.customer_id from public.tickets t where t.id = $2::uuid)"))

  private static func insertion(sender: String) -> String {
    """
    insert into public.ticket_messages
      (id, ticket_id, sender_type, body, is_internal, email_message_id, in_reply_to, metadata, is_automatic,
       sender_id)
    values (
      $1::uuid, $2::uuid, $3::text::public.sender_type, $4::text, $5::boolean, $6::text, $7::text, $8::jsonb,
      $9::boolean, \(sender))
    """
  }

  /// What writes it.
  ///
  /// - Parameter path: where the message's members stand in the parameters; empty, or ending without a slash.
  func statements(
    id: String, ticket: String, by caller: Caller, at path: String = ""
  ) throws(Failure) -> [Statement] {
    guard sender != .customer || !isInternal else {
      throw Failure(.invalidParams, "A customer writes no internal notes.", path: path + "/is_internal")
    }
    let said = [
      id, ticket, sender.rawValue, body, isInternal ? "true" : "false", emailMessageID, inReplyTo, metadata,
      isAutomatic ? "true" : "false",
    ]
    let insert =
      switch sender {
      case .agent: Statement(Self.query, said + [caller.agent])
      case .customer: Statement(Self.customerQuery, said)
      case .system: Statement(Self.query, said + [nil])
      }
    guard let emailMessageID else { return [insert] }
    return [EmailMessageID.unused(emailMessageID, nil, path + "/email_message_id"), insert]
  }
}
