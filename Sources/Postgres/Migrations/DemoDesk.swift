/// The demo desk: two organizations with customers, tickets and conversations, the same on every machine but for its
/// times, which count back from the moment of loading.
public enum DemoDesk {
  /// Whom the demo serves; `migrations/demo` makes them.
  public static let organization = "org_demo_moorland"
  public static let organizationSlug = "moorland"
  public static let admin = "user_demo_ingrid"
  public static let agent = "user_demo_priya"

  /// Loads it in one transaction, once for a database, and answers whether it did.
  ///
  /// The session must be a superuser's: row level security holds back everybody else, and the times of rows that
  /// triggers keep are set.
  @discardableResult public static func load(_ session: Session) throws(ServerError) -> Bool {
    try session.run("begin; select pg_advisory_xact_lock(5279154830717)")
    do throws(ServerError) {
      let isThere =
        try session.value(
          "select 1 from public.organizations where clerk_id = $1", [organization]) != nil
      if !isThere {
        for script in Migration.demo { try session.run(script.sql) }
      }
      try session.run("commit")
      // So that the first statements are planned with the rows in mind.
      if !isThere { try session.run("analyze") }
      return !isThere
    } catch {
      do throws(ServerError) { try session.run("rollback") } catch _ {}
      throw error
    }
  }
}
