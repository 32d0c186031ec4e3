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
  static let tenant = Query(
    """
    select num_nonnulls(
      set_config('request.jwt.claims', $1::text, true), set_config('request.jwt.claim', $1::text, true),
      set_config('app.organization_id', $2::text, true), set_config('app.agent_id', $3::text, true),
      set_config('app.role', $4::text, true), set_config('transaction_read_only', $5::text, true),
      set_config('statement_timeout', $6::text, true), set_config('TimeZone', 'UTC', true),
      set_config('plan_cache_mode', 'force_generic_plan', true), set_config('random_page_cost', '1.1', true),
      set_config('role', 'authenticated', true))
    """)

  static let identity = Query(
    """
    select num_nonnulls(
      set_config('statement_timeout', $1::text, true), set_config('TimeZone', 'UTC', true),
      set_config('role', 'deskpipe_identity', true))
    """)

  static func statement(for caller: Caller, isReadOnly: Bool, cost: Cost) -> Statement {
    tenant(
      caller.claims, caller.organization, caller.agent, caller.role.rawValue, isReadOnly ? "on" : "off",
      String(cost.milliseconds))
  }
}
