import JSON

/// What tags look like on the wire; the view desk.tag makes them.
enum TagShapes {
  static let detail = Shape.object([
    .init("id", .uuid),
    .init("name", .text, summary: "In lower case, a hyphen for each blank."),
    .init("ticket_count", .integer(0...Int(Int32.max)), summary: "Tickets that have it, counted one by one."),
    .init("version", .integer(1...Int(Int32.max)), summary: "Grows with every change."),
    .init("created_at", .time),
    .init("updated_at", .time),
  ])
}
