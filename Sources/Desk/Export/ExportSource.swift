import Postgres

/// What is exported: the table has the index by id, the function makes what items look like.
struct ExportSource: Sendable {
  let name: String
  let look: Query
  let read: Query
  /// What the transaction of `read` begins with.
  let settings: [Query]

  /// `look` answers one line of words: the total (- where nobody asked), t where nothing follows, and the ids at which
  /// the next ranges end. It reads nothing but the index, and hops from end to end in it. Its parameters: the id to begin
  /// behind, rows of a range, ranges, whether what is deleted is wanted, whether the total is.
  ///
  /// `read` answers one row: how many items fit, the last one's id, whether one does not, and the items with commas between
  /// them. A row for each item took half as long again to send and to take. Its parameters: the id to begin behind, the
  /// last one, rows and bytes at most, whether what is deleted is wanted.
  ///
  /// - Parameter isWalked: whether what an item is made of is read by ordered walks side by side. The planner, which
  ///   takes a range for a row or two, would else go through all of one for each row of the other.
  init(table: String, function: String, isWalked: Bool) {
    name = table
    settings = isWalked ? [Query("select set_config('enable_nestloop', 'off', true)")] : []
    look = Query(
      """
      with recursive found (id, place) as (
        select $1::uuid, 0
         union all
        select (
                 select v.id from \(table) v where v.id > f.id order by v.id offset $2::integer - 1 limit 1
               ),
               f.place + 1
          from found f
         where f.id is not null and f.place < $3::integer
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
               bool_or(f.id is null),
               string_agg(f.id::text, ' ' order by f.place) filter (where f.place > 0),
               -- Where it ends before so many rows.
               case when bool_or(f.id is null) then (
                 select v.id
                   from \(table) v
                  where v.id > (select l.id from found l where l.id is not null order by l.place desc limit 1)
                  order by v.id desc
                  limit 1
               ) end)
        from found f
      """)
    read = Query(
      """
      select count(s.item) as fitting, (array_agg(s.id))[count(s.item)] as last, count(*) > count(s.item) as is_cut,
             string_agg(s.item, ',') as items
        from (
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
        ) as s
      """)
  }

  var queries: [Query] { [look, read] + settings }
}
