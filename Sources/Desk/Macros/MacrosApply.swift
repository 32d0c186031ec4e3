import JSON
import Postgres

enum MacrosApply: DeskMethod {
  struct Params: Sendable {
    let id: String
    let ticket: String
    let isInternal: Bool
    let seen: String?
    let version: Int?
  }

  static let name = "macros.apply"
  static let summary = "Renders a macro for a ticket and writes the text there, as the caller's reply or note."
  static let access = Access.write
  static let cost = Cost.page
  static let effect = Effect.customerVisible
  static let params = Schema<Params>.object(
    MacroParams.id,
    .required("ticket_id", .uuid, "The ticket."),
    .optional("is_internal", .bool, absent: false, "A note for agents instead of a reply."),
    WriteParams.seenMessageID, WriteParams.expectedVersion("The ticket's version you read; another one is a conflict."),
    as: Params.init)
  static let result = MessageShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .rule, .templateError]
  static let statements = [MacroRendering.query] + NewMessage.queries + [MessagesGet.query]

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .readThen(MacroRendering.query(params.id, params.ticket)) { row throws(Failure) in
      .write(try write(MacroRendering(row: row), params, caller))
    }
  }

  /// What was rendered is true of one version of the ticket only, so the message is written to that one or to none.
  private static func write(
    _ rendering: MacroRendering, _ params: Params, _ caller: Caller
  ) throws(Failure) -> Write {
    guard rendering.text.contains(where: { !$0.isWhitespace }) else {
      throw Failure(.rule, "The macro has no text for this ticket.", path: "/id")
    }
    let id = UUIDv7.make()
    let message = NewMessage(
      body: rendering.text, sender: .agent, isInternal: params.isInternal, isAutomatic: false, emailMessageID: nil,
      inReplyTo: nil,
      metadata: "{\"macro_id\":\"\(params.id)\"}")
    return Write(
      lock: params.ticket,
      expecting: [
        .init("ticket", params.ticket, version: params.version, at: "/ticket_id"),
        .init("ticket", params.ticket, version: rendering.ticketVersion, at: "/ticket_id", versionAt: "/ticket_id"),
      ] + Write.Expectation.seen(params.seen, on: params.ticket),
      try message.statements(id: id, ticket: params.ticket, by: caller), answer: MessagesGet.query(id))
  }
}
