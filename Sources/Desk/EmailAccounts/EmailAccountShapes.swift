import JSON

/// What email accounts look like on the wire; the view desk.email_account makes them.
enum EmailAccountShapes {
  static let detail = Shape.object([
    .init("id", .uuid),
    .init("email_address", .text),
    .init("imap_settings", .object(MailServer.settings), summary: "Where mail is fetched; empty where it is not."),
    .init("smtp_settings", .object(MailServer.settings), summary: "Where mail is sent; empty where it is not."),
    .init("has_imap_password", .bool, summary: "A password is kept; no method shows it."),
    .init("has_smtp_password", .bool, summary: "A password is kept; no method shows it."),
    .init("is_active", .bool),
    .init("version", .integer(1...Int(Int32.max)), summary: "Grows with every change."),
    .init("created_at", .time),
    .init("updated_at", .time),
  ])
}
