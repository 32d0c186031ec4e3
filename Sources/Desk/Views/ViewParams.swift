import JSON

/// The members that several methods about views take.
enum ViewParams {
  static let id = Member<String>.required("id", .uuid, "The view.")
  static let name = Schema<String>.text(1...100).notBlank
  static let query = Schema<String>.text(0...SearchQuery.maximumLength)
  static let sorts = TicketSearch.orders.map(\.name)
  static let mostColumns = 50
  /// As one JSON array.
  static let columns = Schema<[String]>.list(of: .text(1...200), atMost: mostColumns).map { names in
    "[\(names.map(Line.quoted).joined(separator: ","))]"
  }
  static let nameSummary = "Unique among the caller's views."
  static let querySummary = "In the search language; see Search in the reference. Empty for all tickets."
  static let columnsSummary = "What a client shows of each ticket, in its own words."

  /// Refuses a query that would not be understood when the view is asked for.
  static func check(_ query: String?) throws(Failure) {
    if let query, !query.isEmpty { _ = try SearchParams.parse(query) }
  }
}
