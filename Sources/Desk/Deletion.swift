import JSON

/// What is deleted, can be restored, and until then shows to nobody but an admin who asks for it.
enum Deletion {
  static let included = Member<Bool>.optional(
    "include_deleted", .bool, absent: false, "What is deleted as well; for admins only.")

  /// The members that tell of a deletion.
  static let members: [Shape.Property] = [
    .init("deleted_at", .nullable(.time), summary: "Null unless an admin asked for what is deleted."),
    .init("deleted_by", .nullable(.uuid), summary: "The agent's id."),
  ]

  /// Refuses an agent before the database; there the statements ask for the role again.
  static func allow(_ isIncluded: Bool, to caller: Caller) throws(Failure) {
    guard isIncluded, caller.role != .admin else { return }
    throw Failure(.forbidden, "Only an admin may see what is deleted.", path: "/include_deleted")
  }

  /// What a deletion answers.
  static let result = Shape.object([.init("id", .uuid), .init("deleted", .bool)])
}
