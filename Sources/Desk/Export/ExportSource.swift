import Postgres

/// What is exported: the table has the index by id, the view says what an item looks like.
struct ExportSource: Sendable {
  let name: String
  let query: Query

  /// The answer is one line of words and then the items: how many items, t where more follow, the id of the last, the
  /// cursor behind it, the total (- where nobody asked), the items as one JSON array.
  ///
  /// Parameters: the id to begin behind, rows and bytes at most, the cursor's binding, whether what is deleted is
  /// wanted, whether the total is.
  init(table: String, view: String) {
    name = table
    let visible = "(v.deleted_at is null or (select $5::boolean and desk.caller_role() = 'admin'))"
    query = Query(
      """
      with found as materialized (
        select v.id, row_to_json(v)::text as item
          from \(view) v
         where v.id > $1::uuid and \(visible)
         order by v.id
         limit $2::integer + 1
      ),
      measured as (
        select f.id, f.item,
               row_number() over sorted = 1
                 or row_number() over sorted <= $2::integer
                    and sum(octet_length(f.item) + 2) over sorted <= $3::integer as fits
          from found f
        window sorted as (order by f.id rows unbounded preceding)
      )
      select concat_ws(
               ' ', count(*) filter (where m.fits), coalesce(bool_or(not m.fits), false),
               coalesce(max(m.id::text) filter (where m.fits), '-'),
               coalesce(
                 translate(
                   encode(convert_to($4::text || '|' || max(m.id::text) filter (where m.fits), 'UTF8'), 'base64'),
                   E'+/=\\n', '-_'),
                 '-'),
               coalesce((select count(*)::text from \(table) v where $6::boolean and \(visible) having $6::boolean), '-'),
               '[' || coalesce(string_agg(m.item, ', ' order by m.id) filter (where m.fits), '') || ']')
        from measured m
      """)
  }
}
