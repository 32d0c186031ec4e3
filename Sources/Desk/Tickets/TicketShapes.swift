import JSON

/// What tickets look like on the wire; the views desk.ticket and desk.ticket_detail make them.
enum TicketShapes {
  static let statuses = ["open", "pending", "solved", "closed"]
  static let priorities = ["low", "normal", "high", "urgent"]

  static let row = Shape.object(members)
  static let detail = Shape.object(
    members + [
      .init("keep_snoozed", .bool, summary: "A customer's message does not wake it."),
      .init("reply_count", .integer(0...Int(Int32.max)), summary: "Public replies of agents."),
      .init("first_solved_at", .nullable(.time), summary: "When it was first solved, or closed unsolved."),
      .init("last_solved_at", .nullable(.time), summary: "When it was last solved, or closed unsolved."),
      .init("closed_at", .nullable(.time)),
      .init("reopen_count", .integer(0...Int(Int32.max)), summary: "How often it was opened after it had been solved."),
      .init("follow_up_of", .nullable(.uuid), summary: "The closed ticket that its first message was sent to."),
      .init("follower_ids", .array(of: .uuid, atMost: 100), summary: "Agents, the first to follow first."),
      .init(
        "followers", .array(of: .object([.init("id", .uuid), .init("name", .text)]), atMost: 100),
        summary: "The same with their names."),
      .init("message_count", .integer(0...Int(Int32.max))),
      .init("last_message", .nullable(MessageShapes.row)),
    ])

  private static let members: [Shape.Property] =
    [
      .init("id", .uuid),
      .init("number", .integer(1...Int(Int32.max)), summary: "For people; unique in the organization."),
      .init("subject", .text),
      .init("status", .choice(statuses)),
      .init("priority", .choice(priorities)),
      .init("customer_id", .uuid),
      .init("assigned_to", .nullable(.uuid), summary: "The agent's id."),
      .init("customer", .object([.init("id", .uuid), .init("name", .text), .init("email", .nullable(.text))])),
      .init("assignee", .nullable(.object([.init("id", .uuid), .init("name", .text)]))),
      .init("tags", .array(of: .text, atMost: 100), summary: "In alphabetical order."),
      .init("metadata", .raw(maximumBytes: 65_536)),
      .init("snoozed_until", .nullable(.time)),
      .init(
        "waiting_since", .nullable(.time),
        summary:
          "The customer's first message that no person has answered in public and no solving has settled; null where "
          + "none is."),
      .init("last_activity_at", .time),
      .init("first_reply_at", .nullable(.time), summary: "The first public reply of an agent."),
      .init("last_reply_at", .nullable(.time), summary: "The latest public reply of an agent."),
      .init("version", .integer(1...Int(Int32.max)), summary: "Grows with every change."),
      .init("created_at", .time),
      .init("updated_at", .time),
      .init("merged_into", .nullable(.uuid), summary: "The ticket that its messages went to."),
      .init("split_from", .nullable(.uuid), summary: "The ticket that its first messages came from."),
    ] + Deletion.members
}
