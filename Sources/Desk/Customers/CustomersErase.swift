import JSON
import Postgres

enum CustomersErase: DeskMethod {
  struct Params: Sendable {
    let id: String
    let reason: String?
    let version: Int?
  }

  static let name = "customers.erase"
  static let summary =
    "Takes out for good, in rows, history, search and answers kept for idempotency keys, what a customer and whoever "
    + "was merged into them is: names, identities, metadata, values, reasons of a block; the text of what they wrote, "
    + "on whatever ticket; subjects and metadata of their tickets, and such a subject on what was split off or followed "
    + "them up. What others wrote on their tickets stays, wherever a merge or a split has put it, but for their names and "
    + "identities of two characters or more, which are covered with ▇, in capitals or not, there and in saved views; in "
    + "scripts without spaces between words wherever they stand. What stays: ids, numbers, tags, statuses and times of "
    + "tickets and messages; message ids of mail, so that none comes in again; seals and digests of the history with a "
    + "record of this. On tickets of others, what others say of them stays as well, and nothing is done about copies "
    + "outside, such as backups. Nobody can undo it; a deleted customer is restored first."
  static let access = Access.admin
  static let cost = Cost.heavy
  static let effect = Effect.destructive
  static let params = Schema<Params>.object(
    CustomerParams.id,
    .optional("reason", .text(1...500), "For the history; without anything about the person."),
    WriteParams.expectedVersion,
    as: Params.init)
  static let result = Shape.object([
    .init("id", .uuid),
    .init("erased_at", .time),
    .init(
      "erased",
      .object([
        .init("customers", count, summary: "Those merged into them included."),
        .init("identities", count),
        .init("values", count, summary: "Of fields."),
        .init("messages", count, summary: "What they wrote."),
        .init("tickets", count, summary: "Subjects and metadata."),
        .init("covered_messages", count, summary: "Of others, on their tickets."),
        .init("views", count, summary: "Saved views that named them."),
        .init("history_records", count),
        .init("answers", count, summary: "Kept for idempotency keys."),
      ])),
    .init(
      "kept",
      .object([
        .init("tickets", count),
        .init("messages", count, summary: "Of others, written on their tickets."),
      ])),
  ])
  static let errors: [FailureKind] = [.notFound, .conflict, .rule]
  static let statements = [query]

  private static let count = Shape.integer(0...Int(Int32.max))
  private static let query = Query("select desk.erase_customer($1::uuid, $2::text)::text")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: CustomerParams.peopleLock(params.id), and: [FieldParams.sharedLock(caller)],
        expecting: [.init("customer", params.id, version: params.version, to: .delete, at: "/id")], [],
        answer: query(params.id, params.reason)))
  }
}
