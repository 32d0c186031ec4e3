/// A request for one page of a list: what to choose, in which order, from where.
struct Page {
  /// The name of one of the list's orders.
  let order: String
  let isDescending: Bool
  let limit: Int
  /// `next_cursor` of the page before; refused when it belongs to another query or organization.
  let cursor: String?
  /// The id of what the list belongs to, for a list that does.
  let parent: String?
  /// One for each of the list's filters, nil where it is absent.
  let choices: [PageFilter.Choice?]
  /// Whether what is deleted is listed as well, where it can be.
  let includesDeleted: Bool

  init(
    _ order: String, isDescending: Bool, limit: Int, cursor: String?, within parent: String? = nil,
    choices: [PageFilter.Choice?] = [], includesDeleted: Bool = false
  ) {
    self.order = order
    self.isDescending = isDescending
    self.limit = limit
    self.cursor = cursor
    self.parent = parent
    self.choices = choices
    self.includesDeleted = includesDeleted
  }

  static let limits = 1...100
  /// At most this many bytes of items in one page, but always one item.
  static let maximumBytes = 48 * 1024
}
