import Postgres

extension Query {
  /// The row `r` of a view by its id, as one JSON object: `$1` is the id. Many ids are asked for at once where several
  /// calls of one session wait.
  static func row(of view: String, where condition: String? = nil) -> Query {
    let condition = condition.map { " and \($0)" } ?? ""
    return Query(
      "select row_to_json(r)::text from \(view) r where r.id = $1::uuid\(condition)",
      many: "select row_to_json(r)::text, r.id from \(view) r where r.id = any($1::uuid[])\(condition)")
  }
}
