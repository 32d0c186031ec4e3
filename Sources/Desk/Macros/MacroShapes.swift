import JSON

/// What macros look like on the wire; the views desk.macro and desk.macro_row make them.
enum MacroShapes {
  static let visibilities = ["me", "all"]

  static let detail = Shape.object(members)
  /// In lists a long body is cut.
  static let row = Shape.object(
    members + [.init("truncated", .bool, summary: "The body was cut at 4 KiB; macros.get has all of it.")])

  private static let members: [Shape.Property] =
    [
      .init("id", .uuid),
      .init("title", .text),
      .init("body", .nullable(.text), summary: "The template; null of a macro of actions only."),
      .init("actions", MacroActions.shape, summary: "What it does to the ticket."),
      .init("visibility", .choice(visibilities), summary: "Who sees it: its maker alone, or all."),
      .init("created_by", .nullable(.uuid), summary: "The agent's id."),
      .init("metadata", .raw(maximumBytes: 65_536)),
      .init("usage_count", .integer(0...Int(Int32.max)), summary: "How often it was applied; no change of the macro."),
      .init("last_used_at", .nullable(.time)),
      .init("version", .integer(1...Int(Int32.max)), summary: "Grows with every change."),
      .init("created_at", .time),
      .init("updated_at", .time),
    ] + Deletion.members
}
