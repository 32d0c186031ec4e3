import JSON

/// What records of the history look like on the wire; the views desk.audit_entry and desk.ticket_entry make them.
enum AuditShapes {
  static let entry = Shape.object(members)
  static let ticketEntry = Shape.object(
    members + [
      .init(
        "ended",
        .nullable(
          .object([
            .init("status", .choice(TicketShapes.statuses)),
            .init("since", .time),
            .init("seconds", .integer(0...Int(Int32.max))),
          ])),
        summary: "Where the status changed: the one it was, since when and for how long.")
    ])

  /// What changed, by the member's name.
  static let changes = Shape.map(of: .object([.init("from", .any), .init("to", .any)]))

  /// The members of an object, by their names; of a custom field `fields.` and its id.
  static let state = Shape.map(of: .any)

  private static let members: [Shape.Property] = [
    .init("seq", .integer(0...Int.max), summary: "Rises with the changes of one object."),
    .init("xid", .text, summary: "The transaction; records of one call have the same."),
    .init("object", .object([.init("kind", .text), .init("id", .uuid)])),
    .init("ticket_id", .nullable(.uuid), summary: "The ticket that the object is or belongs to."),
    .init("version", .integer(0...Int(Int32.max)), summary: "The object's version afterwards."),
    .init(
      "action",
      .choice([
        "found", "created", "changed", "deleted", "restored", "merged", "unmerged", "redacted", "erased", "purged",
      ]), summary: "found: it was there when the history began."),
    .init(
      "actor",
      .object([
        .init("type", .choice(["agent", "customer", "system"])), .init("id", .nullable(.uuid)),
        .init("name", .nullable(.text)),
        .init("impersonator", .nullable(.text), summary: "The user of Clerk who acted in the agent's name."),
        .init("client_id", .nullable(.text), summary: "The OAuth client by whose access token it was done."),
        .init("agent_id", .nullable(.uuid), summary: "The agent who brought what a customer did."),
      ])),
    .init("method", .nullable(.text)),
    .init("requested_at", .nullable(.time)),
    .init("created_at", .time),
    .init("changes", changes, summary: "Members from and to; of long texts the first 4 KiB."),
    .init("cleaned", .array(of: .text, atMost: nil), summary: "Members whose values were taken out for good."),
    .init("detail", .nullable(.map(of: .any)), summary: "Of a redaction, erasure or purge: members, records, reason."),
  ]
}
