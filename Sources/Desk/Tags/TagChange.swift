import JSON
import Postgres

/// What becomes of a ticket's tags.
struct TagChange: Sendable {
  let added: [String]?
  let removed: [String]?
  let replaced: [String]?

  static let schema = Schema<TagChange>.object(
    .optional("add", TagParams.names, "Put on."),
    .optional("remove", TagParams.names, "Taken off, where they are there."),
    .optional("set", TagParams.names, "All that it has from now on; not with add or remove."),
    as: TagChange.init)

  static let query = Query("select desk.change_tags($1::uuid, $2::text[], $3::text[], $4::text[])")

  func statement(for ticket: String) throws(Failure) -> Statement {
    guard replaced == nil || added == nil && removed == nil else {
      throw Failure(.invalidParams, "set goes without add and remove.", path: "/tags/set")
    }
    return Self.query(
      ticket, TextArray.literal(added ?? []), removed.map(TextArray.literal), replaced.map(TextArray.literal))
  }
}
