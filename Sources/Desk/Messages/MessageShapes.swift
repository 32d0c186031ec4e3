import JSON

/// What messages look like on the wire; the views desk.message and desk.message_row make them.
enum MessageShapes {
  static let senders = ["agent", "customer", "system"]
  static let deliveries = ["none", "queued", "sent", "delivered", "failed"]

  static let detail = Shape.object(members)
  /// In lists a long body is cut.
  static let row = Shape.object(
    members + [.init("truncated", .bool, summary: "The body was cut at 4 KiB; messages.get has all of it.")])

  private static let members: [Shape.Property] =
    [
      .init("id", .uuid),
      .init("ticket_id", .uuid),
      .init(
        "sender",
        .object([
          .init("type", .choice(senders)), .init("id", .nullable(.uuid)), .init("name", .nullable(.text)),
        ])),
      .init("body", .text),
      .init("is_internal", .bool, summary: "A note for agents, never shown to the customer."),
      .init("is_automatic", .bool, summary: "Written by a machine, such as an out-of-office reply."),
      .init("email_message_id", .nullable(.text)),
      .init("in_reply_to", .nullable(.text)),
      .init("delivery_status", .choice(deliveries)),
      .init("delivery_error", .nullable(.text)),
      .init("delivery_updated_at", .nullable(.time)),
      .init("metadata", .raw(maximumBytes: 65_536)),
      .init("version", .integer(1...Int(Int32.max))),
      .init("created_at", .time),
      .init("updated_at", .time),
      .init("merged_from", .nullable(.uuid), summary: "The ticket it was written to, where that was merged."),
    ] + Deletion.members
}
