import JSON
import Postgres

enum TicketsCreate: DeskMethod {
  struct Params: Sendable {
    let subject: String
    let customer: String?
    let newCustomer: Customer?
    let assignee: String??
    let priority: String
    let status: String?
    let tags: [String]?
    let metadata: String
    let message: NewMessage?
  }

  /// Whom a ticket is for, by address.
  struct Customer: Sendable {
    let email: String?
    let identities: [CustomerIdentity]
    let name: String?
    let fields: String

    static let schema = Schema<Customer>.object(
      .optional("email", .emailAddress, "Of a customer of the organization, or of a new one; this or identities."),
      .optional(
        "identities", CustomerIdentity.list, absent: [], "What they are found by as well; a new customer gets them all."
      ),
      .optional("name", .text(1...200).notBlank, "For a new customer; the address if left out."),
      .optional("fields", .raw(maximumBytes: 65_536), absent: "{}", "For a new customer: values by field name."),
      as: Customer.init)
  }

  static let name = "tickets.create"
  static let summary =
    "A new ticket, with its customer found or made by any of their identities and its first message if these are given, "
    + "all at once or not at all. A customer who exists already is left as they are; customers.upsert changes them."
  static let access = Access.write
  static let cost = Cost.page
  static let effect = Effect.customerVisible
  static let params = Schema<Params>.object(
    .required("subject", TicketParams.subject),
    .optional("customer_id", .uuid, "Whom it is for; this or customer."),
    .optional("customer", Customer.schema, "Whom it is for; this or customer_id."),
    .optional("assigned_to", TicketParams.agent.orNull, "An active agent's id, me, or null."),
    .optional("priority", .choice(TicketShapes.priorities), absent: "normal"),
    .optional("status", .choice(TicketShapes.statuses), "open, unless this says otherwise."),
    .optional("tags", TagParams.names),
    .optional("metadata", .raw(maximumBytes: 65_536), absent: "{}"),
    .optional("message", NewMessage.schema, "The first message."),
    as: Params.init)
  static let result = TicketShapes.detail
  static let errors: [FailureKind] = [.notFound, .invalid, .alreadyExists, .deleted, .rule, .blocked]
  static let statements = [required, query, byEmail, status] + NewMessage.queries + [TicketsGet.query]

  private static let required = Query("select desk.require('customer', $1::uuid, '/customer_id')")
  private static let query = Query(
    """
    insert into public.tickets (id, customer_id, assigned_to, subject, status, priority, metadata, tags)
    values (
      $1::uuid, $8::uuid, $2::uuid, $3::text, $4::text::public.ticket_status, $5::text::public.ticket_priority,
      $6::jsonb, $7::text[])
    """)
  private static let byEmail = Query(
    """
    insert into public.tickets (id, customer_id, assigned_to, subject, status, priority, metadata, tags)
    values (
      $1::uuid, desk.ticket_customer($8::uuid, $9::text, $10::text, $11::jsonb, $12::jsonb), $2::uuid, $3::text,
      $4::text::public.ticket_status, $5::text::public.ticket_priority, $6::jsonb, $7::text[])
    """)
  private static let status = Query(
    "update public.tickets t set status = $2::text::public.ticket_status where t.id = $1::uuid")

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    let id = UUIDv7.make()
    // What a customer said reopens a ticket, and a closed one takes no message; who creates one says what it is.
    let later = params.message.flatMap { $0.sender == .customer || params.status == "closed" ? params.status : nil }
    let values = [
      id, (params.assignee ?? nil).map { TicketParams.agent($0, for: caller) }, params.subject,
      later == nil ? params.status ?? "open" : "open", params.priority, params.metadata,
      TextArray.literal(params.tags ?? []),
    ]
    var statements: [Statement]
    switch (params.customer, params.newCustomer) {
    case (let customer?, nil): statements = [required(customer), Statement(query, values + [customer])]
    case (nil, let customer?):
      statements = [
        Statement(
          byEmail,
          values + [
            UUIDv7.make(), customer.email, customer.name, customer.fields,
            CustomerIdentity.json(customer.identities, at: "/customer/identities"),
          ])
      ]
    default:
      throw Failure(.invalidParams, "Give either customer_id or customer.", path: "/customer_id")
    }
    if let message = params.message {
      statements += try message.statements(id: UUIDv7.make(), ticket: id, by: caller, at: "/message")
      if let later { statements.append(status(id, later)) }
    }
    let lock = params.newCustomer.map { _ in FieldParams.sharedLock(caller) }
    return .write(Write(lock: lock, statements, answer: TicketsGet.query(id), creating: id))
  }
}
