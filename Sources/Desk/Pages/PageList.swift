import Postgres

/// A list that is read in pages: everything that its texts are made of.
///
/// Each combination of filters, order and direction is a statement of its own, because `$1 is null or ...`
/// would lose the index. All of them are known beforehand; none is composed from input.
struct PageList: Sendable {
  let source: PageSource
  let orders: [PageOrder]
  let filters: [PageFilter]
  private let combinations: Combinations
  private let queries: QuerySet

  init(_ source: PageSource, orders: [PageOrder], filters: [PageFilter] = []) {
    let combinations = Combinations(sizes: [orders.count, 2, 2] + filters.map(\.size))
    self.source = source
    self.orders = orders
    self.filters = filters
    self.combinations = combinations
    queries = QuerySet(count: combinations.count) { number in
      let choices = combinations.choices(of: number)
      let text = PageText(
        source: source, order: orders[choices[0]], isDescending: choices[1] == 1, isContinued: choices[2] == 1,
        forms: zip(filters, choices[3...]).compactMap { $0.form($1) })
      return text.composed
    }
  }

  /// Every text that a page of this list may send.
  var statements: [Query] { queries.all }

  /// The statement for a page. It answers no row only where the list belongs to something that is not there.
  func statement(for page: Page, by caller: Caller) throws(Failure) -> Statement {
    precondition(page.choices.count == filters.count && (page.parent == nil) == (source.parent == nil))
    let order = orders.firstIndex { $0.name == page.order } ?? 0
    let binding = binding(of: page, orders[order], caller)
    var parameters: [String?] = [String(page.limit), binding]
    if let parent = page.parent { parameters.append(parent) }
    if source.hidesDeleted { parameters.append(page.includesDeleted ? "true" : "false") }
    for choice in page.choices { parameters += choice?.values ?? [] }
    if let cursor = page.cursor {
      parameters += try Cursor(cursor, binding: binding, columns: orders[order].columns + source.key).values
    }
    let choices = [order, page.isDescending ? 1 : 0, page.cursor == nil ? 0 : 1] + page.choices.map(\.number)
    return Statement(queries[combinations.number(of: choices)], parameters)
  }

  /// What a cursor is bound to: the same list, filters, order and organization.
  private func binding(of page: Page, _ order: PageOrder, _ caller: Caller) -> String {
    var hash = StableHash()
    hash.add(caller.organization)
    hash.add(source.view)
    hash.add(page.parent ?? "")
    hash.add(order.name)
    hash.add(page.isDescending ? "desc" : "asc")
    if page.includesDeleted { hash.add("deleted") }
    for (filter, choice) in zip(filters, page.choices) {
      guard let choice else { continue }
      hash.add(filter.forms[choice.form].mark)
      for value in choice.values { hash.add(value) }
    }
    return hash.text
  }
}

/// Where a list takes its rows from: the table has the indexes, the view says what a row looks like.
struct PageSource: Sendable {
  /// What a list belongs to: only its rows are listed, and without it there is no list.
  struct Parent: Sendable {
    let table: String
    /// What of the list's table names it: a column, or the expression that an index is made of.
    let column: String
  }

  let table: String
  let view: String
  let parent: Parent?
  /// Whether rows, and those of the parent, can be deleted softly, and are then left out unless they are asked for.
  let hidesDeleted: Bool
  /// What names a row, and ends every order.
  let key: [PageOrder.Column]

  init(
    table: String, view: String, within parent: Parent? = nil, hidesDeleted: Bool = false,
    key: [PageOrder.Column] = [.init(name: "id", type: "uuid")]
  ) {
    self.table = table
    self.view = view
    self.parent = parent
    self.hidesDeleted = hidesDeleted
    self.key = key
  }
}

/// An order of a list, always ended by the key.
struct PageOrder: Sendable {
  struct Column: Sendable {
    let name: String
    let type: String
  }

  let name: String
  let columns: [Column]

  init(_ name: String, _ columns: (name: String, type: String)...) {
    self.init(name, columns: columns.map { Column(name: $0.name, type: $0.type) })
  }

  init(_ name: String, columns: [Column]) {
    self.name = name
    self.columns = columns
  }
}
