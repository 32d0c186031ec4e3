import JSON

/// What several methods of tags share.
enum TagParams {
  static let id = Member<String>.required("id", .uuid, "The tag.")
  /// As somebody typed it; desk.tag_name says what is kept.
  static let name = Schema<String>.text(1...100)
  static let names = Schema<[String]>.list(of: name, atMost: 100)
}
