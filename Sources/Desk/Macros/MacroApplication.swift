import JSON
import Postgres

/// A macro's application to a ticket: its text as a message, then its actions, then one more use.
struct MacroApplication: Sendable {
  let macro: String
  let ticket: String
  let isInternal: Bool
  let seen: String?
  let version: Int?

  static let ticketID = Member<String>.required("ticket_id", .uuid, "The ticket.")
  static let isInternal = Member<Bool>.optional(
    "is_internal", .bool, absent: false, "A note for agents instead of a reply.")
  static let version = WriteParams.expectedVersion("The ticket's version you read; another one is a conflict.")

  static let result = Shape.object([
    .init("ticket", TicketShapes.detail, summary: "With all that the actions did."),
    .init("message", .nullable(MessageShapes.detail), summary: "Null of a macro without a text."),
  ])
  static let errors: [FailureKind] = [.notFound, .forbidden, .conflict, .rule, .invalid, .templateError]
  static let statements = [MacroRendering.query] + NewMessage.queries + [actionsQuery, useQuery, answer]

  private static let actionsQuery = Query("select desk.apply_actions($1::uuid, $2::jsonb)")
  private static let useQuery = Query("select desk.count_macro_use($1::uuid)")
  private static let answer = Query(
    """
    select jsonb_build_object(
             'ticket', to_jsonb(t),
             'message', (select to_jsonb(m) from desk.message m where m.id = $2::uuid))::text
      from desk.ticket_detail t
     where t.id = $1::uuid
    """)

  /// Reads the macro and what it is rendered over; then what is to be done.
  func plan(by caller: Caller, then finish: @escaping @Sendable (Write) -> Plan) -> Plan {
    .readThen(MacroRendering.query(macro, ticket)) { row throws(Failure) in
      finish(try write(MacroRendering(row: row), caller))
    }
  }

  /// What was rendered is true of one version of the ticket only, so it is written to that one or to none.
  private func write(_ rendering: MacroRendering, _ caller: Caller) throws(Failure) -> Write {
    var statements: [Statement] = []
    var message: String?
    if rendering.text.contains(where: { !$0.isWhitespace }) {
      let id = UUIDv7.make()
      message = id
      let text = NewMessage(
        body: rendering.text, sender: .agent, isInternal: isInternal, isAutomatic: false, emailMessageID: nil,
        inReplyTo: nil,
        metadata: "{\"macro_id\":\"\(macro)\"}")
      statements += try text.statements(id: id, ticket: ticket, by: caller)
    } else if rendering.actions == "{}" {
      throw Failure(.rule, "The macro has no text for this ticket.", path: "/id")
    }
    if rendering.actions != "{}" { statements.append(Self.actionsQuery(ticket, rendering.actions)) }
    statements.append(Self.useQuery(macro))
    return Write(
      // Fields are the customer's.
      lock: ticket, and: rendering.changesCustomer ? [rendering.customer, FieldParams.sharedLock(caller)] : [],
      expecting: [
        .init("ticket", ticket, version: version, at: "/ticket_id"),
        .init("ticket", ticket, version: rendering.ticketVersion, at: "/ticket_id", versionAt: "/ticket_id"),
      ] + Write.Expectation.seen(seen, on: ticket),
      statements, answer: Self.answer(ticket, message))
  }
}
