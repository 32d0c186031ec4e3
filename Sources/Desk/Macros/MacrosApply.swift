import JSON
import Postgres

enum MacrosApply: DeskMethod {
  struct Params: Sendable {
    let id: String
    let ticket: String
    let isInternal: Bool
    let ticketVersion: Int?
  }

  static let name = "macros.apply"
  static let summary = "Renders a macro for a ticket and writes the text there, as the caller's reply or note."
  static let access = Access.write
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    MacroParams.id,
    .required("ticket_id", .uuid, "The ticket."),
    .optional("is_internal", .bool, absent: false, "A note for agents instead of a reply."),
    .optional(
      "ticket_version", .integer(1...Int(Int32.max)), "The ticket's version you read; another one is a conflict."),
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
    if let version = params.ticketVersion, version != rendering.ticketVersion {
      throw Failure(
        .conflict, "The ticket has changed since you read it.", path: "/ticket_version",
        details: "{\"version\":\(rendering.ticketVersion)}")
    }
    guard rendering.text.contains(where: { !$0.isWhitespace }) else {
      throw Failure(.rule, "The macro has no text for this ticket.", path: "/id")
    }
    let id = UUIDv7.make()
    let message = NewMessage(
      body: rendering.text, sender: .agent, isInternal: params.isInternal, emailMessageID: nil, inReplyTo: nil,
      metadata: "{\"macro_id\":\"\(params.id)\"}")
    return Write(
      lock: params.ticket,
      expecting: [.init("ticket", params.ticket, version: rendering.ticketVersion, at: "/ticket_id")],
      try message.statements(id: id, ticket: params.ticket, by: caller), answer: MessagesGet.query(id))
  }
}
