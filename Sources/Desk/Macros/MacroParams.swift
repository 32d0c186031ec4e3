import JSON

/// The members that several methods about macros take.
enum MacroParams {
  static let id = Member<String>.required("id", .uuid, "The macro.")
  static let title = Schema<String>.text(1...200)
  static let body = Schema<String>.bytes(1...Template.maximumCount)
  static let metadata = Schema<String>.raw(maximumBytes: 65_536)
  static let version = Member<Int?>.optional(
    "version", .integer(1...Int(Int32.max)), "The version you read; another one is a conflict.")

  static let titleSummary = "Unique in the organization."
  static let bodySummary = "The template; see Templates in the reference."
}
