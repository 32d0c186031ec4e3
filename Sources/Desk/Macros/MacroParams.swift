import JSON
import Postgres

/// The members that several methods about macros take.
enum MacroParams {
  static let id = Member<String>.required("id", .uuid, "The macro.")
  static let title = Schema<String>.text(1...200).notBlank
  static let body = Schema<String>.bytes(1...Template.maximumCount).notBlank
  static let metadata = Schema<String>.raw(maximumBytes: 65_536)

  /// Fails where a deleted macro has the title.
  static let titleQuery = Query("select desk.refuse_deleted_macro($1::text)")

  static let actions = Member<MacroActions?>.optional(
    "actions", MacroActions.schema, "What it does to the ticket; all that it did before is replaced.")

  static let titleSummary = "Unique in the organization."
  static let bodySummary = "The template; see Templates in the reference."
}
