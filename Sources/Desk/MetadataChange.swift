import JSON

/// A change of metadata: the whole of it, or what differs.
struct MetadataChange: Sendable {
  let whole: String?
  let patch: String?

  static let whole = Member<String?>.optional(
    "metadata", .raw(maximumBytes: 65_536), "Replaces all that was there.")
  static let patch = Member<String?>.optional(
    "metadata_patch", .raw(maximumBytes: 65_536),
    "Merged into what is there (JSON Merge Patch, RFC 7396): null removes a member; instead of metadata.")

  init(_ whole: String?, _ patch: String?) throws(Failure) {
    guard whole == nil || patch == nil else {
      throw Failure(.invalidParams, "Give either metadata or metadata_patch.", path: "/metadata_patch")
    }
    self.whole = whole
    self.patch = patch
  }

  /// As two parameters of a statement.
  var values: [String?] { [whole, patch] }
}
