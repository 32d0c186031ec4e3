import JSON
import Postgres

enum MessagesCreate: DeskMethod {
  struct Params: Sendable {
    let ticket: String
    let message: NewMessage
    let seen: String?
    let version: Int?
  }

  static let name = "messages.create"
  static let summary =
    "A message on a ticket: a reply of the caller, an internal note, what the customer said, or a system message. "
    + "What a customer said reopens the ticket; that of a blocked one is refused. A closed ticket takes no message but its customer's, which lands, by "
    + "the organization's reopen_days, on the reopened ticket or on a follow-up: ticket_id of the result says where. "
    + "deskpipe sends nothing by itself."
  static let access = Access.write
  static let cost = Cost.point
  static let effect = Effect.customerVisible
  static let params = Schema<Params>.object(
    .required("ticket_id", .uuid, "The ticket."),
    NewMessage.body, NewMessage.sender, NewMessage.isInternal, NewMessage.isAutomatic, NewMessage.emailMessageID,
    NewMessage.inReplyTo, NewMessage.metadata,
    WriteParams.seenMessageID, WriteParams.expectedVersion("The ticket's version you read; another one is a conflict."),
    as: { ticket, body, sender, isInternal, isAutomatic, emailMessageID, inReplyTo, metadata, seen, version in
      Params(
        ticket: ticket,
        message: NewMessage(
          body: body, sender: sender, isInternal: isInternal, isAutomatic: isAutomatic, emailMessageID: emailMessageID,
          inReplyTo: inReplyTo, metadata: metadata),
        seen: seen, version: version)
    })
  static let result = MessageShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .alreadyExists, .rule, .blocked]
  static let statements = NewMessage.queries + [answer]

  /// Nobody has deleted yet what has just been said, nor its ticket.
  private static let answer = Query("select row_to_json(m)::text from desk.message m where m.id = $1::uuid")

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let id = UUIDv7.make()
    // Writing a message looks for its ticket and locks its row by itself; what is read before must be locked before.
    let isConditional = params.version != nil || params.seen != nil
    return .write(
      Write(
        lock: params.ticket,
        expecting: isConditional
          ? [.init("ticket", params.ticket, version: params.version, to: .say, at: "/ticket_id")]
            + Write.Expectation.seen(params.seen, on: params.ticket) : [],
        try params.message.statements(id: id, ticket: params.ticket, by: caller), answer: answer(id),
        creating: id))
  }
}
