import JSON

/// The members that several methods about email accounts take.
enum EmailAccountParams {
  static let id = Member<String>.required("id", .uuid, "The account.")
}
