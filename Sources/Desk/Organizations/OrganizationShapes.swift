import JSON

/// What an organization looks like on the wire; the view desk.organization makes it.
enum OrganizationShapes {
  static let detail = Shape.object([
    .init("id", .uuid),
    .init("clerk_id", .text, summary: "Clerk's id of it."),
    .init("name", .text),
    .init("support_email", .nullable(.text)),
    .init("settings", .raw(maximumBytes: 65_536)),
    .init("close_after_days", .nullable(.integer(1...3_650)), summary: "See organizations.update."),
    .init("reopen_days", .nullable(.integer(0...3_650)), summary: "See organizations.update."),
    .init("search_language", .text, summary: "See organizations.update."),
    .init("keep_deleted_days", .integer(1...3_650), summary: "See organizations.update."),
    .init("keep_closed_days", .nullable(.integer(1...36_500)), summary: "See organizations.update."),
    .init("time_zone", .text, summary: "See organizations.update."),
    .init("business_hours", BusinessHours.shape, summary: "See organizations.update."),
    .init("holidays", .array(of: .date, atMost: 400), summary: "See organizations.update."),
    .init("version", .integer(1...Int(Int32.max)), summary: "Grows with every change."),
    .init("created_at", .time),
    .init("updated_at", .time),
  ])
}
