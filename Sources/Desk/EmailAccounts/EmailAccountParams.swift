import JSON

/// The members that several methods about email accounts take.
enum EmailAccountParams {
  static let id = Member<String>.required("id", .uuid, "The account.")
  static let version = Member<Int?>.optional(
    "version", .integer(1...Int(Int32.max)), "The version you read; another one is a conflict.")
}
