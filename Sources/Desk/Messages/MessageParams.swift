import JSON

/// What several methods of messages take.
enum MessageParams {
  static let id = Member<String>.required("id", .uuid, "The message.")

  /// The lock of a message is that of the ticket it is on, wherever merging has moved it.
  static func lock(_ id: String) -> String { "message \(id)" }
}
