import JSON

/// What several methods of messages take.
enum MessageParams {
  static let id = Member<String>.required("id", .uuid, "The message.")
}
