/// The text of a page's query, composed from constants only.
///
/// Parameters: the limit, the cursor's binding, the parent if there is one, whether what is deleted is wanted where it
/// can be, the filters' values, the position.
struct PageText {
  let source: PageSource
  let order: PageOrder
  let isDescending: Bool
  /// Whether it goes on from a cursor.
  let isContinued: Bool
  let forms: [PageFilter.Form]

  /// Ids are found on the table, where the index is, one more than fits; rows are shaped by the view only for these.
  /// The first row that does not fit is where the next page begins.
  var composed: String {
    let position = columns.map { "r.\($0)::text" }.joined(separator: ", ")
    let listed = columns.joined(separator: ", ")
    let isRow = key.map { "v.\($0) = f.\($0)" }.joined(separator: " and ")
    return """
      select '{"items": [' || coalesce(string_agg(r.item, ', ' order by r.n) filter (where r.fits), '')
        || '], "next_cursor": ' || coalesce('"' || translate(encode(convert_to(
          (array_agg(concat_ws('|', $2::text, \(position)) order by r.n) filter (where not r.fits))[1],
          'UTF8'), 'base64'), E'+/=\\n', '-_') || '"', 'null') || '}'
      from (
        select \(listed), item, n, n = 1 or (n <= $1::integer and bytes <= \(Page.maximumBytes)) as fits
        from (
          select \(listed), item, row_number() over sorted as n, sum(octet_length(item) + 2) over sorted as bytes
          from (
            select \(columns.map { "f.\($0)" }.joined(separator: ", ")), s.item
            from (\(found)) f
            cross join lateral (select row_to_json(v)::text as item from \(source.view) v where \(isRow) offset 0) s
          ) shaped
          window sorted as (order by \(ordering("shaped", keys)) rows unbounded preceding)
        ) measured
      ) r\(existence)
      """
  }

  /// An aggregate always answers a row; this one only where the list's owner can be seen.
  private var existence: String {
    guard let parent = source.parent else { return "" }
    let filter = (["o.id = $3::uuid"] + deletion(of: "o")).joined(separator: " and ")
    return "\nhaving exists (select from \(parent.table) o where \(filter))"
  }

  /// The condition that leaves out what is deleted, where that can be.
  ///
  /// Its second half is looked at once, and only if something deleted is met. It is no filter that a call may put: that
  /// would double the number of texts, and no index needs to know.
  private func deletion(of table: String) -> [String] {
    guard source.hidesDeleted else { return [] }
    let wanted = "$\(source.parent == nil ? 3 : 4)::boolean"
    return ["(\(table).deleted_at is null or (select \(wanted) and desk.caller_role() = 'admin'))"]
  }

  /// Ids and sort keys, one row more than the caller asked for.
  ///
  /// A generic plan takes a limit in a parameter for a tenth of the rows, and so keeps to the index that has them in
  /// order. A literal of 101 is half of an organization of usual size to it: it read and sorted all of one (measured).
  private var found: String {
    let branches = variants.map { branch($0) }
    if branches.count == 1 { return branches[0] }
    return "select u.* from (\(branches.map { "(\($0))" }.joined(separator: " union all "))) u\(end("u"))"
  }

  /// One scan in the list's order; or, for values that a call names, one for each of them.
  ///
  /// - Parameter variant: which branch of each form it is.
  private func branch(_ variant: [Int]) -> String {
    var count = 2
    var sources: [String] = []
    var conditions = zip(forms, variant).compactMap { form, index in
      if case .among(let column, let texts) = form { "t.\(column) = '\(texts[index])'" } else { nil as String? }
    }
    if let parent = source.parent {
      count += 1
      conditions.append("\(parent.column) = $\(count)::uuid")
    }
    if source.hidesDeleted {
      count += 1
      conditions += deletion(of: "t")
    }
    for (form, index) in zip(forms, variant) {
      switch form {
      case .among: break
      case .condition: conditions.append(form.condition(numberedFrom: &count))
      case .split(let alternatives):
        conditions.append(PageFilter.Form.numbered(alternatives[index], from: count))
        count += alternatives.map(PageFilter.Form.values(of:)).max() ?? 0
      case .anyOf(let column, let type):
        count += 1
        let name = "a\(sources.count)"
        sources.append("unnest($\(count)::\(type)[]) as \(name)(value)")
        conditions.append("t.\(column) = \(name).value")
      }
    }
    if isContinued { conditions.append(position(from: count)) }
    let columns = key.map { "t.\($0)" } + order.columns.enumerated().map { "t.\($0.element.name) as k\($0.offset)" }
    let filter = conditions.isEmpty ? "" : " where \(conditions.joined(separator: " and "))"
    let scan =
      "select \(columns.joined(separator: ", ")) from \(source.table) t\(filter)"
      + end("t", order.columns.map(\.name))
    guard !sources.isEmpty else { return scan }
    return "select b.* from \(sources.joined(separator: " cross join ")) cross join lateral (\(scan)) b\(end("b"))"
  }

  /// Every combination of the forms' branches.
  private var variants: [[Int]] {
    forms.reduce([[]]) { combinations, form in
      combinations.flatMap { before in (0..<form.branches).map { before + [$0] } }
    }
  }

  /// The cursor names the first row of the page.
  private func position(from count: Int) -> String {
    let columns = (order.columns + source.key).map { "t.\($0.name)" }
    let types = (order.columns + source.key).map(\.type)
    let values = types.enumerated().map { "$\(count + $0.offset + 1)::\($0.element)" }
    let sign = isDescending ? "<=" : ">="
    return "(\(columns.joined(separator: ", "))) \(sign) (\(values.joined(separator: ", ")))"
  }

  /// The sort keys' names in the outer queries.
  private var keys: [String] { order.columns.indices.map { "k\($0)" } }

  private var key: [String] { source.key.map(\.name) }

  private var columns: [String] { keys + key }

  private func end(_ table: String, _ columns: [String]? = nil) -> String {
    " order by \(ordering(table, columns ?? keys)) limit $1::integer + 1"
  }

  private func ordering(_ table: String, _ columns: [String]) -> String {
    (columns + key).map { "\(table).\($0)\(isDescending ? " desc" : "")" }.joined(separator: ", ")
  }
}
