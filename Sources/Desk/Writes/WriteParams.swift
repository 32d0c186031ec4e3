import JSON

/// Parameters that many methods that write take.
enum WriteParams {
  static let expectedVersion = expectedVersion("The version that was read; another one now is a conflict.")

  /// The same where the version is not that of the object named by `id`.
  static func expectedVersion(_ summary: String) -> Member<Int?> {
    .optional("expected_version", .integer(1...Int(Int32.max)), summary)
  }

  static let seenMessageID = Member<String?>.optional(
    "seen_message_id", .uuid,
    "The last message you know. Where a customer or another agent wrote to the ticket since, a reply or a note, that is "
      + "a conflict; data.details has what you missed.")
}
