import JSON
import Postgres

enum AuditVerify: DeskMethod {
  struct Params: Sendable {
    let from: Int
    let limit: Int
    let known: Seal?
  }

  /// A seal as an earlier call answered it.
  struct Seal: Sendable {
    let number: Int
    let hash: String
  }

  static let name = "audit.verify"
  static let summary =
    "Compares the history with its seals: tells records that were changed, removed or added, and seals that were, from "
    + "members that were taken out as the history says. Keep last: with it as known, the next call notices when the end "
    + "was cut off."
  static let access = Access.admin
  static let cost = Cost.heavy
  static let effect = Effect.read
  static let params = Schema<Params>.object(
    .optional("from", .integer(1...Int(Int32.max)), absent: 1, "The seal to begin with; next of the call before."),
    .optional("limit", .integer(1...100), absent: 20, "Seals at most, each of at most 1,000 records."),
    .optional(
      "known",
      Schema<Seal>.object(
        .required("number", .integer(1...Int(Int32.max))), .required("hash", .text(64...64)), as: Seal.init),
      "last of an earlier call."),
    as: Params.init)
  static let result = Shape.object([
    .init("seals", .integer(0...100)),
    .init("records", .integer(0...100_000)),
    .init("cleaned", .integer(0...100_000), summary: "Records with members taken out, as a later record says."),
    .init("unsealed", .integer(0...100_000), summary: "Records that are not sealed yet; at most 100,000 are counted."),
    .init("last", .nullable(.object([.init("number", .integer(1...Int.max)), .init("hash", .text)]))),
    .init("next", .nullable(.integer(1...Int.max)), summary: "from of the next call; null at the end."),
    .init(
      "problems",
      .array(
        of: .object([
          .init(
            "kind",
            .choice([
              "seal_missing", "seal_changed", "record_missing", "record_changed", "record_added", "not_explained",
            ]), summary: "not_explained: members were taken out, and no record says so."),
          .init("seal", .integer(1...Int.max)),
          .init("seq", .integer(Int.min...Int.max), isRequired: false),
          .init("object", .object([.init("kind", .text), .init("id", .uuid)]), isRequired: false),
        ]), atMost: nil)),
  ])
  static let statements = [query]

  private static let query = Query(
    """
    select desk.verify_audit(
             $1::bigint, $2::integer,
             case when $3::bigint is not null then jsonb_build_object('number', $3::bigint, 'hash', $4::text) end)::text
    """)

  static func plan(_ params: Params, by caller: Caller) -> Plan {
    .read(query(String(params.from), String(params.limit), params.known.map { String($0.number) }, params.known?.hash))
  }
}
