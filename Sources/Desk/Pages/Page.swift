import JSON
import Postgres

/// A request for one page of a list: what to choose, in which order, from where.
///
/// The text of the query is composed from the constant fragments of the method, never from input; each combination
/// is a statement of its own, because `$1 is null or ...` would lose the index.
struct Page {
  /// A condition with one parameter, which the fragment writes as `$?`.
  struct Filter: Sendable {
    let fragment: String
    let value: String

    init(_ fragment: String, _ value: String) {
      self.fragment = fragment
      self.value = value
    }
  }

  /// Values any of which may hold: each has its own ordered branch over the index, and the branches are merged.
  struct Branch: Sendable {
    let column: String
    let type: String
    let values: [String]
  }

  let source: PageSource
  let order: PageOrder
  let isDescending: Bool
  let limit: Int
  var filters: [Filter] = []
  var branches: [Branch] = []

  static let limits = 1...100
  /// At most this many bytes of items in one page, but always one item.
  static let maximumBytes = 48 * 1024

  /// The statement for this page.
  ///
  /// - Parameter cursor: `next_cursor` of the page before; refused when it belongs to another query or caller.
  func statement(after cursor: String?, for caller: Caller) throws(Failure) -> Statement {
    let binding = binding(of: caller)
    var parameters: [String?] = [String(limit), binding]
    var conditions: [String] = []
    for filter in filters { conditions.append(Self.place(filter.fragment, filter.value, &parameters)) }
    if let cursor {
      let position = try Cursor(cursor, binding: binding, order: order)
      let types = order.columns.map(\.type) + ["uuid"]
      let start = parameters.count
      let placeholders = types.enumerated().map { "$\(start + $0.offset + 1)::\($0.element)" }
      parameters += position.values
      let columns = order.columns.map { "t.\($0.name)" } + ["t.id"]
      conditions.append(
        "(\(columns.joined(separator: ", "))) \(isDescending ? "<" : ">") (\(placeholders.joined(separator: ", ")))")
    }
    let found = found(conditions, &parameters)
    return Statement(Query(text(found)), parameters)
  }

  private static func place(_ fragment: String, _ value: String, _ parameters: inout [String?]) -> String {
    parameters.append(value)
    return fragment.replacing("$?", with: "$\(parameters.count)")
  }

  /// Ids and sort keys, one row more than fits the page.
  private func found(_ conditions: [String], _ parameters: inout [String?]) -> String {
    let keys = order.columns.enumerated().map { "t.\($0.element.name) as k\($0.offset)" }
    var conditions = conditions
    var sources: [String] = []
    for (index, branch) in branches.enumerated() {
      parameters.append("{" + branch.values.joined(separator: ",") + "}")
      sources.append("unnest($\(parameters.count)::\(branch.type)[]) as b\(index)(value)")
      conditions.append("t.\(branch.column) = b\(index).value")
    }
    let filter = conditions.isEmpty ? "" : " where \(conditions.joined(separator: " and "))"
    let inner =
      "select t.id, \(keys.joined(separator: ", ")) from \(source.table) t\(filter)"
      + " order by \(ordering("t", order.columns.map(\.name))) limit \(pageSize + 1)"
    guard !sources.isEmpty else { return inner }
    return "select f.* from \(sources.joined(separator: " cross join ")) cross join lateral (\(inner)) f"
      + " order by \(ordering("f", order.columns.indices.map { "k\($0)" })) limit \(pageSize + 1)"
  }

  private func ordering(_ table: String, _ columns: [String]) -> String {
    (columns + ["id"]).map { "\(table).\($0)\(isDescending ? " desc" : "")" }.joined(separator: ", ")
  }

  /// Page sizes are literals, so that a generic plan knows them.
  private var pageSize: Int { [25, 50].first { limit <= $0 } ?? 100 }

  private func text(_ found: String) -> String {
    let keys = order.columns.indices.map { "f.k\($0)" }
    let position = order.columns.indices.map { "p.k\($0)::text" } + ["p.id::text"]
    return """
      with found as (\(found)),
      rows as (
        select row_number() over (order by \(ordering("f", order.columns.indices.map { "k\($0)" }))) as n,
          f.id, \(keys.joined(separator: ", ")), to_jsonb(v)::text as item
        from found f join \(source.view) v on v.id = f.id
      ),
      sized as (select r.*, sum(octet_length(r.item) + 1) over (order by r.n) as size from rows r),
      page as (select s.* from sized s where s.n = 1 or (s.n <= $1::integer and s.size <= \(Self.maximumBytes))),
      ends as (
        select concat_ws('|', $2::text, \(position.joined(separator: ", "))) as position
        from page p where p.n = (select max(m.n) from page m) and p.n < (select count(*) from rows)
      )
      select '{"items": [' || coalesce((select string_agg(p.item, ', ' order by p.n) from page p), '')
        || '], "next_cursor": ' || coalesce(
          (select '"' || translate(encode(convert_to(e.position, 'UTF8'), 'base64'), E'+/=\\n', '-_') || '"' from ends e),
          'null')
        || '}'
      """
  }

  /// What a cursor is bound to: the same list, filters, order and organization.
  private func binding(of caller: Caller) -> String {
    var hash = StableHash()
    hash.add(caller.organization)
    hash.add(source.view)
    hash.add(order.name)
    hash.add(isDescending ? "desc" : "asc")
    for filter in filters {
      hash.add(filter.fragment)
      hash.add(filter.value)
    }
    for branch in branches {
      hash.add(branch.column)
      for value in branch.values { hash.add(value) }
    }
    return hash.text
  }
}

/// Where a list takes its rows from: the table has the indexes, the view says what a row looks like.
struct PageSource: Sendable {
  let table: String
  let view: String
}

/// An order of a list, always ended by the id.
struct PageOrder: Sendable {
  struct Column: Sendable {
    let name: String
    let type: String
  }

  let name: String
  let columns: [Column]

  init(_ name: String, _ columns: (name: String, type: String)...) {
    self.name = name
    self.columns = columns.map { Column(name: $0.name, type: $0.type) }
  }
}
