import JSON

/// What every export takes.
struct ExportParams: Sendable {
  let cursor: String?
  let partBytes: Int
  let isCounted: Bool
  let includesDeleted: Bool

  static let schema = Schema<ExportParams>.object(
    .optional(
      "cursor", .text(1...2_000), "That of the last part you have: goes on behind it, in any session and process."),
    .optional(
      "part_bytes", .integer(4_096...1_048_576), absent: 49_152,
      "Bytes of items in a part, but always one item. Larger ones are faster, up to some 200,000."),
    .optional("progress", .bool, absent: false, "Counts first, so that every part tells the total."),
    Deletion.included,
    as: ExportParams.init)
}

/// What exports look like on the wire.
enum ExportShapes {
  static let result = Shape.object([
    .init("parts", .integer(0...Int(Int32.max)), summary: "How many were sent."),
    .init("exported", .integer(0...Int(Int32.max)), summary: "How many items were in them."),
  ])

  static let part: [Shape.Property] = [
    .init("id", .union([.text, .number]), summary: "The id of the request that it belongs to."),
    .init("part", .integer(1...Int(Int32.max)), summary: "Counted from 1."),
    .init("exported", .integer(1...Int(Int32.max)), summary: "Items so far, those of this part among them."),
    .init(
      "total", .integer(0...Int(Int32.max)), isRequired: false,
      summary: "With progress: how many there were to be at the beginning."),
    .init("cursor", .text, summary: "Behind this part: from there on another export goes on."),
    .init(
      "items", .array(of: .any, atMost: Export.rows.upperBound), summary: "As customers.get or tickets.get has them."),
  ]
}
