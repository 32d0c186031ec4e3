import JSON
import Postgres

enum MessagesSetDelivery: DeskMethod {
  struct Params: Sendable {
    let id: String
    let status: String
    let error: String?
    let emailMessageID: String?
    let version: Int?
  }

  static let name = "messages.set_delivery"
  static let summary =
    "Writes down what became of a message that a bridge sends; deskpipe itself sends nothing. A report never goes "
    + "back from delivered or sent to an earlier state, while a failure may come at any time and be tried again."
  static let access = Access.write
  static let cost = Cost.point
  static let params = Schema<Params>.object(
    .required("id", .uuid, "The message: a reply or a system message."),
    .required("status", .choice(statuses), "What happened."),
    .optional("error", .text(1...2_000), "Why it failed; only with failed."),
    .optional("email_message_id", EmailMessageID.schema, "The id it was sent under; set once."),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = MessageShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .alreadyExists, .rule]
  static let statements = [incoming, backwards, EmailMessageID.unused, query, MessagesGet.query]

  private static let statuses = MessageShapes.deliveries.filter { $0 != "none" }

  /// The details name a column: with constants alone PostgreSQL would call the function while it plans.
  private static let incoming = Query(
    """
    select desk.fail(
             'DK423', 'rule', 'Notes and what a customer said are not delivered to anyone.', '/id',
             jsonb_build_object('sender', m.sender_type, 'is_internal', m.is_internal))
      from public.ticket_messages m
     where m.id = $1::uuid
       and (m.is_internal or m.sender_type = 'customer')
    """)
  /// Reports of several workers may arrive in any order.
  private static let backwards = Query(
    """
    select desk.fail(
             'DK423', 'rule', format('The message is %s already.', m.delivery_status), '/status',
             jsonb_build_object('delivery_status', m.delivery_status))
      from public.ticket_messages m
     where m.id = $1::uuid
       and (m.delivery_status, $2::text) in (('sent', 'queued'), ('delivered', 'queued'), ('delivered', 'sent'))
    """)
  private static let query = Query(
    """
    update public.ticket_messages m
       set delivery_status = $2::text,
           delivery_error = $3::text,
           email_message_id = coalesce($4::text, m.email_message_id)
     where m.id = $1::uuid
    """)

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    guard params.error == nil || params.status == "failed" else {
      throw Failure(.invalidParams, "error goes with the status failed only.", path: "/error")
    }
    let ids = params.emailMessageID.map { [EmailMessageID.unused($0, params.id, "/email_message_id")] } ?? []
    return .write(
      Write(
        lock: MessageParams.lock(params.id),
        expecting: [.init("message", params.id, version: params.version, at: "/id")],
        [incoming(params.id), backwards(params.id, params.status)] + ids
          + [query(params.id, params.status, params.error, params.emailMessageID)],
        answer: MessagesGet.query(params.id)))
  }
}
