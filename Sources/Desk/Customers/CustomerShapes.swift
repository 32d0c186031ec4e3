import JSON

/// What customers look like on the wire; the views desk.customer and desk.customer_detail make them.
enum CustomerShapes {
  static let row = Shape.object(named + versioned)
  static let detail = Shape.object(
    named + [.init("fields", FieldShapes.values, summary: "Values by field name; none where there is none.")]
      + versioned + [
        .init(
          "identities", .array(of: CustomerIdentity.shape, atMost: 51),
          summary: "All that they are found by, email first.")
      ])

  private static let named: [Shape.Property] = [
    .init("id", .uuid),
    .init("name", .text),
    .init("email", .nullable(.text)),
    .init("metadata", .raw(maximumBytes: 65_536)),
  ]
  private static let versioned: [Shape.Property] =
    [
      .init("version", .integer(1...Int(Int32.max)), summary: "Grows with every change, of a field's value too."),
      .init("created_at", .time),
      .init("updated_at", .time),
    ] + Deletion.members + [
      .init("blocked_at", .nullable(.time), summary: "Null of whom nobody has blocked."),
      .init("blocked_by", .nullable(.uuid), summary: "The agent's id."),
      .init("block_reason", .nullable(.text)),
      .init("merged_into", .nullable(.uuid), summary: "The customer who has all that was theirs."),
      .init("erased_at", .nullable(.time), summary: "When everything personal was taken out for good."),
    ]
}
