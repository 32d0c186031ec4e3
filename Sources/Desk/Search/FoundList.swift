import JSON
import Postgres

/// A list whose rows desk.find_tickets or desk.find_customers finds: one constant text, whatever the query.
struct FoundList: Sendable {
  /// The database's function, with the query as its first parameter.
  let function: String
  /// The name of an order on the wire, and the order that the function knows.
  let orders: [(name: String, order: PageOrder)]
  /// JSON text of the item for a found row `f`; no row where the caller's policies hide it.
  let item: String
  let isCounted: Bool

  /// A thousand are counted one by one; beyond that a count says that there are more.
  static let countLimit = 1_000

  static let countShape = Shape.object([
    .init("value", .integer(0...countLimit)),
    .init("is_exact", .bool, summary: "False: there are at least so many."),
  ])

  var query: Query { Query(text) }

  /// - Parameter sort: the name of one of the orders.
  func statement(
    _ search: SearchQuery, sort: String, isDescending: Bool, page: PageParams, by caller: Caller
  ) throws(Failure) -> Statement {
    let order = (orders.first { $0.name == sort } ?? orders[0]).order
    let json = search.json(for: caller)
    var hash = StableHash()
    for part in [caller.organization, function, item, order.name, isDescending ? "desc" : "asc", json] {
      hash.add(part)
    }
    var position: [String]?
    if let cursor = page.cursor {
      position = try Cursor(cursor, binding: hash.text, columns: Self.columns(of: order)).values
    }
    return query(
      json, order.name, isDescending ? "true" : "false", String(page.limit), hash.text, position?.first,
      position.map { "[\($0.dropFirst().map(Line.quoted).joined(separator: ","))]" })
  }

  /// What a query says relative to now means the same on every page: the first page's instant goes along.
  private static func columns(of order: PageOrder) -> [PageOrder.Column] {
    [.init(name: "now", type: "timestamptz")] + order.columns + [.init(name: "id", type: "uuid")]
  }

  /// Parameters: the query, the order, whether it descends, the limit, the cursor's binding, and of a cursor the
  /// first page's instant and the position.
  private var text: String {
    """
    with moment as (select coalesce($6::timestamptz, now()) as now),
    found as materialized (
      select f.place, f.id, f."position", f.total, f.is_exact
        from moment m, \(function)(
          $1::jsonb, $2::text, $3::boolean, $4::integer, m.now,
          case when $7::jsonb is not null then array(select e.v from jsonb_array_elements_text($7::jsonb) as e (v)) end,
          \(isCounted ? Self.countLimit : 0)) f
    )
    select '{"items": [' || coalesce(string_agg(r.item, ', ' order by r.place) filter (where r.fits), '') || ']'
      \(count)|| ', "next_cursor": ' || coalesce('"' || translate(encode(convert_to(
          (array_agg(concat_ws('|', $5::text, (select m.now from moment m)::text, array_to_string(r."position", '|'))
            order by r.place) filter (where not r.fits))[1],
          'UTF8'), 'base64'), E'+/=\\n', '-_') || '"', 'null') || '}'
    from (
      select place, "position", item, n = 1 or (n <= $4::integer and bytes <= \(Page.maximumBytes)) as fits
      from (
        select place, "position", item, row_number() over sorted as n, sum(octet_length(item) + 2) over sorted as bytes
        from (
          select f.place, f."position", s.item
          from (select o.id, o.place, o."position" from found o where o.place > 0 offset 0) f
          cross join lateral (\(item) offset 0) s
        ) shaped
        window sorted as (order by place rows unbounded preceding)
      ) measured
    ) r
    """
  }

  private var count: String {
    guard isCounted else { return "" }
    return """
      || (select ', "count": {"value": ' || f.total || ', "is_exact": ' || f.is_exact || '}'
            from found f where f.place = 0)
      """ + "\n  "
  }
}
