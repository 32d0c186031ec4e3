import JSON
import Postgres

enum MacrosRender: DeskMethod {
  struct Params: Sendable {
    let id: String
    let ticket: String
  }

  static let name = "macros.render"
  static let summary = "A macro's text for a ticket, with the caller as the agent; nothing is written."
  static let access = Access.read
  static let cost = Cost.page
  static let params = Schema<Params>.object(
    MacroParams.id, .required("ticket_id", .uuid, "The ticket."), as: Params.init)
  static let result = Shape.object([
    .init("text", .text, summary: "At most 256 KiB."),
    .init("ticket_version", .integer(1...Int(Int32.max)), summary: "The ticket's version that it was rendered over."),
  ])
  static let errors: [FailureKind] = [.notFound, .templateError]
  static let statements = [MacroRendering.query]

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .readThen(MacroRendering.query(params.id, params.ticket)) { row throws(Failure) in
      let rendering = try MacroRendering(row: row)
      return .answer("{\"text\":\(Line.quoted(rendering.text)),\"ticket_version\":\(rendering.ticketVersion)}")
    }
  }
}
