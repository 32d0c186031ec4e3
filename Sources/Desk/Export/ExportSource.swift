import Postgres

/// What is exported: the table has the index by id, the function makes what items look like.
struct ExportSource: Sendable {
  let name: String
  let look: Query
  let read: Query
  /// What the transaction of `read` begins with.
  let settings: [Query]

  /// `look` answers one line of words: the total (- where nobody asked), t where nothing follows, and the ids at which
  /// the next ranges end. It reads nothing but the index. Its parameters: the id to begin behind, rows of a range, ranges,
  /// whether what is deleted is wanted, whether the total is.
  ///
  /// `read` answers a row for each item: its id and its text, which is null where it does not fit. So nothing is put
  /// together that the service takes apart again, which took as long as half of the items did. Its parameters: the id to
  /// begin behind, the last one, rows and bytes at most, whether what is deleted is wanted.
  ///
  /// - Parameter isWalked: whether what an item is made of is read by ordered walks side by side. The planner, which
  ///   takes a range for a row or two, would else go through all of one for each row of the other.
  init(table: String, function: String, isWalked: Bool) {
    name = table
    settings = isWalked ? [Query("select set_config('enable_nestloop', 'off', true)")] : []
    look = Query(
      """
      with found as (
        select v.id, row_number() over sorted as place, lead(v.id) over sorted as next
          from (
            select v.id from \(table) v where v.id > $1::uuid order by v.id limit $2::integer * $3::integer
          ) as v
        window sorted as (order by v.id)
      )
      select concat_ws(
               ' ',
               coalesce(
                 (
                   select count(*)::text from \(table) v
                    where $5::boolean
                      and (v.deleted_at is null or (select $4::boolean and desk.caller_role() = 'admin'))
                   having $5::boolean
                 ),
                 '-'),
               count(*) < $2::integer * $3::integer,
               string_agg(f.id::text, ' ' order by f.id)
                 filter (where f.place % $2::integer = 0 or f.next is null))
        from found f
      """)
    read = Query(
      """
      select s.id, case when s.total < $4::integer or s.total = s.size then s.item end as item
        from (
          select v.id, v.item, octet_length(v.item) + 1 as size,
                 sum(octet_length(v.item) + 1) over (order by v.id rows unbounded preceding) as total
            from (
              select v.id, v.item
                from \(function)($1::uuid, $2::uuid, $5::boolean) v
               order by v.id
               limit $3::integer + 1
            ) as v
        ) as s
       where s.total - s.size < $4::integer
       order by s.id
      """)
  }

  var queries: [Query] { [look, read] + settings }
}
