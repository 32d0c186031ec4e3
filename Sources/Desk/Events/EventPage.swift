import Postgres

/// A page of the feed, read from a position: `{"items": [], "cursor": "", "has_more": false}`.
///
/// Complete by one rule: what is read lies behind the position and below the oldest transaction that still runs, where
/// nothing can appear any more. A page ends between two transactions; only where one alone is more than a page does it
/// end within.
enum EventPage {
  /// Records that a page looks at at most: types that are rare must not make it read the whole history.
  static let reach = 2_000

  static let queries = [everything, ofTicket, now]

  /// - Parameter horizon: a transaction below which everything has ended, as was found before; nil finds it anew.
  static func statement(
    behind cursor: EventCursor, _ filter: EventFilter, limit: Int, below horizon: UInt64? = nil
  ) -> Statement {
    // Words of a schema, without anything that an array's text would have to quote.
    let types = filter.types.map { "{" + $0.joined(separator: ",") + "}" }
    let parameters = [
      String(limit), cursor.epoch, String(cursor.transaction), String(cursor.sequence), types, horizon.map(String.init),
    ]
    return Statement(filter.ticket == nil ? everything : ofTicket, parameters + (filter.ticket.map { [$0] } ?? []))
  }

  /// An empty page, from which on everything is new.
  ///
  /// Behind it comes also what was changed at the same time as something that has not ended yet.
  static let now = Query(
    """
    select '{"items": [], "cursor": "1-' || desk.require_epoch(null, null) || '-'
           || desk.feed_horizon() || '-0", "has_more": false}'
    """)

  /// Where a subscription begins that was given this position, or none.
  static let start = Query(
    """
    select '1-' || desk.require_epoch($1::text, $2::xid8) || '-' || desk.feed_horizon() || '-0'
    """)

  /// The cursor of a page, which stands behind all of its events.
  static func cursor(of page: String) -> EventCursor? {
    let tail = page.utf8.suffix(120)
    guard let found = String(tail)?.firstMatch(of: /"cursor": "([0-9a-f-]+)", "has_more": (true|false)}$/) else {
      return nil
    }
    return try? EventCursor(String(found.1))
  }

  private static let everything = query("desk.audit_records")
  /// A ticket has few records: they are found by its own index, and not by going through all from the position on.
  private static let ofTicket = query("desk.ticket_records($7::uuid)")

  /// Parameters: the limit, the epoch, the position's transaction and sequence, the types, the horizon, what the source has.
  ///
  /// `border` is where the page ends: the transaction of the first event that does not fit, or of the first record that
  /// is out of reach.
  private static func query(_ source: String) -> Query {
    Query(
      """
      with horizon as materialized (
        select coalesce($6::xid8, desk.feed_horizon()) as xid,
               desk.require_epoch($2::text, $3::xid8) as epoch
      ),
      scanned as materialized (
        select s.xid, s.seq, s.object_kind, s.action, row_number() over (order by s.xid, s.seq) as n
          from (
            select a.xid, a.seq, a.object_kind, a.action
              from \(source) as a
             where (a.xid, a.seq) > ($3::xid8, $4::bigint)
               and a.xid < (select h.xid from horizon h)
             order by a.xid, a.seq
             limit \(reach + 1)
          ) as s
      ),
      chosen as (
        select s.xid, s.seq, s.n
          from scanned s
         where s.n <= \(reach)
           and ($5::text[] is null or s.object_kind = any ($5::text[])
                or s.object_kind || '.' || s.action = any ($5::text[]))
         order by s.n
         limit $1::integer + 1
      ),
      measured as materialized (
        select m.xid, m.seq, m.n, m.item,
               row_number() over sorted = 1
                 or row_number() over sorted <= $1::integer
                    and sum(octet_length(m.item) + 2) over sorted <= \(Page.maximumBytes) as fits
          from (
            select c.xid, c.seq, c.n, e.item
              from chosen c
             cross join lateral (
               select (to_jsonb(v) - array['xid', 'seq'])::text as item
                 from desk.event v
                where v.xid = c.xid and v.seq = c.seq
               offset 0
             ) as e
          ) as m
        window sorted as (order by m.n rows unbounded preceding)
      ),
      border as materialized (
        select (select s.xid from scanned s order by s.n limit 1) as first_xid,
               coalesce(
                 (select m.xid from measured m where not m.fits order by m.n limit 1),
                 (select s.xid from scanned s order by s.n offset \(reach) limit 1)) as xid
      ),
      kept as materialized (
        select m.item, m.n, m.xid, m.seq
          from measured m
         cross join border b
         where m.fits and (b.xid is null or m.xid < b.xid or b.xid = b.first_xid)
      )
      select '{"items": [' || coalesce((select string_agg(k.item, ', ' order by k.n) from kept k), '')
             || '], "cursor": "1-' || h.epoch || '-'
             || case
                  when b.xid is null and h.xid > $3::xid8 then h.xid::text || '-0'
                  when b.xid is null then $3::xid8::text || '-' || $4::bigint
                  when b.xid > b.first_xid then b.xid::text || '-0'
                  when exists (select from measured m where not m.fits)
                    then (select k.xid || '-' || k.seq from kept k order by k.n desc limit 1)
                  else (select s.xid || '-' || s.seq from scanned s order by s.n offset \(reach - 1) limit 1)
                end
             || '", "has_more": ' || (b.xid is not null) || '}'
        from horizon h
       cross join border b
      """)
  }
}
