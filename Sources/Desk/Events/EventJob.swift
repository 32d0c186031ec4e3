import Postgres

/// What the service asks the database for by itself, for subscriptions; nobody waits for an answer.
enum EventJob {
  /// Which organizations have news.
  case news
  /// A page for these subscriptions.
  case page([String])
  /// Other processes are told that something was written.
  case notice

  /// Everyone who has subscriptions listens here (LISTEN); what comes says nothing but that it is worth looking.
  static let channel = "deskpipe_events"

  static let newsQuery = Query("select desk.event_news($1::uuid[], $2::xid8[])")
  /// NOTIFY holds a lock of the whole server until its commit is on disk, unless that is not waited for.
  static let noticeQuery = Query(
    "select num_nonnulls(set_config('synchronous_commit', 'off', true), pg_notify('\(channel)', ''))")
}
