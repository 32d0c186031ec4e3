import JSON
import Postgres

enum CustomersImport: DeskMethod {
  struct Params: Sendable {
    let rows: RawList
    let onConflict: String
  }

  static let name = "customers.import"
  static let summary =
    "One part of an import: up to \(limit) customers in one transaction, each checked by itself. What is wrong with a row "
    + "is among the errors and keeps no other out. Under an idempotency_key a part that is sent again is not taken again."
  static let access = Access.write
  static let cost = Cost.heavy
  static let params = Schema<Params>.object(
    .required(
      "rows", .rawList(of: row, atMost: limit, maximumBytes: 4_194_304),
      "Customers, together at most 4 MiB. One with an address or other identities is the customer who has any of them; "
        + "rows of one customer, 100 at most, take effect in their order."),
    .optional(
      "on_conflict", .choice(["update", "skip", "error"]), absent: "update",
      "What becomes of customers who are there: changed as customers.upsert does, left as they are, or an error."),
    as: Params.init)
  static let result = Shape.object([
    .init("rows", count, summary: "How many there were: the sum of those below."),
    .init("created", count),
    .init("updated", count),
    .init("unchanged", count, summary: "Were there and as the row says."),
    .init("skipped", count, summary: "Were there, with on_conflict skip."),
    .init("failed", count),
    .init("errors", .array(of: error, atMost: limit), summary: "One for each row that failed, in their order."),
  ])
  static let errors: [FailureKind] = [.invalid]
  static let statements = [query, answer]

  private static let limit = 5_000
  private static let count = Shape.integer(0...limit)
  private static let row = Shape.object([
    .init(
      "name", .nullable(CustomerParams.name.shape), isRequired: false,
      summary: "The address if left out, or else the first of the identities."),
    .init("email", .nullable(Schema<String>.emailAddress.shape), isRequired: false),
    .init(
      "metadata", .nullable(.raw(maximumBytes: 65_536)), isRequired: false, summary: "Replaces all that was there."),
    .init(
      "fields", .nullable(FieldParams.values.shape), isRequired: false,
      summary: "As for customers.set_fields; a new customer needs the required ones."),
    .init(
      "identities", .any, isRequired: false,
      summary:
        "At most 51, each with kind and value as for customers.upsert: what the customer is found by as well, all of "
        + "one customer, who is given those that they lack. Other members of theirs that an export writes are passed over."
    ),
    .init("id", .any, isRequired: false, summary: "Passed over, as are the others that only an export writes."),
    .init("version", .any, isRequired: false),
    .init("created_at", .any, isRequired: false),
    .init("updated_at", .any, isRequired: false),
    .init("deleted_at", .any, isRequired: false),
    .init("deleted_by", .any, isRequired: false),
    .init("blocked_at", .any, isRequired: false),
    .init("blocked_by", .any, isRequired: false),
    .init("block_reason", .any, isRequired: false),
    .init("merged_into", .any, isRequired: false),
    .init("erased_at", .any, isRequired: false),
  ])
  private static let error = Shape.object([
    .init("row", .integer(0...limit - 1), summary: "Which of the rows, from 0."),
    .init("kind", .choice(["invalid_params", "invalid", "already_exists", "deleted"]), summary: "As of an error."),
    .init("path", .text, summary: "A JSON pointer into params."),
    .init("message", .text, summary: "A sentence for a person."),
  ])

  private static let query = Query(
    """
    select set_config(
      'app.import', desk.import_customers($1::json, $2::text, $3::boolean)::text, true) is null
    """)
  private static let answer = Query("select current_setting('app.import')")

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .write(
      Write(
        lock: FieldParams.sharedLock(caller),
        [query(params.rows.text, params.onConflict, params.rows.isSuspect ? "true" : "false")],
        answer: answer()))
  }
}
