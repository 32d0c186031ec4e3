import JSON
import Postgres
import TestSupport
import Testing

@testable import Desk

/// The statements of lists on a desk of 20,000 tickets, mostly closed, with the plans that a session gets: a page may
/// touch what it shows and a little more, never all that there is.
@Suite struct TicketsPlansTests {
  @Test func aPageTouchesLittleOfALargeDesk() throws {
    let database = try TestCluster.createDemoDatabase()
    try Self.grow(database)
    let caller = try Self.caller(database)
    let session = try database.serve()
    let context = Context.tenant(caller.claims, caller.organization, caller.agent, "agent", "on", "60000")
    try session.run("begin")
    try session.query(context.query.text, context.parameters)
    for (params, most) in Self.calls {
      let pages = try Self.pages(params, session, caller)
      #expect(pages <= most, "tickets.list {\(params)} touches \(pages) pages of 8 KiB")
    }
  }

  /// Parameters, and the most pages of shared buffers they may touch; a walk through all tickets touches 20,000.
  private static let calls: [(params: String, most: Int)] = [
    ("", 600), (#""limit":3"#, 100), (#""limit":100"#, 1_800), (#""descending":false"#, 600),
    (#""status":"open""#, 600), (#""status":["open","pending"]"#, 700), (#""status":["solved","closed"]"#, 700),
    (#""assigned_to":"me""#, 700), (#""assigned_to":"me","status":"open""#, 600),
    (#""assigned_to":"me","status":["open","pending"],"sort":"priority""#, 800),
    (#""assigned_to":"none""#, 600), (#""assigned_to":"none","status":"open""#, 1_000),
    (#""sort":"priority""#, 600), (#""sort":"priority","status":"open""#, 1_000),
    (#""sort":"priority","status":["open","pending"]"#, 1_500), (#""sort":"creation","descending":false"#, 600),
    (#""sort":"creation","status":"open","descending":false"#, 1_000), (#""priority":"urgent""#, 600),
    (#""priority":["high","urgent"],"status":["open","pending"]"#, 1_500),
  ]

  private static func grow(_ database: TestDatabase) throws {
    try database.superuser().run(
      """
      set session_replication_role = replica;
      insert into public.tickets
        (organization_id, number, customer_id, assigned_to, subject, status, priority, created_at, last_activity_at)
      select c.organization_id, 1000 + n.n, c.id, a.id, 'Ticket ' || n.n,
             case when n.n < 60 then 'open' when n.n < 160 then 'pending' when n.n < 400 then 'solved' else 'closed' end
               ::public.ticket_status,
             ('{low,normal,normal,high,urgent}'::public.ticket_priority[])[1 + n.n % 5],
             now() - n.n * interval '30 minutes', now() - (n.n * 7919 % 20000) * interval '30 minutes'
        from generate_series(0, 19999) as n (n)
        join (
          select id, organization_id, row_number() over (order by id) - 1 as i, count(*) over () as of
            from public.customers
           where organization_id = (select id from public.organizations where clerk_id = 'org_demo_moorland')
        ) as c on c.i = n.n % c.of
        left join (
          select id, row_number() over (order by id) as i from public.agent_profiles
           where organization_id = (select id from public.organizations where clerk_id = 'org_demo_moorland')
        ) as a on a.i = n.n % 8;
      analyze
      """)
  }

  private static func caller(_ database: TestDatabase) throws -> Caller {
    let row = try database.superuser().query(
      "select a.organization_id, a.id from public.agent_profiles a where a.clerk_user_id = $1", [DemoDesk.agent])[0]
    return Caller(
      organization: row[0] ?? "", agent: row[1] ?? "", role: .agent,
      claims: #"{"sub":"\#(DemoDesk.agent)","org_id":"\#(DemoDesk.organization)"}"#, expires: .max)
  }

  private static func pages(_ params: String, _ session: Session, _ caller: Caller) throws -> Int {
    let list = try #require(Methods.byName["tickets.list"])
    let document = try Document("{\(params)}".utf8.span)
    let plan = try document.withRoot { root throws(Failure) in try list.plan(root, .root(), caller) }
    guard case .read(let statement, _, _) = plan else { throw TestFailure("no read") }
    let values = statement.parameters.map { "'\($0 ?? "")'" }.joined(separator: ", ")
    try session.run("prepare asked as \(statement.query.text)")
    defer { try? session.run("deallocate asked") }
    // The first run reads what the planner needs as well.
    try session.run("execute asked(\(values))")
    let lines = try session.query("explain (analyze, buffers, costs off, timing off) execute asked(\(values))")
    let buffers = lines.compactMap { $0[0] }.first { $0.contains("Buffers: shared") } ?? ""
    var pages = 0
    for word in buffers.split(separator: " ") where word.hasPrefix("hit=") || word.hasPrefix("read=") {
      pages += Int(word.drop { $0 != "=" }.dropFirst()) ?? 0
    }
    return pages
  }
}
