import JSON

/// What is read of a view before its tickets are.
struct ViewRow: Sendable {
  let query: String
  let sort: String
  let isDescending: Bool

  private static let schema = Schema<ViewRow>.object(
    .required("query", .text(0...SearchQuery.maximumLength)), .required("sort", .text(1...20)),
    .required("descending", .bool), as: ViewRow.init)

  private init(query: String, sort: String, isDescending: Bool) {
    self.query = query
    self.sort = sort
    self.isDescending = isDescending
  }

  /// - Parameter row: as the query above answers it.
  init(_ row: String) throws(Failure) {
    do throws(Fault) { self = try Self.schema.decode(row) } catch { throw Failure(.internalError) }
  }
}
