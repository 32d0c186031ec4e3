import JSON

/// What agents look like on the wire; the view desk.agent makes them.
enum AgentShapes {
  static let roles = ["admin", "agent"]
  static let statuses = ["online", "offline", "away"]

  static let detail = Shape.object([
    .init("id", .uuid),
    .init("clerk_user_id", .text, summary: "Clerk's id of the user."),
    .init("name", .text),
    .init("email", .nullable(.text)),
    .init("role", .choice(roles), summary: "As the token of the agent's latest session said."),
    .init("status", .choice(statuses)),
    .init("settings", .raw(maximumBytes: 65_536)),
    .init("deactivated_at", .nullable(.time), summary: "Since when the agent is refused."),
    .init("version", .integer(1...Int(Int32.max)), summary: "Grows with every change."),
    .init("created_at", .time),
    .init("updated_at", .time),
  ])
}
