import JSON
import Postgres

enum MessagesCreate: DeskMethod {
  struct Params: Sendable {
    let ticket: String
    let message: NewMessage
    let lastSeen: String?
    let ticketVersion: Int?
  }

  static let name = "messages.create"
  static let summary =
    "A message on a ticket: a reply of the caller, an internal note, what the customer said, or a system message. "
    + "What a customer said reopens the ticket. deskpipe sends nothing by itself."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    .required("ticket_id", .uuid, "The ticket."),
    NewMessage.body, NewMessage.sender, NewMessage.isInternal, NewMessage.emailMessageID, NewMessage.inReplyTo,
    NewMessage.metadata,
    .optional(
      "last_seen_message_id", .uuid, "The last message you know; a later one on the ticket is a conflict."),
    .optional(
      "ticket_version", .integer(1...Int(Int32.max)), "The ticket's version you read; another one is a conflict."),
    as: { ticket, body, sender, isInternal, emailMessageID, inReplyTo, metadata, lastSeen, ticketVersion in
      Params(
        ticket: ticket,
        message: NewMessage(
          body: body, sender: sender, isInternal: isInternal, emailMessageID: emailMessageID, inReplyTo: inReplyTo,
          metadata: metadata),
        lastSeen: lastSeen, ticketVersion: ticketVersion)
    })
  static let result = MessageShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .alreadyExists]
  static let statements = [lastSeen] + NewMessage.queries + [MessagesGet.query]

  private static let lastSeen = Query(
    """
    select desk.fail(
             'DK409', 'conflict', 'There is a message you have not seen.', '/last_seen_message_id',
             jsonb_build_object('last_message_id', l.id))
      from (
        select m.id
          from public.ticket_messages m
         where m.ticket_id = $1::uuid
         order by m.created_at desc, m.id desc
         limit 1
      ) as l
     where l.id <> $2::uuid
    """)

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let id = UUIDv7.make()
    var statements = try params.message.statements(id: id, ticket: params.ticket, by: caller)
    if let message = params.lastSeen { statements.insert(lastSeen(params.ticket, message), at: 0) }
    return .write(
      Write(
        lock: params.ticket,
        expecting: [.init("ticket", params.ticket, version: params.ticketVersion, at: "/ticket_id")],
        statements, answer: MessagesGet.query(id)))
  }
}
