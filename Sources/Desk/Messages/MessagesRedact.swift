import JSON
import Postgres

enum MessagesRedact: DeskMethod {
  struct Params: Sendable {
    let id: String
    let text: String?
    let ranges: [Range]?
    let reason: String?
    let version: Int?
  }

  /// Characters of the body, counted from 0.
  struct Range: Sendable {
    let from: Int
    let to: Int

    static let schema = Schema<Range>.object(
      .required("from", .integer(0...1_048_576), "The first character, counted from 0."),
      .required("to", .integer(1...1_048_576), "The one after the last."),
      as: Range.init)
  }

  static let name = "messages.redact"
  static let summary =
    "Covers a part of a message with ▇ for good: in the message, in what is searched, in its history, which keeps "
    + "digests and a record of it, and in answers kept for idempotency keys. What is deleted, or on a deleted ticket, is "
    + "redacted too. Nobody can undo it."
  static let access = Access.admin
  static let cost = Cost.page
  static let effect = Effect.destructive
  static let params = Schema<Params>.object(
    MessageParams.id,
    .optional(
      "text", .text(1...10_000),
      "Covered wherever it stands in the body, the metadata or the delivery error, exactly as it is written; this or "
        + "ranges."),
    .optional(
      "ranges", .list(of: Range.schema, atMost: 100), "Characters of the body, Unicode scalars; this or text."),
    .optional("reason", .text(1...500), "For the history."),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = MessageShapes.detail
  static let errors: [FailureKind] = [.notFound, .conflict, .invalid]
  static let statements = [query, MessagesGet.anyQuery]

  private static let query = Query("select desk.redact_message($1::uuid, $2::text, $3::jsonb, $4::text)")

  static func plan(_ params: Params, by caller: Caller) throws(Failure) -> Plan {
    guard (params.text == nil) != (params.ranges == nil) else {
      throw Failure(.invalidParams, "Give either text or ranges.", path: "/text")
    }
    let ranges = params.ranges.map { list in
      "[" + list.map { "{\"from\":\($0.from),\"to\":\($0.to)}" }.joined(separator: ",") + "]"
    }
    return .write(
      Write(
        lock: MessageParams.lock(params.id),
        expecting: [.init("message", params.id, version: params.version, to: .redact, at: "/id")],
        [query(params.id, params.text, ranges, params.reason)], answer: MessagesGet.anyQuery(params.id)))
  }
}
