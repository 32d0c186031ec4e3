import Postgres

/// The first statement of every segment: who is calling, what may be done and how long it may take.
///
/// Settings made with `is_local` true end with the implicit transaction. The role comes last, since it decides
/// whether the others may be set at all.
///
/// One number comes back instead of a column for each, which would cost both ends more than the settings themselves.
///
/// A random page costs what it does on a disk without moving heads. With PostgreSQL's default, the planner would read
/// and sort all 20,000 tickets of an organization rather than take the first 25 from the index that has them in order.
enum Context {
  static let tenant = Query(settings(""))

  /// For changes, whose history tells by which method they came, and when it was asked for.
  ///
  /// SET CONSTRAINTS warns that it is of no use outside of a block, though within a segment it is; each warning would be
  /// sent by itself, and wake this process once more for every call.
  static let writing = Query(
    settings(
      """
       set_config('app.method', $7::text, true), set_config('app.requested_at', $8::text, true),
        set_config('client_min_messages', 'error', true),
      """))

  static let identity = Query(
    """
    select num_nonnulls(
      set_config('statement_timeout', $1::text, true), set_config('TimeZone', 'UTC', true),
      set_config('app.method', $2::text, true), set_config('role', 'deskpipe_identity', true))
    """)

  static func statement(reading caller: Caller, _ cost: Cost) -> Statement {
    tenant(caller.claims, caller.organization, caller.agent, caller.role.rawValue, "on", String(cost.milliseconds))
  }

  static func statement(writing caller: Caller, by method: AnyMethod, _ cost: Cost, at now: Moment) -> Statement {
    writing(
      caller.claims, caller.organization, caller.agent, caller.role.rawValue, "off", String(cost.milliseconds),
      method.name, UTC.text(milliseconds: now.milliseconds))
  }

  private static func settings(_ more: String) -> String {
    """
    select num_nonnulls(
      set_config('request.jwt.claims', $1::text, true), set_config('request.jwt.claim', $1::text, true),
      set_config('app.organization_id', $2::text, true), set_config('app.agent_id', $3::text, true),
      set_config('app.role', $4::text, true), set_config('transaction_read_only', $5::text, true),
      set_config('statement_timeout', $6::text, true), set_config('TimeZone', 'UTC', true),
      set_config('plan_cache_mode', 'force_generic_plan', true), set_config('random_page_cost', '1.1', true),\(more)
      set_config('role', 'authenticated', true))
    """
  }
}

/// The context of the last caller's reads, kept for the next ones: most processes read for one session only.
struct ReadContexts {
  private var caller: Caller?
  private var known: [(cost: Cost, statement: Statement)] = []

  mutating func statement(of caller: Caller, _ cost: Cost) -> Statement {
    if caller !== self.caller {
      self.caller = caller
      known = []
    }
    for context in known where context.cost == cost { return context.statement }
    let statement = Context.statement(reading: caller, cost)
    known.append((cost, statement))
    return statement
  }
}
