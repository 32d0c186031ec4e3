import JSON

/// What saved views look like on the wire; desk.ticket_view makes them.
enum ViewShapes {
  static let row = Shape.object([
    .init("id", .uuid),
    .init("name", .text),
    .init("query", .text, summary: "In the search language; empty for all tickets."),
    .init("sort", .choice(ViewParams.sorts)),
    .init("descending", .bool),
    .init(
      "columns", .array(of: .text, atMost: ViewParams.mostColumns),
      summary: "What a client shows; deskpipe only keeps it."),
    .init("is_shared", .bool, summary: "Everyone sees it; its maker and admins change it."),
    .init("owner", .object([.init("id", .uuid), .init("name", .text)]), summary: "The agent who made it."),
    .init("version", .integer(1...Int(Int32.max)), summary: "Grows with every change."),
    .init("created_at", .time),
    .init("updated_at", .time),
  ])
}
