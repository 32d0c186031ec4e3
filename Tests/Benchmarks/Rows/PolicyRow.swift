import Postgres

/// The page of a list under the policy form of the schema document and under deskpipe's, on the largest desk.
enum PolicyRow {
  static func measure(_ desks: Desks) throws -> [Row] {
    let desk = try desks.desk(tickets: desks.options.sizes.filter { $0 <= 1_000_000 }.max()!)
    let ours = try milliseconds(desk, guarding: nil)
    let document = try milliseconds(
      desk,
      guarding:
        "organization_id in (select o.id from public.organizations o where o.clerk_id = auth.jwt() ->> 'org_id')")
    return [
      Row(
        "the same page of \(desk.tickets) tickets under the schema document's policy",
        [
          Figure("ratio", [document / ours]), Figure("document's", [document], "ms"),
          Figure("deskpipe's", [ours], "ms"),
        ])
    ]
  }

  /// The median of several executions, in a transaction that is rolled back.
  private static func milliseconds(_ desk: BenchDesk, guarding policy: String?) throws -> Double {
    let session = try Session(desk.endpoints.superuser)
    try session.run("begin")
    defer { try? session.run("rollback") }
    if let policy { try session.run("alter policy tickets_tenant on public.tickets using (\(policy))") }
    try session.query(
      """
      select set_config('request.jwt.claims', $1, true), set_config('app.organization_id', $2, true),
        set_config('random_page_cost', '1.1', true), set_config('role', 'authenticated', true)
      """,
      [#"{"sub":"user_7.0","org_id":"org_7","org_role":"org:admin"}"#, BenchDesk.organization(7)])
    let page = "select id, subject from public.tickets order by last_activity_at desc, id desc limit 25"
    _ = try session.query(page)
    var times: [Double] = []
    for _ in 0..<9 {
      let begin = Clock.now
      let rows = try session.query(page).count
      times.append(Double(Clock.now - begin) / 1e6)
      guard rows > 0 else { throw BenchError("the page is empty") }
    }
    return Spread(times).median
  }
}
